//! Values of metadata as people read and type them: the grid, the dialogs and the page of a document share this.

mod value_field;
pub mod words;
mod written;

pub use value_field::ValueField;
pub use written::take_in;
