//! Knowledge pipelines over HTTP.
//!
//! Proves: uploadPipelineFile, listDatasourcePlugins, runDatasourceNode, runPipeline.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use hyper::Method;
use loredesk_host::store::{Store, StoreError};
use loredesk_wire::{EventReader, PipelineEvent, decode};
use serde_json::{Value, json};
use support::http::{Answer, Part};
use support::{Client, TestHost};

const UPLOAD: &str = "/datasets/pipeline/file-upload";

async fn dataset(client: &Client) -> String {
    let made = client.post("/datasets", &json!({ "name": "Piped", "runtime_mode": "rag_pipeline" })).await;
    assert_eq!(made.status, 200, "{made:?}");
    let made = made.json();
    assert_eq!(
        (&made["runtime_mode"], &made["is_published"], &made["chunk_structure"], &made["indexing_technique"]),
        (&json!("rag_pipeline"), &json!(true), &json!("text_model"), &json!("economy"))
    );
    assert!(made["pipeline_id"].is_string());
    made["id"].as_str().unwrap().to_owned()
}

async fn upload(client: &Client, name: &str, content: &[u8]) -> String {
    let answer = client.form(Method::POST, UPLOAD, &[Part { field: "file", file_name: Some(name), content }]).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.json()["id"].as_str().unwrap().to_owned()
}

fn run_body(list: Value, mode: &str) -> Value {
    json!({ "inputs": {}, "datasource_type": "local_file", "datasource_info_list": list, "start_node_id": "files",
        "is_published": true, "response_mode": mode })
}

fn events(answer: &Answer) -> Vec<PipelineEvent> {
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "text/event-stream"), "{answer:?}");
    let mut reader = EventReader::default();
    reader.push(&answer.body).iter().map(|data| decode(data).unwrap()).collect()
}

#[tokio::test]
async fn files_are_uploaded_listed_and_run() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = dataset(client).await;
    let answer = client
        .form(
            Method::POST,
            UPLOAD,
            &[Part { field: "file", file_name: Some("手册.md"), content: "# 水泵\n\n检查阀门".as_bytes() }],
        )
        .await;
    assert_eq!(answer.status, 201);
    let file = answer.json();
    assert_eq!(
        (&file["name"], &file["size"], &file["extension"], &file["mime_type"]),
        (&json!("手册.md"), &json!(22), &json!("md"), &json!("text/markdown"))
    );
    let created_at = file["created_at"].as_str().unwrap();
    assert!(created_at.len() == 19 && created_at.as_bytes()[10] == b'T', "{created_at}");
    assert_eq!(client.get(&format!("/files/{}", file["id"].as_str().unwrap())).await.status, 404, "no document's file yet");

    for query in ["", "?is_published=true", "?is_published=false"] {
        let nodes = client.get(&format!("/datasets/{id}/pipeline/datasource-plugins{query}")).await.json();
        assert_eq!((nodes.as_array().unwrap().len(), &nodes[0]["datasource_type"]), (1, &json!("local_file")));
        assert_eq!((&nodes[0]["node_id"], &nodes[0]["credentials"]), (&json!("files"), &json!([])));
    }
    let node = format!("/datasets/{id}/pipeline/datasource/nodes/files/run");
    let body = json!({ "inputs": {}, "datasource_type": "local_file", "is_published": false });
    let found = events(&client.post(&node, &body).await);
    let last = found.last().unwrap();
    assert_eq!((last.event.as_str(), last.total, last.error.as_deref()), ("datasource_completed", Some(1), None));
    let item = last.data.clone().unwrap()[0].clone();
    assert_eq!((&item["reference"], &item["name"]), (&file["id"], &json!("手册.md")));

    // What the node gives can be sent to a run as it is.
    let run = client.post(&format!("/datasets/{id}/pipeline/run"), &run_body(json!([item]), "blocking")).await;
    assert_eq!(run.status, 200, "{run:?}");
    let run = run.json();
    assert_eq!((&run["data"]["status"], &run["data"]["id"]), (&json!("succeeded"), &run["workflow_run_id"]));
    assert!(run["task_id"].is_string() && run["data"]["created_at"].is_i64() && run["data"]["finished_at"].is_i64());
    let status = client.indexed(&id, run["data"]["outputs"]["batch"].as_str().unwrap()).await;
    assert_eq!(status["indexing_status"], "completed");
    let found = client.retrieve(&id, "阀门", "keyword_search", 3).await;
    assert_eq!(found[0]["segment"]["document"]["name"], "手册.md");
    assert_eq!(events(&client.post(&node, &body).await).last().unwrap().total, Some(0), "it is used");
    let document = run["data"]["outputs"]["documents"][0]["id"].as_str().unwrap();
    let zipped = client.post(&format!("/datasets/{id}/documents/download-zip"), &json!({ "document_ids": [document] })).await;
    assert_eq!(zipped.status, 200);
    assert_eq!(client.get(&format!("/datasets/{id}")).await.json()["runtime_mode"], "rag_pipeline");
}

