//! Every query of the app. A new one starts as a copy of the nearest.

use std::future::Future;

use loredesk_wire::{
    ChildChunkPage, Dataset, DatasourceNode, DocumentDetail, DocumentMetadata, MetadataFieldList, ModelProviders, ModelType,
    RetrieveRecord, RetrieveRequest, Segment, SegmentsAnswer, Tag,
};

use super::{
    cache::{Key, Resource},
    query::Query,
};
use crate::{
    api::{
        ApiError, Client, dify,
        safe_chunk::RemoteChunk,
        safe_tags::{self, TagList},
    },
    dom::clock,
    model::{
        chunk::READ_MAX,
        document::is_settled,
        id::{ChunkId, DocumentId, KnowledgeBaseId},
        retrieval::{ModelName, RetrievalSettings},
    },
};

/// All knowledge bases of a connection.
#[derive(Clone, PartialEq)]
pub struct KnowledgeBases(pub Client);

impl Query for KnowledgeBases {
    type Value = Vec<Dataset>;

    fn key(&self) -> Key {
        let only = self.0.access().only.as_ref().map_or("", |only| only.as_str());
        Key { resource: Resource::KnowledgeBases, identity: format!("{}/{only}", self.0.connection()) }
    }

    fn fetch(&self) -> impl Future<Output = Result<Self::Value, ApiError>> + 'static {
        let client = self.0.clone();
        async move { dify::datasets::list_all(&client).await }
    }
}

/// The knowledge bases whose name holds a text, as the server finds them.
#[derive(Clone, PartialEq)]
pub struct KnowledgeBaseSearch(pub Client, pub String);

impl Query for KnowledgeBaseSearch {
    type Value = Vec<Dataset>;

    fn key(&self) -> Key {
        Key { resource: Resource::KnowledgeBases, identity: format!("{}?{}", self.0.connection(), self.1) }
    }

    fn fetch(&self) -> impl Future<Output = Result<Self::Value, ApiError>> + 'static {
        let Self(client, text) = self.clone();
        async move { dify::datasets::search(&client, &text).await }
    }
}

/// One knowledge base.
#[derive(Clone, PartialEq)]
pub struct KnowledgeBase(pub Client, pub KnowledgeBaseId);

impl Query for KnowledgeBase {
    type Value = Dataset;

    fn key(&self) -> Key {
        Key { resource: Resource::KnowledgeBase, identity: format!("{}/{}", self.0.connection(), self.1) }
    }

    fn fetch(&self) -> impl Future<Output = Result<Self::Value, ApiError>> + 'static {
        let Self(client, id) = self.clone();
        async move { dify::datasets::get(&client, &id).await }
    }
}

/// The tags of a workspace.
#[derive(Clone, PartialEq)]
pub struct Tags(pub Client);

impl Query for Tags {
    type Value = TagList;

    fn key(&self) -> Key {
        Key { resource: Resource::Tags, identity: self.0.connection().to_owned() }
    }

    fn fetch(&self) -> impl Future<Output = Result<Self::Value, ApiError>> + 'static {
        let client = self.0.clone();
        async move { safe_tags::list(&client).await }
    }
}

/// The tags of one knowledge base.
#[derive(Clone, PartialEq)]
pub struct KnowledgeBaseTags(pub Client, pub KnowledgeBaseId);

impl Query for KnowledgeBaseTags {
    type Value = Vec<Tag>;

    fn key(&self) -> Key {
        Key { resource: Resource::Tags, identity: format!("{}/{}", self.0.connection(), self.1) }
    }

    fn fetch(&self) -> impl Future<Output = Result<Self::Value, ApiError>> + 'static {
        let Self(client, id) = self.clone();
        async move { Ok(dify::tags::of_knowledge_base(&client, &id).await?.data) }
    }
}

/// The models of a type that a server can use.
#[derive(Clone, PartialEq)]
pub struct Models(pub Client, pub ModelType);

impl Query for Models {
    type Value = ModelProviders;

    fn key(&self) -> Key {
        Key { resource: Resource::Models, identity: format!("{}/{}", self.0.connection(), self.1.as_str()) }
    }

    fn fetch(&self) -> impl Future<Output = Result<Self::Value, ApiError>> + 'static {
        let Self(client, kind) = self.clone();
        async move { dify::models::list(&client, &kind).await }
    }
}

/// The metadata fields of a knowledge base.
#[derive(Clone, PartialEq)]
pub struct MetadataFields(pub Client, pub KnowledgeBaseId);

impl Query for MetadataFields {
    type Value = MetadataFieldList;

    fn key(&self) -> Key {
        Key { resource: Resource::MetadataFields, identity: format!("{}/{}", self.0.connection(), self.1) }
    }

