//! Pipelines: files are uploaded and run, sources are asked and tell as they go, nothing is made twice, and nothing passes a
//! pipeline by.
//!
//! Proves: uploadPipelineFile, listDatasourcePlugins, runDatasourceNode, runPipeline.

use std::time::{Duration, Instant};

use fantoccini::{Locator, key::Key};
use serde_json::{Value, json};

use crate::support::Desk;

async fn make(desk: &Desk, name: &str) -> String {
    let body = json!({"name": name, "runtime_mode": "rag_pipeline", "indexing_technique": "economy"});
    desk.api("POST", "datasets", Some(&body)).await["id"].as_str().expect("an id").to_owned()
}

fn page(knowledge_base: &str) -> String {
    format!("/local/knowledge-bases/{knowledge_base}/pipeline")
}

/// How many requests of the log are of that method and end.
async fn count(desk: &Desk, method: &str, end: &str) -> usize {
    desk.requests().await.iter().filter(|line| line.starts_with(method) && line.ends_with(end)).count()
}

async fn names(desk: &Desk, knowledge_base: &str) -> Vec<String> {
    let list = desk.api("GET", &format!("datasets/{knowledge_base}/documents"), None).await;
    let name = |row: &Value| row["name"].as_str().unwrap_or_default().to_owned();
    let mut names: Vec<String> = list["data"].as_array().into_iter().flatten().map(name).collect();
    names.sort();
    names
}

