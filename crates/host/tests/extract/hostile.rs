//! Files that lie, are broken, or are made to bring a reader down. Each ends in an error with a sentence; this process stays.

use std::time::{Duration, Instant};

use loredesk_host::extract::{ExtractError, ExtractLimits};
use pdf_extract::{Dictionary, Object, Stream, dictionary};

use crate::files::{compound_file, docx, xls, xlsx, zipped};
use crate::pdfs::Pdf;
use crate::{limits, text_of, text_within};

#[test]
fn names_that_lie() {
    let png = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR".as_slice();
    let elf = b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\0\0".as_slice();
    let zip = zipped(&[("a.txt", "a")]);
    for (bytes, name, found) in [
        (png, "a.txt", "PNG"),
        (elf, "a.md", "ELF"),
        (elf, "a.csv", "ELF"),
        (zip.as_slice(), "a.html", "ZIP"),
        (b"%PDF-1.4 \xE2\xE3", "a.txt", "PDF"),
        (b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xFF\xFF\0\0", "a.properties", "another kind"),
        (b"just text", "a.pdf", "plain text"),
        (b"<html>", "a.xls", "plain text"),
        (b"just text", "a.docx", "plain text"),
        (zip.as_slice(), "a.docx", "without a Word document"),
    ] {
        let error = text_of(bytes, name).unwrap_err();
        assert!(matches!(error, ExtractError::LyingType { .. }), "{name}: {error}");
        assert!(error.to_string().contains(found), "{error}");
    }
    assert!(matches!(text_of(b"MZ", "tool.exe"), Err(ExtractError::UnsupportedType { .. })));
    for name in ["a.pdf", "a.docx", "a.xlsx", "a.xls"] {
        assert!(matches!(text_of(b"", name), Err(ExtractError::Broken(_))), "{name}");
    }
    assert!(matches!(text_of(&zip, "a.xlsx"), Err(ExtractError::Broken(_))));
}

#[test]
fn passwords() {
    let mut pdf = Pdf::new();
    pdf.line("Secret", 700);
    assert_eq!(text_of(&pdf.finish_locked("open sesame"), "a.pdf"), Err(ExtractError::Encrypted));
    let package = compound_file("EncryptedPackage", &[0; 4096]);
    assert_eq!(text_of(&package, "a.docx"), Err(ExtractError::Encrypted));
    assert_eq!(text_of(&package, "a.xlsx"), Err(ExtractError::Encrypted));
}

#[test]
fn a_scan_has_no_text() {
    let mut pdf = Pdf::new();
    let picture = dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 8, "Height" => 8, "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8 };
    let picture = pdf.document.add_object(Stream::new(picture, vec![0x80; 64]));
    pdf.page(Stream::new(Dictionary::new(), b"q 600 0 0 700 0 0 cm /Im1 Do Q".to_vec()), dictionary! { "Im1" => picture });
    let error = text_of(&pdf.finish(), "scan.pdf").unwrap_err();
    assert_eq!(error, ExtractError::NoText);
    assert!(error.to_string().starts_with("No text in this file. It is a scan"));
}

#[test]
fn archives_that_unpack_without_end() {
    let small = ExtractLimits { max_unpacked_bytes: 1 << 20, ..limits() };
    let bomb = docx(&" ".repeat(4 << 20));
    assert!(matches!(text_within(&bomb, "a.docx", &small), Err(ExtractError::TooLarge { .. })));
    let rows = format!("<row r=\"1\"><c r=\"A1\"><v>{}</v></c></row>", " ".repeat(4 << 20));
    assert!(matches!(text_within(&xlsx(&[("S", &rows)], &[]), "a.xlsx", &small), Err(ExtractError::TooLarge { .. })));
    // The same with a size that lies, in both places where it is written.
    let size = (4_u32 << 20) + 150;
    let mut lying = bomb.clone();
    let mut found = 0;
    for at in 0..lying.len() - 4 {
        let value = u32::from_le_bytes([lying[at], lying[at + 1], lying[at + 2], lying[at + 3]]);
        if (size - 150..size + 150).contains(&value) {
            lying[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
            found += 1;
        }
    }
    assert!(found > 0);
    assert!(text_within(&lying, "a.docx", &small).is_err());
}

#[test]
fn text_that_grows_without_end() {
    let small = ExtractLimits { max_text_bytes: 1 << 20, ..limits() };
    let shared = "x".repeat(10_000);
    let rows: String = (1..500).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>")).collect();
    let book = xlsx(&[("S", &rows)], &[&shared]);
    assert!(matches!(text_within(&book, "a.xlsx", &small), Err(ExtractError::TooLarge { .. })));
    assert!(matches!(text_within(&vec![b'a'; 2 << 20], "a.txt", &small), Err(ExtractError::TooLarge { .. })));
    let laughs = "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>\
        <w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>x&c;&c;&c;y</w:t></w:r></w:p></w:body></w:document>";
    assert_eq!(text_of(&zipped(&[("word/document.xml", laughs)]), "a.docx").unwrap(), "xy");
}

#[test]
fn nesting_without_end() {
    let deep = format!("{}<w:t>deep</w:t>", "<w:r>".repeat(200_000));
    assert_eq!(text_of(&docx(&deep), "a.docx").unwrap(), "deep");
    let deep = format!("{}deep", "<div><table>".repeat(200_000));
    assert_eq!(text_of(deep.as_bytes(), "a.html").unwrap(), "deep");
}

#[test]
fn a_sheet_with_a_far_corner() {
    let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>";
    assert_eq!(text_of(&xlsx(&[("S", rows)], &[]), "a.xlsx").unwrap(), "2");
}

#[test]
fn a_pdf_that_goes_round_in_circles() {
    // A drawing that draws itself: no stack is deep enough, and no process survives it.
    let mut pdf = Pdf::new();
    let form = pdf.document.new_object_id();
    let resources = dictionary! { "XObject" => dictionary! { "Fm" => form } };
    let drawing = dictionary! { "Type" => "XObject", "Subtype" => "Form", "Resources" => resources };
    pdf.document.objects.insert(form, Object::Stream(Stream::new(drawing, b"/Fm Do /Fm Do".to_vec())));
    pdf.page(Stream::new(Dictionary::new(), b"/Fm Do".to_vec()), dictionary! { "Fm" => form });
    assert_eq!(text_of(&pdf.finish(), "a.pdf"), Err(ExtractError::Panicked));
    // A page that is its own parent.
    let mut pdf = Pdf::new();
    let content = Stream::new(Dictionary::new(), b"BT /F1 12 Tf (Still here) Tj ET".to_vec());
    let page = pdf.page(content, Dictionary::new());
    let node = pdf.document.get_object_mut(page).and_then(Object::as_dict_mut).unwrap();
    node.remove(b"MediaBox");
    node.set("Parent", page);
    assert_eq!(text_of(&pdf.finish(), "a.pdf").unwrap(), "Still here");
}

#[test]
fn a_pdf_that_fills_the_memory() {
    let mut pdf = Pdf::new();
    let mut content = Stream::new(Dictionary::new(), b"0 0 m ".repeat(20 << 20));
    content.compress().unwrap();
    pdf.page(content, Dictionary::new());
    let bytes = pdf.finish();
    assert!(bytes.len() < 2 << 20);
    let small = ExtractLimits { max_memory_bytes: 200 << 20, ..limits() };
    let expected = if cfg!(target_os = "linux") { ExtractError::TooMuchMemory } else { ExtractError::NoText };
    assert_eq!(text_within(&bytes, "a.pdf", &small), Err(expected));
}

#[test]
fn a_file_that_takes_too_long() {
    let mut pdf = Pdf::new();
    for number in 0..3000 {
        pdf.line(&format!("Page {number}"), 700);
    }
    let hasty = ExtractLimits { time: Duration::from_millis(30), ..limits() };
    let start = Instant::now();
    assert_eq!(text_within(&pdf.finish(), "a.pdf", &hasty), Err(ExtractError::TimedOut { seconds: 0 }));
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn one_bad_page_leaves_a_line_and_not_a_hole() {
    let mut pdf = Pdf::new();
    pdf.line("First", 700);
    pdf.page(Stream::new(Dictionary::new(), b"BT /Unknown 12 Tf (lost) Tj ET".to_vec()), Dictionary::new());
    pdf.line("Third", 700);
    assert_eq!(text_of(&pdf.finish(), "a.pdf").unwrap(), "First\n\n[Page 2 could not be read.]\n\nThird");
}

#[test]
fn damaged_files_end_in_an_error_or_in_text() {
    let mut pdf = Pdf::new();
    pdf.line("Some text", 700);
    let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";
    let files = [
        (pdf.finish(), "a.pdf", 30),
        (xlsx(&[("S", rows)], &["x"]), "a.xlsx", 30),
        (xls(), "a.xls", 30),
        (docx("<w:p><w:r><w:t>text</w:t></w:r></w:p>"), "a.docx", 300),
    ];
    // A fixed sequence, so that a failure can be repeated.
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    for (bytes, name, times) in files {
        for _ in 0..times {
            let mut damaged = bytes.clone();
            for _ in 0..=random(8) {
                let at = random(damaged.len());
                damaged[at] = random(256) as u8;
            }
            if random(3) == 0 {
                damaged.truncate(random(damaged.len()) + 1);
            }
            if let Err(error) = text_of(&damaged, name) {
                assert!(!matches!(error, ExtractError::Unreadable(_)), "{name}: {error}");
            }
        }
    }
}

#[test]
fn a_program_that_is_no_helper_is_told_from_a_bad_file() {
    let mut pdf = Pdf::new();
    pdf.line("Some text", 700);
    let bytes = pdf.finish();
    for program in ["/bin/true", "/does/not/exist"] {
        let limits = ExtractLimits { helper: Some(program.into()), ..ExtractLimits::default() };
        assert!(matches!(text_within(&bytes, "a.pdf", &limits), Err(ExtractError::Unreadable(_))), "{program}");
    }
    // Without a helper it is read in this process.
    assert_eq!(text_within(&bytes, "a.pdf", &ExtractLimits::default()).unwrap(), "Some text");
}
