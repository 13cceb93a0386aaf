//! One child chunk: its text, and the way into its editor.

use leptos::prelude::*;
use loredesk_wire::ChildChunk;

use super::{Shared, deletion::Deletion, edit::Edit};
use crate::{
    components::{Allowed, highlighted, use_access},
    dom::focus,
    i18n::{child_chunks::child_chunks, chunk_actions::chunk_actions, use_locale},
    model::{access::Right, chunk::CUSTOMIZED, highlight::Place},
    ui::{Button, ButtonKind, IconButton, Status, Tone},
};

/// The row. It stays while its child chunk changes, and so does what is typed in it.
#[component]
pub fn Row(shared: Shared, deletion: Deletion, child: Memo<ChildChunk>, id: String) -> impl IntoView {
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
    let edit = move |_: leptos::ev::MouseEvent| {
        let area = area.clone();
        is_editing.set(true);
        request_animation_frame(move || focus::first(&area));
    };
    let own = id.clone();
    let is_leaving = Memo::new(move |_| deletion.is_pending(shared, &own));
    let on_delete = move |_| {
        // Of those that stay, this is the only one.
        let is_last = shared.total.get_untracked() == 1;
        deletion.start(shared, &child.get_untracked(), is_last);
    };
    let on_undo = move |_| deletion.undo(shared, &child.get_untracked().id);
    let text = move || {
        let terms = shared.search.with(|search| if search.is_empty() { Vec::new() } else { vec![search.clone()] });
        let text = child.with(|child| highlighted(&child.content, &terms, Place::Anywhere));
        view! { <div class="chunk-text">{text}</div> }
    };
    let id = StoredValue::new(id);
    view! {
        <li class="child" class:leaving=move || is_leaving.get() id=element tabindex="-1">
            <p class="chunk-meta">
                <b>{(messages.name)(position)}</b>
                <span>{kind}</span>
                <span>{length}</span>
                <span class="grow"></span>
                <Allowed right=Right::Change>
                    <Show
                        when=move || is_leaving.get()
                        fallback={
                            let edit = StoredValue::new_local(edit);
                            move || view! {
                                <IconButton icon="edit" label=(messages.edit)(position) disabled=is_editing on_click=move |event| edit.with_value(|edit| edit(event)) />
                                <IconButton icon="delete" label=(messages.delete)(position) on_click=on_delete />
                            }
                        }
                    >
                        <Status tone=Tone::Waiting text=chunk_actions(locale).leaving />
                        <Button kind=ButtonKind::Quiet title=Signal::stored((messages.undo)(position)) on_click=on_undo>
                            <span aria-hidden="true">{locale.messages.common.undo}</span>
                            <span class="visually-hidden">{(messages.undo)(position)}</span>
                        </Button>
                    </Show>
                </Allowed>
            </p>
            <Show when=move || is_editing.get() fallback=text>
                <Edit shared child id=id.get_value() is_editing />
            </Show>
        </li>
    }
}
