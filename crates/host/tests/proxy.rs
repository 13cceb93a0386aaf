//! What passes between the browser and a server elsewhere, in both directions.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::routing::{any, get};
use hyper::Method;
use hyper::body::Bytes;
use serde_json::{Value, json};
use support::upstream::{Elsewhere, cognee, dify, only};
use support::{Client, Folder, TestHost};

const A: &str = "5f0c8c1e-3c7b-4a56-9d5c-1b2a3c4d5e6f";

fn at(host: &TestHost) -> Client {
    Client { base: "/api/far".to_owned(), ..host.client.clone() }
}

/// Answers everything with an empty object, and with headers that must not reach a browser.
fn answering() -> Router {
    Router::new().fallback(any(|| async {
        let headers = [
            ("set-cookie", "session=planted"),
            ("access-control-allow-origin", "*"),
            ("www-authenticate", "Basic realm=\"x\""),
            ("server", "nginx/1.2"),
            ("x-internal", "planted"),
            ("retry-after", "7"),
            ("content-type", "application/json"),
        ];
        (headers, "{}")
    }))
}

#[tokio::test]
async fn the_key_goes_out_and_nothing_of_the_browser_s_own() {
    let elsewhere = Elsewhere::start(answering()).await;
    let host = TestHost::with(only(dify(&format!("http://{}/v1", elsewhere.address)))).await;
    let of_browser = [
        ("content-type", "application/json"),
        ("accept", "application/json"),
        ("accept-language", "zh"),
        ("cookie", "session=planted"),
        ("authorization", "Bearer of-the-browser"),
        ("x-api-key", "of-the-browser"),
        ("origin", &format!("http://{}", host.client.address)),
        ("referer", "http://127.0.0.1/planted"),
        ("sec-fetch-site", "same-origin"),
        ("x-loredesk", "1"),
        ("sec-ch-ua", "planted"),
        ("x-forwarded-for", "10.1.1.1"),
        ("x-forwarded-user", "planted"),
        ("forwarded", "for=10.1.1.1"),
        ("x-request-id", "of-the-proxy-in-front"),
        ("te", "trailers"),
        ("keep-alive", "5"),
    ];
    let answer = at(&host).send(Method::POST, "/datasets?tag_ids=a&x=%2F", &of_browser, r#"{"name":"Ä"}"#.into()).await;
    assert_eq!((answer.status.as_u16(), &answer.body[..]), (200, &b"{}"[..]));
    let seen = elsewhere.seen().remove(0);
    assert_eq!(
        (seen.method, seen.uri.as_str(), &seen.body[..]),
        (Method::POST, "/v1/datasets?tag_ids=a&x=%2F", r#"{"name":"Ä"}"#.as_bytes())
    );
    let mut names: Vec<_> = seen.headers.keys().map(|name| name.as_str()).collect();
    names.sort_unstable();
    let passed =
        ["accept", "accept-language", "authorization", "content-length", "content-type", "host", "user-agent", "x-request-id"];
    assert_eq!(names, passed);
    assert_eq!(seen.headers["authorization"], "Bearer planted-key");
    assert_eq!(seen.headers["x-request-id"], "of-the-proxy-in-front");
    assert_eq!(seen.headers["host"], elsewhere.address.to_string());

    for name in ["set-cookie", "access-control-allow-origin", "www-authenticate", "server", "x-internal", "location"] {
        assert_eq!(answer.header(name), "", "{name}");
    }
    assert_eq!((answer.header("retry-after"), answer.header("content-type")), ("7", "application/json"));
    assert_eq!((answer.header("x-request-id"), answer.header("cache-control")), ("of-the-proxy-in-front", "no-store"));
    assert!(answer.header("content-security-policy").starts_with("sandbox"), "no page of the desk's origin");
}

#[tokio::test]
async fn every_operation_of_the_contract_passes_and_nothing_else() {
    let elsewhere = Elsewhere::start(answering()).await;
    let host = TestHost::with(only(dify(&format!("http://{}/v1", elsewhere.address)))).await;
    let client = at(&host);
    let contract: Value = serde_json::from_str(include_str!("../../../tests/fixtures/dify-openapi.json")).unwrap();
    let mut count = 0;
    for (path, methods) in contract["paths"].as_object().unwrap() {
        let path = path.replace("{action}", "enable").replace("{model_type}", "rerank").replace("{batch}", "2024110712345678901");
        let path: Vec<_> = path.split('/').map(|part| if part.starts_with('{') { A } else { part }).collect();
        let path = path.join("/");
        for method in
            methods.as_object().unwrap().keys().filter(|name| ["get", "post", "patch", "delete"].contains(&name.as_str()))
        {
            let method: Method = method.to_uppercase().parse().unwrap();
            let answer = client.send(method.clone(), &path, &[], Bytes::new()).await;
            assert_eq!(answer.status, 200, "{method} {path}");
            let seen = elsewhere.seen();
            assert_eq!((&seen[0].method, seen[0].uri.as_str()), (&method, format!("/v1{path}").as_str()));
            count += 1;
        }
    }
    assert_eq!(count, 46);
    for (method, path, status) in [
        (Method::GET, "/apps".to_owned(), 404),
        (Method::POST, "/chat-messages".to_owned(), 404),
        (Method::GET, "/datasets/no-uuid".to_owned(), 404),
        (Method::GET, format!("/datasets/{A}/../../apps"), 404),
        (Method::GET, format!("/datasets/{A}%2f..%2f..%2fapps"), 404),
        (Method::GET, String::new(), 404),
        (Method::PUT, "/datasets".to_owned(), 405),
        (Method::HEAD, "/datasets".to_owned(), 405),
        (Method::OPTIONS, "/datasets".to_owned(), 405),
        (Method::GET, format!("/datasets/{A}/retrieve"), 405),
        (Method::GET, format!("/files/{A}"), 404),
    ] {
        let path = format!("//api/far{path}");
        assert_eq!(client.send(method.clone(), &path, &[], Bytes::new()).await.status, status, "{method} {path}");
    }
    assert_eq!(client.get("//api/unknown/datasets").await.refusal(), "not_found", "there is no such connection");
    assert_eq!(client.get("//v1/datasets").await.status, 404, "there is no embedded server");
    assert!(elsewhere.seen().is_empty(), "nothing of it reached the server");
    assert!(!host.folder.0.join("data").exists(), "a host without embedded server needs no data folder");
}

#[tokio::test]
async fn cognee_gets_its_key_its_own_way() {
    let elsewhere = Elsewhere::start(answering()).await;
    let host = TestHost::with(only(cognee(&format!("http://{}", elsewhere.address)))).await;
    let client = at(&host);
    assert_eq!(client.get("/health").await.status, 200);
    assert_eq!(client.delete(&format!("/api/v1/datasets/{A}/data/{A}")).await.status, 200);
    assert_eq!(client.post("/api/v1/search", &json!({ "query": "x" })).await.status, 200);
    let seen = elsewhere.seen();
    assert_eq!(seen.iter().map(|seen| seen.uri.as_str()).collect::<Vec<_>>()[0], "/health");
    assert!(seen.iter().all(|seen| seen.headers["x-api-key"] == "planted-key" && !seen.headers.contains_key("authorization")));
    for path in ["/api/v1/auth/api-keys", "/api/v1/auth/login", "/api/v1/visualize", "/docs", "/openapi.json"] {
        assert_eq!(client.get(path).await.status, 404, "{path}");
    }
    assert_eq!(client.delete("/api/v1/datasets").await.status, 405, "not everything at once");
    assert_eq!(client.get("//config.json").await.json()["connections"][0]["kind"], "cognee");
}

#[tokio::test]
async fn pages_of_proxies_come_as_text_and_redirects_not_at_all() {
    let page = "<html><title>502 Bad Gateway</title></html>";
    let routes = Router::new()
        .route("/v1/datasets", get(move || async move { (StatusCode::BAD_GATEWAY, [(CONTENT_TYPE, "text/html")], page) }))
        .route("/v1/datasets/tags", get(|| async { (StatusCode::FOUND, [(LOCATION, "https://evil.example/planted")], "") }))
        .route("/v1/datasets/{id}", get(|| async { ([(CONTENT_TYPE, "image/svg+xml")], "<svg/>") }));
    let elsewhere = Elsewhere::start(routes).await;
    let host = TestHost::with(only(dify(&format!("http://{}/v1", elsewhere.address)))).await;
    let client = at(&host);
    let answer = client.get("/datasets").await;
    assert_eq!((answer.status.as_u16(), &answer.body[..]), (502, page.as_bytes()));
    assert_eq!(
        (answer.header("content-type"), answer.header("x-content-type-options")),
        ("text/plain; charset=utf-8", "nosniff")
    );
    assert_eq!(client.get(&format!("/datasets/{A}")).await.header("content-type"), "text/plain; charset=utf-8");
    let answer = client.get("/datasets/tags").await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str(), answer.header("location")), (502, "upstream_redirect", ""));
    assert!(answer.message().contains("Far away") && !answer.message().contains("planted"), "{}", answer.message());
    assert_eq!(elsewhere.seen().len(), 3, "it was not followed");
}

