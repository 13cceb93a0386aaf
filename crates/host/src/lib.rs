//! The host: serves the desk and carries an embedded Knowledge API on SQLite.
//!
//! Who may use whom, top to bottom:
//! `server` (router, start, stop) → `api` (one handler a file), `app_files`, `config_json`, `drain`, `security`
//! `api` → `indexing` (the queue), `retrieval` (search), `store` (SQLite and files)
//! `indexing` → `extract` (text of a file), `retrieval::terms`, `store`
//! `store` knows nothing of HTTP; `extract` knows nothing of anything but files.

pub mod api;
mod app_files;
mod civil;
pub mod config;
mod config_json;
mod drain;
mod embeddings;
pub mod extract;
#[cfg(feature = "faults")]
mod faults;
pub mod indexing;
pub mod retrieval;
pub mod security;
pub mod server;
pub mod store;
