//! The app itself: starts, reads the configuration, provides what is shared, and shows the page of the address.

mod lazy_pages;

use leptos::{mount::mount_to_body, prelude::*};
use leptos_router::{
    components::{FlatRoutes, Route as RouterRoute, Router},
    hooks::use_location,
    path,
};

use crate::{
    components::{Frame, Shortcuts, UploadTray, use_go},
    config::Config,
    dom::location,
    i18n::Locale,
    pages::{knowledge_bases::KnowledgeBasesPage, not_found::NotFoundPage},
    routes::Route,
    state::{
        capabilities::Capabilities, delayed::Delayed, document_index::DocumentIndexes, pipeline_files::PipelineFiles,
        pipeline_runs::PipelineRuns, preferences::Preferences, query::QueryCache, session::Session, title::TabTitle,
        toasts::Toasts, uploads::Uploads,
    },
};

/// Starts the app: the configuration first, because without it there is no server to ask.
pub fn start() {
    std::panic::set_hook(Box::new(crate::dom::crash::report));
    // Leptos' own executor is only there once something is mounted.
    wasm_bindgen_futures::spawn_local(async {
        let text = crate::api::http::fetch_text("config.json").await;
        match text.map_err(|error| error.to_owned()).and_then(|text| Config::parse(&text)) {
            Ok(config) => mount_to_body(move || view! { <App config=config.clone() /> }),
            Err(problem) => mount_to_body(move || view! { <BrokenConfig problem=problem.clone() /> }),
        }
        crate::dom::crash::started();
    });
}

#[component]
fn BrokenConfig(problem: String) -> impl IntoView {
    let common = &Locale::of(Preferences::load().language().get_untracked()).messages.common;
    view! {
        <main class="notice" role="alert">
            <h1>{common.config_broken}</h1>
            <pre tabindex="0">{problem}</pre>
            <p>{common.config_remedy}</p>
            <button type="button" class="button primary" on:click=|_| location::reload()>{common.retry}</button>
        </main>
    }
}

/// The whole app.
#[component]
pub fn App(
    /// What `config.json` holds.
    config: Config,
) -> impl IntoView {
    let session = Session::new(config);
    let preferences = Preferences::load();
    let cache = QueryCache::new();
    let indexes = DocumentIndexes::new();
    provide_context(session);
    provide_context(preferences);
    provide_context(cache);
    provide_context(indexes);
    provide_context(Capabilities::new());
    provide_context(Toasts::new());
    provide_context(Delayed::new());
    provide_context(TabTitle::new());
    provide_context(Shortcuts::listen());
    let pipeline_files = PipelineFiles::new();
    provide_context(pipeline_files);
    provide_context(PipelineRuns::new());
    provide_context(Uploads::new(session, indexes, cache, pipeline_files));
    crate::dom::picked::ignore_stray_drops();
    crate::dom::focus_keeper::watch();
    let base = session.base_path();
    view! {
        <Router base>
            {move || {
                // A change of language makes every view anew; what is shared stays.
                provide_context(Locale::of(preferences.language().get()));
                view! {
                    <FlatRoutes fallback=|| ()>
                        <RouterRoute path=path!("/*any") view=Shell />
                    </FlatRoutes>
                    <UploadTray />
                }
            }}
        </Router>
    }
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

#[component]
fn Shell() -> impl IntoView {
    let session = expect_context::<Session>();
    let location = use_location();
    let base = session.base_path();
    let route = Memo::new(move |_| location.pathname.with(|path| Route::parse(path, &base)));
    let connection_id = Memo::new(move |_| route.with(|route| route.connection().map(str::to_owned)));
    let go = use_go();
    Effect::new(move |_| {
        let first = session.config().connections.first().map(|connection| connection.id.clone());
        if let Some(connection) = first.filter(|_| route.get() == Route::Home) {
            go(&Route::KnowledgeBases { connection }, "");
        }
    });
    let place = Memo::new(move |_| route.with(Place::of));
    move || {
        let known = connection_id.get().and_then(|id| session.connection(&id));
        let first = || session.config().connections.first().and_then(|connection| session.connection(&connection.id));
        let Some((connection, client)) = known.clone().or_else(first) else { return ().into_any() };
        let is_known = known.is_some() || route.get_untracked() == Route::Home;
        view! {
            <Frame route connection>
                {move || {
                    let client = client.clone();
                    match place.get().0 {
                        Route::Home => ().into_any(),
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
