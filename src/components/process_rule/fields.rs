//! The fields of the process rule.

use leptos::prelude::*;

use super::{RuleState, mode::ModeFields};
use crate::{
    i18n::{chunk_modes::chunk_modes, use_locale},
    model::process_rule::{ChunkMode, RuleProblem},
    ui::{Checkbox, TextField, element_id},
};

/// The chunk mode, and the fields of its rule.
#[component]
pub fn ProcessRuleFields(
    /// What they hold.
    rule: RuleState,
) -> impl IntoView {
    let mode = Memo::new(move |_| rule.counting_mode());
    view! {
        <ModeFields rule />
        {move || match mode.get() {
            ChunkMode::General => view! { <PlainFields rule /> }.into_any(),
            ChunkMode::ParentChild => view! { <ParentChildFields rule /> }.into_any(),
            ChunkMode::QuestionAnswer => view! { <LanguageField rule /><PlainFields rule /> }.into_any(),
        }}
    }
}

/// What the fields say about one problem.
fn says(rule: RuleState, wanted: RuleProblem, words: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || (rule.problem() == Some(wanted)).then(|| words.to_owned()))
}

/// One of two choices, by a flag.
fn choice(group: &str, flag: RwSignal<bool>, value: bool, title: &'static str, text: &'static str) -> impl IntoView + use<> {
    view! {
        <label class="rule-choice">
            <input type="radio" name=group.to_owned() prop:checked=move || flag.get() == value on:change=move |_| flag.set(value) />
            <span><strong>{title}</strong><small>{text}</small></span>
        </label>
    }
}

/// Automatic or custom, and the fields of the custom rule.
#[component]
fn PlainFields(rule: RuleState) -> impl IntoView {
    let messages = &use_locale().messages.uploads.rule;
    let group = element_id("rule");
    view! {
        <fieldset class="rule">
            <legend>{messages.title}</legend>
            <div class="rule-choices">
                {choice(&group, rule.is_automatic, true, messages.automatic, messages.automatic_text)}
                {choice(&group, rule.is_automatic, false, messages.custom, messages.custom_text)}
            </div>
            <Show when=move || !rule.is_automatic.get()>
                <div class="rule-fields">
                    <TextField label=messages.separator value=rule.separator hint=messages.separator_hint.to_owned() />
                    <TextField
                        label=messages.max_tokens
                        value=rule.max_tokens
                        kind="number"
                        error=says(rule, RuleProblem::Length, messages.length_problem)
                    />
                    <TextField
                        label=messages.overlap
                        value=rule.overlap
                        kind="number"
                        error=says(rule, RuleProblem::Overlap, messages.overlap_problem)
                    />
                    <CleanFields rule />
                </div>
            </Show>
        </fieldset>
    }
}

/// How the text is cleaned before it is split.
#[component]
fn CleanFields(rule: RuleState) -> impl IntoView {
    let messages = &use_locale().messages.uploads.rule;
    view! {
        <Checkbox checked=rule.spaces label=messages.spaces on_change=move |is_on| rule.spaces.set(is_on) />
        <Checkbox checked=rule.urls label=messages.urls on_change=move |is_on| rule.urls.set(is_on) />
    }
}

/// How parents are cut, and children out of them.
#[component]
fn ParentChildFields(rule: RuleState) -> impl IntoView {
    let locale = use_locale();
    let (messages, modes) = (&locale.messages.uploads.rule, chunk_modes(locale));
    let group = element_id("parents");
    view! {
        <fieldset class="rule">
            <legend>{modes.parents}</legend>
            <div class="rule-choices">
                {choice(&group, rule.is_whole_parent, false, modes.paragraphs, modes.paragraphs_text)}
                {choice(&group, rule.is_whole_parent, true, modes.whole, modes.whole_text)}
            </div>
            <div class="rule-fields pairs">
                <Show when=move || !rule.is_whole_parent.get()>
                    <TextField label=modes.parent_separator value=rule.separator />
                    <TextField
                        label=modes.parent_max_tokens
                        value=rule.max_tokens
                        kind="number"
                        error=says(rule, RuleProblem::Length, messages.length_problem)
                    />
                </Show>
            </div>
        </fieldset>
        <fieldset class="rule">
            <legend>{modes.children}</legend>
            <div class="rule-fields pairs">
                <TextField label=modes.child_separator value=rule.child_separator hint=messages.separator_hint.to_owned() />
                <TextField
                    label=modes.child_max_tokens
                    value=rule.child_max_tokens
                    kind="number"
                    error=says(rule, RuleProblem::ChildLength, modes.child_length)
                />
                <CleanFields rule />
            </div>
        </fieldset>
    }
}

/// The language in which a server's language model writes the questions.
#[component]
fn LanguageField(rule: RuleState) -> impl IntoView {
    let modes = chunk_modes(use_locale());
    if rule.language.with_untracked(|language| language.trim().is_empty()) {
        rule.language.set(modes.own_language.to_owned());
    }
    view! { <TextField label=modes.language value=rule.language hint=modes.language_hint.to_owned() /> }
}
