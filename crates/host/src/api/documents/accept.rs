//! Takes in a new document, or a new version of one that has the same name.

use loredesk_wire::{CreateDocumentByFile, DocForm, DocumentAccepted, IndexingTechnique, ProcessMode, ProcessRule};
use rusqlite::Transaction;

use crate::api::models::choose::{Chosen, choose};
use crate::api::{ApiError, Host, datasets};
use crate::indexing::rule::{FULL_DOC, automatic_parent_child};
use crate::store::datasets::DatasetRow;
use crate::store::documents::{self, DocumentRow, NewDocument};
use crate::store::files::{self, Kept};
use crate::store::{batches, metadata, new_id, now, process_rules, reindex};

/// What is to become a document.
pub(crate) struct Submission {
    /// Id of the knowledge base.
    pub(crate) dataset: String,
    /// Name of the document.
    pub(crate) name: String,
    /// Its file.
    pub(crate) file: Kept,
    /// Settings that came with it.
    pub(crate) settings: CreateDocumentByFile,
    /// Whether a knowledge base without a rule splits automatically (texts) or refuses (files).
    pub(crate) may_lack_rule: bool,
}

/// Puts the document in the queue. Runs to its end whatever the client does.
pub(crate) async fn accept(host: &Host, submission: Submission) -> Result<DocumentAccepted, ApiError> {
    let host = host.clone();
    crate::api::to_the_end(async move {
        let Submission { dataset, name, file, settings, may_lack_rule } = submission;
        let model = chosen(&host, &dataset, &settings).await?;
        let has_embeddings = host.embeddings.is_some();
        let row = file.row.clone();
        let accepted = host.store.write(move |tx| {
            let mut dataset = datasets::find(tx, &dataset)?;
            let rule = settle(tx, &mut dataset, &settings, may_lack_rule, (model, has_embeddings))?;
            files::insert(tx, &row)?;
            let new = NewDocument {
                id: new_id(),
                dataset: dataset.seq,
                position: None,
                name,
                batch: batches::new_id(),
                file: row.id,
                process_rule: process_rules::insert(tx, dataset.seq, &rule)?,
                doc_form: dataset.doc_form.clone().unwrap_or(DocForm::Text),
                doc_language: settings.doc_language.unwrap_or_else(|| "English".to_owned()),
                created_from: "api".to_owned(),
                created_at: now(),
                word_count: None,
                tokens: None,
                hit_count: 0,
            };
            let old = replaced(tx, dataset.seq, &new.name, settings.original_document_id.as_deref())?;
            let document = match old {
                Some(old) => {
                    let same = (old.id.clone(), Some(old.position), old.created_at, old.hit_count);
                    // As on real servers, the old length stays until the new one is known.
                    let (word_count, tokens) = (old.word_count, old.tokens);
                    let new = NewDocument { id: same.0, position: same.1, created_at: same.2, hit_count: same.3, ..new };
                    let new = NewDocument { word_count, tokens, ..new };
                    reindex::replace(tx, &old, &new)?
                }
                None => documents::insert(tx, &new)?,
            };
            let values = metadata::listed(tx, &document)?;
            Ok::<_, ApiError>(DocumentAccepted { document: document.to_wire(values), batch: document.batch })
        });
        let accepted = accepted.await?;
        file.settle();
        host.queue.wake();
        host.queue.purge();
        Ok(accepted)
    })
    .await
}

/// Puts a file that is there already in the queue as a new document of a pipeline; one of the same name is left alone.
pub(crate) fn queue_new(
    tx: &Transaction<'_>,
    dataset: &DatasetRow,
    name: String,
    file: String,
    process_rule: i64,
    batch: String,
) -> Result<DocumentRow, ApiError> {
    let new = NewDocument {
        id: new_id(),
        dataset: dataset.seq,
        position: None,
        name,
        batch,
        file,
        process_rule,
        doc_form: dataset.doc_form.clone().unwrap_or(DocForm::Text),
        doc_language: "English".to_owned(),
        created_from: "rag-pipeline".to_owned(),
        created_at: now(),
        word_count: None,
        tokens: None,
        hit_count: 0,
    };
    Ok(documents::insert(tx, &new)?)
}

/// The document that this one takes the place of: the one that was named, or the enabled one of the same name.
fn replaced(tx: &Transaction<'_>, dataset: i64, name: &str, id: Option<&str>) -> Result<Option<DocumentRow>, ApiError> {
    let old = match id.filter(|id| !id.is_empty()) {
        Some(id) => Some(documents::find(tx, dataset, &id.to_lowercase())?.ok_or_else(ApiError::no_document)?),
        None => documents::enabled_namesake(tx, dataset, name)?,
    };
    // Real servers replace it; but who puts a document away does not expect that an upload takes its place.
    if old.as_ref().is_some_and(|old| old.archived) { Err(ApiError::archived()) } else { Ok(old) }
}

