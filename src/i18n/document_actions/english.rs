//! English.

use super::{Action, Again, Delays, Deletion, DocumentActions, Obstacles, Zip};

/// English.
pub static ENGLISH: DocumentActions = DocumentActions {
    enable: Action {
        word: "Enable",
        title: |count, text| if count == 1 { "Enable 1 document".to_owned() } else { format!("Enable {text} documents") },
        done: |name| format!("“{name}” is enabled."),
    },
    disable: Action {
        word: "Disable",
        title: |count, text| if count == 1 { "Disable 1 document".to_owned() } else { format!("Disable {text} documents") },
        done: |name| format!("“{name}” is disabled: retrieval does not find it any more."),
    },
    archive: Action {
        word: "Archive",
        title: |count, text| if count == 1 { "Archive 1 document".to_owned() } else { format!("Archive {text} documents") },
        done: |name| format!("“{name}” is archived."),
    },
    un_archive: Action {
        word: "Un-archive",
        title: |count, text| if count == 1 { "Un-archive 1 document".to_owned() } else { format!("Un-archive {text} documents") },
        done: |name| format!("“{name}” is no longer archived."),
    },
    download: Action {
        word: "Download original",
        title: |count, text| {
            if count == 1 { "Download 1 original".to_owned() } else { format!("Download {text} originals") }
        },
        done: |name| format!("“{name}” is being saved."),
    },
    reindex: Action {
        word: "Try again",
        title: |count, text| {
            if count == 1 { "Index 1 document again".to_owned() } else { format!("Index {text} documents again") }
        },
        done: |name| format!("“{name}” is being indexed again."),
    },
    delete: Action {
        word: "Delete",
        title: |count, text| if count == 1 { "Delete 1 document".to_owned() } else { format!("Delete {text} documents") },
        done: |name| format!("“{name}” was deleted."),
    },
    download_zip: "Download as ZIP",
    recover: "Recover…",
    more: "More for the selection",
    obstacles: Obstacles {
        already_so: "It is so already.",
        archived: "It is archived. Un-archive it first.",
        not_indexed: "It is not indexed. Only what is indexed can be disabled.",
        no_file: "It did not come from a file, so there is none to download.",
        not_failed: "It is indexed; there is nothing to try again.",
        working: "The server is at work on it. Wait until it ends.",
        disabled: "It is disabled, so the server would make a second document. Enable it first.",
        name: "Its name is not one a file can have here (an accepted ending, none of / \\ : * ? \" < > |). Delete it and add its file under another name.",
        namesake: "Another enabled document has the same name, and the server might replace that one. Disable the other first.",
        no_uploads: "This knowledge base takes no files: run its pipeline or sync its source again.",
    },
    some_cannot: |_, count, why| format!("{count} of the selected cannot: {why}"),
    none_can: |why| format!("None of the selected can: {why}"),
    deletion: Deletion {
        pending_one: |name| format!("Deleting “{name}”"),
        pending_many: |count| format!("Deleting {count} documents"),
        leaving: "About to be deleted; nothing is sent yet.",
        undo: |name| format!("Undo the deletion of {name}"),
        not_deleted: |name, why| format!("“{name}” was not deleted. {why}"),
        running: |done, all| format!("Deleting: {done} of {all} done"),
        ended: |done, left| format!("{done} deleted, {left} still there."),
        all_gone: |count| format!("{count} documents were deleted."),
        show: "Show why",
    },
    delays: Delays {
        stuck: "Stuck",
        worker_down: |ago| {
            format!(
                "Last moved {ago}, and nothing is being indexed here: the server's worker is probably down or busy elsewhere."
            )
        },
        blocked_by: |ago, name| format!("Last moved {ago}. It waits behind “{name}”, which hangs: recover that one first."),
        update_hang: |ago| {
            format!(
                "Last moved {ago}. Updates hang for ever in Dify 1.11.4 to 1.12: restart its worker, then recover the document."
            )
        },
        stalled: |ago| {
            format!("Last moved {ago}, longer than its size explains: the server's worker probably stopped. Recover it.")
        },
        behind: |ago, name| format!("Last moved {ago}. It waits behind “{name}”, which is being indexed."),
    },
    again: Again {
        question: |count, text| {
            if count == 1 { "Index 1 document again?".to_owned() } else { format!("Index {text} documents again?") }
        },
        text: "The original is downloaded and sent again under the same name with the document's own settings. Id and metadata stay.",
        lost: "Chunks are made anew: edits made to them are gone.",
        stuck: |count, text| {
            if count == 1 {
                "The server still says that it works on one of them. If a worker really does, two will work on it at once."
                    .to_owned()
            } else {
                format!(
                    "The server still says that it works on {text} of them. If a worker really does, two will work on one at once."
                )
            }
        },
        submit: "Index again",
        no_original: |said| format!("The original could not be fetched: {said} Use “Replace by file…” with your own copy."),
        second: "This server made a second document of it, with the same metadata. Once that one is available, this one can be deleted.",
        second_without_metadata: "This server made a second document of it, and its metadata could not be copied. Set it there before you delete this one.",
    },
    zip: Zip {
        name: |name| format!("{name}.zip"),
        part: |name, number| format!("{name}, part {number}.zip"),
        not_saved: "The browser could not save the file.",
        one_by_one: "This server makes no ZIP files. The originals are saved one by one; your browser may ask whether that is all right.",
    },
    gone: "The server does not have it any more.",
    not_kept: "The server said yes, but its list shows no change.",
    columns: "Columns",
    metadata: "Metadata",
};
