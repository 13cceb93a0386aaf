//! Every address can be loaded, and those that lead nowhere say so.

use fantoccini::Locator;

use crate::support::Desk;

#[tokio::test(flavor = "multi_thread")]
async fn a_reload_on_every_route_shows_the_same() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let document = desk.make_document(&knowledge_base, "seal.txt", "Inspect the seal.\n\nTorque the nuts.").await;
    let chunks = desk.api("GET", &format!("datasets/{knowledge_base}/documents/{document}/segments"), None).await;
    let chunk = chunks["data"][0]["id"].as_str().unwrap().to_owned();
    let base = format!("/local/knowledge-bases/{knowledge_base}");
    let places = [
        ("/local/knowledge-bases".to_owned(), "Pumps"),
        (format!("{base}/documents"), "seal.txt"),
        (format!("{base}/documents/{document}"), "Torque the nuts."),
        (format!("{base}/documents/{document}/chunks/{chunk}"), "Inspect the seal."),
        (format!("{base}/retrieval"), "Pumps"),
        (format!("{base}/metadata"), "No metadata fields yet"),
        (format!("{base}/metadata?view=fields"), "The server fills these in by itself"),
    ];
    for (path, text) in &places {
        desk.open(path).await;
        desk.see_text(text).await;
        desk.browser.refresh().await.unwrap();
        desk.see_text(text).await;
        assert_eq!(desk.path().await, *path);
        let title = desk.browser.title().await.unwrap();
        assert!(title.ends_with("· Loredesk"), "{title}");
    }
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_leads_nowhere_says_so() {
    let desk = Desk::start().await;
    for path in ["/local/nothing", "/elsewhere/knowledge-bases", "/local/knowledge-bases/not-an-id/documents"] {
        desk.open(path).await;
        desk.see_text("There is nothing at this address").await;
    }
    desk.click("To the knowledge bases").await;
    desk.see(Locator::Css(".empty")).await;
    assert_eq!(desk.path().await, "/local/knowledge-bases");
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_where_nothing_moves_asks_for_nothing() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let document = desk.make_document(&knowledge_base, "seal.txt", "Inspect the seal.").await;
    let base = format!("/local/knowledge-bases/{knowledge_base}/documents");
    for (path, text) in [(base.clone(), "seal.txt"), (format!("{base}/{document}"), "Inspect the seal.")] {
        desk.open(&path).await;
        desk.see_text(text).await;
        // What the page itself asks for has to be over before the window begins.
        desk.script("return new Promise((done) => requestIdleCallback(done))").await;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        desk.no_faults().await;
        tokio::time::sleep(std::time::Duration::from_secs(4)).await;
        assert_eq!(desk.requests().await, Vec::<String>::new(), "{path}");
    }
    desk.finish(&[]).await;
}
