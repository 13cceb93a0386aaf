//! Composites that know the app: the frame, links, error panels. Pages are built of these and of the kit.

mod batch_report;
mod diff_view;
mod error_panel;
mod frame;
mod highlighted;
mod knowledge_base_dialogs;
mod link;
mod page_header;
mod process_rule;
mod query_view;
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
pub use knowledge_base_dialogs::{DeleteDialog, FormDialog, FormPurpose};
pub use link::{Link, use_go, use_go_in_place};
pub use page_header::{KnowledgeBaseTab, PageHeader};
pub use process_rule::{ChunkPreview, PreviewText, ProcessRuleFields, RuleState, is_previewable};
pub use query_view::QueryView;
pub use time::Time;
pub use toast_list::ToastList;
pub use upload_tray::UploadTray;
pub use upload_words::{accepted_words, file_problem_words};