/// Waits until the knowledge base has these documents.
async fn has(desk: &Desk, knowledge_base: &str, wanted: &[&str]) {
    let start = Instant::now();
    loop {
        let now = names(desk, knowledge_base).await;
        if now == wanted {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "never {wanted:?}: {now:?}");
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

/// Keeps the bodies that the page sends to a run, as `window.runs`.
async fn keep_bodies(desk: &Desk) {
    let script = "const real = window.fetch; window.runs = []; window.fetch = (input, init) => {
        const request = new Request(input, init);
        if (request.method === 'POST' && request.url.includes('/pipeline/')) request.clone().text().then((text) => window.runs.push(JSON.parse(text)));
        return real(request);
    };";
    desk.before_each_page(script).await;
}

fn answer(body: &Value) -> Value {
    json!({"status": {"status": 200, "body": body.to_string(), "content_type": "application/json"}})
}

fn event(value: &Value) -> String {
    format!("data: {value}\n\n")
}

/// A pipeline as somebody may have built it: two sources, one of which asks for things.
fn sources() -> Value {
    json!([
        {"node_id": "11", "plugin_id": "p", "provider_name": "crawler", "datasource_type": "website_crawl", "title": "Handbook site",
            "user_input_variables": [
                {"variable": "url", "label": "Start page", "type": "text-input", "required": true, "tooltips": "Where to begin."},
                {"variable": "limit", "label": "Pages", "type": "number", "default_value": 10},
                {"variable": "depth", "label": "Depth", "type": "select", "options": ["1", "2"], "required": true},
                {"variable": "below", "label": "Only pages below", "type": "checkbox", "default_value": true},
            ],
            "credentials": [{"id": "c1", "name": "Team", "type": "api-key", "is_default": true}, {"id": "c2", "name": "Own", "type": "api-key", "is_default": false}]},
        {"node_id": "12", "plugin_id": "p", "provider_name": "drive", "datasource_type": "online_drive", "title": "Shared drive",
            "user_input_variables": [], "credentials": []},
    ])
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_uploaded_run_and_become_documents() {
    let desk = Desk::start().await;
    desk.open("/").await;
    // Made in the desk, because this host can.
    desk.click("New knowledge base").await;
    desk.type_into("Name", "Manuals").await;
    desk.click("More settings").await;
    desk.field("Where it is kept").await.select_by_value("pipeline").await.unwrap();
    desk.see_text("The built-in pipeline of this host").await;
    desk.click("Create").await;
    desk.see_text("A pipeline fills this knowledge base.").await;
    let page_text = desk.text().await;
    assert!(!page_text.contains("Add files") && !page_text.contains("Paste text"), "{page_text}");
    desk.click("Run the pipeline").await;
    desk.path_becomes("the pipeline's", |path| path.ends_with("/pipeline")).await;
    desk.see_text("Nothing is chosen yet.").await;
    assert!(!desk.named("Run the pipeline").await.is_enabled().await.unwrap());

    // What the server would refuse is not sent.
    let files = [
        desk.file("pumps.md", "# Pumps\n\nGrease the bearing."),
        desk.file("valve.txt", "Close the valve."),
        desk.file("a.exe", "x"),
    ];
    desk.choose_files(&files).await;
    desk.see_text("2 chosen").await;
    desk.see_text("a.exe").await;
    // The tray lies over the list on a window of this size.
    desk.click("Collapse").await;
    // Left out, and found again on the server.
    desk.click("Remove “valve.txt”").await;
    desk.see_text("1 chosen").await;
    desk.click("Find earlier uploads").await;
    desk.see_text("2 found").await;
    desk.field("valve.txt").await.click().await.unwrap();
    desk.see_text("2 chosen").await;
    desk.click("Run the pipeline").await;
    desk.see_text("The pipeline has made 2 documents.").await;
    desk.see_text("Nothing is chosen yet.").await;
    for step in ["Files", "Knowledge base"] {
        desk.see_text(step).await;
    }
    // Followed in the tray until they are indexed.
    desk.see_text("Done · 1 chunk").await;
    let requests = desk.requests().await;
    assert!(requests.iter().all(|line| !line.contains("/document/create")), "{requests:#?}");
    desk.click("Go to its documents").await;
    desk.see_text("pumps.md").await;
    desk.see_text("Available").await;
    // Nothing that would pass the pipeline by is offered for one of them either.
    desk.click("Actions for pumps.md").await;
    desk.see_text("run it with the new content").await;
    desk.press(char::from(Key::Escape)).await;
    // Everywhere one sees what it is.
    desk.open("/local/knowledge-bases").await;
    desk.see(Locator::Css(".mode")).await;
    desk.finish(&[]).await;
}

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

/// A pipeline with one file uploaded and chosen, on its page.
async fn with_a_file(desk: &Desk, name: &str) -> String {
    let id = make(desk, "Manuals").await;
    desk.open(&page(&id)).await;
    desk.see_text("Drop files anywhere on this page.").await;
    desk.choose_files(&[desk.file(name, "Grease the bearing.")]).await;
    desk.see_text("1 chosen").await;
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_whose_stream_is_cut_is_not_run_twice() {
    let desk = Desk::start().await;
    let id = with_a_file(&desk, "pumps.txt").await;
    // It happens, and the connection breaks before its end. The browser sends it again by itself, several times.
    desk.faults(json!([{"path_contains": "/pipeline/run", "action": {"truncate": {"bytes": 400}}}])).await;
    desk.click("Run the pipeline").await;
    desk.see_text("The answer was lost, but the document is there.").await;
    desk.see_text("Nothing is chosen yet.").await;
    desk.see_text("Done · 1 chunk").await;
    assert_eq!(names(&desk, &id).await, ["pumps.txt"]);
    desk.finish(&["ERR_"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_run_is_looked_for_before_the_next() {
    let desk = Desk::start().await;
    let id = with_a_file(&desk, "pumps.txt").await;
    // The gateway gives up, and for now nothing of it is there.
    desk.faults(json!([{"path_contains": "/pipeline/run", "times": 1, "action": "html"}])).await;
    desk.click("Run the pipeline").await;
    desk.see_text("The answer was lost, and none of its documents is in the list.").await;
    // It was slow, and made the document after all.
    let file = desk.script("return JSON.parse(Object.entries(sessionStorage).find(([key]) => key.startsWith('loredesk.pipeline-files'))[1])[0].id").await;
    let run = json!({"inputs": {}, "datasource_type": "local_file", "datasource_info_list": [{"reference": file, "name": "pumps.txt"}],
        "start_node_id": "files", "is_published": true, "response_mode": "blocking"});
    desk.api("POST", &format!("datasets/{id}/pipeline/run"), Some(&run)).await;
    has(&desk, &id, &["pumps.txt"]).await;
    desk.no_faults().await;
    // Also after a reload it is looked for, and found.
    desk.browser.refresh().await.unwrap();
    desk.see_text("The answer was lost, but the document is there.").await;
    assert_eq!(count(&desk, "POST", "/pipeline/run").await, 0);
    assert_eq!(names(&desk, &id).await, ["pumps.txt"]);
    desk.finish(&["502"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_fails_says_why_and_keeps_what_was_chosen() {
    let desk = Desk::start().await;
    let id = with_a_file(&desk, "pumps.txt").await;
    let events = [
        json!({"event": "workflow_started", "data": {}}),
        json!({"event": "node_started", "data": {"node_id": "1", "title": "Extract text"}}),
        json!({"event": "node_finished", "data": {"node_id": "1", "title": "Extract text", "status": "failed", "error": "No text in pumps.txt.", "elapsed_time": 1.5}}),
        json!({"event": "workflow_finished", "data": {"status": "failed", "error": "Extract text failed.", "outputs": {}}}),
    ];
    let pieces: Vec<String> = events.iter().map(event).collect();
    let error = json!({"code": "pipeline_run_error", "message": "Pipeline execution failed: connection timeout", "status": 500})
        .to_string();
    desk.faults(json!([
        {"path_contains": "/pipeline/run", "times": 1, "action": {"stream": {"pieces": pieces, "pause_ms": 100}}},
        {"path_contains": "/pipeline/run", "times": 1, "action": {"status": {"status": 500, "body": error}}},
    ]))
    .await;
    desk.click("Run the pipeline").await;
    desk.see_text("No text in pumps.txt.").await;
    desk.see_text("The run failed.").await;
    desk.see_text("Extract text failed.").await;
    desk.see_text("1 chosen").await;
    desk.click("Run the pipeline").await;
    desk.see_text("Pipeline execution failed: connection timeout").await;
    assert_eq!(names(&desk, &id).await, Vec::<String>::new());
    desk.click("Run the pipeline").await;
    desk.see_text("The pipeline has made 1 document.").await;
    desk.finish(&["500"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reload_while_files_are_sent_sends_nothing_twice() {
    let desk = Desk::start().await;
    let id = make(&desk, "Manuals").await;
    desk.open(&page(&id)).await;
    desk.see_text("Drop files anywhere on this page.").await;
    desk.choose_files(&[desk.file("first.txt", "One.")]).await;
    desk.see_text("1 chosen").await;
    desk.faults(json!([{"path_contains": "file-upload", "action": {"delay_ms": 60000}}])).await;
    desk.choose_files(&[desk.file("second.txt", "Two.")]).await;
    desk.see_text("Some files are still being sent.").await;
    assert!(!desk.named("Run the pipeline").await.is_enabled().await.unwrap());
    desk.no_faults().await;
    desk.browser.refresh().await.unwrap();
    // The first is on the server and chosen; the second is listed, and not sent by itself.
    desk.see_text("1 chosen").await;
    desk.see_text("Not sent before the page was loaded anew.").await;
    assert_eq!(count(&desk, "POST", "file-upload").await, 0);
    desk.click("Run the pipeline").await;
    has(&desk, &id, &["first.txt"]).await;
    desk.finish(&["ERR_", "beforeunload"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_dropped_on_the_documents_go_to_the_pipeline() {
    let desk = Desk::start().await;
    let id = make(&desk, "Manuals").await;
    desk.open(&format!("/local/knowledge-bases/{id}/documents")).await;
    desk.see_text("A pipeline fills this knowledge base.").await;
    desk.script(
        "const data = new DataTransfer(); data.items.add(new File(['Grease.'], 'dropped.txt'));
         window.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));",
    )
    .await;
    desk.path_becomes("the pipeline's", |path| path.ends_with("/pipeline")).await;
    desk.see_text("1 chosen").await;
    // With the keyboard alone.
    desk.press(format!("{}{}", char::from(Key::Control), char::from(Key::Enter))).await;
    desk.see_text("The pipeline has made 1 document.").await;
    has(&desk, &id, &["dropped.txt"]).await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_pipelines_is_asked_once() {
    let desk = Desk::start().await;
    let id = make(&desk, "Manuals").await;
    let plain = desk.make_knowledge_base("Plain").await;
    let missing = "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>";
    let missing = json!({"status": {"status": 404, "body": missing, "content_type": "text/html"}});
    desk.faults(json!([{"path_contains": "/pipeline/", "action": missing}])).await;
    desk.open(&page(&id)).await;
    desk.see_text("This server does not offer knowledge pipelines.").await;
    desk.no_faults().await;
    desk.browser.refresh().await.unwrap();
    desk.see_text("This server does not offer knowledge pipelines.").await;
    let asked = desk.requests().await.into_iter().filter(|request| request.contains("/pipeline/")).count();
    assert_eq!(asked, 0, "a lack that is known is not asked for again");
    desk.click("Ask again").await;
    desk.see_text("Drop files anywhere on this page.").await;
    // A knowledge base without one says so, and has no such tab.
    desk.open(&page(&plain)).await;
    desk.see_text("This knowledge base has no pipeline").await;
    desk.click("Go to its documents").await;
    desk.see_text("Drop files here").await;
    assert_eq!(desk.script("return document.querySelectorAll('.tab').length").await, json!(4));
    desk.finish(&["404"]).await;
}
