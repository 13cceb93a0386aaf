//! What can go wrong with the disk.

use std::fmt;

/// A failure of the database or of the folder of files.
#[derive(Debug)]
pub enum StoreError {
    /// SQLite refused.
    Sqlite(rusqlite::Error),
    /// A file could not be read or written.
    Io(std::io::Error),
    /// The database was made by a newer version.
    Newer(i64),
    /// The host is stopping, or the task that held the connection died.
    Stopped,
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull) => {
                f.write_str("The disk that holds the data folder is full.")
            }
            Self::Sqlite(error) => write!(f, "The database could not do it: {error}."),
            Self::Io(error) if error.kind() == std::io::ErrorKind::StorageFull => {
                f.write_str("The disk that holds the data folder is full.")
            }
            Self::Io(error) => write!(f, "A file in the data folder could not be read or written: {error}."),
            Self::Newer(version) => {
                write!(f, "The data folder was made by a newer version of the host (schema {version}); use that one.")
            }
            Self::Stopped => f.write_str("The host is stopping."),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}
