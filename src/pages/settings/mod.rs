//! The settings of a knowledge base: one form, its draft, what a change costs, and what cannot be changed here.

mod confirm_dialog;
mod conflict_dialog;
mod editor;
mod fixed;
mod form;
mod page;
mod reading;
mod words;

pub use page::SettingsPage;
