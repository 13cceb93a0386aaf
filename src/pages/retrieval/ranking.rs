//! What decides the order of the results: the search's own score, weights of a hybrid search, or a reranking model.

use leptos::prelude::*;
use loredesk_wire::SearchMethod;

use super::settings::SettingsForm;
use crate::{
    i18n::{retrieval_settings::retrieval_settings, use_locale},
    model::retrieval::ModelName,
    ui::{Segment, Segmented, Slider, Switch, element_id},
};

/// The fields, or why there are none.
#[component]
pub fn RankingFields(form: SettingsForm, has_embeddings: Signal<bool>, models: Signal<Vec<ModelName>>) -> impl IntoView {
    let messages = retrieval_settings(use_locale());
    let method = Memo::new(move |_| form.method().as_str().to_owned());
    move || {
        if !has_embeddings.get() {
            return view! { <p class="hint economy">{messages.economy}</p> }.into_any();
        }
        match SearchMethod::from(method.get().as_str()) {
            SearchMethod::Hybrid => view! { <HybridFields form models /> }.into_any(),
            SearchMethod::Semantic | SearchMethod::FullText => view! {
                <div class="form ranking">
                    <Switch value=form.is_by_model label=messages.rerank />
                    <Show when=move || form.is_by_model.get()><ModelFields form models /></Show>
                </div>
            }
            .into_any(),
            _ => ().into_any(),
        }
    }
}

#[component]
fn HybridFields(form: SettingsForm, models: Signal<Vec<ModelName>>) -> impl IntoView {
    let messages = retrieval_settings(use_locale());
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
                <ModelFields form models />
            </Show>
        </div>
    }
}

/// Provider and model, typed or taken from those that the server has.
#[component]
fn ModelFields(form: SettingsForm, models: Signal<Vec<ModelName>>) -> impl IntoView {
    let messages = retrieval_settings(use_locale());
    let (provider_id, model_id) = (element_id("provider"), element_id("model"));
    let (providers_id, models_id) = (format!("{provider_id}-list"), format!("{model_id}-list"));
    let hint_id = format!("{model_id}-hint");
    let providers = move || {
        let mut names: Vec<String> = models.with(|models| models.iter().map(|model| model.provider.clone()).collect());
        names.dedup();
        names.into_iter().map(|name| view! { <option value=name></option> }).collect_view()
    };
    let names = move || {
        let provider = form.provider.get();
        let of_it = move |model: &ModelName| provider.trim().is_empty() || model.provider == provider.trim();
        let names: Vec<String> =
            models.with(|models| models.iter().filter(|model| of_it(model)).map(|model| model.model.clone()).collect());
        names.into_iter().map(|name| view! { <option value=name></option> }).collect_view()
    };
    // Whoever picks a model need not know its provider.
    let on_model = move |name: String| {
        let owner = models.with_untracked(|models| {
            let is_it = |model: &&ModelName| model.model == name;
            models.iter().find(is_it).map(|model| model.provider.clone())
        });
        if let Some(owner) = owner {
            form.provider.set(owner);
        }
        form.model.set(name);
    };
    let hint = move || {
        if form.model.with(|model| model.trim().is_empty()) {
            if models.with(Vec::is_empty) { messages.no_models } else { messages.model_missing }
        } else {
            messages.by_model_hint
        }
    };
    let described_by = hint_id.clone();
    view! {
        <div class="settings-row model-fields">
            <div class="field">
                <label for=model_id.clone()>{messages.model}</label>
                <input
                    id=model_id
                    class="input"
                    list=models_id.clone()
                    autocomplete="off"
                    aria-describedby=described_by
                    prop:value=move || form.model.get()
                    on:input=move |event| on_model(event_target_value(&event))
                />
                <datalist id=models_id>{names}</datalist>
            </div>
            <div class="field">
                <label for=provider_id.clone()>{messages.provider}</label>
                <input
                    id=provider_id
                    class="input"
                    list=providers_id.clone()
                    autocomplete="off"
                    prop:value=move || form.provider.get()
                    on:input=move |event| form.provider.set(event_target_value(&event))
                />
                <datalist id=providers_id>{providers}</datalist>
            </div>
        </div>
        <p class="hint" id=hint_id>{hint}</p>
    }
}
