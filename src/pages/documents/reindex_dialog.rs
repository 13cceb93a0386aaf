//! The question before documents are indexed again: what happens, what is lost, and that two workers might be at one document.

use leptos::prelude::*;

use super::{actions::use_actions, screen::use_screen};
use crate::{
    i18n::use_locale,
    model::{document::is_moving, document_action::DocumentAction},
    ui::{Button, ButtonKind, Dialog, Icon},
};

/// Names that are listed.
const NAMED: usize = 6;

/// The dialog.
#[component]
pub fn ReindexDialog() -> impl IntoView {
    let locale = use_locale();
    let words = &locale.document_actions().again;
    let screen = use_screen();
    let title = move || {
        let count = screen.to_reindex.with(Vec::len) as u64;
        (words.question)(count, &locale.number(count))
    };
    view! {
        <Dialog open=screen.is_asking title=Signal::derive(title) close_label=locale.messages.common.close>
            <Question />
        </Dialog>
    }
}

#[component]
fn Question() -> impl IntoView {
    let locale = use_locale();
    let words = &locale.document_actions().again;
    let actions = use_actions();
    let open = actions.screen.is_asking;
    let documents = actions.screen.to_reindex.get_untracked();
    let can = |document: &_| actions.obstacle(DocumentAction::Reindex, document).is_none();
    let busy = documents.iter().filter(|document| is_moving(&document.display_status) && can(document)).count() as u64;
    let more = documents.len().saturating_sub(NAMED);
    let names = documents.iter().take(NAMED).map(|document| view! { <li>{document.name.clone()}</li> }).collect_view();
    let submit = move |_| {
        open.set(false);
        actions.reindex(&documents);
    };
    view! {
        <div class="form">
            <ul class="names">
                {names}
                {(more > 0).then(|| view! { <li class="none">{(locale.messages.documents.and_more)(&locale.number(more as u64))}</li> })}
            </ul>
            <p>{words.text}</p>
            <p class="hint">{words.lost}</p>
            {(busy > 0).then(|| view! {
                <p class="caution"><Icon name="warning" /><span>{(words.stuck)(busy, &locale.number(busy))}</span></p>
            })}
            <footer class="dialog-foot">
                <Button on_click=move |_| open.set(false)>{locale.messages.common.cancel}</Button>
                <Button kind=ButtonKind::Primary icon="retry" on_click=submit>{words.submit}</Button>
            </footer>
        </div>
    }
}
