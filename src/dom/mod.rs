//! Thin wrappers over the browser's interfaces. Knows nothing of knowledge bases.

pub mod before_unload;
pub mod clipboard;
pub mod clock;
pub mod crash;
pub mod download;
pub mod element;
pub mod focus;
pub mod focus_keeper;
pub mod format;
pub mod framing;
pub mod local_time;
pub mod location;
pub mod media;
pub mod page_height;
pub mod picked;
pub mod random;
pub mod session_storage;
pub mod storage;
pub mod timers;
pub mod visibility;
pub mod visible;
