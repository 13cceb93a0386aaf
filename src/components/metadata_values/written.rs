//! What a write has made of the values of one document: the draft and the list know it at once, and what was not done has its sentence.

use leptos::prelude::*;

use super::words;
use crate::{
    api::safe_metadata::{Difference, Wish, Written},
    i18n::Locale,
    model::metadata::{Field, MetadataValue, with_values},
    state::{document_index::DocumentIndex, metadata_draft::DraftWriter},
};

/// Takes in how writing a document ended; gives why it is not done. What is written leaves the draft; what somebody else changed
/// stays in it, with the server's value as the one before, so that another try writes over it knowingly.
pub fn take_in(locale: Locale, draft: &DraftWriter, index: &DocumentIndex, wish: &Wish, written: &Written) -> Option<String> {
    let messages = &locale.metadata().save;
    let id = wish.document.as_str();
    let wanted = |is_kept: &dyn Fn(&Field) -> bool| {
        let kept = wish.values.iter().filter(|value| is_kept(&value.field));
        kept.map(|value| (value.field.clone(), value.wanted.clone())).collect()
    };
    match written {
        Written::Done => {
            settle(draft, index, id, wanted(&|_| true));
            None
        }
        Written::Gone => Some(messages.gone.to_owned()),
        Written::Changed(differences) => {
            settle(draft, index, id, server_values(differences));
            Some(format!("{} {}", told(locale, messages.changed, differences), messages.again))
        }
        Written::Differs(differences) => {
            settle(draft, index, id, wanted(&|field| differences.iter().all(|other| other.field != *field)));
            settle(draft, index, id, server_values(differences));
            Some(told(locale, messages.differs, differences))
        }
    }
}

fn server_values(differences: &[Difference]) -> Vec<(Field, MetadataValue)> {
    differences.iter().map(|difference| (difference.field.clone(), difference.server.clone())).collect()
}

/// The server has these values now.
fn settle(draft: &DraftWriter, index: &DocumentIndex, id: &str, values: Vec<(Field, MetadataValue)>) {
    draft.written(id, &values.iter().map(|(field, value)| (field.id.clone(), value.clone())).collect::<Vec<_>>());
    let known = index.documents().with_untracked(|documents| documents.by_id(id).cloned());
    if let Some(known) = known {
        index.put(with_values(&known, values));
    }
}

fn told(locale: Locale, say: fn(&str, &str, &str) -> String, differences: &[Difference]) -> String {
    let words = differences.iter().map(|difference| {
        say(&difference.field.name, &words::named(locale, &difference.server), &words::named(locale, &difference.wanted))
    });
    words.collect::<Vec<_>>().join(" ")
}
