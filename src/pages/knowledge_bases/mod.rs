//! Knowledge bases: the list.

mod list;
mod row;

pub use list::KnowledgeBasesPage;
