//! Puts a new version of a document in the queue; both ways to update share it.

use loredesk_wire::{DisplayStatus, DocForm, DocumentAccepted, ProcessRule};

use super::accept::{check_form, checked_rule};
use crate::api::{ApiError, Host, datasets};
use crate::store::documents;
use crate::store::files::{self, Kept};
use crate::store::{metadata, process_rules, reindex};

/// What changes; what is none stays.
pub(crate) struct Change {
    /// Id of the knowledge base.
    pub(crate) dataset: String,
    /// Id of the document.
    pub(crate) document: String,
    /// New name.
    pub(crate) name: Option<String>,
    /// New file.
    pub(crate) file: Option<Kept>,
    /// New rule.
    pub(crate) process_rule: Option<ProcessRule>,
    /// Chunk mode; has to be the knowledge base's.
    pub(crate) doc_form: Option<DocForm>,
    /// New language.
    pub(crate) doc_language: Option<String>,
}

/// Replaces the document's version. Runs to its end whatever the client does.
pub(crate) async fn replace(host: &Host, change: Change) -> Result<DocumentAccepted, ApiError> {
    let host = host.clone();
    crate::api::to_the_end(async move {
        let Change { dataset, document, name, file, process_rule, doc_form, doc_language } = change;
        let row = file.as_ref().map(|file| file.row.clone());
        let accepted = host.store.write(move |tx| {
            let dataset = datasets::find(tx, &dataset)?;
            let old = documents::find(tx, dataset.seq, &document)?.ok_or_else(ApiError::no_document)?;
            if old.display_status() != DisplayStatus::Available {
                return Err(ApiError::invalid("Document is not available"));
            }
            if row.is_none() && process_rule.is_none() {
                return Err(ApiError::invalid("Data source or Process rule is required"));
            }
            check_form(&dataset, doc_form.as_ref().filter(|form| form.is_known()))?;
            let mut new = reindex::again(&old);
            new.created_from = "web".to_owned();
            new.name = name.unwrap_or(new.name);
            new.doc_language = doc_language.unwrap_or(new.doc_language);
            if let Some(row) = row {
                files::insert(tx, &row)?;
                new.file = row.id;
            }
            if let Some(rule) = process_rule {
                new.process_rule = process_rules::insert(tx, dataset.seq, &checked_rule(rule, dataset.doc_form.as_ref())?)?;
            }
            let document = reindex::replace(tx, &old, &new)?;
            let values = metadata::of_document(tx, &document.id)?;
            Ok(DocumentAccepted { document: document.to_wire(values), batch: document.batch })
        });
        let accepted = accepted.await?;
        if let Some(file) = file {
            file.settle();
        }
        host.queue.wake();
        host.queue.purge();
        Ok(accepted)
    })
    .await
}
