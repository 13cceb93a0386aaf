//! A connection that may only be read: nothing is offered that would change something, and nothing is sent.

use std::time::Duration;

use fantoccini::{Locator, key::Key};
use serde_json::{Value, json};

use crate::support::{Desk, pipelines};

/// Names of controls that change something, by how they begin.
const WRITES: &str = "^(New|Create|Add|Paste|Delete|Edit|Manage|Rename|Save(?! its text)|Discard|Replace|Enable|Disable|Archive|Un-archive|Set|Review|Make|Import|Regenerate|Index|Recover|Choose files|Choose a folder|Run the pipeline|Look for documents|Find earlier uploads|Built-in)(?![a-z])";

/// What is there to be changed: a knowledge base with a good and a failed document, child chunks, a metadata field and a tag.
struct Things {
    knowledge_base: String,
    empty: String,
    document: String,
    chunk: String,
    failed: String,
    piped: String,
}

async fn things(desk: &Desk) -> Things {
    let knowledge_base = desk.make_knowledge_base("Bridges").await;
    let empty = desk.make_knowledge_base("Empty").await;
    let rule = json!({"mode": "hierarchical", "rules": {
        "pre_processing_rules": [], "parent_mode": "paragraph",
        "segmentation": {"separator": "\n\n", "max_tokens": 1000, "chunk_overlap": 0},
        "subchunk_segmentation": {"separator": ". ", "max_tokens": 500, "chunk_overlap": 0}}});
    let create = format!("datasets/{knowledge_base}/document/create-by-text");
    let body = json!({"name": "bridges.txt", "text": "Bridges carry roads. Arches hold.\n\nTunnels go below.",
        "indexing_technique": "economy", "doc_form": "hierarchical_model", "process_rule": rule});
    let document = desk.api("POST", &create, Some(&body)).await["document"]["id"].as_str().unwrap().to_owned();
    desk.indexed(&knowledge_base, &document).await;
    // A length that no server indexes fails later.
    let mut broken = body.clone();
    broken["name"] = json!("broken.txt");
    broken["process_rule"]["rules"]["segmentation"]["max_tokens"] = json!(10);
    let failed = desk.api("POST", &create, Some(&broken)).await["document"]["id"].as_str().unwrap().to_owned();
    let chunks = desk.api("GET", &format!("datasets/{knowledge_base}/documents/{document}/segments"), None).await;
    let chunk = chunks["data"][0]["id"].as_str().unwrap().to_owned();
    desk.api("POST", &format!("datasets/{knowledge_base}/metadata"), Some(&json!({"type": "string", "name": "author"}))).await;
    let tag = desk.api("POST", "datasets/tags", Some(&json!({"name": "Field"}))).await["id"].clone();
    desk.api("POST", "datasets/tags/binding", Some(&json!({"tag_ids": [tag], "target_id": knowledge_base}))).await;
    let piped = pipelines::make(desk, "Piped").await;
    Things { knowledge_base, empty, document, chunk, failed, piped }
}

/// Every page, and something by which one sees that it is there.
fn pages(things: &Things) -> Vec<(String, &'static str)> {
    let base = format!("/local/knowledge-bases/{}", things.knowledge_base);
    let page = |path: String, sign| (path, sign);
    vec![
        page("/local/knowledge-bases".to_owned(), ".row-link"),
        page(format!("{base}/documents"), ".row-link"),
        page(format!("/local/knowledge-bases/{}/documents", things.empty), ".empty"),
        page(format!("{base}/documents/{}", things.document), ".chunk-text"),
        page(format!("{base}/documents/{}", things.failed), ".error-panel"),
        page(format!("{base}/documents/{}/chunks/{}", things.document, things.chunk), ".child"),
        page(format!("{base}/retrieval?q=bridges"), ".records li"),
        page(format!("{base}/metadata"), ".values-grid"),
        page(format!("{base}/metadata?view=fields"), ".fields"),
        page(format!("{base}/settings"), ".facts"),
        page(pipelines::page(&things.piped), ".source-card"),
        page(format!("/local/knowledge-bases/{}/documents", things.piped), ".empty"),
        page("/local/about".to_owned(), ".capabilities"),
    ]
}

