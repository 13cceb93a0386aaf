//! Every recorded exchange with a real server decodes into the wire types, and mutated ones never panic.
//!
//! The recordings are of Dify 1.12.1, one JSON object a line: `name`, `request`, `response`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use loredesk_wire as wire;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::Value;

const RECORDINGS: &str = include_str!("../../../tests/fixtures/dify-wire.jsonl");

#[derive(Deserialize)]
struct Exchange {
    name: String,
    request: Request,
    response: Response,
}

#[derive(Deserialize)]
struct Request {
    method: String,
    path: String,
}

#[derive(Deserialize)]
struct Response {
    status: u16,
    json: Option<Value>,
}

fn exchanges() -> Vec<Exchange> {
    RECORDINGS.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

type Decode = fn(&Value) -> Result<(), wire::Mismatch>;

fn into<T: wire::FromJson>(value: &Value) -> Result<(), wire::Mismatch> {
    // Through text, as the app reads it.
    wire::decode::<T>(&value.to_string()).map(drop)
}

/// The operation of a request and how its success decodes; nothing for what the desk does not ask for yet.
fn operation(method: &str, path: &str) -> Option<(&'static str, Decode)> {
    let path = path.strip_prefix("/v1/")?;
    let parts: Vec<&str> = path.split('/').collect();
    Some(match (method, parts.as_slice()) {
        ("GET", ["datasets"]) => ("list knowledge bases", into::<wire::Page<wire::Dataset>>),
        ("POST", ["datasets"]) => ("create knowledge base", into::<wire::Dataset>),
        ("GET", ["datasets", id]) if *id != "tags" => ("get knowledge base", into::<wire::Dataset>),
        ("PATCH", ["datasets", id]) if *id != "tags" => ("update knowledge base", into::<wire::Dataset>),
        ("POST", ["datasets", _, "document", create]) if create.starts_with("create") => {
            ("create document", into::<wire::DocumentAccepted>)
        }
        ("POST", ["datasets", _, "documents", _, update]) if update.starts_with("update") => {
            ("update document", into::<wire::DocumentAccepted>)
        }
        ("GET", ["datasets", _, "documents"]) => ("list documents", into::<wire::Page<wire::Document>>),
        ("GET", ["datasets", _, "documents", _, "indexing-status"]) => ("indexing status", into::<wire::BatchStatusList>),
        ("GET", ["datasets", _, "documents", _]) => ("get document", into::<wire::DocumentDetail>),
        ("GET", ["datasets", _, "documents", _, "segments"]) => ("list chunks", into::<wire::SegmentsAnswer>),
        ("POST", ["datasets", _, "documents", _, "segments"]) => ("create chunks", into::<wire::SegmentsAnswer>),
        ("GET", ["datasets", _, "documents", _, "segments", _]) => ("get chunk", into::<wire::SegmentAnswer>),
        ("POST", ["datasets", _, "documents", _, "segments", _]) => ("update chunk", into::<wire::SegmentAnswer>),
        ("GET", ["datasets", _, "documents", _, "segments", _, "child_chunks"]) => {
            ("list child chunks", into::<wire::ChildChunkPage>)
        }
        ("POST", ["datasets", _, "documents", _, "segments", _, "child_chunks"]) => {
            ("create child chunk", into::<wire::ChildChunkAnswer>)
        }
        ("PATCH", ["datasets", _, "documents", _, "segments", _, "child_chunks", _]) => {
            ("update child chunk", into::<wire::ChildChunkAnswer>)
        }
        ("POST", ["datasets", _, "retrieve" | "hit-testing"]) => ("retrieve", into::<wire::RetrieveAnswer>),
        _ => return None,
    })
}

#[test]
fn every_recorded_success_decodes() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for exchange in exchanges() {
        let Some((name, decode)) = operation(&exchange.request.method, &exchange.request.path) else { continue };
        let (200..300, Some(json)) = (exchange.response.status, &exchange.response.json) else { continue };
        if let Err(error) = decode(json) {
            panic!("{} ({name}): {error}\n{json}", exchange.name);
        }
        *seen.entry(name).or_default() += 1;
    }
    // An operation that no recording reaches would pass unseen.
    assert_eq!(seen.len(), 17, "{seen:?}");
}

#[test]
fn every_recorded_refusal_decodes() {
    let mut seen = 0;
    for exchange in exchanges() {
        let (400.., Some(json)) = (exchange.response.status, &exchange.response.json) else { continue };
        let body: wire::ErrorBody = wire::decode(&json.to_string()).unwrap_or_else(|error| panic!("{}: {error}", exchange.name));
        assert!(!body.code.is_empty() || !body.message.is_empty(), "{}", exchange.name);
        seen += 1;
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn odd_values_are_kept_or_passed_over() {
    let document: wire::Document = wire::decode(
        r#"{"id":"a","created_at":"1795309338.5","tokens":null,"word_count":"12","indexing_status":"summarising","display_status":null,"doc_metadata":null,"hit_count":-1,"news":[1,{}]}"#,
    )
    .unwrap();
    assert_eq!(document.created_at, Some(1_795_309_338));
    assert_eq!((document.tokens, document.word_count, document.hit_count), (None, Some(12), 0));
    assert_eq!(document.indexing_status.as_str(), "summarising");
    assert!(!document.display_status.is_known());
    assert!(document.doc_metadata.is_empty());
    let page: wire::Page<wire::Dataset> = wire::decode(r#"{"data":null,"total":{"odd":[1]},"has_more":null}"#).unwrap();
    assert!(page.data.is_empty());
}

/// Replaces the `at`-th value of a tree by `with`.
fn replace(value: &mut Value, at: &mut usize, with: &Value) -> bool {
    if *at == 0 {
        *value = with.clone();
        return true;
    }
    *at -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| replace(item, at, with)),
        Value::Object(fields) => fields.values_mut().any(|field| replace(field, at, with)),
        _ => false,
    }
}

fn odd() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        "\\PC{0,20}".prop_map(Value::from),
        Just(serde_json::json!([])),
        Just(serde_json::json!({"a": [1, null]})),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn a_mutated_recording_decodes_or_is_refused(which in any::<prop::sample::Index>(), at in 0_usize..400, with in odd()) {
        thread_local! {
            static DECODABLE: Vec<(Decode, Value)> = exchanges()
                .into_iter()
                .filter_map(|exchange| Some((operation(&exchange.request.method, &exchange.request.path)?.1, exchange.response.json?)))
                .collect();
        }
        DECODABLE.with(|decodable| {
            let (decode, json) = which.get(decodable);
            let mut mutated = json.clone();
            let mut at = at;
            replace(&mut mutated, &mut at, &with);
            // Either is fine; what must not happen is a panic.
            let _ = decode(&mutated);
        });
    }
}
