//! Settings in words: names of fields, their values side by side, what a change costs.

use loredesk_wire::{IndexingTechnique, Permission, SearchMethod};

use crate::{
    i18n::{Locale, settings},
    model::settings::{Consequence, Field, ModelChoice, Reranking, SettingsForm},
};

/// The name of a field.
pub fn field_name(locale: Locale, field: Field) -> &'static str {
    let (common, messages) = (&locale.messages.knowledge_bases, settings::of(locale));
    match field {
        Field::Name => common.name,
        Field::Description => common.description,
        Field::Permission => common.permission,
        Field::Technique => common.technique,
        Field::Embedding => messages.embedding,
        Field::Retrieval => messages.retrieval,
        Field::External => messages.external,
        Field::ExternalRetrieval => messages.retrieval,
    }
}

/// The value of a field.
pub fn field_value(locale: Locale, field: Field, form: &SettingsForm) -> String {
    let common = &locale.messages.knowledge_bases;
    match field {
        Field::Name => form.name.clone(),
        Field::Description => form.description.clone(),
        Field::Permission => {
            let permission = match Permission::from(form.permission.as_str()) {
                Permission::OnlyMe => common.only_me.to_owned(),
                Permission::AllTeamMembers => common.all_team_members.to_owned(),
                Permission::PartialMembers => common.partial_members.to_owned(),
                Permission::Other(other) => other,
            };
            if form.has_members() { format!("{permission}: {}", form.members.join(", ")) } else { permission }
        }
        Field::Technique => match IndexingTechnique::from(form.technique.as_str()) {
            IndexingTechnique::HighQuality => common.high_quality.to_owned(),
            IndexingTechnique::Economy => common.economy.to_owned(),
            IndexingTechnique::Other(_) => common.technique_open.to_owned(),
        },
        Field::Embedding => model(&form.embedding),
        Field::Retrieval => retrieval(locale, form),
        Field::External => format!("{} / {}", form.external_api_id, form.external_id),
        Field::ExternalRetrieval => {
            let least = form.external_has_threshold.then_some(form.external_threshold);
            limits(locale, &form.external_top_k, least)
        }
    }
}

fn model(choice: &ModelChoice) -> String {
    if choice.is_empty() { String::new() } else { format!("{} · {}", choice.provider, choice.model) }
}

fn limits(locale: Locale, top_k: &str, least: Option<u32>) -> String {
    let words = &locale.messages.retrieval;
    let least = least.map(|least| format!(" · {} {}", words.threshold, locale.decimal(f64::from(least) / 100.0, 2)));
    format!("{} {top_k}{}", words.top_k, least.unwrap_or_default())
}

fn retrieval(locale: Locale, form: &SettingsForm) -> String {
    let (words, messages) = (&locale.messages.retrieval, settings::of(locale));
    let retrieval = &form.retrieval;
    let method = match retrieval.search_method() {
        SearchMethod::Keyword => words.keyword.to_owned(),
        SearchMethod::FullText => words.full_text.to_owned(),
        SearchMethod::Semantic => words.semantic.to_owned(),
        SearchMethod::Hybrid => words.hybrid.to_owned(),
        SearchMethod::Other(other) => other,
    };
    let sorted = match retrieval.reranking {
        Reranking::None => String::new(),
        Reranking::Weights => {
            format!(" · {} {}", messages.rerank_weights, locale.decimal(f64::from(retrieval.semantic_weight) / 100.0, 2))
        }
        Reranking::Model => format!(" · {} {}", messages.rerank_model, retrieval.rerank_model.model),
    };
    let least = retrieval.has_threshold.then_some(retrieval.threshold);
    format!("{method} · {}{sorted}", limits(locale, &retrieval.top_k, least))
}

/// What a change costs or takes away.
pub fn consequence(locale: Locale, consequence: Consequence) -> String {
    let messages = settings::of(locale);
    match consequence {
        Consequence::LosesEmbeddings => messages.loses_embeddings.to_owned(),
        Consequence::Embeds(documents, words) => (messages.embeds)(documents, &locale.number(documents), &locale.number(words)),
        Consequence::EmbedsAnew(documents, words) => {
            (messages.embeds_anew)(documents, &locale.number(documents), &locale.number(words))
        }
        Consequence::MayHide => messages.may_hide.to_owned(),
        Consequence::OnlyMe => messages.hides_from_others.to_owned(),
    }
}
