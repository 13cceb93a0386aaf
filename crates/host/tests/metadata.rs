//! Metadata over HTTP: fields, values of one document and of many, built-in fields.
//!
//! Proves: createMetadataField, listMetadataFields, updateMetadataField, deleteMetadataField, getBuiltInMetadataFields, toggleBuiltInMetadataField.
//! Proves: batchUpdateDocumentMetadata.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use hyper::Method;
use serde_json::{Value, json};
use support::http::Answer;
use support::recorded::{answer, assert_same_shape};
use support::{Client, TestHost};

const NONE: &str = "00000000-0000-4000-8000-000000000000";

async fn field(client: &Client, dataset: &str, name: &str, kind: &str) -> String {
    let made = client.post(&format!("/datasets/{dataset}/metadata"), &json!({ "type": kind, "name": name })).await;
    assert_eq!(made.status, 201, "{made:?}");
    assert_same_shape(&made.json(), "metadata.create.string");
    assert_eq!((&made.json()["name"], &made.json()["type"]), (&json!(name), &json!(kind)));
    made.json()["id"].as_str().unwrap().to_owned()
}

async fn set(client: &Client, dataset: &str, changes: Value) -> Answer {
    client.post(&format!("/datasets/{dataset}/documents/metadata"), &json!({ "operation_data": changes })).await
}

/// The values that people gave a document, as its detail shows them.
async fn values(client: &Client, dataset: &str, document: &str) -> Value {
    let only = client.get(&format!("/datasets/{dataset}/documents/{document}?metadata=only")).await.json();
    let shown = only["doc_metadata"].as_array().unwrap();
    shown.iter().filter(|v| v["id"] != "built-in").map(|v| (v["name"].as_str().unwrap().to_owned(), v["value"].clone())).collect()
}

async fn uses(client: &Client, dataset: &str) -> Vec<(String, u64)> {
    let list = client.get(&format!("/datasets/{dataset}/metadata")).await.json();
    let fields = list["doc_metadata"].as_array().unwrap();
    fields.iter().map(|field| (field["name"].as_str().unwrap().to_owned(), field["count"].as_u64().unwrap())).collect()
}

fn entry(id: &str, name: &str, value: impl Into<Value>) -> Value {
    json!({ "id": id, "name": name, "value": value.into() })
}

#[tokio::test]
async fn a_field_from_make_to_delete() {
    let host = TestHost::start().await;
    let client = &host.client;
    let dataset = client.dataset("KB").await;
    let path = format!("/datasets/{dataset}/metadata");
    assert_eq!(client.get(&path).await.json(), answer("metadata.list.empty"));
    let author = field(client, &dataset, "author", "string").await;
    let pages = field(client, &dataset, "pages", "number").await;
    field(client, &dataset, "published", "time").await;
    let list = client.get(&path).await.json();
    assert_same_shape(&list, "metadata.list");
    assert_eq!(list["doc_metadata"][0], json!({ "id": author, "name": "author", "type": "string", "count": 0 }));
    let dataset_fields = client.get(&format!("/datasets/{dataset}")).await.json()["doc_metadata"].clone();
    assert_eq!(dataset_fields[1], json!({ "id": pages, "name": "pages", "type": "number" }));

    let document = client.text(&dataset, "t", "text").await;
    let changes =
        json!([{ "document_id": document, "metadata_list": [entry(&author, "author", "Ada"), entry(&pages, "pages", 42)] }]);
    assert_eq!(set(client, &dataset, changes).await.json(), json!({ "result": "success" }));
    assert_eq!(uses(client, &dataset).await, [("author".to_owned(), 1), ("pages".to_owned(), 1), ("published".to_owned(), 0)]);

    let one = format!("{path}/{author}");
    let renamed = client.json(Method::PATCH, &one, &json!({ "name": "writer" })).await;
    assert_eq!(renamed.json(), json!({ "id": author, "name": "writer", "type": "string" }));
    assert_eq!(client.json(Method::PATCH, &one, &json!({ "name": "writer" })).await.status, 200, "a lost answer is repeated");
    assert_eq!(values(client, &dataset, &document).await, json!({ "writer": "Ada", "pages": 42 }), "values stay");

    let gone = client.delete(&one).await;
    assert_eq!((gone.status.as_u16(), gone.body.len()), (204, 0));
    assert_eq!(values(client, &dataset, &document).await, json!({ "pages": 42 }));
    for answer in [client.delete(&one).await, client.json(Method::PATCH, &one, &json!({ "name": "x" })).await] {
        assert_eq!((answer.status.as_u16(), answer.message().as_str()), (404, "Metadata not found."));
    }
    field(client, &dataset, "writer", "time").await;
    assert_eq!(values(client, &dataset, &document).await, json!({ "pages": 42 }), "the new field of that name is another one");
}

