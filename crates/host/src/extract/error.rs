//! Why a file has no text: what happened and what to do, in sentences for people.

use std::fmt;

use super::kind::accepted_extensions;

/// Why the text of a file could not be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExtractError {
    /// The name's ending is none that can be read.
    UnsupportedType {
        /// The ending, without its dot.
        extension: String,
    },
    /// The content is not what the name says.
    LyingType {
        /// What the name says.
        claimed: String,
        /// What the content is.
        found: String,
    },
    /// A document of pictures only.
    NoText,
    /// A password is needed.
    Encrypted,
    /// More text, or more unpacked data, than allowed.
    TooLarge {
        /// The limit that was reached, in bytes.
        limit: usize,
    },
    /// Reading it takes more memory than allowed.
    TooMuchMemory,
    /// Reading it takes longer than allowed.
    TimedOut {
        /// The time that was allowed, in seconds.
        seconds: u64,
    },
    /// The file is damaged.
    Broken(String),
    /// The reader failed in a way that it does not know.
    Panicked,
    /// The stored file could not be read.
    Unreadable(String),
}

impl fmt::Display for ExtractError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnsupportedType { extension } if extension.is_empty() => {
                write!(f, "The file's name has no ending that tells its type. Use one of: {}.", accepted_extensions().join(", "))
            }
            Self::UnsupportedType { extension } => {
                write!(f, "Files of the type .{extension} can't be read. Use one of: {}.", accepted_extensions().join(", "))
            }
            Self::LyingType { claimed, found } => write!(
                f,
                "The file's name says it is {claimed}, but it holds {found}. Save it in the right format, or give it the right ending."
            ),
            Self::NoText => f.write_str(
                "No text in this file. It is a scan or holds only pictures: run a text recognition (OCR) over it and upload the result.",
            ),
            Self::Encrypted => f.write_str("The file is protected by a password. Remove the protection and upload it again."),
            Self::TooLarge { limit } => write!(
                f,
                "The file holds more than {} MiB of text or unpacked data. Split it into smaller files.",
                limit.div_ceil(1 << 20)
            ),
            Self::TooMuchMemory => {
                f.write_str("Reading the file takes too much memory. Split it into smaller files, or save it again without pictures.")
            }
            Self::TimedOut { seconds } => write!(
                f,
                "Reading the file took longer than {seconds} seconds and was stopped. Split it into smaller files, or save it again."
            ),
            Self::Broken(detail) => write!(f, "The file is damaged or incomplete: {detail}. Save it again and upload it once more."),
            Self::Panicked => f.write_str(
                "The file has something in it that the reader can't handle. Save it again, or convert it to another format.",
            ),
            Self::Unreadable(detail) => write!(f, "The stored file could not be read: {detail}. Upload it again."),
        }
    }
}

impl std::error::Error for ExtractError {}

impl From<std::io::Error> for ExtractError {
    fn from(error: std::io::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

impl ExtractError {
    /// A damaged file, with the parser's own words made fit for the middle of a sentence.
    pub(super) fn broken(detail: impl fmt::Display) -> Self {
        let detail = detail.to_string();
        let line = detail.lines().next().unwrap_or_default().trim().trim_end_matches('.');
        Self::Broken(line.chars().take(200).collect())
    }

    /// One line by which the helper process tells it.
    pub(super) fn to_line(&self) -> String {
        match self {
            Self::UnsupportedType { extension } => format!("unsupported\t{extension}"),
            Self::LyingType { claimed, found } => format!("lying\t{claimed}\t{found}"),
            Self::NoText => "no text".to_owned(),
            Self::Encrypted => "encrypted".to_owned(),
            Self::TooLarge { limit } => format!("too large\t{limit}"),
            Self::TooMuchMemory => "memory".to_owned(),
            Self::TimedOut { seconds } => format!("timed out\t{seconds}"),
            Self::Broken(detail) => format!("broken\t{}", detail.replace(['\n', '\t'], " ")),
            Self::Panicked => "panicked".to_owned(),
            Self::Unreadable(detail) => format!("unreadable\t{}", detail.replace(['\n', '\t'], " ")),
        }
    }

    /// The inverse of [`Self::to_line`].
    pub(super) fn from_line(line: &str) -> Option<Self> {
        let mut fields = line.trim_end().split('\t');
        let code = fields.next()?;
        let mut text = || fields.next().unwrap_or_default().to_owned();
        Some(match code {
            "unsupported" => Self::UnsupportedType { extension: text() },
            "lying" => Self::LyingType { claimed: text(), found: text() },
            "no text" => Self::NoText,
            "encrypted" => Self::Encrypted,
            "too large" => Self::TooLarge { limit: text().parse().ok()? },
            "memory" => Self::TooMuchMemory,
            "timed out" => Self::TimedOut { seconds: text().parse().ok()? },
            "broken" => Self::Broken(text()),
            "panicked" => Self::Panicked,
            "unreadable" => Self::Unreadable(text()),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::ExtractError;

    #[test]
    fn errors_survive_the_way_between_two_processes() {
        for error in [
            ExtractError::UnsupportedType { extension: "exe".to_owned() },
            ExtractError::LyingType { claimed: "text".to_owned(), found: "a picture (PNG)".to_owned() },
            ExtractError::NoText,
            ExtractError::Encrypted,
            ExtractError::TooLarge { limit: 64 << 20 },
            ExtractError::TooMuchMemory,
            ExtractError::TimedOut { seconds: 60 },
            ExtractError::broken("xref table\nis missing."),
            ExtractError::Panicked,
            ExtractError::Unreadable("no such file".to_owned()),
        ] {
            assert_eq!(ExtractError::from_line(&error.to_line()).as_ref(), Some(&error));
            assert!(error.to_string().ends_with('.'));
        }
        assert_eq!(ExtractError::from_line("else"), None);
    }
}
