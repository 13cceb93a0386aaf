//! Replacing one document by a file. Its chunks are made anew, so the dialog says what is lost.
//!
//! Carries out: updateDocument, updateDocumentByFile.

use std::sync::Arc;

use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};
use loredesk_wire::Document;

use super::{
    add_dialog::settings,
    screen::{Screen, use_screen},
};
use crate::{
    components::{ChunkPreview, PreviewText, ProcessRuleFields, ReplacedWork, RuleState, file_problem_words, is_previewable},
    config::Limits,
    dom::{
        picked::{File, PickedFiles, beginning},
        visible::visible,
    },
    i18n::use_locale,
    model::{
        document::{can_update, extension},
        file::{FileProblem, check_file},
        id::DocumentId,
    },
    state::{
        session::Session,
        uploads::{NewUpload, Source, Uploads},
    },
    ui::{Button, ButtonKind, Dialog, FileInput, Icon, open_picker},
};

/// How a document is replaced by a file.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Way {
    /// Under its own name: the server replaces its namesake, whatever its state.
    SameName,
    /// By its id: the document takes the file's name. Only available documents can be.
    ById,
    /// It cannot be.
    Refused(Refusal),
}

/// Why a file cannot take a document's place.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Refusal {
    /// The file itself.
    File(FileProblem),
    /// A document that is not available only takes a file of its own type.
    Type(String),
    /// Another document has the file's name.
    Name,
}

fn way(document: &Document, file: &str, size: u64, limits: &Limits, is_taken: impl Fn(&str) -> bool) -> Way {
    let own = extension(&document.name);
    match check_file(file, size, limits) {
        Err(problem) => Way::Refused(Refusal::File(problem)),
        // The type is told by the name, so a file of another type needs its own name.
        Ok(()) if own == extension(file) => Way::SameName,
        Ok(()) if !can_update(&document.display_status) => Way::Refused(Refusal::Type(own)),
        Ok(()) if is_taken(file) => Way::Refused(Refusal::Name),
        Ok(()) => Way::ById,
    }
}

/// The dialog.
#[component]
pub fn ReplaceDialog() -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.uploads.add;
    let Screen { is_replacing, to_replace, .. } = use_screen();
    let title = move || to_replace.with(|document| document.as_ref().map(|document| (messages.replace_title)(&document.name)));
    view! {
        <Dialog
            open=is_replacing
            title=Signal::derive(move || title().unwrap_or_default())
            close_label=locale.messages.common.close
            class="wide"
        >
            <Form />
        </Dialog>
    }
}

