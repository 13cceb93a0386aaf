//! Tags: put on, make while typing, filter, rename, delete; and servers that lose or garble their answers.
//!
//! Proves: getKnowledgeTags, createKnowledgeTag, updateKnowledgeTag, deleteKnowledgeTag, bindTagsToDataset, unbindTagFromDataset.
//! Proves: queryDatasetTags.

use std::time::{Duration, Instant};

use fantoccini::{Locator, key::Key};
use serde_json::{Value, json};

use crate::support::Desk;

/// The names of the tags that the workspace has, and of those that a knowledge base carries.
async fn tags(desk: &Desk, knowledge_base: &str) -> (Vec<String>, Vec<String>) {
    let names = |list: &Value| {
        let name = |tag: &Value| tag["name"].as_str().unwrap_or_default().to_owned();
        let mut names: Vec<String> = list.as_array().into_iter().flatten().map(name).collect();
        names.sort();
        names
    };
    let all = desk.api("GET", "datasets/tags", None).await;
    let own = desk.api("GET", &format!("datasets/{knowledge_base}/tags"), None).await;
    (names(&all), names(&own["data"]))
}

async fn make_tag(desk: &Desk, name: &str, knowledge_bases: &[&str]) -> String {
    let made = desk.api("POST", "datasets/tags", Some(&json!({"name": name}))).await;
    let id = made["id"].as_str().expect("an id").to_owned();
    for knowledge_base in knowledge_bases {
        desk.api("POST", "datasets/tags/binding", Some(&json!({"tag_ids": [id], "target_id": knowledge_base}))).await;
    }
    id
}

