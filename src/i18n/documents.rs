//! Messages of this area.

/// Messages of this area.
pub struct Documents {}

/// English.
pub const ENGLISH: Documents = Documents {};

/// Simplified Chinese.
pub const CHINESE: Documents = Documents {};
