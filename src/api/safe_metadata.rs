//! Writing values of metadata so that nothing but what was touched changes: read before, send the touched ones only, read after.
//!
//! Servers answer 200 to values that they do not keep, and older ones know no partial update: the values that were not sent are then
//! gone. The first document that has others is written alone; where those vanish they are put back at once from what was read
//! before, and such a server gets complete lists from then on.

mod remote;

use std::{cell::Cell, collections::HashMap, future::Future};

use loredesk_wire::{BUILT_IN_ID, DocumentMetadata, DocumentMetadataChange, MetadataValueChange};

pub use self::remote::RemoteMetadata;
use super::ApiError;
use crate::model::{
    id::DocumentId,
    metadata::{Field, MetadataValue, value_of},
};

/// Values of documents by their id; a document that is not there is gone.
pub type Values = HashMap<DocumentId, Vec<DocumentMetadata>>;

/// Where the values of documents live.
pub trait MetadataStore {
    /// Reads the values of several documents, perhaps from lists.
    fn read(&self, documents: &[DocumentId]) -> impl Future<Output = Result<Values, ApiError>>;
    /// Reads the values of one document from its detail, which is what counts; `None` when it is gone.
    fn read_one(&self, document: &DocumentId) -> impl Future<Output = Result<Option<Vec<DocumentMetadata>>, ApiError>>;
    /// Sends values.
    fn write(&self, changes: Vec<DocumentMetadataChange>) -> impl Future<Output = Result<(), ApiError>>;
}

/// Whether a server keeps the values that are not sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PartialUpdate {
    /// Nobody has looked yet.
    #[default]
    Unknown,
    /// It does.
    Kept,
    /// It replaces the whole list.
    Replaced,
}

/// What a document shall have.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// The document.
    pub document: DocumentId,
    /// Its touched values.
    pub values: Vec<WishedValue>,
}

/// A touched value.
#[derive(Clone, Debug, PartialEq)]
pub struct WishedValue {
    /// The field by its present name: servers keep values under it.
    pub field: Field,
    /// What the person saw on the server.
    pub base: MetadataValue,
    /// What it shall be.
    pub wanted: MetadataValue,
}

/// A value that is not what was wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The field.
    pub field: Field,
    /// What was wanted.
    pub wanted: MetadataValue,
    /// What the server has.
    pub server: MetadataValue,
}

/// How writing one document ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// The server has what was wanted.
    Done,
    /// The document is gone.
    Gone,
    /// Nothing was written: somebody else changed these values meanwhile.
    Changed(Vec<Difference>),
    /// The server took it, and keeps something else.
    Differs(Vec<Difference>),
}

/// Writes a piece of documents. Each ends with its own result.
///
/// # Errors
/// When the server refuses the piece as a whole, or cannot be read; what was written by then is found as done by the next try.
pub async fn write(
    store: &impl MetadataStore,
    partial: &Cell<PartialUpdate>,
    wishes: &[Wish],
) -> Result<Vec<(DocumentId, Written)>, ApiError> {
    let ids: Vec<DocumentId> = wishes.iter().map(|wish| wish.document.clone()).collect();
    let mut now = store.read(&ids).await?;
    let mut results = Vec::new();
    let mut to_write = Vec::new();
    for wish in wishes {
        // A list may be behind, or hold no values at all: what seems changed is looked at itself.
        if !is_as_seen(wish, now.get(&wish.document)) {
            match store.read_one(&wish.document).await? {
                Some(values) => drop(now.insert(wish.document.clone(), values)),
                None => drop(now.remove(&wish.document)),
            }
        }
        match now.get(&wish.document) {
            None => results.push((wish.document.clone(), Written::Gone)),
            Some(values) if wish.differences(values).is_empty() => results.push((wish.document.clone(), Written::Done)),
            Some(values) => match wish.changed(values) {
                changed if changed.is_empty() => to_write.push(wish),
                changed => results.push((wish.document.clone(), Written::Changed(changed))),
            },
        }
    }
    let others = |wish: &Wish| now.get(&wish.document).is_some_and(|values| wish.untouched(values).next().is_some());
    if partial.get() == PartialUpdate::Unknown
        && let Some(at) = to_write.iter().position(|wish| others(wish))
    {
        let first = to_write.remove(at);
        results.push(try_one(store, partial, first, &now).await?);
    }
    if !to_write.is_empty() {
        let is_partial = partial.get() != PartialUpdate::Replaced;
        send(store, &to_write, &now, is_partial).await?;
        results.extend(verify(store, &to_write).await?);
    }
    Ok(results)
}

