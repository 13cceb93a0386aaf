//! The fields of the process rule.

use leptos::prelude::*;

use super::RuleState;
use crate::{
    i18n::use_locale,
    model::process_rule::RuleProblem,
    ui::{Checkbox, TextField, element_id},
};

/// Automatic or custom, and the fields of the custom rule.
#[component]
pub fn ProcessRuleFields(
    /// What they hold.
    rule: RuleState,
) -> impl IntoView {
    let messages = &use_locale().messages.uploads.rule;
    let group = element_id("rule");
    let choice = move |is_automatic: bool, title: &'static str, text: &'static str| {
        view! {
            <label class="rule-choice">
                <input
                    type="radio"
                    name=group.clone()
                    prop:checked=move || rule.is_automatic.get() == is_automatic
                    on:change=move |_| rule.is_automatic.set(is_automatic)
                />
                <span><strong>{title}</strong><small>{text}</small></span>
            </label>
        }
    };
    let problem = Memo::new(move |_| rule.problem());
    let says = move |wanted: RuleProblem, words: &'static str| {
        Signal::derive(move || (problem.get() == Some(wanted)).then(|| words.to_owned()))
    };
    view! {
        <fieldset class="rule">
            <legend>{messages.title}</legend>
            <div class="rule-choices">
                {choice(true, messages.automatic, messages.automatic_text)}
                {choice(false, messages.custom, messages.custom_text)}
            </div>
            <Show when=move || !rule.is_automatic.get()>
                <div class="rule-fields">
                    <TextField label=messages.separator value=rule.separator hint=messages.separator_hint.to_owned() />
                    <TextField
                        label=messages.max_tokens
                        value=rule.max_tokens
                        kind="number"
                        error=says(RuleProblem::Length, messages.length_problem)
                    />
                    <TextField
                        label=messages.overlap
                        value=rule.overlap
                        kind="number"
                        error=says(RuleProblem::Overlap, messages.overlap_problem)
                    />
                    <Checkbox checked=rule.spaces label=messages.spaces on_change=move |is_on| rule.spaces.set(is_on) />
                    <Checkbox checked=rule.urls label=messages.urls on_change=move |is_on| rule.urls.set(is_on) />
                </div>
            </Show>
        </fieldset>
    }
}
