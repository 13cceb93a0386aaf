//! From the process rule on the wire to the rules of the splitter.

use loredesk_split::{ParentChildRule, RuleError, SplitRule, validate};
use loredesk_wire::{DocForm, ProcessMode, ProcessRule, Rules, Segmentation};

/// Parent mode in which a whole document is one parent chunk.
pub(crate) const FULL_DOC: &str = "full-doc";

/// The rule to clean and split plain chunks by, checked.
pub(super) fn plain(rule: &ProcessRule) -> Result<SplitRule, RuleError> {
    let Some(rules) = rules(rule) else { return Ok(SplitRule::automatic()) };
    let split = to_split(rules, rules.segmentation.clone());
    validate(&split).map(|()| split)
}

/// The rules to cut parent chunks and child chunks by, checked.
pub(crate) fn parent_child(rule: &ProcessRule) -> Result<ParentChildRule, RuleError> {
    let Some(rules) = rules(rule) else { return Ok(ParentChildRule::automatic()) };
    let both = ParentChildRule {
        parents: to_split(rules, rules.segmentation.clone()),
        children: to_split(rules, rules.subchunk_segmentation.clone()),
    };
    validate(&both.children)?;
    if rules.parent_mode.as_deref() == Some(FULL_DOC) {
        return Ok(both.of_whole_documents());
    }
    validate(&both.parents)?;
    Ok(both)
}

/// How the child chunks of a document's parent chunks are cut; none where it has no child chunks.
pub(crate) fn of_children(rule: &ProcessRule, form: &DocForm) -> Result<Option<SplitRule>, RuleError> {
    if *form == DocForm::Hierarchical { parent_child(rule).map(|rule| Some(rule.children)) } else { Ok(None) }
}

/// The automatic rule of hierarchical mode, written out: what it stands for is answered with the document then.
pub(crate) fn automatic_parent_child() -> ProcessRule {
    let automatic = ParentChildRule::automatic();
    let segmentation = |rule: &SplitRule| Segmentation {
        separator: rule.separator.clone(),
        max_tokens: rule.max_tokens as u64,
        chunk_overlap: rule.chunk_overlap as u64,
    };
    let step = |id: &str, enabled| loredesk_wire::PreProcessingRule { id: id.to_owned(), enabled };
    let rules = Rules {
        pre_processing_rules: vec![
            step("remove_extra_spaces", automatic.parents.remove_extra_spaces),
            step("remove_urls_emails", automatic.parents.remove_urls_emails),
        ],
        segmentation: Some(segmentation(&automatic.parents)),
        parent_mode: Some("paragraph".to_owned()),
        subchunk_segmentation: Some(segmentation(&automatic.children)),
    };
    ProcessRule { mode: ProcessMode::Hierarchical, rules: Some(rules) }
}

fn rules(rule: &ProcessRule) -> Option<&Rules> {
    rule.rules.as_ref().filter(|_| rule.mode != ProcessMode::Automatic)
}

fn to_split(rules: &Rules, segmentation: Option<Segmentation>) -> SplitRule {
    let segmentation = segmentation.unwrap_or_default();
    let is_on = |id: &str| rules.pre_processing_rules.iter().any(|step| step.id == id && step.enabled);
    let size = |tokens: u64| usize::try_from(tokens).unwrap_or(usize::MAX);
    SplitRule {
        remove_extra_spaces: is_on("remove_extra_spaces"),
        remove_urls_emails: is_on("remove_urls_emails"),
        // Consoles send the separator as it was typed, with the backslash.
        separator: segmentation.separator.replace("\\n", "\n"),
        max_tokens: size(segmentation.max_tokens),
        chunk_overlap: size(segmentation.chunk_overlap),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use loredesk_split::{FULL_DOC_MAX_TOKENS, ParentChildRule, RuleError, SplitRule};
    use serde_json::json;

    use super::{automatic_parent_child, parent_child, plain};

    #[test]
    fn rules_are_translated() {
        let rule = |value| serde_json::from_value(value).unwrap();
        assert_eq!(plain(&rule(json!({ "mode": "automatic" }))), Ok(SplitRule::automatic()));
        let custom = json!({ "mode": "custom", "rules": {
            "pre_processing_rules": [{ "id": "remove_extra_spaces", "enabled": true }, { "id": "remove_urls_emails", "enabled": false }],
            "segmentation": { "separator": "\\n\\n", "max_tokens": 100, "chunk_overlap": 10 } } });
        let expected = SplitRule {
            remove_extra_spaces: true,
            remove_urls_emails: false,
            separator: "\n\n".to_owned(),
            max_tokens: 100,
            chunk_overlap: 10,
        };
        assert_eq!(plain(&rule(custom)), Ok(expected));
        let long = json!({ "mode": "custom", "rules": { "segmentation": { "max_tokens": 5000 } } });
        assert_eq!(plain(&rule(long)), Err(RuleError::Length));
    }

    #[test]
    fn hierarchical_rules_are_translated() {
        let rule = |mode: &str, parent: u64, child: u64| {
            serde_json::from_value(json!({ "mode": "hierarchical", "rules": {
                "pre_processing_rules": [{ "id": "remove_extra_spaces", "enabled": true }],
                "segmentation": { "separator": "\n\n", "max_tokens": parent, "chunk_overlap": 0 }, "parent_mode": mode,
                "subchunk_segmentation": { "separator": ". ", "max_tokens": child, "chunk_overlap": 0 } } }))
            .unwrap()
        };
        let both = parent_child(&rule("paragraph", 200, 60)).unwrap();
        assert_eq!((both.parents.separator.as_str(), both.parents.max_tokens), ("\n\n", 200));
        assert_eq!((both.children.separator.as_str(), both.children.max_tokens), (". ", 60));
        assert_eq!(parent_child(&rule("paragraph", 20, 60)), Err(RuleError::Length));
        assert_eq!(parent_child(&rule("paragraph", 200, 20)), Err(RuleError::Length));
        let whole = parent_child(&rule("full-doc", 20, 60)).unwrap().parents;
        assert_eq!((whole.separator.as_str(), whole.max_tokens), ("", FULL_DOC_MAX_TOKENS));
        assert_eq!(parent_child(&automatic_parent_child()), Ok(ParentChildRule::automatic()));
    }
}
