//! The process rule as a form holds it, and its way to the wire.

use loredesk_wire::{PreProcessingRule, ProcessMode, ProcessRule, Rules, Segmentation};

/// Least and greatest chunk length in tokens that a server indexes.
pub const TOKENS: std::ops::RangeInclusive<u64> = 50..=4000;

/// What the form of the process rule holds. The separator is as people type it: `\n` for a line end.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ProcessRuleForm {
    /// The server decides; the rest then has no effect.
    pub is_automatic: bool,
    /// Text between chunks, with `\n`, `\t` and `\\` written out.
    pub separator: String,
    /// Longest chunk in tokens.
    pub max_tokens: u64,
    /// Tokens repeated from the chunk before.
    pub chunk_overlap: u64,
    /// Fold runs of blanks and empty lines.
    pub remove_extra_spaces: bool,
    /// Take web and mail addresses out.
    pub remove_urls_emails: bool,
}

impl Default for ProcessRuleForm {
    /// Automatic; the custom values to start from are those of Dify's console.
    fn default() -> Self {
        Self {
            is_automatic: true,
            separator: "\\n\\n".to_owned(),
            max_tokens: 1024,
            chunk_overlap: 50,
            remove_extra_spaces: true,
            remove_urls_emails: false,
        }
    }
}

/// What is wrong with a process rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleProblem {
    /// The length is outside [`TOKENS`]; a server would accept it and fail later.
    Length,
    /// The overlap is not smaller than the length.
    Overlap,
}

impl ProcessRuleForm {
    /// Checks the form before it is sent.
    ///
    /// # Errors
    /// The first problem found.
    pub fn check(&self) -> Result<(), RuleProblem> {
        if self.is_automatic {
            Ok(())
        } else if !TOKENS.contains(&self.max_tokens) {
            Err(RuleProblem::Length)
        } else if self.chunk_overlap >= self.max_tokens {
            Err(RuleProblem::Overlap)
        } else {
            Ok(())
        }
    }

    /// The rule as it is sent. Everything is said explicitly, because the console's and the API's defaults differ.
    #[must_use]
    pub fn to_wire(&self) -> ProcessRule {
        if self.is_automatic {
            return ProcessRule { mode: ProcessMode::Automatic, rules: None };
        }
        let step = |id: &str, enabled| PreProcessingRule { id: id.to_owned(), enabled };
        ProcessRule {
            mode: ProcessMode::Custom,
            rules: Some(Rules {
                pre_processing_rules: vec![
                    step("remove_extra_spaces", self.remove_extra_spaces),
                    step("remove_urls_emails", self.remove_urls_emails),
                ],
                segmentation: Some(Segmentation {
                    separator: unescape(&self.separator),
                    max_tokens: self.max_tokens,
                    chunk_overlap: self.chunk_overlap,
                }),
                ..Rules::default()
            }),
        }
    }
}

/// Turns `\n`, `\t` and `\\` as people type them into the characters they mean.
#[must_use]
pub fn unescape(typed: &str) -> String {
    let mut text = String::with_capacity(typed.len());
    let mut characters = typed.chars();
    while let Some(character) = characters.next() {
        match (character, characters.clone().next()) {
            ('\\', Some('n')) => text.push('\n'),
            ('\\', Some('t')) => text.push('\t'),
            ('\\', Some('\\')) => text.push('\\'),
            _ => {
                text.push(character);
                continue;
            }
        }
        characters.next();
    }
    text
}

/// The opposite of [`unescape`], for a rule that came from the server.
#[must_use]
pub fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_separator_survives_the_form() {
        for text in ["\n\n", "###", "\t", "\\", "\\n", "a\\tb\n"] {
            assert_eq!(unescape(&escape(text)), text);
        }
        assert_eq!(unescape("\\n\\n"), "\n\n");
        assert_eq!(unescape("\\x"), "\\x");
    }

    #[test]
    fn a_length_that_would_fail_later_is_refused_now() {
        let rule = ProcessRuleForm { is_automatic: false, ..ProcessRuleForm::default() };
        assert_eq!(rule.check(), Ok(()));
        assert_eq!(ProcessRuleForm { max_tokens: 49, ..rule.clone() }.check(), Err(RuleProblem::Length));
        assert_eq!(ProcessRuleForm { max_tokens: 4001, ..rule.clone() }.check(), Err(RuleProblem::Length));
        assert_eq!(ProcessRuleForm { max_tokens: 50, chunk_overlap: 50, ..rule.clone() }.check(), Err(RuleProblem::Overlap));
        assert_eq!(ProcessRuleForm { is_automatic: true, max_tokens: 0, ..rule }.check(), Ok(()));
    }

    #[test]
    fn automatic_sends_no_rules() {
        let sent = serde_json::to_string(&ProcessRuleForm::default().to_wire()).unwrap();
        assert_eq!(sent, r#"{"mode":"automatic"}"#);
    }
}
