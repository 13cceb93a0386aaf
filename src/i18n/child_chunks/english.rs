//! Child chunks, in English.

use super::ChildChunks;

/// English.
pub static ENGLISH: ChildChunks = ChildChunks {
    title: "Child chunks",
    hint: "Retrieval compares a question with these, and answers with the whole chunk.",
    no_keywords: "Chunks with child chunks have no keywords: they are found by their child chunks.",
    search: "Search child chunks",
    add: "Add child",
    add_submit: "Add it",
    name: |position| format!("Child {position}"),
    text_of: |position| format!("Text of child {position}"),
    new_text: "Text of the new child chunk",
    no_text: "A child chunk needs text to be found by.",
    automatic: "Automatic",
    customized: "By hand",
    edit: |position| format!("Edit child {position}"),
    delete: |position| format!("Delete child {position}"),
    save: |position| format!("Save child {position}"),
    discard: "Discard",
    delete_last: "It is the only one: without a child chunk, retrieval does not find this chunk at all until you add one or make them anew.",
    added: |position| format!("Child chunk {position} was added."),
    saved: |position| format!("Child chunk {position} was saved."),
    deleting: |position| format!("Deleting child chunk {position}"),
    going: "About to be deleted; nothing is sent yet.",
    undo: |position| format!("Undo the deletion of child {position}"),
    not_deleted: |position, why| format!("Child chunk {position} was not deleted. {why}"),
    deleted: |position| format!("Child chunk {position} was deleted."),
    none: "There are none, so retrieval does not find this chunk. Add one, or make them anew from its text.",
    changed_meanwhile: "Somebody else changed this child chunk meanwhile. Struck out is theirs, underlined is yours.",
    other_text: "The server answered “saved”, but has another text. Struck out is the server\u{2019}s, underlined is yours.",
    take_theirs: "Take theirs",
    keep_mine: "Save mine over it",
    orphan: "You were editing a child chunk that is no longer there. This is what you had typed:",
    add_as_new: "Add as a new one",
    anew: "Make anew…",
    anew_text: "All child chunks of this chunk are thrown away and made anew from its text as it is saved now.",
    anew_lost: |count| {
        if count == 1 {
            "1 of them was written or changed by hand and is lost.".to_owned()
        } else {
            format!("{count} of them were written or changed by hand and are lost.")
        }
    },
    anew_submit: "Make them anew",
    anew_off: "Servers change nothing of a chunk that is switched off. Switch it on and save first.",
    anew_done: "The child chunks were made anew.",
    anew_kept: "The server kept the old child chunks. Dify servers make them anew only in a high-quality knowledge base.",
    save_title: "What about its child chunks?",
    save_text: |count| {
        if count == 1 {
            "The text changed, and its child chunk still has the old one. Retrieval finds the chunk by what its child chunks say."
                .to_owned()
        } else {
            format!(
                "The text changed, and its {count} child chunks still have the old one. Retrieval finds the chunk by what its child chunks say."
            )
        }
    },
    save_keep: "Save and keep them",
    save_anew: "Save and make them anew",
    economy: "This knowledge base has the economy index. A Dify server never finds parent and child chunks there, and does not let them be edited; the server that comes with Loredesk does both.",
};
