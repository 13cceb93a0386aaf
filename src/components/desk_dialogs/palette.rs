//! The command palette: typing finds, the arrows choose, Enter goes there or does it.

use std::collections::HashSet;

use leptos::{ev, html, prelude::*};

use super::entries::{Deed, Entry, Group, Surroundings, groups};
use crate::{
    api::Client,
    components::{use_access, use_go, use_shortcuts},
    dom::{focus, timers::Debounce},
    i18n::use_locale,
    routes::Route,
    state::{document_index::DocumentIndexes, portal::Portal, preferences::Preferences, queries, query::use_query},
    ui::{Dialog, Icon, element_id},
};

/// How long to wait for the next key before the server is asked, in milliseconds.
const PAUSE: u32 = 200;

#[component]
pub(super) fn PaletteDialog(client: Client, route: Signal<Route>, is_creating: RwSignal<bool>) -> impl IntoView {
    let locale = use_locale();
    view! {
        <Dialog
            open=use_shortcuts().is_palette_open
            title=locale.messages.keyboard.palette.to_owned()
            close_label=locale.messages.common.close
            class="palette"
        >
            <Palette client=client.clone() route is_creating />
        </Dialog>
    }
}

/// The groups that are offered for what is typed.
fn use_groups(client: &Client, route: Signal<Route>, text: RwSignal<String>, asked: RwSignal<String>) -> Memo<Vec<Group>> {
    let locale = use_locale();
    let (own, server) = (client.clone(), client.clone());
    let all = use_query(move || Some(queries::KnowledgeBases(own.clone())));
    let found = use_query(move || {
        let text = asked.get();
        (!text.is_empty()).then(|| queries::KnowledgeBaseSearch(server.clone(), text))
    });
    let here = untrack(|| route.with(|route| route.knowledge_base().cloned()));
    let documents = here.as_ref().map(|here| {
        let index = expect_context::<DocumentIndexes>().of(client, here);
        index.open();
        index.documents()
    });
    let connection = client.connection().to_owned();
    let (actions, access) = (use_shortcuts().actions(), use_access());
    let is_alone = !expect_context::<Portal>().is_embedded();
    let languages = if is_alone { expect_context::<Preferences>().languages() } else { Vec::new() };
    Memo::new_with_compare(
        move |_| {
            let mut known = HashSet::new();
            let lists = [all.data.get(), found.data.get()];
            let knowledge_bases =
                lists.iter().flatten().flat_map(|list| list.iter()).filter(|dataset| known.insert(dataset.id.clone())).cloned();
            let around = Surroundings {
                locale,
                connection: connection.clone(),
                access: access.clone(),
                knowledge_bases: knowledge_bases.collect(),
                here: here.clone(),
                documents: documents.as_ref().map(|documents| documents.with(|all| all.list.clone())).unwrap_or_default(),
                actions: actions.clone(),
                languages: languages.clone(),
            };
            text.with(|text| groups(text, &around))
        },
        |_, _| true,
    )
}

/// Does what was chosen, once the palette is closed and has given the focus back.
fn use_deeds(is_creating: RwSignal<bool>) -> impl Fn(Deed) + Clone {
    let shortcuts = use_shortcuts();
    let preferences = expect_context::<Preferences>();
    let go = use_go();
    move |deed| {
        shortcuts.is_palette_open.set(false);
        let go = go.clone();
        request_animation_frame(move || match deed {
            Deed::Go(route) => go(&route, ""),
            Deed::Page(run) => {
                let _ = run.try_run(());
            }
            Deed::AtDocuments(route, label) => {
                shortcuts.do_there(label);
                go(&route, "");
            }
            Deed::Create => is_creating.set(true),
            Deed::Theme(theme) => preferences.set_theme(theme),
            Deed::Language(language) => preferences.set_language(language),
            Deed::Keys => shortcuts.is_help_open.set(true),
        });
    }
}