/// Asserts that the log has nothing but reads.
async fn only_reads(desk: &Desk, place: &str) {
    for request in desk.requests().await {
        let path = request.split('?').next().unwrap_or_default();
        let is_read = request.starts_with("GET ")
            || path.starts_with("POST ") && ["/retrieve", "/hit-testing", "/download-zip"].iter().any(|end| path.ends_with(end));
        assert!(is_read, "{place}: {request}");
    }
}

/// Presses every button of the page and every item of its menus, closing what opens, and tells what was found on the way.
const PRESS_ALL: &str = r#"
    const done = arguments[arguments.length - 1];
    const writes = new RegExp(arguments[0]);
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const says = (element) => (element.getAttribute("aria-label") ?? element.innerText ?? "").replace(/\s+/g, " ").trim();
    const found = new Set();
    const look = () => {
        for (const element of document.querySelectorAll("main button, dialog[open] button, [role=menuitem], [role=switch], main input, main textarea, main select")) {
            const label = says(element) || [...(element.labels ?? [])].map((label) => label.innerText).join(" ").trim();
            if (element.checkVisibility() && writes.test(label)) found.add(label);
        }
        if (document.body.innerText.includes("This was not changed")) found.add("a refusal was shown");
    };
    const close = () => {
        for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
    };
    (async () => {
        look();
        const buttons = [...document.querySelectorAll("main button")].filter((button) => button.checkVisibility() && !button.disabled);
        for (const button of buttons) {
            if (!button.isConnected) continue;
            button.click();
            await pause(30);
            look();
            if (button.getAttribute("aria-haspopup") === "menu") {
                const count = document.querySelectorAll("[role=menuitem]").length;
                for (let at = 0; at < count; at += 1) {
                    const item = document.querySelectorAll("[role=menuitem]")[at];
                    if (!item || item.disabled) continue;
                    // Going elsewhere is for the other pages' turn.
                    if (/^(Open|Settings)$/.test(says(item))) continue;
                    item.click();
                    await pause(60);
                    look();
                    close();
                    if (document.querySelectorAll("[role=menuitem]").length === 0) button.click();
                    await pause(30);
                }
                if (document.querySelector("[role=menuitem]")) button.click();
            }
            close();
        }
        await pause(100);
        look();
        done([...found]);
    })();"#;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_can_be_changed_on_any_page() {
    let desk = Desk::start().await;
    let things = things(&desk).await;
    desk.keep_downloads().await;
    desk.no_faults().await;
    desk.faults(json!([desk.configured(&json!({"read_only": true}))])).await;
    for (path, sign) in pages(&things) {
        desk.open(&path).await;
        desk.see(Locator::Css(sign)).await;
        desk.see_text("this connection takes no changes").await;
        let found = desk.browser.execute_async(PRESS_ALL, vec![json!(WRITES)]).await.unwrap();
        assert_eq!(found, json!([]), "{path}");
        only_reads(&desk, &path).await;
    }
    // What a server offers is looked for by asking about nothing.
    desk.finish(&["00000000-0000-0000-0000-000000000000"]).await;
}

