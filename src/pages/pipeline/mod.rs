//! The page of a knowledge base's pipeline: its sources, their inputs, what they have to offer, and runs.

mod field;
mod files;
mod found;
mod found_list;
mod inputs;
mod look;
mod page;
mod report;
mod run_bar;
mod source;
mod work;

pub use page::PipelinePage;
