//! The app itself: starts, reads the configuration, provides what is shared, and shows the page of the address.

mod lazy_pages;

use leptos::{mount::mount_to_body, prelude::*};
use leptos_router::{
    components::{FlatRoutes, Route as RouterRoute, Router},
    hooks::use_location,
    path,
};

use crate::{
    api::http::{FetchProblem, fetch_text},
    components::{ConfigProblem, Frame, Part, Shortcuts, SignInAgain, UploadTray, parts, use_go},
    config::Config,
    dom::{element::set_root_attribute, location},
    i18n::Locale,
    pages::{knowledge_bases::KnowledgeBasesPage, not_found::NotFoundPage},
    routes::Route,
    state::{
        capabilities::Capabilities, delayed::Delayed, document_index::DocumentIndexes, pipeline_files::PipelineFiles,
        pipeline_runs::PipelineRuns, portal::Portal, preferences::Preferences, query::QueryCache, requests::Requests,
        session::Session, sign_in, sign_in::SignIn, title::TabTitle, toasts::Toasts, uploads::Uploads,
    },
};

/// Starts the app: the configuration first, because without it there is no server to ask.
pub fn start() {
    std::panic::set_hook(Box::new(crate::dom::crash::report));
    // Leptos' own executor is only there once something is mounted.
    wasm_bindgen_futures::spawn_local(async {
        let text = fetch_text("config.json").await;
        if text == Err(FetchProblem::SignedOut) {
            // The page came out of a cache, or its session ended just now.
            return location::leave_for(&sign_in::address(&location::base_path(), &location::path_and_query()));
        }
        let read = |text: String| Config::parse(&text).map_err(|broken| ConfigProblem::Broken(text, broken));
        match text.map_err(ConfigProblem::Fetch).and_then(read) {
            Ok(config) => mount_to_body(move || view! { <App config=config.clone() /> }),
            Err(problem) => mount_to_body(move || view! { <NoConfig problem=problem.clone() /> }),
        }
        crate::dom::crash::started();
    });
}

/// What stands in place of the desk without a configuration. What a server that answers can be told about is loaded from it.
#[component]
fn NoConfig(problem: ConfigProblem) -> impl IntoView {
    let locale = Locale::of(Preferences::load().language().get_untracked());
    if problem != ConfigProblem::Fetch(FetchProblem::Unreachable) {
        provide_context(locale);
        return parts(Part::Configuration(problem));
    }
    let common = &locale.messages.common;
    view! {
        <main class="notice" role="alert">
            <h1>{common.unreachable}</h1>
            <p>{common.unreachable_remedy}</p>
            <button type="button" class="button primary" on:click=|_| location::reload()>{common.retry}</button>
        </main>
    }
    .into_any()
}

/// The whole app.
#[component]
pub fn App(
    /// What `config.json` holds.
    config: Config,
) -> impl IntoView {
    let portal = Portal::find(&config);
    let preferences = Preferences::load();
    preferences.offer(&config.languages);
    provide_context(portal);
    if portal.refused().is_some() {
        provide_context(Locale::of(preferences.language().get_untracked()));
        return parts(Part::NotHere);
    }
    if portal.is_embedded() {
        set_root_attribute("data-embed", "");
    }
    let session = Session::new(config);
    let cache = QueryCache::new();
    let indexes = DocumentIndexes::new();
    provide_context(session);
    provide_context(preferences);
    provide_context(cache);
    provide_context(indexes);
    let capabilities = Capabilities::new();
    provide_context(capabilities);
    provide_context(Requests::listen(capabilities));
    provide_context(Toasts::new());
    provide_context(Delayed::new());
    provide_context(TabTitle::new());
    provide_context(Shortcuts::listen());
    let pipeline_files = PipelineFiles::new();
    provide_context(pipeline_files);
    provide_context(PipelineRuns::new());
    provide_context(Uploads::new(session, indexes, cache, capabilities, pipeline_files));
    provide_context(SignIn::listen(session));
    crate::dom::picked::ignore_stray_drops();
    crate::dom::focus_keeper::watch();
    let base = session.base_path();
    view! {
        <Router base>
            // Above the language: a change of it is nothing that the portal would begin anew for.
            {(!portal.origins().is_empty()).then(|| parts(Part::Portal))}
            {move || {
                // A change of language makes every view anew; what is shared stays.
                provide_context(Locale::of(preferences.language().get()));
                view! {
                    <FlatRoutes fallback=|| ()>
                        <RouterRoute path=path!("/*any") view=Shell />
                    </FlatRoutes>
                    <UploadTray />
                    <SignInAgain />
                }
            }}
        </Router>
    }
    .into_any()
}

