//! The release app in a real headless Chromium against the real host, one file a feature.
//!
//! `cargo xtask test e2e` builds both and sets the environment; `cargo xtask test e2e::NAME` runs a part.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

mod accessibility;
mod child_chunks;
mod chunks;
mod documents;
mod errors;
mod keyboard;
mod knowledge_bases;
mod lazy_pages;
mod looks;
mod main_job;
mod metadata;
mod origin;
mod pipeline;
mod replay;
mod retrieval;
mod routes;
mod settings;
mod slow;
mod storage;
mod tags;
