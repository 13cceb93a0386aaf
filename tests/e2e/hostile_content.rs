//! Whatever a server sends as a name, a text or an error stays text: nothing runs, nothing lies, nothing breaks the layout.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{
    Desk, Look,
    pipelines::{self, event},
};

/// Each would tell in `window.ran` that it ran, or leave an element behind.
const SCRIPTS: [&str; 5] = [
    "<script>window.ran=1</script>",
    "<img src=x onerror=window.ran=1>",
    "\"'><svg onload=window.ran=1 class=evil>",
    "javascript:window.ran=1//",
    "{{window.ran=1}}${window.ran=1}",
];

/// Turns what follows around, and hides.
const TURNED: &str = "invoice\u{202e}fdp.exe \u{2066}\u{2069}\u{2069} a\u{0}b\u{1b}[31m\u{7}";

/// What the texts of a server are called, in all its answers. Ids, states and numbers stay: without them there is nothing to show.
const TEXTS: [&str; 14] = [
    "name",
    "description",
    "content",
    "sign_content",
    "answer",
    "keywords",
    "error",
    "author_name",
    "value",
    "created_by",
    "summary",
    "title",
    "message",
    "disabled_by",
];

/// The answer with every text replaced. Only names and contents get all of a very long one: the rules have to fit into memory.
fn poisoned(answer: &Value, text: &str) -> Value {
    let part = |name: &str| if ["name", "content"].contains(&name) { text } else { &text[..text.floor_char_boundary(1 << 15)] };
    match answer {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| {
                let is_text = TEXTS.contains(&name.as_str());
                let value = match value {
                    Value::String(_) | Value::Null if is_text => json!(part(name)),
                    Value::Array(list) if is_text && list.iter().all(Value::is_string) => json!([part(name), part(name)]),
                    other => poisoned(other, text),
                };
                (name.clone(), value)
            })
            .collect(),
        Value::Array(list) => list.iter().map(|value| poisoned(value, text)).collect(),
        other => other.clone(),
    }
}

/// What is wrong with the page: something ran or was added, something sticks out, or it answers slowly.
async fn problems(desk: &Desk, place: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let state = desk
        .script(
            "return [window.ran ?? null, document.querySelectorAll('.evil, main script, main img[src=x], [onerror], [onload]').length,
                document.documentElement.scrollWidth - document.documentElement.clientWidth,
                [...document.querySelectorAll('a[href]')].filter((link) => !/^https?:$/.test(link.protocol)).length]",
        )
        .await;
    if (&state[0], &state[1], &state[3]) != (&Value::Null, &json!(0), &json!(0)) {
        problems.push(format!("{place}: {state}"));
    }
    if state[2].as_i64().unwrap() > 0 {
        let wide = "return [...document.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
            .slice(0, 8).map((element) => `${element.tagName}.${element.className.baseVal ?? element.className}`)";
        problems.push(format!("{place} is {} px too wide: {}", state[2], desk.script(wide).await));
    }
    if desk.browser.get_alert_text().await.is_ok() {
        problems.push(format!("{place}: a dialog"));
    }
    let start = Instant::now();
    desk.script("return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))").await;
    if start.elapsed() > Duration::from_secs(3) {
        problems.push(format!("{place} takes {:?} to draw", start.elapsed()));
    }
    problems
}

async fn check(desk: &Desk, place: &str) {
    assert_eq!(problems(desk, place).await, Vec::<String>::new());
}

/// A knowledge base with one of everything, and its screens: a name, an address, a sign that the screen is there.
async fn screens(desk: &Desk) -> Vec<(&'static str, String, &'static str)> {
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let document = desk.make_document(&knowledge_base, "seal.txt", "Inspect the seal.\n\nTorque the nuts.").await;
    let base = format!("datasets/{knowledge_base}");
    let field = desk.api("POST", &format!("{base}/metadata"), Some(&json!({"name": "author", "type": "string"}))).await;
    let values = json!({"operation_data": [{"document_id": document, "metadata_list": [
        {"id": field["id"], "name": "author", "value": "Anna"}]}]});
    desk.api("POST", &format!("{base}/documents/metadata"), Some(&values)).await;
    let tag = desk.api("POST", "datasets/tags", Some(&json!({"name": "works"}))).await;
    let bind = json!({"tag_ids": [tag["id"]], "target_id": knowledge_base});
    desk.api("POST", "datasets/tags/binding", Some(&bind)).await;
    let chunks = desk.api("GET", &format!("{base}/documents/{document}/segments"), None).await;
    let chunk = chunks["data"][0]["id"].as_str().unwrap().to_owned();
    let at = format!("/local/knowledge-bases/{knowledge_base}");
    vec![
        ("knowledge bases", "/local/knowledge-bases".to_owned(), "td.name a"),
        ("documents", format!("{at}/documents"), "td.name a"),
        ("chunks", format!("{at}/documents/{document}"), ".chunk-text"),
        ("chunk", format!("{at}/documents/{document}/chunks/{chunk}"), ".drawer textarea"),
        ("retrieval", format!("{at}/retrieval?q=seal"), ".records li"),
        ("metadata", format!("{at}/metadata"), "main .views"),
        ("metadata fields", format!("{at}/metadata?view=fields"), "td.name"),
        ("settings", format!("{at}/settings"), "form"),
    ]
}

