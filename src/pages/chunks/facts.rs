//! What is known of a document: its state, its size, how it was split, how long that took.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::{DisplayStatus, DocumentDetail, ProcessMode};

use crate::{
    components::Time,
    i18n::{Locale, use_locale},
    ui::{Status, Tone},
};

/// The facts in a row.
#[component]
pub fn Facts(
    /// The document.
    detail: Signal<Arc<DocumentDetail>>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.chunks;
    let fact = |name: &'static str, value: AnyView| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any();
    move || {
        let detail = detail.get();
        let (tone, word) = status(locale, &detail);
        let mut facts = vec![fact(messages.status, view! { <Status tone text=word /> }.into_any())];
        let is_known = detail.segment_count > 0;
        if is_known {
            facts.push(fact(messages.chunks, locale.number(detail.segment_count).into_any()));
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a mean length in characters")]
            let mean = detail.average_segment_length.round().max(0.0) as u64;
            facts.push(fact(messages.mean_length, (messages.characters)(mean, &locale.number(mean)).into_any()));
        }
        if let Some(tokens) = detail.tokens.filter(|_| is_known) {
            facts.push(fact(messages.tokens_fact, locale.number(tokens).into_any()));
        }
        if is_known {
            let hits = match detail.hit_count {
                0 => messages.never_retrieved.to_owned(),
                count => (messages.hits)(count, &locale.number(count)),
            };
            facts.push(fact(messages.retrieved, hits.into_any()));
        }
        if let Some(rule) = rule(locale, &detail) {
            facts.push(fact(messages.splitting_rule, rule.into_any()));
        }
        if let Some(seconds) = detail.indexing_latency.filter(|seconds| *seconds > 0.0) {
            facts.push(fact(messages.took, duration(locale, seconds).into_any()));
        }
        facts.push(fact(messages.added, view! { <Time seconds=detail.created_at /> }.into_any()));
        view! { <dl class="facts">{facts}</dl> }
    }
}

/// The word of a document's state and its tone.
#[must_use]
pub fn status(locale: Locale, detail: &DocumentDetail) -> (Tone, String) {
    let messages = &locale.messages.chunks;
    let (tone, word) = match &detail.display_status {
        DisplayStatus::Queuing => (Tone::Waiting, messages.queuing),
        DisplayStatus::Indexing => (Tone::Busy, messages.indexing),
        DisplayStatus::Paused => (Tone::Waiting, messages.paused),
        DisplayStatus::Error => (Tone::Bad, messages.failed),
        DisplayStatus::Available => (Tone::Good, messages.available),
        DisplayStatus::Disabled => (Tone::Off, messages.disabled_document),
        DisplayStatus::Archived => (Tone::Off, messages.archived_status),
        DisplayStatus::Other(other) => return (Tone::Waiting, other.clone()),
    };
    (tone, word.to_owned())
}

fn rule(locale: Locale, detail: &DocumentDetail) -> Option<String> {
    let messages = &locale.messages.chunks;
    let rule = detail.document_process_rule.as_ref()?;
    match rule.mode {
        ProcessMode::Automatic => Some(messages.rule_automatic.to_owned()),
        ProcessMode::Hierarchical => Some(messages.rule_hierarchical.to_owned()),
        ProcessMode::Custom => {
            let segmentation = rule.rules.as_ref()?.segmentation.as_ref()?;
            Some((messages.rule_custom)(&locale.number(segmentation.max_tokens)))
        }
        ProcessMode::Other(_) => None,
    }
}

/// A duration for people: tenths below ten seconds, minutes above one.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive number of seconds")]
fn duration(locale: Locale, seconds: f64) -> String {
    let messages = &locale.messages.chunks;
    if seconds >= 60.0 {
        let whole = seconds.round() as u64;
        return (messages.minutes)(whole / 60, whole % 60);
    }
    if seconds < 0.1 {
        return (messages.seconds)(&format!("< {}", locale.decimal(0.1, 1)));
    }
    (messages.seconds)(&locale.decimal(seconds, if seconds < 10.0 { 1 } else { 0 }))
}
