//! Makes small files of each format.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A ZIP archive of the parts.
pub fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word document with this body.
pub fn docx(body: &str) -> Vec<u8> {
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>{body}</w:body></w:document>"
    );
    zipped(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &xml)])
}

/// An Excel workbook with one sheet for each text of cells; style 1 is a date.
pub fn xlsx(sheets: &[(&str, &str)], shared: &[&str]) -> Vec<u8> {
    let mut parts: Vec<(String, String)> = vec![
        (
            "_rels/.rels".to_owned(),
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>".to_owned(),
        ),
        (
            "xl/styles.xml".to_owned(),
            "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>".to_owned(),
        ),
        (
            "xl/sharedStrings.xml".to_owned(),
            format!(
                "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{}</sst>",
                shared.iter().map(|text| format!("<si><t>{text}</t></si>")).collect::<String>()
            ),
        ),
    ];
    let (mut list, mut relations) = (String::new(), String::new());
    for (number, (name, rows)) in sheets.iter().enumerate() {
        list.push_str(&format!("<sheet name=\"{name}\" sheetId=\"{0}\" r:id=\"s{0}\"/>", number + 1));
        relations.push_str(&format!(
            "<Relationship Id=\"s{0}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet{0}.xml\"/>",
            number + 1
        ));
        parts.push((
            format!("xl/worksheets/sheet{}.xml", number + 1),
            format!("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"),
        ));
    }
    relations.push_str("<Relationship Id=\"t\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"y\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>");
    parts.push((
        "xl/workbook.xml".to_owned(),
        format!("<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>{list}</sheets></workbook>"),
    ));
    parts.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>"
        ),
    ));
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, content)| (name.as_str(), content.as_str())).collect();
    zipped(&parts)
}

/// An Excel 97 workbook: a text at A1 and B1, a text and a number below.
pub fn xls() -> Vec<u8> {
    fn record(out: &mut Vec<u8>, kind: u16, data: &[u8]) {
        out.extend(kind.to_le_bytes());
        out.extend((data.len() as u16).to_le_bytes());
        out.extend(data);
    }
    fn begin(out: &mut Vec<u8>, kind: u16) {
        let mut data = Vec::new();
        for word in [0x0600_u16, kind, 0x0DBB, 0x07CC, 0, 0, 0, 0] {
            data.extend(word.to_le_bytes());
        }
        record(out, 0x0809, &data);
    }
    fn label(out: &mut Vec<u8>, row: u16, column: u16, text: &str) {
        let mut data = Vec::new();
        for word in [row, column, 0, text.len() as u16] {
            data.extend(word.to_le_bytes());
        }
        data.push(0);
        data.extend(text.as_bytes());
        record(out, 0x0204, &data);
    }
    let mut book = Vec::new();
    begin(&mut book, 5);
    let sheet_at = (book.len() + 4 + 6 + 2 + 5 + 4) as u32;
    let mut bound = sheet_at.to_le_bytes().to_vec();
    bound.extend([0, 0, 5, 0]);
    bound.extend(b"Parts");
    record(&mut book, 0x0085, &bound);
    record(&mut book, 0x000A, &[]);
    assert_eq!(book.len() as u32, sheet_at);
    begin(&mut book, 0x10);
    label(&mut book, 0, 0, "name");
    label(&mut book, 0, 1, "price");
    label(&mut book, 1, 0, "Impeller");
    let mut number = vec![1, 0, 1, 0, 0, 0];
    number.extend(12.5_f64.to_le_bytes());
    record(&mut book, 0x0203, &number);
    record(&mut book, 0x000A, &[]);
    book.resize(4096, 0);
    compound_file("Workbook", &book)
}

/// The old container of Office with one stream, whose length is a multiple of 512.
pub fn compound_file(name: &str, stream: &[u8]) -> Vec<u8> {
    const END: u32 = 0xFFFF_FFFE;
    const FREE: u32 = 0xFFFF_FFFF;
    fn entry(name: &str, kind: u8, child: u32, start: u32, size: u32) -> Vec<u8> {
        let mut out: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = out.len() as u16 + 2;
        out.resize(64, 0);
        out.extend(length.to_le_bytes());
        out.extend([kind, 1]);
        for word in [FREE, FREE, child] {
            out.extend(word.to_le_bytes());
        }
        out.resize(116, 0);
        for word in [start, size, 0] {
            out.extend(word.to_le_bytes());
        }
        out
    }
    let sectors = (stream.len() / 512) as u32;
    let mut out = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    out.resize(24, 0);
    for word in [0x3E_u16, 3, 0xFFFE, 9, 6] {
        out.extend(word.to_le_bytes());
    }
    out.resize(44, 0);
    for word in [1, 1, 0, 4096, END, 0, END, 0, 0] {
        out.extend(word.to_le_bytes());
    }
    out.resize(512, 0xFF);
    let mut table = vec![0xFFFF_FFFD, END];
    table.extend((0..sectors).map(|sector| if sector + 1 == sectors { END } else { sector + 3 }));
    table.resize(128, FREE);
    out.extend(table.into_iter().flat_map(u32::to_le_bytes));
    out.extend(entry("Root Entry", 5, 1, END, 0));
    out.extend(entry(name, 2, FREE, 2, stream.len() as u32));
    out.resize(1536, 0);
    out.extend(stream);
    out
}
