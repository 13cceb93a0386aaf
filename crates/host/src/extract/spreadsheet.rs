//! Excel workbooks, new (xlsx) and old (xls): a line a row, with the headers of the columns.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetType, Xls, XlsError, Xlsx, XlsxError};

use super::Wanted;
use super::archive;
use super::builder::{Gap, TextBuilder};
use super::error::ExtractError;
use super::limits::ExtractLimits;
use super::rows::Rows;
use super::sniff::{OLE, holds_encrypted_package};
use super::table::TableRow;

/// Reads all sheets; the content decides which of the two formats it is, because names are often wrong there.
pub(super) fn read(path: &Path, wanted: Wanted, limits: &ExtractLimits) -> Result<String, ExtractError> {
    let mut start = [0; OLE.len()];
    File::open(path)?.read_exact(&mut start).map_err(ExtractError::broken)?;
    if start == OLE { read_xls(path, wanted, limits) } else { read_xlsx(path, wanted, limits) }
}

fn read_xlsx(path: &Path, wanted: Wanted, limits: &ExtractLimits) -> Result<String, ExtractError> {
    archive::check_all(path, limits)?;
    let mut book = Xlsx::new(BufReader::new(File::open(path)?)).map_err(from_xlsx)?;
    let names: Vec<String> =
        book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).map(|sheet| sheet.name.clone()).collect();
    let mut out = TextBuilder::new(limits.max_text_bytes);
    for name in &names {
        let mut sheet = Sheet::new(name, names.len(), wanted);
        // Cell by cell: a table of all cells would be as large as its farthest corner.
        let mut cells = book.worksheet_cells_reader(name).map_err(from_xlsx)?;
        let mut row: Vec<String> = Vec::new();
        let mut at = None;
        while let Some(cell) = cells.next_cell().map_err(from_xlsx)? {
            let (line, column) = cell.get_position();
            if at != Some(line) {
                sheet.row(at.unwrap_or(line), &row, &mut out)?;
                row.clear();
                at = Some(line);
            }
            let text = shown_ref(cell.get_value());
            let column = column as usize;
            if text.is_empty() || column >= MAX_COLUMNS {
                continue;
            }
            if row.len() <= column {
                row.resize(column + 1, String::new());
            }
            row[column] = text;
        }
        sheet.row(at.unwrap_or_default(), &row, &mut out)?;
        sheet.finish(&mut out)?;
    }
    Ok(out.finish())
}

fn read_xls(path: &Path, wanted: Wanted, limits: &ExtractLimits) -> Result<String, ExtractError> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limits.max_unpacked_bytes).read_to_end(&mut bytes)?;
    if holds_encrypted_package(&bytes) {
        return Err(ExtractError::Encrypted);
    }
    let mut book = Xls::new(std::io::Cursor::new(bytes)).map_err(from_xls)?;
    let names = book.sheet_names();
    let mut out = TextBuilder::new(limits.max_text_bytes);
    for name in &names {
        // A sheet of charts has no range.
        let Ok(range) = book.worksheet_range(name) else { continue };
        let mut sheet = Sheet::new(name, names.len(), wanted);
        let (first_line, first_column) = range.start().unwrap_or_default();
        for (line, row) in (first_line..).zip(range.rows()) {
            let left_out = if wanted == Wanted::Table { first_column as usize } else { 0 };
            let row: Vec<String> = std::iter::repeat_n(String::new(), left_out).chain(row.iter().map(shown)).collect();
            sheet.row(line, &row, &mut out)?;
        }
        sheet.finish(&mut out)?;
    }
    Ok(out.finish())
}

/// What Excel itself allows.
const MAX_COLUMNS: usize = 16_384;

/// One sheet's rows, under its name when there are several.
struct Sheet<'a> {
    name: Option<&'a str>,
    wanted: Wanted,
    rows: Rows,
}

