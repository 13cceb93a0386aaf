//! Messages of this area.

/// Messages of this area.
pub struct Uploads {}

/// English.
pub const ENGLISH: Uploads = Uploads {};

/// Simplified Chinese.
pub const CHINESE: Uploads = Uploads {};
