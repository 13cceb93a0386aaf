//! Retrieval: what an app would find, with which settings, and two settings side by side.

mod address;
mod conditions;
mod history;
mod page;
mod ranking;
mod record;
mod results;
mod settings;

pub use page::RetrievalPage;