/// What the page is made anew for. Chunk and query parameters are not part of it: those change a page in place.
#[derive(Clone, PartialEq)]
struct Place(Route);

impl Place {
    fn of(route: &Route) -> Self {
        match route {
            Route::Document { connection, knowledge_base, document, .. } => Self(Route::Document {
                connection: connection.clone(),
                knowledge_base: knowledge_base.clone(),
                document: document.clone(),
                chunk: None,
            }),
            other => Self(other.clone()),
        }
    }
}

/// Where a place without contents of its own leads: the start to the first connection, and a connection of one knowledge base
/// to that one.
fn start_of(session: Session, route: &Route) -> Option<Route> {
    let connection = match route {
        Route::Home => session.config().connections.first()?.id.clone(),
        Route::KnowledgeBases { connection } => connection.clone(),
        _ => return None,
    };
    let (_, client) = session.connection(&connection)?;
    Some(match client.access().only.clone() {
        Some(knowledge_base) => Route::Documents { connection, knowledge_base },
        None => Route::KnowledgeBases { connection },
    })
}

#[component]
fn Shell() -> impl IntoView {
    let session = expect_context::<Session>();
    let location = use_location();
    let base = session.base_path();
    let route = Memo::new(move |_| location.pathname.with(|path| Route::parse(path, &base)));
    let connection_id = Memo::new(move |_| route.with(|route| route.connection().map(str::to_owned)));
    let go = use_go();
    Effect::new(move |_| {
        session.track_access();
        let route = route.get();
        if let Some(start) = start_of(session, &route).filter(|start| *start != route) {
            go(&start, "");
        }
    });
    let place = Memo::new(move |_| route.with(Place::of));
    move || {
        session.track_access();
        let known = connection_id.get().and_then(|id| session.connection(&id));
        let first = || session.config().connections.first().and_then(|connection| session.connection(&connection.id));
        let Some((connection, client)) = known.clone().or_else(first) else { return ().into_any() };
        let is_known = known.is_some() || route.get_untracked() == Route::Home;
        let access = client.access().clone();
        provide_context(access.clone());
        view! {
            <Frame route connection>
                {move || {
                    let client = client.clone();
                    let place = place.get().0;
                    let is_known = is_known && place.knowledge_base().is_none_or(|id| access.covers(id));
                    match place {
                        Route::Home => ().into_any(),
                        Route::About { .. } if is_known => lazy_pages::about(client),
                        // On the way to the only one.
                        Route::KnowledgeBases { .. } if is_known && !access.has_list() => ().into_any(),
                        Route::KnowledgeBases { .. } if is_known => view! { <KnowledgeBasesPage client /> }.into_any(),
                        Route::Document { knowledge_base, document, .. } if is_known => {
                            let chunk = Signal::derive(move || route.with(|route| route.chunk().cloned()));
                            lazy_pages::chunks(client, knowledge_base, document, chunk)
                        }
                        Route::Documents { knowledge_base, .. } if is_known => lazy_pages::documents(client, knowledge_base),
                        Route::Pipeline { knowledge_base, .. } if is_known => lazy_pages::pipeline(client, knowledge_base),
                        Route::Retrieval { knowledge_base, .. } if is_known => lazy_pages::retrieval(client, knowledge_base),
                        Route::Metadata { knowledge_base, .. } if is_known => lazy_pages::metadata(client, knowledge_base),
                        Route::Settings { knowledge_base, .. } if is_known => lazy_pages::settings(client, knowledge_base),
                        _ => view! { <NotFoundPage /> }.into_any(),
                    }
                }}
            </Frame>
        }
        .into_any()
    }
}
