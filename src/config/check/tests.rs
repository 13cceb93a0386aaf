//! Every mistake is found, named with its place, and all of them at once.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use proptest::prelude::*;

use super::*;

const ONE: &str = r#"{"connections":[{"id":"local","name":"This computer","kind":"dify","base":"api/local"}]}"#;

fn mistakes(text: &str) -> Vec<(String, MistakeKind)> {
    match Config::parse(text) {
        Err(Broken::Mistakes(mistakes)) => mistakes.into_iter().map(|mistake| (mistake.place, mistake.kind)).collect(),
        other => panic!("{text}: {other:?}"),
    }
}

/// The mistakes of the smallest configuration with more beside its connections.
fn beside(more: &str) -> Vec<(String, MistakeKind)> {
    mistakes(&ONE.replace("]}", &format!("],{more}}}")))
}

fn one(place: &str, kind: MistakeKind) -> Vec<(String, MistakeKind)> {
    vec![(place.to_owned(), kind)]
}

#[test]
fn reads_connections_and_fills_in_defaults() {
    let config = Config::parse(ONE).unwrap();
    assert_eq!(config.connections[0].kind, ConnectionKind::Dify);
    assert_eq!(config.limits.max_upload_bytes, 15 * 1024 * 1024);
    assert!(config.connection("local").is_some());
    assert!(config.connection("other").is_none());
    assert!(
        !config.connections[0].read_only && !config.connections[0].embedded && config.connections[0].knowledge_base.is_none()
    );
    assert!(!config.embed && config.user.name.is_empty());
}

#[test]
fn reads_everything_that_there_is() {
    let text = r#"{
        "connections": [{"id": "a", "name": "A", "base": "/api/a/", "read_only": true, "embedded": true, "knowledge_base": "9b41e05d-636d-4164-aae5-4cba46ec80c5"},
                        {"id": "b", "name": "B", "kind": "cognee", "base": "api/b", "knowledge_base": null}],
        "limits": {"max_upload_bytes": 99, "extensions": ["md"]},
        "languages": ["zh"], "portal_origins": ["https://portal.example", "http://127.0.0.1:8080", "http://[::1]:9"],
        "embed": true, "server": {"name": "loredesk", "version": "1", "more": 1}, "user": {"name": "Wei", "sign_out": "sign-out"}
    }"#;
    let config = Config::parse(text).unwrap();
    assert!(config.connections[0].read_only && config.connections[0].embedded && config.embed);
    assert_eq!((config.limits.max_upload_bytes, config.limits.extensions), (99, vec!["md".to_owned()]));
    assert_eq!((config.languages, config.portal_origins.len()), (vec!["zh".to_owned()], 3));
    assert_eq!((config.user.name.as_str(), config.user.sign_out.as_str()), ("Wei", "sign-out"));
}

#[test]
fn what_is_no_json_is_told_apart() {
    assert_eq!(Config::parse(" <!doctype html><title>Loredesk</title>"), Err(Broken::Html));
    let broken = Config::parse("{\n  \"connections\": [,]\n}");
    let said = "expected value".to_owned();
    assert_eq!(broken, Err(Broken::NotJson { line: 2, column: 19, said }));
    assert!(matches!(Config::parse(""), Err(Broken::NotJson { .. })));
}

#[test]
fn every_mistake_is_told_at_once() {
    let found = mistakes(
        r#"{"connections": [{"id": "a/b", "name": "", "base": "https://dify.example/v1", "read_onyl": true},
            {"id": "x", "name": "X", "kind": "ragflow", "base": "api/x"}, {"id": "x", "name": 7, "base": "../x"}, 5],
            "limit": {}, "portal_origins": "https://portal.example"}"#,
    );
    let places: Vec<&str> = found.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(
        places,
        [
            "limit",
            "connections[0].read_onyl",
            "connections[0].id",
            "connections[0].base",
            "connections[0].name",
            "connections[1].kind",
            "connections[2].id",
            "connections[2].base",
            "connections[2].name",
            "connections[3]",
            "portal_origins",
        ]
    );
    assert_eq!(found[0].1, MistakeKind::UnknownKey(TOP));
    assert_eq!(found[8].1, MistakeKind::WrongType(Expected::Text));
}

