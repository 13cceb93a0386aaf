//! The settings of a retrieval in a form.

use leptos::prelude::*;
use loredesk_wire::SearchMethod;

use super::ranking::RankingFields;
use crate::{
    api::Client,
    i18n::use_locale,
    model::{
        retrieval::{MEANING_SHARE, ModelName, Ranking, RetrievalSettings, TOP_K_MAX},
        settings::ModelChoice,
    },
    ui::{Segment, Segmented, Slider, Switch, TextField},
};

/// One set of settings in the form. `Copy`, so that every handler can have it.
#[derive(Clone, Copy)]
pub struct SettingsForm {
    method: RwSignal<String>,
    top_k: RwSignal<String>,
    has_threshold: RwSignal<bool>,
    threshold: RwSignal<u32>,
    /// Whether a model decides the order.
    pub is_by_model: RwSignal<bool>,
    /// The share of meaning in hundredths.
    pub share: RwSignal<u32>,
    /// The reranking model.
    pub model: RwSignal<ModelChoice>,
}

impl SettingsForm {
    /// A form that holds settings.
    #[must_use]
    pub fn new(settings: &RetrievalSettings) -> Self {
        let form = Self {
            method: RwSignal::default(),
            top_k: RwSignal::default(),
            has_threshold: RwSignal::default(),
            threshold: RwSignal::new(50),
            is_by_model: RwSignal::default(),
            share: RwSignal::new(MEANING_SHARE),
            model: RwSignal::default(),
        };
        form.fill(settings);
        form
    }

    /// Takes settings in, when the address has changed. What they do not say keeps what was typed.
    pub fn fill(self, settings: &RetrievalSettings) {
        self.method.set(settings.method.as_str().to_owned());
        self.top_k.set(settings.top_k.to_string());
        self.has_threshold.set(settings.score_threshold.is_some());
        if let Some(threshold) = settings.score_threshold {
            self.threshold.set(threshold);
        }
        self.is_by_model.set(matches!(settings.ranking, Ranking::Model(_)));
        match &settings.ranking {
            Ranking::Score => {}
            Ranking::Weights(share) => self.share.set(*share),
            Ranking::Model(model) => {
                self.model.set(ModelChoice { provider: model.provider.clone(), model: model.model.clone() });
            }
        }
    }

    /// The method, to track.
    #[must_use]
    pub fn method(self) -> SearchMethod {
        self.method.with(|method| SearchMethod::from(method.as_str()))
    }

    /// The settings without conditions, without tracking. What the index cannot serve is left out.
    #[must_use]
    pub fn settings(self, has_embeddings: bool) -> RetrievalSettings {
        let plain = RetrievalSettings::default();
        let method = untrack(|| self.method());
        let top_k = self.top_k.get_untracked().trim().parse().unwrap_or(plain.top_k);
        let model = || {
            let ModelChoice { provider, model } = self.model.get_untracked();
            ModelName { provider, model }
        };
        let ranking = match (&method, self.is_by_model.get_untracked()) {
            _ if !has_embeddings => Ranking::Score,
            (SearchMethod::Keyword, _) => Ranking::Score,
            (_, true) => Ranking::Model(model()),
            (SearchMethod::Hybrid, false) => Ranking::Weights(self.share.get_untracked()),
            (_, false) => Ranking::Score,
        };
        RetrievalSettings {
            method,
            top_k: top_k.clamp(1, TOP_K_MAX),
            score_threshold: self.has_threshold.get_untracked().then(|| self.threshold.get_untracked()),
            ranking,
            ..plain
        }
    }
}

/// The fields of one set.
#[component]
pub fn SettingsFields(
    /// What they hold.
    form: SettingsForm,
    /// The name of the set, in a comparison.
    #[prop(into)]
    title: Signal<Option<&'static str>>,
    /// Whether the knowledge base has embeddings.
    #[prop(into)]
    has_embeddings: Signal<bool>,
    /// The connection, for its reranking models.
    client: Client,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.retrieval;
    let known = [
        (SearchMethod::Keyword, messages.keyword, messages.keyword_hint),
        (SearchMethod::FullText, messages.full_text, messages.full_text_hint),
        (SearchMethod::Semantic, messages.semantic, messages.semantic_hint),
        (SearchMethod::Hybrid, messages.hybrid, messages.hybrid_hint),
    ];
    let hints = known.clone();
    let hint = Signal::derive(move || {
        let method = form.method();
        let hint = hints.iter().find(|(known, ..)| *known == method).map_or("", |(_, _, hint)| hint);
        if has_embeddings.get() { hint.to_owned() } else { format!("{hint} {}", messages.needs_embeddings) }
    });
    let options = Signal::derive(move || {
        let option = |(method, words, _): &(SearchMethod, &str, &str)| Segment {
            value: method.as_str().to_owned(),
            words: (*words).to_owned(),
            reason: (RetrievalSettings::needs_embeddings(method) && !has_embeddings.get())
                .then(|| messages.needs_embeddings.to_owned()),
        };
        known.iter().map(option).collect::<Vec<_>>()
    });
    let words = Signal::derive(move || locale.decimal(f64::from(form.threshold.get()) / 100.0, 2));
    view! {
        <div class="settings">
            {move || title.get().map(|title| view! { <h2>{title}</h2> })}
            <Segmented label=messages.method value=form.method options hint on_change=move |value| form.method.set(value) />
            <div class="settings-row">
                <TextField label=messages.top_k value=form.top_k kind="number" />
                <div class="field">
                    <Switch value=form.has_threshold label=messages.threshold />
                    <Slider
                        label=messages.threshold_value
                        value=form.threshold
                        words
                        disabled=Signal::derive(move || !form.has_threshold.get())
                    />
                </div>
            </div>
            <RankingFields client form has_embeddings />
        </div>
    }
}
