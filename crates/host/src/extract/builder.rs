//! Collects text piece by piece, with the white space between the pieces decided late and the size limited.

use super::error::ExtractError;

/// What stands between two pieces of text; of several, the widest counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    None,
    Space,
    Tab,
    Cell,
    Line,
    Paragraph,
}

impl Gap {
    fn text(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Space => " ",
            Self::Tab => "\t",
            Self::Cell => " | ",
            Self::Line => "\n",
            Self::Paragraph => "\n\n",
        }
    }
}

/// Text under construction.
pub(super) struct TextBuilder {
    text: String,
    gap: Gap,
    limit: usize,
}

impl TextBuilder {
    pub(super) fn new(limit: usize) -> Self {
        Self { text: String::new(), gap: Gap::None, limit }
    }

    /// Asks for a gap before the next piece. At the very beginning there is none.
    pub(super) fn gap(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    /// Adds a piece as it is.
    pub(super) fn push(&mut self, piece: &str) -> Result<(), ExtractError> {
        if piece.is_empty() {
            return Ok(());
        }
        if !self.text.is_empty() {
            self.text.push_str(self.gap.text());
        }
        self.gap = Gap::None;
        if self.text.len() + piece.len() > self.limit {
            return Err(ExtractError::TooLarge { limit: self.limit });
        }
        self.text.push_str(piece);
        Ok(())
    }

    /// Adds the words of a piece; each run of white space is one space.
    pub(super) fn push_words(&mut self, piece: &str) -> Result<(), ExtractError> {
        if piece.starts_with(char::is_whitespace) {
            self.gap(Gap::Space);
        }
        for word in piece.split_whitespace() {
            self.push(word)?;
            self.gap(Gap::Space);
        }
        if !piece.ends_with(char::is_whitespace) && self.gap == Gap::Space && !piece.is_empty() {
            self.gap = Gap::None;
        }
        Ok(())
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test ends where it fails")]
    use super::{Gap, TextBuilder};

    #[test]
    fn the_widest_gap_counts() {
        let mut builder = TextBuilder::new(100);
        builder.gap(Gap::Paragraph);
        builder.push_words(" a  b").unwrap();
        builder.push_words("c ").unwrap();
        builder.push_words("d").unwrap();
        builder.gap(Gap::Line);
        builder.push_words(" \n ").unwrap();
        builder.gap(Gap::Space);
        builder.push_words("e").unwrap();
        assert_eq!(builder.finish(), "a bc d\ne");
    }

    #[test]
    fn the_size_is_limited() {
        let mut builder = TextBuilder::new(3);
        builder.push("abc").unwrap();
        builder.push("d").unwrap_err();
    }
}
