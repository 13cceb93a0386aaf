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
