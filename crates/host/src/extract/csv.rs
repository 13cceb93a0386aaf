//! Tables in text form: commas, semicolons, tabs or bars between the fields, with quoted fields.

use csv::{ReaderBuilder, StringRecord};

use super::Wanted;
use super::builder::TextBuilder;
use super::error::ExtractError;
use super::limits::ExtractLimits;
use super::rows::Rows;
use super::table::TableRow;

/// How much of the file tells its separator.
const LOOK_LINES: usize = 20;

/// One line a row.
pub(super) fn read(text: &str, wanted: Wanted, limits: &ExtractLimits) -> Result<String, ExtractError> {
    let mut reader =
        ReaderBuilder::new().delimiter(separator(text)).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut out = TextBuilder::new(limits.max_text_bytes);
    let mut rows = Rows::default();
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(ExtractError::broken)? {
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        match wanted {
            Wanted::Text => rows.row(&cells, &mut out)?,
            Wanted::Table => {
                let line = record.position().map_or(0, csv::Position::line);
                TableRow { sheet: None, line, cells }.write(&mut out)?;
            }
        }
    }
    rows.finish(&mut out)?;
    Ok(out.finish())
}

/// The separator that stands in the most of the first lines, outside of quotes, and there the most often.
fn separator(text: &str) -> u8 {
    let mut best = (0, 0, b',');
    for candidate in *b",;\t|" {
        let mut lines = 0;
        let mut total = 0;
        for line in text.lines().take(LOOK_LINES) {
            let mut quoted = false;
            let mut count = 0;
            for byte in line.bytes().take(4096) {
                if byte == b'"' {
                    quoted = !quoted;
                } else if byte == candidate && !quoted {
                    count += 1;
                }
            }
            lines += usize::from(count > 0);
            total += count;
        }
        if (lines, total) > (best.0, best.1) {
            best = (lines, total, candidate);
        }
    }
    best.2
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test ends where it fails")]
    use crate::extract::{ExtractLimits, Wanted};

    fn read(csv: &str, limits: &ExtractLimits) -> Result<String, crate::extract::ExtractError> {
        super::read(csv, Wanted::Text, limits)
    }

    fn text(csv: &str) -> String {
        read(csv, &ExtractLimits::default()).unwrap()
    }

    #[test]
    fn rows_carry_their_headers() {
        assert_eq!(
            text("sku,name,price\nP-100,Impeller,12.50\nP-200,Seal kit,8.00\n"),
            "sku: P-100; name: Impeller; price: 12.50\nsku: P-200; name: Seal kit; price: 8.00"
        );
    }

    #[test]
    fn quotes_separators_and_ragged_rows() {
        assert_eq!(text("a;b\n\"x;\ny\"\"z\";1,5\n"), "a: x; y\"z; b: 1,5");
        assert_eq!(text("a\tb\r\n1\t2\r\n"), "a: 1; b: 2");
        assert_eq!(text("a,b\n1,2,3\n\n,5\n,\n"), "a: 1; b: 2; 3\nb: 5");
        assert_eq!(text("\n\nname\nAnna\n"), "name: Anna");
        assert_eq!(text("only,a,header\n"), "only; a; header");
        assert_eq!(text("a,b\n\"never closed"), "a: never closed");
        assert_eq!(text(""), "");
    }

    #[test]
    fn a_long_header_does_not_multiply_without_end() {
        let limits = ExtractLimits { max_text_bytes: 1 << 20, ..ExtractLimits::default() };
        let csv = format!("{}\n{}", "h".repeat(100_000), "1\n".repeat(100));
        read(&csv, &limits).unwrap_err();
    }
}
