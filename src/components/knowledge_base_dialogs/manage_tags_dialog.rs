//! All tags of a workspace: make, rename, delete.
//!
//! Carries out: getKnowledgeTags, createKnowledgeTag, updateKnowledgeTag, deleteKnowledgeTag.

use std::sync::Arc;

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use loredesk_wire::TagWithCount;

use crate::{
    api::{
        ApiError, Client,
        capabilities::Operation,
        safe_tags::{self, Made, TagList},
    },
    components::{
        ErrorLine, NotOffered,
        tag_editor::{renew_tags, use_tags},
        words::error_words,
    },
    dom::{focus, visible::visible},
    i18n::{Locale, tags, use_locale},
    model::{
        id::TagId,
        tag::{TagProblem, check_name},
    },
    state::{delayed::Delayed, mutation::Mutation, query::QueryCache, toasts::Toasts},
    ui::{Button, ButtonKind, Dialog, IconButton, TextField},
};

/// The dialog.
#[component]
pub fn ManageTagsDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The connection.
    client: Client,
) -> impl IntoView {
    let locale = use_locale();
    let messages = tags::of(locale);
    let mutation = Mutation::new();
    view! {
        <Dialog open title=messages.manage_title.to_owned() close_label=locale.messages.common.close is_held=mutation.is_pending()>
            <Manage client=client.clone() mutation />
        </Dialog>
    }
}

#[component]
fn Manage(client: Client, mutation: Mutation) -> impl IntoView {
    let locale = use_locale();
    let messages = tags::of(locale);
    mutation.clear();
    let all = use_tags(&client);
    let list =
        Memo::new(move |_| all.data.with(|all| all.as_ref().map(|all: &Arc<TagList>| all.tags.clone())).unwrap_or_default());
    let is_partial = Memo::new(move |_| all.data.with(|all| all.as_ref().is_some_and(|all| all.is_partial)));
    // The tag that is being renamed, by its id.
    let doing = RwSignal::new(None::<String>);
    let names = Signal::derive(move || list.get().into_iter().map(|tag| (tag.id, tag.name)).collect::<Vec<_>>());
    let store = StoredValue::new(client.clone());
    let deletion = Deletion { locale, delayed: expect_context(), cache: expect_context(), toasts: expect_context() };
    let row = move |tag: TagWithCount| {
        let id = StoredValue::new(tag.id.clone());
        let is_renamed = Memo::new(move |_| doing.with(|doing| doing.as_ref() == Some(&id.get_value())));
        let key = format!("tag {}/{}", store.with_value(|client| client.connection().to_owned()), tag.id);
        let is_going = Memo::new({
            let key = key.clone();
            move |_| deletion.delayed.is_pending(&key)
        });
        let key = StoredValue::new(key);
        let count = tag.binding_count.map(|count| (messages.used_by)(count, &locale.number(count)));
        let tag = StoredValue::new(tag);
        let shown = move || tag.with_value(|tag| visible(&tag.name));
        view! {
            <li class:going=move || is_going.get()>
                <Show
                    when=move || is_renamed.get()
                    fallback=move || view! {
                        <span class="tag">{shown()}</span>
                        <small class="grow">{
                            let count = count.clone();
                            move || if is_going.get() { Some(messages.going.to_owned()) } else { count.clone() }
                        }</small>
                        <Show
                            when=move || is_going.get()
                            fallback=move || view! {
                                <IconButton
                                    icon="edit"
                                    label=Signal::derive(move || (messages.rename)(&shown()))
                                    on_click=move |_| {
                                        doing.set(Some(id.get_value()));
                                        request_animation_frame(|| focus::first(".tag-rows input"));
                                    }
                                />
                                <IconButton
                                    icon="delete"
                                    label=Signal::derive(move || (messages.delete)(&shown()))
                                    on_click=move |_| deletion.start(&key.get_value(), store.get_value(), &tag.get_value())
                                />
                            }
                        >
                            <Button kind=ButtonKind::Quiet on_click=move |_| deletion.undo(&key.get_value())>
                                <span aria-hidden="true">{locale.messages.common.undo}</span>
                                <span class="visually-hidden">{(messages.undo)(&shown())}</span>
                            </Button>
                        </Show>
                    }
                >
                    <RenameForm client=store.get_value() tag=tag.get_value() names doing mutation />
                </Show>
            </li>
        }
    };
    view! {
        <div class="form">
            <NotOffered client=client.clone() operation=Operation::Tags again=all.retry />
            <NewTag client=client names mutation />
            <ul class="tag-rows" aria-label=messages.all>
                <For each=move || list.get() key=|tag| (tag.id.clone(), tag.name.clone(), tag.binding_count) children=row />
            </ul>
            <Show when=move || list.with(Vec::is_empty) && all.data.with(Option::is_some)>
                <p class="hint">{messages.none_yet}</p>
            </Show>
            <Show when=move || is_partial.get()>
                <p class="hint">{messages.partial}</p>
            </Show>
            <ErrorLine error=all.error />
            <ErrorLine error=mutation.error() />
        </div>
    }
}

