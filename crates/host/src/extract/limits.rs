//! How much one file may cost.

use std::path::{Path, PathBuf};
use std::time::Duration;

/// The most that reading one file may cost.
#[derive(Clone, Debug)]
pub struct ExtractLimits {
    /// Bytes of text that come out of it; for text files the size of the file as well.
    pub max_text_bytes: usize,
    /// Bytes that a packed file (docx, xlsx) unpacks to, all parts together.
    pub max_unpacked_bytes: u64,
    /// Resident memory of the helper process in bytes; it is watched where the system tells it (Linux).
    pub max_memory_bytes: u64,
    /// Wall-clock time.
    pub time: Duration,
    /// A program that hands over to [`super::helper_main`] at its start: PDF files and spreadsheets are read by it, so that
    /// exhausted stack or memory ends it and not this process. Without it they are read on a thread of this process.
    pub helper: Option<PathBuf>,
}

impl Default for ExtractLimits {
    fn default() -> Self {
        Self {
            max_text_bytes: 64 << 20,
            max_unpacked_bytes: 256 << 20,
            max_memory_bytes: 1 << 30,
            time: Duration::from_secs(60),
            helper: None,
        }
    }
}

impl ExtractLimits {
    /// The default limits, with the running program as the helper: its `main` must call [`super::helper_main`] first.
    pub fn with_own_program() -> Self {
        // On Linux this name stays right when the file is replaced by a newer version while it runs.
        let own = Path::new("/proc/self/exe");
        let helper = if own.exists() { Some(own.to_owned()) } else { std::env::current_exe().ok() };
        Self { helper, ..Self::default() }
    }
}
