//! What was said, and where, before it is known to be right.

use std::path::PathBuf;

/// A value and the place where it was said: `--base`, or `loredesk.toml, line 3`.
#[derive(Clone, Debug)]
pub(super) struct Given<T> {
    pub(super) value: T,
    pub(super) place: String,
}

impl<T> Given<T> {
    /// A mistake in it, as a sentence with its place.
    pub(super) fn wrong(&self, sentence: impl AsRef<str>) -> String {
        format!("{}: {}", self.place, sentence.as_ref())
    }

    /// The value, read by a function that says what is wrong.
    pub(super) fn read<V>(&self, read: impl FnOnce(&T) -> Result<V, String>) -> Result<V, String> {
        read(&self.value).map_err(|sentence| self.wrong(sentence))
    }
}

macro_rules! wishes {
    ($($(#[$doc:meta])* $name:ident: $kind:ty,)*) => {
        /// Everything that flags and file can say.
        #[derive(Debug, Default)]
        pub(super) struct Wishes {
            $($(#[$doc])* pub(super) $name: Option<Given<$kind>>,)*
            /// The connections, which only the file has.
            pub(super) connections: Vec<ConnectionWish>,
        }

        impl Wishes {
            /// These, and where they say nothing, the others.
            pub(super) fn or(self, other: Self) -> Self {
                let connections = if self.connections.is_empty() { other.connections } else { self.connections };
                Self { $($name: self.$name.or(other.$name),)* connections }
            }
        }
    };
}

wishes! {
    listen: String,
    port: u64,
    base: String,
    data: PathBuf,
    app: PathBuf,
    insecure: bool,
    hosts: Vec<String>,
    portal_origins: Vec<String>,
    languages: Vec<String>,
    log: String,
    max_upload_bytes: u64,
    extensions: Vec<String>,
    embeddings_url: String,
    embeddings_model: String,
    embeddings_key_env: String,
    embeddings_key_file: PathBuf,
    embeddings_ca_file: PathBuf,
    password_file: PathBuf,
    session_hours: u64,
    trusted_header: String,
    trusted_from: Vec<String>,
    connect_seconds: u64,
    answer_seconds: u64,
    upload_seconds: u64,
    stop_seconds: u64,
}

/// A `[[connections]]` of the file.
#[derive(Debug)]
pub(super) struct ConnectionWish {
    pub(super) id: Given<String>,
    pub(super) name: Option<Given<String>>,
    pub(super) kind: Given<String>,
    pub(super) url: Option<Given<String>>,
    pub(super) key_env: Option<Given<String>>,
    pub(super) key_file: Option<Given<PathBuf>>,
    pub(super) ca_file: Option<Given<PathBuf>>,
    pub(super) file_origins: Option<Given<Vec<String>>>,
    pub(super) read_only: Option<Given<bool>>,
    pub(super) knowledge_base: Option<Given<String>>,
}