/// The embedding model of a knowledge base that this document makes a high-quality one.
async fn chosen(host: &Host, dataset: &str, settings: &CreateDocumentByFile) -> Result<Option<Chosen>, ApiError> {
    let dataset = dataset.to_owned();
    let row = host.store.read(move |connection| datasets::find(connection, &dataset)).await?;
    if row.indexing_technique.is_some() || settings.indexing_technique != Some(IndexingTechnique::HighQuality) {
        return Ok(None);
    }
    let (model, provider) = (settings.embedding_model.as_deref(), settings.embedding_model_provider.as_deref());
    choose(host, model, provider).await.map(Some)
}

/// Settles what the first document decides for its knowledge base; answers the rule to split by.
fn settle(
    tx: &Transaction<'_>,
    dataset: &mut DatasetRow,
    settings: &CreateDocumentByFile,
    may_lack_rule: bool,
    (model, has_embeddings): (Option<Chosen>, bool),
) -> Result<ProcessRule, ApiError> {
    if dataset.is_external() {
        return Err(ApiError::invalid("External datasets are not supported."));
    }
    let technique = settings.indexing_technique.clone().filter(IndexingTechnique::is_known);
    match (&dataset.indexing_technique, technique) {
        (None, None) => return Err(ApiError::invalid("indexing_technique is required.")),
        (None, Some(technique)) => datasets::set_technique(dataset, technique, model)?,
        // What was chosen for the knowledge base stands; a single document cannot change it.
        (Some(_), _) => {}
    }
    if dataset.is_high_quality() && !has_embeddings {
        return Err(datasets::no_embeddings());
    }
    let form = settings.doc_form.clone().filter(DocForm::is_known);
    check_form(dataset, form.as_ref())?;
    dataset.doc_form = dataset.doc_form.take().or(form).or(Some(DocForm::Text));
    if dataset.retrieval_model.is_none() {
        datasets::set_retrieval(dataset, settings.retrieval_model.clone())?;
    }
    let rule = match settings.process_rule.clone() {
        Some(rule) => rule,
        None => match process_rules::latest(tx, dataset.seq)? {
            Some(rule) => rule,
            None if may_lack_rule => ProcessRule { mode: ProcessMode::Automatic, rules: None },
            None => return Err(ApiError::invalid("process_rule is required.")),
        },
    };
    let rule = checked_rule(rule, dataset.doc_form.as_ref())?;
    crate::store::datasets::update(tx, dataset)?;
    Ok(rule)
}

/// Refuses a chunk mode that is not the knowledge base's.
pub(crate) fn check_form(dataset: &DatasetRow, form: Option<&DocForm>) -> Result<(), ApiError> {
    match (&dataset.doc_form, form) {
        (Some(own), Some(form)) if own != form => Err(ApiError::invalid("doc_form is different from the dataset doc_form.")),
        _ => Ok(()),
    }
}

/// Refuses a rule that lacks what its mode needs, or that is for another chunk mode. A length out of range is found when the document
/// is split, as on real servers.
pub(crate) fn checked_rule(rule: ProcessRule, form: Option<&DocForm>) -> Result<ProcessRule, ApiError> {
    let is_hierarchical = form == Some(&DocForm::Hierarchical);
    let mode = rule.mode.clone();
    if mode == ProcessMode::Automatic {
        return Ok(if is_hierarchical { automatic_parent_child() } else { ProcessRule { rules: None, ..rule } });
    }
    match (is_hierarchical, mode == ProcessMode::Hierarchical) {
        (true, false) => {
            return Err(ApiError::invalid(
                "process_rule.mode: a document of hierarchical_model needs hierarchical or automatic.",
            ));
        }
        (false, true) => {
            return Err(ApiError::invalid("process_rule.mode: hierarchical is only for documents of hierarchical_model."));
        }
        _ => {}
    }
    let mut rule = rule;
    let Some(rules) = &mut rule.rules else { return Err(ApiError::invalid("Process rule rules is required")) };
    if is_hierarchical {
        rules.parent_mode.get_or_insert_with(|| "paragraph".to_owned());
    }
    let is_whole = is_hierarchical && rules.parent_mode.as_deref() == Some(FULL_DOC);
    if rules.segmentation.is_none() && !is_whole {
        return Err(ApiError::invalid("Process rule segmentation is required"));
    }
    if is_hierarchical && rules.subchunk_segmentation.is_none() {
        return Err(ApiError::invalid("Process rule subchunk_segmentation is required"));
    }
    Ok(rule)
}
