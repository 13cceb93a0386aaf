//! Good files of each format.

use loredesk_host::extract::TableRow;

use crate::files::{docx, xls, xlsx, zipped};
use crate::pdfs::Pdf;
use crate::{table_of, text_of};

#[test]
fn plain_text_in_its_forms() {
    assert_eq!(text_of(b"Guide.\n\nThe valve opens clockwise.", "guide.TXT").unwrap(), "Guide.\n\nThe valve opens clockwise.");
    assert_eq!(text_of(b"", "empty.txt").unwrap(), "");
    assert_eq!(text_of(b"\xFF\xFEa\0\x34\x6C", "wide.txt").unwrap(), "a水");
    assert_eq!(text_of("# Title\n\nIntro.\n\n## Two\n\nMore.".as_bytes(), "a.b.md").unwrap(), "Title\nIntro.\n\nTwo\nMore.");
    assert_eq!(text_of(b"a=\\u6C34", "x.properties").unwrap(), "a=水");
    assert_eq!(text_of(b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello", "talk.vtt").unwrap(), "Hello");
    assert_eq!(text_of(b"sku,name\nP-100,Impeller\n", "parts.csv").unwrap(), "sku: P-100; name: Impeller");
    let page = b"<html><body><h1>Boiler</h1><p>Boiler pressure must stay <b>low</b>.</p><script>alert(1)</script></body></html>";
    assert_eq!(text_of(page, "page.html").unwrap(), "Boiler\nBoiler pressure must stay low.");
}

#[test]
fn word_documents() {
    let body = "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>Warranty</w:t></w:r></w:p>\
        <w:p><w:r><w:t xml:space=\"preserve\">The pump </w:t></w:r><w:del><w:r><w:delText>never</w:delText></w:r></w:del><w:r><w:t>has a &lt;two&gt; &#x79;ear</w:t><w:tab/><w:t>warranty.</w:t><w:br/><w:t>Next</w:t></w:r></w:p>\
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Part</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Price</w:t></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:tc><w:p><w:r><w:t>Seal</w:t></w:r></w:p><w:p><w:r><w:t>kit</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>8</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
        <w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>Care</w:t></w:r></w:p>\
        <w:p><mc:AlternateContent><mc:Choice><w:r><w:t>box</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>box</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>";
    assert_eq!(
        text_of(&docx(body), "warranty.docx").unwrap(),
        "Warranty\nThe pump has a <two> year\twarranty.\nNext\nPart | Price\nSeal kit | 8\n\nCare\nbox"
    );
    assert_eq!(text_of(&docx(""), "empty.docx").unwrap(), "");
    let notes = "<w:footnotes xmlns:w=\"w\"><w:footnote><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let document = "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>Body</w:t></w:r></w:p></w:body></w:document>";
    assert_eq!(
        text_of(&zipped(&[("word/footnotes.xml", notes), ("word/document.xml", document)]), "n.docx").unwrap(),
        "Body\n\nA note."
    );
}

#[test]
fn excel_workbooks() {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"inlineStr\"><is><t>since</t></is></c></row>\
        <row r=\"3\"><c r=\"A3\" t=\"s\"><v>2</v></c><c r=\"B3\"><v>12.5</v></c><c r=\"C3\" s=\"1\"><v>45943</v></c></row>\
        <row r=\"4\"><c r=\"B4\"><v>8</v></c><c r=\"D4\" t=\"b\"><v>1</v></c></row>";
    let shared = ["name", "price", "Impeller &amp; shaft"];
    let lines = "name: Impeller & shaft; price: 12.5; since: 2025-10-13\nprice: 8; TRUE";
    assert_eq!(text_of(&xlsx(&[("Parts", rows)], &shared), "prices.xlsx").unwrap(), lines);
    let other = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>";
    assert_eq!(
        text_of(&xlsx(&[("Parts", rows), ("Empty", ""), ("Names", other)], &shared), "prices.xls").unwrap(),
        format!("Parts\n{lines}\n\nNames\nname")
    );
    assert_eq!(text_of(&xls(), "old.xls").unwrap(), "name: Impeller; price: 12.5");
}

#[test]
fn pdf_documents() {
    // As somebody would write one by hand: no compression, offsets that are only nearly right.
    let content = "BT /F1 24 Tf 72 700 Td (Data sheet) Tj 0 -60 Td (The flow rate is 40 litres.) Tj ET";
    let sheet = format!(
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>\nendobj\n4 0 obj\n<< /Length {} >>\nstream\n{content}\nendstream\nendobj\n5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n",
        content.len()
    );
    let mut table = String::from("xref\n0 6\n0000000000 65535 f \n");
    for number in 1..6 {
        table.push_str(&format!("{:010} 00000 n \n", sheet.find(&format!("\n{number} 0 obj")).unwrap() + 1));
    }
    let file = format!("{sheet}{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", sheet.len());
    assert_eq!(text_of(file.as_bytes(), "sheet.pdf").unwrap(), "Data sheet\n\nThe flow rate is 40 litres.");
}

#[test]
fn pages_stay_apart_and_in_order() {
    let mut pdf = Pdf::new();
    let mut expected = Vec::new();
    for number in 1..=100 {
        // The same height on every page: only the border of the page tells the lines apart.
        pdf.line(&format!("Page number {number}"), 700);
        expected.push(format!("Page number {number}"));
    }
    assert_eq!(text_of(&pdf.finish(), "slides.pdf").unwrap().split_terminator("\n\n").collect::<Vec<_>>(), expected);
}

#[test]
fn a_font_name_may_mean_another_font_on_the_next_page() {
    let mut pdf = Pdf::new();
    pdf.line("abc", 700);
    let differences =
        pdf_extract::dictionary! { "Type" => "Encoding", "Differences" => vec![97.into(), "x".into(), "y".into(), "z".into()] };
    let other =
        pdf_extract::dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => differences };
    let other = pdf.document.add_object(other);
    pdf.fonts = pdf_extract::dictionary! { "F1" => other };
    pdf.line("abc", 700);
    assert_eq!(text_of(&pdf.finish(), "a.pdf").unwrap().split_whitespace().collect::<Vec<_>>(), ["abc", "xyz"]);
}

#[test]
fn a_pdf_that_only_forbids_printing_can_be_read() {
    let mut pdf = Pdf::new();
    pdf.line("Readable", 700);
    assert_eq!(text_of(&pdf.finish_locked(""), "a.pdf").unwrap(), "Readable");
}

#[test]
fn a_table_keeps_its_rows_whoever_reads_it() {
    let row = |sheet: Option<&str>, line, cells: &[&str]| TableRow {
        sheet: sheet.map(str::to_owned),
        line,
        cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
    };
    // A spreadsheet is read by the helper process, a table in text form is not.
    let cells = "<row r=\"2\"><c r=\"B2\" t=\"s\"><v>0</v></c></row><row r=\"5\"><c r=\"A5\"><v>1.5</v></c></row>";
    let two = xlsx(&[("Eins", cells), ("二", cells)], &["line\none"]);
    assert_eq!(
        table_of(&two, "a.xlsx").unwrap(),
        [
            row(Some("Eins"), 2, &["", "line\none"]),
            row(Some("Eins"), 5, &["1.5"]),
            row(Some("二"), 2, &["", "line\none"]),
            row(Some("二"), 5, &["1.5"])
        ]
    );
    assert_eq!(table_of(&xls(), "a.xls").unwrap(), [row(None, 1, &["name", "price"]), row(None, 2, &["Impeller", "12.5"])]);
    let csv = "a; b \n\n\"x;\ny\";2\n;\n";
    assert_eq!(table_of(csv.as_bytes(), "a.csv").unwrap(), [row(None, 1, &["a", "b"]), row(None, 3, &["x;\ny", "2"])]);
    assert_eq!(table_of(b"", "a.csv").unwrap(), []);
    assert_eq!(table_of(b"text", "a.txt"), None);
}
