//! Composites that know the app: the frame, links, error panels. Pages are built of these and of the kit.

mod batch_report;
mod desk_dialogs;
mod diff_view;
mod error_panel;
mod frame;
mod highlighted;
mod knowledge_base_dialogs;
pub mod lazy;
mod lazy_dialogs;
mod lazy_parts;
mod link;
mod model_picker;
mod not_offered;
mod page_header;
mod process_rule;
mod query_view;
mod replaced_work;
pub mod settings_fields;
mod shortcuts;
mod sign_in_again;
mod tag_chips;
mod tag_editor;
mod time;
mod toast_list;
mod upload_tray;
mod upload_words;
pub mod urls;
pub mod words;

pub use batch_report::{BatchReport, reason_words};
pub use diff_view::DiffView;
pub use error_panel::{ErrorLine, ErrorPanel};
pub use frame::Frame;
pub use highlighted::highlighted;
pub use knowledge_base_dialogs::DeleteDialog;
pub use lazy_dialogs::{KnowledgeBaseDialog, LazyDialogs};
pub use link::{Link, use_go, use_go_in_place};
pub use model_picker::ModelPicker;
pub use not_offered::NotOffered;
pub use page_header::{KnowledgeBaseTab, PageHeader, tabs};
pub use process_rule::{ChunkPreview, PreviewText, ProcessRuleFields, RuleState, is_previewable};
pub use query_view::QueryView;
pub use replaced_work::{HandWorkNote, ReplacedWork};
pub use shortcuts::{
    PageAction, Shortcuts, is_submit_key, use_escape, use_link_keys, use_page_action, use_row_keys, use_shortcuts,
};
pub use sign_in_again::SignInAgain;
pub use tag_chips::TagChips;
pub use tag_editor::TagEditor;
pub use time::Time;
pub use toast_list::ToastList;
pub use upload_tray::UploadTray;
pub use upload_words::{accepted_words, file_problem_words};
