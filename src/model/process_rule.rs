//! The process rule as a form holds it, and its way to the wire.

use loredesk_wire::{DocForm, PreProcessingRule, ProcessMode, ProcessRule, Rules, Segmentation};

/// Least and greatest chunk length in tokens that a server indexes.
pub const TOKENS: std::ops::RangeInclusive<u64> = 50..=4000;

/// The chunk mode: what a document becomes. The first document decides it for its knowledge base, for good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ChunkMode {
    /// Plain chunks.
    #[default]
    General,
    /// Parent chunks, each found by its child chunks.
    ParentChild,
    /// Questions with answers.
    QuestionAnswer,
}

impl ChunkMode {
    /// Every mode, in the order in which they are offered.
    pub const EVERY: [Self; 3] = [Self::General, Self::ParentChild, Self::QuestionAnswer];

    /// The mode of a knowledge base or document; `None` while it has none, or one that the desk does not know.
    #[must_use]
    pub fn of(form: &DocForm) -> Option<Self> {
        Self::EVERY.into_iter().find(|mode| mode.to_wire() == *form)
    }

    /// The mode on the wire.
    #[must_use]
    pub fn to_wire(self) -> DocForm {
        match self {
            Self::General => DocForm::Text,
            Self::ParentChild => DocForm::Hierarchical,
            Self::QuestionAnswer => DocForm::QuestionAnswer,
        }
    }
}

/// What the form of the process rule holds. Separators are as people type them: `\n` for a line end.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct ProcessRuleForm {
    /// The chunk mode.
    pub mode: ChunkMode,
    /// Whether a whole document is one parent chunk, in parent-child mode.
    pub is_whole_parent: bool,
    /// Text between child chunks.
    pub child_separator: String,
    /// Longest child chunk in tokens.
    pub child_max_tokens: u64,
    /// Language of the questions, in question-and-answer mode; in words, as servers put it into their prompt.
    pub language: String,
    /// The server decides; the rest then has no effect. Not in parent-child mode, which always says its rules.
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
            mode: ChunkMode::General,
            is_whole_parent: false,
            child_separator: "\\n".to_owned(),
            child_max_tokens: 512,
            language: String::new(),
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
    /// The length of child chunks is outside [`TOKENS`].
    ChildLength,
}

impl ProcessRuleForm {
    /// The form of a rule that a server has. What the rule does not say is as in [`Self::default`].
    #[must_use]
    pub fn of(rule: &ProcessRule, mode: ChunkMode) -> Self {
        let plain = Self { mode, ..Self::default() };
        let Some(rules) = rule.rules.as_ref().filter(|_| rule.mode != ProcessMode::Automatic) else { return plain };
        let is_on =
            |id: &str, default| rules.pre_processing_rules.iter().find(|step| step.id == id).map_or(default, |step| step.enabled);
        let (own, child) = (rules.segmentation.as_ref(), rules.subchunk_segmentation.as_ref());
        Self {
            is_automatic: false,
            is_whole_parent: rules.parent_mode.as_deref() == Some("full-doc"),
            separator: own.map_or(plain.separator, |own| escape(&own.separator)),
            max_tokens: own.map_or(plain.max_tokens, |own| own.max_tokens),
            chunk_overlap: own.map_or(plain.chunk_overlap, |own| own.chunk_overlap),
            child_separator: child.map_or(plain.child_separator, |child| escape(&child.separator)),
            child_max_tokens: child.map_or(plain.child_max_tokens, |child| child.max_tokens),
            remove_extra_spaces: is_on("remove_extra_spaces", plain.remove_extra_spaces),
            remove_urls_emails: is_on("remove_urls_emails", plain.remove_urls_emails),
            mode,
            language: plain.language,
        }
    }

