//! Parent and child chunks: chosen before the first document, read, mended, made anew, and never lost without a word.
//!
//! Proves: getChildChunks, createChildChunk, updateChildChunk, deleteChildChunk, updateSegment.

use serde_json::{Value, json};

use crate::support::Desk;

const TEXT: &str = "Bridges carry roads. Arches hold the load. Cables hang from towers.\n\nTunnels go below. They need air.";

/// A knowledge base with a document of two parent chunks: its id, the document's and the first chunk's.
async fn bridges(desk: &Desk) -> (String, String, String) {
    let knowledge_base = desk.make_knowledge_base("Bridges").await;
    let rule = json!({"mode": "hierarchical", "rules": {
        "pre_processing_rules": [], "parent_mode": "paragraph",
        "segmentation": {"separator": "\n\n", "max_tokens": 1000, "chunk_overlap": 0},
        "subchunk_segmentation": {"separator": ". ", "max_tokens": 500, "chunk_overlap": 0}}});
    let body = json!({"name": "bridges.txt", "text": TEXT, "indexing_technique": "economy",
        "doc_form": "hierarchical_model", "process_rule": rule});
    let made = desk.api("POST", &format!("datasets/{knowledge_base}/document/create-by-text"), Some(&body)).await;
    let document = made["document"]["id"].as_str().expect("an id").to_owned();
    desk.indexed(&knowledge_base, &document).await;
    let chunks = desk.api("GET", &format!("datasets/{knowledge_base}/documents/{document}/segments"), None).await;
    let chunk = chunks["data"][0]["id"].as_str().expect("a chunk").to_owned();
    (knowledge_base, document, chunk)
}

async fn open_first(desk: &Desk) -> String {
    let (knowledge_base, document, chunk) = bridges(desk).await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents/{document}/chunks/{chunk}")).await;
    desk.see_text("Child 3").await;
    format!("datasets/{knowledge_base}/documents/{document}/segments/{chunk}")
}

async fn children(desk: &Desk, chunk: &str) -> Vec<Value> {
    let answer = desk.api("GET", &format!("{chunk}/child_chunks?limit=100"), None).await;
    answer["data"].as_array().expect("child chunks").clone()
}

