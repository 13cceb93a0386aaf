//! The frame of every page: the rail with the connection, the knowledge bases and the preferences, and the place of the page.

use leptos::prelude::*;
use loredesk_wire::Dataset;

use super::{
    AccessNote, Link, StorageNote, ToastList,
    lazy_parts::{Part, parts},
    use_access, use_shortcuts,
};
use crate::{
    config::Connection,
    dom::{element::is_apple, focus, focus_keeper, visible::visible},
    i18n::use_locale,
    model::id::KnowledgeBaseId,
    routes::Route,
    state::{
        portal::Portal,
        preferences::{Language, Preferences, Theme},
        queries,
        query::use_query,
        session::Session,
        sign_in::SignIn,
        toasts::Toasts,
    },
    ui::{Icon, IconButton, Menu, MenuItem},
};

/// Knowledge bases in the rail before one has to search.
const SHOWN: usize = 50;

/// The frame around a page. In a portal it is the portal's, and only the page is shown.
#[component]
pub fn Frame(
    /// Where the app is.
    #[prop(into)]
    route: Signal<Route>,
    /// The connection that it is on.
    connection: Connection,
    /// The page.
    children: Children,
) -> impl IntoView {
    let messages = use_locale().messages;
    let is_rail_open = RwSignal::new(false);
    // Going somewhere closes the drawer of a narrow window.
    Effect::new(move |_| {
        route.track();
        is_rail_open.set(false);
    });
    let dialogs = connection.id.clone();
    let is_alone = !expect_context::<Portal>().is_embedded();
    let around = is_alone.then(|| {
        view! {
            <Rail route connection is_open=is_rail_open />
            <div class="scrim" on:click=move |_| is_rail_open.set(false)></div>
        }
    });
    let top = is_alone.then(|| {
        view! {
            <header class="topbar">
                <IconButton icon="menu" label=messages.common.open_navigation on_click=move |_| is_rail_open.update(|open| *open = !*open) />
                <span class="brand">{messages.common.product}</span>
                <PaletteButton is_short=true />
                <HelpButton />
            </header>
        }
    });
    let skip = is_alone.then(|| {
        view! {
            <a class="skip" href="#content" on:click=move |event| {
                // The router would take it for a place of the app.
                event.prevent_default();
                focus_keeper::title();
            }>{messages.common.skip_to_content}</a>
        }
    });
    view! {
        {skip}
        <div class="desk" class:rail-open=move || is_rail_open.get()>
            {around}
            <div class="page">
                {top}
                <StorageNote />
                <AccessNote />
                <main id="content" tabindex="-1">{children()}</main>
                {(!is_alone).then(|| view! { <SignedInLine /> })}
            </div>
        </div>
        <ToastList />
        <DeskDialogsOnceWanted route connection=dialogs />
    }
}

/// The dialogs of every page are fetched when the first of them is opened.
#[component]
fn DeskDialogsOnceWanted(route: Signal<Route>, connection: String) -> impl IntoView {
    let session = expect_context::<Session>();
    let shortcuts = use_shortcuts();
    let is_wanted = Memo::new(move |was: Option<&bool>| {
        was == Some(&true) || shortcuts.is_palette_open.get() || shortcuts.is_help_open.get()
    });
    move || {
        let (_, client) = is_wanted.get().then(|| session.connection(&connection)).flatten()?;
        Some(parts(Part::Desk(client, route)))
    }
}

/// Opens the command palette; wide, it looks like the field that it opens, with its key.
#[component]
fn PaletteButton(#[prop(optional)] is_short: bool) -> impl IntoView {
    let messages = &use_locale().messages.keyboard;
    let open = use_shortcuts().is_palette_open;
    if is_short {
        return view! { <IconButton icon="search" label=messages.palette on_click=move |_| open.set(true) /> }.into_any();
    }
    let keys = if is_apple() { "⌘ K" } else { "Ctrl K" };
    view! {
        <button type="button" class="palette-button" aria-keyshortcuts="Control+K Meta+K" on:click=move |_| open.set(true)>
            <Icon name="search" />
            <span>{messages.palette}</span>
            <kbd aria-hidden="true">{keys}</kbd>
        </button>
    }
    .into_any()
}

/// Shows the keys.
#[component]
fn HelpButton() -> impl IntoView {
    let label = use_locale().messages.common.keyboard;
    let open = use_shortcuts().is_help_open;
    view! { <IconButton icon="help" label on_click=move |_| open.set(true) /> }
}

#[component]
fn Rail(route: Signal<Route>, connection: Connection, is_open: RwSignal<bool>) -> impl IntoView {
    let messages = use_locale().messages;
    let session = expect_context::<Session>();
    let all = Route::KnowledgeBases { connection: connection.id.clone() };
    let id = connection.id.clone();
    let is_all = Signal::derive(move || matches!(route.get(), Route::KnowledgeBases { .. }));
    let name = connection.name.clone();
    let about = Route::About { connection: connection.id.clone() };
    let is_about = Signal::derive(move || matches!(route.get(), Route::About { .. }));
    view! {
        <nav class="rail" aria-label=messages.common.navigation on:keydown=move |event| {
            if event.key() == "Escape" && is_open.get_untracked() {
                event.prevent_default();
                is_open.set(false);
                // What opened it; inside, nothing can be seen any more.
                focus::first(".topbar button");
            }
        }>
            <div class="rail-head">
                <span class="brand"><Icon name="logo" />{messages.common.product}</span>
                <span><HelpButton /><PreferencesMenu /></span>
            </div>
            <PaletteButton />
            {(session.config().connections.len() > 1).then(|| view! { <ConnectionSwitcher connection /> })}
            {use_access().has_list().then(|| view! {
                <Link to=all is_current=is_all class="rail-link">
                    <Icon name="library" />
                    <span>{messages.common.knowledge_bases}</span>
                </Link>
            })}
            <KnowledgeBaseList route connection=id />
            <div class="rail-foot">
                <Link to=about is_current=is_about class="rail-about">
                    <Icon name="server" />
                    <span title=(messages.common.about)(&name)>{(messages.common.about)(&name)}</span>
                </Link>
            </div>
        </nav>
    }
}

