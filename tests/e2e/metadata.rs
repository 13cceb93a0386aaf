//! Metadata: fields with their undo, values by keyboard, by paste and for many, what a server refuses, what somebody else changed.
//!
//! Proves: listMetadataFields, createMetadataField, updateMetadataField, deleteMetadataField.
//! Proves: toggleBuiltInMetadataField, batchUpdateDocumentMetadata.

use fantoccini::{Locator, key::Key};
use serde_json::{Value, json};

use crate::support::Desk;

/// A knowledge base with a field of each type; gives its id and the ids of `author`, `year` and `reviewed`.
async fn with_fields(desk: &Desk) -> (String, [String; 3]) {
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let mut ids = Vec::new();
    for (name, kind) in [("author", "string"), ("year", "number"), ("reviewed", "time")] {
        let made =
            desk.api("POST", &format!("datasets/{knowledge_base}/metadata"), Some(&json!({"name": name, "type": kind}))).await;
        ids.push(made["id"].as_str().expect("an id").to_owned());
    }
    (knowledge_base, ids.try_into().unwrap())
}

/// The values of a document by the name of their field, as the detail has them.
async fn values(desk: &Desk, knowledge_base: &str, document: &str) -> Value {
    let detail = desk.api("GET", &format!("datasets/{knowledge_base}/documents/{document}?metadata=only"), None).await;
    let list = detail["doc_metadata"].as_array().cloned().unwrap_or_default();
    let own = list.iter().filter(|value| value["id"] != "built-in");
    own.map(|value| (value["name"].as_str().unwrap().to_owned(), value["value"].clone()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

async fn open_values(desk: &Desk, knowledge_base: &str) {
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/metadata")).await;
    desk.see(Locator::Css("#cell-0-0")).await;
}

/// Pastes as a person would: the browser tells the document, with the text on the clipboard.
async fn paste(desk: &Desk, text: &str) {
    let script = r"
        const data = new DataTransfer();
        data.setData('text/plain', arguments[0]);
        document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));";
    desk.browser.execute(script, vec![json!(text)]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_are_made_renamed_and_deleted_with_a_way_back() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let path = format!("/local/knowledge-bases/{knowledge_base}/metadata");
    let list = format!("datasets/{knowledge_base}/metadata");
    let names = async || {
        let answer = desk.api("GET", &list, None).await;
        answer["doc_metadata"]
            .as_array()
            .unwrap()
            .iter()
            .map(|field| field["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    desk.open(&path).await;
    desk.see_text("No metadata fields yet").await;
    desk.click("New field").await;
    desk.type_into("Name", "Author").await;
    desk.see_text("Begin with a letter from a to z.").await;
    desk.replace("Name", "upload_date").await;
    desk.see_text("The server has a built-in field of this name.").await;
    desk.replace("Name", "author").await;
    desk.click("Create").await;
    desk.see_text("The field “author” was created.").await;
    assert_eq!(names().await, ["author"]);

    desk.click("Fields").await;
    desk.path_becomes("the fields", |path| path.ends_with("?view=fields")).await;
    desk.click("More actions").await;
    desk.click("Rename…").await;
    desk.replace("Name", "writer").await;
    desk.click("Save").await;
    desk.see_text("The field is called “writer” now.").await;
    assert_eq!(names().await, ["writer"]);

    // Taken back: nothing is sent.
    desk.click("More actions").await;
    desk.click("Delete").await;
    desk.see_text("The field “writer” goes in 10 seconds.").await;
    desk.see_text("About to go").await;
    desk.click("Undo").await;
    desk.see_no_text("About to go").await;

    // The page closed before the time was up: nothing is sent either.
    desk.click("More actions").await;
    desk.click("Delete").await;
    desk.see_text("About to go").await;
    desk.browser.refresh().await.unwrap();
    desk.see_text("writer").await;
    desk.see_no_text("About to go").await;
    assert_eq!(names().await, ["writer"]);

    // Going elsewhere does not stop it.
    desk.click("More actions").await;
    desk.click("Delete").await;
    desk.see_text("About to go").await;
    desk.click("Documents").await;
    desk.see_text("The field “writer” was deleted.").await;
    assert_eq!(names().await, Vec::<String>::new());
    let sent = desk.requests().await.into_iter().filter(|request| request.starts_with("DELETE")).count();
    assert_eq!(sent, 1, "one deletion, one request");
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn built_in_fields_are_switched() {
    let desk = Desk::start().await;
    let (knowledge_base, _) = with_fields(&desk).await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/metadata?view=fields")).await;
    desk.see_text("The server fills these in by itself").await;
    desk.see(Locator::Css(".built-in .switch")).await.click().await.unwrap();
    desk.path_becomes("the same", |path| path.ends_with("?view=fields")).await;
    // The switch moves at once; the server hears of it a moment later.
    let start = std::time::Instant::now();
    while desk.api("GET", &format!("datasets/{knowledge_base}/metadata"), None).await["built_in_field_enabled"] != true {
        assert!(start.elapsed().as_secs() < 20, "the server never heard of the switch");
    }
    desk.browser.refresh().await.unwrap();
    desk.see(Locator::Css(".built-in input:checked")).await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_grid_works_by_keyboard_and_only_what_was_touched_changes() {
    let desk = Desk::start().await;
    let (knowledge_base, [author, ..]) = with_fields(&desk).await;
    let first = desk.make_document(&knowledge_base, "a.txt", "One.").await;
    let second = desk.make_document(&knowledge_base, "b.txt", "Two.").await;
    let body = json!({"operation_data": [{"document_id": first, "metadata_list": [{"id": author, "name": "author", "value": "Ada"}], "partial_update": true}]});
    desk.api("POST", &format!("datasets/{knowledge_base}/documents/metadata"), Some(&body)).await;

    open_values(&desk, &knowledge_base).await;
    // Newest first: b.txt is the first row.
    desk.see(Locator::Css("#cell-0-1")).await.click().await.unwrap();
    desk.press("1999").await;
    desk.press(char::from(Key::Enter)).await;
    desk.press("20,5x").await;
    desk.press(char::from(Key::Enter)).await;
    desk.see_text("2 values in 2 documents changed, not saved").await;
    desk.see_text("1 does not fit its field").await;
    // Ctrl+Z takes the wrong one back, typing mends it.
    desk.press(format!("{}z{}", char::from(Key::Control), char::from(Key::Null))).await;
    desk.see_text("1 value in 1 document changed, not saved").await;
    desk.press("2026").await;
    desk.press(char::from(Key::Tab)).await;
    // The date of the second row, and with Ctrl+D of the row below nothing: it is the last. Upwards by copying the choice.
    desk.press("2026-11-23 14:05").await;
    desk.press(char::from(Key::Enter)).await;
    desk.see_text("3 values in 2 documents changed, not saved").await;
    // Escape leaves a value as it was.
    desk.press(char::from(Key::F2)).await;
    desk.see(Locator::Css("td.edited input")).await;
    desk.press(char::from(Key::Escape)).await;
    desk.see_text("3 values in 2 documents changed, not saved").await;

    desk.click("Review changes").await;
    desk.see_text("3 values in 2 documents will change.").await;
    desk.click("Save 2 documents").await;
    desk.see_text("The metadata of 2 documents was saved.").await;
    assert_eq!(values(&desk, &knowledge_base, &second).await, json!({"year": 1999}));
    let local = desk.script("return Date.parse('2026-11-23T14:05:00') / 1000").await;
    assert_eq!(values(&desk, &knowledge_base, &first).await, json!({"author": "Ada", "year": 2026, "reviewed": local}));
    desk.see_no_text("not saved").await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_block_of_many_documents_survives_a_reload_and_is_saved() {
    let desk = Desk::start().await;
    let (knowledge_base, _) = with_fields(&desk).await;
    desk.make_many_documents(&knowledge_base, 150).await;
    open_values(&desk, &knowledge_base).await;
    desk.see_text("150 documents").await;
    desk.see(Locator::Css("#cell-0-0")).await.click().await.unwrap();
    let block: Vec<String> = (0..150).map(|number| format!("author {number}\t{}", 1900 + number)).collect();
    paste(&desk, &block.join("\r\n")).await;
    desk.see_text("300 values in 150 documents changed, not saved").await;

    desk.browser.refresh().await.unwrap();
    desk.see_text("300 values in 150 documents changed, not saved").await;
    desk.see_text("Your changes from before are still here.").await;
    desk.no_faults().await;
    desk.click("Review changes").await;
    desk.see_text("300 values in 150 documents will change.").await;
    desk.click("Save 150 documents").await;
    desk.see_text("The metadata of 150 documents was saved.").await;

    let mut seen = Vec::new();
    for page in 1..=2 {
        let list = desk.api("GET", &format!("datasets/{knowledge_base}/documents?page={page}&limit=100"), None).await;
        for document in list["data"].as_array().unwrap() {
            let own = |name: &str| {
                let found = document["doc_metadata"].as_array().unwrap().iter().find(|value| value["name"] == name).cloned();
                found.unwrap_or_default()["value"].as_str().unwrap_or_default().to_owned()
            };
            seen.push((own("author"), own("year")));
        }
    }
    let wanted: Vec<(String, String)> =
        (0..150).map(|number| (format!("author {number}"), (1900 + number).to_string())).collect();
    assert_eq!(seen, wanted);
    let requests = desk.requests().await;
    let writes =
        requests.iter().filter(|request| request.starts_with("POST") && request.ends_with("/documents/metadata")).count();
    assert_eq!(writes, 2, "pieces of at most 100: {requests:#?}");
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_refused_document_is_named_with_its_reason_and_tried_again() {
    let desk = Desk::start().await;
    let (knowledge_base, [author, ..]) = with_fields(&desk).await;
    let mut documents = Vec::new();
    for name in ["a.txt", "b.txt", "c.txt"] {
        documents.push(desk.make_document(&knowledge_base, name, "One.").await);
    }
    open_values(&desk, &knowledge_base).await;
    // One value for three selected documents.
    desk.see(Locator::Css(".corner input")).await.click().await.unwrap();
    desk.see_text("3 selected").await;
    desk.click("Set a field…").await;
    desk.type_into("Value", "Ada").await;
    desk.click("Set").await;
    desk.see_text("3 values in 3 documents changed, not saved").await;

    // The whole piece, then the half with the last document, then that one alone: it is the culprit.
    let refusal =
        json!({"code": "invalid_param", "message": "Another knowledge base metadata operation is running.", "status": 400});
    let rule = |after: u64| {
        json!({"method": "POST", "path_contains": "/documents/metadata", "after": after, "times": 1,
            "action": {"status": {"status": 400, "body": refusal.to_string()}}})
    };
    desk.faults(json!([rule(0), rule(1), rule(2)])).await;
    desk.click("Review changes").await;
    desk.click("Save 3 documents").await;
    desk.see_text("2 of 3 are done.").await;
    desk.see_text("1 refused").await;
    desk.see_text("Another knowledge base metadata operation is running.").await;
    // Newest first, so the last one of the list is the oldest document.
    desk.see_text("a.txt").await;
    assert_eq!(values(&desk, &knowledge_base, &documents[0]).await, json!({}));
    assert_eq!(values(&desk, &knowledge_base, &documents[2]).await, json!({"author": "Ada"}));
    desk.click("Try the rest again").await;
    desk.see_text("The metadata of 3 documents was saved.").await;
    assert_eq!(values(&desk, &knowledge_base, &documents[0]).await, json!({"author": "Ada"}));

    // Somebody else's change meanwhile: both values are shown, nothing is written; a second try is meant.
    desk.see(Locator::Css("#cell-0-0")).await.click().await.unwrap();
    desk.press("Bo").await;
    desk.press(char::from(Key::Enter)).await;
    desk.see_text("1 value in 1 document changed, not saved").await;
    let body = json!({"operation_data": [{"document_id": documents[2], "metadata_list": [{"id": author, "name": "author", "value": "Eve"}], "partial_update": true}]});
    desk.api("POST", &format!("datasets/{knowledge_base}/documents/metadata"), Some(&body)).await;
    desk.click("Review changes").await;
    desk.click("Save 1 document").await;
    desk.see_text("Somebody changed author to “Eve” meanwhile; you wanted “Bo”.").await;
    assert_eq!(values(&desk, &knowledge_base, &documents[2]).await, json!({"author": "Eve"}));
    desk.click("Try the rest again").await;
    desk.see_text("The metadata of 1 document was saved.").await;
    assert_eq!(values(&desk, &knowledge_base, &documents[2]).await, json!({"author": "Bo"}));
    desk.finish(&["400"]).await;
}
