//! Original files as a ZIP archive over HTTP.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use hyper::Method;
use serde_json::{Value, json};
use support::http::Answer;
use support::{Client, TestHost, by_paragraph};

const NONE: &str = "00000000-0000-4000-8000-000000000000";

async fn upload(client: &Client, dataset: &str, name: &str, content: &[u8]) -> String {
    let path = format!("/datasets/{dataset}/document/create-by-file");
    let answer = client.upload(Method::POST, &path, name, content, &json!({ "process_rule": by_paragraph() })).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()["document"]["id"].as_str().unwrap().to_owned()
}

async fn zip(client: &Client, dataset: &str, ids: &Value) -> Answer {
    client.post(&format!("/datasets/{dataset}/documents/download-zip"), &json!({ "document_ids": ids })).await
}

fn unpacked(answer: &Answer) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(answer.body.to_vec())).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let name = file.name().unwrap().into_owned();
        assert_eq!(file.enclosed_name().unwrap().to_str().unwrap(), name, "stays inside");
        assert!(file.last_modified().unwrap().year() > 2020);
        files.insert(name, bytes);
    }
    files
}

#[tokio::test]
async fn originals_come_back_byte_for_byte() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("Größe 数据").await;
    // Neither compressible nor text, and larger than any piece that is sent.
    let mut state = 1_u32;
    let noise: Vec<u8> = (0..3_000_000)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .collect();
    let other = client.dataset("Other").await;
    let mut ids = vec![
        upload(client, &id, "手册 v1.txt", "水泵\r\n".as_bytes()).await,
        upload(client, &id, "noise.txt", &noise).await,
        upload(client, &id, "blank.md", &vec![b' '; 5_000_000]).await,
        upload(client, &id, "empty.csv", b"").await,
    ];
    ids.push(client.text(&id, "../../etc/passwd", "a text").await);
    ids.push(client.text(&id, "手册 V1.TXT", "same name in another case").await);
    let answer = zip(client, &id, &json!(ids)).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/zip");
    let disposition = answer.header("content-disposition");
    assert!(disposition.ends_with("filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%E6%95%B0%E6%8D%AE.zip"), "{disposition}");
    assert!(answer.headers.get("content-length").is_none(), "streamed");
    let files = unpacked(&answer);
    let expected: BTreeMap<String, Vec<u8>> = [
        ("手册 v1.txt", "水泵\r\n".as_bytes().to_vec()),
        ("noise.txt", noise),
        ("blank.md", vec![b' '; 5_000_000]),
        ("empty.csv", Vec::new()),
        ("_.._etc_passwd.txt", b"a text".to_vec()),
        ("手册 V1 (2).TXT", b"same name in another case".to_vec()),
    ]
    .map(|(name, bytes)| (name.to_owned(), bytes))
    .into();
    assert_eq!(files.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    assert!(files == expected);

    // One id twice is one file; upper case is the same id.
    let twice = zip(client, &id, &json!([ids[0], ids[0].to_uppercase()])).await;
    assert_eq!(unpacked(&twice).len(), 1);
    let elsewhere = zip(client, &other, &json!([ids[0]])).await;
    assert_eq!((elsewhere.status.as_u16(), elsewhere.message().as_str()), (404, "Document not found."));
}

#[tokio::test]
async fn a_hundred_documents_and_no_more() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let mut ids = Vec::new();
    for number in 0..100 {
        ids.push(upload(client, &id, &format!("file {number}.txt"), format!("text {number}").as_bytes()).await);
    }
    let files = unpacked(&zip(client, &id, &json!(ids)).await);
    assert_eq!((files.len(), files["file 77.txt"].as_slice()), (100, b"text 77".as_slice()));
    ids.push(NONE.to_owned());
    let refused = zip(client, &id, &json!(ids)).await;
    assert_eq!((refused.status.as_u16(), refused.refusal().as_str()), (400, "invalid_param"));
    assert!(refused.message().contains("1 to 100"), "{}", refused.message());
}

#[tokio::test]
async fn what_cannot_be_had_is_refused() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let document = upload(client, &id, "a.txt", b"a").await;
    for ids in [json!([]), json!(null), json!("x"), json!([1]), json!(["no-uuid"])] {
        let answer = zip(client, &id, &ids).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "invalid_param"), "{ids}");
        assert!(answer.message().contains("document_ids"), "{}", answer.message());
    }
    let unknown = zip(client, &id, &json!([document, NONE])).await;
    assert_eq!((unknown.status.as_u16(), unknown.message().as_str()), (404, "Document not found."), "all or nothing");
    assert_eq!(zip(client, NONE, &json!([document])).await.message(), "Dataset not found.");
    for name in host.data_files("files") {
        std::fs::remove_file(host.folder.0.join("data/files").join(name)).unwrap();
    }
    let lost = zip(client, &id, &json!([document])).await;
    assert_eq!(lost.status, 404);
    assert_eq!(lost.message(), "Only uploaded-file documents can be downloaded as ZIP.");
}
