//! Deleting: nothing is sent for ten seconds, in which it can be taken back; a tab that is closed by then has deleted nothing.
//!
//! Proves: deleteDocument, deleteChildChunk, deleteMetadataField, deleteKnowledgeTag.

use std::time::{Duration, Instant};

use fantoccini::Locator;
use serde_json::json;

use crate::support::Desk;

/// How long there is to take a deletion back, and a moment more.
const OVER: Duration = Duration::from_millis(10_500);
/// The app's ten seconds pass in two; every other timer keeps its time.
const SHORTENED: &str = "const real = window.setTimeout;
    window.setTimeout = (callback, wait, ...rest) => real(callback, wait === 10000 ? 2000 : wait, ...rest);";
/// The two seconds, and a moment more.
const SHORT_OVER: Duration = Duration::from_millis(2_500);

/// One of everything that can be deleted.
struct Things {
    knowledge_base: String,
    documents: String,
    document: String,
    chunk: String,
}

impl Things {
    async fn make(desk: &Desk) -> Self {
        let knowledge_base = desk.make_knowledge_base("Pumps").await;
        let rule = json!({"mode": "hierarchical", "rules": {
            "pre_processing_rules": [], "parent_mode": "paragraph",
            "segmentation": {"separator": "\n\n", "max_tokens": 1000, "chunk_overlap": 0},
            "subchunk_segmentation": {"separator": ". ", "max_tokens": 500, "chunk_overlap": 0}}});
        let mut document = String::new();
        for name in ["c.txt", "b.txt", "a.txt"] {
            let body = json!({"name": name, "text": "Arches hold. Cables hang.", "indexing_technique": "economy",
                "doc_form": "hierarchical_model", "process_rule": rule});
            let made = desk.api("POST", &format!("datasets/{knowledge_base}/document/create-by-text"), Some(&body)).await;
            document = made["document"]["id"].as_str().expect("an id").to_owned();
            desk.indexed(&knowledge_base, &document).await;
        }
        let chunks = desk.api("GET", &format!("datasets/{knowledge_base}/documents/{document}/segments"), None).await;
        let chunk = chunks["data"][0]["id"].as_str().expect("a chunk").to_owned();
        desk.api("POST", &format!("datasets/{knowledge_base}/metadata"), Some(&json!({"name": "author", "type": "string"})))
            .await;
        let tag = desk.api("POST", "datasets/tags", Some(&json!({"name": "urgent"}))).await;
        let body = json!({"tag_ids": [tag["id"]], "target_id": knowledge_base});
        desk.api("POST", "datasets/tags/binding", Some(&body)).await;
        let documents = format!("/local/knowledge-bases/{knowledge_base}/documents");
        Self { knowledge_base, documents, document, chunk }
    }

    /// How many there are of each: documents, child chunks, fields, tags.
    async fn count(&self, desk: &Desk) -> [u64; 4] {
        let Self { knowledge_base, document, chunk, .. } = self;
        let length = |value: &serde_json::Value| value.as_array().map_or(0, |list| list.len() as u64);
        let documents = desk.api("GET", &format!("datasets/{knowledge_base}/documents"), None).await;
        let path = format!("datasets/{knowledge_base}/documents/{document}/segments/{chunk}/child_chunks");
        let children = desk.api("GET", &path, None).await;
        let fields = desk.api("GET", &format!("datasets/{knowledge_base}/metadata"), None).await;
        let tags = desk.api("GET", "datasets/tags", None).await;
        [length(&documents["data"]), length(&children["data"]), length(&fields["doc_metadata"]), length(&tags)]
    }
}

/// A kind of thing: where it is, how its deletion begins, how one sees that it is pending, and the button that takes it back.
struct Kind {
    path: String,
    begin: &'static [&'static str],
    pending: &'static str,
    undo: &'static str,
}

