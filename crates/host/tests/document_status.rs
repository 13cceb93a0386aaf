//! The status of documents over HTTP: on, off, put away, taken out; all of a request or none.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use hyper::Method;
use serde_json::{Value, json};
use support::http::Answer;
use support::{Client, TestHost, by_paragraph};

const NONE: &str = "00000000-0000-4000-8000-000000000000";

async fn change(client: &Client, dataset: &str, action: &str, documents: &[&str]) -> Answer {
    client
        .json(Method::PATCH, &format!("/datasets/{dataset}/documents/status/{action}"), &json!({ "document_ids": documents }))
        .await
}

async fn done(client: &Client, dataset: &str, action: &str, documents: &[&str]) {
    let answer = change(client, dataset, action, documents).await;
    assert_eq!((answer.status.as_u16(), answer.json()), (200, json!({ "result": "success" })), "{action}");
}

async fn document(client: &Client, dataset: &str, id: &str) -> Value {
    client.get(&format!("/datasets/{dataset}/documents/{id}")).await.json()
}

async fn found(client: &Client, dataset: &str) -> usize {
    let answer = client.post(&format!("/datasets/{dataset}/retrieve"), &json!({ "query": "valve" })).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()["records"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_document_is_switched_off_and_on() {
    let host = TestHost::start().await;
    let client = &host.client;
    let dataset = client.dataset("KB").await;
    let (one, two) = (client.text(&dataset, "one", "valve one").await, client.text(&dataset, "two", "valve two").await);
    done(client, &dataset, "disable", &[&one.to_uppercase()]).await;
    let off = document(client, &dataset, &one).await;
    assert_eq!((&off["enabled"], &off["display_status"], &off["archived"]), (&json!(false), &json!("disabled"), &json!(false)));
    assert!(off["disabled_at"].is_i64() && off["disabled_by"].is_string(), "{off}");
    assert_eq!(found(client, &dataset).await, 1);
    let knowledge_base = client.get(&format!("/datasets/{dataset}")).await.json();
    assert_eq!((&knowledge_base["total_documents"], &knowledge_base["total_available_documents"]), (&json!(2), &json!(1)));
    let list = client.get(&format!("/datasets/{dataset}/documents?status=disabled")).await.json();
    assert_eq!((&list["total"], &list["data"][0]["id"]), (&json!(1), &json!(one)));

    done(client, &dataset, "disable", &[&one]).await;
    assert_eq!(document(client, &dataset, &one).await["disabled_at"], off["disabled_at"], "what is off already stays as it is");
    done(client, &dataset, "disable", &[]).await;
    done(client, &dataset, "enable", &[&one, &two, &one]).await;
    let on = document(client, &dataset, &one).await;
    assert_eq!((&on["enabled"], &on["display_status"]), (&json!(true), &json!("available")));
    assert_eq!((&on["disabled_at"], &on["disabled_by"]), (&Value::Null, &Value::Null));
    assert_eq!(found(client, &dataset).await, 2);
}

#[tokio::test]
async fn a_document_that_is_put_away_is_neither_found_nor_changed() {
    let host = TestHost::start().await;
    let client = &host.client;
    let dataset = client.dataset("KB").await;
    let id = client.text(&dataset, "one", "valve one").await;
    let chunk = client.segments(&dataset, &id).await[0]["id"].as_str().unwrap().to_owned();
    done(client, &dataset, "archive", &[&id]).await;
    let before = document(client, &dataset, &id).await;
    assert_eq!(
        (&before["archived"], &before["enabled"], &before["display_status"]),
        (&json!(true), &json!(true), &json!("archived"))
    );
    assert_eq!(found(client, &dataset).await, 0);

    let path = format!("/datasets/{dataset}/documents/{id}");
    let text = json!({ "name": "one", "text": "another", "process_rule": by_paragraph() });
    let by_id = json!({ "name": "new", "text": "another", "process_rule": by_paragraph(), "original_document_id": id });
    let create = format!("/datasets/{dataset}/document/create-by-text");
    for (what, answer) in [
        ("delete", client.delete(&path).await),
        ("create of the same name", client.post(&create, &text).await),
        ("create in its place", client.post(&create, &by_id).await),
        ("new chunk", client.post(&format!("{path}/segments"), &json!({ "segments": [{ "content": "x" }] })).await),
        ("change of a chunk", client.post(&format!("{path}/segments/{chunk}"), &json!({ "segment": { "content": "x" } })).await),
        ("delete of a chunk", client.delete(&format!("{path}/segments/{chunk}")).await),
    ] {
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (403, "archived_document_immutable"), "{what}");
    }
    // Here the contract has words of its own.
    let update = client.post(&format!("{path}/update-by-text"), &json!({ "name": "one", "text": "x" })).await;
    assert_eq!((update.status.as_u16(), update.message().as_str()), (400, "Document is not available"));
    assert_eq!(document(client, &dataset, &id).await, before);
    assert_eq!(client.segments(&dataset, &id).await[0]["content"], "valve one");

    let folder = host.stop().await;
    let host = TestHost::on(folder).await;
    let client = &host.client;
    assert_eq!(document(client, &dataset, &id).await["display_status"], "archived");
    // As on real servers, the two switches know nothing of each other.
    done(client, &dataset, "disable", &[&id]).await;
    done(client, &dataset, "un_archive", &[&id]).await;
    done(client, &dataset, "un_archive", &[&id]).await;
    assert_eq!(document(client, &dataset, &id).await["display_status"], "disabled");
    done(client, &dataset, "enable", &[&id]).await;
    assert_eq!(found(client, &dataset).await, 1);
    assert_eq!(client.delete(&path).await.status, 204);
}

#[tokio::test]
async fn one_document_in_a_wrong_state_stops_the_whole_batch() {
    let host = TestHost::start().await;
    let client = &host.client;
    let dataset = client.dataset("KB").await;
    let other = client.dataset("Other").await;
    let foreign = client.text(&other, "foreign", "x").await;
    let create = format!("/datasets/{dataset}/document/create-by-text");
    let rule = json!({ "mode": "custom", "rules": { "segmentation": { "separator": "\n", "max_tokens": 5000 } } });
    let broken = client.post(&create, &json!({ "name": "broken", "text": "text", "process_rule": rule })).await.json();
    client.indexed(&dataset, broken["batch"].as_str().unwrap()).await;
    let broken = broken["document"]["id"].as_str().unwrap().to_owned();
    let mut documents = Vec::new();
    for number in 0..99 {
        let body = json!({ "name": format!("d{number}"), "text": "valve", "process_rule": by_paragraph() });
        documents.push(client.post(&create, &body).await.json()["document"]["id"].as_str().unwrap().to_owned());
    }
    let available = format!("/datasets/{dataset}/documents?status=available");
    while client.get(&available).await.json()["total"] != 99 {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    for (last, said) in [
        (broken.as_str(), "Document: broken is not completed.".to_owned()),
        (NONE, format!("Document: {NONE} was not found.")),
        ("abc", "Document: abc was not found.".to_owned()),
        (&foreign, format!("Document: {foreign} was not found.")),
    ] {
        let mut batch: Vec<&str> = documents.iter().map(String::as_str).collect();
        batch.push(last);
        let answer = change(client, &dataset, "disable", &batch).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "invalid_action"), "{last}");
        assert_eq!(answer.message(), said);
    }
    assert_eq!(client.get(&available).await.json()["total"], 99, "nothing was changed");
    for (action, body, code) in [
        ("explode", json!({ "document_ids": [documents[0]] }), "invalid_action"),
        ("disable", json!({}), "invalid_param"),
        ("disable", json!({ "document_ids": "x" }), "invalid_param"),
        ("disable", json!({ "document_ids": [5] }), "invalid_param"),
    ] {
        let answer = client.json(Method::PATCH, &format!("/datasets/{dataset}/documents/status/{action}"), &body).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, code), "{action} {body}");
    }
    let unknown = change(client, NONE, "disable", &[]).await;
    assert_eq!((unknown.status.as_u16(), unknown.message().as_str()), (404, "Dataset not found."));

    let batch: Vec<&str> = documents.iter().map(String::as_str).collect();
    done(client, &dataset, "disable", &batch).await;
    assert_eq!(client.get(&format!("/datasets/{dataset}/documents?status=disabled")).await.json()["total"], 99);
    // A document that failed can be put away, and stays what it is.
    done(client, &dataset, "archive", &[&broken]).await;
    let away = document(client, &dataset, &broken).await;
    assert_eq!((&away["display_status"], &away["archived"]), (&json!("error"), &json!(true)));
}

