//! What pages of others try on a desk, in a real browser. Nothing of it changes or reads anything.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Desk, ForeignSite, Setup};

/// A name that belongs to somebody else and leads, by their doing, to this computer.
const REBOUND: &str = "rebound.example";

/// A desk, and a site of somebody else under two names: one of another site, one of the same site on another port.
async fn desk_and_site() -> (Desk, ForeignSite, [String; 2]) {
    let rule = format!("--host-resolver-rules=MAP {REBOUND} 127.0.0.1");
    let desk = Desk::with(Setup { browser_arguments: vec![rule], ..Setup::default() }).await;
    let site = ForeignSite::start().await;
    let origins = [site.origin("evil.localhost"), site.origin("127.0.0.1")];
    (desk, site, origins)
}

/// What the host holds, as far as an attack could have changed it.
async fn state(desk: &Desk, knowledge_base: &str) -> Value {
    let list = desk.api("GET", "datasets", None).await;
    let documents = desk.api("GET", &format!("datasets/{knowledge_base}/documents"), None).await;
    json!([list["total"], list["data"][0]["name"], documents["total"]])
}

/// Runs a script in a foreign page with the desk's address, and gives what it tells.
async fn attack(desk: &Desk, from: &str, script: &str) -> Value {
    desk.browser.goto(&format!("{from}/")).await.unwrap();
    desk.script(&script.replace("DESK", &desk.origin)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_form_changes_nothing() {
    let (desk, site, origins) = desk_and_site().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    desk.make_document(&knowledge_base, "seal.txt", "Inspect the seal.").await;
    let before = state(&desk, &knowledge_base).await;
    // A form's text/plain can be made to look like JSON.
    for (number, form) in [
        r#"enctype="text/plain" action="DESK/api/local/datasets"><input name='{"name":"Forged","x":"' value='"}'"#.to_owned(),
        r#"action="DESK/api/local/datasets"><input name="name" value="Forged""#.to_owned(),
        r#"enctype="multipart/form-data" action="DESK/api/local/datasets"><input name="name" value="Forged""#.to_owned(),
        format!(r#"action="DESK/api/local/datasets/{knowledge_base}?_method=DELETE"><input name="_method" value="DELETE""#),
        r#"action="DESK/logout"><input name="x""#.to_owned(),
    ]
    .iter()
    .enumerate()
    {
        let html = format!(r#"<h1>Free gifts</h1><form method="post" {form}></form>"#).replace("DESK", &desk.origin);
        site.page(&format!("/{number}"), &html);
        for origin in &origins {
            desk.browser.goto(&format!("{origin}/{number}")).await.unwrap();
            desk.script("document.forms[0].submit()").await;
            desk.see_text("may not change anything here").await;
        }
    }
    assert_eq!(state(&desk, &knowledge_base).await, before);
    desk.finish(&["403"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_script_changes_and_reads_nothing() {
    let (desk, _site, origins) = desk_and_site().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    desk.make_document(&knowledge_base, "seal.txt", "Inspect the seal.").await;
    let before = state(&desk, &knowledge_base).await;
    let script = r#"
        const target = "DESK/api/local/datasets", one = "DESK/api/local/datasets/KB";
        const body = JSON.stringify({ name: "Forged" });
        const tries = [
            () => fetch(target, { method: "POST", mode: "no-cors", headers: { "content-type": "text/plain" }, body }),
            () => fetch(target, { method: "POST", mode: "no-cors", body: new Blob([body]) }),
            () => fetch(target, { method: "POST", mode: "no-cors", credentials: "include", body: new URLSearchParams({ name: "Forged" }) }),
            () => fetch(target, { method: "POST", headers: { "content-type": "application/json", "x-loredesk": "1" }, body }),
            () => fetch(target, { method: "POST", headers: { "content-type": "text/plain" }, body }),
            () => fetch(one, { method: "DELETE", headers: { "x-loredesk": "1" } }),
            () => fetch(one, { method: "PATCH", credentials: "include", headers: { "content-type": "application/json" }, body }),
            () => fetch(one, { method: "POST", mode: "no-cors", headers: { "x-http-method-override": "DELETE" } }),
            () => fetch(target),
            () => fetch(target, { mode: "no-cors", credentials: "include" }),
            () => fetch("DESK/config.json"),
            () => fetch("DESK/v1/datasets", { method: "HEAD" }),
            () => navigator.sendBeacon(target, new Blob([body], { type: "application/json" })),
            () => navigator.sendBeacon(target, body),
        ];
        const outcomes = tries.map(async (attempt) => {
            try {
                const answer = await attempt();
                // A beacon only tells that it was taken; an opaque answer tells nothing at all.
                return answer === true || answer === false ? "sent" : answer.type === "opaque" ? "opaque" : `read ${await answer.text()}`;
            } catch { return "refused"; }
        });
        return Promise.all(outcomes);"#
        .replace("KB", &knowledge_base);
    for origin in &origins {
        let outcomes = attack(&desk, origin, &script).await;
        let outcomes: Vec<&str> = outcomes.as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert_eq!(outcomes.len(), 14, "{outcomes:?}");
        assert!(outcomes.iter().all(|outcome| ["refused", "opaque", "sent"].contains(outcome)), "{outcomes:?}");
        // A beacon goes in its own time.
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(state(&desk, &knowledge_base).await, before, "{origin}");
    }
    desk.finish(&["403", "415", "CORS", "ERR_"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn foreign_tags_load_no_data() {
    let (desk, _site, origins) = desk_and_site().await;
    desk.make_knowledge_base("Pumps").await;
    let script = r#"
        const make = (name, attributes) => new Promise((done) => {
            const made = document.createElement(name);
            made.onload = () => done(`${name} loaded`);
            made.onerror = () => done(`${name} refused`);
            for (const [key, value] of Object.entries(attributes)) made[key] = value;
            document.body.append(made);
            setTimeout(() => done(`${name} silent`), 5000);
        });
        const paths = ["DESK/api/local/datasets", "DESK/config.json", "DESK/boot.js", "DESK/icons.svg"];
        return Promise.all(paths.flatMap((path) => [
            make("script", { src: path }),
            make("script", { src: path, type: "module" }),
            make("img", { src: path }),
            make("link", { rel: "stylesheet", href: path }),
            make("object", { data: path }),
            make("embed", { src: path }),
            make("video", { src: path }),
        ]));"#;
    for origin in &origins {
        let outcomes = attack(&desk, origin, script).await;
        for outcome in outcomes.as_array().unwrap() {
            let outcome = outcome.as_str().unwrap();
            // What shows a whole document tells "loaded" for the browser's own page about a refusal too.
            let is_refused = outcome.ends_with("refused") || outcome.starts_with("object") || outcome.starts_with("embed");
            assert!(is_refused, "{origin}: {outcomes}");
        }
    }
    desk.finish(&["403", "CORS", "ERR_", "MIME", "Content Security Policy"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_page_frames_and_holds_no_desk() {
    let (desk, site, origins) = desk_and_site().await;
    desk.make_knowledge_base("Pumps").await;
    site.page("/frame", &format!(r#"<iframe src="{}/local/knowledge-bases" width="900" height="600"></iframe>"#, desk.origin));
    for origin in &origins {
        desk.browser.goto(&format!("{origin}/frame")).await.unwrap();
        tokio::time::sleep(Duration::from_secs(1)).await;
        desk.browser.clone().enter_frame(0).await.unwrap();
        let inside = desk.text().await;
        assert!(!inside.contains("Pumps") && !inside.contains("Loredesk"), "{inside}");
        desk.browser.clone().enter_parent_frame().await.unwrap();
        let here = desk.browser.window().await.unwrap();
        // A window that it opens is out of its hands at once.
        let script = "const held = open('DESK/local/knowledge-bases');
            return new Promise((done) => setTimeout(() => done(held.closed), 3000))";
        assert_eq!(attack(&desk, origin, script).await, json!(true), "{origin}");
        let other = desk.browser.windows().await.unwrap().into_iter().find(|window| *window != here).unwrap();
        desk.browser.switch_to_window(other).await.unwrap();
        desk.see_text("1 knowledge base").await;
        assert_eq!(desk.script("return window.opener === null").await, json!(true));
        desk.browser.close_window().await.unwrap();
        desk.browser.switch_to_window(here).await.unwrap();
    }
    desk.finish(&["Content Security Policy", "ERR_"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_was_rebound_gets_no_answer() {
    let (desk, _site, _) = desk_and_site().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let before = state(&desk, &knowledge_base).await;
    let port = desk.origin.rsplit_once(':').unwrap().1;
    desk.browser.goto(&format!("http://{REBOUND}:{port}/")).await.unwrap();
    desk.see_text("This host does not answer under that name.").await;
    // For the browser these are requests of the page's own origin.
    let script = r#"
        const write = { method: "POST", headers: { "content-type": "application/json", "x-loredesk": "1" }, body: '{"name":"Forged"}' };
        const asked = [fetch("/api/local/datasets"), fetch("/config.json"), fetch("/boot.js"), fetch("/api/local/datasets", write)];
        return Promise.all(asked.map(async (answer) => (await answer).status))"#;
    assert_eq!(desk.script(script).await, json!([403, 403, 403, 403]));
    assert_eq!(state(&desk, &knowledge_base).await, before);
    // Over plain HTTP a header for windows counts on loopback only, and the browser says so.
    desk.finish(&["403", "Cross-Origin-Opener-Policy"]).await;
}
