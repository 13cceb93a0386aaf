//! The tags of one knowledge base: put on, take off, make a new one while typing. Every press is written at once.
//!
//! Carries out: createKnowledgeTag, bindTagsToDataset, unbindTagFromDataset, queryDatasetTags.

use std::sync::Arc;

use leptos::{ev, prelude::*};
use loredesk_wire::{Tag, TagWithCount};

use super::{ErrorLine, NotOffered};
use crate::{
    api::{
        Client,
        capabilities::Operation,
        safe_tags::{self, Made, TagList},
    },
    dom::visible::visible,
    i18n::{tags, use_locale},
    model::{
        id::{KnowledgeBaseId, TagId},
        tag::{TagProblem, check_name},
    },
    state::{
        cache::Resource,
        capabilities::Capabilities,
        mutation::Mutation,
        queries,
        query::{QueryCache, QueryHandle, use_query},
        toasts::Toasts,
    },
    ui::{Button, Checkbox, TextField},
};

/// The tags of a workspace, and what is learned of the server on the way.
pub fn use_tags(client: &Client) -> QueryHandle<TagList> {
    let capabilities = expect_context::<Capabilities>();
    let (asked, known) = (client.clone(), client.clone());
    // A lack that is known is not asked for again.
    let query = use_query(move || capabilities.absence(&asked, Operation::Tags).is_none().then(|| queries::Tags(asked.clone())));
    Effect::new(move |_| {
        if let Some(error) = query.error.get() {
            capabilities.learn::<()>(&known, Operation::Tags, &Err(error));
        } else if query.data.with(Option::is_some) {
            capabilities.learn(&known, Operation::Tags, &Ok(()));
        }
    });
    query
}

/// Marks everything that shows tags as old.
pub fn renew_tags(cache: QueryCache) {
    for resource in [Resource::Tags, Resource::KnowledgeBases, Resource::KnowledgeBase] {
        cache.invalidate(resource);
    }
}

/// The editor.
#[component]
pub fn TagEditor(
    /// The connection.
    client: Client,
    /// The knowledge base.
    knowledge_base: KnowledgeBaseId,
    /// Whether the keyboard starts here.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let locale = use_locale();
    let messages = tags::of(locale);
    let all = use_tags(&client);
    let (of, id) = (client.clone(), knowledge_base.clone());
    let own = use_query(move || Some(queries::KnowledgeBase(of.clone(), id.clone())));
    // What the last write brought counts until the knowledge base has been read again.
    let written = RwSignal::new(None::<Vec<String>>);
    let is_offered = {
        let capabilities = expect_context::<Capabilities>();
        let asked = client.clone();
        Memo::new(move |_| capabilities.absence(&asked, Operation::Tags).is_none())
    };
    // Not every server says a knowledge base's tags with it: where it seems to have none, they are asked for.
    let has_none = Memo::new(move |_| own.data.with(|own| own.as_ref().is_some_and(|own| own.tags.is_empty())));
    let (of, id) = (client.clone(), knowledge_base.clone());
    let asked =
        use_query(move || (is_offered.get() && has_none.get()).then(|| queries::KnowledgeBaseTags(of.clone(), id.clone())));
    let read = Memo::new(move |_| {
        let ids = |tags: &[Tag]| tags.iter().map(|tag| tag.id.clone()).collect::<Vec<_>>();
        let said = own.data.with(|own| own.as_ref().map(|own| ids(&own.tags)).unwrap_or_default());
        if has_none.get() { asked.data.with(|tags| tags.as_ref().map(|tags| ids(tags)).unwrap_or_default()) } else { said }
    });
    Effect::new(move |_| {
        read.track();
        written.set(None);
    });
    let bound = Memo::new(move |_| written.get().unwrap_or_else(|| read.get()));
    let typed = RwSignal::new(String::new());
    let mutation = Mutation::new();
    let cache = expect_context::<QueryCache>();
    let toasts = expect_context::<Toasts>();
    let store = StoredValue::new((client.clone(), knowledge_base));
    let settle = move |now: Option<Vec<String>>| {
        if now.is_some() {
            written.set(now);
        }
        renew_tags(cache);
    };
    let set = Callback::new(move |(tag, is_bound): (TagId, bool)| {
        let (client, knowledge_base) = store.get_value();
        mutation.run(async move { safe_tags::set(&client, &tag, &knowledge_base, is_bound).await }, move |now| {
            settle(Some(now.into_iter().map(|tag| tag.id).collect()));
        });
    });
    let make = Callback::new(move |name: String| {
        let (client, knowledge_base) = store.get_value();
        let write = async move {
            let made = safe_tags::create(&client, &name).await;
            cache.invalidate(Resource::Tags);
            match made? {
                Made::WithoutId => Ok(None),
                Made::Tag(tag) => match TagId::parse(&tag.id) {
                    Some(tag) => safe_tags::set(&client, &tag, &knowledge_base, true).await.map(Some),
                    None => Ok(None),
                },
            }
        };
        mutation.run(write, move |now| {
            typed.set(String::new());
            if now.is_none() {
                toasts.problem(messages.made_without_id);
            }
            settle(now.map(|now| now.into_iter().map(|tag| tag.id).collect()));
        });
    });
    let again = all.retry;
    let asked = client.clone();
    view! {
        <NotOffered client operation=Operation::Tags again />
        <Fields client=asked all bound typed set make is_pending=mutation.is_pending() autofocus />
        <ErrorLine error=mutation.error() />
    }
}

