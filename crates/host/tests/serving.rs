//! The app's files, config.json, headers, and the guard against foreign pages.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use hyper::Method;
use hyper::body::Bytes;
use serde_json::json;
use support::TestHost;
use support::http::Answer;

async fn host() -> TestHost {
    let host = TestHost::start().await;
    let app = host.folder.0.join("app");
    std::fs::create_dir_all(app.join("sub")).unwrap();
    std::fs::write(app.join("index.html"), "<!doctype html>").unwrap();
    std::fs::write(app.join("boot.js"), "boot").unwrap();
    std::fs::write(app.join("app-0123456789abcdef_bg.wasm"), "wasm, plain").unwrap();
    std::fs::write(app.join("app-0123456789abcdef_bg.wasm.br"), "br").unwrap();
    std::fs::write(app.join("app-0123456789abcdef_bg.wasm.gz"), "gz").unwrap();
    host
}

async fn get(host: &TestHost, path: &str, headers: &[(&str, &str)]) -> Answer {
    host.client.send(Method::GET, &format!("/{path}"), headers, Bytes::new()).await
}

#[tokio::test]
async fn files_and_screens_are_served() {
    let host = host().await;
    let html = [("accept", "text/html,application/xhtml+xml")];
    for path in ["/", "/datasets/5/documents", "/datasets/file.with.dots"] {
        let answer = get(&host, path, &html).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.body[..], answer.header("cache-control")),
            (200, &b"<!doctype html>"[..], "no-cache"),
            "{path}"
        );
    }
    let boot = get(&host, "/boot.js", &[]).await;
    assert_eq!((boot.status.as_u16(), &boot.body[..], boot.header("cache-control")), (200, &b"boot"[..], "no-cache"));
    let again = get(&host, "/boot.js", &[("if-none-match", boot.header("etag"))]).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    let wasm = "/app-0123456789abcdef_bg.wasm";
    for (accepted, body, encoding) in [("gzip, deflate, br", "br", "br"), ("gzip", "gz", "gzip"), ("", "wasm, plain", "")] {
        let answer = get(&host, wasm, &[("accept-encoding", accepted)]).await;
        assert_eq!((&answer.body[..], answer.header("content-encoding")), (body.as_bytes(), encoding));
        assert_eq!(answer.header("content-type"), "application/wasm");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable, no-transform");
    }
    for path in ["/nope.js", "/..%2f..%2fetc%2fpasswd.txt", "/app-0123456789abcdef_gone.css", "/api/nope.json"] {
        assert_eq!(get(&host, path, &[("accept", "*/*")]).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn config_and_headers() {
    let host = TestHost::with(|config| config.limits.max_upload_bytes = 4321).await;
    let config = get(&host, "/config.json", &[]).await;
    let body = config.json();
    let local = json!({ "id": "local", "name": "This computer", "kind": "dify", "base": "api/local", "read_only": false, "knowledge_base": null, "embedded": true });
    assert_eq!((&body["connections"], &body["user"]), (&json!([local]), &json!({ "name": "", "sign_out": "" })));
    assert_eq!(body["limits"]["max_upload_bytes"], 4321);
    assert!(body["limits"]["extensions"].as_array().unwrap().contains(&json!("pdf")));
    let page = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";
    // Data is no page: shown as one, it has no rights at all.
    let data = "default-src 'none'; sandbox; frame-ancestors 'none'";
    for (path, begins) in [("/config.json", data), ("/", page), ("/api/local/datasets", data)] {
        let answer = get(&host, path, &[]).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with(begins), "{path}: {policy}");
        assert_eq!((answer.header("x-content-type-options"), answer.header("referrer-policy")), ("nosniff", "no-referrer"));
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
    }
    // The same API for programs, with a token that nobody needs.
    let answer = get(&host, "/v1/datasets", &[("authorization", "Bearer dataset-any")]).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["total"]), (200, &json!(0)));
    assert!(String::from_utf8_lossy(&get(&host, "/", &[("accept", "text/html")]).await.body).contains("not built"));
}