async fn drop_a_file(desk: &Desk) {
    desk.script(
        r#"const data = new DataTransfer();
        data.items.add(new File(["text"], "dropped.txt", {type: "text/plain"}));
        for (const name of ["dragenter", "dragover", "drop"]) {
            document.querySelector("main").dispatchEvent(new DragEvent(name, {dataTransfer: data, bubbles: true, cancelable: true}));
        }
        return true;"#,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_the_palette_and_dropped_files_change_nothing_either() {
    let desk = Desk::start().await;
    let things = things(&desk).await;
    desk.no_faults().await;
    desk.faults(json!([desk.configured(&json!({"read_only": true}))])).await;
    let base = format!("/local/knowledge-bases/{}", things.knowledge_base);

    // The grid of values: typing, deleting, pasting, filling.
    desk.open(&format!("{base}/metadata")).await;
    let grid = desk.see(Locator::Css(".values-grid")).await;
    grid.send_keys("abc").await.unwrap();
    grid.send_keys(&char::from(Key::Delete).to_string()).await.unwrap();
    grid.send_keys(&char::from(Key::Enter).to_string()).await.unwrap();
    desk.script(
        r#"const data = new DataTransfer();
        data.setData("text/plain", "Ada");
        window.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        return true;"#,
    )
    .await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    let text = desk.text().await;
    assert!(!text.contains("not saved") && !text.contains("Review"), "{text}");
    assert_eq!(desk.script("return document.querySelectorAll('.values-grid textarea, .values-grid input').length").await, 0);

    // Files dropped on the list.
    desk.open(&format!("{base}/documents")).await;
    desk.see(Locator::Css(".row-link")).await;
    drop_a_file(&desk).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(desk.script("return document.querySelectorAll('dialog[open], .drop-overlay').length").await, 0);

    // And those of a pipeline, and its own page.
    for (path, sign) in [
        (format!("/local/knowledge-bases/{}/documents", things.piped), ".empty"),
        (pipelines::page(&things.piped), ".source-card"),
    ] {
        desk.open(&path).await;
        desk.see(Locator::Css(sign)).await;
        drop_a_file(&desk).await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(
            desk.script("return document.querySelectorAll('dialog[open], .drop-overlay, .tray').length").await,
            0,
            "{path}"
        );
        assert_eq!(desk.path().await, path);
    }
    desk.open(&format!("{base}/documents")).await;
    desk.see(Locator::Css(".row-link")).await;

    // A selection offers its originals and nothing else.
    desk.script("document.querySelector('td.select-cell input').click(); return true;").await;
    desk.see(Locator::Css(".batch-bar")).await;
    let bar = desk
        .script("return [...document.querySelectorAll('.batch-bar button')].map((b) => b.innerText.trim()).filter(Boolean)")
        .await;
    assert_eq!(bar, json!(["Download as ZIP", "Select all 2"]));

    // The palette.
    desk.press(format!("{}k{}", char::from(Key::Control), char::from(Key::Null))).await;
    desk.see(Locator::Css(".palette-line")).await;
    let lines = desk.script("return [...document.querySelectorAll('.palette-line')].map((line) => line.innerText.trim())").await;
    let lines: Vec<&str> = lines.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    for absent in ["New knowledge base", "Add files", "Add a folder", "Paste text"] {
        assert!(lines.iter().all(|line| !line.starts_with(absent)), "{lines:?}");
    }
    assert!(lines.contains(&"About this server"), "{lines:?}");
    only_reads(&desk, "keys").await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_waits_for_the_right_to_save_it() {
    let desk = Desk::start().await;
    let things = things(&desk).await;
    let page = format!("/local/knowledge-bases/{}/settings", things.knowledge_base);
    desk.open(&page).await;
    desk.type_into("Description", "Half a thought").await;
    desk.see_text("Changes that are not saved yet").await;
    desk.faults(json!([desk.configured(&json!({"read_only": true}))])).await;
    desk.open(&page).await;
    desk.see_text("this connection takes no changes").await;
    desk.see_no_text("Half a thought").await;
    desk.no_faults().await;
    desk.open(&page).await;
    desk.see_text("You are looking at changes that were not saved before.").await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_that_comes_all_the_same_is_a_sentence() {
    let desk = Desk::start().await;
    desk.open("/local/knowledge-bases").await;
    desk.click("New knowledge base").await;
    desk.type_into("Name", "Pumps").await;
    let body = r#"{"code":"read_only","message":"This connection may only be read.","status":403}"#;
    let action = json!({"status": {"status": 403, "body": body, "content_type": "application/json"}});
    desk.faults(json!([{"method": "POST", "path_contains": "/datasets", "action": action}])).await;
    desk.click("Create").await;
    desk.see_text("This was not changed: the connection may only be read.").await;
    desk.see_text("Ask the person who runs the desk").await;
    desk.finish(&["403"]).await;
}
