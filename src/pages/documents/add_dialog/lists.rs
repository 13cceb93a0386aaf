//! The three lists of the dialog: files that need a choice, files that cannot be added, files that will be.

use std::{collections::HashMap, sync::Arc};

use leptos::prelude::*;

use super::files::Listed;
use crate::{
    components::{accepted_words, file_problem_words},
    dom::visible::visible,
    i18n::use_locale,
    model::{
        file::FileProblem,
        preflight::{Checked, Choice, Namesake, Verdict},
    },
    pages::documents::screen::use_screen,
    state::session::Session,
    ui::{Button, ButtonKind, Icon, Select},
};

/// Lines of a list that are made; the rest is counted.
const LINES: usize = 200;

fn choice_name(choice: Choice) -> &'static str {
    match choice {
        Choice::Skip => "skip",
        Choice::Replace => "replace",
        Choice::KeepBoth => "keep-both",
    }
}

const CHOICES: [Choice; 3] = [Choice::Skip, Choice::Replace, Choice::KeepBoth];

/// Files whose names are taken.
#[component]
pub fn Questions(
    files: Memo<Arc<Vec<Listed>>>,
    checked: Memo<Vec<Checked>>,
    choices: RwSignal<HashMap<usize, Choice>>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.uploads.add;
    let asked = Memo::new(move |_| {
        checked.with(|checked| {
            let asked = checked.iter().enumerate().filter(|(_, checked)| checked.question.is_some());
            asked.map(|(at, _)| at).collect::<Vec<_>>()
        })
    });
    let can_replace = Memo::new(move |_| {
        let can = |checked: &Checked| checked.question.is_some_and(|(namesake, _)| namesake.choices().contains(&Choice::Replace));
        checked.with(|checked| checked.iter().any(can))
    });
    let choose_all = move |choice: Choice| {
        choices.update(|choices| asked.with_untracked(|asked| choices.extend(asked.iter().map(|at| (*at, choice)))));
    };
    let for_all = move |choice: Choice, word: &'static str| {
        view! { <Button kind=ButtonKind::Quiet on_click=move |_| choose_all(choice)>{word}</Button> }
    };
    let count = move || asked.with(Vec::len);
    view! {
        <Show when=move || { count() > 0 }>
            <section class="file-section">
                <header>
                    <h3><Icon name="info" />{messages.taken} " " <span class="none">{move || locale.number(count() as u64)}</span></h3>
                    <p>{messages.taken_text}</p>
                </header>
                <Show when=move || { count() > 1 }>
                    <p class="for-all">
                        <span>{messages.for_all}</span>
                        {for_all(Choice::Skip, messages.skip)}
                        <Show when=move || can_replace.get()>{for_all(Choice::Replace, messages.replace)}</Show>
                        {for_all(Choice::KeepBoth, messages.keep_both)}
                    </p>
                </Show>
                <ul class="files">
                    <For each=move || asked.get().into_iter().take(LINES) key=|at| *at let:at>
                        <Question at files checked choices />
                    </For>
                    <More count=Signal::derive(count) />
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Question(
    at: usize,
    files: Memo<Arc<Vec<Listed>>>,
    checked: Memo<Vec<Checked>>,
    choices: RwSignal<HashMap<usize, Choice>>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.uploads.add;
    let file = files.with_untracked(|files| files.get(at).cloned());
    let own = Memo::new(move |_| checked.with(|checked| checked.get(at).cloned()));
    let question = move || own.get().and_then(|own| own.question);
    let words = [(Choice::Skip, messages.skip), (Choice::Replace, messages.replace), (Choice::KeepBoth, messages.keep_both)];
    let options = Memo::new(move |_| {
        let offered = question().map(|(namesake, _)| namesake.choices()).unwrap_or_default();
        let options = words.iter().filter(|(choice, _)| offered.contains(choice));
        options.map(|(choice, word)| (choice_name(*choice).to_owned(), (*word).to_owned())).collect::<Vec<_>>()
    });
    let chosen = Memo::new(move |_| question().map(|(_, choice)| choice_name(choice).to_owned()).unwrap_or_default());
    let why = move || match question()?.0 {
        Namesake::Document { can_replace: true } => Some(messages.has_document),
        Namesake::Document { can_replace: false } => Some(messages.has_fixed_document),
        Namesake::OnItsWay => Some(messages.has_upload),
        Namesake::Twin => Some(messages.has_twin),
    };
    let outcome = move || match own.get()?.verdict {
        Verdict::Skipped => Some((messages.as_skipped.to_owned(), false)),
        Verdict::Send { replaces: true, .. } => Some((messages.as_replacing.to_owned(), true)),
        Verdict::Send { name, .. } => Some(((messages.as_named)(&visible(&name)), false)),
        Verdict::Refused(problem) => Some((file_problem_words(locale, &problem), true)),
    };
    file.map(|file| {
        let label = (messages.choice_of)(&visible(&file.name));
        view! {
            <li class="file-question">
                <FileName file />
                <Select
                    label
                    is_label_hidden=true
                    value=chosen
                    options=options
                    on_change=move |value: String| {
                        if let Some(choice) = CHOICES.into_iter().find(|choice| choice_name(*choice) == value) {
                            choices.update(|choices| {
                                choices.insert(at, choice);
                            });
                        }
                    }
                />
                <small>
                    {why} " "
                    {move || outcome().map(|(text, is_warning)| view! { <span class:warning-text=is_warning>{text}</span> })}
                </small>
            </li>
        }
    })
}

/// Files that are not sent, with the reason.
#[component]
pub fn Refused(files: Memo<Arc<Vec<Listed>>>, checked: Memo<Vec<Checked>>) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.uploads.add;
    let picked = use_screen().picked;
    let accepted = StoredValue::new(accepted_words(locale, &expect_context::<Session>().config().limits));
    let refused = Memo::new(move |_| {
        let mut refused: Vec<(Listed, FileProblem)> = files.with(|files| {
            checked.with(|checked| {
                let pairs = files.iter().zip(checked).filter(|(_, checked)| checked.question.is_none());
                pairs
                    .filter_map(|(file, checked)| match &checked.verdict {
                        Verdict::Refused(problem) => Some((file.clone(), problem.clone())),
                        _ => None,
                    })
                    .collect()
            })
        });
        picked.with(|picked| {
            let unreadable = picked.unreadable.iter().map(|path| Listed { name: path.clone(), folder: String::new(), size: 0 });
            refused.extend(unreadable.map(|file| (file, FileProblem::Unreadable)));
        });
        refused
    });
    let count = move || refused.with(Vec::len);
    view! {
        <Show when=move || { count() > 0 }>
            <section class="file-section">
                <header>
                    <h3 class="bad"><Icon name="warning" />{messages.refused} " " <span class="none">{move || locale.number(count() as u64)}</span></h3>
                    <p>{accepted.get_value()}</p>
                </header>
                <ul class="files">
                    {move || refused.get().into_iter().take(LINES).map(|(file, problem)| {
                        let words = file_problem_words(locale, &problem);
                        view! { <li><FileName file /><small>{words}</small></li> }
                    }).collect_view()}
                    <More count=Signal::derive(count) />
                </ul>
            </section>
        </Show>
    }
}