/// Waits until a knowledge base carries these tags.
async fn carries(desk: &Desk, knowledge_base: &str, wanted: &[&str]) {
    let start = Instant::now();
    loop {
        let (_, own) = tags(desk, knowledge_base).await;
        if own == wanted {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "never {wanted:?}: {own:?}");
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

/// Checks or unchecks the box of that label.
async fn press_box(desk: &Desk, label: &str) {
    desk.field(label).await.click().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_is_made_put_on_renamed_and_deleted() {
    let desk = Desk::start().await;
    let pumps = desk.make_knowledge_base("Pumps").await;
    desk.open("/local/knowledge-bases").await;
    desk.click("More actions").await;
    desk.click("Tags…").await;
    desk.see_text("There are no tags yet.").await;
    desk.type_into("Find or make a tag", "field service").await;
    desk.click("Make “field service”").await;
    // It is there and on: the box is checked, the row behind shows it.
    let is_on = "return [...document.querySelectorAll('dialog[open] input[type=checkbox]')].map((box) => box.checked)";
    desk.see(Locator::Css("dialog[open] .tag-list input")).await;
    desk.see(Locator::Css("td.name .tag")).await;
    assert_eq!(desk.script(is_on).await, json!([true]));
    assert_eq!(tags(&desk, &pumps).await, (vec!["field service".to_owned()], vec!["field service".to_owned()]));
    // Enter makes one, too.
    desk.type_into("Find or make a tag", &format!("urgent{}", char::from(Key::Enter))).await;
    desk.see_text("urgent").await;
    desk.click("Done").await;
    desk.click("Manage tags…").await;
    desk.click("Rename “urgent”").await;
    desk.replace("Rename “urgent”", "field service").await;
    desk.see_text("There is already a tag of this name.").await;
    desk.replace("Rename “urgent”", "soon").await;
    desk.click("Save").await;
    desk.see_text("The tag is now called “soon”.").await;
    desk.click("Delete “soon”").await;
    desk.see_text("Deleting the tag “soon”, and taking it off 1 knowledge base").await;
    desk.see_text("The tag “soon” was deleted.").await;
    assert_eq!(tags(&desk, &pumps).await, (vec!["field service".to_owned()], vec!["field service".to_owned()]));
    desk.click("Close").await;
    // Taken off again in the settings.
    desk.open(&format!("/local/knowledge-bases/{pumps}/settings")).await;
    desk.see(Locator::Css(".tag-list input")).await;
    press_box(&desk, "field service").await;
    carries(&desk, &pumps, &[]).await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_filtered_by_tags_and_the_address_says_so() {
    let desk = Desk::start().await;
    let (pumps, valves) = (desk.make_knowledge_base("Pumps").await, desk.make_knowledge_base("Valves").await);
    desk.make_knowledge_base("Canteen").await;
    let technical = make_tag(&desk, "technical", &[&pumps, &valves]).await;
    make_tag(&desk, "urgent", &[&valves]).await;
    desk.open("/local/knowledge-bases").await;
    desk.click("technical 2").await;
    desk.see_text("2 of 3").await;
    desk.path_becomes("filtered", |path| path.contains(&format!("tags={technical}"))).await;
    desk.click("urgent 1").await;
    desk.see_text("1 of 3").await;
    // A link says the same to somebody else.
    desk.browser.refresh().await.unwrap();
    desk.see_text("1 of 3").await;
    let names = desk.script("return [...document.querySelectorAll('td.name a')].map((a) => a.innerText)").await;
    assert_eq!(names, json!(["Valves"]));
    desk.click("urgent 1").await;
    desk.click("technical 2").await;
    desk.see_text("3 knowledge bases").await;
    // A tag that is gone can be taken out of the address.
    desk.open("/local/knowledge-bases?tags=00000000-0000-4000-8000-000000000000").await;
    desk.see_text("No knowledge base carries all the chosen tags.").await;
    desk.click("A tag that nothing carries 0").await;
    desk.see_text("3 knowledge bases").await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_makes_no_second_tag() {
    let desk = Desk::start().await;
    let pumps = desk.make_knowledge_base("Pumps").await;
    desk.open(&format!("/local/knowledge-bases/{pumps}/settings")).await;
    desk.faults(json!([{"method": "POST", "path_contains": "/datasets/tags", "times": 1, "action": "drop_after"}])).await;
    desk.type_into("Find or make a tag", "urgent").await;
    desk.click("Make “urgent”").await;
    carries(&desk, &pumps, &["urgent"]).await;
    assert_eq!(tags(&desk, &pumps).await.0, ["urgent"]);
    // The browser sends a request again when the connection breaks under it: then the name is taken.
    desk.finish(&["ERR_", "400"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_refuses_its_own_answer_has_made_the_tag() {
    // As Dify 1.12 was recorded: create and every list of tags answer 400, and the tag is there.
    let desk = Desk::start().await;
    let pumps = desk.make_knowledge_base("Pumps").await;
    make_tag(&desk, "technical", &[&pumps]).await;
    let wall = r#"{"code":"invalid_param","message":"1 validation error for list[DataSetTag]\n0.binding_count\n  Input should be a valid string [type=string_type, input_value=0, input_type=int]\n    For further information visit https://errors.example","status":400}"#;
    let refusal = json!({"status": {"status": 400, "body": wall, "content_type": "application/json"}});
    desk.faults(json!([
        {"method": "GET", "path_contains": "/datasets/tags", "action": refusal},
        {"method": "POST", "path_contains": "/datasets/tags", "times": 1, "action": refusal},
    ]))
    .await;
    desk.open(&format!("/local/knowledge-bases/{pumps}/settings")).await;
    desk.see_text("This server cannot list its tags").await;
    desk.see(Locator::Css(".tag-list input")).await;
    desk.type_into("Find or make a tag", "urgent").await;
    desk.click("Make “urgent”").await;
    desk.see_text("The tag was made, but this server does not tell its id.").await;
    desk.finish(&["400"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_tags_is_asked_once() {
    let desk = Desk::start().await;
    let pumps = desk.make_knowledge_base("Pumps").await;
    let page = "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>";
    let missing = json!({"status": {"status": 404, "body": page, "content_type": "text/html"}});
    desk.faults(json!([{"path_contains": "/datasets/tags", "action": missing}])).await;
    let settings = format!("/local/knowledge-bases/{pumps}/settings");
    desk.open(&settings).await;
    desk.see_text("This server does not offer tags.").await;
    desk.no_faults().await;
    // Remembered over a reload, until somebody asks again.
    desk.browser.refresh().await.unwrap();
    desk.see_text("This server does not offer tags.").await;
    let asked = desk.requests().await.into_iter().filter(|request| request.contains("/datasets/tags")).count();
    assert_eq!(asked, 0, "a lack that is known is not asked for again");
    desk.click("Ask again").await;
    desk.see_text("There are no tags yet.").await;
    desk.finish(&["404"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_knowledge_base_that_seems_to_have_no_tags_is_asked_for_them() {
    let desk = Desk::start().await;
    let pumps = desk.make_knowledge_base("Pumps").await;
    make_tag(&desk, "field service", &[&pumps]).await;
    // An older server: its knowledge base comes without them.
    let mut bare = desk.api("GET", &format!("datasets/{pumps}"), None).await;
    bare.as_object_mut().unwrap().remove("tags");
    let answer = json!({"status": {"status": 200, "body": bare.to_string(), "content_type": "application/json"}});
    desk.open(&format!("/local/knowledge-bases/{pumps}/settings")).await;
    desk.see(Locator::Css(".settings-form")).await;
    desk.faults(json!([
        {"method": "GET", "path_contains": format!("/datasets/{pumps}"), "times": 1, "action": answer},
    ]))
    .await;
    desk.browser.refresh().await.unwrap();
    let is_checked = "return [...document.querySelectorAll('.tag-list input')].some((box) => box.checked)";
    let start = Instant::now();
    while desk.script(is_checked).await != json!(true) {
        assert!(start.elapsed() < Duration::from_secs(20), "the tag is never shown as put on");
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    assert!(desk.requests().await.iter().any(|request| request.ends_with(&format!("{pumps}/tags"))));
    // What is written is read back from there.
    press_box(&desk, "field service").await;
    carries(&desk, &pumps, &[]).await;
    desk.finish(&[]).await;
}
