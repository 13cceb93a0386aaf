//! An error on a page, and an error beside a form's buttons.

use leptos::prelude::*;

use super::words::{error_words, raw_details};
use crate::{
    api::ApiError,
    i18n::use_locale,
    state::portal::Portal,
    ui::{Button, Icon},
};

/// An error in place of a page's data: what happened, what to do, the raw answer one click away, and another try.
#[component]
pub fn ErrorPanel(
    /// The error.
    error: ApiError,
    /// Tries again.
    #[prop(optional, into)]
    retry: Option<Callback<()>>,
) -> impl IntoView {
    let messages = use_locale().messages;
    let words = error_words(messages, &error);
    if let Some(portal) = use_context::<Portal>() {
        portal.tell(&words.cause);
    }
    view! {
        <section class="error-panel" role="alert">
            <Icon name="warning" />
            <div>
                <h2>{words.cause}</h2>
                <p>{words.remedy}</p>
                {words.said.map(|said| view! { <p class="said">{said}</p> })}
                <Details error />
                {retry.map(|retry| view! { <Button icon="retry" on_click=move |_| retry.run(())>{messages.common.retry}</Button> })}
            </div>
        </section>
    }
}

/// An error inside a form or a dialog, above its buttons. Shows nothing while there is none.
#[component]
pub fn ErrorLine(
    /// The error.
    #[prop(into)]
    error: Signal<Option<ApiError>>,
) -> impl IntoView {
    let messages = use_locale().messages;
    move || {
        error.get().map(|error| {
            let words = error_words(messages, &error);
            view! {
                <div class="error-line" role="alert">
                    <Icon name="warning" />
                    <div>
                        <p><strong>{words.cause}</strong> " " {words.remedy}</p>
                        {words.said.map(|said| view! { <p class="said">{said}</p> })}
                        <Details error />
                    </div>
                </div>
            }
        })
    }
}

#[component]
fn Details(error: ApiError) -> impl IntoView {
    let messages = use_locale().messages;
    view! {
        <details class="raw">
            <summary>{messages.errors.details}</summary>
            <pre tabindex="0">{raw_details(&error)}</pre>
        </details>
    }
}
