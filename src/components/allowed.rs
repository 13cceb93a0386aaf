//! What a connection lets one do, asked where a control is: what may not be done is not offered.
//!
//! The rules are `model/access.rs`'; no page has conditions of its own (`tests/tidy.rs`).

use leptos::prelude::*;

use crate::model::access::{Access, Right};

/// What may be done on the connection on screen; everything where there is none around.
#[must_use]
pub fn use_access() -> Access {
    use_context::<Access>().unwrap_or_default()
}

/// Shows what is in it where that may be done, and nothing otherwise.
#[component]
pub fn Allowed(
    /// What the controls do.
    right: Right,
    /// The controls.
    children: Children,
) -> impl IntoView {
    use_access().may(right).then(children)
}
