//! The pages that the first load leaves out. `cargo xtask build` cuts each into a wasm module of its own, which is fetched
//! when the page is first opened; what several of them use goes into a module that they share.
//!
//! Only with `--cfg split_pages`: without it, as in `trunk serve` and in native tests, the pages are a part of the app.

use std::{future::Future, pin::Pin};

use futures::FutureExt;
use leptos::{
    prelude::*, reactive::computed::ScopedFuture, task::spawn_local_scoped_with_cancellation, wasm_split::SplitLoaderError,
};

use crate::{
    api::Client,
    dom::crash,
    i18n::use_locale,
    model::id::{ChunkId, DocumentId, KnowledgeBaseId},
    pages::{chunks::DocumentPage, documents::DocumentsPage, metadata::MetadataPage, retrieval::RetrievalPage},
    ui::Skeleton,
};

/// Makes a function of each line that shows the page once its module is here. The name is also that of the module's file.
macro_rules! lazy_pages {
    ($($name:ident($($argument:ident: $kind:ty),* $(,)?) => $page:expr;)*) => {$(
        pub fn $name($($argument: $kind),*) -> AnyView {
            // What is split off is a plain function, and the attribute makes calling it asynchronous.
            #[cfg(split_pages)]
            #[leptos::wasm_split::wasm_split($name, wasm_split_path = leptos::wasm_split, fallible)]
            fn $name($($argument: $kind),*) -> Result<AnyView, SplitLoaderError> {
                Ok($page.into_any())
            }
            #[cfg(not(split_pages))]
            async fn $name($($argument: $kind),*) -> Result<AnyView, SplitLoaderError> {
                Ok($page.into_any())
            }
            show(Box::pin($name($($argument),*)))
        }
    )*};
}

lazy_pages! {
    documents(client: Client, knowledge_base: KnowledgeBaseId) => view! { <DocumentsPage client knowledge_base /> };
    chunks(client: Client, knowledge_base: KnowledgeBaseId, document: DocumentId, chunk: Signal<Option<ChunkId>>) => view! {
        <DocumentPage client knowledge_base document chunk />
    };
    retrieval(client: Client, knowledge_base: KnowledgeBaseId) => view! { <RetrievalPage client knowledge_base /> };
    metadata(client: Client, knowledge_base: KnowledgeBaseId) => view! { <MetadataPage client knowledge_base /> };
}

type Load = Pin<Box<dyn Future<Output = Result<AnyView, SplitLoaderError>>>>;

fn show(load: Load) -> AnyView {
    // The page belongs to the place that asked for it; what it reads while it is made is no reason to make it anew.
    let mut load = Box::pin(ScopedFuture::new_untracked(load));
    // A page whose module is here is shown at once, without a moment of something else.
    if let Some(page) = load.as_mut().now_or_never() {
        return page.unwrap_or_else(missing);
    }
    let arrived = RwSignal::new_local(None);
    // Cancelled when the reader has gone elsewhere meanwhile; the module still arrives for the next time.
    spawn_local_scoped_with_cancellation(async move { arrived.set(Some(load.await.unwrap_or_else(missing))) });
    let label = use_locale().messages.common.loading;
    let page = move || {
        arrived.track();
        let page = arrived.try_update_untracked(Option::take).flatten();
        page.unwrap_or_else(|| view! { <Skeleton lines=10 label /> }.into_any())
    };
    page.into_any()
}

/// The network failed, or the host carries another release by now: only loading everything again helps with both.
fn missing(error: SplitLoaderError) -> AnyView {
    crash::part_missing(&error.to_string());
    ().into_any()
}
