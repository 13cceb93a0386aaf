//! What can be done with the selected documents; it stays in view at the lower edge.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::Document;

use super::{
    actions::{Actions, icon, use_actions, words},
    arrange::Arranged,
    screen::use_screen,
};
use crate::{
    components::use_access,
    i18n::use_locale,
    model::{
        access::Right,
        document_action::{DocumentAction, Obstacle},
    },
    ui::{Button, ButtonKind, IconButton, Menu, MenuItem},
};

/// Actions on the bar itself.
const PLAIN: [DocumentAction; 3] = [DocumentAction::Enable, DocumentAction::Disable, DocumentAction::Delete];
/// Actions in its menu.
const MORE: [DocumentAction; 4] =
    [DocumentAction::Download, DocumentAction::Reindex, DocumentAction::Archive, DocumentAction::UnArchive];

/// What is on the bar and what in its menu: without the right to change something, only what leaves documents as they are.
fn offered() -> (Vec<DocumentAction>, Vec<DocumentAction>) {
    if use_access().may(Right::Change) {
        return (PLAIN.to_vec(), MORE.to_vec());
    }
    (DocumentAction::ALL.into_iter().filter(|action| action.is_reading()).collect(), Vec::new())
}

/// How many of the selected an action cannot be done with, and why the first cannot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    can: u64,
    cannot: u64,
    first: Option<Obstacle>,
}

/// The bar. Shows nothing while nothing is selected.
#[component]
pub fn BatchBar(
    /// The list as it is shown.
    arranged: Memo<Arranged>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.documents;
    let screen = use_screen();
    let selection = screen.selection;
    // What is selected and still there; documents that a filter hides are selected on.
    let selected = {
        let documents = screen.documents.clone();
        Memo::new_with_compare(
            move |_| {
                selection.with(|selection| {
                    if selection.is_empty() {
                        return Vec::new();
                    }
                    let is_selected = |document: &&Arc<Document>| selection.contains(&document.id);
                    documents.with(|documents| documents.list.iter().filter(is_selected).cloned().collect::<Vec<_>>())
                })
            },
            |_, _| true,
        )
    };
    let count = Memo::new(move |_| selected.with(Vec::len));
    let shown = Memo::new(move |_| arranged.with(|arranged| arranged.shown.len()));
    let select_all = move |_| {
        selection.update(|selection| {
            arranged.with_untracked(|arranged| selection.extend(arranged.shown.iter().map(|document| document.id.clone())));
        });
    };
    let text = move || (messages.selected)(count.get() as u64, &locale.number(count.get() as u64));
    view! {
        <p class="visually-hidden" role="status">{move || (count.get() > 0).then(text)}</p>
        <Show when=move || { count.get() > 0 }>
            <div class="batch-bar" role="region" aria-label=messages.selection>
                <strong>{text}</strong>
                <Deeds selected />
                <span class="grow"></span>
                <Show when=move || { count.get() < shown.get() }>
                    <Button kind=ButtonKind::Quiet on_click=select_all>
                        {move || (messages.select_all_shown)(&locale.number(shown.get() as u64))}
                    </Button>
                </Show>
                <IconButton icon="close" label=messages.clear_selection on_click=move |_| {
                    selection.update(std::collections::HashSet::clear);
                } />
            </div>
        </Show>
    }
}

/// The actions; those that can be done with none of the selected are off and say why.
#[component]
fn Deeds(selected: Memo<Vec<Arc<Document>>>) -> impl IntoView {
    let locale = use_locale();
    let messages = locale.document_actions();
    let actions = StoredValue::new(use_actions());
    let delays = use_screen().delays;
    let tally = move |action: DocumentAction| {
        Memo::new(move |_| {
            delays.track();
            selected.with(|documents| {
                let mut tally = Tally::default();
                for document in documents {
                    match actions.with_value(|actions| actions.obstacle(action, document)) {
                        None => tally.can += 1,
                        Some(obstacle) => {
                            tally.cannot += 1;
                            // That some are so already is no reason worth telling where there is another.
                            if tally.first.is_none() || tally.first == Some(Obstacle::AlreadySo) {
                                tally.first = Some(obstacle);
                            }
                        }
                    }
                }
                tally
            })
        })
    };
    let why = move |tally: Tally| {
        let why = actions.with_value(|actions| tally.first.map(|first| actions.why(first)))?;
        Some(if tally.can == 0 {
            (messages.none_can)(why)
        } else if tally.first == Some(Obstacle::AlreadySo) {
            return None;
        } else {
            (messages.some_cannot)(tally.cannot, &locale.number(tally.cannot), why)
        })
    };
    let act = move |action: DocumentAction| actions.with_value(|actions| actions.run(action, selected.get_untracked()));
    let word = move |action: DocumentAction| match action {
        DocumentAction::Download => actions.with_value(Actions::word_for_many),
        action => words(locale, action).word,
    };
    let button = move |action: DocumentAction| {
        let tally = tally(action);
        view! {
            <Button
                kind=ButtonKind::Quiet
                icon=icon(action)
                disabled=Signal::derive(move || tally.get().can == 0)
                title=Signal::derive(move || why(tally.get()).unwrap_or_default())
                on_click=move |_| act(action)
            >{word(action)}</Button>
        }
    };
    let (plain, more) = offered();
    let tallies: Vec<_> = more.into_iter().map(|action| (action, tally(action))).collect();
    let has_more = !tallies.is_empty();
    let tallies = StoredValue::new(tallies);
    let item = move |(action, tally): (DocumentAction, Memo<Tally>)| {
        let tally = tally.get_untracked();
        let why = why(tally);
        view! {
            <MenuItem icon=icon(action) disabled=Signal::stored(tally.can == 0) on_select=move |()| act(action)>
                {word(action)}
                {why.map(|why| view! { <small class="why">{why}</small> })}
            </MenuItem>
        }
    };
    view! {
        {plain.into_iter().map(button).collect_view()}
        {has_more.then(|| view! { <Menu label=messages.more>{move || tallies.get_value().into_iter().map(item).collect_view()}</Menu> })}
    }
}