#[tokio::test]
async fn original_files_come_through_the_host() {
    let file =
        || async { ([("content-disposition", "inline; filename=\"a.html\""), ("content-type", "text/html")], "<b>file</b>") };
    let store = Elsewhere::start(Router::new().route("/bucket/1", get(file))).await;
    let other = Elsewhere::start(Router::new().route("/bucket/1", get(file))).await;
    let urls = [
        "/files/1/file-preview?sign=planted".to_owned(),
        format!("http://{}/bucket/1?token=planted", store.address),
        format!("http://{}/bucket/1?token=planted", other.address),
    ];
    let answers = urls.clone();
    let routes = Router::new()
        .route(
            "/v1/datasets/{dataset}/documents/{document}/download",
            get(move |axum::extract::Path((_, document)): axum::extract::Path<(String, String)>| async move {
                let number: usize = document[document.len() - 1..].parse().unwrap();
                axum::Json(json!({ "url": answers[number], "more": "stays" }))
            }),
        )
        .route("/files/1/file-preview", get(file));
    let dify_server = Elsewhere::start(routes).await;
    let mut connection = dify(&format!("http://{}/v1", dify_server.address));
    if let loredesk_host::config::Server::Dify(upstream) = &mut connection.server {
        upstream.file_origins = vec![format!("http://{}", store.address)];
    }
    let host = TestHost::with(only(connection)).await;
    let client = at(&host);
    let address = |number: usize| {
        let path = format!("/datasets/{A}/documents/5f0c8c1e-3c7b-4a56-9d5c-1b2a3c4d5e6{number}/download");
        let client = client.clone();
        async move {
            let answer = client.send(Method::GET, &path, &[("accept-encoding", "gzip")], Bytes::new()).await;
            assert_eq!((answer.status.as_u16(), &answer.json()["more"]), (200, &json!("stays")));
            answer.json()["url"].as_str().unwrap().to_owned()
        }
    };
    for number in [0, 1] {
        let own = address(number).await;
        assert!(own.starts_with("/api/far/files/"), "{own}");
        let answer = client.get(&format!("/{own}")).await;
        assert_eq!((answer.status.as_u16(), &answer.body[..]), (200, &b"<b>file</b>"[..]));
        assert_eq!(answer.header("content-disposition"), "attachment; filename=\"a.html\"", "saved, never shown");
        assert!(answer.header("content-security-policy").starts_with("sandbox"));
    }
    let asked = [dify_server.seen(), store.seen()].concat();
    let files: Vec<_> = asked.iter().filter(|seen| seen.uri.contains("planted")).collect();
    assert_eq!(
        files.iter().map(|seen| seen.uri.as_str()).collect::<Vec<_>>(),
        ["/files/1/file-preview?sign=planted", "/bucket/1?token=planted"]
    );
    assert!(files.iter().all(|seen| !seen.headers.contains_key("authorization")), "signed addresses get no key");
    assert_eq!(address(2).await, urls[2], "an origin that nobody named is the browser's business");
    assert!(other.seen().is_empty());
    assert_eq!(client.get(&format!("/files/{A}")).await.status, 404, "a token that nobody gave");
}