    fn fetch(&self) -> impl Future<Output = Result<Self::Value, ApiError>> + 'static {
        let Self(client, knowledge_base) = self.clone();
        async move { dify::metadata::list(&client, &knowledge_base).await }
    }
}

/// The fields that a server fills in by itself.
#[derive(Clone, PartialEq)]
pub struct BuiltInFields(pub Client, pub KnowledgeBaseId);

impl Query for BuiltInFields {
    type Value = loredesk_wire::BuiltInFields;

    fn key(&self) -> Key {
        // Not with the fields: what a server fills in does not change with them.
        Key { resource: Resource::BuiltInFields, identity: format!("{}/{}", self.0.connection(), self.1) }
    }

    fn fetch(&self) -> impl Future<Output = Result<Self::Value, ApiError>> + 'static {
        let Self(client, knowledge_base) = self.clone();
        async move { dify::metadata::built_in(&client, &knowledge_base).await }
    }
}

/// The metadata values of one document, and nothing else of it.
#[derive(Clone, PartialEq)]
pub struct DocumentValues(pub Client, pub KnowledgeBaseId, pub DocumentId);

impl Query for DocumentValues {
    type Value = Vec<DocumentMetadata>;

    fn key(&self) -> Key {
        Key { resource: Resource::DocumentValues, identity: format!("{}/{}/{}", self.0.connection(), self.1, self.2) }
    }

    fn fetch(&self) -> impl Future<Output = Result<Self::Value, ApiError>> + 'static {
        let Self(client, knowledge_base, id) = self.clone();
        async move { Ok(dify::documents::get_metadata(&client, &knowledge_base, &id).await?.doc_metadata) }
    }
}

/// One document; asked for again while it is being indexed.
#[derive(Clone, PartialEq)]
pub struct Document(pub Client, pub KnowledgeBaseId, pub DocumentId);

impl Query for Document {
    type Value = DocumentDetail;

    fn key(&self) -> Key {
        Key { resource: Resource::Document, identity: format!("{}/{}/{}", self.0.connection(), self.1, self.2) }
    }

    fn fetch(&self) -> impl Future<Output = Result<Self::Value, ApiError>> + 'static {
        let Self(client, knowledge_base, id) = self.clone();
        async move { dify::documents::get(&client, &knowledge_base, &id).await }
    }

    fn is_moving(value: &Self::Value) -> bool {
        !is_settled(&value.indexing_status)
    }

    fn has_changed(old: &Self::Value, new: &Self::Value) -> bool {
        old.indexing_status != new.indexing_status || old.segment_count != new.segment_count
    }
}

/// One page of a document's chunks.
#[derive(Clone, PartialEq)]
pub struct Chunks {
    /// The connection.
    pub client: Client,
    /// The knowledge base.
    pub knowledge_base: KnowledgeBaseId,
    /// The document.
    pub document: DocumentId,
    /// Page, from 1.
    pub page: u64,
    /// Chunks a page, 1 to 100.
    pub limit: u64,
    /// Words to look for; empty finds all.
    pub keyword: String,
}

impl Query for Chunks {
    type Value = SegmentsAnswer;

    fn key(&self) -> Key {
        let Self { client, knowledge_base, document, page, limit, keyword } = self;
        let identity = format!("{}/{knowledge_base}/{document}?{page}&{limit}&{keyword}", client.connection());
        Key { resource: Resource::Chunks, identity }
    }

    fn fetch(&self) -> impl Future<Output = Result<Self::Value, ApiError>> + 'static {
        let Self { client, knowledge_base, document, page, limit, keyword } = self.clone();
        async move { dify::segments::list(&client, &knowledge_base, &document, page, limit, &keyword).await }
    }
}

/// The chunks of a document on all pages, [`READ_MAX`] of them at most: for what a server cannot filter by.
#[derive(Clone, PartialEq)]
pub struct AllChunks {
    /// The connection.
    pub client: Client,
    /// The knowledge base.
    pub knowledge_base: KnowledgeBaseId,
    /// The document.
    pub document: DocumentId,
    /// Words to look for; empty finds all.
    pub keyword: String,
}

impl Query for AllChunks {
    type Value = SegmentsAnswer;

    fn key(&self) -> Key {
        let Self { client, knowledge_base, document, keyword } = self;
        Key { resource: Resource::Chunks, identity: format!("{}/{knowledge_base}/{document}?all&{keyword}", client.connection()) }
    }