#[tokio::test]
async fn wrong_fields_are_refused_and_change_nothing() {
    let host = TestHost::start().await;
    let client = &host.client;
    let dataset = client.dataset("KB").await;
    let other = client.dataset("Other").await;
    let author = field(client, &dataset, "author", "string").await;
    field(client, &dataset, "pages", "number").await;
    field(client, &other, "author", "number").await;
    let path = format!("/datasets/{dataset}/metadata");
    let before = client.get(&path).await.json();
    for (body, said) in [
        (json!({ "type": "string" }), "name"),
        (json!({ "name": "x" }), "type"),
        (json!({ "type": "bool", "name": "x" }), "type"),
        (json!({ "type": "string", "name": 5 }), "name"),
        (json!({ "type": "string", "name": "author" }), "Metadata name already exists."),
        (json!({ "type": "string", "name": "m".repeat(256) }), "Metadata name cannot exceed 255 characters."),
        (json!({ "type": "string", "name": "" }), "Metadata name cannot be empty."),
        (json!({ "type": "string", "name": "document_name" }), "Metadata name already exists in Built-in fields."),
    ] {
        let answer = client.post(&path, &body).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "invalid_param"), "{body}");
        assert!(answer.message().lines().any(|line| line == said), "{body}: {}", answer.message());
    }
    for name in ["pages", "source", ""] {
        let answer = client.json(Method::PATCH, &format!("{path}/{author}"), &json!({ "name": name })).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "invalid_param"), "{name}");
    }
    let here = format!("/datasets/{other}/metadata/{author}");
    let none = format!("{path}/{NONE}");
    for (method, path, body) in [
        (Method::PATCH, here.as_str(), json!({ "name": "x" })),
        (Method::DELETE, &here, json!({})),
        (Method::PATCH, &none, json!({ "name": "x" })),
        (Method::DELETE, &none, json!({})),
        (Method::PATCH, &format!("{path}/abc"), json!({ "name": "x" })),
        (Method::POST, &format!("/datasets/{NONE}/metadata"), json!({ "type": "string", "name": "x" })),
        (Method::GET, &format!("/datasets/{NONE}/metadata"), json!({})),
        (Method::GET, &format!("/datasets/{NONE}/metadata/built-in"), json!({})),
        (Method::POST, &format!("/datasets/{NONE}/metadata/built-in/enable"), json!({})),
        (Method::POST, &format!("{path}/built-in/explode"), json!({})),
        (Method::POST, &format!("/datasets/{NONE}/documents/metadata"), json!({ "operation_data": [] })),
    ] {
        let answer = client.json(method.clone(), path, &body).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (404, "not_found"), "{method} {path}");
    }
    assert_eq!(client.get(&path).await.json(), before);
    client.post(&path, &json!({ "type": "string", "name": "ü".repeat(255) })).await;
    assert_eq!(uses(client, &dataset).await.len(), 3, "255 characters are not too many");
}