#[tokio::test]
async fn a_switch_during_indexing_stays() {
    let host = TestHost::start().await;
    let client = &host.client;
    let dataset = client.dataset("KB").await;
    let body = json!({ "name": "long", "text": "A valve of some words.\n\n".repeat(20_000), "process_rule": by_paragraph() });
    let accepted = client.post(&format!("/datasets/{dataset}/document/create-by-text"), &body).await.json();
    let id = accepted["document"]["id"].as_str().unwrap();
    let refused = change(client, &dataset, "disable", &[id]).await;
    assert_eq!(refused.message(), "Document: long is not completed.");
    done(client, &dataset, "archive", &[id]).await;
    client.indexed(&dataset, accepted["batch"].as_str().unwrap()).await;
    assert_eq!(document(client, &dataset, id).await["display_status"], "archived");
    assert_eq!(found(client, &dataset).await, 0);
}

#[tokio::test]
async fn racing_switches_end_in_one_state() {
    let host = TestHost::start().await;
    let dataset = host.client.dataset("KB").await;
    let (one, two) = (host.client.text(&dataset, "one", "valve").await, host.client.text(&dataset, "two", "valve").await);
    let mut tasks = Vec::new();
    for number in 0..12 {
        let (client, dataset, ids) = (host.client.clone(), dataset.clone(), [one.clone(), two.clone()]);
        let action = if number % 2 == 0 { "disable" } else { "enable" };
        tasks.push(tokio::spawn(async move { change(&client, &dataset, action, &[&ids[0], &ids[1]]).await.status.as_u16() }));
    }
    for task in tasks {
        assert_eq!(task.await.unwrap(), 200);
    }
    let state = async |id: &str| {
        let row = document(&host.client, &dataset, id).await;
        assert_eq!(row["enabled"] == true, row["disabled_at"].is_null(), "{row}");
        row["enabled"].clone()
    };
    assert_eq!(state(&one).await, state(&two).await, "a request changes both or none");
}
