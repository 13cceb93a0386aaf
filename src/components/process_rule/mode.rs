//! The chunk mode: what a document becomes, and what cannot be undone about it.

use leptos::prelude::*;

use super::RuleState;
use crate::{
    i18n::{chunk_modes::chunk_modes, use_locale},
    model::process_rule::ChunkMode,
    ui::{Icon, element_id},
};

/// The choice, or what the knowledge base has once it is made.
#[component]
pub fn ModeFields(
    /// What the fields hold.
    rule: RuleState,
) -> impl IntoView {
    let messages = chunk_modes(use_locale());
    let group = StoredValue::new(element_id("mode"));
    let words = move |mode: ChunkMode| match mode {
        ChunkMode::General => (messages.general, messages.general_text),
        ChunkMode::ParentChild => (messages.parent_child, messages.parent_child_text),
        ChunkMode::QuestionAnswer => (messages.questions, messages.questions_text),
    };
    let choice = move |mode: ChunkMode| {
        let (title, text) = words(mode);
        view! {
            <label class="rule-choice">
                <input
                    type="radio"
                    name=group.get_value()
                    prop:checked=move || rule.mode.get() == mode
                    on:change=move |_| rule.mode.set(mode)
                />
                <span><strong>{title}</strong><small>{text}</small></span>
            </label>
        }
    };
    let note = move || match rule.counting_mode() {
        ChunkMode::General => None,
        ChunkMode::ParentChild => rule.is_economy.get().then_some(messages.parent_child_economy),
        ChunkMode::QuestionAnswer => Some(messages.questions_note),
    };
    view! {
        <fieldset class="rule">
            <legend>{messages.title}</legend>
            {move || match rule.fixed.get() {
                Some(mode) => {
                    let (title, text) = words(mode);
                    view! {
                        <p class="rule-fixed"><strong>{title}</strong><small>{text}</small><small>{messages.fixed}</small></p>
                    }
                    .into_any()
                }
                None => view! {
                    <div class="rule-choices">{ChunkMode::EVERY.map(choice).collect_view()}</div>
                    <p class="hint">{messages.for_good}</p>
                }
                .into_any(),
            }}
            {move || note().map(|note| view! { <p class="note"><Icon name="warning" /><span>{note}</span></p> })}
        </fieldset>
    }
}
