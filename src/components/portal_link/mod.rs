//! Speaks with the portal that holds the desk in a frame: hears what it wants, and tells where the desk is, how high it would be,
//! what has changed and what went wrong. `docs/embedding.md` is the protocol; nothing is heard from or said to anybody else.

mod place;

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use serde_json::{Value, json};

use self::place::{NoPlace, place};
use super::use_go;
use crate::{
    dom::{framing, page_height, timers::Debounce},
    i18n::Locale,
    model::portal::{FromPortal, MARK, Visible, print, read},
    routes::Route,
    state::{
        cache::Resource,
        portal::{Portal, without_kept},
        preferences::{Language, Preferences, Theme},
        query::QueryCache,
        session::Session,
        title::TabTitle,
        toasts::Toasts,
    },
};

/// What belongs together is told together, in milliseconds.
const SETTLES: u32 = 80;

/// The link to the portal. Shows nothing.
#[component]
pub fn PortalLink() -> impl IntoView {
    let origins = expect_context::<Portal>().origins();
    let said = StoredValue::new(origins.clone());
    let say = move |kind: &str, fields: Value| {
        let message = print(kind, fields);
        said.with_value(|origins| origins.iter().for_each(|origin| framing::say(&message, origin)));
    };
    let visible = RwSignal::new(None::<Visible>);
    let height = RwSignal::new(0.0);
    let obey = use_commands(visible);
    framing::hear(origins, MARK, move |text| {
        if let Some(message) = read(&text) {
            obey(message);
        }
    });
    say("ready", json!({"version": env!("CARGO_PKG_VERSION")}));
    tell_place(say);
    tell_changes(say);
    tell_problems(say);
    page_height::watch(move |now| {
        if height.try_get_untracked().is_some_and(|before| before != now) {
            height.set(now);
            say("height", json!({"height": now}));
        }
    });
    keep_in_sight(visible);
}

/// Does what a portal says.
fn use_commands(visible: RwSignal<Option<Visible>>) -> impl Fn(FromPortal) {
    let session = expect_context::<Session>();
    let preferences = expect_context::<Preferences>();
    let portal = expect_context::<Portal>();
    let location = use_location();
    let go = use_go();
    move |message| {
        let messages = Locale::of(preferences.language().get_untracked()).portal();
        match message {
            FromPortal::Theme(name) => match Theme::parse(&name) {
                theme if theme.name() == name => {
                    preferences.show_theme(theme);
                    portal.keep_theme(theme);
                }
                _ => portal.tell(&(messages.no_theme)(&name)),
            },
            FromPortal::Language(tag) => match Language::named(&tag).filter(|language| preferences.offers(*language)) {
                Some(language) => {
                    // The views are made anew for it; not for the one that they are in.
                    if preferences.language().get_untracked() != language {
                        preferences.show_language(language);
                    }
                    portal.keep_language(language);
                }
                None => portal.tell(&(messages.no_language)(&tag)),
            },
            FromPortal::Navigate(target) => {
                let here = Route::parse(&location.pathname.get_untracked(), &session.base_path());
                match place(&target, &here, &session.config()) {
                    Ok((route, query)) => {
                        let now = without_kept(&location.search.get_untracked());
                        if route != here || query != now {
                            go(&route, &query);
                        }
                    }
                    Err(NoPlace(part, value)) => portal.tell(&(messages.no_place)(part, &value)),
                }
            }
            FromPortal::Visible(now) => visible.set(Some(now)),
        }
    }
}

/// Tells where the desk is, once address and title have settled.
fn tell_place(say: impl Fn(&str, Value) + Copy + 'static) {
    let session = expect_context::<Session>();
    let title = expect_context::<TabTitle>().page();
    let location = use_location();
    let debounce = Debounce::default();
    let told = StoredValue::new(Value::Null);
    Effect::new(move |_| {
        let route = location.pathname.with(|path| Route::parse(path, &session.base_path()));
        let path = format!("{}{}", route.path(), without_kept(&location.search.get()));
        let title = title.with(|title| title.rsplit_once(" · ").map_or("", |(title, _)| title).to_owned());
        // On the way from the start to the first list, and before a page has said what it is.
        if route == Route::Home || title.is_empty() {
            return;
        }
        let now = json!({
            "path": path,
            "title": title,
            "view": place::view_of(&route),
            "connection": route.connection(),
            "dataset": route.knowledge_base().map(ToString::to_string),
            "document": route.document().map(ToString::to_string),
            "chunk": route.chunk().map(ToString::to_string),
        });
        debounce.call(SETTLES, move || {
            if told.try_with_value(|told| *told != now) == Some(true) {
                told.set_value(now.clone());
                say("navigated", now);
            }
        });
    });
}

/// Tells what has changed, so that a portal can renew what it shows of it.
fn tell_changes(say: impl Fn(&str, Value) + Send + Sync + Copy + 'static) {
    let cache = expect_context::<QueryCache>();
    let changed = StoredValue::new(BTreeSet::new());
    let debounce = StoredValue::new_local(Debounce::default());
    cache.on_change(Callback::new(move |resource| {
        let Some(name) = name_of(resource) else { return };
        changed.update_value(|changed| {
            changed.insert(name);
        });
        debounce.with_value(|debounce| {
            debounce.call(SETTLES, move || {
                if let Some(resources) = changed.try_update_value(std::mem::take) {
                    say("changed", json!({"resources": resources}));
                }
            });
        });
    }));
}

fn name_of(resource: Resource) -> Option<&'static str> {
    match resource {
        Resource::KnowledgeBases | Resource::KnowledgeBase => Some("knowledge-bases"),
        Resource::Document => Some("documents"),
        Resource::Chunks | Resource::Chunk | Resource::ChildChunks => Some("chunks"),
        Resource::MetadataFields => Some("metadata"),
        Resource::Tags => Some("tags"),
        // What is found, and which models there are, no portal shows.
        _ => None,
    }
}

/// Tells what went wrong, as the sentence that stands on the screen.
fn tell_problems(say: impl Fn(&str, Value) + Copy + 'static) {
    let portal = expect_context::<Portal>();
    let toasts = expect_context::<Toasts>().list();
    Effect::new(move |_| {
        if let Some(problem) = portal.problem().get() {
            say("error", json!({"message": problem}));
        }
    });
    Effect::new(move |before: Option<Option<u32>>| {
        let before = before.flatten();
        toasts.with(|toasts| {
            for toast in toasts.iter().filter(|toast| toast.is_problem && before.is_none_or(|before| toast.id > before)) {
                say("error", json!({"message": toast.text}));
            }
            toasts.iter().map(|toast| toast.id).max().max(before)
        })
    });
}

/// Keeps what lies over the page in the part of the frame that can be seen. The style sheet does it, with these measures.
fn keep_in_sight(visible: RwSignal<Option<Visible>>) {
    let resized = RwSignal::new(());
    let handle = window_event_listener(leptos::ev::resize, move |_| {
        let _ = resized.try_set(());
    });
    on_cleanup(move || handle.remove());
    Effect::new(move |_| {
        resized.track();
        let Some(visible) = visible.get() else { return };
        let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
        let (above, below) = visible.insets(height);
        framing::set_measure("--above", above);
        framing::set_measure("--below", below);
        framing::set_measure("--window", visible.most);
    });
}