#[tokio::test]
async fn the_main_job_is_done_through_the_proxy() {
    let far = TestHost::start().await;
    let host = TestHost::with(only(dify(&format!("http://{}/v1", far.client.address)))).await;
    let client = at(&host);
    let id = client.dataset("Pumps").await;
    let document = client.text(&id, "Manual", "The seal leaks.\n\nThe pump runs.").await;
    let answer = client
        .upload(
            Method::POST,
            &format!("/datasets/{id}/document/create-by-file"),
            "a.txt",
            b"Oil the bearing.",
            &json!({ "indexing_technique": "economy", "process_rule": support::by_paragraph() }),
        )
        .await;
    assert_eq!(answer.status, 200, "{answer:?}");
    client.indexed(&id, answer.json()["batch"].as_str().unwrap()).await;
    let found = client.retrieve(&id, "seal", "full_text_search", 3).await;
    assert_eq!(found[0]["segment"]["content"], "The seal leaks.");
    let url =
        client.get(&format!("/datasets/{id}/documents/{document}/download")).await.json()["url"].as_str().unwrap().to_owned();
    assert!(url.starts_with("/api/far/files/"), "{url}");
    assert_eq!(&client.get(&format!("/{url}")).await.body[..], b"The seal leaks.\n\nThe pump runs.");
    let zip = client.post(&format!("/datasets/{id}/documents/download-zip"), &json!({ "document_ids": [document] })).await;
    assert_eq!((zip.status.as_u16(), zip.header("content-type"), &zip.body[..2]), (200, "application/zip", &b"PK"[..]));
    assert_eq!(client.get(&format!("/datasets/{A}")).await.message(), "Dataset not found.", "refusals of the server are its own");
    assert_eq!(client.delete(&format!("/datasets/{id}/documents/{document}")).await.status, 204);
    drop(host.stop().await);
    let _folder: Folder = far.stop().await;
}
