//! Knowledge bases: the list.

mod list;
mod row;
mod tag_filter;

pub use list::KnowledgeBasesPage;
