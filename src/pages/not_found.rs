//! An address that leads nowhere.

use leptos::prelude::*;

use crate::{
    components::{Link, PageHeader},
    i18n::use_locale,
    routes::Route,
};

/// Says so, and leads back.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let common = &use_locale().messages.common;
    view! {
        <PageHeader title=common.not_found_title.to_owned() />
        <p>{common.not_found_text}</p>
        <p><Link to=Route::Home>{common.to_start}</Link></p>
    }
}
