//! The settings of a knowledge base: change, keep, collide, refuse; and making one with all of them.
//!
//! Proves: getDatasetDetail, updateDataset, createDataset, deleteDataset, getAvailableModels.

use fantoccini::Locator;
use serde_json::json;

use crate::support::Desk;

async fn open_settings(desk: &Desk, knowledge_base: &str) {
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/settings")).await;
    desk.see(Locator::Css(".settings-form")).await;
}

/// Chooses by its value in the list of that label.
async fn choose(desk: &Desk, label: &str, value: &str) {
    desk.field(label).await.select_by_value(value).await.unwrap();
}

/// The value of a field.
async fn value(desk: &Desk, label: &str) -> String {
    desk.field(label).await.prop("value").await.unwrap().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_was_changed_is_sent_and_read_back() {
    let desk = Desk::start().await;
    let id = desk.make_knowledge_base("Pumps").await;
    open_settings(&desk, &id).await;
    desk.see_text("Nothing has been changed").await;
    desk.type_into("Description", "Field service").await;
    desk.see_text("Changes that are not saved yet").await;
    // Somebody else's change of another field is not undone by ours, only asked about.
    desk.api("PATCH", &format!("datasets/{id}"), Some(&json!({"permission": "all_team_members"}))).await;
    desk.click("Save").await;
    desk.see_text("There are two versions of these settings").await;
    desk.see_text("Everybody in the workspace").await;
    desk.click("Save mine").await;
    desk.see_text("“Pumps” was saved.").await;
    let now = desk.api("GET", &format!("datasets/{id}"), None).await;
    assert_eq!((&now["description"], &now["permission"]), (&json!("Field service"), &json!("all_team_members")));
    desk.see_text("Nothing has been changed").await;
    desk.browser.refresh().await.unwrap();
    desk.see(Locator::Css(".settings-form")).await;
    assert_eq!(value(&desk, "Description").await, "Field service");
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_survives_a_reload_and_a_failed_save() {
    let desk = Desk::start().await;
    let id = desk.make_knowledge_base("Pumps").await;
    open_settings(&desk, &id).await;
    desk.replace("Name", "Pumps and valves").await;
    desk.replace("Results at most", "7").await;
    desk.browser.refresh().await.unwrap();
    desk.see_text("You are looking at changes that were not saved before.").await;
    assert_eq!(value(&desk, "Name").await, "Pumps and valves");
    let refusal = r#"{"code":"forbidden","message":"Dataset api access is not enabled.","status":403}"#;
    let action = json!({"status": {"status": 403, "body": refusal, "content_type": "application/json"}});
    desk.faults(json!([{"method": "PATCH", "path_contains": "/datasets/", "action": action}])).await;
    desk.click("Save").await;
    desk.see_text("API access is switched off for this knowledge base.").await;
    assert_eq!(value(&desk, "Name").await, "Pumps and valves");
    // The answer is lost, the change is not.
    desk.faults(json!([{"method": "PATCH", "path_contains": "/datasets/", "times": 1, "action": "drop_after"}])).await;
    desk.click("Save").await;
    desk.see_text("“Pumps and valves” was saved.").await;
    let now = desk.api("GET", &format!("datasets/{id}"), None).await;
    assert_eq!((&now["name"], &now["retrieval_model_dict"]["top_k"]), (&json!("Pumps and valves"), &json!(7)));
    desk.browser.refresh().await.unwrap();
    desk.see_text("Nothing has been changed").await;
    desk.finish(&["403", "ERR_"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_at_its_field() {
    let desk = Desk::start().await;
    let id = desk.make_knowledge_base("Pumps").await;
    desk.make_knowledge_base("Valves").await;
    open_settings(&desk, &id).await;
    desk.replace("Name", "Valves").await;
    desk.see_text("There is already a knowledge base of this name.").await;
    desk.replace("Name", "Pumps").await;
    desk.see_no_text("There is already a knowledge base of this name.").await;
    desk.replace("Results at most", "0").await;
    desk.see_text("A whole number from 1 to 50.").await;
    desk.replace("Results at most", "5").await;
    choose(&desk, "Who may see it", "partial_members").await;
    desk.see_text("The API has no list of members to choose from").await;
    desk.click("Save").await;
    desk.see_text("At least one member has to be on the list.").await;
    desk.type_into("Account ids of the members", "somebody,").await;
    desk.see_text("“somebody” is no account id").await;
    desk.click("Discard").await;
    desk.see_text("Nothing has been changed").await;
    // One that was made behind our back is refused by the server, at the field too.
    desk.make_knowledge_base("Seals").await;
    desk.replace("Name", "Seals").await;
    desk.click("Save").await;
    desk.see_text("There is already one of this name.").await;
    let error = desk.script("return document.querySelector('.settings-form [aria-invalid]')?.labels[0].innerText").await;
    assert!(error.as_str().unwrap_or_default().starts_with("Name"), "{error}");
    desk.finish(&["409", "400"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_members_is_kept_and_its_risk_said() {
    let desk = Desk::start().await;
    let id = desk.make_knowledge_base("Pumps").await;
    open_settings(&desk, &id).await;
    choose(&desk, "Who may see it", "partial_members").await;
    let member = "1e0adf3d-71d2-435f-9e9c-703fb6aced1f";
    desk.type_into("Account ids of the members", &format!("{member},")).await;
    desk.click("Save").await;
    desk.see_text("Before this is saved").await;
    desk.see_text("Whoever is not on the list no longer sees it.").await;
    desk.click("Save anyway").await;
    desk.see_text("“Pumps” was saved.").await;
    let now = desk.api("GET", &format!("datasets/{id}"), None).await;
    assert_eq!((&now["permission"], &now["partial_member_list"]), (&json!("partial_members"), &json!([member])));
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn high_quality_needs_a_model_and_says_what_it_costs() {
    let desk = Desk::start().await;
    let id = desk.make_knowledge_base("Pumps").await;
    desk.make_document(&id, "seal.txt", "Inspect the seal.").await;
    // A model as recorded from a real server, with one that cannot be used; and the answers of one that can embed.
    let models = json!({"data": [{"provider": "local/stub/stub", "label": {"en_US": "Stub Models", "zh_Hans": ""}, "status": "active", "models": [
        {"model": "small", "label": {"en_US": "Small", "zh_Hans": ""}, "model_type": "text-embedding", "status": "active"},
        {"model": "large", "label": {"en_US": "Large", "zh_Hans": ""}, "model_type": "text-embedding", "status": "quota-exceeded"},
    ]}]});
    let answer = json!({"status": {"status": 200, "body": models.to_string(), "content_type": "application/json"}});
    desk.faults(json!([{"method": "GET", "path_contains": "/model-types/text-embedding", "action": answer}])).await;
    open_settings(&desk, &id).await;
    desk.field("High quality").await.click().await.unwrap();
    desk.see_text("Its one document gets embeddings").await;
    desk.click("Save").await;
    desk.see_text("High quality needs an embedding model.").await;
    let off = desk.script("return [...document.querySelectorAll('option[disabled]')].map((option) => option.text)").await;
    assert_eq!(off, json!(["Large (quota used up)"]));
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_makes_no_second_knowledge_base() {
    let desk = Desk::start().await;
    desk.open("/local/knowledge-bases").await;
    desk.click("New knowledge base").await;
    desk.type_into("Name", "Pumps").await;
    // The answer is lost, and so are the ones to looking for it afterwards.
    desk.faults(json!([
        {"method": "POST", "path_contains": "/datasets", "action": "drop_after"},
        {"method": "GET", "path_contains": "/datasets", "after": 1, "action": "drop"},
    ]))
    .await;
    desk.click("Create").await;
    desk.see_text("The desk looks for it before it sends again.").await;
    desk.no_faults().await;
    desk.click("Create").await;
    desk.see_text("“Pumps” was created.").await;
    let made =
        desk.requests().await.into_iter().filter(|request| request.starts_with("POST") && request.ends_with("/datasets")).count();
    assert_eq!(made, 0, "it was there, so nothing was sent again");
    assert_eq!(desk.api("GET", "datasets", None).await["total"], 1);
    desk.finish(&["ERR_"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_one_takes_every_setting() {
    let desk = Desk::start().await;
    desk.open("/local/knowledge-bases").await;
    desk.click("New knowledge base").await;
    desk.type_into("Name", "Elsewhere").await;
    desk.click("More settings").await;
    choose(&desk, "Where it is kept", "external").await;
    desk.type_into("Id of the external knowledge API", "9b41e05d-636d-4164-aae5-4cba46ec80c5").await;
    desk.click("Create").await;
    desk.see_text("An external knowledge base needs both ids.").await;
    desk.type_into("Id of the knowledge base there", "library-7").await;
    desk.click("Create").await;
    desk.see_text("“Elsewhere” was created.").await;
    let made = desk.api("GET", "datasets", None).await["data"][0].clone();
    assert_eq!(made["provider"], "external");
    assert_eq!(made["external_knowledge_info"]["external_knowledge_id"], "library-7");
    open_settings(&desk, made["id"].as_str().unwrap()).await;
    desk.see_text("It is kept at another service").await;
    desk.replace("Id of the knowledge base there", "library-8").await;
    desk.replace("Results at most", "9").await;
    desk.click("Save").await;
    desk.see_text("“Elsewhere” was saved.").await;
    let now = desk.api("GET", &format!("datasets/{}", made["id"].as_str().unwrap()), None).await;
    assert_eq!(now["external_knowledge_info"]["external_knowledge_id"], "library-8");
    assert_eq!(now["external_retrieval_model"]["top_k"], 9);
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_knowledge_base_is_deleted_from_its_settings_by_its_name() {
    let desk = Desk::start().await;
    let id = desk.make_knowledge_base("Pumps").await;
    open_settings(&desk, &id).await;
    desk.click("Delete the knowledge base…").await;
    desk.type_into("Type Pumps to confirm", "Pumps").await;
    desk.click("Delete for good").await;
    desk.see_text("No knowledge base yet").await;
    assert_eq!(desk.api("GET", "datasets", None).await["total"], 0);
    desk.finish(&[]).await;
}