#[tokio::test]
async fn values_are_set_replaced_and_cleared() {
    let host = TestHost::start().await;
    let client = &host.client;
    let dataset = client.dataset("KB").await;
    let document = client.text(&dataset, "Pump manual", "Mount the pump.").await;
    let writer = field(client, &dataset, "writer", "string").await;
    let pages = field(client, &dataset, "pages", "number").await;
    let published = field(client, &dataset, "published", "time").await;
    assert_eq!(values(client, &dataset, &document).await, json!({}));

    let all = [entry(&writer, "writer", "Ada"), entry(&pages, "pages", 42), entry(&published, "published", 1_700_000_000)];
    set(client, &dataset, json!([{ "document_id": document, "metadata_list": all }])).await;
    let detail = client.get(&format!("/datasets/{dataset}/documents/{document}")).await.json();
    let recorded = answer("documents.get.with_metadata");
    for (own, recorded) in detail["doc_metadata"].as_array().unwrap().iter().zip(recorded["doc_metadata"].as_array().unwrap()) {
        assert_eq!((&own["name"], &own["type"]), (&recorded["name"], &recorded["type"]));
        assert_eq!(own["id"] == "built-in", recorded["id"] == "built-in");
        assert_eq!(
            (own["value"].is_string(), own["value"].is_number()),
            (recorded["value"].is_string(), recorded["value"].is_number()),
            "{own}"
        );
    }
    let listed = client.get(&format!("/datasets/{dataset}/documents")).await.json()["data"][0]["doc_metadata"].clone();
    assert_eq!(listed.as_array().unwrap().len(), 8);
    assert!(listed.as_array().unwrap().iter().all(|entry| entry["value"].is_string()), "{listed}");
    assert_eq!(
        (&listed[1]["value"], &listed[2]["value"], &listed[3]["value"]),
        (&json!("42"), &json!("1700000000"), &json!("Pump manual"))
    );
    assert!(listed[5]["value"].as_str().unwrap().ends_with(".0"), "{listed}");

    let part = json!([{ "document_id": document.to_uppercase(), "partial_update": true,
        "metadata_list": [entry(&pages.to_uppercase(), "pages", 43.5), entry(&writer, "writer", Value::Null)] }]);
    set(client, &dataset, part).await;
    assert_eq!(values(client, &dataset, &document).await, json!({ "writer": null, "pages": 43.5, "published": 1_700_000_000 }));
    // In digits a number is what its field holds, and a text field holds texts.
    let fitted = json!([{ "document_id": document, "partial_update": true,
        "metadata_list": [entry(&pages, "pages", "44"), entry(&writer, "writer", 7), entry(&published, "published", "1700000001")] }]);
    set(client, &dataset, fitted).await;
    assert_eq!(values(client, &dataset, &document).await, json!({ "writer": "7", "pages": 44, "published": 1_700_000_001 }));
    set(client, &dataset, json!([{ "document_id": document, "metadata_list": [{ "id": writer, "name": "writer" }] }])).await;
    assert_eq!(values(client, &dataset, &document).await, json!({ "writer": null }), "without partial_update the others go");
    set(client, &dataset, json!([{ "document_id": document, "partial_update": null, "metadata_list": [] }])).await;
    assert_eq!(values(client, &dataset, &document).await, json!({}), "null is false");
    let nothing = client.get(&format!("/datasets/{dataset}/documents/{document}?metadata=only")).await.json();
    assert_eq!(nothing["doc_metadata"], json!([]), "no built-in values either");
}

