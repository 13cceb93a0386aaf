//! What a source has to offer: asked for by a button, told as it comes, and chosen from.

use leptos::{
    ev::{MouseEvent, SubmitEvent},
    prelude::*,
};

use super::{
    found_list::FoundList,
    inputs::LoneFurtherInputs,
    look::{Lookup, use_look},
    work::{Looking, use_work},
};
use crate::{
    components::ErrorLine,
    dom::visible::visible,
    i18n::{pipeline, use_locale},
    ui::{Button, Icon, Progress},
};

/// The section.
#[component]
pub fn FoundSection() -> impl IntoView {
    let messages = pipeline::of(use_locale());
    let work = use_work();
    let look = use_look(work);
    let is_busy = Memo::new(move |_| work.looking.with(|looking| *looking == Looking::Busy));
    let is_new = Memo::new(move |_| work.looking.with(|looking| *looking == Looking::Not));
    let things = Memo::new(move |_| work.told.with(|told| told.found.clone()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        look.run(Lookup::Start);
    };
    // Stopping makes a submit button of this one before the click is over: it would ask again at once.
    let stop = move |event: MouseEvent| {
        event.prevent_default();
        look.run(Lookup::Stop);
    };
    view! {
        <section class="settings-section">
            <header><h2>{messages.found}</h2><p>{messages.found_text}</p></header>
            <form class="form" novalidate on:submit=submit>
                <div class="look-row">
                    {move || if is_busy.get() {
                        view! { <Button icon="close" on_click=stop>{messages.stop}</Button> }.into_any()
                    } else {
                        view! {
                            <Button icon="search" kind_attribute="submit">{if is_new.get() { messages.look } else { messages.look_again }}</Button>
                        }
                        .into_any()
                    }}
                    <Show when=move || is_new.get()><span class="none">{messages.not_looked}</span></Show>
                </div>
                <FoundStatus />
                <Trail look />
                <FoundList things look />
                <LoneFurtherInputs />
            </form>
        </section>
    }
}

/// How far asking the source is, and how it ended.
#[component]
pub fn FoundStatus() -> impl IntoView {
    let locale = use_locale();
    let messages = pipeline::of(locale);
    let work = use_work();
    let is_busy = Memo::new(move |_| work.looking.with(|looking| *looking == Looking::Busy));
    let words = Memo::new(move |_| {
        let (completed, total, seconds) = work.told.with(|told| (told.completed, told.total, told.seconds));
        let found = work.told.with(|told| told.found.len() as u64);
        let has_failed = work.told.with(|told| told.error.is_some());
        match work.looking.get() {
            Looking::Busy => match (completed, total) {
                (0, None) => messages.looking.to_owned(),
                (completed, Some(total)) => (messages.looked_at)(&locale.number(completed), &locale.number(total)),
                (completed, None) => (messages.looked_at_some)(completed, &locale.number(completed)),
            },
            Looking::Answered if !has_failed && found == 0 => messages.nothing_found.to_owned(),
            Looking::Answered if !has_failed => {
                let took = seconds.map(|seconds| (messages.in_seconds)(&locale.decimal(seconds, 1)));
                let count = (messages.found_count)(found, &locale.number(found));
                took.map_or_else(|| count.clone(), |took| format!("{count} {took}"))
            }
            Looking::Stopped => messages.stopped.to_owned(),
            _ => String::new(),
        }
    });
    #[expect(clippy::cast_precision_loss, reason = "a bar")]
    let part = Signal::derive(move || work.told.with(|told| Some(told.completed as f64 / told.total? as f64)));
    let trouble = Memo::new(move |_| match work.looking.get() {
        Looking::Cut => Some((messages.cut, String::new())),
        Looking::Answered => work.told.with(|told| {
            let said = told.error.clone()?;
            Some((messages.source_failed, if said.is_empty() { messages.without_reason.to_owned() } else { said }))
        }),
        _ => None,
    });
    let error = Signal::derive(move || match work.looking.get() {
        Looking::Failed(error) => Some(error),
        _ => None,
    });
    view! {
        <div class="look-status">
            <p role="status">{move || words.get()}</p>
            <Show when=move || is_busy.get()><Progress value=part label=words /></Show>
        </div>
        {move || trouble.get().map(|(cause, said)| view! {
            <div class="error-line" role="alert">
                <Icon name="warning" />
                <div><p><strong>{cause}</strong></p>{(!said.is_empty()).then(|| view! { <p class="said">{visible(&said)}</p> })}</div>
            </div>
        })}
        <ErrorLine error />
    }
}

/// The way to the folder that is open.
#[component]
fn Trail(look: Callback<Lookup>) -> impl IntoView {
    let messages = pipeline::of(use_locale());
    let work = use_work();
    let names = Memo::new(move |_| work.trail.with(|trail| trail.iter().map(|folder| visible(&folder.name)).collect::<Vec<_>>()));
    let step = move |depth: usize, name: String, is_last: bool| {
        if is_last {
            view! { <li aria-current="true">{name}</li> }.into_any()
        } else {
            view! { <li><button type="button" class="button quiet" on:click=move |_| look.run(Lookup::Back(depth))>{name}</button></li> }.into_any()
        }
    };
    move || {
        let names = names.get();
        let last = names.len();
        (last > 0).then(|| {
            let all = std::iter::once(messages.all_folders.to_owned()).chain(names).enumerate();
            view! { <ol class="trail">{all.map(|(depth, name)| step(depth, name, depth == last)).collect_view()}</ol> }
        })
    }
}
