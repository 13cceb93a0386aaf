//! What can be done with one document. What cannot be done says why, below its word.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::Document;

use super::{
    actions::{Actions, icon, use_actions, words},
    screen::use_screen,
};
use crate::{
    components::{Allowed, use_access, use_go},
    i18n::use_locale,
    model::{
        access::Right,
        document_action::{DocumentAction, Obstacle, is_archived},
        id::DocumentId,
    },
    routes::Route,
    ui::{Menu, MenuItem},
};

/// The menu of a row.
#[component]
pub fn RowMenu(
    /// The document.
    document: Memo<Arc<Document>>,
    /// Its name.
    name: Memo<String>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.documents;
    let screen = StoredValue::new(use_screen());
    let actions = StoredValue::new(use_actions());
    let go = StoredValue::new_local(use_go());
    let open = move |()| {
        let Some(document) = DocumentId::parse(&document.get_untracked().id) else { return };
        let route = screen.with_value(|screen| Route::Document {
            connection: screen.client.connection().to_owned(),
            knowledge_base: screen.knowledge_base.clone(),
            document,
            chunk: None,
        });
        go.with_value(|go| go(&route, ""));
    };
    let replace = move |()| {
        screen.with_value(|screen| {
            screen.to_replace.set(Some(document.get_untracked()));
            screen.is_replacing.set(true);
        });
    };
    let may_change = use_access().may(Right::Change);
    let item = move |action: DocumentAction| {
        let found = document.get_untracked();
        let (obstacle, is_stuck) = actions.with_value(|actions| (actions.obstacle(action, &found), actions.is_stuck(&found.id)));
        let is_hidden = match action {
            // Of two opposites, the one that changes something; of a document that is well, no cure.
            DocumentAction::Reindex => obstacle == Some(Obstacle::NotFailed),
            DocumentAction::Delete | DocumentAction::Download => false,
            _ => obstacle == Some(Obstacle::AlreadySo),
        } || !(may_change || action.is_reading());
        let is_text = action == DocumentAction::Download && actions.with_value(Actions::lacks_originals);
        let word = if action == DocumentAction::Reindex && is_stuck {
            locale.document_actions().recover
        } else if is_text {
            locale.document_actions().text.word
        } else {
            words(locale, action).word
        };
        let why = obstacle.map(|obstacle| actions.with_value(|actions| actions.why(obstacle)));
        let note = is_text.then(|| locale.document_actions().text.why);
        (!is_hidden).then(|| {
            view! {
                <MenuItem
                    icon=icon(action)
                    is_danger=action == DocumentAction::Delete
                    disabled=Signal::stored(why.is_some())
                    on_select=move |()| actions.with_value(|actions| actions.run(action, vec![document.get_untracked()]))
                >
                    {word}
                    {why.or(note).map(|why| view! { <small class="why">{why}</small> })}
                </MenuItem>
            }
        })
    };
    view! {
        <Menu label=Signal::derive(move || (messages.actions_of)(&name.get()))>
            {move || {
                let (is_enabled, is_archived) = document.with_untracked(|document| (document.enabled, is_archived(document)));
                let can_replace = is_enabled && !is_archived && screen.with_value(|screen| screen.can_add.get_untracked());
                let has_pipeline = screen.with_value(|screen| screen.has_pipeline.get_untracked());
                let why = match (is_archived, is_enabled) {
                    _ if has_pipeline => Some(messages.pipeline_fills),
                    (true, _) => Some(messages.archived_stays),
                    (_, false) => Some(messages.disabled_stays),
                    _ => None,
                };
                view! {
                    <MenuItem icon="document" on_select=open>{messages.open}</MenuItem>
                    {item(DocumentAction::Reindex)}
                    {item(DocumentAction::Download)}
                    <Allowed right=Right::Change>
                        <MenuItem icon="upload" disabled=Signal::stored(!can_replace) on_select=replace>
                            {messages.replace}
                            {why.map(|why| view! { <small class="why">{why}</small> })}
                        </MenuItem>
                    </Allowed>
                    {item(DocumentAction::Enable)}
                    {item(DocumentAction::Disable)}
                    {item(DocumentAction::Archive)}
                    {item(DocumentAction::UnArchive)}
                    {item(DocumentAction::Delete)}
                }
            }}
        </Menu>
    }
}