/// The words for a name that cannot be; nothing for an empty one, which is not wrong yet.
fn name_error(name: RwSignal<String>, names: Signal<Vec<(String, String)>>, own: String) -> Signal<Option<String>> {
    let messages = tags::of(use_locale());
    Signal::derive(move || {
        let names = names.get();
        let taken = names.iter().filter(|(id, _)| *id != own).map(|(_, name)| name.as_str());
        match name.with(|name| check_name(name, taken)).err()? {
            TagProblem::Empty => None,
            TagProblem::TooLong => Some(messages.too_long.to_owned()),
            TagProblem::Taken => Some(messages.taken.to_owned()),
        }
    })
}

/// Ends what is being done with a tag; the focus goes to a place that stays.
fn end(doing: RwSignal<Option<String>>) {
    doing.set(None);
    focus::first("dialog[open] .one-name input");
}

/// What a form of one name does with it.
fn submit(
    cache: QueryCache,
    mutation: Mutation,
    name: RwSignal<String>,
    error: Signal<Option<String>>,
    write: impl AsyncFnOnce(String) -> Result<(), ApiError> + 'static,
    done: impl FnOnce(&str) + 'static,
) {
    let wanted = name.get_untracked().trim().to_owned();
    if wanted.is_empty() || error.get_untracked().is_some() {
        return;
    }
    let said = wanted.clone();
    let write = async move {
        let outcome = write(wanted).await;
        renew_tags(cache);
        outcome
    };
    mutation.run(write, move |()| done(&said));
}

#[component]
fn NewTag(client: Client, names: Signal<Vec<(String, String)>>, mutation: Mutation) -> impl IntoView {
    let locale = use_locale();
    let messages = tags::of(locale);
    let name = RwSignal::new(String::new());
    let error = name_error(name, names, String::new());
    let toasts = expect_context::<Toasts>();
    let cache = expect_context::<QueryCache>();
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        let client = client.clone();
        let write = async move |name: String| {
            if let Made::WithoutId = safe_tags::create(&client, &name).await? {
                toasts.problem(messages.made_without_id);
            }
            Ok(())
        };
        submit(cache, mutation, name, error, write, move |_| name.set(String::new()));
    };
    view! {
        <form class="one-name" novalidate on:submit=on_submit>
            <TextField label=messages.new value=name error autofocus=true />
            <Button icon="plus" kind_attribute="submit" pending=mutation.is_pending()>{messages.add}</Button>
        </form>
    }
}

#[component]
fn RenameForm(
    client: Client,
    tag: TagWithCount,
    names: Signal<Vec<(String, String)>>,
    doing: RwSignal<Option<String>>,
    mutation: Mutation,
) -> impl IntoView {
    let locale = use_locale();
    let messages = tags::of(locale);
    let name = RwSignal::new(tag.name.clone());
    let error = name_error(name, names, tag.id.clone());
    let toasts = expect_context::<Toasts>();
    let cache = expect_context::<QueryCache>();
    let label = (messages.rename)(&tag.name);
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (client, id) = (client.clone(), TagId::parse(&tag.id));
        let is_same = name.with_untracked(|name| name.trim() == tag.name);
        if is_same {
            return end(doing);
        }
        let write = async move |name: String| match id {
            Some(id) => safe_tags::rename(&client, &id, &name).await,
            None => Ok(()),
        };
        let done = move |name: &str| {
            end(doing);
            toasts.done((messages.renamed)(name));
        };
        submit(cache, mutation, name, error, write, done);
    };
    view! {
        <form class="one-name" novalidate on:submit=on_submit>
            <TextField label=label value=name error autofocus=true />
            <Button kind_attribute="submit" pending=mutation.is_pending()>{locale.messages.common.save}</Button>
            <Button kind=ButtonKind::Quiet on_click=move |_| end(doing)>{locale.messages.common.cancel}</Button>
        </form>
    }
}

/// Deletes tags: nothing is sent for ten seconds, in which the row, and after the dialog the message, can take it back.
#[derive(Clone, Copy)]
struct Deletion {
    locale: Locale,
    delayed: Delayed,
    cache: QueryCache,
    toasts: Toasts,
}

impl Deletion {
    fn undo(self, key: &str) {
        self.delayed.undo_key(key);
    }

    fn start(self, key: &str, client: Client, tag: &TagWithCount) {
        let Some(id) = TagId::parse(&tag.id) else { return };
        let Self { locale, delayed, cache, toasts } = self;
        let (messages, name) = (tags::of(locale), tag.name.clone());
        let delete = async move {
            match safe_tags::delete(&client, &id).await {
                Ok(()) => toasts.done((messages.deleted)(&name)),
                Err(error) => toasts.problem((messages.not_deleted)(&name, &error_words(locale.messages, &error).cause)),
            }
            renew_tags(cache);
        };
        let text = (messages.deleting)(&tag.name, tag.binding_count.unwrap_or_default());
        delayed.start(key, text, move || spawn_local(delete));
    }
}
