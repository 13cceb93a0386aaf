//! Which columns the list shows: chosen in a menu, kept for each knowledge base, and in the address, so that a link shows the same.

use std::{collections::BTreeSet, sync::Arc};

use leptos::prelude::*;
use loredesk_wire::Document;

use super::{
    arrange::{COLUMNS, FIELD, field_value},
    screen::use_screen,
};
use crate::{
    components::urls::Urls,
    dom::{format, storage},
    i18n::{Locale, use_locale},
    model::metadata::MetadataValue,
    state::view_choice::{parse_names, print_names},
    ui::{Menu, MenuItem},
};

/// Where nothing but the names are shown: an empty text is the plain list.
const NONE: &str = "-";

/// The columns that are shown, to track. Copy it into the parts of the list.
#[derive(Clone, Copy)]
pub struct Columns {
    shown: Memo<Vec<String>>,
    /// The chosen metadata fields.
    pub fields: Memo<Vec<String>>,
    change: Callback<Vec<String>>,
}

/// The columns of the address, or those kept for the knowledge base, or all but metadata.
#[must_use]
pub fn use_columns(urls: Urls) -> Columns {
    let screen = use_screen();
    let key = format!("loredesk.columns.{}.{}", screen.client.connection(), screen.knowledge_base);
    let kept = RwSignal::new(storage::get(&key).unwrap_or_default());
    let text = urls.text("columns");
    let shown = Memo::new(move |_| {
        let text = text.get();
        let text = if text.is_empty() { kept.get() } else { text };
        if text.is_empty() { plain() } else { parse_names(&text) }
    });
    let fields = Memo::new(move |_| {
        shown.with(|shown| shown.iter().filter_map(|column| column.strip_prefix(FIELD)).map(str::to_owned).collect())
    });
    let change = Callback::new(move |columns: Vec<String>| {
        let text = if columns == plain() {
            String::new()
        } else if columns.is_empty() {
            NONE.to_owned()
        } else {
            print_names(&columns)
        };
        storage::set(&key, &text);
        kept.set(text.clone());
        urls.set(&[("columns", &text)]);
    });
    Columns { shown, fields, change }
}

fn plain() -> Vec<String> {
    COLUMNS.iter().skip(1).map(|column| (*column).to_owned()).collect()
}

/// The columns with one put in, or taken out; those of the list stand in its order, metadata after them.
fn toggled(shown: &[String], column: &str) -> Vec<String> {
    let is_in = |name: &str| (name == column) != shown.iter().any(|known| known == name);
    let own = plain().into_iter().filter(|name| is_in(name));
    let fields = shown.iter().filter(|name| name.starts_with(FIELD) && *name != column).cloned();
    let new = (column.starts_with(FIELD) && is_in(column)).then(|| column.to_owned());
    own.chain(fields).chain(new).collect()
}

impl Columns {
    /// The class that hides the columns that are not shown.
    #[must_use]
    pub fn class(self) -> String {
        self.shown.with(|shown| {
            let hidden = plain().into_iter().filter(|column| !shown.contains(column));
            hidden.fold(String::from("table documents"), |class, column| format!("{class} hide-{column}"))
        })
    }
}

/// The fields that documents carry, by name.
fn fields_of(documents: &[Arc<Document>]) -> Vec<String> {
    let names: BTreeSet<&str> =
        documents.iter().flat_map(|document| &document.doc_metadata).map(|value| value.name.as_str()).collect();
    names.into_iter().map(str::to_owned).collect()
}

/// The value of a field in a document, as people read it.
#[must_use]
pub fn field_text(locale: Locale, document: &Document, field: &str) -> String {
    match field_value(document, field) {
        MetadataValue::Empty => locale.messages.common.none.to_owned(),
        MetadataValue::Time(seconds) => format::day(locale.tag, seconds),
        other => other.plain(),
    }
}

/// The menu in which columns are chosen.
#[component]
pub fn ColumnMenu(
    /// The columns.
    columns: Columns,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.documents;
    let documents = StoredValue::new(use_screen().documents);
    let item = move |column: String, word: String| {
        let (own, name) = (column.clone(), column);
        let checked = Signal::derive(move || columns.shown.with(|shown| shown.contains(&own)));
        let choose = move |()| columns.change.run(toggled(&columns.shown.get_untracked(), &name));
        view! { <MenuItem checked=checked on_select=choose>{word}</MenuItem> }
    };
    let words = [messages.status, messages.kind, messages.size, messages.words, messages.hits, messages.created];
    view! {
        <Menu label=locale.document_actions().columns icon="settings">
            {move || {
                let own = plain().into_iter().zip(words).map(|(column, word)| item(column, word.to_owned()));
                let mut fields = documents.with_value(|documents| documents.with_untracked(|documents| fields_of(&documents.list)));
                // One that is chosen can be taken out even when no document carries it.
                for chosen in columns.fields.get_untracked() {
                    if !fields.contains(&chosen) {
                        fields.push(chosen);
                    }
                }
                let fields = fields.into_iter().map(|field| item(format!("{FIELD}{field}"), field));
                own.chain(fields).collect_view()
            }}
        </Menu>
    }
}

#[cfg(test)]
mod tests {
    use loredesk_wire::DocumentMetadata;

    use super::*;

    #[test]
    fn columns_keep_their_order_and_metadata_comes_after_them() {
        let without = toggled(&plain(), "size");
        assert!(!without.contains(&"size".to_owned()));
        assert_eq!(toggled(&without, "size"), plain());
        let with = toggled(&without, "m:author");
        assert_eq!(with.last().map(String::as_str), Some("m:author"));
        assert_eq!(toggled(&toggled(&with, "size"), "m:author"), plain());
        assert_eq!(toggled(&["status".to_owned()], "status"), Vec::<String>::new());
    }

    #[test]
    fn fields_are_those_that_documents_carry_each_once() {
        let with = |names: &[&str]| {
            let doc_metadata =
                names.iter().map(|name| DocumentMetadata { name: (*name).to_owned(), ..DocumentMetadata::default() }).collect();
            Arc::new(Document { doc_metadata, ..Document::default() })
        };
        assert_eq!(fields_of(&[with(&["b", "a"]), with(&["b"]), with(&[])]), ["a", "b"]);
    }
}
