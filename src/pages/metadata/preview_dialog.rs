//! All changes before they are sent, each with the value before and after; then what has become of each document.

use leptos::prelude::*;

use super::{
    save::{self, Line},
    screen::use_screen,
};
use crate::{
    components::{BatchReport, metadata_values::words},
    i18n::use_locale,
    state::{query::QueryCache, toasts::Toasts},
    ui::{Button, ButtonKind, Dialog, Icon},
};

/// Changes that are listed; more than anybody reads.
const LISTED: usize = 300;

/// The dialog.
#[component]
pub fn PreviewDialog() -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.metadata().save;
    let screen = use_screen();
    let open = screen.is_previewing;
    let is_saving = RwSignal::new(false);
    Effect::new(move |_| {
        if !open.get() {
            is_saving.set(false);
        }
    });
    let title = move || if is_saving.get() { messages.report_title } else { messages.title }.to_owned();
    view! {
        <Dialog
            open
            class="wide"
            title=Signal::derive(title)
            close_label=locale.messages.common.close
            is_held=screen.run.is_running()
        >
            {move || if is_saving.get() {
                view! { <BatchReport run=screen.run file=messages.file on_close=move |()| open.set(false) /> }.into_any()
            } else {
                view! { <Preview is_saving /> }.into_any()
            }}
        </Dialog>
    }
}

#[component]
fn Preview(is_saving: RwSignal<bool>) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.metadata().save;
    let screen = use_screen();
    let open = screen.is_previewing;
    let (cache, toasts) = (expect_context::<QueryCache>(), expect_context::<Toasts>());
    let (lines, unfit) = save::lines(screen);
    let mut documents: Vec<&str> = lines.iter().map(|line| line.document.as_str()).collect();
    documents.dedup();
    let (values, documents, unfit) = (lines.len() as u64, documents.len() as u64, unfit as u64);
    let sum = (messages.sum)(values, &locale.number(values), documents, &locale.number(documents));
    let left_out = (unfit > 0).then(|| (messages.left_out)(unfit, &locale.number(unfit)));
    let more = lines.len().saturating_sub(LISTED) as u64;
    let rows = lines.iter().take(LISTED).scan(None, |before: &mut Option<String>, line| {
        // A document is named once.
        let is_first = before.as_ref() != Some(&line.document);
        *before = Some(line.document.clone());
        Some(view! { <LineView line=line.clone() is_first /> })
    });
    let rows = rows.collect_view();
    let is_nothing = lines.is_empty();
    if is_nothing {
        return view! {
            <div class="form">
                <p>{messages.nothing}</p>
                <footer class="dialog-foot">
                    <Button on_click=move |_| open.set(false)>{locale.messages.common.close}</Button>
                </footer>
            </div>
        }
        .into_any();
    }
    let submit = move |_| {
        is_saving.set(true);
        let end = move || {
            // One that went well needs no list.
            let done = screen.run.done().len() as u64;
            let total = screen.run.batch().with_untracked(|batch| batch.total() as u64);
            if done == total {
                toasts.done((messages.saved)(done, &locale.number(done)));
                open.set(false);
            }
        };
        save::start(screen, locale, cache, &lines, end);
    };
    view! {
        <div class="form preview">
            <div>
                <p><strong>{sum}</strong> " " {messages.safe}</p>
                {left_out.map(|text| view! { <p class="warning-text"><Icon name="warning" /> " " {text}</p> })}
            </div>
            <div class="preview-scroller" tabindex="0" role="region" aria-label=messages.title>
                <table class="table preview-table">
                    <thead>
                        <tr>
                            <th scope="col">{messages.document}</th>
                            <th scope="col">{messages.field}</th>
                            <th scope="col">{messages.before}</th>
                            <th scope="col">{messages.after}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                {(more > 0).then(|| view! { <p class="none preview-more">{(messages.more)(&locale.number(more))}</p> })}
            </div>
            <footer class="dialog-foot">
                <Button on_click=move |_| open.set(false)>{locale.messages.common.cancel}</Button>
                <Button kind=ButtonKind::Primary on_click=submit>
                    {(messages.submit)(documents, &locale.number(documents))}
                </Button>
            </footer>
        </div>
    }
    .into_any()
}

#[component]
fn LineView(line: Line, is_first: bool) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.metadata().save;
    let empty = |value: &crate::model::metadata::MetadataValue| words::cell(value).is_empty();
    let (is_empty_before, is_empty_after) = (empty(&line.before), empty(&line.after));
    view! {
        <tr class:again=!is_first>
            <td class="preview-name" title=line.name.clone()>{is_first.then(|| line.name.clone())}</td>
            <td data-label=messages.field>{line.field.name.clone()}</td>
            <td data-label=messages.before><del class:none=is_empty_before title=words::utc(locale, &line.before)>{words::named(locale, &line.before)}</del></td>
            <td data-label=messages.after><ins class:none=is_empty_after title=words::utc(locale, &line.after)>{words::named(locale, &line.after)}</ins></td>
        </tr>
    }
}
