//! Messages of this area.

/// Messages of this area.
pub struct Chunks {}

/// English.
pub const ENGLISH: Chunks = Chunks {};

/// Simplified Chinese.
pub const CHINESE: Chunks = Chunks {};