fn kinds(things: &Things) -> Vec<Kind> {
    let Things { documents, document, chunk, knowledge_base } = things;
    let metadata = format!("/local/knowledge-bases/{knowledge_base}/metadata?view=fields");
    vec![
        Kind {
            path: documents.clone(),
            begin: &["Actions for b.txt", "Delete"],
            pending: "Deleting “b.txt”",
            undo: "Undo Undo the deletion of b.txt",
        },
        Kind {
            path: format!("{documents}/{document}"),
            begin: &["More actions", "Delete document"],
            pending: "Deleting “a.txt”",
            undo: "Undo Undo the deletion of a.txt",
        },
        Kind {
            path: format!("{documents}/{document}/chunks/{chunk}"),
            begin: &["Delete child 1"],
            pending: "Child chunk 1 goes in 10 seconds.",
            undo: "Undo Undo the deletion of child 1",
        },
        Kind {
            path: metadata,
            begin: &["More actions", "Delete"],
            pending: "The field “author” goes in 10 seconds.",
            undo: "Undo",
        },
        Kind {
            path: "/local/knowledge-bases".to_owned(),
            begin: &["More actions", "Tags…", "Manage tags…", "Delete “urgent”"],
            pending: "Deleting the tag “urgent”",
            undo: "Undo Undo the deletion of “urgent”",
        },
    ]
}

async fn begin(desk: &Desk, kind: &Kind) {
    desk.open(&kind.path).await;
    for name in kind.begin {
        desk.click(name).await;
    }
    desk.see_text(kind.pending).await;
}

async fn deletions(desk: &Desk) -> usize {
    desk.requests().await.iter().filter(|request| request.starts_with("DELETE")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tab_that_is_closed_in_time_has_deleted_nothing_of_any_kind() {
    let desk = Desk::start().await;
    let things = Things::make(&desk).await;
    let before = things.count(&desk).await;
    assert_eq!(before, [3, 2, 1, 1]);
    desk.no_faults().await;
    for kind in kinds(&things) {
        begin(&desk, &kind).await;
        // Another page load is what closing the tab is to the page.
        desk.browser.refresh().await.unwrap();
        desk.see(Locator::Css("h1, h2")).await;
        desk.see_no_text(kind.pending).await;
    }
    // Many at once.
    desk.open(&things.documents).await;
    desk.see(Locator::Css("thead .select-cell label")).await.click().await.unwrap();
    desk.see_text("3 selected").await;
    desk.click("Delete").await;
    desk.see_text("Deleting 3 documents").await;
    desk.browser.refresh().await.unwrap();
    desk.see_text("a.txt").await;
    let last = Instant::now();
    while last.elapsed() < OVER {
        assert_eq!(deletions(&desk).await, 0);
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    assert_eq!(things.count(&desk).await, before);
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_back_is_never_sent() {
    let desk = Desk::start().await;
    let things = Things::make(&desk).await;
    let before = things.count(&desk).await;
    desk.no_faults().await;
    desk.before_each_page(SHORTENED).await;
    for kind in kinds(&things) {
        begin(&desk, &kind).await;
        desk.click(kind.undo).await;
        desk.see_no_text(kind.pending).await;
        // The page stays as it is, so that nothing but the undo can have stopped it.
        let undone = Instant::now();
        while undone.elapsed() < SHORT_OVER {
            assert_eq!(deletions(&desk).await, 0, "{}", kind.pending);
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
    assert_eq!(things.count(&desk).await, before);
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_taken_back_goes_once_the_time_is_over() {
    let desk = Desk::start().await;
    let things = Things::make(&desk).await;
    let done = [
        "“b.txt” was deleted.",
        "“a.txt” was deleted.",
        "Child chunk 1 was deleted.",
        "The field “author” was deleted.",
        "The tag “urgent” was deleted.",
    ];
    // The document of the child chunk goes last.
    let mut kinds: Vec<(Kind, &str)> = kinds(&things).into_iter().zip(done).collect();
    let document = kinds.remove(1);
    kinds.push(document);
    for (at, (kind, done)) in kinds.into_iter().enumerate() {
        desk.no_faults().await;
        begin(&desk, &kind).await;
        let began = Instant::now();
        // The first one in real time.
        while at == 0 && began.elapsed() < Duration::from_secs(8) {
            assert_eq!(deletions(&desk).await, 0, "{}", kind.pending);
            tokio::time::sleep(Duration::from_millis(400)).await;
        }
        assert_eq!(deletions(&desk).await, 0, "{}", kind.pending);
        desk.see_text(done).await;
        assert_eq!(deletions(&desk).await, 1, "{done}");
        if at == 0 {
            desk.before_each_page(SHORTENED).await;
        }
    }
    let [documents, _, fields, tags] = things.count(&desk).await;
    assert_eq!([documents, fields, tags], [1, 0, 0]);
    desk.finish(&["404"]).await;
}
