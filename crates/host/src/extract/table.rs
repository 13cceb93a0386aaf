//! The rows of a table as they are, for what wants columns and not text: one in JSON a line, because a reading process answers text.

use serde::{Deserialize, Serialize};

use super::builder::{Gap, TextBuilder};
use super::error::ExtractError;

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRow {
    /// Name of its sheet, where the file has several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Its number as people see it, from 1: the row of a sheet, the line of a text.
    pub line: u64,
    /// Its cells, without blanks around their texts.
    pub cells: Vec<String>,
}

impl TableRow {
    /// Writes it as a line; a row without any text leaves no trace.
    pub(super) fn write(mut self, out: &mut TextBuilder) -> Result<(), ExtractError> {
        for cell in &mut self.cells {
            *cell = cell.trim().to_owned();
        }
        if self.cells.iter().all(String::is_empty) {
            return Ok(());
        }
        out.gap(Gap::Line);
        out.push(&serde_json::to_string(&self).map_err(ExtractError::broken)?)
    }

    /// The inverse of [`Self::write`].
    pub(super) fn from_line(line: &str) -> Option<Self> {
        serde_json::from_str(line).ok()
    }
}
