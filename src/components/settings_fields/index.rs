//! How chunks are indexed: economy, or high quality with an embedding model.

use leptos::prelude::*;
use loredesk_wire::{IndexingTechnique, ModelType};

use super::{SettingsState, Wrong};
use crate::{
    api::Client,
    components::ModelPicker,
    i18n::{settings, use_locale},
    model::settings::{Field, Problem},
    ui::{Segment, Segmented},
};

/// The technique and the embedding model.
#[component]
pub fn IndexFields(
    /// The connection.
    client: Client,
    /// What they hold.
    state: SettingsState,
    /// What is wrong.
    wrong: Wrong,
) -> impl IntoView {
    let locale = use_locale();
    let (common, messages) = (&locale.messages.knowledge_bases, settings::of(locale));
    let option = |technique: IndexingTechnique, words: &'static str| Segment {
        value: technique.as_str().to_owned(),
        words: words.to_owned(),
        reason: None,
    };
    let options =
        vec![option(IndexingTechnique::Economy, common.economy), option(IndexingTechnique::HighQuality, common.high_quality)];
    let is_high = Memo::new(move |_| state.technique.with(|now| now == IndexingTechnique::HighQuality.as_str()));
    let hint = Signal::derive(move || {
        let hint = match IndexingTechnique::from(state.technique.get().as_str()) {
            IndexingTechnique::HighQuality => messages.high_quality_hint,
            IndexingTechnique::Economy => messages.economy_hint,
            IndexingTechnique::Other(_) => messages.technique_open_hint,
        };
        hint.to_owned()
    });
    let technique_error = wrong.at(Field::Technique, |_| None);
    let embedding_error = wrong.at(Field::Embedding, move |problem| {
        (*problem == Problem::NoEmbedding && wrong.has_tried.get()).then(|| messages.embedding_missing.to_owned())
    });
    let client = StoredValue::new(client);
    view! {
        <Segmented label=common.technique value=state.technique options hint on_change=move |value| state.technique.set(value) />
        <p class="field-error" tabindex="-1" role="alert">{move || technique_error.get()}</p>
        <Show when=move || is_high.get()>
            <ModelPicker
                client=client.get_value()
                kind=ModelType::TextEmbedding
                label=messages.embedding
                value=state.embedding
                error=embedding_error
            />
        </Show>
    }
}
