//! Chance, for jitter only.

/// A whole number from 0 to below `limit`.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the product lies in 0..limit")]
pub fn below(limit: u32) -> u32 {
    (js_sys::Math::random() * f64::from(limit)) as u32
}
