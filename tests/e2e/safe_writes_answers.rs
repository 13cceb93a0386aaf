//! What a server answers is not taken at its word: whole chunks, errors inside a success, values that are not kept, successes of
//! every shape, refusals that say why.

use fantoccini::{Locator, key::Key};
use serde_json::{Value, json};

use crate::support::Desk;

/// A document of one chunk: the path of its chunks, and the chunk's id.
async fn chunk(desk: &Desk) -> (String, String, String) {
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let document = desk.make_document(&knowledge_base, "seal.txt", "Inspect the seal.").await;
    let segments = format!("datasets/{knowledge_base}/documents/{document}/segments");
    let chunks = desk.api("GET", &segments, None).await;
    let id = chunks["data"][0]["id"].as_str().unwrap().to_owned();
    (format!("/local/knowledge-bases/{knowledge_base}/documents/{document}"), segments, id)
}

fn status(status: u16, body: &str, content_type: &str) -> Value {
    json!({"status": {"status": status, "body": body, "content_type": content_type}})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chunk_is_written_whole_and_without_signatures() {
    let desk = Desk::start().await;
    let (page, _, id) = chunk(&desk).await;
    // A server with answers, images and signed addresses in the text for show.
    let attachment = "9b41e05d-636d-4164-aae5-4cba46ec80c5";
    let has = json!({
        "/data/answer": "Once a year.",
        "/data/sign_content": "Inspect the seal. ![](https://files.example/a.png?sign=x)",
        "/data/attachments": [{"id": attachment, "name": "a.png"}],
    });
    let both = json!([{"path_contains": format!("/segments/{id}"), "action": {"replace": has}}]);
    desk.faults(both).await;
    desk.open(&format!("{page}/chunks/{id}")).await;
    desk.type_into("Content", " Twice.").await;
    desk.click("Save").await;
    desk.see_text("was saved.").await;
    let sent = desk.sent("POST", &format!("/segments/{id}")).await;
    let sent = &sent.last().expect("a write")["body"]["segment"];
    assert_eq!(sent["content"], "Inspect the seal. Twice.", "{sent}");
    assert_eq!((&sent["answer"], &sent["attachment_ids"]), (&json!("Once a year."), &json!([attachment])), "{sent}");
    assert!(sent["keywords"].is_array() && sent["enabled"] == true, "{sent}");
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_chunk_that_was_not_indexed_is_no_success() {
    let desk = Desk::start().await;
    let (page, segments, _) = chunk(&desk).await;
    let failed = json!({"/data/0/status": "error", "/data/0/enabled": false, "/data/0/error": "No vector came."});
    desk.faults(json!([{"method": "POST", "path_contains": "/segments", "action": {"replace": failed}}])).await;
    desk.open(&page).await;
    desk.click("Add chunk").await;
    desk.type_into("Content", "Torque the nuts.").await;
    desk.press(format!("{}{}", char::from(Key::Control), char::from(Key::Enter))).await;
    desk.see_text("The server could not index this chunk and has switched it off. No vector came.").await;
    let text = desk.text().await;
    assert!(!text.contains("was added at the end."), "{text}");
    assert_eq!(desk.api("GET", &segments, None).await["total"], 2, "it is there, so nobody adds it again");
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn values_that_the_server_does_not_keep_are_told_and_only_touched_ones_are_sent() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let metadata = format!("datasets/{knowledge_base}/metadata");
    let mut fields = Vec::new();
    for name in ["author", "place"] {
        let made = desk.api("POST", &metadata, Some(&json!({"name": name, "type": "string"}))).await;
        fields.push(made["id"].as_str().expect("an id").to_owned());
    }
    let document = desk.make_document(&knowledge_base, "a.txt", "One.").await;
    let values = format!("datasets/{knowledge_base}/documents/metadata");
    let place = json!({"operation_data": [{"document_id": document, "partial_update": true,
        "metadata_list": [{"id": fields[1], "name": "place", "value": "Oslo"}]}]});
    desk.api("POST", &values, Some(&place)).await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/metadata")).await;
    desk.see(Locator::Css("#cell-0-0")).await.click().await.unwrap();
    desk.press("Ada").await;
    desk.press(char::from(Key::Enter)).await;
    desk.see_text("1 value in 1 document changed, not saved").await;
    // It says yes and keeps nothing.
    desk.faults(json!([{"method": "POST", "path_contains": "/documents/metadata", "action": status(200, r#"{"result":"success"}"#, "application/json")}])).await;
    desk.click("Review changes").await;
    desk.click("Save 1 document").await;
    desk.see_text("The server keeps “").await;
    desk.see_text("in author instead of “Ada”.").await;
    desk.no_faults().await;
    desk.click("Try the rest again").await;
    desk.see_text("The metadata of 1 document was saved.").await;
    let sent = desk.sent("POST", "/documents/metadata").await;
    let change = &sent.last().expect("a write")["body"]["operation_data"][0];
    assert_eq!(change["partial_update"], true, "{change}");
    assert_eq!(change["metadata_list"].as_array().map(Vec::len), Some(1), "{change}");
    let detail = desk.api("GET", &format!("datasets/{knowledge_base}/documents/{document}?metadata=only"), None).await;
    let has = |name: &str| {
        let list = detail["doc_metadata"].as_array().unwrap();
        list.iter().find(|value| value["name"] == name).map(|value| value["value"].clone()).unwrap_or_default()
    };
    assert_eq!((has("author"), has("place")), (json!("Ada"), json!("Oslo")));
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_shape_of_success_is_one() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    for name in ["a.txt", "b.txt", "c.txt"] {
        desk.make_document(&knowledge_base, name, "One line.").await;
    }
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents")).await;
    desk.see_text("c.txt").await;
    // Real servers answer 200 with the body `204`, older ones an empty 204, others an object.
    let instead = |status: u16, body: &str| json!({"method": "DELETE", "times": 1, "action": {"instead": {"status": status, "body": body, "content_type": "application/json"}}});
    desk.faults(json!([instead(200, "204"), instead(204, ""), instead(200, r#"{"result":"success"}"#)])).await;
    desk.see(Locator::Css("thead .select-cell label")).await.click().await.unwrap();
    desk.click("Delete").await;
    desk.see_text("3 documents were deleted.").await;
    assert_eq!(desk.api("GET", &format!("datasets/{knowledge_base}/documents"), None).await["total"], 0);
    desk.finish(&[]).await;
}

/// Refusals as servers, frameworks and proxies send them, and the words that a person reads.
const REFUSALS: [(u16, &str, &str); 12] = [
    (
        400,
        r#"{"code":"invalid_param","message":"1 validation error for DatasetCreatePayload\nname\n  String should have at most 40 characters [type=string_too_long, input_value='x', input_type=str]\n    For further information visit https://errors.example/2/v/x","status":400}"#,
        "name: String should have at most 40 characters",
    ),
    (400, r#"{"error":"Name is required"}"#, "The server says: Name is required"),
    (404, r#"{"detail":"Not Found"}"#, "This is no longer there."),
    (
        422,
        r#"{"detail":[{"loc":["body","name"],"msg":"field required","type":"value_error.missing"}]}"#,
        "The server says: field required",
    ),
    (413, "<html><body><h1>413 Request Entity Too Large</h1></body></html>", "The file is too large."),
    (500, "<!doctype html><title>Internal Server Error</title>", "The server failed."),
    (403, r#"{"code":"forbidden","message":"Dataset api access is not enabled.","status":403}"#, "API access is switched off"),
    (
        403,
        r#"{"code":"forbidden","message":"The number of documents has reached the limit of your subscription.","status":403}"#,
        "The server's plan does not allow more.",
    ),
    (
        403,
        r#"{"code":"forbidden","message":"Sorry, you have reached the knowledge base request rate limit of your subscription.","status":403}"#,
        "The server is asked too often.",
    ),
    (
        403,
        r#"{"code":"forbidden","message":"You don't have the permission to access the requested resource.","status":403}"#,
        "The desk's key may not do this.",
    ),
    (403, "<html><body><h1>403 Forbidden</h1></body></html>", "The server forbids this."),
    (401, r#"{"code":"unauthorized","message":"Access token is invalid","status":401}"#, "does not accept the desk's key"),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_is_a_sentence_with_its_remedy_and_is_final() {
    let desk = Desk::start().await;
    desk.open("/local/knowledge-bases").await;
    desk.click("New knowledge base").await;
    desk.type_into("Name", "Pumps").await;
    for (code, body, words) in REFUSALS {
        let kind = if body.starts_with('<') { "text/html" } else { "application/json" };
        desk.no_faults().await;
        desk.faults(json!([{"method": "POST", "path_contains": "/datasets", "action": status(code, body, kind)}])).await;
        desk.click("Create").await;
        desk.see_text(words).await;
        let said = desk.see(Locator::Css("dialog[open] .error-line p")).await.text().await.unwrap();
        assert!(!said.contains('<') && !said.contains("[type=") && !said.contains("undefined"), "{said}");
        // What is refused is not sent again by itself, least of all a 403.
        assert_eq!(desk.sent("POST", "/datasets").await.len(), 1, "{code} {body}");
    }
    let name = desk.field("Name").await.prop("value").await.unwrap();
    assert_eq!(name.as_deref(), Some("Pumps"));
    desk.finish(&["Failed to load resource"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_that_no_server_knows_is_not_sent() {
    let desk = Desk::start().await;
    let (page, _, _) = chunk(&desk).await;
    let knowledge_base = page.split("/documents").next().unwrap().to_owned();
    desk.no_faults().await;
    for path in [
        "/local/knowledge-bases/abc/documents".to_owned(),
        format!("{knowledge_base}/documents/abc"),
        format!("{page}/chunks/abc"),
        format!("{page}/chunks/..%2F..%2Fabc"),
    ] {
        desk.open(&path).await;
        desk.see(Locator::Css("main a")).await;
    }
    let asked = desk.requests().await;
    assert!(asked.iter().all(|request| !request.contains("abc")), "{asked:#?}");
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn times_and_states_of_every_kind_are_shown() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    for name in ["a.txt", "b.txt", "c.txt"] {
        desk.make_document(&knowledge_base, name, "One line.").await;
    }
    let odd = json!({
        "/data/0/created_at": "1795309338.5", "/data/0/display_status": "summarising", "/data/0/indexing_status": "summarising",
        "/data/0/tokens": "12", "/data/0/word_count": 9.0, "/data/0/doc_metadata": null, "/data/0/doc_form": "graph_model",
        "/data/1/created_at": 1_795_309_338.25, "/data/1/hit_count": null, "/data/1/data_source_type": "carrier_pigeon",
        "/data/2/created_at": null, "/data/2/enabled": "yes",
    });
    desk.faults(json!([{"method": "GET", "path_contains": "/documents?page=", "action": {"replace": odd}}])).await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents")).await;
    for text in ["a.txt", "b.txt", "c.txt", "3 documents", "summarising"] {
        desk.see_text(text).await;
    }
    let text = desk.text().await;
    assert!(!text.contains("could not be read") && !text.contains("1970") && !text.contains("NaN"), "{text}");
    desk.finish(&[]).await;
}
