//! Splitting the document again with other settings: its own rule to begin with, what that makes of its text, what is lost.
//!
//! Carries out: updateDocument, updateDocumentByFile.

use std::sync::Arc;

use leptos::{ev::SubmitEvent, prelude::*};
use loredesk_wire::{CreateDocumentByFile, Dataset, DocumentDetail, IndexingTechnique, SegmentsAnswer};

use super::DocumentPlace;
use crate::{
    components::{ChunkPreview, ErrorLine, PreviewText, ProcessRuleFields, ReplacedWork, RuleState},
    i18n::{document_split::document_split, use_locale},
    model::{
        chunk::READ_MAX,
        process_rule::{ChunkMode, ProcessRuleForm},
        replace,
    },
    state::{
        cache::Resource,
        capabilities::Capabilities,
        document_index::DocumentIndexes,
        document_update::DocumentUpdate,
        mutation::Mutation,
        queries,
        query::{QueryCache, use_query},
        toasts::Toasts,
    },
    ui::{Button, ButtonKind, Dialog, Icon},
};

/// The dialog.
#[component]
pub fn SplitDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The document.
    place: DocumentPlace,
    /// What is known of it.
    detail: Signal<Arc<DocumentDetail>>,
    /// Its knowledge base, once it is known.
    #[prop(into)]
    knowledge_base: Signal<Option<Arc<Dataset>>>,
    /// How it is indexed.
    #[prop(into)]
    technique: Signal<IndexingTechnique>,
) -> impl IntoView {
    let locale = use_locale();
    let mutation = Mutation::new();
    view! {
        <Dialog
            open
            title=document_split(locale).title.to_owned()
            close_label=locale.messages.common.close
            class="wide"
            is_held=mutation.is_pending()
        >
            <Form open place=place.clone() detail knowledge_base technique mutation />
        </Dialog>
    }
}

#[component]
fn Form(
    open: RwSignal<bool>,
    place: DocumentPlace,
    detail: Signal<Arc<DocumentDetail>>,
    knowledge_base: Signal<Option<Arc<Dataset>>>,
    technique: Signal<IndexingTechnique>,
    mutation: Mutation,
) -> impl IntoView {
    let locale = use_locale();
    let (messages, words) = (document_split(locale), &locale.messages.chunks);
    mutation.clear();
    // The rule as it was when the dialog opened: a renewed answer must not change what one is at.
    let first = detail.with_untracked(|detail| {
        let mode = ChunkMode::of(&detail.doc_form).unwrap_or_default();
        ProcessRuleForm {
            language: detail.doc_language.clone().unwrap_or_default(),
            ..ProcessRuleForm::of(&replace::rule(detail), mode)
        }
    });
    let rule = RuleState::new(first.clone(), Memo::new(move |_| knowledge_base.get()));
    let is_same = Memo::new(move |_| rule.form().to_wire() == first.to_wire());
    let text = text_of(&place, detail);
    let is_off = Signal::derive(move || is_same.get() || rule.problem().is_some());
    let (cache, toasts) = (expect_context::<QueryCache>(), expect_context::<Toasts>());
    let (indexes, capabilities) = (expect_context::<DocumentIndexes>(), expect_context::<Capabilities>());
    let work = place.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if is_off.get_untracked() {
            return;
        }
        let data = detail.with_untracked(|detail| {
            let process_rule = Some(untrack(|| rule.form()).to_wire());
            CreateDocumentByFile { process_rule, ..replace::by_file(detail, technique.get_untracked()) }
        });
        let DocumentPlace { client, knowledge_base, id } = place.clone();
        let index = indexes.of(&client, &knowledge_base);
        let update = DocumentUpdate { client, knowledge_base, document: id, file: None, data: Arc::new(data) };
        let name = detail.with_untracked(|detail| detail.name.clone());
        let write = async move {
            let outcome = update.send_settings(capabilities).await;
            for resource in [Resource::Document, Resource::Chunks, Resource::Chunk, Resource::KnowledgeBases] {
                cache.invalidate(resource);
            }
            index.reload();
            outcome
        };
        mutation.run(write, move |()| {
            open.set(false);
            toasts.done((messages.done)(&name));
        });
    };
    let DocumentPlace { client, knowledge_base, id: document } = work;
    view! {
        <form class="form" novalidate on:submit=submit>
            <p class="note"><Icon name="warning" /><span>{messages.text} " " {words.text_warning}</span></p>
            <div class="add">
                <div class="add-rule"><ProcessRuleFields rule /></div>
                <div class="add-files form">
                    <ReplacedWork client knowledge_base document text=Signal::stored(None) />
                    <ChunkPreview text rule />
                </div>
            </div>
            <ErrorLine error=mutation.error() />
            <footer class="dialog-foot">
                <span class="hint grow" role="status">{move || is_same.get().then_some(messages.same)}</span>
                <Button disabled=mutation.is_pending() on_click=move |_| open.set(false)>{locale.messages.common.cancel}</Button>
                <Button kind=ButtonKind::Danger kind_attribute="submit" pending=mutation.is_pending() disabled=is_off>{messages.submit}</Button>
            </footer>
        </form>
    }
}

/// The text of the document as its chunks hold it, for the preview. Questions and answers are rows of a table, not a text.
fn text_of(place: &DocumentPlace, detail: Signal<Arc<DocumentDetail>>) -> Signal<Option<PreviewText>> {
    let of = place.clone();
    let chunks = use_query(move || {
        let DocumentPlace { client, knowledge_base, id } = of.clone();
        Some(queries::AllChunks { client, knowledge_base, document: id, keyword: String::new() })
    });
    let text = move |answer: &Arc<SegmentsAnswer>| PreviewText {
        name: detail.with(|detail| detail.name.clone()),
        text: replace::joined(&answer.data).into(),
        is_part: answer.total > Some(READ_MAX),
    };
    let text = Memo::new(move |_| {
        let is_text = detail.with(|detail| ChunkMode::of(&detail.doc_form) != Some(ChunkMode::QuestionAnswer));
        chunks.data.with(|answer| answer.as_ref().filter(|_| is_text).map(text))
    });
    text.into()
}
