//! Files that were uploaded for a run of a pipeline. They belong to no knowledge base until a run makes documents of them.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::StoreError;
use super::files::FileRow;

/// How long a file that no document uses is kept, in seconds: a day.
pub const KEPT: i64 = 86_400;

const COLUMNS: &str = "SELECT f.id, f.name, f.extension, f.mime_type, f.size, f.created_at \
     FROM pipeline_files p JOIN files f ON f.id = p.file";
const UNUSED: &str = "NOT EXISTS (SELECT 1 FROM documents WHERE file = p.file)";

fn read(row: &Row<'_>) -> rusqlite::Result<FileRow> {
    Ok(FileRow {
        id: row.get(0)?,
        name: row.get(1)?,
        extension: row.get(2)?,
        mime_type: row.get(3)?,
        size: row.get(4)?,
        created_at: row.get(5)?,
    })
}

/// Notes that a file, whose row is there already, waits for a run.
pub fn insert(connection: &Connection, row: &FileRow) -> Result<(), StoreError> {
    connection.execute("INSERT INTO pipeline_files (file, uploaded_at) VALUES (?1, ?2)", params![row.id, row.created_at])?;
    Ok(())
}

/// Finds an uploaded file by its id, whether a run has used it already or not.
pub fn find(connection: &Connection, id: &str) -> Result<Option<FileRow>, StoreError> {
    Ok(connection.prepare_cached(&format!("{COLUMNS} WHERE p.file = ?1"))?.query_row([id], read).optional()?)
}

/// The files that no document uses, oldest first.
pub fn unused(connection: &Connection) -> Result<Vec<FileRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} WHERE {UNUSED} ORDER BY p.uploaded_at, p.file"))?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Forgets the files that were uploaded before a time and that no document uses; answers their ids, for their files to be removed.
pub fn sweep(tx: &Transaction<'_>, before: i64) -> Result<Vec<String>, StoreError> {
    let mut statement = tx.prepare(&format!("SELECT p.file FROM pipeline_files p WHERE p.uploaded_at < ?1 AND {UNUSED}"))?;
    let swept: Vec<String> = statement.query_map([before], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for id in &swept {
        // The note of the upload goes with it.
        tx.execute("DELETE FROM files WHERE id = ?1", [id])?;
    }
    Ok(swept)
}
