//! One child chunk: its text, and the way into its editor.

use leptos::prelude::*;
use loredesk_wire::ChildChunk;

use super::{Shared, edit::Edit};
use crate::{
    components::{Allowed, highlighted, use_access},
    dom::focus,
    i18n::{child_chunks::child_chunks, use_locale},
    model::{access::Right, chunk::CUSTOMIZED, highlight::Place},
    ui::IconButton,
};

/// The row. It stays while its child chunk changes, and so does what is typed in it.
#[component]
pub fn Row(shared: Shared, child: Memo<ChildChunk>, id: String) -> impl IntoView {
    let locale = use_locale();
    let messages = child_chunks(locale);
    let is_editing = RwSignal::new(use_access().may(Right::Change) && shared.drafts.get(&id).is_some());
    let position = child.with_untracked(|child| child.position);
    let kind = move || {
        child.with(|child| match child.kind.as_str() {
            "automatic" => messages.automatic.to_owned(),
            CUSTOMIZED => messages.customized.to_owned(),
            other => other.to_owned(),
        })
    };
    let length = move || {
        let count = child.with(|child| child.content.chars().count() as u64);
        (locale.messages.chunks.characters)(count, &locale.number(count))
    };
    let element = format!("child-{id}");
    let area = format!("[id=\"{element}\"] textarea");
    let edit = move |_| {
        let area = area.clone();
        is_editing.set(true);
        request_animation_frame(move || focus::first(&area));
    };
    let on_delete = move |_| shared.to_delete.set(Some(child.get_untracked()));
    let text = move || {
        let terms = shared.search.with(|search| if search.is_empty() { Vec::new() } else { vec![search.clone()] });
        let text = child.with(|child| highlighted(&child.content, &terms, Place::Anywhere));
        view! { <div class="chunk-text">{text}</div> }
    };
    let id = StoredValue::new(id);
    view! {
        <li class="child" id=element tabindex="-1">
            <p class="chunk-meta">
                <b>{(messages.name)(position)}</b>
                <span>{kind}</span>
                <span>{length}</span>
                <span class="grow"></span>
                <Allowed right=Right::Change>
                    <IconButton icon="edit" label=(messages.edit)(position) disabled=is_editing on_click=edit />
                    <IconButton icon="delete" label=(messages.delete)(position) on_click=on_delete />
                </Allowed>
            </p>
            <Show when=move || is_editing.get() fallback=text>
                <Edit shared child id=id.get_value() is_editing />
            </Show>
        </li>
    }
}
