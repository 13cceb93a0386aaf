//! The files of the dialog as plain data, their verdicts, and what is sent of them in the end.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use leptos::prelude::*;
use loredesk_wire::{CreateDocumentByFile, Dataset, Document};

use crate::{
    config::Limits,
    dom::picked::PickedFiles,
    model::{
        file::FileProblem,
        knowledge_base::technique,
        preflight::{self, Checked, Choice, Taken, Verdict},
        process_rule::{ChunkMode, ProcessRuleForm},
    },
    pages::documents::screen::Screen,
    state::uploads::{NewUpload, Source, Uploads, queue::Problem},
};

/// A file as the dialog lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// Its folder within what was picked.
    pub folder: String,
    /// Bytes.
    pub size: u64,
}

/// The picked files as plain data.
pub fn listed(picked: &PickedFiles) -> Arc<Vec<Listed>> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a file's size is a whole number")]
    let size = |size: f64| size as u64;
    let files = picked.files.iter();
    Arc::new(
        files
            .map(|picked| Listed { name: picked.file.name(), folder: picked.folder.clone(), size: size(picked.file.size()) })
            .collect(),
    )
}

/// The names that documents have, and whether a file may take their place: servers replace an enabled namesake, and an archived
/// document is not to be changed.
#[must_use]
pub fn names(documents: &[Arc<Document>]) -> HashMap<String, bool> {
    let mut names = HashMap::new();
    for document in documents {
        *names.entry(document.name.clone()).or_insert(false) |= document.enabled && !document.archived;
    }
    names
}

/// The verdicts of all files, to track.
pub fn verdicts(
    files: Memo<Arc<Vec<Listed>>>,
    names: Memo<Arc<HashMap<String, bool>>>,
    on_their_way: Memo<HashSet<String>>,
    choices: RwSignal<HashMap<usize, Choice>>,
    limits: &Limits,
) -> Vec<Checked> {
    let taken = Taken { documents: names.with(|names| (**names).clone()), on_their_way: on_their_way.get() };
    files.with(|files| {
        choices.with(|choices| {
            let files = files.iter().map(|file| (file.name.as_str(), file.size));
            preflight::check(files, &taken, limits, |at| choices.get(&at).copied())
        })
    })
}

/// The settings that go with every document of a knowledge base.
#[must_use]
pub fn settings(dataset: Option<&Dataset>, rule: &ProcessRuleForm) -> CreateDocumentByFile {
    let fallback = Dataset::default();
    let dataset = dataset.unwrap_or(&fallback);
    // A chunk mode that is not the knowledge base's would be refused.
    let own = ChunkMode::of(&dataset.doc_form);
    let is_unknown = own.is_none() && !dataset.doc_form.as_str().is_empty();
    let mode = own.unwrap_or(rule.mode);
    let language = rule.language.trim();
    CreateDocumentByFile {
        indexing_technique: Some(technique(dataset)),
        doc_form: Some(if is_unknown { dataset.doc_form.clone() } else { mode.to_wire() }),
        doc_language: (mode == ChunkMode::QuestionAnswer && !language.is_empty()).then(|| language.to_owned()),
        process_rule: Some(rule.to_wire()),
        ..CreateDocumentByFile::default()
    }
}

/// Sends what is to be sent and lists the rest with the reason.
pub fn submit(screen: &Screen, uploads: Uploads, checked: Vec<Checked>, rule: &ProcessRuleForm) {
    let data = screen.dataset.with_untracked(|dataset| Arc::new(settings(dataset.as_deref(), rule)));
    let (mut new, mut skipped) = (Vec::new(), Vec::new());
    screen.picked.with_untracked(|picked| {
        for (picked, checked) in picked.files.iter().zip(checked) {
            let file = picked.file.clone();
            match checked.verdict {
                Verdict::Send { name, replaces } => new.push(NewUpload {
                    source: Source::File(file),
                    name,
                    data: Arc::clone(&data),
                    target: None,
                    may_replace: replaces,
                }),
                Verdict::Refused(problem) => skipped.push((file.name(), file.size(), Problem::File(problem))),
                Verdict::Skipped => skipped.push((file.name(), file.size(), Problem::SameName)),
            }
        }
        for path in &picked.unreadable {
            skipped.push((path.clone(), 0.0, Problem::File(FileProblem::Unreadable)));
        }
    });
    uploads.add_skipped(&screen.client, &screen.knowledge_base, skipped);
    uploads.add(&screen.client, &screen.knowledge_base, new);
}

#[cfg(test)]
mod tests {
    use loredesk_wire::{DocForm, IndexingTechnique};

    use super::*;

    #[test]
    fn only_an_enabled_document_can_be_replaced() {
        let document = |name: &str, enabled, archived| {
            Arc::new(Document { name: name.to_owned(), enabled, archived, ..Document::default() })
        };
        let names = names(&[
            document("on", true, false),
            document("off", false, false),
            document("put away", true, true),
            // Twins, of which the server replaces the enabled one.
            document("twin", false, false),
            document("twin", true, false),
        ]);
        assert_eq!([names["on"], names["off"], names["put away"], names["twin"]], [true, false, false, true]);
    }

    #[test]
    fn technique_and_chunk_mode_are_always_said() {
        let first = settings(None, &ProcessRuleForm::default());
        assert_eq!((first.indexing_technique, first.doc_form), (Some(IndexingTechnique::Economy), Some(DocForm::Text)));
        let chosen = ProcessRuleForm { mode: ChunkMode::ParentChild, ..ProcessRuleForm::default() };
        assert_eq!(settings(None, &chosen).doc_form, Some(DocForm::Hierarchical));
        // The first document of a knowledge base has decided: a remembered choice does not count, nor does one that is unknown here.
        let of = |form: &str| Dataset { doc_form: DocForm::from(form), ..Dataset::default() };
        assert_eq!(settings(Some(&of("text_model")), &chosen).doc_form, Some(DocForm::Text));
        assert_eq!(settings(Some(&of("new_model")), &chosen).doc_form, Some(DocForm::from("new_model")));
        let dataset = Dataset {
            indexing_technique: IndexingTechnique::HighQuality,
            doc_form: DocForm::QuestionAnswer,
            ..Dataset::default()
        };
        let later = settings(Some(&dataset), &ProcessRuleForm::default());
        assert_eq!(later.indexing_technique, Some(IndexingTechnique::HighQuality));
        assert_eq!(later.doc_form, Some(DocForm::QuestionAnswer));
        assert_eq!(later.doc_language, None);
        let spoken = ProcessRuleForm { language: " Chinese ".to_owned(), ..ProcessRuleForm::default() };
        assert_eq!(settings(Some(&dataset), &spoken).doc_language.as_deref(), Some("Chinese"));
        assert!(later.process_rule.is_some());
    }
}
