//! "About this server": what it is, what it offers, how its requests went, and a report without contents.

use fantoccini::Locator;
use serde_json::json;

use crate::support::Desk;

#[tokio::test(flavor = "multi_thread")]
async fn it_tells_of_the_server_and_of_the_requests_without_contents() {
    let desk = Desk::start().await;
    let id = desk.make_knowledge_base("Pumps").await;
    desk.make_document(&id, "seal.txt", "Inspect the seal.\n\nGrease it.").await;
    let refusal = r#"{"code":"provider_not_initialize","message":"No secret model.","status":400}"#;
    let action = json!({"status": {"status": 400, "body": refusal, "content_type": "application/json"}});
    desk.faults(json!([{"method": "POST", "path_contains": "/retrieve", "action": action}])).await;
    desk.open(&format!("/local/knowledge-bases/{id}/retrieval?q=secret")).await;
    desk.see_text("The model that this needs is not set up.").await;
    desk.click("About This computer").await;
    desk.path_becomes("the page about the server", |path| path == "/local/about").await;
    for text in ["Dify’s Knowledge API", "Look and change", "All that its key may see", "loredesk"] {
        desk.see_text(text).await;
    }
    desk.see_text("400 provider_not_initialize").await;
    // Those that failed can be had alone, and the address holds it.
    desk.script("[...document.querySelectorAll('.requests .chip')][1].click(); return true;").await;
    desk.path_becomes("the failures", |path| path.contains("show=failed")).await;
    let rows = desk.script("return [...document.querySelectorAll('.requests tbody tr')].map((row) => row.innerText)").await;
    assert_eq!(rows.as_array().unwrap().len(), 1, "{rows}");

    // Every operation can be looked for, without harm.
    desk.no_faults().await;
    desk.click("Check all").await;
    for _ in 0..6 {
        desk.see(Locator::Css(".capabilities .status.good")).await;
    }
    desk.see_no_text("Not tried yet").await;
    let states =
        desk.script("return [...document.querySelectorAll('.capabilities .status')].map((one) => one.innerText.trim())").await;
    assert_eq!(states, json!(["Works", "Works", "Works", "Works", "Works", "Works"]));
    let total = desk.api("GET", "datasets", None).await["total"].clone();
    assert_eq!(total, 1);

    desk.click("Text of the report").await;
    let report = desk.script("return document.querySelector('.report pre').innerText").await;
    let report = report.as_str().unwrap();
    assert!(report.contains("POST datasets/") && report.contains("400 provider_not_initialize"), "{report}");
    for absent in ["secret", "seal.txt", "Pumps", "Inspect"] {
        assert!(!report.contains(absent), "{absent}: {report}");
    }
    // Headless Chromium lets a page copy when a person presses the button.
    desk.click("Copy for a bug report").await;
    desk.see_text("The report is on the clipboard.").await;
    desk.finish(&["400", "404", "415"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_does_not_answer_says_so() {
    let desk = Desk::start().await;
    desk.open("/local/about").await;
    desk.see_text("Not tried yet").await;
    desk.faults(json!([{"path_contains": "/api/", "action": "drop"}])).await;
    desk.click("Check again: Original files").await;
    desk.see_text("No answer came from the server.").await;
    desk.see_text("Not tried yet").await;
    desk.see_text("No answer").await;
    desk.finish(&["ERR_"]).await;
}
