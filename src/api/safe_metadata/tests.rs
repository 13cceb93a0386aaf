//! Against an imitation of servers that are partial, that replace, that ignore, and whose answers get lost.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::cell::RefCell;

use loredesk_wire::MetadataType;
use serde_json::{Value, json};

use super::*;
use crate::api::ErrorKind;

/// Imitates a server's rules for values; the real client needs a browser.
#[derive(Default)]
struct Imitation {
    values: RefCell<Values>,
    writes: RefCell<Vec<Vec<DocumentMetadataChange>>>,
    /// Knows no partial update.
    replaces: bool,
    /// Answers 200 and keeps nothing for a field of that id.
    ignores: Option<&'static str>,
    /// Carries the write out, but its answer is lost.
    loses_answer: bool,
    /// Refuses a request with this document in it.
    refuses: Option<DocumentId>,
    /// Its lists have no values at all.
    has_bare_lists: bool,
    one_by_one: RefCell<usize>,
}

fn error(kind: ErrorKind) -> ApiError {
    ApiError::local(kind, "POST", "documents/metadata")
}

impl MetadataStore for Imitation {
    async fn read(&self, documents: &[DocumentId]) -> Result<Values, ApiError> {
        let values = self.values.borrow();
        let found = values.iter().filter(|(document, _)| documents.contains(document));
        // As lists do it: everything is a text.
        let listed = |values: &Vec<DocumentMetadata>| {
            let as_text = |value: &DocumentMetadata| match &value.value {
                Value::Number(number) => Value::String(number.to_string()),
                other => other.clone(),
            };
            values.iter().map(|value| DocumentMetadata { value: as_text(value), ..value.clone() }).collect()
        };
        Ok(found.map(|(id, values)| (id.clone(), if self.has_bare_lists { Vec::new() } else { listed(values) })).collect())
    }

    async fn read_one(&self, document: &DocumentId) -> Result<Option<Vec<DocumentMetadata>>, ApiError> {
        *self.one_by_one.borrow_mut() += 1;
        Ok(self.values.borrow().get(document).cloned())
    }

    async fn write(&self, changes: Vec<DocumentMetadataChange>) -> Result<(), ApiError> {
        self.writes.borrow_mut().push(changes.clone());
        if changes.iter().any(|change| self.refuses.as_ref().is_some_and(|bad| bad.as_str() == change.document_id)) {
            return Err(error(ErrorKind::Invalid(None)));
        }
        let mut all = self.values.borrow_mut();
        for change in changes {
            let values = all.get_mut(&DocumentId::parse(&change.document_id).unwrap()).unwrap();
            if self.replaces || !change.partial_update {
                values.retain(|value| value.id == BUILT_IN_ID);
            }
            for new in change.metadata_list {
                if self.ignores == Some(new.id.as_str()) {
                    continue;
                }
                values.retain(|value| value.id != new.id);
                let kind = if new.value.is_number() { MetadataType::Number } else { MetadataType::Text };
                values.push(DocumentMetadata { id: new.id, name: new.name, kind, value: new.value });
            }
        }
        if self.loses_answer { Err(error(ErrorKind::Timeout)) } else { Ok(()) }
    }
}

fn document(number: u32) -> DocumentId {
    DocumentId::parse(&format!("00000000-0000-4000-8000-{number:012}")).unwrap()
}

fn text(text: &str) -> MetadataValue {
    MetadataValue::Text(text.to_owned())
}

fn value(id: &str, value: Value) -> DocumentMetadata {
    let kind = if value.is_number() { MetadataType::Number } else { MetadataType::Text };
    DocumentMetadata { id: id.to_owned(), name: id.to_owned(), kind, value }
}

/// Documents 1 to 3: the first has an author and pages, the others an author; all have a built-in value.
fn server() -> Imitation {
    let built_in = || value(BUILT_IN_ID, json!("admin"));
    let values = [
        (document(1), vec![value("author", json!("Ada")), value("pages", json!(42)), built_in()]),
        (document(2), vec![value("author", json!("Ada")), built_in()]),
        (document(3), vec![value("author", json!("Ada")), built_in()]),
    ];
    Imitation { values: RefCell::new(values.into_iter().collect()), ..Imitation::default() }
}

fn author(number: u32, base: &str, wanted: &str) -> Wish {
    let field = Field { id: "author".to_owned(), name: "author".to_owned(), kind: MetadataType::Text };
    Wish { document: document(number), values: vec![WishedValue { field, base: text(base), wanted: text(wanted) }] }
}

fn has(server: &Imitation, number: u32, field: &str) -> Value {
    let values = server.values.borrow();
    values[&document(number)].iter().find(|value| value.id == field).map(|value| value.value.clone()).unwrap_or_default()
}

async fn run(server: &Imitation, partial: PartialUpdate, wishes: &[Wish]) -> (Vec<(DocumentId, Written)>, PartialUpdate) {
    let partial = Cell::new(partial);
    let results = write(server, &partial, wishes).await.unwrap();
    (results, partial.get())
}

