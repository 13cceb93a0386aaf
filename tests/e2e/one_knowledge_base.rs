//! A key, or a desk, of one knowledge base: it opens that one, and asks nothing that such a key may not ask.

use fantoccini::{Locator, key::Key};
use serde_json::{Value, json};

use crate::support::Desk;

/// What a server says to a key of one knowledge base about everything else.
fn refusal() -> Value {
    let body = r#"{"code":"forbidden","message":"This API key is scoped to a single knowledge base.","status":403}"#;
    json!({"status": {"status": 403, "body": body, "content_type": "application/json"}})
}

/// The rules of such a key: lists, tags and models are refused, and making a knowledge base.
fn scoped() -> Vec<Value> {
    vec![
        json!({"path_contains": "/datasets?", "action": refusal()}),
        json!({"path_contains": "/datasets/tags", "action": refusal()}),
        json!({"path_contains": "/workspaces/", "action": refusal()}),
    ]
}

/// Asserts that nothing was asked that concerns more than one knowledge base.
async fn asks_about_one_only(desk: &Desk) {
    for request in desk.requests().await {
        let is_wide = ["/datasets?", "/datasets/tags", "/workspaces/"].iter().any(|part| request.contains(part));
        assert!(!is_wide && !request.ends_with("/datasets"), "{request}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_of_one_knowledge_base_opens_it_and_knows_no_others() {
    let desk = Desk::start().await;
    let own = desk.make_knowledge_base("Pumps").await;
    let other = desk.make_knowledge_base("Valves").await;
    desk.make_document(&own, "seal.txt", "Inspect the seal.").await;
    desk.no_faults().await;
    let mut rules = scoped();
    rules.push(desk.configured(&json!({"knowledge_base": own})));
    desk.faults(json!(rules)).await;
    desk.open("/").await;
    desk.path_becomes("the documents", |path| path == format!("/local/knowledge-bases/{own}/documents")).await;
    desk.see_text("seal.txt").await;
    assert_eq!(desk.script("return document.querySelectorAll('.breadcrumb, .rail-link').length").await, 0);
    let rail = desk.script("return [...document.querySelectorAll('.rail-item .name')].map((name) => name.innerText)").await;
    assert_eq!(rail, json!(["Pumps"]));

    // The list is that one; another one is none of this desk's business.
    desk.open("/local/knowledge-bases").await;
    desk.path_becomes("the documents", |path| path == format!("/local/knowledge-bases/{own}/documents")).await;
    desk.open(&format!("/local/knowledge-bases/{other}/documents")).await;
    desk.see_text("There is nothing at this address").await;

    // Its settings can be changed; tags and its end are for a wider key.
    desk.open(&format!("/local/knowledge-bases/{own}/settings")).await;
    desk.see(Locator::Css(".settings-form")).await;
    desk.see_no_text("Manage tags").await;
    desk.see_no_text("Delete the knowledge base").await;
    desk.field("High quality").await.click().await.unwrap();
    desk.see_text("The desk's key covers one knowledge base, and this concerns all of them.").await;
    desk.see(Locator::Css("[aria-label='Embedding model'], .settings-pair")).await;
    desk.click("Discard").await;

    desk.press(format!("{}k{}", char::from(Key::Control), char::from(Key::Null))).await;
    desk.see(Locator::Css(".palette-line")).await;
    let lines = desk.script("return [...document.querySelectorAll('.palette-line')].map((line) => line.innerText.trim())").await;
    for absent in ["New knowledge base", "Knowledge bases", "Valves"] {
        assert!(!lines.as_array().unwrap().contains(&json!(absent)), "{lines}");
    }
    desk.press(char::from(Key::Escape)).await;
    asks_about_one_only(&desk).await;
    desk.finish(&["400"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_may_not_list_is_asked_for_its_knowledge_base_and_remembers_it() {
    let desk = Desk::start().await;
    let own = desk.make_knowledge_base("Pumps").await;
    desk.make_document(&own, "seal.txt", "Inspect the seal.").await;
    desk.faults(json!(scoped())).await;
    desk.open("/local/knowledge-bases").await;
    desk.see_text("Which knowledge base is this key for?").await;
    desk.see_text("This API key is scoped to a single knowledge base.").await;
    desk.type_into("Id or link of the knowledge base", "Pumps").await;
    desk.click("Open").await;
    desk.see_text("There is no id in this.").await;
    // One that is not there, or that this key does not open, is said at once.
    desk.replace("Id or link of the knowledge base", "00000000-0000-4000-8000-000000000009").await;
    desk.click("Open").await;
    desk.see_text("This is no longer there.").await;
    desk.replace("Id or link of the knowledge base", &format!("https://dify.example/datasets/{own}/documents")).await;
    desk.click("Open").await;
    desk.path_becomes("the documents", |path| path == format!("/local/knowledge-bases/{own}/documents")).await;
    desk.see_text("seal.txt").await;

    // Remembered: the list is not asked for again.
    desk.no_faults().await;
    desk.faults(json!(scoped())).await;
    desk.open("/").await;
    desk.path_becomes("the documents", |path| path == format!("/local/knowledge-bases/{own}/documents")).await;
    desk.see_text("seal.txt").await;
    asks_about_one_only(&desk).await;

    // A wider key is found by asking again.
    desk.no_faults().await;
    desk.open("/local/about").await;
    desk.see_text("One: Pumps").await;
    desk.click("Ask the server again").await;
    desk.see_text("1 knowledge base").await;
    desk.finish(&["403", "404"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_refused_for_another_reason_asks_for_nothing() {
    let desk = Desk::start().await;
    for (message, words) in [
        ("Dataset api access is not enabled.", "API access is switched off"),
        ("You have reached the knowledge base request rate limit of your subscription.", "The server is asked too often."),
        ("The number of documents has reached the limit of your subscription.", "The server's plan does not allow more."),
    ] {
        let body = json!({"code": "forbidden", "message": message, "status": 403}).to_string();
        let action = json!({"status": {"status": 403, "body": body, "content_type": "application/json"}});
        desk.faults(json!([{"method": "GET", "path_contains": "/datasets?", "action": action}])).await;
        desk.open("/local/knowledge-bases").await;
        desk.see_text(words).await;
        desk.see_no_text("Which knowledge base is this key for?").await;
    }
    desk.finish(&["403"]).await;
}
