//! How a row of a table becomes a line of text: `header: value; header: value`, so that a chunk with some rows of a long
//! table can be understood without its first one.

use super::builder::{Gap, TextBuilder};
use super::error::ExtractError;

/// Turns the rows of one table into lines. The first row that is not empty is the header.
#[derive(Default)]
pub(super) struct Rows {
    header: Vec<String>,
    any: bool,
}

impl Rows {
    /// Adds a row; empty cells and empty rows leave no trace.
    pub(super) fn row(&mut self, cells: &[String], out: &mut TextBuilder) -> Result<(), ExtractError> {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        if self.header.is_empty() {
            self.header = cells.iter().map(|cell| one_line(cell)).collect();
            return Ok(());
        }
        self.any = true;
        out.gap(Gap::Line);
        let mut first = true;
        for (column, cell) in cells.iter().enumerate() {
            let value = one_line(cell);
            if value.is_empty() {
                continue;
            }
            if !first {
                out.push("; ")?;
            }
            first = false;
            match self.header.get(column) {
                Some(name) if !name.is_empty() => {
                    out.push(name)?;
                    out.push(": ")?;
                }
                _ => {}
            }
            out.push(&value)?;
        }
        Ok(())
    }

    /// Ends the table. A header without rows is its only text.
    pub(super) fn finish(self, out: &mut TextBuilder) -> Result<(), ExtractError> {
        if self.any || self.header.is_empty() {
            return Ok(());
        }
        out.gap(Gap::Line);
        let names: Vec<&str> = self.header.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        out.push(&names.join("; "))
    }
}

fn one_line(cell: &str) -> String {
    let mut words = cell.split_whitespace();
    let mut line = words.next().unwrap_or_default().to_owned();
    for word in words {
        line.push(' ');
        line.push_str(word);
    }
    line
}
