//! Errors in words: every kind has some, and none of them is a wall, a page or the word for nothing, whatever a server sends.

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::{api::error::Answer, i18n::Locale, state::preferences::Language};

const RECORDINGS: &str = include_str!("../../../tests/fixtures/dify-wire.jsonl");

fn of(status: u16, body: &str) -> ApiError {
    let content_type = if body.starts_with('<') { "text/html" } else { "application/json" };
    let answer = Answer { status, content_type: content_type.to_owned(), body: body.to_owned(), ..Answer::default() };
    ApiError::from_answer("GET", "datasets", &answer)
}

/// What is wrong with the words of an error, if anything is.
fn fault(error: &ApiError) -> Option<String> {
    for language in [Language::English, Language::Chinese] {
        let words = error_words(Locale::of(language).messages, error);
        let said = words.said.unwrap_or_default();
        if words.cause.is_empty() || words.remedy.is_empty() {
            return Some("no words".to_owned());
        }
        let has_tag =
            said.split('<').skip(1).any(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!'));
        let has_wall =
            said.contains('\n') || said.contains("[type=") || said.contains("For further information") || said.len() > 2_000;
        if has_tag || has_wall || said.ends_with("undefined") || said.contains("You have requested this URI") {
            return Some(said);
        }
    }
    None
}

/// The recorded refusals: status and body.
fn refusals() -> Vec<(u16, Value)> {
    let response =
        |line: &str| serde_json::from_str::<Value>(line).map(|exchange| exchange["response"].clone()).unwrap_or_default();
    let refusal = |response: Value| {
        let status = u16::try_from(response["status"].as_u64()?).ok().filter(|status| *status >= 400)?;
        Some((status, response.get("json").or_else(|| response.get("text"))?.clone()))
    };
    RECORDINGS.lines().map(response).filter_map(refusal).collect()
}

fn text(body: &Value) -> String {
    body.as_str().map_or_else(|| body.to_string(), str::to_owned)
}

#[test]
fn every_error_has_words_and_a_remedy_in_every_language() {
    for status in [0, 400, 401, 403, 404, 405, 409, 413, 415, 429, 500, 502, 503] {
        let error = of(status, "{}");
        assert_eq!(fault(&error), None, "{status}");
        assert_eq!(error_words(Locale::of(Language::English).messages, &error).said, None);
    }
}

#[test]
fn every_recorded_refusal_is_a_sentence() {
    let refusals = refusals();
    assert!(refusals.len() > 100, "{}", refusals.len());
    for (status, body) in refusals {
        assert_eq!(fault(&of(status, &text(&body))), None, "{body}");
    }
}

/// Text as servers, frameworks and proxies put it where a sentence should be.
fn odd() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,40}".prop_map(Value::from),
        Just(Value::from("undefined")),
        Just(Value::from("<html><body><h1>502 Bad Gateway</h1></body></html>")),
        Just(Value::from("Failed: <b>no</b> such thing")),
        Just(Value::from(
            "1 validation error for X\nname\n  Field required [type=missing, input_value={}, input_type=dict]\n    For further information visit https://errors.example/v/missing"
        )),
        Just(Value::from("validation error\n\n[type=x]")),
        Just(Value::from("It broke.\nTraceback (most recent call last):\n  File \"x.py\", line 1")),
        "\\PC{1500,3000}".prop_map(Value::from),
        Just(serde_json::json!([{"loc": ["body"], "msg": "<script>alert(1)</script>"}])),
        Just(serde_json::json!({"message": "x"})),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn a_mutated_refusal_is_a_sentence_or_nothing(
        which in any::<prop::sample::Index>(),
        at in 0_usize..4,
        with in odd(),
        status in prop_oneof![Just(None), (400_u16..600).prop_map(Some)],
        cut in prop_oneof![Just(None), (0_usize..200).prop_map(Some)],
    ) {
        thread_local! {
            static REFUSALS: Vec<(u16, Value)> = refusals();
        }
        let (known, mut body) = REFUSALS.with(|refusals| which.get(refusals).clone());
        match &mut body {
            Value::Object(fields) => {
                let key = ["message", "code", "detail", "error"][at];
                fields.insert(key.to_owned(), with);
                if at > 1 {
                    fields.remove("message");
                }
            }
            other => *other = with,
        }
        let mut body = text(&body);
        if let Some(cut) = cut {
            body = body.chars().take(cut).collect();
        }
        let error = of(status.unwrap_or(known), &body);
        prop_assert_eq!(fault(&error), None, "{}", body);
    }
}