#[component]
fn Palette(client: Client, route: Signal<Route>, is_creating: RwSignal<bool>) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.keyboard;
    let (text, asked) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let groups = use_groups(&client, route, text, asked);
    let active = RwSignal::new(0_usize);
    let count = Memo::new(move |_| groups.with(|groups| groups.iter().map(|group| group.entries.len()).sum::<usize>()));
    let list_id = element_id("palette");
    let option_id = {
        let list_id = list_id.clone();
        move |at: usize| format!("{list_id}-{at}")
    };
    let debounce = StoredValue::new_local(Debounce::default());
    let input = move |event: ev::Event| {
        text.set(event_target_value(&event));
        active.set(0);
        debounce.with_value(|debounce| {
            debounce.call(PAUSE, move || drop(asked.try_set(text.try_get_untracked().unwrap_or_default().trim().to_owned())));
        });
    };
    let act = use_deeds(is_creating);
    let choose = {
        let act = act.clone();
        move |at: usize| {
            let deed = groups
                .with_untracked(|groups| groups.iter().flat_map(|group| &group.entries).nth(at).map(|entry| entry.deed.clone()));
            if let Some(deed) = deed {
                act(deed);
            }
        }
    };
    let show_id = option_id.clone();
    let go_to = move |at: usize| {
        active.set(at);
        focus::show(&format!("#{}", show_id(at)));
    };
    let shortcuts = use_shortcuts();
    let on_keydown = {
        let choose = choose.clone();
        move |event: ev::KeyboardEvent| {
            let (now, count) = (active.get_untracked(), count.get_untracked());
            match event.key().as_str() {
                // A composition's own keys.
                _ if event.is_composing() => return,
                "ArrowDown" if count > 0 => go_to((now + 1) % count),
                "ArrowUp" if count > 0 => go_to((now + count - 1) % count),
                "PageDown" if count > 0 => go_to((now + 8).min(count - 1)),
                "PageUp" if count > 0 => go_to(now.saturating_sub(8)),
                "Enter" => choose(now),
                "k" | "K" if event.ctrl_key() || event.meta_key() => shortcuts.is_palette_open.set(false),
                _ => return,
            }
            event.prevent_default();
        }
    };
    let field = NodeRef::<html::Input>::new();
    let (controls, active_id) = (list_id.clone(), option_id.clone());
    let rows = move || {
        let mut first = 0;
        let view = |group: Group| {
            let start = first;
            first += group.entries.len();
            let (option_id, choose) = (option_id.clone(), choose.clone());
            let entries = group.entries.into_iter().enumerate().map(move |(at, entry)| {
                let choose = choose.clone();
                let at = start + at;
                view! { <Line entry id=option_id(at) at active on_choose=move |()| choose(at) /> }
            });
            let title = group.title.clone();
            view! {
                <div role="group" aria-label=group.title>
                    <p class="menu-label" aria-hidden="true">{title}</p>
                    {entries.collect_view()}
                </div>
            }
        };
        groups.get().into_iter().map(view).collect_view()
    };
    let nothing = move || {
        let is_nothing = count.get() == 0;
        is_nothing
            .then(|| view! { <p class="nothing">{text.with(|text| (locale.messages.common.nothing_found_for)(text.trim()))}</p> })
    };
    view! {
        <div class="palette-field">
            <Icon name="search" />
            <input
                type="text"
                node_ref=field
                role="combobox"
                autofocus=true
                autocomplete="off"
                spellcheck="false"
                aria-label=messages.palette_field
                placeholder=messages.palette_placeholder
                aria-autocomplete="list"
                aria-expanded="true"
                aria-controls=controls
                aria-activedescendant=move || (count.get() > 0).then(|| active_id(active.get()))
                prop:value=move || text.get()
                on:input=input
                on:keydown=on_keydown
            />
        </div>
        <div class="palette-list" id=list_id role="listbox" aria-label=messages.palette_list>{rows}</div>
        {nothing}
        <p class="visually-hidden" role="status">{move || (messages.palette_count)(count.get())}</p>
        <p class="palette-foot" aria-hidden="true">
            <span><kbd>"↑"</kbd><kbd>"↓"</kbd>{messages.choose}</span>
            <span><kbd>"Enter"</kbd>{messages.open}</span>
            <span><kbd>"Esc"</kbd>{messages.close}</span>
        </p>
    }
}

/// One entry. The letters that were typed are marked.
#[component]
fn Line(entry: Entry, id: String, at: usize, active: RwSignal<usize>, #[prop(into)] on_choose: Callback<()>) -> impl IntoView {
    let Entry { icon, name, at: marked, .. } = entry;
    let mut runs: Vec<(bool, String)> = Vec::new();
    for (place, letter) in name.chars().enumerate() {
        let is_marked = marked.binary_search(&place).is_ok();
        match runs.last_mut().filter(|(is, _)| *is == is_marked) {
            Some((_, run)) => run.push(letter),
            None => runs.push((is_marked, letter.to_string())),
        }
    }
    let run = |(is_marked, run): (bool, String)| if is_marked { view! { <b>{run}</b> }.into_any() } else { run.into_any() };
    view! {
        <div
            class="palette-line"
            id=id
            role="option"
            aria-selected=move || if active.get() == at { "true" } else { "false" }
            title=name.clone()
            on:pointermove=move |_| if active.get_untracked() != at { active.set(at) }
            // The field keeps the focus.
            on:mousedown=move |event| event.prevent_default()
            on:click=move |_| on_choose.run(())
        >
            <Icon name=icon />
            <span>{runs.into_iter().map(run).collect_view()}</span>
        </div>
    }
}