#[component]
fn Fields(
    client: Client,
    all: QueryHandle<TagList>,
    bound: Memo<Vec<String>>,
    typed: RwSignal<String>,
    set: Callback<(TagId, bool)>,
    make: Callback<String>,
    is_pending: Signal<bool>,
    autofocus: bool,
) -> impl IntoView {
    let locale = use_locale();
    let messages = tags::of(locale);
    let capabilities = expect_context::<Capabilities>();
    let is_absent = Memo::new(move |_| capabilities.absence(&client, Operation::Tags).is_some());
    let tags =
        Memo::new(move |_| all.data.with(|all| all.as_ref().map(|all: &Arc<TagList>| all.tags.clone())).unwrap_or_default());
    let is_partial = Memo::new(move |_| all.data.with(|all| all.as_ref().is_some_and(|all| all.is_partial)));
    let wanted = Memo::new(move |_| typed.with(|typed| typed.trim().to_owned()));
    let problem = Memo::new(move |_| {
        tags.with(|tags| wanted.with(|name| check_name(name, tags.iter().map(|tag| tag.name.as_str())).err()))
    });
    let shown = Memo::new(move |_| {
        let wanted = wanted.get().to_lowercase();
        tags.get().into_iter().filter(|tag| tag.name.to_lowercase().contains(&wanted)).collect::<Vec<_>>()
    });
    let error = Signal::derive(move || (problem.get() == Some(TagProblem::TooLong)).then(|| messages.too_long.to_owned()));
    // The field may stand in the form of the page: its Enter is not that form's.
    let on_keydown = move |event: ev::KeyboardEvent| {
        if event.key() != "Enter" || event.is_composing() {
            return;
        }
        event.prevent_default();
        let name = wanted.get_untracked();
        let known = tags.with_untracked(|tags| tags.iter().find(|tag| tag.name == name).and_then(|tag| TagId::parse(&tag.id)));
        match known {
            Some(tag) => {
                set.run((tag, true));
                typed.set(String::new());
            }
            None if problem.get_untracked().is_none() => make.run(name),
            None => {}
        }
    };
    let row = move |tag: TagWithCount| {
        let id = tag.id.clone();
        let checked = Signal::derive(move || bound.with(|bound| bound.contains(&id)));
        let id = TagId::parse(&tag.id);
        let change = move |is_bound: bool| {
            if let Some(id) = id.clone() {
                set.run((id, is_bound));
            }
        };
        view! { <li><Checkbox checked label=Signal::stored(visible(&tag.name)) disabled=is_pending on_change=change /></li> }
    };
    view! {
        <Show when=move || !is_absent.get()>
            <div class="tag-editor" on:keydown=on_keydown>
                <TextField label=messages.find value=typed error autofocus />
                <ul class="tag-list" aria-label=messages.all aria-busy=move || is_pending.get().then_some("true")>
                    <For each=move || shown.get() key=|tag| (tag.id.clone(), tag.name.clone()) children=row />
                </ul>
                <Show when=move || shown.with(Vec::is_empty) && wanted.with(String::is_empty) && all.data.with(Option::is_some)>
                    <p class="hint">{messages.none_yet}</p>
                </Show>
                <Show when=move || problem.get().is_none()>
                    <p>
                        <Button icon="plus" pending=is_pending on_click=move |_| make.run(wanted.get_untracked())>
                            {move || (messages.make)(&wanted.get())}
                        </Button>
                    </p>
                </Show>
                <Show when=move || is_partial.get()>
                    <p class="hint">{messages.partial}</p>
                </Show>
            </div>
            <ErrorLine error=all.error />
        </Show>
    }
}
