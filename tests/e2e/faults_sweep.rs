//! Every screen against every bad answer to what it asks for: it never crashes, never waits for ever, says a sentence, and another
//! try works.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Desk, Screen};

/// How long a screen may take to come to rest.
const PATIENCE: Duration = Duration::from_secs(20);

/// The pauses before the app asks again by itself pass in a moment; every other timer keeps its time.
const SHORTENED: &str = "const real = window.setTimeout;
    window.setTimeout = (callback, wait, ...rest) => real(callback, wait >= 400 && wait <= 1900 ? 20 : wait, ...rest);";

/// What a screen shows now; `arguments[0]` is the element that is there when all is well.
const STATE: &str = r#"
    const seen = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
    const text = document.body.innerText;
    return {
        isThere: seen(arguments[0]).length > 0,
        isWaiting: seen(".skeleton").length > 0,
        // A note that a server does not offer this is one way to say why not; it asks again.
        said: seen("[role=alert], .stale, .note:has(button)").map((element) => element.innerText.trim()).join(" "),
        canRetry: seen("button").some((button) => ["Try again", "Ask again"].includes(button.innerText.trim())),
        isCrashed: text.includes("Loredesk has stopped working"),
        text,
    };"#;

/// Bad answers, by what they are called in a failure.
fn answers() -> Vec<(&'static str, Value)> {
    let status = |status: u16, body: &str, kind: &str| json!({"status": {"status": status, "body": body, "content_type": kind}});
    let refusal = |code: u16, name: &str, message: &str| {
        status(code, &json!({"code": name, "message": message, "status": code}).to_string(), "application/json")
    };
    vec![
        ("500", refusal(500, "unknown", "Internal Server Error")),
        ("502 by a proxy", json!("html")),
        ("garbage", json!("garbage")),
        ("an answer of another kind", status(200, r#"{"data":{"odd":[null]},"total":"many"}"#, "application/json")),
        ("cut", json!({"truncate": {"bytes": 10}})),
        ("dropped", json!("drop")),
        ("401", refusal(401, "unauthorized", "Access token is invalid")),
        ("403", refusal(403, "forbidden", "Dataset api access is not enabled.")),
        ("404", refusal(404, "not_found", "Dataset not found.")),
        ("404 as a page", status(404, "<!doctype html><title>404 Not Found</title>", "text/html")),
        ("a page to log in", status(200, "<!doctype html><title>Log in</title><form></form>", "text/html")),
        ("slow", json!({"delay_ms": 600})),
    ]
}

async fn screens(desk: &Desk) -> Vec<Screen> {
    let mut screens = desk.screens().await;
    let base = screens[1].path.trim_end_matches("/documents").to_owned();
    let knowledge_base = base.rsplit('/').next().unwrap();
    desk.api("POST", &format!("datasets/{knowledge_base}/metadata"), Some(&json!({"name": "author", "type": "string"}))).await;
    for (name, path, sign) in [
        ("settings", "settings", ".settings-form"),
        ("metadata", "metadata", "#cell-0-0"),
        ("metadata fields", "metadata?view=fields", ".fields td.name"),
    ] {
        screens.push(Screen { name, path: format!("{base}/{path}"), sign });
    }
    // It asks for nothing.
    screens.retain(|screen| screen.name != "nothing here");
    screens
}

/// Waits until the screen is what it should be, or says why not and offers another try.
async fn rest(desk: &Desk, screen: &Screen, what: &str) -> Value {
    let start = Instant::now();
    loop {
        let state = desk.browser.execute(STATE, vec![json!(screen.sign)]).await.unwrap_or_default();
        let is_told = state["canRetry"] == true && state["said"].as_str().is_some_and(|said| said.len() > 10);
        if state["isWaiting"] == false && (state["isThere"] == true || is_told) {
            return state;
        }
        assert!(
            state["isCrashed"] != true && start.elapsed() < PATIENCE,
            "{} with {what} comes to no rest: {state:#}",
            screen.name
        );
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

/// Loads the screen while the server answers so, and then, well again, tries once more.
async fn check(desk: &Desk, screen: &Screen, what: &str, rule: Value) {
    desk.no_faults().await;
    // What was learned of this server in the case before is no part of this one.
    desk.script("localStorage.clear(); sessionStorage.clear(); return true").await;
    desk.faults(rule).await;
    desk.browser.goto(&format!("{}{}", desk.origin, screen.path)).await.unwrap();
    let state = rest(desk, screen, what).await;
    let text = state["text"].as_str().unwrap_or_default();
    for bad in ["undefined", "<html", "<!doctype", "[type=", "[object", "NaN"] {
        assert!(!text.contains(bad), "{} with {what} says {bad}: {text}", screen.name);
    }
    desk.no_faults().await;
    let start = Instant::now();
    loop {
        let state = desk.browser.execute(STATE, vec![json!(screen.sign)]).await.unwrap_or_default();
        if state["isThere"] == true && state["isWaiting"] == false {
            break;
        }
        assert!(start.elapsed() < PATIENCE, "{} with {what} does not come back: {state:#}", screen.name);
        if state["canRetry"] == true {
            desk.script("[...document.querySelectorAll('button')].find((button) => button.checkVisibility() && ['Try again', 'Ask again'].includes(button.innerText.trim()))?.click(); return true").await;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_survives_every_answer() {
    let desk = Desk::start().await;
    let screens = screens(&desk).await;
    desk.before_each_page(SHORTENED).await;
    desk.open("/local/knowledge-bases").await;
    for screen in &screens {
        for (what, action) in answers() {
            check(&desk, screen, what, json!([{"path_contains": "/api/local/", "action": action}])).await;
        }
    }
    desk.finish(&["Failed to load resource", "ERR_"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_survives_the_failure_of_each_request() {
    let desk = Desk::start().await;
    let screens = screens(&desk).await;
    desk.before_each_page(SHORTENED).await;
    desk.open("/local/knowledge-bases").await;
    for screen in &screens {
        desk.no_faults().await;
        desk.browser.goto(&format!("{}{}", desk.origin, screen.path)).await.unwrap();
        rest(&desk, screen, "nothing wrong").await;
        let mut asked = desk.requests().await;
        asked.sort();
        asked.dedup();
        assert!(!asked.is_empty(), "{} asks for nothing", screen.name);
        for request in asked {
            let (method, path) = request.split_once(' ').expect("a method and a path");
            for (what, action) in answers().into_iter().filter(|(what, _)| ["500", "garbage", "404 as a page"].contains(what)) {
                let what = format!("{what} to {request}");
                check(&desk, screen, &what, json!([{"method": method, "path_contains": path, "action": action}])).await;
            }
        }
    }
    desk.finish(&["Failed to load resource", "ERR_"]).await;
}
