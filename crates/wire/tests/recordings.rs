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
    json: Option<Value>,
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
        ("GET", ["datasets", "tags"]) => ("list tags", into::<Vec<wire::TagWithCount>>),
        ("POST", ["datasets", "tags"]) => ("create tag", into::<wire::TagWithCount>),
        ("PATCH", ["datasets", "tags"]) => ("rename tag", into::<wire::TagWithCount>),
        ("GET", ["datasets", _, "tags"]) => ("tags of a knowledge base", into::<wire::DatasetTags>),
        ("GET", ["workspaces", "current", "models", "model-types", _]) => ("list models", into::<wire::ModelProviders>),
        ("GET", ["datasets", _, "metadata"]) => ("list metadata fields", into::<wire::MetadataFieldList>),
        ("POST", ["datasets", _, "metadata"]) => ("create metadata field", into::<wire::MetadataField>),
        ("PATCH", ["datasets", _, "metadata", _]) => ("rename metadata field", into::<wire::MetadataField>),
        ("GET", ["datasets", _, "metadata", "built-in"]) => ("list built-in fields", into::<wire::BuiltInFields>),
        ("POST", ["datasets", _, "metadata", "built-in", _]) => ("switch built-in fields", into::<wire::ResultAnswer>),
        ("POST", ["datasets", _, "documents", "metadata"]) => ("update metadata values", into::<wire::ResultAnswer>),
        ("PATCH", ["datasets", _, "documents", "status", _]) => ("change status of documents", into::<wire::ResultAnswer>),
        ("GET", ["datasets"]) => ("list knowledge bases", into::<wire::Page<wire::Dataset>>),
        ("POST", ["datasets"]) => ("create knowledge base", into::<wire::Dataset>),
        ("GET", ["datasets", _]) => ("get knowledge base", into::<wire::Dataset>),
        ("PATCH", ["datasets", _]) => ("update knowledge base", into::<wire::Dataset>),
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
    assert_eq!(seen.len(), 29, "{seen:?}");
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

/// What a request's body reads as and is written back as.
fn rewritten<T: serde::de::DeserializeOwned + serde::Serialize>(body: &Value) -> serde_json::Result<Value> {
    serde_json::to_value(serde_json::from_value::<T>(body.clone())?)
}

#[test]
fn every_recorded_request_that_succeeded_is_written_back_as_it_was_sent() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for exchange in exchanges() {
        let Some(body) = exchange.request.json.filter(|_| (200..300).contains(&exchange.response.status)) else { continue };
        let Some(path) = exchange.request.path.strip_prefix("/v1/datasets") else { continue };
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let (name, again) = match (exchange.request.method.as_str(), parts.as_slice()) {
            ("POST", []) => ("create knowledge base", rewritten::<wire::CreateDataset>(&body)),
            ("PATCH", ["tags"]) => ("rename tag", rewritten::<wire::RenameTag>(&body)),
            ("POST", ["tags"]) => ("create tag", rewritten::<wire::CreateTag>(&body)),
            ("DELETE", ["tags"]) => ("delete tag", rewritten::<wire::DeleteTag>(&body)),
            ("POST", ["tags", "binding"]) => ("bind tags", rewritten::<wire::BindTags>(&body)),
            ("POST", ["tags", "unbinding"]) => ("unbind tags", rewritten::<wire::UnbindTags>(&body)),
            ("PATCH", [_]) => ("update knowledge base", rewritten::<wire::UpdateDataset>(&body)),
            ("POST", [_, "metadata"]) => ("create metadata field", rewritten::<wire::CreateMetadataField>(&body)),
            ("PATCH", [_, "metadata", _]) => ("rename metadata field", rewritten::<wire::RenameMetadataField>(&body)),
            ("POST", [_, "documents", "metadata"]) => ("update values", rewritten::<wire::UpdateDocumentsMetadata>(&body)),
            ("PATCH", [_, "documents", "status", _]) if body != serde_json::json!({}) => {
                ("change status", rewritten::<wire::ChangedDocuments>(&body))
            }
            _ => continue,
        };
        let again = again.unwrap_or_else(|error| panic!("{} ({name}): {error}", exchange.name));
        let lost = lost(&body, &again, "");
        assert!(lost.is_empty() || exchange.name == "datasets.create.extra_fields_ignored", "{}: {lost:?}", exchange.name);
        *seen.entry(name).or_default() += 1;
    }
    assert_eq!(seen.len(), 11, "{seen:?}");
}

/// Values that are not written back; a null that is left out means the same.
fn lost(sent: &Value, again: &Value, place: &str) -> Vec<String> {
    match (sent, again) {
        (Value::Object(sent), Value::Object(again)) => {
            let of =
                |(key, value): (&String, &Value)| lost(value, again.get(key).unwrap_or(&Value::Null), &format!("{place}.{key}"));
            sent.iter().flat_map(of).collect()
        }
        (Value::Array(sent), Value::Array(again)) if sent.len() == again.len() => {
            sent.iter().zip(again).flat_map(|(sent, again)| lost(sent, again, &format!("{place}[]"))).collect()
        }
        _ if sent == again => Vec::new(),
        _ => vec![place.to_owned()],
    }
}

#[test]
fn a_tag_counts_its_knowledge_bases_in_every_spelling() {
    let count = |text: &str| {
        let tag: wire::TagWithCount =
            wire::decode(&format!(r#"{{"id":"a","name":"b","type":"knowledge","binding_count":{text}}}"#)).unwrap();
        tag.binding_count
    };
    assert_eq!((count("\"3\""), count("3"), count("null"), count("\"\"")), (Some(3), Some(3), None, None));
    let tag = wire::TagWithCount { id: "a".to_owned(), binding_count: Some(3), ..wire::TagWithCount::default() };
    assert_eq!(serde_json::to_value(tag).unwrap()["binding_count"], "3");
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
            // Either is fine; what must not happen is a panic, or a refusal without a word.
            if let Err(error) = decode(&mutated) {
                let words = error.to_string();
                assert!(!words.is_empty() && !words.contains('\n'), "{words}");
            }
        });
    }

    #[test]
    fn an_answer_that_breaks_off_is_refused_with_its_place(which in any::<prop::sample::Index>(), part in 0.0_f64..1.0) {
        thread_local! {
            static TEXTS: Vec<String> =
                exchanges().into_iter().filter_map(|exchange| Some(exchange.response.json?.to_string())).filter(|text| text.len() > 4).collect();
        }
        TEXTS.with(|texts| {
            let text = which.get(texts);
            let count = text.chars().count();
            #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a part of a text")]
            let cut: String = text.chars().take(((count - 1) as f64 * part) as usize).collect();
            for refused in [
                wire::decode::<wire::Page<wire::Document>>(&cut).map(drop),
                wire::decode::<wire::SegmentsAnswer>(&cut).map(drop),
                wire::decode::<wire::Dataset>(&cut).map(drop),
            ] {
                let words = refused.map_err(|error| error.to_string());
                assert!(words.as_ref().is_err_and(|words| !words.is_empty()), "{cut}: {words:?}");
            }
        });
    }
}
