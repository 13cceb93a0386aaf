//! One input: the control that fits its variable.

use leptos::{html, prelude::*};

use super::work::use_work;
use crate::{
    dom::{picked::PickedFiles, visible::visible},
    i18n::{pipeline, use_locale},
    model::pipeline::{Variable, VariableKind, VariableProblem},
    state::{pipeline_files::PipelineFiles, uploads::queue::Purpose},
    ui::{Button, Checkbox, FileInput, IconButton, Select, TextField, open_picker},
};

/// The field of a variable.
#[component]
pub fn VariableField(
    /// The variable.
    variable: Variable,
) -> impl IntoView {
    let messages = pipeline::of(use_locale());
    let work = use_work();
    let name = StoredValue::new(variable.name.clone());
    // The signal of the field; every change is an answer.
    let value = RwSignal::new(
        work.answers.with_untracked(|answers| answers.get(&variable.name).cloned()).unwrap_or_else(|| variable.default.clone()),
    );
    let set = move |answer: String| {
        value.set(answer.clone());
        work.answers.update(|answers| drop(answers.insert(name.get_value(), answer)));
    };
    let error = Signal::derive(move || {
        let problem = work.problems.with(|problems| name.with_value(|name| problems.get(name).copied()))?;
        // Nobody is told off for what he has not come to yet.
        let is_shown = work.has_tried.get() || problem != VariableProblem::Missing;
        is_shown.then(|| words(messages, problem))
    });
    let says_unit = variable.unit.is_empty() || variable.unit.eq_ignore_ascii_case(&variable.label);
    let title = visible(&if says_unit { variable.label.clone() } else { format!("{} ({})", variable.label, variable.unit) });
    let label = if variable.is_required { title.clone() } else { (messages.optional)(&title) };
    let hint = Signal::stored(visible(&variable.hint));
    // Far more than anybody types; the counter multiplies it.
    let most = variable.most.unwrap_or(usize::MAX).min(100_000_000);
    match variable.kind {
        VariableKind::Line => view! { <TextField label value hint error most on_input=set /> }.into_any(),
        VariableKind::Paragraph => view! { <TextField label value hint error most rows=4 on_input=set /> }.into_any(),
        // A text field: what is no number is kept and shown as wrong, where a number field would empty it.
        VariableKind::Number => view! { <TextField label value hint error on_input=set /> }.into_any(),
        VariableKind::Select(options) => {
            let first = (String::new(), messages.choose.to_owned());
            let options: Vec<_> =
                std::iter::once(first).chain(options.into_iter().map(|one| (one.clone(), visible(&one)))).collect();
            view! {
                <div class="field">
                    <Select label value options=Signal::stored(options) hint on_change=set />
                    <p class="field-error" tabindex="-1" role="alert">{move || error.get()}</p>
                </div>
            }
            .into_any()
        }
        VariableKind::Checkbox => view! {
            <div class="tick">
                <Checkbox
                    checked=Signal::derive(move || value.with(|value| value == "true"))
                    label=title
                    on_change=move |is_on: bool| set(is_on.to_string())
                />
                <p class="hint">{move || hint.get()}</p>
            </div>
        }
        .into_any(),
        VariableKind::Files(_) => view! { <FilesField variable label error /> }.into_any(),
    }
}

fn words(messages: &pipeline::Pipeline, problem: VariableProblem) -> String {
    match problem {
        VariableProblem::Missing => messages.missing.to_owned(),
        VariableProblem::TooLong(most) => (messages.too_long)(most),
        VariableProblem::TooMany(most) => (messages.too_many)(most),
        VariableProblem::NoNumber => messages.no_number.to_owned(),
        VariableProblem::NoOption => messages.no_option.to_owned(),
    }
}

/// Files that an input asks for: sent at once, like those that become documents.
#[component]
fn FilesField(variable: Variable, label: String, error: Signal<Option<String>>) -> impl IntoView {
    let locale = use_locale();
    let messages = pipeline::of(locale);
    let work = use_work();
    let waiting = expect_context::<PipelineFiles>();
    let input = NodeRef::<html::Input>::new();
    let accept = variable.extensions.iter().map(|one| format!(".{one}")).collect::<Vec<_>>().join(",");
    let (hint, is_single) = (visible(&variable.hint), variable.most_files() == 1);
    let (name, group) = (StoredValue::new(variable.name.clone()), label.clone());
    let extensions = StoredValue::new(variable.extensions);
    let on_files = move |picked: PickedFiles| {
        let extensions = extensions.with_value(|all| (!all.is_empty()).then(|| all.clone()));
        work.send(picked, Some(&name.get_value()), extensions);
    };
    let own = Memo::new(move |_| {
        work.files.with(|files| {
            files.iter().filter(|file| file.variable.as_deref() == Some(&name.get_value())).cloned().collect::<Vec<_>>()
        })
    });
    let sending = Memo::new(move |_| {
        let is_own = |purpose: &Purpose| *purpose == Purpose::Pipeline(Some(name.get_value()));
        work.on_their_way().iter().filter(|item| is_own(&item.purpose)).map(|item| item.name.clone()).collect::<Vec<_>>()
    });
    view! {
        <div class="field" role="group" aria-label=group>
            <span class="field-label">{label}</span>
            <FileInput node_ref=input is_single accept on_files />
            <ul class="chosen-files">
                {move || own.get().into_iter().map(|file| {
                    let (id, size, name) = (file.id.clone(), locale.bytes(file.size), visible(&file.name));
                    let remove = move |_| work.place.with_value(|(client, knowledge_base)| {
                        waiting.remove(client.connection(), knowledge_base, std::slice::from_ref(&id));
                    });
                    view! {
                        <li>
                            <span class="file-name" title=name.clone()>{name.clone()}</span>
                            <span class="none">{size}</span>
                            <IconButton icon="close" label=(messages.remove)(&name) on_click=remove />
                        </li>
                    }
                }).collect_view()}
                {move || sending.get().into_iter().map(|name| view! { <li><span class="file-name">{visible(&name)}</span><span class="none">{messages.waiting}</span></li> }).collect_view()}
            </ul>
            <p><Button icon="upload" on_click=move |_| open_picker(input)>{messages.choose_files}</Button></p>
            <p class="hint">{hint}</p>
            <p class="field-error" tabindex="-1" role="alert">{move || error.get()}</p>
        </div>
    }
}
