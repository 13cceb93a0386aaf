//! What a foreign page, name or form can do here: nothing.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use hyper::Method;
use hyper::body::Bytes;
use serde_json::json;
use support::TestHost;
use support::http::Answer;

async fn get(host: &TestHost, path: &str, headers: &[(&str, &str)]) -> Answer {
    host.client.send(Method::GET, &format!("/{path}"), headers, Bytes::new()).await
}

#[tokio::test]
async fn a_write_has_to_come_from_the_desk_or_from_a_program() {
    let host = TestHost::start().await;
    let own = format!("http://{}", host.client.address);
    let kind = ("content-type", "application/json");
    let mark = ("x-loredesk", "1");
    let same = ("sec-fetch-site", "same-origin");
    let mut made = 0;
    for (headers, status) in [
        // Programs.
        (vec![kind], 200),
        (vec![kind, mark], 200),
        // The desk.
        (vec![kind, mark, ("origin", own.as_str())], 200),
        (vec![kind, mark, same, ("origin", own.as_str())], 200),
        (vec![kind, mark, same, ("origin", "http://127.0.0.1:8080")], 200), // behind the development proxy
        (vec![kind, mark, ("sec-fetch-site", "none")], 200),
        // A page of ours that is not the desk, or a form.
        (vec![kind, same], 403),
        (vec![kind, ("origin", own.as_str())], 403),
        (vec![kind, ("sec-fetch-site", "none")], 403),
        (vec![kind, same, ("x-loredesk", "0")], 403),
        // Pages of others.
        (vec![kind, mark, ("origin", "http://evil.example")], 403),
        (vec![kind, mark, ("origin", "null")], 403),
        (vec![kind, mark, ("origin", "http://127.0.0.1:1")], 403),
        (vec![kind, mark, ("sec-fetch-site", "same-site"), ("origin", own.as_str())], 403),
        (vec![kind, mark, ("sec-fetch-site", "cross-site")], 403),
        // Other names.
        (vec![kind, mark, ("host", "evil.example")], 403),
        (vec![kind, mark, ("host", "127.0.0.1.evil.example:8484")], 403),
        // What a form can send.
        (vec![("content-type", "text/plain")], 415),
        (vec![("content-type", "TEXT/PLAIN; charset=utf-8")], 415),
        (vec![("content-type", "application/x-www-form-urlencoded")], 415),
        (vec![("content-type", "text/plain"), mark, same], 415),
        (vec![mark, same], 415),
    ] {
        let body = json!({ "name": format!("KB {made}") }).to_string();
        let answer = host.client.send(Method::POST, "/datasets", &headers, body.into()).await;
        assert_eq!(answer.status, status, "{headers:?}");
        match status {
            200 => made += 1,
            403 => assert_eq!(answer.refusal(), "forbidden"),
            _ => assert_eq!(answer.refusal(), "unsupported_media_type"),
        }
        assert_eq!(host.client.get("/datasets").await.json()["total"], made, "{headers:?}");
    }
}

#[tokio::test]
async fn a_method_cannot_be_smuggled_in() {
    let host = TestHost::start().await;
    let id = host.client.dataset("Pumps").await;
    let path = format!("/datasets/{id}");
    for name in ["x-http-method-override", "x-http-method", "x-method-override"] {
        for method in [Method::GET, Method::POST] {
            let headers = [(name, "DELETE"), ("content-type", "application/json")];
            host.client.send(method, &format!("{path}?_method=DELETE"), &headers, "{}".into()).await;
        }
    }
    assert_eq!(host.client.get(&path).await.status, 200);
    for method in [Method::TRACE, Method::CONNECT, Method::PUT] {
        let answer = host.client.send(method, &path, &[("sec-fetch-site", "cross-site")], Bytes::new()).await;
        assert!(answer.status.is_client_error());
    }
}