    fn fetch(&self) -> impl Future<Output = Result<Self::Value, ApiError>> + 'static {
        let Self { client, knowledge_base, document, keyword } = self.clone();
        async move {
            let limit = dify::PAGE_MAX;
            let mut all = dify::segments::list(&client, &knowledge_base, &document, 1, limit, &keyword).await?;
            let pages = all.total.unwrap_or_default().min(READ_MAX).div_ceil(limit);
            for page in 2..=pages {
                let next = dify::segments::list(&client, &knowledge_base, &document, page, limit, &keyword).await?;
                // A page may shift while we read.
                let new = next.data.into_iter().filter(|chunk| all.data.iter().all(|known| known.id != chunk.id));
                let new: Vec<Segment> = new.collect();
                all.data.extend(new);
            }
            Ok(all)
        }
    }
}

/// One chunk.
#[derive(Clone, PartialEq)]
pub struct Chunk(pub Client, pub KnowledgeBaseId, pub DocumentId, pub ChunkId);

impl Query for Chunk {
    type Value = Segment;

    fn key(&self) -> Key {
        Key { resource: Resource::Chunk, identity: format!("{}/{}/{}/{}", self.0.connection(), self.1, self.2, self.3) }
    }

    fn fetch(&self) -> impl Future<Output = Result<Self::Value, ApiError>> + 'static {
        let Self(client, knowledge_base, document, id) = self.clone();
        async move { Ok(dify::segments::get(&client, &knowledge_base, &document, &id).await?.data) }
    }
}

/// One page of a chunk's child chunks.
#[derive(Clone, PartialEq)]
pub struct ChildChunks {
    /// Their parent.
    pub parent: RemoteChunk,
    /// Page, from 1.
    pub page: u64,
    /// Child chunks a page, 1 to 100.
    pub limit: u64,
    /// Words to look for; empty finds all.
    pub keyword: String,
}

impl Query for ChildChunks {
    type Value = ChildChunkPage;

    fn key(&self) -> Key {
        let Self { parent: RemoteChunk { client, knowledge_base, document, id }, page, limit, keyword } = self;
        let identity = format!("{}/{knowledge_base}/{document}/{id}?{page}&{limit}&{keyword}", client.connection());
        Key { resource: Resource::ChildChunks, identity }
    }

    fn fetch(&self) -> impl Future<Output = Result<Self::Value, ApiError>> + 'static {
        let Self { parent, page, limit, keyword } = self.clone();
        async move { dify::child_chunks::list(&parent, page, limit, &keyword).await }
    }
}

/// The data source nodes of a knowledge base's pipeline, published or draft.
#[derive(Clone, PartialEq)]
pub struct DataSources {
    /// The connection.
    pub client: Client,
    /// The knowledge base.
    pub knowledge_base: KnowledgeBaseId,
    /// Whether those of the published version, not of the draft.
    pub is_published: bool,
}

impl Query for DataSources {
    type Value = Vec<DatasourceNode>;

    fn key(&self) -> Key {
        let Self { client, knowledge_base, is_published } = self;
        Key { resource: Resource::DataSources, identity: format!("{}/{knowledge_base}?{is_published}", client.connection()) }
    }

    fn fetch(&self) -> impl Future<Output = Result<Self::Value, ApiError>> + 'static {
        let Self { client, knowledge_base, is_published } = self.clone();
        async move { dify::pipeline::sources(&client, &knowledge_base, is_published).await }
    }
}

/// What a query finds.
#[derive(Clone, PartialEq)]
pub struct Retrieval {
    /// The connection.
    pub client: Client,
    /// The knowledge base.
    pub knowledge_base: KnowledgeBaseId,
    /// The query.
    pub query: String,
    /// With which settings.
    pub settings: RetrievalSettings,
    /// The knowledge base's embedding model, which weights name.
    pub embedding: ModelName,
}

/// What a query found.
pub struct Retrieved {
    /// The passages, best first.
    pub records: Vec<RetrieveRecord>,
    /// How long the answer took, in milliseconds.
    pub took: f64,
}

impl Query for Retrieval {
    type Value = Retrieved;

    fn key(&self) -> Key {
        let Self { client, knowledge_base, query, settings, embedding } = self;
        let model = serde_json::to_string(&settings.to_wire(embedding)).unwrap_or_default();
        Key { resource: Resource::Retrieval, identity: format!("{}/{knowledge_base}?{model}&{query}", client.connection()) }
    }

    fn fetch(&self) -> impl Future<Output = Result<Self::Value, ApiError>> + 'static {
        let Self { client, knowledge_base, query, settings, embedding } = self.clone();
        async move {
            let start = clock::now();
            let body = RetrieveRequest { query, retrieval_model: Some(settings.to_wire(&embedding)) };
            let answer = dify::retrieve::retrieve(&client, &knowledge_base, &body).await?;
            Ok(Retrieved { records: answer.records, took: clock::now() - start })
        }
    }
}
