//! A folder a resource, a file a screen. A page never uses another page.

pub mod about;
pub mod chunks;
pub mod documents;
pub mod knowledge_bases;
pub mod metadata;
pub mod not_found;
pub mod pipeline;
pub mod retrieval;
pub mod settings;