impl<'a> Sheet<'a> {
    fn new(name: &'a str, of: usize, wanted: Wanted) -> Self {
        Self { name: (of > 1).then_some(name), wanted, rows: Rows::default() }
    }

    /// Adds a row; lines are counted from 0.
    fn row(&mut self, line: u32, cells: &[String], out: &mut TextBuilder) -> Result<(), ExtractError> {
        if self.wanted == Wanted::Table {
            let sheet = self.name.map(str::to_owned);
            return TableRow { sheet, line: u64::from(line) + 1, cells: cells.to_vec() }.write(out);
        }
        if cells.iter().any(|cell| !cell.is_empty())
            && let Some(name) = self.name.take()
        {
            out.gap(Gap::Paragraph);
            out.push(name)?;
        }
        self.rows.row(cells, out)
    }

    fn finish(self, out: &mut TextBuilder) -> Result<(), ExtractError> {
        self.rows.finish(out)
    }
}

fn shown(cell: &Data) -> String {
    match cell {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => shown_number(*number),
        Data::Bool(value) => shown_bool(*value).to_owned(),
        Data::DateTime(date) => shown_date(date),
        Data::Error(error) => error.to_string(),
        _ => String::new(),
    }
}

fn shown_ref(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => shown_number(*number),
        DataRef::Bool(value) => shown_bool(*value).to_owned(),
        DataRef::DateTime(date) => shown_date(date),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

fn shown_bool(value: bool) -> &'static str {
    if value { "TRUE" } else { "FALSE" }
}

/// Excel shows fifteen digits, which hides what binary fractions do to `0.1 + 0.2`.
fn shown_number(number: f64) -> String {
    if !number.is_finite() {
        return String::new();
    }
    let rounded = format!("{number:.14e}").parse().unwrap_or(number);
    if rounded == 0.0 || (1e-9..1e15).contains(&f64::abs(rounded)) { format!("{rounded}") } else { format!("{rounded:e}") }
}

fn shown_date(date: &ExcelDateTime) -> String {
    let value = date.as_f64();
    if date.is_duration() {
        let seconds = (value * 86_400.0).round() as i64;
        let sign = if seconds < 0 { "-" } else { "" };
        let seconds = seconds.unsigned_abs();
        return format!("{sign}{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let time = if second == 0 { format!("{hour:02}:{minute:02}") } else { format!("{hour:02}:{minute:02}:{second:02}") };
    if (0.0..1.0).contains(&value) {
        time
    } else if value.fract() == 0.0 {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {time}")
    }
}

fn from_xlsx(error: XlsxError) -> ExtractError {
    match error {
        XlsxError::Password => ExtractError::Encrypted,
        error => ExtractError::broken(error),
    }
}

fn from_xls(error: XlsError) -> ExtractError {
    match error {
        XlsError::Password => ExtractError::Encrypted,
        error => ExtractError::broken(error),
    }
}

#[cfg(test)]
mod tests {
    use calamine::{ExcelDateTime, ExcelDateTimeType};

    use super::{shown_date, shown_number};

    #[test]
    fn numbers_and_dates_read_as_in_excel() {
        for (number, text) in
            [(8.0, "8"), (12.5, "12.5"), (0.1 + 0.2, "0.3"), (-3.0, "-3"), (0.0, "0"), (1e20, "1e20"), (1_234_567.0, "1234567")]
        {
            assert_eq!(shown_number(number), text);
        }
        let date = |value, kind| shown_date(&ExcelDateTime::new(value, kind, false));
        assert_eq!(date(45_943.0, ExcelDateTimeType::DateTime), "2025-10-13");
        assert_eq!(date(45_943.5, ExcelDateTimeType::DateTime), "2025-10-13 12:00");
        assert_eq!(date(0.75, ExcelDateTimeType::DateTime), "18:00");
        assert_eq!(date(1.5, ExcelDateTimeType::TimeDelta), "36:00:00");
    }
}
