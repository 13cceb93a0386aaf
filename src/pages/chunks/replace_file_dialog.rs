//! Replacing a document by a file, through the upload queue, which shows how far it is.
//!
//! Carries out: updateDocument, updateDocumentByFile.

use std::sync::Arc;

use leptos::{html, prelude::*, task::spawn_local};
use loredesk_wire::{DocumentDetail, IndexingTechnique};

use super::DocumentPlace;
use crate::{
    components::{PreviewText, ReplacedWork, is_previewable},
    dom::picked::beginning,
    i18n::{Locale, use_locale},
    model::{
        document::can_update,
        file::{FileProblem, check_file},
        replace,
    },
    state::{
        session::Session,
        uploads::{NewUpload, Source, Uploads},
    },
    ui::{Button, ButtonKind, Dialog, Icon, element_id},
};

/// Bytes of a file that are compared with the text as it is.
const READ: i32 = 500_000;

/// The dialog.
#[component]
pub fn ReplaceFileDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The document.
    place: DocumentPlace,
    /// What is known of it.
    detail: Signal<Arc<DocumentDetail>>,
    /// How its knowledge base is indexed.
    #[prop(into)]
    technique: Signal<IndexingTechnique>,
) -> impl IntoView {
    let locale = use_locale();
    view! {
        <Dialog open title=locale.messages.chunks.file_title.to_owned() close_label=locale.messages.common.close class="wide">
            <Form open place=place.clone() detail technique />
        </Dialog>
    }
}

#[component]
fn Form(
    open: RwSignal<bool>,
    place: DocumentPlace,
    detail: Signal<Arc<DocumentDetail>>,
    technique: Signal<IndexingTechnique>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.chunks;
    let session = expect_context::<Session>();
    let uploads = expect_context::<Uploads>();
    let input = NodeRef::<html::Input>::new();
    let file = StoredValue::new_local(None::<web_sys::File>);
    let has_file = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let id = element_id("file");
    let error_id = format!("{id}-error");
    let described_by = error_id.clone();
    let limits = session.config().limits.clone();
    let accept = limits.extensions.iter().map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(",");
    let text = RwSignal::new(None::<PreviewText>);
    let (client, knowledge_base, document) = (place.client.clone(), place.knowledge_base.clone(), place.id.clone());
    let choose = move |_| {
        let chosen = input.get_untracked().and_then(|input| input.files()).and_then(|files| files.get(0));
        problem.set(chosen.as_ref().and_then(|chosen| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a file's size in bytes")]
            let size = chosen.size() as u64;
            let wrong = check_file(&chosen.name(), size, &limits).err().map(|problem| words(locale, &problem));
            let other = || detail.with_untracked(|detail| replace::wanted_extension(detail, &chosen.name()));
            wrong.or_else(|| other().map(|extension| (messages.file_extension)(&extension)))
        }));
        has_file.set(chosen.is_some());
        text.set(None);
        if let Some(chosen) = chosen.clone().filter(|chosen| is_previewable(&chosen.name())) {
            spawn_local(async move {
                let read = beginning(&chosen, READ).await;
                let is_part = chosen.size() > f64::from(READ);
                let _ = text.try_set(read.map(|text| PreviewText { name: chosen.name(), text: text.into(), is_part }));
            });
        }
        file.set_value(chosen);
    };
    let is_by_name = move || detail.with(|detail| !can_update(&detail.display_status));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(file) = file.get_value().filter(|_| problem.with_untracked(Option::is_none)) else { return };
        let new = detail.with_untracked(|detail| {
            let is_updated = can_update(&detail.display_status);
            NewUpload {
                // Servers update available documents only; another one is replaced by a file of its name.
                name: if is_updated { file.name() } else { detail.name.clone() },
                target: is_updated.then(|| place.id.clone()),
                may_replace: true,
                data: Arc::new(replace::by_file(detail, technique.get_untracked())),
                source: Source::File(file),
            }
        });
        uploads.add(&place.client, &place.knowledge_base, vec![new]);
        open.set(false);
    };
    let cannot = Signal::derive(move || !has_file.get() || problem.with(Option::is_some));
    view! {
        <form class="form" novalidate on:submit=submit>
            <p class="note"><Icon name="warning" /><span>{messages.text_warning}</span></p>
            <div class="field">
                <label for=id.clone()>{messages.file_choose}</label>
                <input
                    id=id
                    class="input file"
                    type="file"
                    accept=accept
                    node_ref=input
                    aria-describedby=described_by
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                    on:change=choose
                />
                <p class="field-error" id=error_id role="alert">{move || problem.get()}</p>
            </div>
            <ReplacedWork client knowledge_base document text />
            <Show when=is_by_name><p class="hint">{messages.file_same_name}</p></Show>
            <footer class="dialog-foot">
                <Button on_click=move |_| open.set(false)>{locale.messages.common.cancel}</Button>
                <Button kind=ButtonKind::Primary kind_attribute="submit" icon="upload" disabled=cannot>{messages.file_submit}</Button>
            </footer>
        </form>
    }
}

fn words(locale: Locale, problem: &FileProblem) -> String {
    let messages = &locale.messages.chunks;
    match problem {
        FileProblem::Type(extension) => (messages.file_type)(extension),
        FileProblem::Size(limit) => (messages.file_size)(&locale.bytes(*limit)),
        FileProblem::Unreadable => messages.file_unreadable.to_owned(),
        FileProblem::Empty => messages.file_empty.to_owned(),
        FileProblem::Character(_) | FileProblem::LongName => messages.file_name.to_owned(),
    }
}