/// Writes the first document that has other values, and learns from it whether those stay.
async fn try_one(
    store: &impl MetadataStore,
    partial: &Cell<PartialUpdate>,
    wish: &Wish,
    before: &Values,
) -> Result<(DocumentId, Written), ApiError> {
    send(store, &[wish], before, true).await?;
    let old = before.get(&wish.document).map(Vec::as_slice).unwrap_or_default();
    let Some(after) = store.read_one(&wish.document).await? else { return Ok((wish.document.clone(), Written::Gone)) };
    let is_here = |value: &&DocumentMetadata| after.iter().any(|kept| kept.id == value.id && !kept.value.is_null());
    let had_others = || wish.untouched(old).filter(|value| !value.value.is_null());
    if had_others().next().is_none_or(|_| had_others().any(|value| is_here(&value))) {
        partial.set(PartialUpdate::Kept);
        return Ok((wish.document.clone(), wish.result(&after)));
    }
    partial.set(PartialUpdate::Replaced);
    // Every other value is gone: put back what was there a moment ago.
    send(store, &[wish], before, false).await?;
    let after = store.read_one(&wish.document).await?;
    Ok((wish.document.clone(), after.map_or(Written::Gone, |after| wish.result(&after))))
}

/// Sends touched values, or complete lists to a server that replaces them. A lost answer is no failure: what was kept is read next.
async fn send(store: &impl MetadataStore, wishes: &[&Wish], before: &Values, is_partial: bool) -> Result<(), ApiError> {
    let change = |wish: &&Wish| {
        let touched = wish.values.iter().map(|value| MetadataValueChange {
            id: value.field.id.clone(),
            name: value.field.name.clone(),
            value: value.wanted.to_wire(),
        });
        let old = before.get(&wish.document).map(Vec::as_slice).unwrap_or_default();
        let others = wish.untouched(old).filter(|_| !is_partial).map(|value| MetadataValueChange {
            id: value.id.clone(),
            name: value.name.clone(),
            value: MetadataValue::of(&value.kind, &value.value).to_wire(),
        });
        DocumentMetadataChange {
            document_id: wish.document.to_string(),
            metadata_list: touched.chain(others).collect(),
            partial_update: is_partial,
        }
    };
    match store.write(wishes.iter().map(change).collect()).await {
        Err(error) if error.is_outcome_unknown() => {
            let ids: Vec<DocumentId> = wishes.iter().map(|wish| wish.document.clone()).collect();
            let after = store.read(&ids).await.map_err(|_| error.clone())?;
            let is_there = |wish: &&Wish| after.get(&wish.document).is_some_and(|values| wish.differences(values).is_empty());
            if wishes.iter().all(is_there) { Ok(()) } else { Err(error) }
        }
        outcome => outcome,
    }
}

/// Reads back what was written; what seems different in a list is looked at itself.
async fn verify(store: &impl MetadataStore, wishes: &[&Wish]) -> Result<Vec<(DocumentId, Written)>, ApiError> {
    let ids: Vec<DocumentId> = wishes.iter().map(|wish| wish.document.clone()).collect();
    let listed = store.read(&ids).await?;
    let mut results = Vec::new();
    for wish in wishes {
        let is_good = listed.get(&wish.document).is_some_and(|values| wish.differences(values).is_empty());
        let written = if is_good {
            Written::Done
        } else {
            store.read_one(&wish.document).await?.map_or(Written::Gone, |values| wish.result(&values))
        };
        results.push((wish.document.clone(), written));
    }
    Ok(results)
}

/// Whether a server has what the person saw or what is wanted, so that nobody needs to look closer.
fn is_as_seen(wish: &Wish, values: Option<&Vec<DocumentMetadata>>) -> bool {
    values.is_some_and(|values| wish.changed(values).is_empty())
}

impl Wish {
    /// The touched values that are not as they are wanted.
    fn differences(&self, values: &[DocumentMetadata]) -> Vec<Difference> {
        let server = |wished: &WishedValue| value_of(values, &wished.field);
        let different = self.values.iter().filter(|wished| server(wished) != wished.wanted);
        different
            .map(|wished| Difference { field: wished.field.clone(), wanted: wished.wanted.clone(), server: server(wished) })
            .collect()
    }

    /// The touched values that are neither what the person saw nor what is wanted.
    fn changed(&self, values: &[DocumentMetadata]) -> Vec<Difference> {
        let is_base = |difference: &Difference| {
            self.values.iter().any(|wished| wished.field == difference.field && wished.base == difference.server)
        };
        self.differences(values).into_iter().filter(|difference| !is_base(difference)).collect()
    }

    /// The document's own values that are not touched.
    fn untouched<'a>(&self, values: &'a [DocumentMetadata]) -> impl Iterator<Item = &'a DocumentMetadata> {
        let touched: Vec<&str> = self.values.iter().map(|wished| wished.field.id.as_str()).collect();
        values.iter().filter(move |value| value.id != BUILT_IN_ID && !touched.contains(&value.id.as_str()))
    }

    fn result(&self, values: &[DocumentMetadata]) -> Written {
        match self.differences(values) {
            differences if differences.is_empty() => Written::Done,
            differences => Written::Differs(differences),
        }
    }
}

#[cfg(test)]
mod tests;
