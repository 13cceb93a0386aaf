//! Documents that will be deleted unless that is taken back.

use std::cell::RefCell;

use leptos::prelude::*;

use super::DocumentIndex;

/// Documents that are about to go: their rows say so until this is dropped, because it was taken back, or until each is gone.
pub struct Leaving {
    index: DocumentIndex,
    ids: RefCell<Vec<String>>,
}

impl Leaving {
    /// They are about to go; `key` is that of what will delete them.
    #[must_use]
    pub fn begin(index: &DocumentIndex, key: &str, ids: Vec<String>) -> Self {
        index.leaving().update(|leaving| leaving.extend(ids.iter().map(|id| (id.clone(), key.to_owned()))));
        Self { index: index.clone(), ids: RefCell::new(ids) }
    }

    /// One of them is gone, or stays.
    pub fn settle(&self, id: &str) {
        self.ids.borrow_mut().retain(|known| known != id);
        self.index.leaving().update(|leaving| drop(leaving.remove(id)));
    }
}

impl Drop for Leaving {
    fn drop(&mut self) {
        let ids = self.ids.take();
        if !ids.is_empty() {
            self.index.leaving().update(|leaving| leaving.retain(|id, _| !ids.contains(id)));
        }
    }
}
