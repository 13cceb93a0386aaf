//! The settings where nothing may be changed: what the form would hold, as text.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::Dataset;

use super::words::{field_name, field_value};
use crate::{
    i18n::{settings, use_locale},
    model::settings::{Field, SettingsForm, is_external},
};

/// The settings.
#[component]
pub fn SettingsReading(
    /// The knowledge base as the server has it.
    dataset: Signal<Arc<Dataset>>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = settings::of(locale);
    move || {
        let dataset = dataset.get();
        let form = SettingsForm::of(&dataset);
        let mut fields = vec![Field::Name, Field::Description, Field::Permission];
        if is_external(&dataset) {
            fields.extend([Field::External, Field::ExternalRetrieval]);
        } else {
            fields.extend([Field::Technique, Field::Embedding, Field::Retrieval]);
        }
        let fact = |field: Field| {
            let value = Some(field_value(locale, field, &form)).filter(|value| !value.trim().is_empty());
            let value = value.unwrap_or_else(|| locale.messages.common.none.to_owned());
            view! { <div><dt>{field_name(locale, field)}</dt><dd>{value}</dd></div> }
        };
        view! {
            <section class="settings-section">
                <header><h2>{messages.general}</h2></header>
                <dl class="facts">{fields.into_iter().map(fact).collect_view()}</dl>
            </section>
        }
    }
}
