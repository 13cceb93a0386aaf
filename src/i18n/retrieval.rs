//! Messages of this area.

/// Messages of this area.
pub struct Retrieval {}

/// English.
pub const ENGLISH: Retrieval = Retrieval {};

/// Simplified Chinese.
pub const CHINESE: Retrieval = Retrieval {};
