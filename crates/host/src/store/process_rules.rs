//! Process rules: each document row has one, and a knowledge base remembers the latest.

use loredesk_wire::{PreProcessingRule, ProcessMode, ProcessRule, Rules, Segmentation};
use rusqlite::{Connection, OptionalExtension, params};

use super::{StoreError, new_id};

/// Adds a rule; answers its key.
pub fn insert(connection: &Connection, dataset: i64, rule: &ProcessRule) -> Result<i64, StoreError> {
    let json = serde_json::to_string(rule).unwrap_or_default();
    connection.execute("INSERT INTO process_rules (id, dataset, rule) VALUES (?1, ?2, ?3)", params![new_id(), dataset, json])?;
    Ok(connection.last_insert_rowid())
}

/// The rule that the knowledge base got last.
pub fn latest(connection: &Connection, dataset: i64) -> Result<Option<ProcessRule>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT rule FROM process_rules WHERE dataset = ?1 ORDER BY seq DESC LIMIT 1")?;
    let json = statement.query_row([dataset], |row| row.get::<_, String>(0)).optional()?;
    Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
}

/// The rule with the key.
pub fn find(connection: &Connection, seq: i64) -> Result<Option<ProcessRule>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT rule FROM process_rules WHERE seq = ?1")?;
    let json = statement.query_row([seq], |row| row.get::<_, String>(0)).optional()?;
    Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
}

/// The rule as answers show it: an automatic one with the settings that it stands for.
pub fn with_settings(rule: ProcessRule) -> ProcessRule {
    if rule.mode != ProcessMode::Automatic || rule.rules.is_some() {
        return rule;
    }
    let split = loredesk_split::SplitRule::automatic();
    let step = |id: &str, enabled| PreProcessingRule { id: id.to_owned(), enabled };
    let rules = Rules {
        pre_processing_rules: vec![
            step("remove_extra_spaces", split.remove_extra_spaces),
            step("remove_urls_emails", split.remove_urls_emails),
        ],
        segmentation: Some(Segmentation {
            separator: loredesk_split::AUTOMATIC_DELIMITER.to_owned(),
            max_tokens: split.max_tokens as u64,
            chunk_overlap: split.chunk_overlap as u64,
        }),
        ..Rules::default()
    };
    ProcessRule { mode: rule.mode, rules: Some(rules) }
}
