//! The settings of a retrieval: in the address, in a form, and back.

use leptos::prelude::*;
use loredesk_wire::SearchMethod;

use crate::{
    i18n::use_locale,
    model::retrieval::{Condition, RetrievalSettings, TOP_K_MAX},
    state::url::UrlParameters,
    ui::{Segment, Segmented, Slider, Switch, TextField},
};

/// The names of one set of settings in the address: method, results at most, least score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Names(pub &'static str, pub &'static str, pub &'static str);

/// The first set.
pub const FIRST: Names = Names("method", "top_k", "least");
/// The second one, in a comparison.
pub const SECOND: Names = Names("method_b", "top_k_b", "least_b");

/// Reads settings from the address; the method is the knowledge base's own where the address names none.
#[must_use]
pub fn read(parameters: &UrlParameters, names: Names, own: &SearchMethod) -> RetrievalSettings {
    let method = SearchMethod::from(parameters.get(names.0));
    let least = parameters.number(names.2, 101, 0..=100);
    RetrievalSettings {
        method: if method.is_known() { method } else { own.clone() },
        top_k: parameters.number(names.1, RetrievalSettings::default().top_k, 1..=TOP_K_MAX),
        score_threshold: u32::try_from(least).ok().filter(|least| *least <= 100),
        conditions: Condition::parse(parameters.get("where")),
    }
}

/// One set of settings in the form. `Copy`, so that every handler can have it.
#[derive(Clone, Copy)]
pub struct SettingsForm {
    method: RwSignal<String>,
    top_k: RwSignal<String>,
    has_threshold: RwSignal<bool>,
    threshold: RwSignal<u32>,
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
        };
        form.fill(settings);
        form
    }

    /// Takes settings in, when the address has changed.
    pub fn fill(self, settings: &RetrievalSettings) {
        self.method.set(settings.method.as_str().to_owned());
        self.top_k.set(settings.top_k.to_string());
        self.has_threshold.set(settings.score_threshold.is_some());
        if let Some(threshold) = settings.score_threshold {
            self.threshold.set(threshold);
        }
    }

    /// The values for the address, by their names.
    #[must_use]
    pub fn values(self, names: Names) -> [(&'static str, String); 3] {
        let top_k = self.top_k.get_untracked().trim().parse().unwrap_or(RetrievalSettings::default().top_k);
        let least = self.has_threshold.get_untracked().then(|| self.threshold.get_untracked().to_string());
        [
            (names.0, self.method.get_untracked()),
            (names.1, top_k.clamp(1, TOP_K_MAX).to_string()),
            (names.2, least.unwrap_or_default()),
        ]
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
        let method = SearchMethod::from(form.method.get().as_str());
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
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_from_the_address() {
        let own = SearchMethod::Keyword;
        let plain = read(&UrlParameters::default(), FIRST, &own);
        assert_eq!(plain, RetrievalSettings { method: own.clone(), ..RetrievalSettings::default() });
        let parameters = UrlParameters::parse("method=hybrid_search&top_k=3&least=35&top_k_b=900&least_b=101");
        let first = read(&parameters, FIRST, &own);
        assert_eq!((first.method, first.top_k, first.score_threshold), (SearchMethod::Hybrid, 3, Some(35)));
        let second = read(&parameters, SECOND, &own);
        assert_eq!((second.method, second.top_k, second.score_threshold), (own, 10, None));
    }
}
