//! What outlives a screen: server data, polling, uploads, drafts, toasts, preferences, URL parameters.
//!
//! Uses `api`, `model` and `dom`; knows no view.

pub mod batch;
pub mod cache;
pub mod capabilities;
pub mod delayed;
pub mod document_index;
pub mod document_update;
pub mod drafts;
pub mod metadata_draft;
pub mod mutation;
pub mod originals;
pub mod pipeline_files;
pub mod pipeline_runs;
pub mod poll;
pub mod portal;
pub mod preferences;
pub mod queries;
pub mod query;
pub mod requests;
pub mod retrieval_history;
pub mod session;
pub mod shared_draft;
pub mod sign_in;
pub mod title;
pub mod toasts;
pub mod uploads;
pub mod url;
pub mod view_choice;
