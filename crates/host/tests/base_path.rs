//! The desk under a path: files, screens, the API and the addresses that it gives out.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use hyper::Method;
use hyper::body::Bytes;
use loredesk_host::config::BasePath;
use support::http::Answer;
use support::{Client, TestHost};

const PAGE: &str = "<!doctype html><head><base href=\"/\"><script src=\"./boot.js\"></script>";

async fn host(base: &str) -> TestHost {
    let path = BasePath::parse(base).unwrap();
    let host = TestHost::with(|config| config.base = path).await;
    let app = host.folder.0.join("app");
    std::fs::create_dir_all(&app).unwrap();
    std::fs::write(app.join("index.html"), PAGE).unwrap();
    std::fs::write(app.join("index.html.br"), "packed, with the base of the build").unwrap();
    std::fs::write(app.join("index.html.gz"), "packed, with the base of the build").unwrap();
    std::fs::write(app.join("boot.js"), "boot").unwrap();
    std::fs::write(app.join("app-0123456789abcdef_bg.wasm"), "wasm").unwrap();
    std::fs::write(app.join("app-0123456789abcdef_bg.wasm.br"), "br").unwrap();
    host
}

async fn get(host: &TestHost, path: &str, headers: &[(&str, &str)]) -> Answer {
    host.client.send(Method::GET, &format!("/{path}"), headers, Bytes::new()).await
}

#[tokio::test]
async fn the_desk_is_whole_under_every_base() {
    let html = [("accept", "text/html"), ("accept-encoding", "br, gzip")];
    let mut tags = Vec::new();
    for base in ["/", "/kb/", "/a/b/"] {
        let host = host(base).await;
        let page = PAGE.replace("href=\"/\"", &format!("href=\"{base}\""));
        for path in ["", "index.html", "c/local/datasets", "c/local/file.with.dots"] {
            let answer = get(&host, &format!("{base}{path}"), &html).await;
            assert_eq!((answer.status.as_u16(), &answer.body[..]), (200, page.as_bytes()), "{base}{path}");
            assert_eq!((answer.header("content-encoding"), answer.header("cache-control")), ("", "no-cache"));
            assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
            let again = get(&host, &format!("{base}{path}"), &[html[0], ("if-none-match", answer.header("etag"))]).await;
            assert_eq!((again.status.as_u16(), again.body.len(), again.header("cache-control")), (304, 0, "no-cache"));
            tags.push(answer.header("etag").to_owned());
        }
        for path in ["index.html.br", "index.html.gz"] {
            assert_eq!(get(&host, &format!("{base}{path}"), &[]).await.status, 404, "the packed page has another base");
        }
        let boot = get(&host, &format!("{base}boot.js"), &[]).await;
        assert_eq!((&boot.body[..], boot.header("cache-control")), (&b"boot"[..], "no-cache"));
        let wasm = get(&host, &format!("{base}app-0123456789abcdef_bg.wasm"), &html).await;
        assert_eq!((&wasm.body[..], wasm.header("content-encoding")), (&b"br"[..], "br"));
        assert_eq!(wasm.header("cache-control"), "public, max-age=31536000, immutable, no-transform");
        assert_eq!(get(&host, &format!("{base}config.json"), &[]).await.json()["connections"][0]["base"], "api/local");
        assert_eq!(get(&host, &format!("{base}healthz"), &[]).await.status, 200);
        assert_eq!(get(&host, "/healthz", &[]).await.status, 200, "a probe need not know the base");

        let client = Client { base: format!("{}/api/local", base.trim_end_matches('/')), ..host.client.clone() };
        let id = client.dataset("KB").await;
        let document = client.text(&id, "t", "one").await;
        let url = client.get(&format!("/datasets/{id}/documents/{document}/download")).await.json()["url"].clone();
        assert!(url.as_str().unwrap().starts_with(&format!("{base}api/local/files/")), "{url}");
        assert_eq!(&get(&host, url.as_str().unwrap(), &[]).await.body[..], b"one", "addresses that it gives out lead back");
        assert_eq!(get(&host, &format!("{base}v1/datasets"), &[]).await.json()["total"], 1);
        assert_eq!(get(&host, &format!("{base}api/none/datasets"), &html).await.status, 404, "no screen of the app");
    }
    tags.dedup();
    assert_eq!(tags.len(), 3, "another base is another page: {tags:?}");
}

#[tokio::test]
async fn there_is_nothing_outside_the_base() {
    let host = host("/kb/").await;
    let answer = get(&host, "/kb?x=1", &[]).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (307, "/kb/?x=1"));
    for path in ["/", "/boot.js", "/config.json", "/api/local/datasets", "/v1/datasets", "/kbx/", "/kb2", "//kb/"] {
        let answer = get(&host, path, &[("accept", "text/html")]).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (404, "not_found"), "{path}");
    }
    assert_eq!(host.client.send(Method::POST, "//kb", &[], Bytes::new()).await.status, 404, "only reading is led on");
    std::fs::write(host.folder.0.join("app/index.html"), "<!doctype html>").unwrap();
    let answer = get(&host, "/kb/", &[("accept", "text/html")]).await;
    assert_eq!((answer.status.as_u16(), answer.message().contains("<base href=\"/\">")), (500, true));
}