#[tokio::test]
async fn data_is_read_by_the_desk_and_by_programs() {
    let host = TestHost::start().await;
    for path in ["/config.json", "/api/local/datasets", "/v1/datasets"] {
        for site in ["cross-site", "same-site"] {
            let answer = get(&host, path, &[("sec-fetch-site", site)]).await;
            assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (403, "forbidden"), "{path}");
            let head = host.client.send(Method::HEAD, &format!("/{path}"), &[("sec-fetch-site", site)], Bytes::new()).await;
            assert_eq!(head.status, 403, "{path}");
        }
        assert_eq!(get(&host, path, &[("origin", "http://evil.example")]).await.status, 403, "{path}");
        for site in ["same-origin", "none"] {
            assert_eq!(get(&host, path, &[("sec-fetch-site", site)]).await.status, 200, "{path}");
        }
        // A preflight is answered without the word that would let a foreign script go on.
        let asks = [("origin", "http://evil.example"), ("access-control-request-method", "POST")];
        let answer = host.client.send(Method::OPTIONS, &format!("/{path}"), &asks, Bytes::new()).await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
    }
}

#[tokio::test]
async fn only_known_names_are_answered() {
    let host = TestHost::with(|config| config.hosts = vec!["kb.example.org".to_owned()]).await;
    for (name, status) in
        [("localhost:1", 200), ("kb.example.org", 200), ("KB.example.org:443", 200), ("evil.example", 403), ("", 403)]
    {
        assert_eq!(get(&host, "/config.json", &[("host", name)]).await.status, status, "{name}");
        let page = get(&host, "/", &[("host", name), ("accept", "text/html")]).await;
        assert_eq!(page.status == 403, status == 403, "{name}");
    }
}

#[tokio::test]
async fn headers_keep_pages_and_data_apart() {
    let host = TestHost::start().await;
    for path in ["/", "/icons.svg"] {
        let answer = get(&host, path, &[("accept", "text/html")]).await;
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
             font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'self'"
        );
        assert_eq!((answer.header("x-frame-options"), answer.header("referrer-policy")), ("SAMEORIGIN", "no-referrer"));
        assert!(answer.header("permissions-policy").contains("camera=()"));
    }
    for path in ["/config.json", "/api/local/datasets", "/api/local/datasets/nothing", "/v1/datasets"] {
        let answer = get(&host, path, &[]).await;
        assert_eq!(answer.header("content-security-policy"), "default-src 'none'; sandbox; frame-ancestors 'none'", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
    assert_eq!(get(&host, "/api/local/datasets", &[]).await.header("cache-control"), "no-store");
}

#[tokio::test]
async fn portals_may_frame_pages_and_read_the_script_for_it_but_no_data() {
    let portal = "https://portal.example";
    let host = TestHost::with(|config| config.portal_origins = vec![portal.to_owned()]).await;
    let app = host.folder.0.join("app");
    std::fs::create_dir_all(&app).unwrap();
    std::fs::write(app.join("index.html"), r#"<!doctype html><base href="/">"#).unwrap();
    std::fs::write(app.join("embed.js"), "export {};").unwrap();
    let page = get(&host, "/local/knowledge-bases", &[("accept", "text/html")]).await;
    let policy = page.header("content-security-policy");
    assert!(policy.ends_with("frame-ancestors 'self' https://portal.example"), "{policy}");
    // A portal that isolates itself wants both.
    assert_eq!(page.header("cross-origin-resource-policy"), "cross-origin");
    assert_eq!((page.header("cross-origin-embedder-policy"), page.header("x-frame-options")), ("require-corp", ""));
    for (origin, allowed) in [(portal, portal), ("https://evil.example", ""), ("https://portal.example.evil.example", "")] {
        let script = get(&host, "/embed.js", &[("origin", origin), ("sec-fetch-site", "cross-site")]).await;
        assert_eq!((script.status.as_u16(), script.header("access-control-allow-origin")), (200, allowed));
        let data = get(&host, "/api/local/datasets", &[("origin", origin), ("sec-fetch-site", "cross-site")]).await;
        assert_eq!((data.status.as_u16(), data.header("access-control-allow-origin")), (403, ""));
    }
}