#[tokio::test]
async fn a_run_is_streamed_and_takes_several_files() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = dataset(client).await;
    let (first, second) = (upload(client, "a.txt", b"alpha").await, upload(client, "b.txt", b"beta").await);
    let list = json!([{ "reference": first, "name": "a.txt" }, { "related_id": second }]);
    let streamed = events(&client.post(&format!("/datasets/{id}/pipeline/run"), &run_body(list, "streaming")).await);
    let names: Vec<&str> = streamed.iter().map(|event| event.event.as_str()).collect();
    assert_eq!(
        names,
        ["workflow_started", "node_started", "node_finished", "node_started", "node_finished", "workflow_finished"]
    );
    assert!(streamed.iter().all(|event| event.task_id == streamed[0].task_id && event.workflow_run_id.is_some()));
    let last = streamed[5].data.clone().unwrap();
    assert_eq!((&last["status"], &last["error"]), (&json!("succeeded"), &Value::Null));
    assert_eq!(streamed[2].data.clone().unwrap()["node_id"], "files");
    let batch = last["outputs"]["batch"].as_str().unwrap();
    client.indexed(&id, batch).await;
    let list = client.get(&format!("/datasets/{id}/documents")).await.json();
    let names: Vec<&str> = list["data"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["untitled", "a.txt"]);

    // Another run with the same name leaves the document alone.
    let third = upload(client, "a.txt", b"gamma").await;
    let again = run_body(json!([{ "reference": third, "name": "a.txt" }]), "blocking");
    let run = client.post(&format!("/datasets/{id}/pipeline/run"), &again).await.json();
    client.indexed(&id, run["data"]["outputs"]["batch"].as_str().unwrap()).await;
    assert_eq!(client.get(&format!("/datasets/{id}/documents")).await.json()["total"], 3);
    assert_eq!(client.retrieve(&id, "alpha", "keyword_search", 3).await.len(), 1);
}

#[tokio::test]
async fn wrong_runs_are_refused_and_queue_nothing() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = dataset(client).await;
    let file = upload(client, "a.txt", b"alpha").await;
    let path = format!("/datasets/{id}/pipeline/run");
    let with = |field: &str, value: Value| {
        let mut body = run_body(json!([{ "reference": file }]), "blocking");
        body[field] = value;
        body
    };
    let none = "00000000-0000-4000-8000-000000000000";
    for (body, part) in [
        (json!({}), "datasource_info_list"),
        (with("inputs", json!([])), "inputs"),
        (with("datasource_type", json!("ftp")), "datasource_type"),
        (with("datasource_type", json!("website_crawl")), "local_file only"),
        (with("start_node_id", json!("1719288585006")), "no node"),
        (with("response_mode", json!("later")), "response_mode"),
        (with("is_published", json!("yes")), "is_published"),
        (with("datasource_info_list", json!([])), "at least one"),
        (with("datasource_info_list", json!([{ "name": "x" }])), "datasource_info_list.0.reference"),
        (with("datasource_info_list", json!([{ "reference": 5 }])), "datasource_info_list.0.reference"),
        (with("datasource_info_list", json!([{ "reference": file }, { "reference": file }])), "twice"),
        (with("datasource_info_list", json!([{ "reference": file }, { "reference": none }])), "datasource_info_list.1.reference"),
        (with("datasource_info_list", json!([{ "reference": "../../etc/passwd" }])), "no uploaded file"),
    ] {
        let answer = client.post(&path, &body).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "invalid_param"), "{body}");
        assert!(answer.message().contains(part), "{body}: {}", answer.message());
    }
    let node = |node: &str| format!("/datasets/{id}/pipeline/datasource/nodes/{node}/run");
    for (path, body) in [
        (node("files"), json!({})),
        (node("other"), json!({ "inputs": {}, "datasource_type": "local_file", "is_published": true })),
        (node("files"), json!({ "inputs": {}, "datasource_type": "online_drive", "is_published": true })),
    ] {
        assert_eq!(client.post(&path, &body).await.refusal(), "invalid_param", "{body}");
    }
    assert_eq!(client.get(&format!("/datasets/{id}/pipeline/datasource-plugins?is_published=maybe")).await.status, 400);
    assert_eq!(client.get(&format!("/datasets/{id}/documents")).await.json()["total"], 0);

    // Documents come from the pipeline only.
    let text = client.post(&format!("/datasets/{id}/document/create-by-text"), &json!({ "name": "x", "text": "x" })).await;
    let by_file =
        client.upload(Method::POST, &format!("/datasets/{id}/document/create-by-file"), "x.txt", b"x", &json!({})).await;
    for answer in [text, by_file] {
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "invalid_param"));
        assert!(answer.message().contains("pipeline"), "{}", answer.message());
    }
    // A knowledge base without one, and none at all.
    let plain = client.dataset("Plain").await;
    let run = with("inputs", json!({}));
    for (id, status, message) in [(plain.as_str(), 400, "Pipeline not found"), (none, 404, "Dataset not found.")] {
        for answer in [
            client.get(&format!("/datasets/{id}/pipeline/datasource-plugins")).await,
            client.post(&format!("/datasets/{id}/pipeline/run"), &run).await,
            client.post(&format!("/datasets/{id}/pipeline/datasource/nodes/files/run"), &json!({})).await,
        ] {
            assert_eq!((answer.status.as_u16(), answer.message().as_str()), (status, message));
        }
    }
    assert_eq!(client.get(&format!("/datasets/{plain}")).await.json()["pipeline_id"], Value::Null);
}

