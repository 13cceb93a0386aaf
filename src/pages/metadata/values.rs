//! The view of the values: search and filters above, the grid or one document below, and the bars of what is selected and changed.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::Document;

use super::{
    changes_bar::ChangesBar,
    grid::GridView,
    one_document::OneDocument,
    screen::{Screen, use_screen},
    set_dialog::SetDialog,
};
use crate::{
    api::ApiError,
    components::{ErrorPanel, Link, urls::Urls},
    dom::media,
    i18n::use_locale,
    model::metadata::MetadataValue,
    routes::Route,
    ui::{Empty, Progress, SearchField, Skeleton},
};

/// Below this width one document is shown at a time.
const NARROW: &str = "(max-width: 700px)";

/// The documents of the view, in the server's order.
pub type Shown = Memo<Vec<Arc<Document>>>;

/// What the list is just now.
#[derive(Clone, PartialEq)]
enum Face {
    Loading,
    Failed(ApiError),
    Empty,
    List,
}

/// The view.
#[component]
pub fn ValuesView(
    /// The address.
    urls: Urls,
    /// The choice of views, at the left of the bar.
    children: ChildrenFn,
) -> impl IntoView {
    let locale = use_locale();
    let screen = use_screen();
    let face = Memo::new(move |_| {
        screen.documents.with(|documents| match (&documents.error, documents.list.is_empty()) {
            (_, false) => Face::List,
            (Some(error), true) => Face::Failed(error.clone()),
            (None, true) if documents.is_complete => Face::Empty,
            (None, true) => Face::Loading,
        })
    });
    let children = StoredValue::new(children);
    move || {
        let views = move || children.with_value(|children| children());
        match face.get() {
            Face::List => view! { <List urls>{views()}</List> }.into_any(),
            Face::Loading => view! { {views()} <Skeleton lines=10 label=locale.messages.common.loading /> }.into_any(),
            Face::Failed(error) => {
                let retry = move |()| screen.index.with_value(crate::state::document_index::DocumentIndex::reload);
                view! { {views()} <ErrorPanel error retry /> }.into_any()
            }
            Face::Empty => view! { {views()} <NoDocuments /> }.into_any(),
        }
    }
}

#[component]
fn NoDocuments() -> impl IntoView {
    let messages = use_locale().metadata();
    let screen = use_screen();
    let to = Route::Documents {
        connection: screen.client.with_value(|client| client.connection().to_owned()),
        knowledge_base: screen.knowledge_base.get_value(),
    };
    view! {
        <Empty icon="document" title=messages.grid.no_documents_title text=messages.grid.no_documents_text>
            <Link to class="button primary">{messages.grid.to_documents}</Link>
        </Empty>
    }
}

#[component]
fn List(urls: Urls, children: Children) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.metadata().grid;
    let screen = use_screen();
    let (search, only) = (urls.text("search"), urls.text("only"));
    let shown: Shown = Memo::new_with_compare(
        move |_| {
            let search = search.with(|search| search.to_lowercase());
            let only = only.get();
            // The filters look at the changes when they are set, not at every key: a row must not vanish under one's hands.
            screen.edits.with_untracked(|edits| {
                screen.documents.with(|documents| {
                    let is_found = |document: &&Arc<Document>| document.name.to_lowercase().contains(&search);
                    let is_wanted = |document: &&Arc<Document>| match only.as_str() {
                        "changed" => edits.of(&document.id).is_some(),
                        "incomplete" => is_incomplete(screen, document),
                        _ => true,
                    };
                    documents.list.iter().filter(is_found).filter(is_wanted).cloned().collect()
                })
            })
        },
        |_, _| true,
    );
    let is_nothing = Memo::new(move |_| shown.with(Vec::is_empty));
    let is_narrow = media::matches(NARROW);
    let counts = Memo::new(move |_| {
        (shown.with(|shown| shown.len() as u64), screen.documents.with(|documents| documents.list.len() as u64))
    });
    let sum = move || {
        let (shown, all) = counts.get();
        (messages.count)(&locale.number(shown), &locale.number(all))
    };
    let chip = move |value: &'static str, words: &'static str| {
        let is_on = move || only.with(|only| only == value);
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || if is_on() { "true" } else { "false" }
                on:click=move |_| urls.set(&[("only", if is_on() { "" } else { value })])
            >{words}</button>
        }
    };
    view! {
        <div class="bar">
            {children()}
            <SearchField
                value=search
                label=messages.search
                clear_label=locale.messages.common.clear
                on_search=move |text: String| urls.set(&[("search", &text)])
            />
            {screen.may_change.then(|| chip("changed", messages.only_changed))}
            {chip("incomplete", messages.only_missing)}
            <Loading />
            <span class="sum" role="status">{sum}</span>
        </div>
        <Show when=move || !is_nothing.get() fallback=move || view! { <p class="nothing">{messages.nothing}</p> }>
            {move || if is_narrow.get() {
                view! { <OneDocument shown urls /> }.into_any()
            } else {
                view! { <GridView shown /> }.into_any()
            }}
        </Show>
        <ChangesBar />
        <SetDialog />
    }
}

/// Whether a field of a document has no value, or one that does not fit.
fn is_incomplete(screen: Screen, document: &Document) -> bool {
    screen.fields.with(|fields| {
        fields.iter().any(|field| {
            let value = screen.server_value(document, field);
            value == MetadataValue::Empty || !value.fits(&field.kind)
        })
    })
}

/// How far the first load is: until it is done, the grid has only what is here.
#[component]
fn Loading() -> impl IntoView {
    let locale = use_locale();
    let screen = use_screen();
    let loaded = Memo::new(move |_| {
        screen.documents.with(|documents| {
            let is_partial = documents.is_loading && !documents.is_complete && documents.total > documents.list.len() as u64;
            is_partial.then_some((documents.list.len() as u64, documents.total))
        })
    });
    let text = move || {
        let (loaded, total) = loaded.get().unwrap_or_default();
        (locale.messages.documents.loaded_of)(&locale.number(loaded), &locale.number(total))
    };
    #[expect(clippy::cast_precision_loss, reason = "a bar")]
    let part = move || loaded.get().map(|(loaded, total)| loaded as f64 / total as f64);
    view! {
        <Show when=move || loaded.with(Option::is_some)>
            <span class="loading-part">
                <Progress value=Signal::derive(part) label=Signal::derive(text) />
                <span aria-hidden="true">{text}</span>
            </span>
        </Show>
    }
}
