//! Runs of a pipeline whose answer is lost or bad: nothing is run twice, and nothing is deleted.
//!
//! Proves: runPipeline.

use serde_json::json;

use crate::support::{
    Desk,
    pipelines::{count, event, has, names, with_a_file},
};

/// Runs the pipeline with the file that waits in the page, past the page.
async fn run_behind(desk: &Desk, knowledge_base: &str) {
    let script =
        "return JSON.parse(Object.entries(sessionStorage).find(([key]) => key.startsWith('loredesk.pipeline-files'))[1])[0].id";
    let file = desk.script(script).await;
    let run = json!({"inputs": {}, "datasource_type": "local_file", "datasource_info_list": [{"reference": file, "name": "pumps.txt"}],
        "start_node_id": "files", "is_published": true, "response_mode": "blocking"});
    desk.api("POST", &format!("datasets/{knowledge_base}/pipeline/run"), Some(&run)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_whose_stream_is_cut_is_not_run_twice() {
    let desk = Desk::start().await;
    let id = with_a_file(&desk, "pumps.txt").await;
    // It happens, and the connection breaks before its end. A browser may send it again by itself, which makes further documents:
    // whose they are nobody can prove, so they stay, and the person is told.
    desk.faults(json!([{"path_contains": "/pipeline/run", "action": {"truncate": {"bytes": 400}}}])).await;
    desk.click("Run the pipeline").await;
    desk.see_text("The answer was lost, but the document is there.").await;
    desk.see_text("Nothing is chosen yet.").await;
    desk.see_text("Done · 1 chunk").await;
    let made = names(&desk, &id).await;
    assert!(!made.is_empty() && made.iter().all(|name| name == "pumps.txt"), "{made:?}");
    if made.len() > 1 {
        desk.see_text("new in the list beside").await;
    }
    assert!(desk.requests().await.iter().all(|line| !line.starts_with("DELETE")), "nothing is deleted unasked");
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
    run_behind(&desk, &id).await;
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
async fn what_is_there_too_often_is_told_and_stays() {
    let desk = Desk::start().await;
    let id = with_a_file(&desk, "pumps.txt").await;
    desk.faults(json!([{"path_contains": "/pipeline/run", "times": 1, "action": "html"}])).await;
    desk.click("Run the pipeline").await;
    desk.see_text("The answer was lost, and none of its documents is in the list.").await;
    // Something on the way sent it three times; of three alike nobody knows which one a colleague may have made.
    for _ in 0..3 {
        run_behind(&desk, &id).await;
    }
    has(&desk, &id, &["pumps.txt"; 3]).await;
    desk.no_faults().await;
    // Asked for once more, it is not run: what is there is told.
    desk.click("Run the pipeline").await;
    desk.see_text("The answer was lost, but the document is there. Nothing was run again.").await;
    desk.see_text("2 documents are new in the list beside those of this run, under the same names.").await;
    let requests = desk.requests().await;
    assert!(requests.iter().all(|line| line.starts_with("GET")), "{requests:#?}");
    assert_eq!(names(&desk, &id).await, ["pumps.txt"; 3]);
    desk.click("Go to its documents").await;
    desk.path_becomes("the list", |path| path.ends_with("/documents")).await;
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
