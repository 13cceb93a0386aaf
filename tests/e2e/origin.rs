//! The desk asks its own origin and nobody else.

use fantoccini::Locator;
use serde_json::Value;

use crate::support::Desk;

#[tokio::test(flavor = "multi_thread")]
async fn no_screen_asks_another_origin() {
    let desk = Desk::start().await;
    let mut asked = 0;
    for screen in desk.screens().await {
        desk.open(&screen.path).await;
        desk.see(Locator::Css(screen.sign)).await;
        let names = desk
            .script(r#"return performance.getEntries().map((entry) => entry.name).filter((name) => /^[a-z]+:/.test(name))"#)
            .await;
        for name in names.as_array().into_iter().flatten().filter_map(Value::as_str) {
            let is_own = name.starts_with(&format!("{}/", desk.origin)) || name.starts_with("data:") || name.starts_with("blob:");
            assert!(is_own, "{}: {name}", screen.name);
            asked += 1;
        }
    }
    assert!(asked > 30, "the entries are those of requests: {asked}");
    // The log would hold a request that the content security policy has stopped.
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_script_and_style_of_the_page_is_held_against_its_digest() {
    let desk = Desk::start().await;
    desk.open("/local/knowledge-bases").await;
    let script = r#"
        const page = new DOMParser().parseFromString(await (await fetch(document.baseURI)).text(), "text/html");
        const loaded = [...page.querySelectorAll("script, link[rel=stylesheet], link[rel=modulepreload]")];
        return Promise.all(loaded.map(async (element) => {
            const address = element.getAttribute("src") ?? element.getAttribute("href");
            const bytes = await (await fetch(new URL(address, document.baseURI))).arrayBuffer();
            const digest = new Uint8Array(await crypto.subtle.digest("SHA-384", bytes));
            return [address, element.integrity, `sha384-${btoa(String.fromCharCode(...digest))}`];
        }));"#;
    let found = desk.script(&format!("return (async () => {{ {script} }})()")).await;
    let found = found.as_array().unwrap();
    assert!(found.len() >= 3, "{found:?}");
    for one in found {
        assert_eq!(one[1], one[2], "{}", one[0]);
    }
    desk.finish(&[]).await;
}
