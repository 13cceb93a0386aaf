//! Dify's Knowledge API, one file a resource.

pub mod child_chunks;
pub mod datasets;
pub mod documents;
pub mod metadata;
pub mod models;
pub mod pipeline;
pub mod retrieve;
pub mod segments;
pub mod tags;

/// Most items that a server gives in one page.
pub const PAGE_MAX: u64 = 100;
