//! Knowledge bases: make, find, sort, change, delete.
//!
//! Proves: createDataset, listDatasets, updateDataset, deleteDataset.

use fantoccini::{Locator, key::Key};
use serde_json::json;

use crate::support::Desk;

#[tokio::test(flavor = "multi_thread")]
async fn from_an_empty_start_to_a_deleted_knowledge_base() {
    let desk = Desk::start().await;
    desk.open("/").await;
    desk.see_text("No knowledge base yet").await;

    desk.click("New knowledge base").await;
    // An empty form says what is missing and asks nobody.
    desk.click("Create").await;
    desk.see_text("A knowledge base needs a name.").await;
    desk.type_into("Name", "Field service").await;
    desk.click("More settings").await;
    desk.type_into("Description", "What the people on the road look up.").await;
    desk.click("Create").await;
    desk.path_becomes("its documents", |path| path.ends_with("/documents")).await;
    desk.see_text("“Field service” was created.").await;
    // The page has arrived: killed before that, the host would leave it without its modules.
    desk.see_text("Drop files here").await;

    // It survives a host that is killed without a warning.
    let mut desk = desk;
    desk.restart_host().await;
    desk.open("/local/knowledge-bases").await;
    desk.see_text("What the people on the road look up.").await;

    desk.click("More actions").await;
    desk.click("Settings").await;
    desk.replace("Name", "Field service manual").await;
    desk.click("Save").await;
    desk.see_text("“Field service manual” was saved.").await;
    desk.browser.back().await.unwrap();
    let all = desk.api("GET", "datasets", None).await;
    assert_eq!(all["data"][0]["name"], "Field service manual");
    assert_eq!(all["data"][0]["description"], "What the people on the road look up.");
    // The row's link, not the message: the list has been renewed.
    desk.named("Field service manual").await;

    desk.click("More actions").await;
    desk.click("Delete…").await;
    desk.see_text("Its settings go for good.").await;
    let delete = desk.named("Delete for good").await;
    assert!(!delete.is_enabled().await.unwrap(), "nothing is deleted by one click");
    desk.type_into("Type Field service manual to confirm", "Field service manual").await;
    desk.click("Delete for good").await;
    desk.see_text("No knowledge base yet").await;
    assert_eq!(desk.api("GET", "datasets", None).await["total"], 0);
    // An icon or a list may be asked for while the host is away.
    desk.finish(&["ERR_CONNECTION_REFUSED"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_name_is_said_at_the_field() {
    let desk = Desk::start().await;
    desk.make_knowledge_base("Pumps").await;
    desk.open("/local/knowledge-bases").await;
    desk.click("New knowledge base").await;
    desk.type_into("Name", "Pumps").await;
    desk.see_text("There is already a knowledge base of this name.").await;
    // One that was made behind our back is refused by the server, and said in the dialog; what was typed stays.
    desk.replace("Name", "Valves").await;
    desk.make_knowledge_base("Valves").await;
    desk.click("Create").await;
    desk.see_text("There is already one of this name.").await;
    let name = desk.field("Name").await.prop("value").await.unwrap();
    assert_eq!(name.as_deref(), Some("Valves"));
    desk.finish(&["409", "400"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn search_and_sort_live_in_the_address() {
    let desk = Desk::start().await;
    for name in ["Pumps", "HR handbook", "Valves"] {
        desk.make_knowledge_base(name).await;
    }
    desk.open("/local/knowledge-bases").await;
    desk.click("Name").await;
    desk.path_becomes("sorted", |path| path.contains("sort=name")).await;
    desk.type_into("Search knowledge bases", "100% pumps").await;
    desk.see_text("Nothing matches “100% pumps”.").await;
    desk.path_becomes("searched", |path| path.contains("search=100%25%20pumps")).await;
    desk.browser.refresh().await.unwrap();
    desk.see_text("Nothing matches “100% pumps”.").await;
    desk.click("Clear").await;
    desk.see_text("HR handbook").await;
    let names = desk.script("return [...document.querySelectorAll('td.name a')].map((a) => a.innerText)").await;
    assert_eq!(names, json!(["HR handbook", "Pumps", "Valves"]));
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dialog_keeps_the_keyboard_and_gives_it_back() {
    let desk = Desk::start().await;
    desk.make_knowledge_base("Pumps").await;
    desk.open("/local/knowledge-bases").await;
    desk.see(Locator::Css("td.name a")).await;
    let button = desk.named("New knowledge base").await;
    button.send_keys(&String::from(char::from(Key::Enter))).await.unwrap();
    desk.see(Locator::Css("dialog[open] input")).await;
    for _ in 0..12 {
        desk.press(char::from(Key::Tab)).await;
        let is_inside = desk
            .script("return document.activeElement === document.body || !!document.activeElement.closest('dialog[open]')")
            .await;
        assert_eq!(is_inside, json!(true));
    }
    desk.field("Name").await.send_keys(&String::from(char::from(Key::Escape))).await.unwrap();
    desk.see_no_text("More settings").await;
    let focused = desk.script("return document.activeElement.innerText").await;
    assert_eq!(focused, json!("New knowledge base"));
    desk.finish(&[]).await;
}
