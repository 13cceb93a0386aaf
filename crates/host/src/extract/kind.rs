//! File types by the ending of the name.

use super::error::ExtractError;

/// What a file claims to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Markdown,
    Properties,
    Vtt,
    Html,
    Csv,
    Spreadsheet,
    Docx,
    Pdf,
}

/// The endings of the files that can be read, as a real server's list has them.
pub fn accepted_extensions() -> &'static [&'static str] {
    &["txt", "markdown", "md", "mdx", "pdf", "html", "htm", "xlsx", "xls", "docx", "csv", "vtt", "properties"]
}

impl Kind {
    pub(super) fn of_name(file_name: &str) -> Result<Self, ExtractError> {
        let extension = extension(file_name);
        Ok(match extension.as_str() {
            "txt" => Self::Text,
            "markdown" | "md" | "mdx" => Self::Markdown,
            "properties" => Self::Properties,
            "vtt" => Self::Vtt,
            "html" | "htm" => Self::Html,
            "csv" => Self::Csv,
            "xlsx" | "xls" => Self::Spreadsheet,
            "docx" => Self::Docx,
            "pdf" => Self::Pdf,
            _ => return Err(ExtractError::UnsupportedType { extension }),
        })
    }

    /// Whether its parser can end a whole process: by recursion without end or by allocating what a file tells it to.
    pub(super) fn needs_isolation(self) -> bool {
        matches!(self, Self::Pdf | Self::Spreadsheet)
    }

    /// Whether it has rows and columns.
    pub(super) fn is_table(self) -> bool {
        matches!(self, Self::Csv | Self::Spreadsheet)
    }

    /// What people call such a file.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Text | Self::Properties => "text",
            Self::Markdown => "Markdown text",
            Self::Vtt => "subtitles (WebVTT)",
            Self::Html => "a web page",
            Self::Csv => "a table in text form (CSV)",
            Self::Spreadsheet => "an Excel workbook",
            Self::Docx => "a Word document",
            Self::Pdf => "a PDF document",
        }
    }
}

/// The lower-case ending, empty when there is none.
fn extension(file_name: &str) -> String {
    file_name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.trim().to_lowercase())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test ends where it fails")]
    use super::{Kind, accepted_extensions};

    #[test]
    fn every_accepted_ending_has_a_reader() {
        for extension in accepted_extensions() {
            Kind::of_name(&format!("a.b.{extension}")).unwrap();
            Kind::of_name(&format!("A.{}", extension.to_uppercase())).unwrap();
        }
        for name in ["", "pdf", "a.exe", "a.", "a.pdf.zip", "a.doc"] {
            Kind::of_name(name).unwrap_err();
        }
    }
}