/// Files that are sent as they are.
#[component]
pub fn Ready(files: Memo<Arc<Vec<Listed>>>, checked: Memo<Vec<Checked>>) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.uploads.add;
    let ready = Memo::new(move |_| {
        files.with(|files| {
            checked.with(|checked| {
                let is_ready = |checked: &Checked| checked.question.is_none() && matches!(checked.verdict, Verdict::Send { .. });
                let ready = files.iter().zip(checked).filter(|(_, checked)| is_ready(checked));
                ready.map(|(file, _)| file.clone()).collect::<Vec<_>>()
            })
        })
    });
    let count = move || ready.with(Vec::len);
    view! {
        <Show when=move || { count() > 0 }>
            <section class="file-section">
                <header><h3 class="good"><Icon name="check" />{messages.ready} " " <span class="none">{move || locale.number(count() as u64)}</span></h3></header>
                <ul class="files">
                    {move || ready.get().into_iter().take(LINES).map(|file| view! { <li><FileName file /></li> }).collect_view()}
                    <More count=Signal::derive(count) />
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn FileName(file: Listed) -> impl IntoView {
    let locale = use_locale();
    let (folder, name) = (visible(&file.folder), visible(&file.name));
    let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
    view! {
        <span class="file-name" title=path>
            {(!folder.is_empty()).then(|| view! { <span class="none">{format!("{folder}/")}</span> })}
            {name}
        </span>
        <span class="file-size none">{locale.bytes(file.size)}</span>
    }
}

#[component]
fn More(count: Signal<usize>) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.uploads.add;
    move || {
        let more = count.get().saturating_sub(LINES) as u64;
        (more > 0).then(|| view! { <li class="none">{(messages.and_more)(&locale.number(more))}</li> })
    }
}
