//! The kit: buttons, fields, dialogs, menus, tables. Knows nothing of knowledge bases, servers, state or routes.
//!
//! One public component a file. Styles are in `style/kit/`, a file of the same name.

mod button;
mod checkbox;
mod chips_field;
mod dialog;
mod drawer;
mod empty;
mod file_input;
mod icon;
mod menu;
mod pagination;
mod progress;
mod row_keys;
mod search_field;
mod segmented;
mod select;
mod skeleton;
mod slider;
mod status;
mod switch;
mod text_area;
mod text_field;
mod virtual_rows;

pub use button::{Button, ButtonKind, IconButton};
pub use checkbox::Checkbox;
pub use chips_field::{ChipsField, ChipsLabels};
pub use dialog::Dialog;
pub use drawer::Drawer;
pub use empty::Empty;
pub use file_input::{FileInput, open_picker};
pub use icon::Icon;
pub use menu::{Menu, MenuItem};
pub use pagination::Pagination;
pub use progress::Progress;
pub use row_keys::use_row_keys;
pub use search_field::SearchField;
pub use segmented::{Segment, Segmented};
pub use select::Select;
pub use skeleton::Skeleton;
pub use slider::Slider;
pub use status::{Status, Tone};
pub use switch::Switch;
pub use text_area::TextArea;
pub use text_field::TextField;
pub use virtual_rows::{VirtualRows, rows_in_view, use_virtual_rows};

/// A new id for an element, so that a label can point at its field.
#[must_use]
pub fn element_id(prefix: &str) -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
