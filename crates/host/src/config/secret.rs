//! A key or another secret: read from an environment variable or a file, never printed.

use std::fmt;
use std::path::Path;

/// A secret; only [`Secret::expose`] shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl Secret {
    /// The secret itself, for the one request that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Reads a secret that an environment variable holds; the error says what is wrong with it.
    pub(super) fn from_environment(name: &str, environment: &dyn Fn(&str) -> Option<String>) -> Result<Self, String> {
        let text = environment(name).ok_or_else(|| format!("the environment variable {name} is not set"))?;
        Self::of(&text, &format!("the environment variable {name}"))
    }

    /// Reads a secret that a file holds, without the line's end.
    pub(super) fn from_file(path: &Path) -> Result<Self, String> {
        let place = format!("the file {}", path.display());
        let text = std::fs::read_to_string(path).map_err(|error| format!("{place} cannot be read ({error})"))?;
        Self::of(&text, &place)
    }

    /// A secret that goes into a header: one line of visible ASCII.
    fn of(text: &str, place: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err(format!("{place} is empty"));
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(format!("{place} does not hold one key alone, without blanks and line breaks"));
        }
        Ok(Self(text.to_owned()))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::Secret;

    #[test]
    fn secrets_are_read_and_never_printed() {
        let read = |text: &str| Secret::from_environment("KEY", &|_| Some(text.to_owned()));
        let secret = read("dataset-abc\n").unwrap();
        assert_eq!(secret.expose(), "dataset-abc");
        assert!(!format!("{secret:?}").contains("abc"));
        assert!(read(" \n").unwrap_err().contains("is empty"));
        assert!(!read("two words").unwrap_err().contains("words,"), "an error never shows it");
        assert!(Secret::from_environment("KEY", &|_| None).unwrap_err().contains("KEY is not set"));
    }
}
