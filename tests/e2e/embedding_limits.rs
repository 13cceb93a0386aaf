//! Where a frame is refused, or is given less than a page of its own: strangers, pages that are not listed, sandboxes, no storage.

use fantoccini::Locator;
use serde_json::json;

use crate::support::{Look, Portal, Setup, config_for};

#[tokio::test(flavor = "multi_thread")]
async fn strangers_are_not_heard_on_either_side() {
    let portal = Portal::start(Setup::default()).await;
    let desk = &portal.desk;
    desk.make_knowledge_base("Pumps").await;
    // A page of a third origin, in the same portal.
    let speaks = "<!doctype html><title>Stranger</title>";
    portal.page.change(|site| site.pages.push(("/stranger".to_owned(), speaks.to_owned())));
    portal.open("").await;
    portal.hears("navigated", "Knowledge bases").await;
    let stranger = portal.page.origin_of("stranger");
    desk.script(&format!(
        "return new Promise((done) => {{ const frame = document.createElement('iframe'); frame.id = 'stranger'; frame.src = '{stranger}/stranger'; frame.onload = () => done(true); document.body.append(frame); }})"
    ))
    .await;
    let frame = desk.see(Locator::Css("#stranger")).await;
    frame.enter_frame().await.unwrap();
    // To the desk: it is not its parent. To the portal: it is not its desk.
    desk.script("for (let at = 0; at < parent.frames.length; at++) parent.frames[at].postMessage({loredesk: 1, type: 'theme', theme: 'dark'}, '*')").await;
    desk.script("parent.postMessage({loredesk: 1, type: 'error', message: 'forged'}, '*'); parent.postMessage({loredesk: 1, type: 'height', height: 5000}, '*')").await;
    // The portal itself with what is no message, and with one of another version.
    portal.outside().await;
    desk.script("const frame = document.querySelector('loredesk-desk').shadowRoot.querySelector('iframe').contentWindow; for (const message of [null, 7, 'theme', {}, {loredesk: 2, type: 'theme', theme: 'dark'}, {loredesk: 1, type: 'eval', code: '1'}, {loredesk: 1, type: 'theme', theme: {}}, window.name]) frame.postMessage(message, '*')").await;
    // What comes after all of them is heard.
    desk.script("document.querySelector('loredesk-desk').setAttribute('lang', 'zh')").await;
    portal.inside().await;
    desk.see_text("1 个知识库").await;
    assert_eq!(desk.script("return document.documentElement.dataset.theme").await, json!("system"));
    portal.outside().await;
    let heard = portal.heard().await;
    assert!(!heard.iter().any(|line| line.contains("forged") || line.contains("5000")), "{heard:#?}");
    portal.desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_not_listed_does_not_get_the_desk() {
    let portal = Portal::on_hosting(Look::default()).await;
    let desk = &portal.desk;
    // The web server's header is what refuses; here it is missing, and the desk itself looks.
    let other = portal.page.origin_of("other");
    portal.change(|site| {
        site.config = config_for(&["https://portal.example"]);
        site.headers.retain(|(name, _)| *name != "Content-Security-Policy");
    });
    desk.browser.goto(&format!("{other}/?desk={}/", desk.origin)).await.unwrap();
    portal.inside().await;
    desk.see_text("The desk is not shown in this page").await;
    desk.see_text(&format!("{other} is not among the pages that may hold it.")).await;
    desk.named("Open the desk in its own window").await;
    portal.outside().await;
    let heard = portal.heard().await;
    assert!(!heard.iter().any(|line| line.starts_with("ready")), "{heard:#?}");
    portal.desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hosts_own_header_refuses_a_foreign_page() {
    let portal = Portal::start(Setup::default()).await;
    let desk = &portal.desk;
    // The portal is listed; the same page under another name is not.
    let other = portal.page.origin_of("other");
    let page = format!("<!doctype html><title>Other</title><iframe src='{}/?embed=1'></iframe>", desk.origin);
    portal.page.change(|site| site.pages.push(("/other".to_owned(), page)));
    desk.browser.goto(&format!("{}/other", portal.origin)).await.unwrap();
    desk.see(Locator::Css("iframe")).await.enter_frame().await.unwrap();
    desk.see_text("No knowledge base yet").await;
    desk.browser.goto(&format!("{other}/other")).await.unwrap();
    desk.see(Locator::Css("iframe")).await.enter_frame().await.unwrap();
    let start = std::time::Instant::now();
    while desk.text().await.is_empty() && start.elapsed().as_secs() < 3 {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let text = desk.text().await;
    assert!(!text.contains("knowledge base"), "{text}");
    portal.desk.finish(&["Content Security Policy directive: \"frame-ancestors"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_storage_drafts_live_in_memory_and_it_is_said_once() {
    let portal = Portal::start(Setup { has_no_storage: true, ..Setup::default() }).await;
    let desk = &portal.desk;
    let pumps = desk.make_knowledge_base("Pumps").await;
    let document = desk.make_document(&pumps, "seal.txt", "Inspect the seal.\n\nTorque the nuts.").await;
    portal.open(&format!("&connection=local&dataset={pumps}")).await;
    portal.inside().await;
    desk.see_text("seal.txt").await;
    let refused = desk.script("try { return localStorage.length } catch (error) { return error.name }").await;
    assert_eq!(refused, json!("SecurityError"), "the browser really refuses");
    let note = "The browser stores nothing for the desk here.";
    assert!(!desk.text().await.contains(note), "nothing was typed yet");
    desk.click("seal.txt").await;
    desk.click("Chunk 1").await;
    desk.type_into("Content", " Twice.").await;
    desk.see_text(note).await;
    assert!(!desk.text().await.contains("The browser does not store this draft"), "once is enough");
    // The draft outlives the drawer, the page, and going elsewhere.
    desk.click("Close").await;
    desk.see_text("Edited, not saved").await;
    desk.click("Pumps").await;
    desk.click("Retrieval").await;
    desk.click("Documents").await;
    desk.click("seal.txt").await;
    desk.click("Chunk 1").await;
    let typed = desk.field("Content").await.prop("value").await.unwrap();
    assert_eq!(typed.as_deref(), Some("Inspect the seal. Twice."));
    desk.click("Save").await;
    desk.see_text("was saved.").await;
    let chunks = desk.api("GET", &format!("datasets/{pumps}/documents/{document}/segments"), None).await;
    assert_eq!(chunks["data"][0]["content"], "Inspect the seal. Twice.");
    portal.desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_sandbox_the_desk_works_or_says_what_it_needs() {
    let portal = Portal::on_hosting(Look::default()).await;
    let desk = &portal.desk;
    desk.make_knowledge_base("Pumps").await;
    let page = |sandbox: &str| {
        format!(
            "<!doctype html><title>Sandbox</title><iframe sandbox='{sandbox}' width='600' height='500' src='{}/?embed=1'></iframe>",
            desk.origin
        )
    };
    portal.page.change(|site| {
        for (name, sandbox) in [
            ("/least", "allow-scripts allow-same-origin"),
            ("/more", "allow-scripts allow-same-origin allow-downloads allow-modals allow-popups allow-forms"),
            ("/opaque", "allow-scripts"),
            ("/dead", ""),
        ] {
            site.pages.push((name.to_owned(), page(sandbox)));
        }
    });
    let enter = async |path: &str| {
        desk.browser.goto(&format!("{}{path}", portal.origin)).await.unwrap();
        desk.see(Locator::Css("iframe")).await.enter_frame().await.unwrap();
    };
    for path in ["/least", "/more"] {
        enter(path).await;
        desk.see_text("1 knowledge base").await;
        desk.click("Pumps").await;
        desk.see_text("Drop files here").await;
    }
    // A server that lets every origin read its files: the desk starts, and knows that it can reach nothing.
    enter("/opaque").await;
    desk.see_text("Add allow-same-origin to the sandbox").await;
    // One that does not: not even a script comes, and the page says it by itself.
    portal.change(|site| {
        site.headers.retain(|(name, _)| *name != "Access-Control-Allow-Origin");
        site.headers.push(("Cross-Origin-Resource-Policy", "same-origin".to_owned()));
    });
    desk.forget_cache().await;
    enter("/opaque").await;
    desk.see_text("the sandbox needs both allow-scripts and allow-same-origin").await;
    // A sandbox without scripts.
    enter("/dead").await;
    desk.see_text("the sandbox needs both allow-scripts and allow-same-origin").await;
    portal.desk.finish(&["sandbox", "CORS", "ERR_", "Blocked script"]).await;
}
