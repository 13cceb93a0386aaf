//! The operations that the desk uses: what is not on these lists is forwarded to no server. Knows methods and paths, no bodies.

mod cognee;
mod dify;

use axum::http::Method;
use uuid::Uuid;

use crate::config::Server;

/// An operation of a server.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Operation {
    method: &'static str,
    /// Its path below the server's address; what is in braces stands for anything of its kind.
    pub(crate) path: &'static str,
    /// What it does.
    pub(crate) effect: Effect,
    /// Whose it is.
    pub(crate) scope: Scope,
}

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// It changes nothing, whatever its method.
    Read,
    /// It changes something.
    Change,
}

/// Whose an operation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Of the one knowledge base that its path names.
    KnowledgeBase,
    /// Of no knowledge base, but needed for working on a single one.
    Shared,
    /// Of all of them.
    Workspace,
}

/// An operation that was asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    pub(crate) operation: &'static Operation,
    /// The knowledge base in its path.
    pub(crate) knowledge_base: Option<Uuid>,
}

/// Why something is no operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// No operation has this path.
    Path,
    /// An operation has this path, but another method.
    Method,
}

impl Operation {
    const fn read(method: &'static str, path: &'static str) -> Self {
        Self { method, path, effect: Effect::Read, scope: Scope::KnowledgeBase }
    }

    const fn change(method: &'static str, path: &'static str) -> Self {
        Self { method, path, effect: Effect::Change, scope: Scope::KnowledgeBase }
    }

    const fn shared(self) -> Self {
        Self { scope: Scope::Shared, ..self }
    }

    const fn workspace(self) -> Self {
        Self { scope: Scope::Workspace, ..self }
    }

    /// Whether it hands out an original file by its address.
    pub(crate) fn is_file(&self) -> bool {
        self.path == "/files/{file_id}"
    }

    /// Whether its answer names the address of an original file.
    pub(crate) fn names_a_file(&self) -> bool {
        self.path.ends_with("/documents/{document_id}/download")
    }
}

/// Finds the operation of a server by the path below its address.
pub(crate) fn find(server: &Server, method: &Method, path: &str) -> Result<Asked, Unknown> {
    match server {
        Server::Embedded | Server::Dify(_) => among(dify::OPERATIONS, method, path),
        Server::Cognee(_) => among(cognee::OPERATIONS, method, path),
    }
}

/// Finds the operation of any server.
pub(crate) fn find_any(method: &Method, path: &str) -> Option<&'static Operation> {
    let asked = among(dify::OPERATIONS, method, path).or_else(|_| among(cognee::OPERATIONS, method, path));
    asked.ok().map(|asked| asked.operation)
}

fn among(operations: &'static [Operation], method: &Method, path: &str) -> Result<Asked, Unknown> {
    let mut unknown = Unknown::Path;
    for operation in operations {
        if let Some(knowledge_base) = matches(operation.path, path) {
            if operation.method == method.as_str() {
                return Ok(Asked { operation, knowledge_base });
            }
            unknown = Unknown::Method;
        }
    }
    Err(unknown)
}

/// Holds a path against a pattern. Nothing is decoded: an escape is in no word and in no id, so none gets through.
fn matches(pattern: &str, path: &str) -> Option<Option<Uuid>> {
    let mut knowledge_base = None;
    let mut parts = path.split('/');
    for pattern in pattern.split('/') {
        let part = parts.next()?;
        let fits = match pattern {
            "{batch}" | "{node_id}" | "{model_type}" => is_plain(part),
            "{switch}" => ["enable", "disable"].contains(&part),
            "{status}" => ["enable", "disable", "archive", "un_archive"].contains(&part),
            "{dataset_id}" => {
                knowledge_base = uuid(part);
                knowledge_base.is_some()
            }
            _ if pattern.starts_with('{') => uuid(part).is_some(),
            // Hyphens and underscores are both in use in the field.
            word => word == part || (word.contains('-') && word.replace('-', "_") == part),
        };
        if !fits {
            return None;
        }
    }
    parts.next().is_none().then_some(knowledge_base)
}

