//! One child chunk: its text, and the way into its editor.

use leptos::prelude::*;
use loredesk_wire::ChildChunk;

use super::{Shared, deletion::use_deletion, edit::Edit};
use crate::{
    components::highlighted,
    dom::focus,
    i18n::{child_chunks::child_chunks, use_locale},
    model::{chunk::CUSTOMIZED, highlight::Place},
    ui::{Button, ButtonKind, IconButton},
};

/// The row. It stays while its child chunk changes, and so does what is typed in it.
#[component]
pub fn Row(shared: Shared, child: Memo<ChildChunk>, id: String) -> impl IntoView {
    let locale = use_locale();
    let messages = child_chunks(locale);
    let is_editing = RwSignal::new(shared.drafts.get(&id).is_some());
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
    let deletion = use_deletion();
    let own = StoredValue::new(id.clone());
    let is_going = Memo::new(move |_| own.with_value(|id| deletion.is_pending(id)));
    // While it is searched, the number of all is not known here; the sentence then stays out rather than be wrong.
    let is_last = Memo::new(move |_| shared.total.get() == 1 && shared.search.with(String::is_empty));
    let going = move || {
        let last = is_last.get().then_some(messages.delete_last);
        view! { <p class="hint">{messages.going} " " {last}</p> }
    };
    let buttons = move || {
        view! {
            <IconButton icon="edit" label=(messages.edit)(position) disabled=is_editing on_click=edit.clone() />
            <IconButton icon="delete" label=(messages.delete)(position) on_click=move |_| deletion.start(shared, &child.get_untracked()) />
        }
    };
    let undo = move || {
        let label = (messages.undo)(position);
        view! {
            <Button kind=ButtonKind::Quiet on_click=move |_| own.with_value(|id| deletion.undo(id))>
                <span aria-hidden="true">{locale.messages.common.undo}</span>
                <span class="visually-hidden">{label}</span>
            </Button>
        }
    };
    let text = move || {
        let terms = shared.search.with(|search| if search.is_empty() { Vec::new() } else { vec![search.clone()] });
        let text = child.with(|child| highlighted(&child.content, &terms, Place::Anywhere));
        view! { <div class="chunk-text">{text}</div> }
    };
    let id = StoredValue::new(id);
    view! {
        <li class="child" class:going=move || is_going.get() id=element tabindex="-1">
            <p class="chunk-meta">
                <b>{(messages.name)(position)}</b>
                <span>{kind}</span>
                <span>{length}</span>
                <span class="grow"></span>
                {move || if is_going.get() { undo().into_any() } else { buttons().into_any() }}
            </p>
            {move || is_going.get().then(going)}
            <Show when=move || is_editing.get() && !is_going.get() fallback=text>
                <Edit shared child id=id.get_value() is_editing />
            </Show>
        </li>
    }
}
