//! What a real server answered, to hold the host's answers against.

use serde_json::Value;

const RECORDINGS: &str = include_str!("../../../../tests/fixtures/dify-wire.jsonl");

/// The recorded body of the exchange with the name.
pub fn answer(name: &str) -> Value {
    let exchanges = RECORDINGS.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut found = exchanges.filter(|exchange| exchange["name"] == name);
    let exchange = found.next().unwrap_or_else(|| panic!("there is no recording {name}"));
    exchange["response"]["json"].clone()
}

/// Fails unless the answer has every field of the recorded one, with a value of the same kind where neither is null.
pub fn assert_same_shape(own: &Value, name: &str) {
    compare(own, &answer(name), name);
}

fn compare(own: &Value, recorded: &Value, place: &str) {
    match (own, recorded) {
        (Value::Null, _) | (_, Value::Null) | (Value::Bool(_), Value::Bool(_)) | (Value::Number(_), Value::Number(_)) => {}
        (Value::String(_), Value::String(_)) => {}
        (Value::Object(own), Value::Object(recorded)) => {
            for (key, value) in recorded {
                let own = own.get(key).unwrap_or_else(|| panic!("{place}.{key} is missing"));
                compare(own, value, &format!("{place}.{key}"));
            }
        }
        (Value::Array(own), Value::Array(recorded)) => {
            if let Some(first) = recorded.first() {
                own.iter().for_each(|own| compare(own, first, &format!("{place}[]")));
            }
        }
        _ => panic!("{place}: {own} instead of {recorded}"),
    }
}
