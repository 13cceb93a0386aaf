//! The inputs of a source: a field for each variable, and what else the pipeline may ask for.

use leptos::prelude::*;

use super::{field::VariableField, work::use_work};
use crate::{
    i18n::{pipeline, use_locale},
    model::pipeline::MoreProblem,
    ui::{Icon, TextField},
};

/// The section. Nothing where the source asks for nothing: then [`FurtherInputs`] stand below what it has to offer.
#[component]
pub fn InputsSection() -> impl IntoView {
    let messages = pipeline::of(use_locale());
    let work = use_work();
    let variables = work.variables.get_value();
    (!variables.is_empty()).then(|| {
        view! {
            <section class="settings-section">
                <header><h2>{messages.inputs}</h2><p>{messages.inputs_text}</p></header>
                <div class="form pipeline-inputs">
                    {variables.into_iter().map(|variable| view! { <VariableField variable /> }).collect_view()}
                    <FurtherInputs />
                </div>
            </section>
        }
    })
}

/// The same fold where there is no section for it.
#[component]
pub fn LoneFurtherInputs() -> impl IntoView {
    let is_alone = use_work().variables.with_value(Vec::is_empty);
    is_alone.then(|| view! { <div class="form pipeline-inputs"><FurtherInputs /></div> })
}

/// What the server does not list, behind a fold.
#[component]
fn FurtherInputs() -> impl IntoView {
    let messages = pipeline::of(use_locale());
    let work = use_work();
    let has_more = work.more.with_untracked(|more| !more.trim().is_empty());
    let error = Signal::derive(move || {
        work.more_problem.get().map(|problem| match problem {
            MoreProblem::Line(line) => (messages.more_line)(line),
            MoreProblem::NoObject => messages.more_no_object.to_owned(),
        })
    });
    view! {
        <details class="more" open=has_more>
            <summary><Icon name="down" />{messages.more_inputs}</summary>
            <TextField
                label=messages.more_label
                value=work.more
                rows=4
                hint=Signal::stored(messages.more_hint.to_owned())
                error
            />
        </details>
        <Show when=move || work.is_unstored.get()>
            <p class="note"><Icon name="warning" /><span>{messages.not_stored}</span></p>
        </Show>
    }
}
