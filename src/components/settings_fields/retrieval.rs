//! How an app retrieves from a knowledge base unless it says otherwise.

use leptos::prelude::*;
use loredesk_wire::{ModelType, SearchMethod};

use super::{RetrievalState, Wrong};
use crate::{
    api::Client,
    components::ModelPicker,
    i18n::{settings, use_locale},
    model::{
        retrieval::RetrievalSettings,
        settings::{Field, Problem, Reranking},
    },
    ui::{Segment, Segmented, Slider, Switch, TextField},
};

/// Method, results, least score, and what sorts them again.
#[component]
pub fn RetrievalDefaultsFields(
    /// The connection.
    client: Client,
    /// What they hold.
    state: RetrievalState,
    /// What is wrong.
    wrong: Wrong,
    /// Whether there are embeddings.
    #[prop(into)]
    has_embeddings: Signal<bool>,
) -> impl IntoView {
    let locale = use_locale();
    let (words, messages) = (&locale.messages.retrieval, settings::of(locale));
    let known = [
        (SearchMethod::Keyword, words.keyword, words.keyword_hint),
        (SearchMethod::FullText, words.full_text, words.full_text_hint),
        (SearchMethod::Semantic, words.semantic, words.semantic_hint),
        (SearchMethod::Hybrid, words.hybrid, words.hybrid_hint),
    ];
    let hints = known.clone();
    let hint = Signal::derive(move || {
        let method = SearchMethod::from(state.method.get().as_str());
        let hint = hints.iter().find(|(known, ..)| *known == method).map_or("", |(_, _, hint)| hint);
        if has_embeddings.get() { hint.to_owned() } else { format!("{hint} {}", words.needs_embeddings) }
    });
    let options = Signal::derive(move || {
        let option = |(method, name, _): &(SearchMethod, &str, &str)| Segment {
            value: method.as_str().to_owned(),
            words: (*name).to_owned(),
            reason: (RetrievalSettings::needs_embeddings(method) && !has_embeddings.get())
                .then(|| words.needs_embeddings.to_owned()),
        };
        known.iter().map(option).collect::<Vec<_>>()
    });
    let method_error = wrong.at(Field::Retrieval, move |problem| {
        (*problem == Problem::MethodNeedsEmbeddings).then(|| messages.method_needs_embeddings.to_owned())
    });
    let top_k_error = Signal::derive(move || {
        wrong.problems.with(|problems| problems.contains(&Problem::TopK)).then(|| messages.top_k_problem.to_owned())
    });
    let threshold = Signal::derive(move || locale.decimal(f64::from(state.threshold.get()) / 100.0, 2));
    view! {
        <Segmented label=words.method value=state.method options hint on_change=move |value| state.method.set(value) />
        <p class="field-error" tabindex="-1" role="alert">{move || method_error.get()}</p>
        <div class="settings-pair">
            <TextField label=words.top_k value=state.top_k kind="number" error=top_k_error />
            <div class="field">
                <Switch value=state.has_threshold label=words.threshold />
                <Slider
                    label=words.threshold_value
                    value=state.threshold
                    words=threshold
                    disabled=Signal::derive(move || !state.has_threshold.get())
                />
            </div>
        </div>
        <RerankingFields client state wrong />
    }
}

#[component]
fn RerankingFields(client: Client, state: RetrievalState, wrong: Wrong) -> impl IntoView {
    let locale = use_locale();
    let messages = settings::of(locale);
    let is_hybrid = Memo::new(move |_| state.method.with(|method| method == SearchMethod::Hybrid.as_str()));
    // Weights are a hybrid's; with another method they would be kept without meaning.
    Effect::new(move |_| {
        if !is_hybrid.get() && state.reranking.get_untracked() == Reranking::Weights {
            state.reranking.set(Reranking::None);
        }
    });
    let value = Signal::derive(move || name(state.reranking.get()).to_owned());
    let options = Signal::derive(move || {
        let option = |reranking, words: &'static str, reason: Option<String>| Segment {
            value: name(reranking).to_owned(),
            words: words.to_owned(),
            reason,
        };
        let only_hybrid = (!is_hybrid.get()).then(|| messages.weights_only_hybrid.to_owned());
        vec![
            option(Reranking::None, messages.rerank_none, None),
            option(Reranking::Weights, messages.rerank_weights, only_hybrid),
            option(Reranking::Model, messages.rerank_model, None),
        ]
    });
    let hint = Signal::derive(move || {
        let hint = match state.reranking.get() {
            Reranking::None => messages.rerank_none_hint,
            Reranking::Weights => messages.rerank_weights_hint,
            Reranking::Model => messages.rerank_model_hint,
        };
        hint.to_owned()
    });
    let error = Signal::derive(move || {
        let is_missing = wrong.problems.with(|problems| problems.contains(&Problem::NoRerankModel));
        (is_missing && wrong.has_tried.get()).then(|| messages.rerank_missing.to_owned())
    });
    let weights = Signal::derive(move || {
        let semantic = state.semantic_weight.get().min(100);
        let share = |hundredths: u32| locale.decimal(f64::from(hundredths) / 100.0, 2);
        (messages.weights_words)(&share(semantic), &share(100 - semantic))
    });
    let client = StoredValue::new(client);
    view! {
        <Segmented label=messages.reranking value options hint on_change=move |value: String| state.reranking.set(parse(&value)) />
        <Show when=move || state.reranking.get() == Reranking::Weights>
            <Slider label=messages.weights_label value=state.semantic_weight words=weights disabled=Signal::stored(false) />
        </Show>
        <Show when=move || state.reranking.get() == Reranking::Model>
            <ModelPicker client=client.get_value() kind=ModelType::Rerank label=messages.rerank_model value=state.rerank_model error />
        </Show>
    }
}

fn name(reranking: Reranking) -> &'static str {
    match reranking {
        Reranking::None => "none",
        Reranking::Weights => "weights",
        Reranking::Model => "model",
    }
}

fn parse(name: &str) -> Reranking {
    match name {
        "weights" => Reranking::Weights,
        "model" => Reranking::Model,
        _ => Reranking::None,
    }
}
