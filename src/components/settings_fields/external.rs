//! Where an external knowledge base is kept, and how it is asked.

use leptos::prelude::*;

use super::{SettingsState, Wrong};
use crate::{
    i18n::{settings, use_locale},
    model::settings::{Field, Problem},
    ui::{Slider, Switch, TextField},
};

/// The two ids, and the retrieval settings where they can be sent: creating takes none.
#[component]
pub fn ExternalFields(
    /// What they hold.
    state: SettingsState,
    /// What is wrong.
    wrong: Wrong,
    /// Whether retrieval settings belong to it.
    has_retrieval: bool,
) -> impl IntoView {
    let locale = use_locale();
    let (words, messages) = (&locale.messages.retrieval, settings::of(locale));
    let error = wrong.at(Field::External, move |problem| {
        (*problem == Problem::NoExternalId && wrong.has_tried.get()).then(|| messages.external_missing.to_owned())
    });
    let top_k_error =
        wrong.at(Field::ExternalRetrieval, move |problem| (*problem == Problem::TopK).then(|| messages.top_k_problem.to_owned()));
    let threshold = Signal::derive(move || locale.decimal(f64::from(state.external_threshold.get()) / 100.0, 2));
    view! {
        <TextField label=messages.external_api_id value=state.external_api_id hint=messages.external_api_hint.to_owned() />
        <TextField label=messages.external_id value=state.external_id hint=messages.external_id_hint.to_owned() error />
        <Show when=move || has_retrieval>
            <div class="settings-pair">
                <TextField label=words.top_k value=state.external_top_k kind="number" error=top_k_error />
                <div class="field">
                    <Switch value=state.external_has_threshold label=words.threshold />
                    <Slider
                        label=words.threshold_value
                        value=state.external_threshold
                        words=threshold
                        disabled=Signal::derive(move || !state.external_has_threshold.get())
                    />
                </div>
            </div>
        </Show>
    }
}
