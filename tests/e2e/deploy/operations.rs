//! What gets through to the server behind nginx and Caddy: the operations of the contract and nothing else.

use std::path::Path;

use serde_json::Value;

use super::{
    BOTH,
    http::{OWN, send},
    small_app,
    upstream::Upstream,
};
use crate::support::{Folder, WebServer, WebServerSetup};

/// An operation of the contract.
struct Operation {
    method: String,
    /// With `{…}` in place of ids.
    path: String,
    is_read: bool,
}

impl Operation {
    /// A path with an id of each kind that servers give.
    fn example(&self) -> String {
        let id = |name: &str| match name {
            "batch" => "20260101120000123456",
            "action" => "enable",
            "model_type" => "text-embedding",
            _ => "7b3f2c1e-8a4d-4f6b-9c0e-1d2a3b4c5d6e",
        };
        let part = |part: &str| match part.strip_prefix('{') {
            Some(name) => id(name.trim_end_matches('}')).to_owned(),
            None => part.to_owned(),
        };
        self.path.split('/').map(part).collect::<Vec<_>>().join("/")
    }

    /// The line of it in the lists, without what nginx and Caddy write differently.
    fn line(&self) -> (String, String) {
        let part = |part: &str| if part.starts_with('{') { r"[\w-]+".to_owned() } else { part.to_owned() };
        let path = self.path.split('/').map(part).collect::<Vec<_>>().join("/");
        (format!("\"~^{} {path}$\"", self.method), if self.is_read { "read" } else { "write" }.to_owned())
    }
}

fn contract() -> Vec<Operation> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dify-openapi.json");
    let contract: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let mut operations = Vec::new();
    for (path, methods) in contract["paths"].as_object().unwrap() {
        for method in ["get", "post", "put", "patch", "delete"].into_iter().filter(|method| methods.get(method).is_some()) {
            let is_read = method == "get" || path.ends_with("/retrieve") || path.ends_with("/download-zip");
            operations.push(Operation { method: method.to_uppercase(), path: path.clone(), is_read });
        }
    }
    assert_eq!(operations.len(), 46);
    operations
}

#[test]
fn the_lists_are_those_of_the_contract() {
    let mut wanted: Vec<_> = contract().iter().map(Operation::line).collect();
    wanted.sort();
    for file in ["nginx/operations.conf", "caddy/operations.caddy"] {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy").join(file)).unwrap();
        let mut lines: Vec<_> = text
            .lines()
            .filter_map(|line| {
                let (pattern, access) = line.trim().strip_prefix('"')?.rsplit_once('"')?;
                pattern.starts_with('~').then(|| (format!("\"{pattern}\""), access.trim().trim_end_matches(';').to_owned()))
            })
            .collect();
        lines.sort();
        assert_eq!(lines, wanted, "{file}");
    }
}

