//! Sources of a pipeline: they tell as they go, can be stopped, and say why they failed.
//!
//! Proves: listDatasourcePlugins, runDatasourceNode, runPipeline.

use fantoccini::Locator;
use serde_json::{Value, json};

use crate::support::{
    Desk,
    pipelines::{answer, count, event, keep_bodies, make, page, sources},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_source_tells_as_it_goes_and_what_is_chosen_is_run() {
    let desk = Desk::start().await;
    let id = make(&desk, "Site").await;
    let processing = |completed: u64| event(&json!({"event": "datasource_processing", "completed": completed, "total": 3}));
    let found = json!([
        {"source_url": "https://a.example/", "title": "Start", "content": "Read."},
        {"source_url": "https://a.example/pumps", "title": "Pumps", "content": "Read."},
        {"source_url": "https://a.example/valves", "title": "Valves", "content": "Read."},
    ]);
    let completed =
        event(&json!({"event": "datasource_completed", "data": found, "total": 3, "completed": 3, "time_consuming": 2.5}));
    let whole = completed.split_at(completed.len() / 2);
    let pieces = json!([processing(1), processing(2), whole.0, whole.1]);
    let run = json!({"batch": "b1", "documents": [], "dataset": {"id": id}});
    desk.faults(json!([
        {"path_contains": "datasource-plugins", "action": answer(&sources())},
        {"path_contains": "/nodes/11/run", "action": {"stream": {"pieces": pieces, "pause_ms": 1500}}},
        {"path_contains": "/pipeline/run", "action": answer(&run)},
    ]))
    .await;
    keep_bodies(&desk).await;
    desk.open(&page(&id)).await;
    desk.see_text("Handbook site").await;
    // Every kind of field, and what is missing is said before anything is sent.
    desk.click("Look for documents").await;
    desk.see_text("The pipeline needs this.").await;
    assert_eq!(count(&desk, "POST", "/run").await, 0);
    desk.type_into("Start page", "https://a.example/").await;
    desk.replace("Pages", "ten").await;
    desk.see_text("This is no number.").await;
    desk.replace("Pages", "3").await;
    desk.field("Depth").await.select_by_value("2").await.unwrap();
    desk.field("Only pages below").await.click().await.unwrap();
    desk.click("Further inputs").await;
    desk.type_into("Further inputs as JSON", "{\"language\": ").await;
    desk.see_text("This is not JSON: look at line 1.").await;
    desk.type_into("Further inputs as JSON", "\"en\"}").await;
    desk.field("Credential").await.select_by_value("c2").await.unwrap();
    desk.path_becomes("with the credential", |path| path.contains("credential=c2")).await;
    // What was typed is still there: also after a reload.
    desk.browser.refresh().await.unwrap();
    desk.see_text("Handbook site").await;
    desk.click("Look for documents").await;
    desk.see_text("1 of 3 read").await;
    desk.see_text("2 of 3 read").await;
    desk.see_text("3 found in 2.5 s").await;
    desk.see_text("https://a.example/pumps").await;
    let sent = desk.script("return window.runs[0]").await;
    let inputs = json!({"url": "https://a.example/", "limit": 3, "depth": "2", "below": false, "language": "en"});
    assert_eq!(sent, json!({"inputs": inputs, "datasource_type": "website_crawl", "credential_id": "c2", "is_published": true}));
    desk.field("All 3").await.click().await.unwrap();
    desk.see_text("3 chosen").await;
    desk.field("Valves").await.click().await.unwrap();
    desk.see_text("2 chosen").await;
    desk.click("Run the pipeline").await;
    desk.see_text("The run ended well").await;
    let sent = desk.script("return window.runs[1]").await;
    assert_eq!((&sent["start_node_id"], &sent["response_mode"], &sent["inputs"]), (&json!("11"), &json!("streaming"), &inputs));
    let first = &sent["datasource_info_list"][0];
    assert_eq!(
        (&first["url"], &first["title"], &first["content"]),
        (&json!("https://a.example/"), &json!("Start"), &json!("Read."))
    );
    assert_eq!(sent["datasource_info_list"].as_array().map(Vec::len), Some(2));
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn folders_of_a_drive_are_opened_and_the_draft_is_another_version() {
    let desk = Desk::start().await;
    let id = make(&desk, "Drive").await;
    let listing = |files: Value| {
        let data = json!([{"bucket": "docs", "files": files}]);
        json!({"stream": {"pieces": [event(&json!({"event": "datasource_completed", "data": data}))]}})
    };
    let top = json!([{"id": "manuals/", "name": "manuals", "type": "folder"}, {"id": "a.pdf", "name": "a.pdf", "type": "file", "size": 2048}]);
    desk.faults(json!([
        {"path_contains": "is_published=false", "action": answer(&json!([]))},
        {"path_contains": "datasource-plugins", "action": answer(&sources())},
        {"path_contains": "/nodes/12/run", "times": 1, "action": listing(top)},
        {"path_contains": "/nodes/12/run", "action": listing(json!([{"id": "manuals/b.pdf", "name": "b.pdf", "type": "file"}]))},
    ]))
    .await;
    keep_bodies(&desk).await;
    desk.open(&page(&id)).await;
    desk.see(Locator::Css(".source-card:nth-of-type(2)")).await.click().await.unwrap();
    desk.path_becomes("of the drive", |path| path.contains("source=12")).await;
    desk.click("Look for documents").await;
    desk.see_text("a.pdf").await;
    desk.field("a.pdf").await.click().await.unwrap();
    desk.click("Open “manuals”").await;
    desk.see_text("b.pdf").await;
    desk.field("b.pdf").await.click().await.unwrap();
    // What was chosen in another folder stays chosen.
    desk.see_text("2 chosen").await;
    let sent = desk.script("return window.runs[1].inputs").await;
    assert_eq!(sent, json!({"bucket": "docs", "prefix": "manuals/"}));
    desk.script("document.querySelector('input[type=radio][value=draft]').click()").await;
    desk.path_becomes("of the draft", |path| path.contains("version=draft")).await;
    desk.see_text("This pipeline has no data source").await;
    desk.browser.back().await.unwrap();
    desk.see_text("Shared drive").await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_fails_says_so() {
    let desk = Desk::start().await;
    let id = make(&desk, "Drive").await;
    let stream = |pieces: Value, is_cut: bool| json!({"stream": {"pieces": pieces, "pause_ms": 300, "is_cut": is_cut}});
    let failed = event(&json!({"event": "datasource_error", "error": "The drive is locked."}));
    let processing = event(&json!({"event": "datasource_processing", "completed": 4, "total": 9}));
    let refusal = json!({"code": "invalid_param", "message": "The credential has expired.", "status": 400}).to_string();
    let node = "/nodes/12/run";
    desk.faults(json!([
        {"path_contains": "datasource-plugins", "action": answer(&sources())},
        {"path_contains": node, "times": 1, "action": stream(json!([failed]), false)},
        {"path_contains": node, "times": 1, "action": stream(json!([processing]), true)},
        {"path_contains": node, "times": 1, "action": {"status": {"status": 400, "body": refusal}}},
        {"path_contains": node, "times": 1, "action": "html"},
        {"path_contains": node, "action": {"stream": {"pieces": ["data: {}\n\n"], "pause_ms": 20000}}},
    ]))
    .await;
    desk.open(&format!("{}?source=12", page(&id))).await;
    desk.click("Look for documents").await;
    desk.see_text("The drive is locked.").await;
    desk.click("Look again").await;
    desk.see_text("The connection broke before the source was done.").await;
    desk.click("Look again").await;
    desk.see_text("The credential has expired.").await;
    desk.click("Look again").await;
    desk.see_text("The server behind the proxy does not answer.").await;
    // Stopping needs no answer.
    desk.click("Look again").await;
    desk.see_text("The source is being asked").await;
    desk.click("Stop").await;
    desk.see_text("Stopped.").await;
    desk.finish(&["400", "502", "ERR_"]).await;
}