#[tokio::test]
async fn a_wrong_value_changes_nothing_of_the_whole_batch() {
    let host = TestHost::start().await;
    let client = &host.client;
    let dataset = client.dataset("KB").await;
    let other = client.dataset("Other").await;
    let foreign = client.text(&other, "foreign", "x").await;
    let foreign_field = field(client, &other, "writer", "string").await;
    let writer = field(client, &dataset, "writer", "string").await;
    let pages = field(client, &dataset, "pages", "number").await;
    let published = field(client, &dataset, "published", "time").await;
    let mut documents = Vec::new();
    for number in 0..100 {
        let body = json!({ "name": format!("d{number}"), "text": "x", "process_rule": support::by_paragraph() });
        let made = client.post(&format!("/datasets/{dataset}/document/create-by-text"), &body).await.json();
        documents.push(made["document"]["id"].as_str().unwrap().to_owned());
    }
    let change = |document: &str, value: Value| json!({ "document_id": document, "metadata_list": [value] });
    let batch = |last: Value| {
        let mut changes: Vec<Value> = documents[..99].iter().map(|id| change(id, entry(&writer, "writer", "Ada"))).collect();
        changes.push(last);
        Value::from(changes)
    };
    let last = documents[99].as_str();
    for (wrong, said) in [
        (change(NONE, entry(&writer, "writer", "x")), "Document not found."),
        (change("abc", entry(&writer, "writer", "x")), "Document not found."),
        (change(&foreign, entry(&writer, "writer", "x")), "Document not found."),
        (change(last, entry(NONE, "ghost", "x")), "Metadata not found"),
        (change(last, entry(&foreign_field, "writer", "x")), "Metadata not found"),
        (change(last, entry(&writer, "author", "x")), "is called writer, not author"),
        (change(last, entry("built-in", "uploader", "x")), "filled in by the server"),
        (change(last, entry(&pages, "pages", "many")), "pages holds a number"),
        (change(last, entry(&published, "published", "yesterday")), "published holds a time"),
        (change(last, entry(&writer, "writer", true)), "operation_data.99.metadata_list.0.value"),
        (change(last, entry(&writer, "writer", json!(["a"]))), "operation_data.99.metadata_list.0.value"),
        (json!({ "document_id": last }), "operation_data.99.metadata_list"),
        (json!({ "metadata_list": [] }), "operation_data.99.document_id"),
        (json!({ "document_id": last, "metadata_list": [{ "name": "writer" }] }), "operation_data.99.metadata_list.0.id"),
        (json!({ "document_id": last, "metadata_list": [], "partial_update": "yes" }), "operation_data.99.partial_update"),
    ] {
        let answer = set(client, &dataset, batch(wrong.clone())).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "invalid_param"), "{wrong}");
        assert!(answer.message().contains(said), "{wrong}: {}", answer.message());
    }
    let missing = client.post(&format!("/datasets/{dataset}/documents/metadata"), &json!({})).await;
    assert_eq!(missing.refusal(), "invalid_param");
    assert!(uses(client, &dataset).await.iter().all(|(_, count)| *count == 0), "nothing was changed");

    assert_eq!(set(client, &dataset, batch(change(last, entry(&pages, "pages", 1)))).await.status, 200);
    assert_eq!(uses(client, &dataset).await[..2], [("writer".to_owned(), 99), ("pages".to_owned(), 1)]);
    client.delete(&format!("/datasets/{dataset}/documents/{last}")).await;
    assert_eq!(uses(client, &dataset).await[1], ("pages".to_owned(), 0), "only living documents count");
}

#[tokio::test]
async fn racing_changes_of_one_document_all_arrive() {
    let host = TestHost::start().await;
    let dataset = host.client.dataset("KB").await;
    let document = host.client.text(&dataset, "t", "text").await;
    let mut tasks = Vec::new();
    for number in 0..12 {
        let (client, dataset, document) = (host.client.clone(), dataset.clone(), document.clone());
        tasks.push(tokio::spawn(async move {
            let name = format!("f{number}");
            let id = field(&client, &dataset, &name, "number").await;
            let change =
                json!([{ "document_id": document, "partial_update": true, "metadata_list": [entry(&id, &name, number)] }]);
            set(&client, &dataset, change).await.status.as_u16()
        }));
    }
    for task in tasks {
        assert_eq!(task.await.unwrap(), 200);
    }
    let values = values(&host.client, &dataset, &document).await;
    assert_eq!(values.as_object().unwrap().len(), 12);
    assert!((0..12).all(|number| values[format!("f{number}")] == number), "{values}");
}