#[component]
fn ConnectionSwitcher(connection: Connection) -> impl IntoView {
    let messages = use_locale().messages;
    let session = expect_context::<Session>();
    let go = super::use_go();
    let current = connection.id.clone();
    let items = session.config().connections.clone();
    let item_view = move |id: String, name: String| {
        let go = go.clone();
        let is_current = id == current;
        view! {
            <MenuItem checked=Signal::stored(is_current) on_select=move |()| go(&Route::KnowledgeBases { connection: id.clone() }, "")>
                {name}
            </MenuItem>
        }
    };
    view! {
        <Menu label=messages.common.connection text=connection.name.clone() icon="down" class="button connection">
            {items.iter().map(|item| item_view(item.id.clone(), item.name.clone())).collect_view()}
        </Menu>
    }
}

#[component]
fn PreferencesMenu() -> impl IntoView {
    let messages = use_locale().messages;
    let preferences = expect_context::<Preferences>();
    let languages = preferences.languages();
    let theme = move |theme: Theme, name: &'static str| {
        let checked = Signal::derive(move || preferences.theme().get() == theme);
        view! { <MenuItem checked on_select=move |()| preferences.set_theme(theme)>{name}</MenuItem> }
    };
    let language = move |language: Language, name: &'static str| {
        let checked = Signal::derive(move || preferences.language().get() == language);
        view! { <MenuItem checked on_select=move |()| preferences.set_language(language)><span lang=language.tag()>{name}</span></MenuItem> }
    };
    view! {
        <Menu label=messages.common.settings icon="settings">
            <p class="menu-label">{messages.common.theme}</p>
            {theme(Theme::System, messages.common.theme_system)}
            {theme(Theme::Light, messages.common.theme_light)}
            {theme(Theme::Dark, messages.common.theme_dark)}
            {(languages.len() > 1).then(|| view! { <p class="menu-label">{messages.common.language}</p> })}
            {languages.iter().filter(|_| languages.len() > 1).map(|(tag, name)| language(*tag, name)).collect_view()}
            <SignedInUser />
        </Menu>
    }
}

/// Who is signed in, and the way out, where the server in front of the desk has one.
#[component]
fn SignedInUser() -> impl IntoView {
    let messages = &use_locale().messages.common;
    let (session, sign_in, toasts) = (expect_context::<Session>(), expect_context::<SignIn>(), expect_context::<Toasts>());
    let name = sign_in.name().get();
    let can_sign_out = !session.config().user.sign_out.is_empty();
    (!name.is_empty()).then(move || {
        view! {
            <p class="menu-label">{(messages.signed_in_as)(&visible(&name))}</p>
            {can_sign_out.then(|| view! {
                <MenuItem on_select=move |()| sign_in.sign_out(move || toasts.problem(messages.not_signed_out))>{messages.sign_out}</MenuItem>
            })}
        }
    })
}

/// The same at the foot of a page in a portal, which has no menu: every change is put down under that name.
#[component]
fn SignedInLine() -> impl IntoView {
    let messages = &use_locale().messages.common;
    let name = expect_context::<SignIn>().name();
    move || {
        name.with(|name| (!name.is_empty()).then(|| view! { <p class="signed-in">{(messages.signed_in_as)(&visible(name))}</p> }))
    }
}

#[component]
fn KnowledgeBaseList(route: Signal<Route>, connection: String) -> impl IntoView {
    let locale = use_locale();
    let messages = locale.messages;
    let session = expect_context::<Session>();
    let id = connection.clone();
    let query = use_query(move || session.connection(&id).map(|(_, client)| queries::KnowledgeBases(client)));
    let filter = RwSignal::new(String::new());
    let shown = Signal::derive(move || {
        let filter = filter.get().to_lowercase();
        let all = query.data.get();
        let matches = |dataset: &&Dataset| dataset.name.to_lowercase().contains(&filter);
        all.map(|all| all.iter().filter(matches).take(SHOWN).cloned().collect::<Vec<_>>()).unwrap_or_default()
    });
    let count = Memo::new(move |_| query.data.with(|all| all.as_ref().map_or(0, |all| all.len())));
    let row = move |dataset: Dataset| {
        let knowledge_base = KnowledgeBaseId::parse(&dataset.id)?;
        let here = knowledge_base.clone();
        let is_current = Signal::derive(move || route.with(|route| route.knowledge_base() == Some(&here)));
        let to = Route::Documents { connection: connection.clone(), knowledge_base };
        let name = visible(&dataset.name);
        Some(view! {
            <li>
                <Link to is_current class="rail-item">
                    <span class="name" title=name.clone()>{name.clone()}</span>
                    <span class="count">{locale.number(dataset.total_documents.max(dataset.document_count))}</span>
                </Link>
            </li>
        })
    };
    view! {
        <Show when=move || { count.get() > 8 }>
            <input
                class="input rail-filter"
                type="text"
                aria-label=messages.knowledge_bases.search
                placeholder=messages.common.find
                prop:value=move || filter.get()
                on:input=move |event| filter.set(event_target_value(&event))
            />
        </Show>
        <ul class="rail-list">
            <For each=move || shown.get() key=|dataset| (dataset.id.clone(), dataset.name.clone(), dataset.total_documents) children=move |dataset| row(dataset) />
        </ul>
    }
}