    /// Checks the form before it is sent.
    ///
    /// # Errors
    /// The first problem found.
    pub fn check(&self) -> Result<(), RuleProblem> {
        if self.mode == ChunkMode::ParentChild {
            if !self.is_whole_parent && !TOKENS.contains(&self.max_tokens) {
                Err(RuleProblem::Length)
            } else if !TOKENS.contains(&self.child_max_tokens) {
                Err(RuleProblem::ChildLength)
            } else {
                Ok(())
            }
        } else if self.is_automatic {
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
        let is_hierarchical = self.mode == ChunkMode::ParentChild;
        if self.is_automatic && !is_hierarchical {
            return ProcessRule { mode: ProcessMode::Automatic, rules: None };
        }
        let step = |id: &str, enabled| PreProcessingRule { id: id.to_owned(), enabled };
        let segmentation = |separator: &str, max_tokens, chunk_overlap| {
            Some(Segmentation { separator: unescape(separator), max_tokens, chunk_overlap })
        };
        // A whole document as a parent has no length of its own, but servers check the one that is sent.
        let is_whole = is_hierarchical && self.is_whole_parent && !TOKENS.contains(&self.max_tokens);
        let max_tokens = if is_whole { Self::default().max_tokens } else { self.max_tokens };
        let overlap = if is_hierarchical { 0 } else { self.chunk_overlap };
        let rules = Rules {
            pre_processing_rules: vec![
                step("remove_extra_spaces", self.remove_extra_spaces),
                step("remove_urls_emails", self.remove_urls_emails),
            ],
            segmentation: segmentation(&self.separator, max_tokens, overlap),
            parent_mode: is_hierarchical.then(|| if self.is_whole_parent { "full-doc" } else { "paragraph" }.to_owned()),
            subchunk_segmentation: is_hierarchical
                .then(|| segmentation(&self.child_separator, self.child_max_tokens, 0))
                .flatten(),
        };
        let mode = if is_hierarchical { ProcessMode::Hierarchical } else { ProcessMode::Custom };
        ProcessRule { mode, rules: Some(rules) }
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
    fn parents_and_children_always_say_their_rules() {
        let form = ProcessRuleForm { mode: ChunkMode::ParentChild, ..ProcessRuleForm::default() };
        let sent = serde_json::to_value(form.to_wire()).unwrap();
        assert_eq!(sent["mode"], "hierarchical");
        assert_eq!(sent["rules"]["parent_mode"], "paragraph");
        assert_eq!(sent["rules"]["segmentation"]["separator"], "\n\n");
        assert_eq!(sent["rules"]["segmentation"]["chunk_overlap"], 0);
        assert_eq!(sent["rules"]["subchunk_segmentation"]["separator"], "\n");
        assert_eq!(sent["rules"]["subchunk_segmentation"]["max_tokens"], 512);
        let whole = ProcessRuleForm { is_whole_parent: true, max_tokens: 0, ..form.clone() };
        assert_eq!(whole.check(), Ok(()));
        let sent = serde_json::to_value(whole.to_wire()).unwrap();
        assert_eq!(
            (&sent["rules"]["parent_mode"], &sent["rules"]["segmentation"]["max_tokens"]),
            (&"full-doc".into(), &1024.into())
        );
        assert_eq!(ProcessRuleForm { child_max_tokens: 49, ..form.clone() }.check(), Err(RuleProblem::ChildLength));
        assert_eq!(ProcessRuleForm { max_tokens: 0, ..form }.check(), Err(RuleProblem::Length));
    }

    #[test]
    fn a_rule_from_before_there_were_modes_is_read() {
        let old = r#"{"is_automatic":false,"separator":"--","max_tokens":100,"chunk_overlap":0,"remove_extra_spaces":true,"remove_urls_emails":true}"#;
        let form: ProcessRuleForm = serde_json::from_str(old).unwrap();
        assert_eq!((form.mode, form.separator.as_str(), form.child_max_tokens), (ChunkMode::General, "--", 512));
    }

    #[test]
    fn a_mode_is_the_same_on_the_wire() {
        for mode in ChunkMode::EVERY {
            assert_eq!(ChunkMode::of(&mode.to_wire()), Some(mode));
        }
        assert_eq!(ChunkMode::of(&DocForm::from("paragraph_model")), None);
    }

    #[test]
    fn a_rule_of_a_server_becomes_the_form_that_sends_it() {
        let custom = ProcessRuleForm { is_automatic: false, separator: "###\\n".to_owned(), ..ProcessRuleForm::default() };
        let children = ProcessRuleForm {
            is_automatic: false,
            is_whole_parent: true,
            chunk_overlap: 0,
            mode: ChunkMode::ParentChild,
            ..ProcessRuleForm::default()
        };
        for form in [ProcessRuleForm::default(), custom, children] {
            assert_eq!(ProcessRuleForm::of(&form.to_wire(), form.mode), form);
        }
    }

    #[test]
    fn automatic_sends_no_rules() {
        let sent = serde_json::to_string(&ProcessRuleForm::default().to_wire()).unwrap();
        assert_eq!(sent, r#"{"mode":"automatic"}"#);
    }
}
