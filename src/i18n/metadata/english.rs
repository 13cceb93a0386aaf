//! English.

use super::{Fields, Grid, Metadata, Save};

/// English.
pub static ENGLISH: Metadata = Metadata {
    view: "View",
    values: "Values",
    fields: "Fields",
    field: Fields {
        new: "New field",
        new_title: "New metadata field",
        rename_title: |name| format!("Rename {name}"),
        rename: "Rename…",
        delete: "Delete",
        create: "Create",
        name: "Name",
        kind: "Type",
        usage: "Used by",
        text: "Text",
        number: "Number",
        time: "Time",
        text_hint: "Any text, such as an author or a department.",
        number_hint: "Whole numbers and decimals, such as a year or a version.",
        time_hint: "A date with a time of day, kept as one point in time.",
        kind_stays: "The type cannot be changed later.",
        name_hint: "Lower-case letters, digits and underscores; begins with a letter.",
        rename_hint: "Values stay. Apps that filter by the old name have to be changed.",
        problems: [
            "A field needs a name.",
            "255 characters at most.",
            "Begin with a letter from a to z.",
            "Only lower-case letters, digits and underscores.",
            "The server has a built-in field of this name.",
            "There is already a field of this name.",
        ],
        used_by: |count, text| if count == 1 { "1 document".to_owned() } else { format!("{text} documents") },
        unused: "No document yet",
        created: |name| format!("The field “{name}” was created."),
        renamed: |name| format!("The field is called “{name}” now."),
        deleting: |name, count, text| match count {
            0 => format!("The field “{name}” goes in 10 seconds."),
            1 => format!("“{name}” and its value in 1 document go in 10 seconds."),
            _ => format!("“{name}” and its values in {text} documents go in 10 seconds."),
        },
        deleted: |name| format!("The field “{name}” was deleted."),
        not_deleted: |name, cause| format!("The field “{name}” was not deleted: {cause}"),
        is_deleting: "About to go",
        table: "Metadata fields",
        none_title: "No metadata fields yet",
        none_text: "Fields such as author, year or department tell documents apart. Retrieval can be narrowed down by them.",
        built_in: "Built-in fields",
        built_in_text: "The server fills these in by itself for every document. Retrieval can filter by them; nobody can edit them.",
        built_in_fields: [
            "name of the document",
            "who added it",
            "when it was added",
            "when it was last changed",
            "where it came from",
        ],
        is_on: "On",
        is_off: "Off",
    },
    grid: Grid {
        table: "Values by document and field",
        document: "Document",
        search: "Search documents",
        only_changed: "Changed",
        only_missing: "Incomplete",
        count: |shown, all| {
            if shown == all { format!("{all} documents") } else { format!("{shown} of {all} documents") }
        },
        nothing: "No document matches.",
        no_documents_title: "No documents yet",
        no_documents_text: "Values belong to documents. Add some first.",
        to_documents: "To the documents",
        keys: "Arrows move, Enter or F2 edits, typing overwrites. Ctrl+C and Ctrl+V work with spreadsheets, Ctrl+D fills down, Delete empties, Ctrl+Z takes back.",
        select: |name| format!("Select {name}"),
        select_all: |count| format!("Select all {count} documents"),
        selected: |count, text| if count == 1 { "1 selected".to_owned() } else { format!("{text} selected") },
        set: "Set a field…",
        set_title: |count, text| {
            if count == 1 { "Set a field of 1 document".to_owned() } else { format!("Set a field of {text} documents") }
        },
        set_text: "Nothing is sent yet. You can look all changes over before they are saved.",
        set_empty: "Without a value the field is emptied.",
        set_submit: "Set",
        field: "Field",
        value: "Value",
        clear_selection: "Clear selection",
        no_number: "This is no number, so it will not be saved.",
        no_time: "This is no date, so it will not be saved. Write it as 2026-11-23 14:05.",
        before: |value| format!("Before: {value}"),
        empty: "empty",
        outside: |count, text| {
            if count == 1 {
                "1 value fell outside the table and was left out.".to_owned()
            } else {
                format!("{text} values fell outside the table and were left out.")
            }
        },
        editor: |field, document| format!("{field} of {document}"),
        place: |at, all| format!("{at} of {all}"),
        previous: "Previous document",
        next: "Next document",
        utc: |text| format!("{text} UTC"),
        time_hint: "In your own time zone.",
    },
    save: Save {
        bar: "Changes",
        pending: |values, values_text, documents, documents_text| {
            let values = if values == 1 { "1 value".to_owned() } else { format!("{values_text} values") };
            let documents = if documents == 1 { "1 document".to_owned() } else { format!("{documents_text} documents") };
            format!("{values} in {documents} changed, not saved")
        },
        unfit: |count, text| {
            if count == 1 { "1 does not fit its field".to_owned() } else { format!("{text} do not fit their field") }
        },
        review: "Review changes",
        discard: "Discard",
        undo: "Take back",
        discarded: "Your changes were discarded.",
        restore: "Bring them back",
        draft_found: "Your changes from before are still here.",
        not_stored: "The browser's storage is full or blocked, so your changes will not survive a reload.",
        shared: "These changes are open in another tab too. Both tabs show all of them; of one value the later change counts.",
        lost: |count, text| {
            if count == 1 {
                "1 change was dropped: its field or document is gone.".to_owned()
            } else {
                format!("{text} changes were dropped: their fields or documents are gone.")
            }
        },
        title: "Review changes",
        sum: |values, values_text, documents, documents_text| {
            let values = if values == 1 { "1 value".to_owned() } else { format!("{values_text} values") };
            let documents = if documents == 1 { "1 document".to_owned() } else { format!("{documents_text} documents") };
            format!("{values} in {documents} will change.")
        },
        nothing: "None of the changed values fits its field, so there is nothing to save yet. Mend the marked ones first.",
        safe: "All other values stay as they are. What the server keeps is read back and compared.",
        document: "Document",
        field: "Field",
        before: "Before",
        after: "After",
        more: |count| format!("and {count} more"),
        left_out: |count, text| {
            if count == 1 {
                "1 value does not fit its field and is left out.".to_owned()
            } else {
                format!("{text} values do not fit their field and are left out.")
            }
        },
        submit: |count, text| if count == 1 { "Save 1 document".to_owned() } else { format!("Save {text} documents") },
        report_title: "Saving metadata",
        changed: |field, server, wanted| {
            format!("Somebody changed {field} to “{server}” meanwhile; you wanted “{wanted}”. Nothing was written.")
        },
        differs: |field, server, wanted| format!("The server keeps “{server}” in {field} instead of “{wanted}”."),
        gone: "The document is no longer there.",
        again: "Try again to write your value over it.",
        bad_id: "The server gave this document an id that cannot be sent back.",
        saved: |count, text| {
            if count == 1 {
                "The metadata of 1 document was saved.".to_owned()
            } else {
                format!("The metadata of {text} documents was saved.")
            }
        },
        file: "metadata report",
    },
};