#[tokio::test]
async fn values_survive_a_replacement_and_a_restart() {
    let host = TestHost::start().await;
    let client = &host.client;
    let dataset = client.dataset("KB").await;
    let document = client.text(&dataset, "t", "text").await;
    let writer = field(client, &dataset, "writer", "string").await;
    set(client, &dataset, json!([{ "document_id": document, "metadata_list": [entry(&writer, "writer", "Ada")] }])).await;
    assert_eq!(client.text(&dataset, "t", "another text").await, document);
    let update = json!({ "name": "t", "text": "a third text" });
    let updated = client.post(&format!("/datasets/{dataset}/documents/{document}/update-by-text"), &update).await.json();
    assert_eq!(updated["document"]["doc_metadata"][0]["value"], "Ada");
    client.indexed(&dataset, updated["batch"].as_str().unwrap()).await;
    let folder = host.stop().await;
    let host = TestHost::on(folder).await;
    assert_eq!(values(&host.client, &dataset, &document).await, json!({ "writer": "Ada" }));
    assert_eq!(uses(&host.client, &dataset).await, [("writer".to_owned(), 1)]);
    host.client.delete(&format!("/datasets/{dataset}/documents/{document}")).await;
    let again = host.client.text(&dataset, "t", "text").await;
    assert_eq!(values(&host.client, &dataset, &again).await, json!({}), "a new document of the name has none");
}

#[tokio::test]
async fn built_in_fields_are_shown_and_filtered_by_while_they_are_on() {
    let host = TestHost::start().await;
    let client = &host.client;
    let dataset = client.dataset("KB").await;
    client.text(&dataset, "pump manual", "the valve of the pump").await;
    client.text(&dataset, "boiler manual", "the valve of the boiler").await;
    let path = format!("/datasets/{dataset}/metadata");
    assert_eq!(client.get(&format!("{path}/built-in")).await.json(), answer("metadata.built_in.list"));
    let find = async |conditions: Value| {
        let body = json!({ "query": "valve", "retrieval_model": { "search_method": "keyword_search", "reranking_enable": false,
            "top_k": 10, "score_threshold_enabled": false, "metadata_filtering_conditions": { "conditions": conditions } } });
        let answer = client.post(&format!("/datasets/{dataset}/retrieve"), &body).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()["records"].as_array().unwrap().clone()
    };
    let by_name = json!([{ "name": "document_name", "comparison_operator": "contains", "value": "pump" }]);
    assert!(find(by_name.clone()).await.is_empty(), "off");
    assert_eq!(find(json!([])).await[0]["segment"]["document"]["doc_metadata"], Value::Null);

    for _again in 0..2 {
        // Real servers take it with and without a body.
        let on = client.send(Method::POST, &format!("{path}/built-in/enable"), &[], "".into()).await;
        assert_eq!((on.status.as_u16(), on.json()), (200, json!({ "result": "success" })));
    }
    let shown = client.get(&format!("/datasets/{dataset}")).await.json();
    assert_eq!(
        (&shown["built_in_field_enabled"], &shown["doc_metadata"][4]),
        (&json!(true), &json!({ "id": "built-in", "name": "source", "type": "string" }))
    );
    assert_eq!(client.get(&path).await.json(), json!({ "doc_metadata": [], "built_in_field_enabled": true }));
    let found = find(by_name.clone()).await;
    assert_eq!(found.len(), 1);
    let values = &found[0]["segment"]["document"]["doc_metadata"];
    assert_eq!((&values["document_name"], &values["source"]), (&json!("pump manual"), &json!("file_upload")));
    assert!(values["upload_date"].is_number(), "{values}");
    let since = json!([{ "name": "upload_date", "comparison_operator": "after", "value": 1_700_000_000 }]);
    assert_eq!(find(since).await.len(), 2);
    let row = client.get(&format!("/datasets/{dataset}/documents")).await.json()["data"][0].clone();
    assert_eq!(row["doc_metadata"].as_array().unwrap().len(), 5, "on documents without values of their own too");

    client.post(&format!("{path}/built-in/disable"), &json!({})).await;
    assert!(find(by_name).await.is_empty());
    assert_eq!(client.get(&format!("/datasets/{dataset}")).await.json()["doc_metadata"], json!([]));
}