fn texts(children: &[Value]) -> Vec<&str> {
    children.iter().map(|child| child["content"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_document_decides_the_mode_and_the_next_one_says_why() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Bridges").await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents")).await;
    desk.click("Paste text").await;
    desk.see_text("The first document decides this for the whole knowledge base, and it cannot be changed later.").await;
    desk.field("Parent and child").await.click().await.unwrap();
    // What half works is said before.
    desk.see_text("A Dify server then never finds such chunks").await;
    desk.type_into("Name of the document", "bridges.txt").await;
    desk.type_into("Text", "Bridges carry roads.\nArches hold.\n\nTunnels go below.").await;
    desk.see_text("2 children").await;
    desk.replace("Longest child", "10").await;
    desk.see_text("A child chunk has 50 to 4,000 tokens.").await;
    desk.replace("Longest child", "200").await;
    desk.click("Add text").await;
    desk.see_text("1 upload ended").await;
    let listed = desk.api("GET", &format!("datasets/{knowledge_base}/documents"), None).await;
    assert_eq!(listed["data"][0]["doc_form"], "hierarchical_model", "{listed}");
    desk.click("Paste text").await;
    desk.see_text("the first one decided it, and it cannot be changed").await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_child_chunk_is_changed_added_and_deleted() {
    let desk = Desk::start().await;
    let chunk = open_first(&desk).await;
    desk.click("Edit child 2").await;
    desk.replace("Text of child 2", "Arches bear the load").await;
    // A reload loses nothing that was typed.
    desk.browser.refresh().await.unwrap();
    let field = desk.field("Text of child 2").await;
    assert_eq!(field.prop("value").await.unwrap().as_deref(), Some("Arches bear the load"));
    desk.click("Save child 2").await;
    desk.see_text("Child chunk 2 was saved.").await;
    desk.see_text("By hand").await;
    desk.click("Add child").await;
    desk.type_into("Text of the new child chunk", "What holds a bridge up?").await;
    desk.click("Add it").await;
    desk.see_text("Child chunk 4 was added.").await;
    assert_eq!(
        texts(&children(&desk, &chunk).await),
        ["Bridges carry roads", "Arches bear the load", "Cables hang from towers.", "What holds a bridge up?"]
    );
    for position in [1, 2, 3] {
        desk.click(&format!("Delete child {position}")).await;
        desk.see_text(&format!("Child chunk {position} was deleted.")).await;
    }
    // The last one is more than one of many.
    desk.click("Delete child 4").await;
    desk.see_text("It is the only one: without a child chunk, retrieval does not find this chunk").await;
    desk.click("Undo Undo the deletion of child 4").await;
    desk.click("Delete child 4").await;
    desk.see_text("There are none, so retrieval does not find this chunk.").await;
    assert!(children(&desk, &chunk).await.is_empty());
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_text_asks_what_becomes_of_the_child_chunks() {
    let desk = Desk::start().await;
    let chunk = open_first(&desk).await;
    let before = children(&desk, &chunk).await;
    desk.click("Edit child 1").await;
    desk.replace("Text of child 1", "By hand").await;
    desk.click("Save child 1").await;
    desk.see_text("Child chunk 1 was saved.").await;
    desk.replace("Content", "Ropes pull. Beams bend.").await;
    desk.click("Save").await;
    desk.see_text("1 of them was written or changed by hand and is lost.").await;
    desk.click("Save and keep them").await;
    desk.see_text("Chunk 1 was saved.").await;
    let kept = children(&desk, &chunk).await;
    assert_eq!((texts(&kept)[0], &kept[1]["id"]), ("By hand", &before[1]["id"]));
    desk.replace("Content", "Ropes pull. Beams bend. Nets catch.").await;
    desk.click("Save").await;
    desk.click("Save and make them anew").await;
    desk.see_text("Nets catch.").await;
    desk.see_no_text("By hand").await;
    assert_eq!(texts(&children(&desk, &chunk).await), ["Ropes pull", "Beams bend", "Nets catch."]);
    // The same without a new text.
    desk.click("Delete child 1").await;
    desk.see_text("Child chunk 1 was deleted.").await;
    desk.click("Make anew…").await;
    desk.click("Make them anew").await;
    desk.see_text("The child chunks were made anew.").await;
    assert_eq!(children(&desk, &chunk).await.len(), 3);
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobodys_text_is_overwritten_and_nothing_is_added_twice() {
    let desk = Desk::start().await;
    let chunk = open_first(&desk).await;
    let child = children(&desk, &chunk).await[0]["id"].as_str().unwrap().to_owned();
    desk.click("Edit child 1").await;
    desk.replace("Text of child 1", "Mine").await;
    desk.api("PATCH", &format!("{chunk}/child_chunks/{child}"), Some(&json!({"content": "Theirs"}))).await;
    desk.click("Save child 1").await;
    desk.see_text("Somebody else changed this child chunk meanwhile.").await;
    assert_eq!(texts(&children(&desk, &chunk).await)[0], "Theirs");
    desk.click("Save mine over it").await;
    desk.see_text("Child chunk 1 was saved.").await;
    // The answer to an add is lost. The browser then sends the request once more by itself, and what that made is taken back.
    desk.faults(json!([{"method": "POST", "path_contains": "/child_chunks", "times": 1, "action": "drop_after"}])).await;
    desk.click("Add child").await;
    desk.type_into("Text of the new child chunk", "Once only").await;
    desk.click("Add it").await;
    desk.see_text("was added.").await;
    desk.no_faults().await;
    assert_eq!(texts(&children(&desk, &chunk).await), ["Mine", "Arches hold the load", "Cables hang from towers.", "Once only"]);
    // A refusal keeps what was typed.
    let body = r#"{"code":"provider_not_initialize","message":"Default model not found for text-embedding","status":400}"#;
    desk.faults(
        json!([{"method": "PATCH", "action": {"status": {"status": 400, "body": body, "content_type": "application/json"}}}]),
    )
    .await;
    desk.click("Edit child 2").await;
    desk.replace("Text of child 2", "Kept").await;
    desk.click("Save child 2").await;
    desk.see_text("Default model not found for text-embedding").await;
    desk.no_faults().await;
    desk.click("Save child 2").await;
    desk.see_text("Child chunk 2 was saved.").await;
    assert_eq!(texts(&children(&desk, &chunk).await)[1], "Kept");
    desk.finish(&["400", "ERR_"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_success_that_holds_a_failure_is_a_failure() {
    let desk = Desk::start().await;
    let chunk = open_first(&desk).await;
    let mut answer = desk.api("GET", &chunk, None).await;
    answer["data"]["content"] = json!("Ropes pull.");
    answer["data"]["status"] = json!("error");
    answer["data"]["enabled"] = json!(false);
    answer["data"]["error"] = json!("no vector came");
    let action = json!({"status": {"status": 200, "body": answer.to_string(), "content_type": "application/json"}});
    desk.faults(json!([{"method": "POST", "path_contains": "/segments/", "action": action}])).await;
    desk.replace("Content", "Ropes pull.").await;
    desk.click("Save").await;
    desk.click("Save and keep them").await;
    desk.path_becomes("still the chunk's", |path| path.contains("/chunks/")).await;
    // What is typed stays, marked as not saved.
    desk.see_text("Edited, not saved").await;
    desk.see_no_text("Chunk 1 was saved.").await;
    let field = desk.field("Content").await;
    assert_eq!(field.prop("value").await.unwrap().as_deref(), Some("Ropes pull."));
    desk.finish(&[]).await;
}