#[tokio::test]
async fn wrong_uploads_are_refused_and_leave_nothing() {
    let host = TestHost::with(|config| config.limits.max_upload_bytes = 1000).await;
    let client = &host.client;
    let file = |name| Part { field: "file", file_name: Some(name), content: b"x" };
    let large = vec![b'x'; 1001];
    for (parts, status, code) in [
        (vec![], 400, "no_file_uploaded"),
        (vec![Part { field: "file", file_name: None, content: b"x" }], 400, "no_file_uploaded"),
        (vec![file("")], 400, "filename_not_exists_error"),
        (vec![file("a.txt"), file("b.txt")], 400, "too_many_files"),
        (vec![file("a.exe")], 415, "unsupported_file_type"),
        (vec![Part { content: &large, ..file("a.txt") }], 413, "file_too_large"),
    ] {
        let answer = client.form(Method::POST, UPLOAD, &parts).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (status, code));
    }
    let json = client.post(UPLOAD, &json!({})).await;
    assert_eq!(json.refusal(), "no_file_uploaded");
    assert!(host.data_files("files").is_empty() && host.data_files("tmp").is_empty());
}

#[tokio::test]
async fn unused_uploads_are_swept_after_a_day() {
    let host = TestHost::start().await;
    let id = dataset(&host.client).await;
    let (used, old, fresh) = (
        upload(&host.client, "used.txt", b"used").await,
        upload(&host.client, "old.txt", b"old").await,
        upload(&host.client, "fresh.txt", b"fresh").await,
    );
    let run = run_body(json!([{ "reference": used, "name": "used" }]), "blocking");
    let run = host.client.post(&format!("/datasets/{id}/pipeline/run"), &run).await.json();
    host.client.indexed(&id, run["data"]["outputs"]["batch"].as_str().unwrap()).await;
    let folder = host.stop().await;
    let store = Store::open(&folder.0.join("data")).unwrap();
    let kept = fresh.clone();
    store
        .write(move |tx| {
            tx.execute("UPDATE pipeline_files SET uploaded_at = uploaded_at - 90000 WHERE file <> ?1", [kept])?;
            Ok::<_, StoreError>(())
        })
        .await
        .unwrap();
    drop(store);
    let host = TestHost::on(folder).await;
    let until = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while host.data_files("files").len() > 2 {
        assert!(std::time::Instant::now() < until, "{:?}", host.data_files("files"));
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let mut left = host.data_files("files");
    left.sort();
    let mut expected = vec![used, fresh.clone()];
    expected.sort();
    assert_eq!(left, expected);
    let path = format!("/datasets/{id}/pipeline/run");
    assert_eq!(host.client.post(&path, &run_body(json!([{ "reference": old }]), "blocking")).await.status, 400);
    assert_eq!(host.client.post(&path, &run_body(json!([{ "reference": fresh }]), "blocking")).await.status, 200);
}
