//! Refusals, time-outs, garbage and lost answers end in words.

use serde_json::json;

use crate::support::Desk;

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_bad_answer_to_a_read_has_words_and_another_try() {
    let desk = Desk::start().await;
    desk.make_knowledge_base("Pumps").await;
    let cases = [
        (
            json!({"status": {"status": 500, "body": "{\"code\":\"unknown\",\"message\":\"Internal Server Error\",\"status\":500}", "content_type": "application/json"}}),
            "The server failed.",
        ),
        (
            json!({"status": {"status": 401, "body": "{\"code\":\"unauthorized\",\"message\":\"Access token is invalid\",\"status\":401}", "content_type": "application/json"}}),
            "does not accept the desk's key",
        ),
        (json!("html"), "The server behind the proxy does not answer."),
        (json!("garbage"), "The server's answer could not be read."),
        (json!({"truncate": {"bytes": 20}}), "No answer came from the server."),
        (json!("drop"), "No answer came from the server."),
    ];
    for (action, words) in cases {
        desk.faults(json!([{"method": "GET", "path_contains": "/datasets", "action": action}])).await;
        desk.open("/local/knowledge-bases").await;
        desk.see_text(words).await;
        desk.no_faults().await;
        desk.click("Try again").await;
        desk.see_text("1 knowledge base").await;
    }
    desk.finish(&["500", "401", "502", "ERR_"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_write_keeps_what_was_typed() {
    let desk = Desk::start().await;
    desk.open("/local/knowledge-bases").await;
    desk.click("New knowledge base").await;
    desk.type_into("Name", "Pumps").await;
    let body = "{\"code\":\"forbidden\",\"message\":\"Dataset api access is not enabled.\",\"status\":403}";
    desk.faults(json!([{"method": "POST", "path_contains": "/datasets", "action": {"status": {"status": 403, "body": body, "content_type": "application/json"}}}])).await;
    desk.click("Create").await;
    desk.see_text("API access is switched off for this knowledge base.").await;
    desk.see_text("The server says: Dataset api access is not enabled.").await;
    desk.no_faults().await;
    desk.click("Create").await;
    desk.see_text("“Pumps” was created.").await;
    desk.finish(&["403"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_went_away_keeps_the_old_list_on_screen() {
    let desk = Desk::start().await;
    desk.make_knowledge_base("Pumps").await;
    desk.open("/local/knowledge-bases").await;
    desk.see_text("1 knowledge base").await;
    desk.faults(json!([{"method": "GET", "path_contains": "/datasets", "action": "drop"}])).await;
    // A write that succeeds asks for the list again, which fails.
    desk.click("New knowledge base").await;
    desk.type_into("Name", "Valves").await;
    desk.click("Create").await;
    desk.see_text("“Valves” was created.").await;
    desk.browser.back().await.unwrap();
    desk.see_text("This could not be renewed just now").await;
    desk.see_text("Pumps").await;
    desk.finish(&["ERR_"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_inside_a_success_is_a_failure_and_keeps_what_was_typed() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let document = desk.make_document(&knowledge_base, "seal.txt", "Inspect the seal.").await;
    let segments = format!("datasets/{knowledge_base}/documents/{document}/segments");
    let chunks = desk.api("GET", &segments, None).await;
    let id = chunks["data"][0]["id"].as_str().unwrap().to_owned();
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents/{document}/chunks/{id}")).await;
    desk.type_into("Content", " Twice.").await;

    // Real servers answer 200 for a chunk that they could not index, and switch it off.
    let mut failed = chunks["data"][0].clone();
    for (name, value) in [
        ("content", json!("Inspect the seal. Twice.")),
        ("status", json!("error")),
        ("enabled", json!(false)),
        ("error", json!("The embedding service did not answer.")),
    ] {
        failed[name] = value;
    }
    let body = json!({"data": failed.clone(), "doc_form": "text_model"}).to_string();
    let answer = json!({"status": {"status": 200, "body": body, "content_type": "application/json"}});
    desk.faults(json!([
        {"method": "POST", "path_contains": format!("/segments/{id}"), "action": answer},
        {"method": "GET", "path_contains": format!("/segments/{id}"), "after": 1, "action": answer},
    ]))
    .await;
    desk.click("Save").await;
    desk.see_text("The server could not index this chunk and has switched it off.").await;
    desk.see_text("The embedding service did not answer.").await;
    desk.see_no_text("was saved.").await;
    let typed = desk.field("Content").await.prop("value").await.unwrap();
    assert_eq!(typed.as_deref(), Some("Inspect the seal. Twice."));
    desk.see_text("Edited, not saved").await;

    // The chunk stands on such a server as it was sent. Switched on by the form as it stands, it can be tried again.
    desk.no_faults().await;
    // A server that is asked to switch a chunk off leaves its text alone, so that takes two requests.
    for is_enabled in [true, false] {
        let stands =
            json!({"segment": {"content": "Inspect the seal. Twice.", "keywords": failed["keywords"], "enabled": is_enabled}});
        desk.api("POST", &format!("{segments}/{id}"), Some(&stands)).await;
    }
    desk.click("Save").await;
    desk.see_text("was saved.").await;
    let now = desk.api("GET", &segments, None).await;
    assert_eq!(now["data"][0]["content"], "Inspect the seal. Twice.");
    assert_eq!(now["data"][0]["enabled"], true);
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_shows_the_build_and_a_way_back() {
    let desk = Desk::start().await;
    desk.make_knowledge_base("Pumps").await;
    desk.open("/local/knowledge-bases").await;
    desk.see_text("1 knowledge base").await;
    // The smallest module that traps, as the app's own does when something in it goes wrong.
    let trap = "const bytes = new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,102,0,0,10,5,1,3,0,0,11]);
        const module = new WebAssembly.Instance(new WebAssembly.Module(bytes));
        setTimeout(() => module.exports.f());
        return true;";
    desk.script(trap).await;
    desk.see_text("Loredesk has stopped working").await;
    desk.see_text("unreachable").await;
    let build = desk.script(r#"return document.querySelector('meta[name="app:js"]').content"#).await;
    desk.see_text(build.as_str().unwrap()).await;
    desk.click("Load again").await;
    desk.see_text("1 knowledge base").await;
    desk.finish(&["RuntimeError"]).await;
}