#[test]
fn connections_are_needed() {
    assert_eq!(mistakes("{}"), one("connections", MistakeKind::NoConnections));
    assert_eq!(mistakes(r#"{"connections":[]}"#), one("connections", MistakeKind::NoConnections));
    assert_eq!(mistakes(r#"{"connections":{}}"#), one("connections", MistakeKind::WrongType(Expected::List)));
    assert_eq!(mistakes(r#"{"connections":[null]}"#), one("connections[0]", MistakeKind::WrongType(Expected::Object)));
    assert_eq!(mistakes("[]")[0], (String::new(), MistakeKind::WrongType(Expected::Object)));
}

#[test]
fn a_base_stays_under_the_desk() {
    for base in
        ["https://dify.example/v1", "//dify.example/v1", "\\\\\\\\dify.example", "javascript:x", "../v1", "api/x?y", "api/x#y"]
    {
        assert_eq!(mistakes(&ONE.replace("api/local", base)), one("connections[0].base", MistakeKind::LeavesOrigin), "{base}");
    }
    assert_eq!(beside(r#""user":{"sign_out":"//elsewhere.example"}"#), one("user.sign_out", MistakeKind::LeavesOrigin));
}

#[test]
fn an_origin_is_scheme_host_and_port() {
    for (origin, right) in [
        ("https://portal.example/", "https://portal.example"),
        ("https://portal.example/kb?x", "https://portal.example"),
        ("https://Portal.example:443", "https://portal.example"),
        ("http://portal.example:80", "http://portal.example"),
    ] {
        let kind = MistakeKind::MoreThanOrigin(right.to_owned());
        assert_eq!(beside(&format!(r#""portal_origins":["{origin}"]"#)), one("portal_origins[0]", kind));
    }
    for origin in ["https://*.example", "*"] {
        assert_eq!(origin_mistake(origin), Some(MistakeKind::WildcardOrigin));
    }
    for origin in ["portal.example", "ftp://portal.example", "https://", "https://a b", "https://user@portal.example", "null", ""]
    {
        assert_eq!(origin_mistake(origin), Some(MistakeKind::NotOrigin), "{origin}");
    }
}

#[test]
fn smaller_things_are_checked_too() {
    assert_eq!(beside(r#""languages":["en","fr"]"#), one("languages[1]", MistakeKind::UnknownLanguage(LANGUAGES)));
    assert_eq!(beside(r#""limits":{"max_upload_bytes":0}"#), one("limits.max_upload_bytes", MistakeKind::NotPositive));
    let number = MistakeKind::WrongType(Expected::Number);
    assert_eq!(beside(r#""limits":{"max_upload_bytes":"15 MB"}"#), one("limits.max_upload_bytes", number));
    let extension = MistakeKind::BadExtension("pdf".to_owned());
    assert_eq!(beside(r#""limits":{"extensions":[".PDF"]}"#), one("limits.extensions[0]", extension));
    assert_eq!(beside(r#""embed":"yes""#), one("embed", MistakeKind::WrongType(Expected::Truth)));
    let uuid = ONE.replace("\"kind\":\"dify\"", "\"knowledge_base\":\"pumps\"");
    assert_eq!(mistakes(&uuid), one("connections[0].knowledge_base", MistakeKind::NotUuid));
}

proptest! {
    #[test]
    fn no_text_stops_the_reader(at in 0..ONE.len(), what in "\\PC{0,3}") {
        let (before, after) = ONE.split_at(at);
        let _ = Config::parse(&format!("{before}{what}{after}"));
        let _ = Config::parse(&format!("{before}{what}"));
    }
}
