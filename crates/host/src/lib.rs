//! The host: serves the desk, proxies to the servers elsewhere, and carries an embedded Knowledge API on SQLite.
//!
//! Who may use whom, top to bottom:
//! `server` (start, routes, the loop, the program) → the layers `requests` (ids, log), `drain`, `security`, `base`
//! → `api` (the embedded server, one handler a file), `proxy` (servers elsewhere), `app_files`, `config_json`, `health`
//! `proxy`, `limits` → `operations` (which requests there are), `http_client`
//! `api` → `indexing` (the queue), `retrieval` (search), `store` (SQLite and files)
//! `indexing` → `extract` (text of a file), `embeddings` → `http_client`, `retrieval::terms`, `store`
//! `config` is known to all and knows none but `extract`'s list of file types; `store` knows nothing of HTTP; `extract` knows
//! nothing of anything but files.

pub mod api;
pub mod app_files;
mod base;
mod civil;
pub mod config;
mod config_json;
mod drain;
mod embeddings;
pub mod extract;
#[cfg(feature = "faults")]
mod faults;
mod health;
mod http_client;
pub mod indexing;
mod limits;
mod log;
mod operations;
mod proxy;
mod requests;
pub mod retrieval;
pub mod security;
pub mod server;
pub mod store;
