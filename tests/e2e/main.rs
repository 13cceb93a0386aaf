//! The release app in a real headless Chromium against the real host, one file a feature.
//!
//! `cargo xtask test e2e` builds both and sets the environment; `cargo xtask test e2e::NAME` runs a part.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

mod about;
mod accessibility;
mod attacks;
mod capabilities;
mod child_chunks;
mod chunk_actions;
mod chunks;
mod configuration;
mod deploy;
mod document_list;
mod document_page;
mod documents;
mod drafts;
mod embedding;
mod embedding_limits;
mod errors;
mod faults_sweep;
mod high_quality;
mod hostile_content;
mod keyboard;
mod knowledge_bases;
mod lazy_pages;
mod looks;
mod main_job;
mod metadata;
mod one_knowledge_base;
mod origin;
mod pipeline;
mod pipeline_only;
mod pipeline_runs;
mod pipeline_sources;
mod read_only;
mod replay;
mod replay_writes;
mod retrieval;
mod routes;
mod safe_writes_again;
mod safe_writes_answers;
mod safe_writes_batches;
mod safe_writes_creates;
mod safe_writes_deletes;
mod safe_writes_indexing;
mod settings;
mod shared_drafts;
mod sign_in;
mod slow;
mod storage;
mod tags;
