//! From the process rule on the wire to the rule of the splitter.

use loredesk_split::{RuleError, SplitRule, validate};
use loredesk_wire::{ProcessMode, ProcessRule};

/// The rule to split by, checked.
pub(super) fn to_split(rule: &ProcessRule) -> Result<SplitRule, RuleError> {
    let Some(rules) = rule.rules.as_ref().filter(|_| rule.mode != ProcessMode::Automatic) else {
        return Ok(SplitRule::automatic());
    };
    let segmentation = rules.segmentation.clone().unwrap_or_default();
    let is_on = |id: &str| rules.pre_processing_rules.iter().any(|step| step.id == id && step.enabled);
    let size = |tokens: u64| usize::try_from(tokens).unwrap_or(usize::MAX);
    let split = SplitRule {
        remove_extra_spaces: is_on("remove_extra_spaces"),
        remove_urls_emails: is_on("remove_urls_emails"),
        // Consoles send the separator as it was typed, with the backslash.
        separator: segmentation.separator.replace("\\n", "\n"),
        max_tokens: size(segmentation.max_tokens),
        chunk_overlap: size(segmentation.chunk_overlap),
    };
    validate(&split).map(|()| split)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use loredesk_split::{RuleError, SplitRule};
    use serde_json::json;

    use super::to_split;

    #[test]
    fn rules_are_translated() {
        let rule = |value| serde_json::from_value(value).unwrap();
        assert_eq!(to_split(&rule(json!({ "mode": "automatic" }))), Ok(SplitRule::automatic()));
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
        assert_eq!(to_split(&rule(custom)), Ok(expected));
        let long = json!({ "mode": "custom", "rules": { "segmentation": { "max_tokens": 5000 } } });
        assert_eq!(to_split(&rule(long)), Err(RuleError::Length));
    }
}