/// The rules by which the fault layer answers everything that these screens ask for with other texts.
async fn rules(desk: &Desk, screens: &[(&'static str, String, &'static str)], text: &str) -> Value {
    desk.no_faults().await;
    for (_, path, sign) in screens {
        desk.open(path).await;
        desk.see(fantoccini::Locator::Css(sign)).await;
    }
    let asked = desk.requests().await;
    let mut rules = Vec::new();
    for line in asked {
        let (method, path) = line.split_once(' ').unwrap();
        let is_known = |rule: &Value| rule["path_contains"] == path;
        if rules.iter().any(is_known) {
            continue;
        }
        let body = path.ends_with("/retrieve").then(|| json!({"query": "seal"}));
        let answer = desk.api(method, path.trim_start_matches("/api/local/"), body.as_ref()).await;
        let body = poisoned(&answer, text).to_string();
        rules.push(json!({"method": method, "path_contains": path,
            "action": {"status": {"status": 200, "body": body, "content_type": "application/json"}}}));
    }
    // The longest first: a list's address is the beginning of its parts'.
    rules.sort_by_key(|rule| std::cmp::Reverse(rule["path_contains"].as_str().map(str::len)));
    json!(rules)
}

async fn every_screen_stands(look: Look, text: &str) {
    let desk = Desk::with_look(look).await;
    let screens = screens(&desk).await;
    let rules = rules(&desk, &screens, text).await;
    desk.faults(rules).await;
    let mut all = Vec::new();
    for (name, path, sign) in &screens {
        desk.open(path).await;
        desk.see(fantoccini::Locator::Css(sign)).await;
        // What is checked is really there.
        desk.see_text(&text[..text.floor_char_boundary(7)]).await;
        all.extend(problems(&desk, name).await);
    }
    assert!(all.is_empty(), "{look:?}: {all:#?}");
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_in_any_text_of_a_server_stay_text() {
    every_screen_stands(Look::default(), &SCRIPTS.concat()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_on_a_narrow_window() {
    every_screen_stands(Look { width: 390, height: 844, ..Look::default() }, &SCRIPTS.concat()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_that_turn_and_hide_break_nothing() {
    every_screen_stands(Look { width: 390, height: 844, ..Look::default() }, TURNED).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_of_a_megabyte_break_nothing() {
    for width in [1280, 390] {
        every_screen_stands(Look { width, ..Look::default() }, &"Ω".repeat(1 << 19)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_lies_about_its_direction_is_shown_as_it_is() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Ends\u{202e}here").await;
    desk.make_document(&knowledge_base, "invoice\u{202e}txt.exe.txt", "One line.").await;
    desk.open("/local/knowledge-bases").await;
    desk.see_text("Ends[U+202E]here").await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents")).await;
    desk.see_text("invoice[U+202E]txt.exe.txt").await;
    desk.finish(&[]).await;
}

/// Nothing on the page turns the direction of what stands beside it.
async fn nothing_turns(desk: &Desk, place: &str) {
    assert_eq!(desk.script("return document.body.innerText.includes('\\u202e')").await, json!(false), "{place}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_lies_does_so_in_no_dialog_and_no_sentence() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Ends\u{202e}here").await;
    let shown = "invoice[U+202E]fdp.txt";
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents")).await;
    let file = desk.file("invoice\u{202e}fdp.txt", "One line.");
    desk.choose_files(std::slice::from_ref(&file)).await;
    desk.see_text(shown).await;
    nothing_turns(&desk, "the dialog of adding").await;
    desk.click("Add 1 file").await;
    desk.see_text("1 upload ended").await;
    desk.see_text(shown).await;
    nothing_turns(&desk, "the list with the tray").await;
    // The same file once more: a question about a name that is taken.
    desk.choose_files(&[file]).await;
    desk.see_text("A document has this name.").await;
    nothing_turns(&desk, "the question about the name").await;
    desk.press(char::from(fantoccini::key::Key::Escape)).await;
    desk.click(&format!("Actions for {shown}")).await;
    desk.click("Delete").await;
    desk.see_text("Undo").await;
    nothing_turns(&desk, "what can still be taken back").await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_and_refused_uploads_of_a_hostile_server_stay_text() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    for text in [SCRIPTS.concat(), "Ω".repeat(1 << 19), TURNED.to_owned()] {
        let body = json!({"code": text, "message": text, "status": 400}).to_string();
        let refusal = |kind: &str| json!({"status": {"status": 400, "body": body, "content_type": kind}});
        desk.faults(json!([{"method": "GET", "path_contains": "/datasets", "action": refusal("application/json")}])).await;
        desk.open("/local/knowledge-bases").await;
        desk.see_text("The server does not accept this.").await;
        desk.click("What was asked and answered").await;
        check(&desk, "an error").await;

        desk.faults(json!([{"method": "POST", "path_contains": "create-by-file", "action": refusal("application/json")}])).await;
        desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents")).await;
        desk.choose_files(&[desk.file("note.txt", "Inspect the seal.")]).await;
        desk.click("Add 1 file").await;
        desk.see_text("The server does not accept this.").await;
        check(&desk, "a refused upload").await;

        let html = json!({"status": {"status": 500, "body": format!("<html>{text}</html>"), "content_type": "text/html"}});
        desk.faults(json!([{"method": "GET", "path_contains": "/datasets", "action": html}])).await;
        desk.open("/local/knowledge-bases").await;
        desk.see_text("The server failed.").await;
        desk.click("What was asked and answered").await;
        check(&desk, "a page in place of data").await;
    }
    desk.finish(&["400", "500"]).await;
}

/// The data sources of a pipeline whose every text is this.
fn hostile_sources(text: &str) -> Value {
    let variable = |name: &str, kind: &str| {
        json!({"variable": name, "label": text, "type": kind, "tooltips": text, "unit": text,
        "options": [text], "default_value": text, "required": false})
    };
    let credential = json!({"id": "c", "name": text, "type": text, "is_default": true});
    let node = |id: &str, kind: &str, variables: Value| {
        json!({"node_id": id, "plugin_id": text, "provider_name": text,
        "datasource_type": kind, "title": text, "user_input_variables": variables, "credentials": [credential]})
    };
    let kinds = ["text-input", "paragraph", "number", "select", "checkbox", "file"];
    let variables: Vec<Value> = kinds.iter().map(|kind| variable(kind, kind)).collect();
    json!([node("11", "online_drive", json!([])), node("12", "website_crawl", json!(variables)), node("13", text, json!([]))])
}

async fn a_hostile_pipeline_stays_text(look: Look, text: &str) {
    let desk = Desk::with_look(look).await;
    let id = pipelines::make(&desk, "Manuals").await;
    // Not more than a source would send in one event.
    let text = &text[..text.floor_char_boundary(1 << 15)];
    let files = json!([{"id": "a", "name": text, "type": "file"}, {"id": text, "name": text, "type": "folder"}]);
    let found = event(&json!({"event": "datasource_completed", "data": [{"bucket": text, "files": files}]}));
    let failed = event(&json!({"event": "datasource_error", "error": text}));
    let node = json!({"node_id": "1", "title": text, "status": "failed", "error": text});
    let steps = [
        event(&json!({"event": "node_started", "data": {"node_id": "1", "title": text}})),
        event(&json!({"event": "node_finished", "data": node})),
        event(&json!({"event": "workflow_finished", "data": {"status": "failed", "error": text, "outputs": {}}})),
    ];
    let refusal = json!({"code": text, "message": text, "status": 400}).to_string();
    let stream = |pieces: Value| json!({"stream": {"pieces": pieces}});
    desk.faults(json!([
        {"path_contains": "datasource-plugins", "action": pipelines::answer(&hostile_sources(text))},
        {"path_contains": "/nodes/11/run", "times": 1, "action": stream(json!([failed]))},
        {"path_contains": "/nodes/11/run", "action": stream(json!([found]))},
        {"path_contains": "/pipeline/run", "times": 1, "action": stream(json!(steps))},
        {"path_contains": "/pipeline/run", "action": {"status": {"status": 400, "body": refusal}}},
        {"path_contains": "file-upload", "action": {"status": {"status": 400, "body": refusal}}},
    ]))
    .await;
    let page = pipelines::page(&id);
    desk.open(&format!("{page}?source=12")).await;
    desk.see(fantoccini::Locator::Css(".pipeline-inputs textarea")).await;
    check(&desk, "inputs").await;
    desk.choose_files(&[desk.file("note.txt", "Inspect the seal.")]).await;
    desk.see_text("The server does not accept this.").await;
    check(&desk, "a refused file").await;
    desk.open(&page).await;
    desk.click("Look for documents").await;
    desk.see_text("The source failed.").await;
    check(&desk, "a source that failed").await;
    desk.click("Look again").await;
    desk.see_text("2 found").await;
    check(&desk, "what was found").await;
    desk.field("All 2").await.click().await.unwrap();
    desk.click("Run the pipeline").await;
    desk.see_text("The run failed.").await;
    check(&desk, "a run that failed").await;
    // The page has gone on to what the run said, and on a narrow window the bar at the top lies over the button by now.
    desk.script("scrollTo(0, 0)").await;
    desk.click("Run the pipeline").await;
    desk.see_text("The server does not accept this.").await;
    check(&desk, "a refused run").await;
    desk.finish(&["400"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_pipeline_runs_no_script() {
    a_hostile_pipeline_stays_text(Look::default(), &SCRIPTS.concat()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_pipeline_breaks_no_layout() {
    for text in [TURNED.to_owned(), "Ω".repeat(1 << 14)] {
        a_hostile_pipeline_stays_text(Look { width: 390, height: 844, ..Look::default() }, &text).await;
    }
}
