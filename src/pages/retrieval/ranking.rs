//! What decides the order of the results: the search's own score, weights of a hybrid search, or a reranking model.

use leptos::prelude::*;
use loredesk_wire::{ModelType, SearchMethod};

use super::settings::SettingsForm;
use crate::{
    api::Client,
    components::ModelPicker,
    i18n::{retrieval_settings::retrieval_settings, use_locale},
    model::settings::ModelChoice,
    ui::{Segment, Segmented, Slider, Switch},
};

/// The fields, or why there are none.
#[component]
pub fn RankingFields(
    /// The connection, for its reranking models.
    client: Client,
    /// What the fields hold.
    form: SettingsForm,
    /// Whether the knowledge base has embeddings.
    has_embeddings: Signal<bool>,
) -> impl IntoView {
    let messages = retrieval_settings(use_locale());
    let client = StoredValue::new(client);
    let method = Memo::new(move |_| form.method().as_str().to_owned());
    move || {
        if !has_embeddings.get() {
            return view! { <p class="hint economy">{messages.economy}</p> }.into_any();
        }
        match SearchMethod::from(method.get().as_str()) {
            SearchMethod::Hybrid => view! { <HybridFields client=client.get_value() form /> }.into_any(),
            SearchMethod::Semantic | SearchMethod::FullText => view! {
                <div class="form ranking">
                    <Switch value=form.is_by_model label=messages.rerank />
                    <Show when=move || form.is_by_model.get()><ModelField client=client.get_value() form /></Show>
                </div>
            }
            .into_any(),
            _ => ().into_any(),
        }
    }
}

#[component]
fn HybridFields(client: Client, form: SettingsForm) -> impl IntoView {
    let messages = retrieval_settings(use_locale());
    let client = StoredValue::new(client);
    let value = Signal::derive(move || if form.is_by_model.get() { "model" } else { "weights" }.to_owned());
    let option = |value: &str, words: &str| Segment { value: value.to_owned(), words: words.to_owned(), reason: None };
    let options = Signal::stored(vec![option("weights", messages.by_weights), option("model", messages.by_model)]);
    let hint =
        Signal::derive(move || if form.is_by_model.get() { messages.by_model_hint } else { messages.by_weights_hint }.to_owned());
    let shares = Signal::derive(move || {
        let share = form.share.get().min(100);
        (messages.shares)(share, 100 - share)
    });
    view! {
        <div class="form ranking">
            <Segmented label=messages.order value options hint on_change=move |value: String| form.is_by_model.set(value == "model") />
            <Show
                when=move || form.is_by_model.get()
                fallback=move || view! {
                    <Slider label=messages.share value=form.share words=shares disabled=Signal::stored(false) />
                }
            >
                <ModelField client=client.get_value() form />
            </Show>
        </div>
    }
}

/// The reranking model, and what it is for or that there is none yet.
#[component]
fn ModelField(client: Client, form: SettingsForm) -> impl IntoView {
    let messages = retrieval_settings(use_locale());
    let hint = move || if form.model.with(ModelChoice::is_empty) { messages.model_missing } else { messages.by_model_hint };
    view! {
        <ModelPicker client kind=ModelType::Rerank label=messages.model value=form.model />
        <p class="hint">{hint}</p>
    }
}
