//! The bar above the list: search, filters with their counts, how many are shown.

use leptos::prelude::*;
use loredesk_wire::DisplayStatus;

use super::{
    arrange::{Arranged, Facet},
    columns::{ColumnMenu, Columns},
    screen::use_screen,
    status,
};
use crate::{
    components::urls::Urls,
    i18n::use_locale,
    state::view_choice::{parse_names, parse_pairs, toggled_name, toggled_pair},
    ui::{Button, ButtonKind, Menu, MenuItem, Progress, SearchField},
};

/// File types that are offered as filters; the rest is what the search is for.
const TYPES: usize = 8;

/// The bar.
#[component]
pub fn Filters(
    /// The list as it is shown.
    arranged: Memo<Arranged>,
    /// The address.
    urls: Urls,
    /// The columns of the list.
    columns: Columns,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.documents;
    let (search, statuses, types, enabled) = (urls.text("search"), urls.text("status"), urls.text("type"), urls.text("enabled"));
    let metadata = urls.text("metadata");
    let has_filters =
        Memo::new(move |_| [statuses, types, enabled, metadata].iter().any(|filter| filter.with(|filter| !filter.is_empty())));
    let status_word = move |value: &str| match value {
        status::STUCK => locale.document_actions().delays.stuck.to_owned(),
        value => status::word(locale, &DisplayStatus::from(value)).to_owned(),
    };
    let type_word = move |value: &str| if value.is_empty() { messages.no_kind.to_owned() } else { value.to_owned() };
    let enabled_word =
        move |value: &str| if value == "yes" { messages.enabled.to_owned() } else { messages.not_enabled.to_owned() };
    view! {
        <div class="bar">
            <SearchField
                value=search
                label=messages.search
                clear_label=locale.messages.common.clear
                on_search=move |text: String| urls.set(&[("search", &text)])
            />
            <Loading />
            <Sum arranged />
            <ColumnMenu columns />
        </div>
        <div class="facets">
            <Group
                label=messages.filter_status
                name="status"
                urls
                chosen=statuses
                facets=Memo::new(move |_| arranged.with(|arranged| arranged.statuses.clone()))
                word=Callback::new(move |value: String| status_word(&value))
            />
            <Group
                label=messages.filter_kind
                name="type"
                urls
                chosen=types
                facets=Memo::new(move |_| {
                    arranged.with(|arranged| arranged.types.iter().take(TYPES).cloned().collect::<Vec<_>>())
                })
                word=Callback::new(move |value: String| type_word(&value))
            />
            <Group
                label=messages.filter_enabled
                name="enabled"
                urls
                chosen=enabled
                facets=Memo::new(move |_| arranged.with(|arranged| arranged.enabled.clone()))
                word=Callback::new(move |value: String| enabled_word(&value))
            />
            <MetadataFilter arranged urls chosen=metadata />
            <Show when=move || has_filters.get()>
                <Button kind=ButtonKind::Quiet icon="close" on_click=move |_| {
                    urls.set(&[("status", ""), ("type", ""), ("enabled", ""), ("metadata", "")]);
                }>{messages.clear_filters}</Button>
            </Show>
        </div>
    }
}

/// One filter: a chip a value.
#[component]
fn Group(
    label: &'static str,
    name: &'static str,
    urls: Urls,
    chosen: Memo<String>,
    facets: Memo<Vec<Facet>>,
    word: Callback<String, String>,
) -> impl IntoView {
    let locale = use_locale();
    let order = Memo::new(move |_| facets.with(|facets| facets.iter().map(|facet| facet.value.clone()).collect::<Vec<_>>()));
    let chip = move |value: String| {
        let (own, pressed, counted) = (value.clone(), value.clone(), value.clone());
        let is_on = Memo::new(move |_| chosen.with(|chosen| parse_names(chosen).contains(&pressed)));
        let count = Memo::new(move |_| {
            facets.with(|facets| facets.iter().find(|facet| facet.value == counted).map_or(0, |facet| facet.count))
        });
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || if is_on.get() { "true" } else { "false" }
                on:click=move |_| urls.set(&[(name, &toggled_name(&chosen.get_untracked(), &own))])
            >
                {word.run(value)}
                <span class="chip-count">{move || locale.number(count.get())}</span>
            </button>
        }
    };
    view! {
        <Show when=move || !order.with(Vec::is_empty)>
            <div class="facet" role="group" aria-label=label>
                <For each=move || order.get() key=|value| value.clone() children=chip />
            </div>
        </Show>
    }
}

/// The filters by metadata: those that are on as chips, all of them in a menu.
#[component]
fn MetadataFilter(arranged: Memo<Arranged>, urls: Urls, chosen: Memo<String>) -> impl IntoView {
    let locale = use_locale();
    let messages = locale.document_actions();
    let is_offered = Memo::new(move |_| arranged.with(|arranged| !arranged.metadata.is_empty()));
    let toggle = move |field: &str, value: &str| {
        urls.set(&[("metadata", &toggled_pair(&chosen.get_untracked(), field, value))]);
    };
    let chip = move |(field, value): (String, String)| {
        let text = format!("{field}: {value}");
        view! {
            <button type="button" class="chip" aria-pressed="true" on:click=move |_| toggle(&field, &value)>{text}</button>
        }
    };
    let items = move || {
        let on = parse_pairs(&chosen.get_untracked());
        let fields = arranged.with_untracked(|arranged| arranged.metadata.clone());
        let all = fields.into_iter().flat_map(|(field, facets)| facets.into_iter().map(move |facet| (field.clone(), facet)));
        let item = |(field, facet): (String, Facet)| {
            let is_on = on.iter().any(|(known, value)| *known == field && *value == facet.value);
            let text = format!("{field}: {} ({})", facet.value, locale.number(facet.count));
            view! {
                <MenuItem checked=Signal::stored(is_on) on_select=move |()| toggle(&field, &facet.value)>{text}</MenuItem>
            }
        };
        all.map(item).collect_view()
    };
    view! {
        <Show when=move || is_offered.get()>
            <div class="facet" role="group" aria-label=messages.metadata>
                <For each=move || parse_pairs(&chosen.get()) key=Clone::clone children=chip />
                <Menu label=messages.metadata text=Signal::stored(messages.metadata.to_owned()) icon="down" class="chip">{items}</Menu>
            </div>
        </Show>
    }
}

/// How many are shown, read out when it changes.
#[component]
fn Sum(arranged: Memo<Arranged>) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.documents;
    let documents = use_screen().documents;
    let counts = Memo::new(move |_| {
        (arranged.with(|arranged| arranged.shown.len() as u64), documents.with(|documents| documents.list.len() as u64))
    });
    view! {
        <span class="sum" role="status">
            {move || match counts.get() {
                (shown, all) if shown == all => (messages.count)(all, &locale.number(all)),
                (shown, all) => (messages.count_of)(&locale.number(shown), &locale.number(all)),
            }}
        </span>
    }
}

/// How far the first load is: until it is done, order and filters see only what is here.
#[component]
fn Loading() -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.documents;
    let documents = use_screen().documents;
    let loaded = Memo::new(move |_| {
        documents.with(|documents| {
            let is_partial = documents.is_loading && !documents.is_complete && documents.total > documents.list.len() as u64;
            is_partial.then_some((documents.list.len() as u64, documents.total))
        })
    });
    let text = move || {
        let (loaded, total) = loaded.get().unwrap_or_default();
        (messages.loaded_of)(&locale.number(loaded), &locale.number(total))
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
