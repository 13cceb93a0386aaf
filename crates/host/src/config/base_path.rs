//! The path under which the desk is served.

use std::fmt;

/// A path that begins and ends with a slash, such as `/` or `/kb/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasePath(String);

impl Default for BasePath {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl fmt::Display for BasePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl BasePath {
    /// Reads one; the last slash may be left out.
    ///
    /// # Errors
    /// What to write instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text == "/" {
            return Ok(Self::default());
        }
        let inner = text.strip_prefix('/').map(|rest| rest.strip_suffix('/').unwrap_or(rest));
        let is_part = |part: &str| {
            let is_plain = part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.~".contains(c));
            is_plain && !["", ".", ".."].contains(&part)
        };
        match inner {
            Some(inner) if inner.split('/').all(is_part) => Ok(Self(format!("/{inner}/"))),
            _ => Err(format!(
                "{text:?} is no path to serve under. Write one that begins with a slash and has letters, digits and - _ . ~ \
                 between its slashes, such as \"/kb/\"."
            )),
        }
    }

    /// The path with both slashes.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is the whole origin.
    pub fn is_root(&self) -> bool {
        self.0 == "/"
    }

    /// What of a request's path lies below it, with the slash in front; none outside of it.
    pub fn below<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(&self.0[..self.0.len() - 1]).filter(|rest| rest.starts_with('/'))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::BasePath;

    #[test]
    fn paths_are_read_and_told_apart() {
        for (text, path) in [("/", "/"), ("/kb", "/kb/"), ("/kb/", "/kb/"), ("/a/b-1/", "/a/b-1/")] {
            assert_eq!(BasePath::parse(text).unwrap().as_str(), path);
        }
        for text in ["", "kb", "//", "/a//b/", "/a/../b", "/a b/", "/a?b", "https://h/kb/", "/%2e/", "/\"/"] {
            assert!(BasePath::parse(text).is_err(), "{text:?}");
        }
        let base = BasePath::parse("/kb/").unwrap();
        assert_eq!((base.below("/kb/api"), base.below("/kb/"), base.below("/kb")), (Some("/api"), Some("/"), None));
        assert_eq!((base.below("/kbx/"), base.below("/")), (None, None));
        assert_eq!(BasePath::default().below("/api"), Some("/api"));
    }
}