fn all_done(results: &[(DocumentId, Written)]) -> bool {
    results.iter().all(|(_, written)| *written == Written::Done)
}

#[tokio::test]
async fn only_what_was_touched_is_sent_and_built_in_values_never() {
    let server = server();
    let wishes = [author(1, "Ada", "Bo"), author(2, "Ada", "Bo"), author(3, "Ada", "Bo")];
    let (results, partial) = run(&server, PartialUpdate::Unknown, &wishes).await;
    assert_eq!((results.len(), all_done(&results), partial), (3, true, PartialUpdate::Kept));
    assert_eq!((has(&server, 1, "author"), has(&server, 1, "pages")), (json!("Bo"), json!(42)));
    let sent = server.writes.borrow();
    assert!(sent.iter().flatten().all(|change| change.partial_update && change.metadata_list.len() == 1));
    // The one with another value alone, the others together.
    assert_eq!(sent.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
}

#[tokio::test]
async fn a_server_that_replaces_lists_loses_nothing() {
    let server = Imitation { replaces: true, ..server() };
    let wishes = [author(2, "Ada", "Bo"), author(1, "Ada", "Bo")];
    let (results, partial) = run(&server, PartialUpdate::Unknown, &wishes).await;
    assert_eq!((all_done(&results), partial), (true, PartialUpdate::Replaced));
    assert_eq!((has(&server, 1, "author"), has(&server, 1, "pages")), (json!("Bo"), json!(42)));
    // From then on it gets complete lists at once.
    let (results, _) = run(&server, PartialUpdate::Replaced, &[author(1, "Bo", "Cy")]).await;
    assert!(all_done(&results));
    assert_eq!((has(&server, 1, "author"), has(&server, 1, "pages")), (json!("Cy"), json!(42)));
    let built_in = server
        .writes
        .borrow()
        .iter()
        .flatten()
        .flat_map(|change| change.metadata_list.clone())
        .any(|value| value.id == BUILT_IN_ID);
    assert!(!built_in);
}

#[tokio::test]
async fn somebody_elses_change_is_not_written_over() {
    let server = server();
    server.values.borrow_mut().insert(document(2), vec![value("author", json!("Eve"))]);
    let (results, _) = run(&server, PartialUpdate::Kept, &[author(1, "Ada", "Bo"), author(2, "Ada", "Bo")]).await;
    let changed = &results.iter().find(|(id, _)| *id == document(2)).unwrap().1;
    assert!(
        matches!(changed, Written::Changed(differences) if differences[0].server == text("Eve") && differences[0].wanted == text("Bo"))
    );
    assert_eq!((has(&server, 2, "author"), has(&server, 1, "author")), (json!("Eve"), json!("Bo")));
}

#[tokio::test]
async fn what_is_there_already_is_done_without_a_request() {
    let server = server();
    let (results, _) = run(&server, PartialUpdate::Unknown, &[author(1, "Old", "Ada")]).await;
    assert!(all_done(&results) && server.writes.borrow().is_empty());
}

#[tokio::test]
async fn a_value_that_the_server_does_not_keep_is_told() {
    let server = Imitation { ignores: Some("author"), ..server() };
    let (results, _) = run(&server, PartialUpdate::Kept, &[author(1, "Ada", "Bo")]).await;
    assert!(matches!(&results[0].1, Written::Differs(differences) if differences[0].server == text("Ada")));
}

#[tokio::test]
async fn a_lost_answer_is_looked_up_and_a_refusal_goes_up() {
    let lossy = Imitation { loses_answer: true, ..server() };
    let (results, _) = run(&lossy, PartialUpdate::Unknown, &[author(1, "Ada", "Bo"), author(2, "Ada", "Bo")]).await;
    assert!(all_done(&results));
    let refusing = Imitation { refuses: Some(document(2)), ..server() };
    let refused = write(&refusing, &Cell::default(), &[author(2, "Ada", "Bo"), author(3, "Ada", "Bo")]).await;
    assert!(matches!(refused, Err(error) if matches!(error.kind, ErrorKind::Invalid(_))));
}

#[tokio::test]
async fn a_document_that_is_gone_is_told_and_the_others_are_written() {
    let server = server();
    let (results, _) = run(&server, PartialUpdate::Kept, &[author(9, "Ada", "Bo"), author(1, "Ada", "Bo")]).await;
    assert!(results.contains(&(document(9), Written::Gone)) && results.contains(&(document(1), Written::Done)));
}

#[tokio::test]
async fn lists_without_values_are_not_believed() {
    let server = Imitation { has_bare_lists: true, ..server() };
    let (results, _) = run(&server, PartialUpdate::Kept, &[author(1, "Ada", "Bo"), author(2, "Ada", "Bo")]).await;
    assert!(all_done(&results));
    assert_eq!(has(&server, 1, "pages"), json!(42));
}
