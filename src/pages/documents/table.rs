//! The list of documents: every page of them, of which only the rows near the window are made.

use std::sync::Arc;

use leptos::{html, prelude::*};
use loredesk_wire::Document;

use super::{
    arrange::{Arranged, COLUMNS, FIELD},
    columns::Columns,
    here,
    row::Row,
    screen::use_screen,
};
use crate::{
    components::{urls::Urls, use_row_keys},
    i18n::use_locale,
    ui::{Checkbox, Icon, VirtualRows, use_virtual_rows},
};

/// The list.
#[component]
pub fn Table(
    /// The list as it is shown.
    arranged: Memo<Arranged>,
    /// The address.
    urls: Urls,
    /// The columns that are shown.
    columns: Columns,
    /// Hears the rows, to put the focus on one.
    #[prop(into)]
    on_rows: Callback<VirtualRows>,
) -> impl IntoView {
    let locale = use_locale();
    let screen = use_screen();
    let (selection, documents) = (screen.selection, screen.documents.clone());
    let count = Signal::derive(move || arranged.with(|arranged| arranged.shown.len()));
    let body = NodeRef::<html::Tbody>::new();
    let rows = use_virtual_rows(body, count);
    on_rows.run(rows);
    let window = Memo::new_with_compare(
        move |_| {
            let range = rows.range().get();
            arranged.with(|arranged| {
                let range = range.start.min(arranged.shown.len())..range.end.min(arranged.shown.len());
                arranged.shown[range.clone()].iter().cloned().zip(range).collect::<Vec<(Arc<Document>, usize)>>()
            })
        },
        |_, _| true,
    );
    use_row_keys(
        rows,
        count,
        Callback::new(move |place: usize| {
            let id = arranged.with_untracked(|arranged| arranged.shown.get(place).map(|document| document.id.clone()));
            if let Some(id) = id {
                let is_selected = selection.with_untracked(|selection| selection.contains(&id));
                screen.select(&id, !is_selected);
            }
        }),
    );
    let here = here::follow(documents, arranged, rows, urls);
    view! {
        <div
            class="rows"
            data-rows=""
            tabindex="-1"
            on:focusin=move |_| {
                rows.note_focus();
                here.note();
            }
        >
            <table
                class=move || columns.class()
                aria-label=locale.messages.documents.table
                aria-rowcount=move || count.get() + 1
            >
                <Head arranged urls columns />
                <tbody node_ref=body>
                    <tr class="space" aria-hidden="true" style:height=move || rows.space_above()></tr>
                    <For each=move || window.get() key=|(document, _)| document.id.clone() let((document, _))>
                        <Row document window columns here=here.id />
                    </For>
                    <tr class="space" aria-hidden="true" style:height=move || rows.space_below()></tr>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Head(arranged: Memo<Arranged>, urls: Urls, columns: Columns) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.documents;
    let selection = use_screen().selection;
    let words = [messages.name, messages.status, messages.kind, messages.size, messages.words, messages.hits, messages.created];
    let head = move |at: usize| {
        let (column, word) = (COLUMNS[at], words[at]);
        // Names and types begin with A, numbers and times with the greatest.
        let is_number = matches!(at, 3..=6);
        view! { <SortHead column=column.to_owned() word=word.to_owned() class=format!("column-{column}") is_number is_right=matches!(at, 3..=5) urls /> }
    };
    let field_head = move |field: String| {
        view! { <SortHead column=format!("{FIELD}{field}") word=field class="column-field".to_owned() is_number=false is_right=false urls /> }
    };
    let picked = Memo::new(move |_| {
        selection.with(|selection| {
            arranged.with(|arranged| {
                let picked = arranged.shown.iter().filter(|document| selection.contains(&document.id)).count();
                (picked, arranged.shown.len())
            })
        })
    });
    let select_all = move |is_selected: bool| {
        selection.update(|selection| {
            arranged.with_untracked(|arranged| {
                for document in &arranged.shown {
                    if is_selected {
                        selection.insert(document.id.clone());
                    } else {
                        selection.remove(&document.id);
                    }
                }
            });
        });
    };
    view! {
        <thead>
            <tr aria-rowindex="1">
                <th class="select-cell">
                    <Checkbox
                        checked=Signal::derive(move || picked.with(|(picked, all)| picked == all && *all > 0))
                        is_partial=Signal::derive(move || picked.with(|(picked, all)| *picked > 0 && picked < all))
                        label=Signal::derive(move || (messages.select_all)(&locale.number(picked.get().1 as u64)))
                        is_label_hidden=true
                        on_change=select_all
                    />
                </th>
                {(0..COLUMNS.len()).map(head).collect_view()}
                <For each=move || columns.fields.get() key=Clone::clone children=field_head />
                <th class="row-actions"><span class="visually-hidden">{locale.messages.common.more_actions}</span></th>
            </tr>
        </thead>
    }
}

/// The head of a column: the first press sorts by it, the second the other way, a third is the server's order again.
#[component]
fn SortHead(column: String, word: String, class: String, is_number: bool, is_right: bool, urls: Urls) -> impl IntoView {
    let locale = use_locale();
    let sort = urls.text("sort");
    let (up, down) = (column.clone(), format!("-{column}"));
    let is_up = Memo::new(move |_| sort.with(|sort| *sort == up));
    let is_down = Memo::new(move |_| sort.with(|sort| *sort == down));
    let next = move || match (is_up.get_untracked(), is_down.get_untracked(), is_number) {
        (false, false, true) | (true, false, false) => format!("-{column}"),
        (false, false, false) | (false, true, true) => column.clone(),
        _ => String::new(),
    };
    let order = move || match (is_up.get(), is_down.get()) {
        (true, _) => Some("ascending"),
        (_, true) => Some("descending"),
        _ => None,
    };
    let title = (locale.messages.common.sort_by)(&word);
    view! {
        <th scope="col" class=class class:number=is_right aria-sort=order>
            <button type="button" class="sort" title=title on:click=move |_| urls.set(&[("sort", &next())])>
                <span class="sort-word">{word}</span>
                <Show when=move || is_up.get()><Icon name="up" /></Show>
                <Show when=move || is_down.get()><Icon name="down" /></Show>
            </button>
        </th>
    }
}
