//! The pages that the first load leaves out, a line a page.

use leptos::prelude::*;

use crate::{
    api::Client,
    components::lazy::lazy_views,
    i18n::use_locale,
    model::id::{ChunkId, DocumentId, KnowledgeBaseId},
    pages::{
        about::AboutPage, chunks::DocumentPage, documents::DocumentsPage, metadata::MetadataPage, pipeline::PipelinePage,
        retrieval::RetrievalPage, settings::SettingsPage,
    },
    ui::Skeleton,
};

lazy_views! {
    waiting;
    documents(client: Client, knowledge_base: KnowledgeBaseId) => view! { <DocumentsPage client knowledge_base /> };
    chunks(client: Client, knowledge_base: KnowledgeBaseId, document: DocumentId, chunk: Signal<Option<ChunkId>>) => view! {
        <DocumentPage client knowledge_base document chunk />
    };
    pipeline(client: Client, knowledge_base: KnowledgeBaseId) => view! { <PipelinePage client knowledge_base /> };
    retrieval(client: Client, knowledge_base: KnowledgeBaseId) => view! { <RetrievalPage client knowledge_base /> };
    metadata(client: Client, knowledge_base: KnowledgeBaseId) => view! { <MetadataPage client knowledge_base /> };
    about(client: Client) => view! { <AboutPage client /> };
    settings(client: Client, knowledge_base: KnowledgeBaseId) => view! { <SettingsPage client knowledge_base /> };
}

fn waiting() -> AnyView {
    view! { <Skeleton lines=10 label=use_locale().messages.common.loading /> }.into_any()
}