#[component]
fn Form() -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.uploads.add;
    let Screen { client, knowledge_base, is_replacing, to_replace, documents, dataset, .. } = use_screen();
    let (screen_client, own_knowledge_base) = (client.clone(), knowledge_base.clone());
    let uploads = expect_context::<Uploads>();
    let limits = StoredValue::new(expect_context::<Session>().config().limits.clone());
    let document = StoredValue::new(to_replace.get_untracked().unwrap_or_default());
    let picked = RwSignal::new_local(None::<File>);
    let file = Memo::new(move |_| picked.with(|file| file.as_ref().map(|file| (file.name(), file.size()))));
    let preview = RwSignal::new(None);
    let input = NodeRef::<html::Input>::new();
    let rule = RuleState::remembered(client.connection(), &knowledge_base, dataset);
    let way = Memo::new(move |_| {
        let (name, size) = file.get()?;
        let is_taken = |name: &str| documents.with(|documents| documents.by_name(name).is_some());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a file's size is a whole number")]
        let size = size as u64;
        Some(limits.with_value(|limits| document.with_value(|document| way(document, &name, size, limits, is_taken))))
    });
    let on_files = move |files: PickedFiles| {
        let Some(file) = files.files.into_iter().next().map(|picked| picked.file) else { return };
        picked.set(Some(file.clone()));
        preview.set(None);
        if is_previewable(&file.name()) {
            spawn_local(async move {
                let text = beginning(&file, 200_000).await;
                let is_part = file.size() > 200_000.0;
                let _ = preview.try_set(text.map(|text| PreviewText { name: file.name(), text: text.into(), is_part }));
            });
        }
    };
    let note = move || {
        let name = file.get().map(|(name, _)| visible(&name)).unwrap_or_default();
        match way.get()? {
            Way::SameName => None,
            Way::ById => Some((messages.takes_name)(&name)),
            Way::Refused(Refusal::Type(kind)) => Some((messages.needs_kind)(&kind)),
            Way::Refused(Refusal::Name) => Some((messages.name_is_taken)(&name)),
            Way::Refused(Refusal::File(problem)) => Some(file_problem_words(locale, &problem)),
        }
    };
    let is_refused = Memo::new(move |_| matches!(way.get(), Some(Way::Refused(_))));
    let is_off = Signal::derive(move || way.with(Option::is_none) || is_refused.get() || rule.problem().is_some());
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(way), Some(file)) = (way.get_untracked(), picked.get_untracked()) else { return };
        if is_off.get_untracked() {
            return;
        }
        let own = document.get_value();
        rule.remember(client.connection(), &knowledge_base);
        let data = dataset.with_untracked(|dataset| Arc::new(settings(dataset.as_deref(), &untrack(|| rule.form()))));
        let (name, target) = match way {
            Way::ById => (file.name(), DocumentId::parse(&own.id)),
            _ => (own.name.clone(), None),
        };
        let new = NewUpload { source: Source::File(file), name, data, target, may_replace: true };
        uploads.add(&client, &knowledge_base, vec![new]);
        is_replacing.set(false);
    };
    let of = document.with_value(|document| DocumentId::parse(&document.id)).map(|id| (screen_client, own_knowledge_base, id));
    let accept =
        limits.with_value(|limits| limits.extensions.iter().map(|known| format!(".{known}")).collect::<Vec<_>>().join(","));
    view! {
        <form class="form" novalidate on:submit=on_submit>
            <p class="caution"><Icon name="warning" /><span>{messages.replace_warning}</span></p>
            <div class="add">
                <div class="add-files form">
                    <FileInput node_ref=input is_single=true accept=accept on_files=on_files />
                    <div class="chosen">
                        <Button icon="upload" on_click=move |_| open_picker(input)>{messages.choose_file}</Button>
                        {move || match file.get() {
                            None => view! { <span class="none">{messages.no_file}</span> }.into_any(),
                            Some((name, size)) => {
                                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a file's size is a whole number")]
                                let size = locale.bytes(size as u64);
                                view! { <span>{name} " " <span class="none">{size}</span></span> }.into_any()
                            }
                        }}
                    </div>
                    <p role="status" class:warning-text=move || is_refused.get()>{note}</p>
                    {of.map(|(client, knowledge_base, document)| view! { <ReplacedWork client knowledge_base document text=preview /> })}
                </div>
                <div class="add-rule">
                    <ProcessRuleFields rule />
                    <ChunkPreview text=preview rule />
                </div>
            </div>
            <footer class="dialog-foot">
                <Button on_click=move |_| is_replacing.set(false)>{locale.messages.common.cancel}</Button>
                <Button kind=ButtonKind::Danger kind_attribute="submit" icon="upload" disabled=is_off>{messages.replace_submit}</Button>
            </footer>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use loredesk_wire::DisplayStatus;

    use super::*;

    fn run(name: &str, status: DisplayStatus, file: &str) -> Way {
        let document = Document { name: name.to_owned(), display_status: status, ..Document::default() };
        way(&document, file, 10, &Limits::default(), |name| name == "other.md")
    }

    #[test]
    fn a_file_of_the_same_type_keeps_the_document_s_name_whatever_its_state() {
        assert_eq!(run("scan.pdf", DisplayStatus::Error, "ocr.PDF"), Way::SameName);
        assert_eq!(run("scan.pdf", DisplayStatus::Available, "scan.pdf"), Way::SameName);
    }

    #[test]
    fn a_file_of_another_type_brings_its_name() {
        assert_eq!(run("notes.txt", DisplayStatus::Available, "new.md"), Way::ById);
        assert_eq!(run("notes.txt", DisplayStatus::Available, "other.md"), Way::Refused(Refusal::Name));
        assert_eq!(run("notes.txt", DisplayStatus::Error, "new.md"), Way::Refused(Refusal::Type("txt".to_owned())));
        assert_eq!(
            run("notes.txt", DisplayStatus::Available, "new.exe"),
            Way::Refused(Refusal::File(FileProblem::Type("exe".to_owned())))
        );
    }
}