/// The same of the host, which also hands out original files and knows the older name of retrieval.
#[test]
fn the_list_of_the_host_is_the_same() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/host/src/operations/dify.rs");
    let text = std::fs::read_to_string(file).unwrap();
    let mut listed = Vec::new();
    for part in text.split("Operation::").skip(1) {
        let mut quoted = part.split('"').skip(1).step_by(2);
        if let (Some(method), Some(path)) = (quoted.next(), quoted.next()) {
            let operation = Operation { method: method.to_owned(), path: path.to_owned(), is_read: part.starts_with("read(") };
            listed.push(operation.line());
        }
    }
    listed.retain(|(line, _)| !line.contains("/hit-testing") && !line.contains("/files/"));
    listed.sort();
    let mut wanted: Vec<_> = contract().iter().map(Operation::line).collect();
    wanted.sort();
    assert_eq!(listed, wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_gets_through_and_nothing_else_does() {
    let (folder, upstream) = (Folder::new(), Upstream::start().await);
    for kind in BOTH {
        let site = WebServerSetup {
            base: "/kb/",
            app: small_app(&folder),
            upstream: upstream.origin.clone(),
            ..WebServerSetup::default()
        };
        let server = WebServer::start(kind, &site).await;
        for operation in contract() {
            let path = operation.example();
            let body = if operation.method == "GET" { "" } else { "{}" };
            if path.ends_with("/pipeline/run") {
                upstream.go_on();
            }
            let target = format!("/kb/api/local{path}?page=1&limit=20&keyword=%C3%A4%2F");
            let answer = send(&server.origin, &operation.method, &target, &[OWN], body).await;
            assert_eq!(answer.status, 200, "{kind:?} {} {path}: {answer:?}", operation.method);
            let seen = upstream.take();
            let line = format!("{} /v1{path}?page=1&limit=20&keyword=%C3%A4%2F", operation.method);
            assert_eq!(seen.iter().map(|seen| seen.line.as_str()).collect::<Vec<_>>(), [line], "{kind:?}");
        }
        let id = "7b3f2c1e-8a4d-4f6b-9c0e-1d2a3b4c5d6e";
        for (method, path) in [
            ("GET", ""),
            ("GET", "/"),
            ("GET", "/datasets/"),
            ("GET", "/apps"),
            ("GET", "/workspaces/current"),
            ("POST", "/workspaces/current/models/model-types/llm"),
            ("PUT", "/datasets"),
            ("OPTIONS", "/datasets"),
            ("TRACE", "/datasets"),
            ("DELETE", "/datasets"),
            ("GET", "/datasets/../apps"),
            ("GET", "/datasets/%2e%2e/apps"),
            ("GET", "/datasets%2Ftags"),
            ("GET", &format!("/datasets/{id}%00")),
            ("GET", &format!("/datasets/{id};x=1")),
            ("POST", &format!("/datasets/{id}")),
            ("GET", &format!("/datasets/{id}/documents/{id}/segments/{id}/child_chunks/{id}")),
        ] {
            let answer = send(&server.origin, method, &format!("/kb/api/local{path}"), &[OWN], "").await;
            let what = format!("{kind:?} {method} {path}: {answer:?}");
            assert!((400..500).contains(&answer.status), "{what}");
            assert_eq!(upstream.take().len(), 0, "{what}");
        }
        let answer = send(&server.origin, "GET", "/kb/api/other/datasets", &[], "").await;
        assert_eq!((answer.status, answer.code().as_str()), (404, "not_found"), "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_connection_lets_reading_retrieval_and_zip_through() {
    let (folder, upstream) = (Folder::new(), Upstream::start().await);
    for kind in BOTH {
        let site = WebServerSetup {
            app: small_app(&folder),
            upstream: upstream.origin.clone(),
            access: "read",
            ..WebServerSetup::default()
        };
        let server = WebServer::start(kind, &site).await;
        for operation in contract() {
            let target = format!("/api/local{}", operation.example());
            let answer = send(&server.origin, &operation.method, &target, &[OWN], "").await;
            let what = format!("{kind:?} {} {target}: {answer:?}", operation.method);
            if operation.is_read {
                assert_eq!((answer.status, upstream.take().len()), (200, 1), "{what}");
            } else {
                assert_eq!((answer.status, answer.code().as_str(), upstream.take().len()), (403, "read_only", 0), "{what}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_of_one_knowledge_base_reaches_that_one_only() {
    let (folder, upstream) = (Folder::new(), Upstream::start().await);
    let own = "7b3f2c1e-8a4d-4f6b-9c0e-1d2a3b4c5d6e";
    for kind in BOTH {
        let site = WebServerSetup {
            app: small_app(&folder),
            upstream: upstream.origin.clone(),
            knowledge_base: own,
            ..WebServerSetup::default()
        };
        let server = WebServer::start(kind, &site).await;
        for operation in contract() {
            let path = operation.example();
            if path.ends_with("/pipeline/run") {
                upstream.go_on();
            }
            let is_own = path.contains(own) || path.starts_with("/workspaces/") || path == "/datasets/pipeline/file-upload";
            let answer = send(&server.origin, &operation.method, &format!("/api/local{path}"), &[OWN], "").await;
            let wanted = if is_own { (200, "", 1) } else { (403, "forbidden", 0) };
            let what = format!("{kind:?} {} {path}: {answer:?}", operation.method);
            assert_eq!((answer.status, answer.code().as_str(), upstream.take().len()), wanted, "{what}");
            // Another one, whose id begins alike.
            let other = path.replacen(own, &format!("{own}0"), 1);
            if path.contains(own) {
                let answer = send(&server.origin, &operation.method, &format!("/api/local{other}"), &[OWN], "").await;
                assert_eq!((answer.status, upstream.take().len()), (403, 0), "{kind:?} {other}: {answer:?}");
            }
        }
    }
}
