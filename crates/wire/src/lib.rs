//! Wire types of the Knowledge API, shared by the app and the host.
//!
//! They read what real servers send (nulls that the contract does not declare, times as floats or strings,
//! enum values nobody announced) and write what the contract documents. They know nothing of HTTP, storage or views.

#[macro_use]
mod open_enum;
#[macro_use]
mod json;
mod child_chunk;
mod dataset;
mod document;
mod error;
mod events;
mod lenient;
mod metadata;
mod model;
mod page;
mod pipeline;
mod process_rule;
mod result;
mod retrieval;
mod segment;
mod tag;

pub use child_chunk::{ChildChunk, ChildChunkAnswer, ChildChunkPage, WriteChildChunk};
pub use dataset::{
    CreateDataset, Dataset, ExternalKnowledge, ExternalRetrievalModel, IconInfo, IndexingTechnique, PartialMember, Permission,
    SummaryIndexSetting, UpdateDataset,
};
pub use document::{
    BatchStatus, BatchStatusList, ChangedDocuments, CreateDocumentByFile, CreateDocumentByText, DataSourceDetail, DisplayStatus,
    DocForm, Document, DocumentAccepted, DocumentDetail, DownloadUrl, DownloadZip, IndexingStatus, StatusAction,
    UpdateDocumentByText, UploadFile,
};
pub use error::ErrorBody;
pub use events::{EventReader, PipelineEvent};
pub use json::{FromJson, Mismatch, decode};
pub use metadata::{
    BUILT_IN_ID, BuiltInAction, BuiltInField, BuiltInFields, CreateMetadataField, DocumentMetadata, DocumentMetadataChange,
    MetadataField, MetadataFieldList, MetadataFieldUse, MetadataType, MetadataValueChange, RenameMetadataField,
    UpdateDocumentsMetadata,
};
pub use model::{LocalizedText, Model, ModelProvider, ModelProviders, ModelStatus, ModelType};
pub use page::Page;
pub use pipeline::{
    DatasourceCredential, DatasourceItem, DatasourceNode, DatasourceType, PipelineDocument, PipelineFile, PipelineRun,
    PipelineRunData, ResponseMode, RunDatasourceNode, RunPipeline,
};
pub use process_rule::{PreProcessingRule, ProcessMode, ProcessRule, Rules, Segmentation};
pub use result::ResultAnswer;
pub use retrieval::{
    ComparisonOperator, MetadataCondition, MetadataFilter, RerankingModel, RetrievalModel, RetrievalQuery, RetrieveAnswer,
    RetrieveRecord, RetrieveRequest, RetrievedChildChunk, RetrievedDocument, SearchMethod, Weights,
};
pub use segment::{
    Attachment, CreateSegments, NewSegment, Segment, SegmentAnswer, SegmentChange, SegmentStatus, SegmentsAnswer, UpdateSegment,
};
pub use tag::{BindTags, CreateTag, DatasetTags, DeleteTag, RenameTag, Tag, TagWithCount, UnbindTags};
