//! The tables, and the steps from an older version to this one.

use rusqlite::Connection;

use super::StoreError;

/// One step a version: step n brings `user_version` from n to n + 1. Never change a step that was released, add one.
const STEPS: [&str; 2] = [FIRST, CHILD_CHUNKS_AND_PIPELINES];

/// A row of `documents` is one version of a document: replacing or re-indexing one marks its row as deleted and adds another
/// with the same id. So that takes one short transaction however long the document is, an indexing under way sees that its row
/// is gone, and the chunks of the old row are removed afterwards, a few at a time (`purge`). `seq` is the order of the queue.
///
/// The full-text index is one table a knowledge base (`index_tables`), so that the figures behind the ranking are its own.
const FIRST: &str = "
CREATE TABLE datasets (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    permission TEXT NOT NULL,
    indexing_technique TEXT,
    embedding_model TEXT,
    embedding_model_provider TEXT,
    retrieval_model TEXT,
    doc_form TEXT,
    built_in_field_enabled INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX datasets_name ON datasets (name) WHERE deleted = 0;

CREATE TABLE files (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    extension TEXT NOT NULL,
    mime_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE process_rules (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    dataset INTEGER NOT NULL REFERENCES datasets (seq) ON DELETE CASCADE,
    rule TEXT NOT NULL
) STRICT;
CREATE INDEX process_rules_dataset ON process_rules (dataset, seq);

CREATE TABLE documents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    dataset INTEGER NOT NULL REFERENCES datasets (seq),
    deleted INTEGER NOT NULL DEFAULT 0,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    batch TEXT NOT NULL,
    file TEXT NOT NULL REFERENCES files (id),
    process_rule INTEGER NOT NULL REFERENCES process_rules (seq),
    doc_form TEXT NOT NULL,
    doc_language TEXT NOT NULL,
    created_from TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    indexing_status TEXT NOT NULL DEFAULT 'waiting',
    processing_started_at INTEGER,
    parsing_completed_at INTEGER,
    cleaning_completed_at INTEGER,
    splitting_completed_at INTEGER,
    completed_at INTEGER,
    stopped_at INTEGER,
    paused_at INTEGER,
    indexing_latency REAL,
    error TEXT,
    enabled INTEGER NOT NULL DEFAULT 1,
    disabled_at INTEGER,
    disabled_by TEXT,
    archived INTEGER NOT NULL DEFAULT 0,
    word_count INTEGER,
    tokens INTEGER,
    hit_count INTEGER NOT NULL DEFAULT 0,
    completed_segments INTEGER NOT NULL DEFAULT 0,
    total_segments INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX documents_id ON documents (id) WHERE deleted = 0;
CREATE INDEX documents_position ON documents (dataset, position) WHERE deleted = 0;
CREATE INDEX documents_name ON documents (dataset, name) WHERE deleted = 0;
CREATE INDEX documents_batch ON documents (dataset, batch) WHERE deleted = 0;
CREATE INDEX documents_queue ON documents (seq) WHERE deleted = 0 AND indexing_status = 'waiting';
CREATE INDEX documents_deleted ON documents (seq) WHERE deleted = 1;
CREATE INDEX documents_versions ON documents (id);
CREATE INDEX documents_file ON documents (file);
CREATE INDEX documents_process_rule ON documents (process_rule);

CREATE TABLE segments (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES documents (seq),
    position INTEGER NOT NULL,
    word_count INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    hit_count INTEGER NOT NULL DEFAULT 0,
    enabled INTEGER NOT NULL DEFAULT 1,
    disabled_at INTEGER,
    disabled_by TEXT,
    status TEXT NOT NULL,
    error TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    updated_by TEXT,
    indexing_at INTEGER,
    completed_at INTEGER,
    stopped_at INTEGER,
    node_id TEXT NOT NULL,
    node_hash TEXT NOT NULL,
    keywords TEXT,
    answer TEXT,
    summary TEXT,
    content TEXT NOT NULL
) STRICT;
CREATE INDEX segments_document ON segments (document, position);

CREATE TABLE segment_vectors (
    segment INTEGER PRIMARY KEY REFERENCES segments (seq) ON DELETE CASCADE,
    dataset INTEGER NOT NULL,
    vector BLOB NOT NULL
) STRICT;
CREATE INDEX segment_vectors_dataset ON segment_vectors (dataset);

CREATE TABLE metadata_fields (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    dataset INTEGER NOT NULL REFERENCES datasets (seq) ON DELETE CASCADE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    UNIQUE (dataset, name)
) STRICT;

-- By the document's id, so that values survive the replacement of a document.
CREATE TABLE metadata_values (
    document TEXT NOT NULL,
    field INTEGER NOT NULL REFERENCES metadata_fields (seq) ON DELETE CASCADE,
    value TEXT NOT NULL,
    PRIMARY KEY (document, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX metadata_values_field ON metadata_values (field);
";

/// Child chunks have their words in the full-text index of their knowledge base too (`children` says under which keys). `documents.child_chunks` is how many a version has, for the ranking. `child_vectors` repeats the parent,
/// so that looking for the best child of each parent reads one table only.
///
/// A knowledge base with a pipeline has the pipeline's id. `pipeline_files` are the files that were uploaded for a run; those that
/// no document uses are removed after a day.
const CHILD_CHUNKS_AND_PIPELINES: &str = "
CREATE TABLE child_chunks (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    segment INTEGER NOT NULL REFERENCES segments (seq) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    word_count INTEGER NOT NULL,
    kind TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    content TEXT NOT NULL
) STRICT;
CREATE INDEX child_chunks_segment ON child_chunks (segment, position);

CREATE TABLE child_vectors (
    child INTEGER PRIMARY KEY REFERENCES child_chunks (seq) ON DELETE CASCADE,
    segment INTEGER NOT NULL,
    dataset INTEGER NOT NULL,
    vector BLOB NOT NULL
) STRICT;
CREATE INDEX child_vectors_dataset ON child_vectors (dataset);
CREATE INDEX child_vectors_segment ON child_vectors (segment);

ALTER TABLE documents ADD COLUMN child_chunks INTEGER NOT NULL DEFAULT 0;

ALTER TABLE datasets ADD COLUMN pipeline_id TEXT;

CREATE TABLE pipeline_files (
    file TEXT PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
    uploaded_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX pipeline_files_age ON pipeline_files (uploaded_at);
";

/// Brings the database to the newest version.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let done = usize::try_from(version).unwrap_or(usize::MAX);
    if done > STEPS.len() {
        return Err(StoreError::Newer(version));
    }
    for (step, sql) in STEPS.iter().enumerate().skip(done) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", step + 1)?;
        transaction.commit()?;
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::{STEPS, migrate};
    use crate::store::StoreError;

    #[test]
    fn migrates_once_and_refuses_a_newer_one() {
        let mut connection = rusqlite::Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        migrate(&mut connection).unwrap();
        connection.pragma_update(None, "user_version", STEPS.len() + 1).unwrap();
        assert!(matches!(migrate(&mut connection), Err(StoreError::Newer(_))));
    }

    #[test]
    fn what_an_older_version_kept_is_there_afterwards() {
        let mut connection = rusqlite::Connection::open_in_memory().unwrap();
        connection.execute_batch(STEPS[0]).unwrap();
        connection.pragma_update(None, "user_version", 1).unwrap();
        let old = "INSERT INTO datasets (id, name, description, permission, created_at, updated_at) \
            VALUES ('a', 'Old', '', 'only_me', 1, 1); \
            INSERT INTO files VALUES ('f', 'f.txt', 'txt', 'text/plain', 1, 1); \
            INSERT INTO process_rules (id, dataset, rule) VALUES ('r', 1, '{}'); \
            INSERT INTO documents (id, dataset, position, name, batch, file, process_rule, doc_form, doc_language, created_from, \
            created_at, updated_at) VALUES ('d', 1, 1, 'Old document', 'b', 'f', 1, 'text_model', 'English', 'api', 1, 1);";
        connection.execute_batch(old).unwrap();
        migrate(&mut connection).unwrap();
        let sql = "SELECT d.name, d.child_chunks, k.pipeline_id FROM documents d JOIN datasets k ON k.seq = d.dataset";
        let row = connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        assert_eq!(row, Ok(("Old document".to_owned(), 0_i64, None::<String>)));
    }
}
