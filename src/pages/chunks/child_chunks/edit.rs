//! The text of a child chunk while it is being changed, and its safe way to the server.
//!
//! Carries out: updateChildChunk.

use leptos::prelude::*;
use loredesk_wire::ChildChunk;

use super::{Shared, renew};
use crate::{
    api::{
        ApiError, ErrorKind,
        safe_child_chunk::{self, ChildWritten},
    },
    components::{DiffView, ErrorLine, FormShell},
    dom::focus,
    i18n::{child_chunks::child_chunks, use_locale},
    model::id::ChildChunkId,
    state::{mutation::Mutation, query::QueryCache, toasts::Toasts},
    ui::{Button, ButtonKind, Icon, TextArea},
};

/// What the server has in place of what was expected.
#[derive(Clone, PartialEq)]
struct Theirs {
    text: String,
    /// Whether it answered "saved" all the same.
    is_other: bool,
}

/// The editor of a row.
#[component]
pub fn Edit(shared: Shared, child: Memo<ChildChunk>, id: String, is_editing: RwSignal<bool>) -> impl IntoView {
    let locale = use_locale();
    let messages = child_chunks(locale);
    let cache = expect_context::<QueryCache>();
    let toasts = expect_context::<Toasts>();
    let position = child.with_untracked(|child| child.position);
    let now = child.with_untracked(|child| child.content.clone());
    let draft = shared.drafts.get(&id);
    let text = RwSignal::new(draft.as_ref().map_or_else(|| now.clone(), |draft| draft.text.clone()));
    let base = RwSignal::new(draft.map_or(now, |draft| draft.base));
    let theirs = RwSignal::new(None::<Theirs>);
    let has_tried = RwSignal::new(false);
    let mutation = Mutation::new();
    let key = StoredValue::new(id);
    // Kept at every change: a closed tab asks nobody.
    Effect::new(move |_| key.with_value(|key| shared.drafts.keep(key, text.get(), base.get())));
    // Somebody else's change is said as soon as it is seen, not only at the save.
    let overtaking = Memo::new(move |_| {
        let known = theirs.get();
        let seen = child.with(|child| child.content.clone());
        known.or_else(|| {
            let is_overtaken = base.with(|base| seen != *base) && text.with(|text| seen != *text);
            is_overtaken.then_some(Theirs { text: seen, is_other: false })
        })
    });
    let is_empty = Memo::new(move |_| text.with(|text| text.trim().is_empty()));
    let close = move || {
        key.with_value(|key| shared.drafts.remove(key));
        is_editing.set(false);
        let button = key.with_value(|key| format!("[id=\"child-{key}\"] button"));
        request_animation_frame(move || focus::first(&button));
    };
    let save = Callback::new(move |()| {
        has_tried.set(true);
        if is_empty.get_untracked() {
            focus::first(".child-chunks [aria-invalid]");
            return;
        }
        if text.get_untracked() == base.get_untracked() {
            close();
            return;
        }
        let Some(child) = key.with_value(|key| ChildChunkId::parse(key)) else { return };
        let (parent, before, wanted) = (shared.parent.get_value(), base.get_untracked(), text.get_untracked());
        let drafts = shared.drafts;
        let write = async move {
            let written = safe_child_chunk::write(&parent, &child, &before, &wanted).await;
            renew(cache);
            match written? {
                // Its row goes with the next answer; the text stays, as that of a child chunk that is gone.
                ChildWritten::Gone => Err(ApiError::local(ErrorKind::NotFound, "PATCH", "child_chunks")),
                ChildWritten::Done(_) => {
                    // Also where the row is gone: a draft that was saved is none.
                    if drafts.get(child.as_str()).is_some_and(|draft| draft.text == wanted) {
                        drafts.remove(child.as_str());
                    }
                    Ok(None)
                }
                ChildWritten::Conflict(now) => Ok(Some(Theirs { text: now.content, is_other: false })),
                ChildWritten::OtherText(now) => Ok(Some(Theirs { text: now.content, is_other: true })),
            }
        };
        let sent = text.get_untracked();
        mutation.run(write, move |found| match found {
            Some(found) => theirs.set(Some(found)),
            None => {
                toasts.done((messages.saved)(position));
                if text.with_untracked(|text| *text == sent) { close() } else { base.set(sent) }
            }
        });
    });
    let keep_mine = move |_| {
        if let Some(found) = overtaking.get_untracked() {
            base.set(found.text);
            theirs.set(None);
            save.run(());
        }
    };
    let take_theirs = move |_| {
        theirs.set(None);
        close();
    };
    let error = Signal::derive(move || (has_tried.get() && is_empty.get()).then(|| messages.no_text.to_owned()));
    let is_held = Memo::new(move |_| overtaking.with(Option::is_some));
    view! {
        <FormShell on_submit=save>
            <TextArea label=(messages.text_of)(position) value=text rows=3 error />
            {move || overtaking.get().map(|found| {
                let words = if found.is_other { messages.other_text } else { messages.changed_meanwhile };
                view! {
                    <p class="note" role="alert"><Icon name="warning" /><span>{words}</span></p>
                    <DiffView old=found.text new=text.get_untracked() />
                    <p class="row-buttons">
                        <Button on_click=take_theirs>{messages.take_theirs}</Button>
                        <Button kind=ButtonKind::Primary on_click=keep_mine>{messages.keep_mine}</Button>
                    </p>
                }
            })}
            <ErrorLine error=mutation.error() />
            <p class="row-buttons" class:hidden=move || is_held.get()>
                <Button disabled=mutation.is_pending() on_click=move |_| close()>{messages.discard}</Button>
                <Button
                    kind=ButtonKind::Primary
                    kind_attribute="submit"
                    pending=mutation.is_pending()
                    title=Signal::stored("Ctrl+Enter".to_owned())
                >{(messages.save)(position)}</Button>
            </p>
        </FormShell>
    }
}