/// Ids that are no UUIDs: batches and nodes of pipelines.
fn is_plain(part: &str) -> bool {
    !part.is_empty() && part.len() <= 64 && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// A UUID in its usual form only: 36 characters with hyphens.
fn uuid(part: &str) -> Option<Uuid> {
    if part.len() == 36 { Uuid::try_parse(part).ok() } else { None }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use axum::http::Method;

    use super::{Effect, Operation, Unknown, among, cognee, dify, find_any};

    const A: &str = "5f0c8c1e-3c7b-4a56-9d5c-1b2a3c4d5e6f";

    /// A path with an id, or another value that fits, for everything in braces.
    fn example(path: &str) -> String {
        let part = |part: &str| match part {
            "{action}" | "{switch}" | "{status}" => "enable".to_owned(),
            "{model_type}" => "text-embedding".to_owned(),
            "{batch}" => "20241107123456789012".to_owned(),
            part if part.starts_with('{') => A.to_owned(),
            part => part.to_owned(),
        };
        path.split('/').map(part).collect::<Vec<_>>().join("/")
    }

    fn contract() -> Vec<(String, String)> {
        let text = include_str!("../../../../tests/fixtures/dify-openapi.json");
        let contract: serde_json::Value = serde_json::from_str(text).unwrap();
        let paths = contract["paths"].as_object().unwrap().iter();
        let is_method = |name: &&String| ["get", "post", "put", "patch", "delete"].contains(&name.as_str());
        paths
            .flat_map(|(path, methods)| {
                let methods = methods.as_object().unwrap().keys().filter(is_method);
                methods.map(|method| (method.to_uppercase(), path.clone())).collect::<Vec<_>>()
            })
            .collect()
    }

    #[test]
    fn every_operation_of_the_contract_is_known_with_its_underscored_twin() {
        let contract = contract();
        assert_eq!(contract.len(), 46);
        for (method, path) in contract {
            let method: Method = method.parse().unwrap();
            let path = example(&path);
            let asked = among(dify::OPERATIONS, &method, &path);
            assert!(asked.is_ok(), "{method} {path}");
            assert_eq!(asked.unwrap().knowledge_base.is_some(), path.contains(A), "{path}");
            let (parent, name) = path.rsplit_once('/').unwrap();
            if name.starts_with("create-by") || name.starts_with("update-by") {
                let twin = format!("{parent}/{}", name.replace('-', "_"));
                assert!(among(dify::OPERATIONS, &method, &twin).is_ok(), "{twin}");
            }
        }
    }

    #[test]
    fn what_changes_something_is_known() {
        let reads: Vec<_> = dify::OPERATIONS
            .iter()
            .chain(cognee::OPERATIONS)
            .filter(|operation| operation.effect == Effect::Read && operation.method != "GET")
            .map(|operation| (operation.method, operation.path))
            .collect();
        assert_eq!(
            reads,
            [
                ("POST", "/datasets/{dataset_id}/documents/download-zip"),
                ("POST", "/datasets/{dataset_id}/retrieve"),
                ("POST", "/datasets/{dataset_id}/hit-testing"),
                ("POST", "/api/v1/users/get-user-id"),
                ("POST", "/api/v1/search"),
            ]
        );
        let changes = |operation: &&Operation| operation.effect == Effect::Change && operation.method == "GET";
        assert_eq!(dify::OPERATIONS.iter().chain(cognee::OPERATIONS).filter(changes).count(), 0);
    }

    #[test]
    fn nothing_else_gets_through() {
        for path in [
            "/",
            "",
            "/datasets/",
            "//datasets",
            "/datasets/../datasets",
            "/datasets/%2e%2e",
            "/datasets/not-a-uuid",
            "/datasets/5f0c8c1e3c7b4a569d5c1b2a3c4d5e6f",
            "/datasets/{5f0c8c1e-3c7b-4a56-9d5c-1b2a3c4d5e6f}",
            "/datasets/5f0c8c1e-3c7b-4a56-9d5c-1b2a3c4d5e6f/",
            "/datasets/5f0c8c1e-3c7b-4a56-9d5c-1b2a3c4d5e6f/documents/a%2Fb/indexing-status",
            "/datasets/5f0c8c1e-3c7b-4a56-9d5c-1b2a3c4d5e6f/documents/status/explode",
            "/chat-messages",
            "/apps",
            "/workspaces/current",
            "/api/v1/auth/api-keys",
            "/api/v1/auth/login",
            "/api/v1/prune",
        ] {
            assert!(find_any(&Method::GET, path).is_none() && find_any(&Method::POST, path).is_none(), "{path}");
        }
        assert_eq!(among(dify::OPERATIONS, &Method::PUT, "/datasets").unwrap_err(), Unknown::Method);
        assert_eq!(among(dify::OPERATIONS, &Method::GET, "/nothing").unwrap_err(), Unknown::Path);
    }
}
