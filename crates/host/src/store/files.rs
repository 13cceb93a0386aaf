//! The folder of original files: a file a UUID, written aside and renamed when it is whole.

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, params};

use super::{StoreError, new_id, now};

/// The two folders: one for what is whole, one for what is being received.
#[derive(Clone, Debug)]
pub struct Files {
    whole: PathBuf,
    arriving: PathBuf,
}

/// What the database knows of an original file.
#[derive(Clone, Debug)]
pub struct FileRow {
    /// Id, which is the name on disk too.
    pub id: String,
    /// The name that the file was sent with.
    pub name: String,
    /// Extension in lower case, without the dot.
    pub extension: String,
    /// Media type.
    pub mime_type: String,
    /// Bytes.
    pub size: u64,
    /// Epoch seconds.
    pub created_at: i64,
}

/// A file that is being received; it vanishes when it is dropped before `keep`.
#[derive(Debug)]
pub struct Arriving {
    path: PathBuf,
    file: Option<std::fs::File>,
    /// Bytes so far.
    pub size: u64,
}

/// A file that is whole and has its final name, but no row yet; it vanishes when it is dropped before `settle`.
#[derive(Debug)]
pub struct Kept {
    path: PathBuf,
    is_settled: bool,
    /// The row to insert.
    pub row: FileRow,
}

impl Files {
    /// Makes the folders and empties the one of unfinished files.
    pub(super) fn open(folder: &Path) -> Result<Self, StoreError> {
        let files = Self { whole: folder.join("files"), arriving: folder.join("tmp") };
        std::fs::create_dir_all(&files.whole)?;
        std::fs::create_dir_all(&files.arriving)?;
        for entry in std::fs::read_dir(&files.arriving)? {
            std::fs::remove_file(entry?.path())?;
        }
        Ok(files)
    }

    /// Where a whole file lies.
    pub fn path(&self, id: &str) -> PathBuf {
        self.whole.join(id)
    }

    /// Begins to receive a file. Blocking.
    pub fn begin(&self) -> Result<Arriving, StoreError> {
        let path = self.arriving.join(new_id());
        let file = std::fs::File::create_new(&path)?;
        Ok(Arriving { path, file: Some(file), size: 0 })
    }

    /// Makes a received file durable and gives it its final name. Blocking.
    pub fn keep(&self, mut arriving: Arriving, name: String, extension: String, mime_type: String) -> Result<Kept, StoreError> {
        let id = new_id();
        if let Some(file) = arriving.file.take() {
            file.sync_all()?;
        }
        let path = self.path(&id);
        std::fs::rename(&arriving.path, &path)?;
        let row = FileRow { id, name, extension, mime_type, size: arriving.size, created_at: now() };
        let kept = Kept { path, is_settled: false, row };
        // Without this a power cut may forget the name although the row stands.
        std::fs::File::open(&self.whole)?.sync_all()?;
        Ok(kept)
    }

    /// Removes a whole file; that it is gone already is fine. Blocking.
    pub fn remove(&self, id: &str) -> Result<(), StoreError> {
        match std::fs::remove_file(self.path(id)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Removes files that no row knows: a crash between the rename and the row leaves one.
    pub(super) fn remove_orphans(&self, connection: &Connection) -> Result<(), StoreError> {
        let mut statement = connection.prepare("SELECT id FROM files")?;
        let known = statement.query_map([], |row| row.get(0))?.collect::<Result<HashSet<String>, _>>()?;
        for entry in std::fs::read_dir(&self.whole)? {
            let entry = entry?;
            if !known.contains(entry.file_name().to_string_lossy().as_ref()) {
                std::fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

impl Arriving {
    /// Adds bytes. Blocking.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        if let Some(file) = &mut self.file {
            file.write_all(bytes)?;
            self.size += bytes.len() as u64;
        }
        Ok(())
    }
}

impl Drop for Arriving {
    fn drop(&mut self) {
        // After `keep` there is nothing left here; otherwise what remains would be removed at the next start.
        let _nothing_to_do = std::fs::remove_file(&self.path);
    }
}

impl Kept {
    /// Says that the row is committed and the file stays.
    pub fn settle(mut self) {
        self.is_settled = true;
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        if !self.is_settled {
            // If this fails, the next start removes the orphan.
            let _orphan = std::fs::remove_file(&self.path);
        }
    }
}

/// Adds the row of a file.
pub fn insert(connection: &Connection, row: &FileRow) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO files (id, name, extension, mime_type, size, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![row.id, row.name, row.extension, row.mime_type, row.size, row.created_at],
    )?;
    Ok(())
}

/// The file of a living document.
pub fn find(connection: &Connection, id: &str) -> Result<Option<FileRow>, StoreError> {
    let sql = "SELECT id, name, extension, mime_type, size, created_at FROM files WHERE id = ?1 \
               AND EXISTS (SELECT 1 FROM documents WHERE file = files.id AND deleted = 0)";
    let row = connection.query_row(sql, [id], |row| {
        Ok(FileRow {
            id: row.get(0)?,
            name: row.get(1)?,
            extension: row.get(2)?,
            mime_type: row.get(3)?,
            size: row.get(4)?,
            created_at: row.get(5)?,
        })
    });
    Ok(row.optional()?)
}
