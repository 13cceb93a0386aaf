//! The folder of a test.

use std::path::PathBuf;

use super::Setup;

/// A temporary folder that is removed at the end.
pub struct Folder(PathBuf);

impl Folder {
    /// A new one, empty.
    pub fn new() -> Self {
        use std::sync::atomic::{AtomicU32, Ordering};
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("loredesk-e2e-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// What has that name in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The arguments of the host that the set-up asks for.
    pub fn host_arguments(&self, setup: &Setup) -> Vec<String> {
        let file = self.path("files").join("loredesk.toml");
        let config = setup.config.iter().flat_map(|_| ["--config".to_owned(), file.display().to_string()]);
        config.chain(setup.flags.iter().cloned()).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
