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
