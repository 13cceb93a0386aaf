//! What cannot be changed here, each with the reason.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::{Dataset, DocForm};

use crate::{
    components::Time,
    i18n::{settings, use_locale},
    model::knowledge_base::is_pipeline,
};

/// The facts.
#[component]
pub fn FixedFacts(
    /// The knowledge base.
    dataset: Signal<Arc<Dataset>>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = settings::of(locale);
    let fact = |name: &'static str, value: AnyView, why: Option<&'static str>| {
        view! { <div><dt>{name}</dt><dd>{value}{why.map(|why| view! { <small>{why}</small> })}</dd></div> }
    };
    move || {
        let dataset = dataset.get();
        let mode = match &dataset.doc_form {
            DocForm::Text => messages.mode_text.to_owned(),
            DocForm::Hierarchical => messages.mode_hierarchical.to_owned(),
            DocForm::QuestionAnswer => messages.mode_qa.to_owned(),
            DocForm::Other(other) if other.is_empty() => messages.mode_open.to_owned(),
            DocForm::Other(other) => other.clone(),
        };
        let summary = dataset.summary_index_setting.clone().unwrap_or_default();
        let summary = match (summary.enable, summary.model_name) {
            (Some(true), Some(model)) => format!("{} · {model}", messages.on),
            (Some(true), None) => messages.on.to_owned(),
            _ => messages.off.to_owned(),
        };
        let icon = dataset.icon_info.clone().unwrap_or_default();
        let icon = match (icon.icon_type.as_deref(), icon.icon) {
            (Some("image"), _) => messages.icon_image.to_owned(),
            (_, Some(icon)) if !icon.is_empty() => icon,
            _ => locale.messages.common.none.to_owned(),
        };
        let author = dataset.author_name.clone().or_else(|| dataset.created_by.clone()).unwrap_or_default();
        let is_pipeline = is_pipeline(&dataset);
        view! {
            <dl class="facts">
                {fact(messages.mode, mode.into_any(), Some(messages.mode_why))}
                {fact(messages.summary, summary.into_any(), Some(messages.summary_why))}
                {fact(messages.icon, icon.into_any(), Some(messages.icon_why))}
                {is_pipeline.then(|| fact(messages.pipeline, dataset.pipeline_id.clone().unwrap_or_default().into_any(), Some(messages.pipeline_why)))}
                {fact(messages.created, view! { <Time seconds=dataset.created_at /> " " {author} }.into_any(), None)}
                {fact(messages.changed, view! { <Time seconds=dataset.updated_at /> }.into_any(), None)}
                {fact(messages.id, view! { <code>{dataset.id.clone()}</code> }.into_any(), None)}
            </dl>
        }
    }
}
