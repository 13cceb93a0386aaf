//! What is known of a document's metadata: its fields and values, the built-in ones, and what was changed and not saved.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::{BUILT_IN_ID, Dataset, DocumentDetail, DocumentMetadata};

use crate::{
    components::metadata_values::words,
    i18n::Locale,
    model::{
        metadata::{Field, MetadataValue, built_in_fields, built_in_kind, value_of},
        metadata_edits::{Change, Edit},
    },
    pages::chunks::DocumentPlace,
    state::{metadata_draft::MetadataDraft, queries, query::use_query},
};

/// A value that the server fills in.
#[derive(Clone, PartialEq)]
pub struct BuiltIn {
    /// Name of the field, in words where the desk has some.
    pub name: String,
    /// The value.
    pub text: String,
    /// The exact time, of a time.
    pub utc: Option<String>,
}

/// The metadata of the document. Copy it into handlers.
#[derive(Clone, Copy)]
pub struct Values {
    /// Where the document is.
    pub place: StoredValue<DocumentPlace>,
    /// The fields of the knowledge base.
    pub fields: Memo<Vec<Field>>,
    /// The document's values, the built-in ones among them.
    pub all: Memo<Vec<DocumentMetadata>>,
    /// The built-in values.
    pub built_in: Memo<Vec<BuiltIn>>,
    /// What was changed and not saved.
    pub draft: MetadataDraft,
    /// Whether the values alone are read again: once the form has been opened.
    pub is_read_anew: RwSignal<bool>,
}

impl Values {
    /// The values as the document came with them; read by themselves once somebody edits.
    #[must_use]
    pub fn new(
        locale: Locale,
        place: DocumentPlace,
        detail: Signal<Arc<DocumentDetail>>,
        knowledge_base: Signal<Option<Arc<Dataset>>>,
    ) -> Self {
        let is_read_anew = RwSignal::new(false);
        let of = place.clone();
        let read = use_query(move || {
            let DocumentPlace { client, knowledge_base, id } = of.clone();
            is_read_anew.get().then_some(queries::DocumentValues(client, knowledge_base, id))
        });
        let all = Memo::new(move |_| {
            let read = read.data.with(|values| values.as_ref().map(|values| (**values).clone()));
            read.unwrap_or_else(|| detail.with(|detail| detail.doc_metadata.clone()))
        });
        let fields = Memo::new(move |_| {
            knowledge_base.with(|knowledge_base| {
                let fields =
                    knowledge_base.as_ref().map(|knowledge_base| knowledge_base.doc_metadata.clone()).unwrap_or_default();
                // Built-in ones are among them, all with one id.
                let own = fields.into_iter().filter(|field| field.id != BUILT_IN_ID);
                own.map(|field| Field { id: field.id, name: field.name, kind: field.kind }).collect()
            })
        });
        let has_built_in = Memo::new(move |_| all.with(|all| all.iter().any(|value| value.id == BUILT_IN_ID)));
        let of = place.clone();
        let said =
            use_query(move || has_built_in.get().then(|| queries::BuiltInFields(of.client.clone(), of.knowledge_base.clone())));
        let built_in = Memo::new(move |_| {
            // Read first: what is asked of the server follows it, and its change would go unnoticed behind that.
            let all = all.get();
            let fields = said.data.with(|said| built_in_fields(said.as_deref()));
            let shown = |value: &DocumentMetadata| {
                let found = MetadataValue::of(&built_in_kind(&fields, value), &value.value);
                let name = words::built_in(locale, &value.name).map_or_else(|| value.name.clone(), str::to_owned);
                BuiltIn { name, text: words::named(locale, &found), utc: words::utc(locale, &found) }
            };
            all.iter().filter(|value| value.id == BUILT_IN_ID).map(shown).collect()
        });
        let draft = MetadataDraft::open(&place.client, &place.knowledge_base);
        Self { place: StoredValue::new(place), fields, all, built_in, draft, is_read_anew }
    }

    /// The value of a field on the server, to track.
    #[must_use]
    pub fn server(self, field: &Field) -> MetadataValue {
        self.all.with(|all| value_of(all, field))
    }

    /// The change of a field, to track.
    #[must_use]
    pub fn edit(self, field: &Field) -> Option<Edit> {
        self.place.with_value(|place| self.draft.edits.with(|edits| edits.get(place.id.as_str(), &field.id).cloned()))
    }

    /// Changes a value in the draft.
    pub fn set(self, field: &Field, wanted: MetadataValue) {
        let server = untrack(|| self.server(field));
        let document = self.place.with_value(|place| place.id.to_string());
        self.draft.edits.update(|edits| edits.set(vec![Change { document, field: field.id.clone(), server, wanted }]));
    }

    /// The fields that were changed, with their changes, to track.
    #[must_use]
    pub fn changed(self) -> Vec<(Field, Edit)> {
        self.fields.with(|fields| fields.iter().filter_map(|field| Some((field.clone(), self.edit(field)?))).collect())
    }
}
