//! Everything that stays: one SQLite database and a folder of original files.
//!
//! One connection writes, a few read. Nothing here knows of HTTP; every call that touches the disk runs on a blocking thread.

pub mod batches;
pub mod children;
pub mod datasets;
mod document_rows;
pub mod documents;
mod error;
pub mod files;
pub mod functions;
pub mod index_tables;
pub mod metadata;
pub mod pipeline_files;
pub mod process_rules;
pub mod purge;
pub mod queue;
pub mod reindex;
mod schema;
pub mod segments;

use std::path::Path;
use std::sync::{Arc, Mutex as StdMutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use tokio::sync::{Mutex, Semaphore};

pub use error::StoreError;
pub use files::Files;

/// Connections that read at the same time.
const READERS: usize = 4;
/// Page cache of a connection in KiB: with the writer, at most 144 MB in all, taken only as far as the database is large.
const READER_CACHE: i64 = 32 * 1024;
const WRITER_CACHE: i64 = 16 * 1024;

/// The account that everything belongs to: the embedded server has one user, the person at the computer.
pub const ACCOUNT: &str = "10ca1000-0000-4000-8000-000000000001";
/// Its name.
pub const ACCOUNT_NAME: &str = "local";

/// The database and the files.
#[derive(Clone)]
pub struct Store {
    /// Fair: a short write waits for one batch of the indexing, never for all of them.
    writer: Arc<Mutex<Connection>>,
    readers: Arc<StdMutex<Vec<Connection>>>,
    permits: Arc<Semaphore>,
    /// The folder of original files.
    pub files: Files,
}

impl Store {
    /// Opens or makes the database in the folder, brings its schema up to date, and removes what a crash left behind.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let files = Files::open(folder)?;
        let path = folder.join("loredesk.sqlite");
        let mut writer = Connection::open(&path)?;
        configure(&writer, WRITER_CACHE)?;
        writer.pragma_update(None, "journal_mode", "WAL")?;
        writer.pragma_update(None, "synchronous", "NORMAL")?;
        schema::migrate(&mut writer)?;
        queue::requeue_interrupted(&mut writer)?;
        files.remove_orphans(&writer)?;
        let mut readers = Vec::with_capacity(READERS);
        for _ in 0..READERS {
            let reader = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
            configure(&reader, READER_CACHE)?;
            readers.push(reader);
        }
        Ok(Self {
            writer: Arc::new(Mutex::new(writer)),
            readers: Arc::new(StdMutex::new(readers)),
            permits: Arc::new(Semaphore::new(READERS)),
            files,
        })
    }

    /// Reads one consistent state.
    pub async fn read<T, E>(&self, work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let permit = self.permits.clone().acquire_owned().await.map_err(|_| StoreError::Stopped)?;
        let readers = self.readers.clone();
        let answer = tokio::task::spawn_blocking(move || {
            let taken = readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let connection = taken.ok_or(StoreError::Stopped)?;
            let result = read_on(&connection, work);
            readers.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            drop(permit);
            result
        });
        answer.await.map_err(|_| StoreError::Stopped)?
    }

    /// Changes something in one transaction; an error undoes all of it.
    pub async fn write<T, E>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let mut writer = self.writer.clone().lock_owned().await;
        let answer = tokio::task::spawn_blocking(move || write_on(&mut writer, work));
        answer.await.map_err(|_| StoreError::Stopped)?
    }

    /// The same for the indexing, which is on a blocking thread already.
    pub fn write_blocking<T, E: From<StoreError>>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, E>) -> Result<T, E> {
        write_on(&mut self.writer.blocking_lock(), work)
    }
}

fn read_on<T, E: From<StoreError>>(connection: &Connection, work: impl FnOnce(&Connection) -> Result<T, E>) -> Result<T, E> {
    let transaction = connection.unchecked_transaction().map_err(StoreError::from)?;
    let result = work(&transaction);
    transaction.finish().map_err(StoreError::from)?;
    result
}

fn write_on<T, E: From<StoreError>>(
    connection: &mut Connection,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::from)?;
    let value = work(&transaction)?;
    transaction.commit().map_err(StoreError::from)?;
    Ok(value)
}

fn configure(connection: &Connection, cache: i64) -> Result<(), StoreError> {
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -cache)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_prepared_statement_cache_capacity(64);
    functions::register(connection)?;
    Ok(())
}

/// Seconds since the epoch.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// A new random id.
pub fn new_id() -> String {
    uuid::Uuid::new_v4().to_string()
}
