//! Models that this host can use.

pub(crate) mod choose;
pub(crate) mod list;

/// The provider of every model here: whatever answers at `--embeddings-url`.
pub(crate) const PROVIDER: &str = "openai";
