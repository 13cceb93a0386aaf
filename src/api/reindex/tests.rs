//! Indexing again against a server that is only made up.

use std::cell::{Cell, RefCell};

use futures::executor::block_on;
use loredesk_wire::DocForm;

use super::*;
use crate::api::ErrorKind;

#[derive(Default)]
struct Server {
    details: RefCell<Vec<DocumentDetail>>,
    answer: RefCell<Option<Result<DocumentAccepted, ApiError>>>,
    has_no_file: bool,
    sent: RefCell<Vec<(String, CreateDocumentByFile)>>,
    copied: RefCell<Vec<(String, usize)>>,
    keeps_metadata: Cell<bool>,
}

fn lost() -> ApiError {
    ApiError::local(ErrorKind::Offline, "POST", "x")
}

impl Reindexing for Server {
    type File = ();

    async fn detail(&self) -> Result<DocumentDetail, ApiError> {
        let mut details = self.details.borrow_mut();
        if details.is_empty() { Err(lost()) } else { Ok(details.remove(0)) }
    }

    async fn file(&self) -> Result<(), ApiError> {
        if self.has_no_file { Err(ApiError::local(ErrorKind::NotOffered, "GET", "x")) } else { Ok(()) }
    }

    async fn send(&self, (): (), name: &str, settings: &CreateDocumentByFile) -> Result<DocumentAccepted, ApiError> {
        self.sent.borrow_mut().push((name.to_owned(), settings.clone()));
        self.answer.borrow_mut().take().unwrap_or_else(|| Err(lost()))
    }

    async fn copy_metadata(&self, to: &str, values: Vec<DocumentMetadata>) -> Result<bool, ApiError> {
        self.copied.borrow_mut().push((to.to_owned(), values.len()));
        Ok(self.keeps_metadata.get())
    }
}

fn detail(status: IndexingStatus) -> DocumentDetail {
    let value =
        |id: &str| DocumentMetadata { id: id.to_owned(), name: id.to_owned(), value: "x".into(), ..DocumentMetadata::default() };
    DocumentDetail {
        id: "one".to_owned(),
        name: "seal.txt".to_owned(),
        indexing_status: status,
        doc_form: DocForm::QuestionAnswer,
        doc_language: Some("French".to_owned()),
        doc_metadata: vec![value("field"), value(BUILT_IN_ID)],
        ..DocumentDetail::default()
    }
}

fn server(status: IndexingStatus, answered_id: Option<&str>) -> Server {
    let accepted = answered_id.map(|id| DocumentAccepted {
        document: Document { id: id.to_owned(), ..Document::default() },
        ..DocumentAccepted::default()
    });
    Server { details: vec![detail(status)].into(), answer: accepted.map(Ok).into(), ..Server::default() }
}

#[test]
fn it_is_sent_under_its_name_with_its_own_settings_and_keeps_its_id() {
    let server = server(IndexingStatus::Error, Some("one"));
    let done = block_on(reindex(&server, IndexingTechnique::HighQuality, false));
    assert!(matches!(done, Ok(Reindexed::InPlace(Some(_)))), "{done:?}");
    let sent = server.sent.borrow();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].0, "seal.txt");
    assert_eq!(sent[0].1.doc_form, Some(DocForm::QuestionAnswer));
    assert_eq!(sent[0].1.doc_language.as_deref(), Some("French"));
    assert_eq!(sent[0].1.indexing_technique, Some(IndexingTechnique::HighQuality));
    assert!(server.copied.borrow().is_empty());
}

#[test]
fn a_second_document_gets_the_values_of_the_first() {
    for keeps in [true, false] {
        let server = server(IndexingStatus::Error, Some("two"));
        server.keeps_metadata.set(keeps);
        let done = block_on(reindex(&server, IndexingTechnique::Economy, false));
        assert!(matches!(&done, Ok(Reindexed::Second { has_metadata, .. }) if *has_metadata == keeps), "{done:?}");
        // Built-in values are the server's own.
        assert_eq!(*server.copied.borrow(), [("two".to_owned(), 1)]);
    }
}

#[test]
fn what_is_being_worked_on_is_left_alone_unless_somebody_insists() {
    let busy = server(IndexingStatus::Indexing, Some("one"));
    assert_eq!(block_on(reindex(&busy, IndexingTechnique::Economy, false)), Err(Trouble::Working));
    assert!(busy.sent.borrow().is_empty());
    let stuck = server(IndexingStatus::Indexing, Some("one"));
    assert!(block_on(reindex(&stuck, IndexingTechnique::Economy, true)).is_ok());
}

#[test]
fn without_the_file_nothing_is_sent() {
    let server = Server { has_no_file: true, ..server(IndexingStatus::Error, Some("one")) };
    let done = block_on(reindex(&server, IndexingTechnique::Economy, false));
    assert!(matches!(done, Err(Trouble::File(_))), "{done:?}");
    assert!(server.sent.borrow().is_empty());
}

#[test]
fn after_a_lost_answer_the_document_tells_what_became_of_it() {
    let after = |status| {
        let server = server(IndexingStatus::Error, None);
        server.details.borrow_mut().push(detail(status));
        let done = block_on(reindex(&server, IndexingTechnique::Economy, false));
        assert_eq!(server.sent.borrow().len(), 1);
        done
    };
    assert_eq!(after(IndexingStatus::Waiting), Ok(Reindexed::InPlace(None)));
    assert_eq!(after(IndexingStatus::Completed), Ok(Reindexed::InPlace(None)));
    assert_eq!(after(IndexingStatus::Error), Err(Trouble::Request(lost())));
}
