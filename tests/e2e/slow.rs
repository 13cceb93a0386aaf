//! Answers that take their time: nothing flashes, nothing is sent twice, and waiting ends in words.

use fantoccini::{Locator, key::Key};
use serde_json::json;

use crate::support::Desk;

fn slow(method: &str, path: &str, milliseconds: u64) -> serde_json::Value {
    json!([{"method": method, "path_contains": path, "action": {"delay_ms": milliseconds}}])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_skeleton_is_not_seen_before_150_milliseconds() {
    let desk = Desk::start().await;
    desk.make_knowledge_base("Pumps").await;
    desk.faults(slow("GET", "/datasets?", 4_000)).await;
    desk.browser.goto(&format!("{}/local/knowledge-bases", desk.origin)).await.unwrap();
    desk.browser.wait().for_element(Locator::Css("main .skeleton")).await.unwrap();
    // The animation that shows it is stopped at moments of its time, so that no clock is raced.
    let at = |moment: u32| {
        format!(
            "const skeleton = document.querySelector('main .skeleton');
             const shows = skeleton.getAnimations().find((animation) => animation.animationName === 'appear');
             shows.pause();
             shows.currentTime = {moment};
             return Number(getComputedStyle(skeleton).opacity)"
        )
    };
    assert_eq!(desk.script(&at(0)).await, json!(0));
    assert_eq!(desk.script(&at(149)).await, json!(0));
    assert_eq!(desk.script(&at(300)).await, json!(1));
    desk.see_text("1 knowledge base").await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_there_stays_dimmed_until_the_new_answer_is_there() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let document = desk.make_document(&knowledge_base, "seal.txt", "Inspect the seal.\n\nTorque the nuts.").await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents/{document}")).await;
    desk.see_text("Torque the nuts.").await;
    desk.faults(slow("GET", "keyword=seal", 3_000)).await;
    desk.type_into("Search in this document", "seal").await;
    desk.see(Locator::Css(".query.previous[aria-busy=true]")).await;
    let text = desk.text().await;
    assert!(text.contains("Torque the nuts.") && text.contains("Inspect the seal."), "{text}");
    assert_eq!(desk.script("return document.querySelectorAll('main .skeleton').length").await, json!(0));
    desk.script(
        "return Promise.all(document.querySelector('.query.previous').getAnimations().map((animation) => animation.finished))",
    )
    .await;
    let opacity = desk.script("return Number(getComputedStyle(document.querySelector('.query.previous')).opacity)").await;
    assert!(opacity.as_f64().is_some_and(|opacity| (0.3..0.9).contains(&opacity)), "{opacity}");
    desk.see_no_text("Torque the nuts.").await;
    assert_eq!(desk.script("return document.querySelectorAll('.query.previous').length").await, json!(0));
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_save_is_sent_once() {
    let desk = Desk::start().await;
    desk.open("/local/knowledge-bases").await;
    desk.click("New knowledge base").await;
    desk.type_into("Name", "Pumps").await;
    desk.no_faults().await;
    desk.faults(slow("POST", "/datasets", 2_500)).await;
    let enter = String::from(char::from(Key::Enter));
    let field = desk.field("Name").await;
    for _ in 0..3 {
        field.send_keys(&enter).await.unwrap();
    }
    desk.see(Locator::Css("dialog[open] button[aria-busy=true]")).await;
    desk.script(
        "for (const button of document.querySelectorAll('dialog[open] button[type=submit]')) { button.click(); button.click(); }",
    )
    .await;
    // It can neither be closed, which would hide what became of it.
    field.send_keys(&String::from(char::from(Key::Escape))).await.unwrap();
    desk.see(Locator::Css("dialog[open]")).await;
    desk.see_text("“Pumps” was created.").await;
    let posts = desk.requests().await.into_iter().filter(|request| request.starts_with("POST")).count();
    assert_eq!(posts, 1);
    assert_eq!(desk.api("GET", "datasets", None).await["total"], 1);
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn leaving_while_something_is_read_leaves_nothing_behind() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let document = desk.make_document(&knowledge_base, "seal.txt", "Inspect the seal.").await;
    desk.open("/local/knowledge-bases").await;
    desk.see_text("1 knowledge base").await;
    // The answers come when the pages that asked are gone; one of them is a refusal.
    desk.faults(json!([
        {"method": "GET", "path_contains": format!("/documents/{document}"), "action": {"delay_ms": 1_500}},
        {"method": "GET", "path_contains": format!("/documents/{document}"), "action": {"status": {"status": 500, "body": "{}", "content_type": "application/json"}}},
        {"method": "GET", "path_contains": "/documents?", "action": {"delay_ms": 1_500}},
    ]))
    .await;
    desk.script(&format!("document.querySelector('td.name a').click(); return '{knowledge_base}'")).await;
    desk.path_becomes("its documents", |path| path.ends_with("/documents")).await;
    desk.see(Locator::Css(".tabs")).await;
    desk.browser.back().await.unwrap();
    desk.see_text("1 knowledge base").await;
    // To the document by its address, within the app, and away again at once.
    let visit = format!(
        "const link = document.querySelector('td.name a').cloneNode(true);
         link.href = '/local/knowledge-bases/{knowledge_base}/documents/{document}';
         document.querySelector('td.name').append(link);
         link.click();"
    );
    desk.script(&visit).await;
    desk.path_becomes("the document's", |path| path.ends_with(&document)).await;
    desk.browser.back().await.unwrap();
    desk.see_text("1 knowledge base").await;
    // Until every answer has come.
    let open = "return performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/documents') && entry.responseEnd > 0).length";
    let start = std::time::Instant::now();
    while desk.script(open).await.as_u64().unwrap_or_default() < 2 {
        assert!(start.elapsed().as_secs() < 20, "the slow answers never came");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let text = desk.text().await;
    assert!(text.contains("1 knowledge base") && !text.contains("Try again") && !text.contains("failed"), "{text}");
    assert_eq!(desk.script("return document.querySelectorAll('[role=alert]:not(:empty), .toast').length").await, json!(0));
    desk.finish(&["500"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_never_comes_ends_in_words() {
    let desk = Desk::start().await;
    desk.make_knowledge_base("Pumps").await;
    // The app's own half minute passes in a moment; every other timer keeps its time.
    desk.before_each_page(
        "const real = window.setTimeout;
         window.setTimeout = (callback, wait, ...rest) => real(callback, wait === 30000 ? 300 : wait, ...rest);",
    )
    .await;
    desk.faults(slow("GET", "/datasets?", 60_000)).await;
    desk.open("/local/knowledge-bases").await;
    desk.see_text("The server did not answer in time.").await;
    desk.see_text("It may be busy. Try again in a moment").await;
    desk.no_faults().await;
    desk.click("Try again").await;
    desk.see_text("1 knowledge base").await;
    desk.finish(&["ERR_"]).await;
}
