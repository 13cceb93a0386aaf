//! What the parts of the metadata screen share: documents, fields, and the changes that are not saved yet.

use std::{cell::Cell, collections::HashSet, rc::Rc, sync::Arc};

use leptos::prelude::*;
use loredesk_wire::{BuiltInField, BuiltInFields, Document, MetadataFieldList};

use crate::{
    api::{Client, safe_metadata::PartialUpdate},
    components::use_access,
    model::{
        access::Right,
        id::KnowledgeBaseId,
        metadata::{Field, MetadataValue, built_in_fields, value_of},
        metadata_edits::{Change, Edits},
    },
    state::{
        batch::BatchRun,
        document_index::{DocumentIndex, Documents},
        metadata_draft::MetadataDraft,
        query::QueryHandle,
    },
};

/// The screen. Provided by the page; copy it into handlers.
#[derive(Clone, Copy)]
pub struct Screen {
    /// The connection.
    pub client: StoredValue<Client>,
    /// The knowledge base's id.
    pub knowledge_base: StoredValue<KnowledgeBaseId>,
    /// Its documents.
    pub index: StoredValue<DocumentIndex>,
    /// Its documents, to track.
    pub documents: RwSignal<Documents>,
    /// Its fields as the server has them.
    pub list: QueryHandle<MetadataFieldList>,
    /// The custom fields, in the server's order.
    pub fields: Memo<Vec<Field>>,
    /// Changes that are not saved.
    pub edits: RwSignal<Edits>,
    /// Ids of the selected documents.
    pub selection: RwSignal<HashSet<String>>,
    /// Where they are kept, for this page and others.
    pub draft: MetadataDraft,
    /// The fields that the server fills in by itself.
    pub built_in: Memo<Vec<BuiltInField>>,
    /// Whether changes were here when the page was opened.
    pub is_restored: StoredValue<bool>,
    /// What was just discarded.
    pub discarded: RwSignal<Option<Edits>>,
    /// Something to tell about the latest paste or about changes that went.
    pub note: RwSignal<Option<String>>,
    /// Whether the preview is open.
    pub is_previewing: RwSignal<bool>,
    /// Whether the dialog that sets a field of the selected documents is open.
    pub is_setting: RwSignal<bool>,
    /// Whether values may be changed at all.
    pub may_change: bool,
    /// Saving.
    pub run: BatchRun,
    /// What is known of the server's partial updates.
    pub partial: StoredValue<Rc<Cell<PartialUpdate>>, LocalStorage>,
}

/// The screen of the page.
pub fn use_screen() -> Screen {
    expect_context::<Screen>()
}

impl Screen {
    /// A screen with the changes that the browser has kept.
    pub fn new(
        client: Client,
        knowledge_base: KnowledgeBaseId,
        index: DocumentIndex,
        list: QueryHandle<MetadataFieldList>,
        built_in: QueryHandle<BuiltInFields>,
    ) -> Self {
        let draft = MetadataDraft::open(&client, &knowledge_base);
        let may_change = use_access().may(Right::Change);
        let is_restored = may_change && draft.edits.with_untracked(|edits| edits.values() > 0);
        let fields = Memo::new(move |_| {
            let list = list.data.get();
            let of = |field: &loredesk_wire::MetadataFieldUse| Field {
                id: field.id.clone(),
                name: field.name.clone(),
                kind: field.kind.clone(),
            };
            list.map(|list| list.doc_metadata.iter().map(of).collect()).unwrap_or_default()
        });
        let screen = Self {
            client: StoredValue::new(client),
            knowledge_base: StoredValue::new(knowledge_base),
            documents: index.documents().into(),
            index: StoredValue::new(index),
            list,
            fields,
            // A draft waits for the right to save it.
            edits: if may_change { draft.edits } else { RwSignal::new(Edits::default()) },
            draft,
            built_in: Memo::new(move |_| built_in.data.with(|said| built_in_fields(said.as_deref()))),
            selection: RwSignal::new(HashSet::new()),
            is_restored: StoredValue::new(is_restored),
            discarded: RwSignal::new(None),
            note: RwSignal::new(None),
            is_previewing: RwSignal::new(false),
            is_setting: RwSignal::new(false),
            may_change,
            run: BatchRun::new(),
            partial: StoredValue::new_local(Rc::default()),
        };
        // What another tab has saved is on the server, and not in what was read here before.
        Effect::new(move |before: Option<u32>| {
            let now = draft.ended_elsewhere.get();
            if before.is_some_and(|before| before != now) {
                screen.index.with_value(DocumentIndex::reload);
            }
            now
        });
        screen
    }

    /// The value that a document has on the server.
    pub fn server_value(self, document: &Document, field: &Field) -> MetadataValue {
        value_of(&document.doc_metadata, field)
    }

    /// The value to show: the changed one, or the server's.
    pub fn value(self, edits: &Edits, document: &Document, field: &Field) -> MetadataValue {
        let edit = edits.get(&document.id, &field.id);
        edit.map_or_else(|| self.server_value(document, field), |edit| edit.wanted.clone())
    }

    /// Changes values in one step that can be taken back.
    pub fn set(self, values: Vec<(Arc<Document>, Field, MetadataValue)>) {
        if !self.may_change {
            return;
        }
        let changes = values.into_iter().map(|(document, field, wanted)| Change {
            server: self.server_value(&document, &field),
            document: document.id.clone(),
            field: field.id,
            wanted,
        });
        let changes = changes.collect();
        self.edits.update(|edits| edits.set(changes));
        self.discarded.set(None);
    }

    /// Throws the changes away; they can be brought back until the next one.
    pub fn discard(self) {
        let discarded = self.edits.get_untracked();
        self.edits.update(Edits::clear);
        self.discarded.set(Some(discarded));
    }

    /// Brings discarded changes back.
    pub fn restore(self) {
        if let Some(edits) = self.discarded.get_untracked() {
            self.edits.set(edits);
            self.discarded.set(None);
        }
    }

    /// The document of that id.
    pub fn document(self, id: &str) -> Option<Arc<Document>> {
        self.documents.with_untracked(|documents| documents.by_id(id).cloned())
    }
}
