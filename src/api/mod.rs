//! Typed clients of the servers. Knows nothing of signals or views.
//!
//! `http.rs` is the only user of gloo-net and `upload.rs` the only user of `XMLHttpRequest`; `stream.rs` reads what comes in
//! pieces; everything else builds requests and reads answers, natively testable.

pub mod add_chunks;
pub mod capabilities;
pub mod dify;
pub mod document_text;
pub mod error;
pub mod exchange;
pub mod http;
pub mod pipeline_guard;
pub mod probe;
pub mod reindex;
mod retry;
pub mod safe_child_chunk;
pub mod safe_chunk;
pub mod safe_delete;
pub mod safe_metadata;
pub mod safe_pipeline;
pub mod safe_settings;
pub mod safe_tags;
pub mod sign_in;
mod stream;
pub mod upload;
pub mod watch;

pub use error::{ApiError, ErrorKind, ForbiddenCause, RawAnswer};
pub use http::Client;
