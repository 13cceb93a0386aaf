//! The fields of a knowledge base's settings, as the dialog that makes one and its settings page have them.
//!
//! Loaded with those two only. Must not know how they are saved.

mod basics;
mod external;
mod index;
mod permission;
mod retrieval;
mod state;

pub use basics::{DescriptionField, NameField};
pub use external::ExternalFields;
pub use index::IndexFields;
pub use permission::PermissionFields;
pub use retrieval::RetrievalDefaultsFields;
pub use state::{RetrievalState, SettingsState, Wrong};
