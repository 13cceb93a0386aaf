//! Hostile content.
