//! Documents that are about to be deleted: every list says so meanwhile.

use std::cell::RefCell;

use leptos::prelude::*;

use super::DocumentIndex;

/// Marks documents until this is dropped, because their deletion was taken back, or until each is gone.
pub struct Leaving {
    index: DocumentIndex,
    ids: RefCell<Vec<String>>,
}

impl Leaving {
    /// The key under which a deletion is pending whose first document this is.
    #[must_use]
    pub fn key(first: &str) -> String {
        format!("documents {first}")
    }

    /// Marks them; `key` is what their deletion is pending under.
    #[must_use]
    pub fn begin(index: &DocumentIndex, key: &str, ids: Vec<String>) -> Self {
        index.leaving().update(|leaving| leaving.extend(ids.iter().map(|id| (id.clone(), key.to_owned()))));
        Self { index: index.clone(), ids: RefCell::new(ids) }
    }

    /// One of them is gone, or stays after all.
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
