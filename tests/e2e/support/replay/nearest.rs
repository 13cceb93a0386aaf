//! What the recordings lack, from what they have: each function says which.

use serde_json::Value;

use super::{Asked, Tape, pairs};

/// A list of documents as it was recorded, with the switches, states and values that the details of its documents have by now, and
/// the end of those whose batch was followed to its end: lists were recorded more rarely than details.
pub fn documents(tape: &Tape, asked: &Asked, at: usize) -> Option<Value> {
    if !asked.path.ends_with("/documents") {
        return metadata(tape, asked, at);
    }
    let mut list = tape.exchanges[at]["response"]["json"].clone();
    for document in list["data"].as_array_mut()? {
        let path = format!("{}/{}", asked.path, document["id"].as_str().unwrap_or_default());
        if let Some(detail) = latest(tape, &path) {
            for field in ["enabled", "archived", "display_status", "indexing_status", "doc_metadata"] {
                if let Some(value) = detail.get(field).filter(|_| at < place_of(tape, &path)) {
                    document[field] = value.clone();
                }
            }
        }
        let followed = tape.followed.lock().unwrap();
        let states = followed.values().map(|at| &tape.exchanges[*at]["response"]["json"]["data"][0]);
        let is_done = |state: &Value| state["id"] == document["id"] && state["indexing_status"] == "completed";
        if document["indexing_status"] != "completed" && states.into_iter().any(is_done) {
            document["indexing_status"] = "completed".into();
            document["display_status"] = "available".into();
        }
    }
    Some(list)
}

/// The values of a document: a later recording of its whole detail has them too.
fn metadata(tape: &Tape, asked: &Asked, at: usize) -> Option<Value> {
    let is_only = asked.query.iter().any(|(name, value)| name == "metadata" && value == "only");
    (is_only && place_of(tape, &asked.path) > at).then(|| latest(tape, &asked.path).cloned()).flatten()
}

/// The place of the latest whole detail of a document until now; 0 where there is none.
fn place_of(tape: &Tape, path: &str) -> usize {
    let now = *tape.now.lock().unwrap();
    let is_it = |at: &usize| {
        let exchange = &tape.exchanges[*at];
        let request = &exchange["request"];
        request["method"] == "GET"
            && request["path"] == path
            && pairs(&request["query"]).is_empty()
            && exchange["response"]["status"] == 200
    };
    (0..=now).rev().find(is_it).unwrap_or_default()
}

fn latest<'a>(tape: &'a Tape, path: &str) -> Option<&'a Value> {
    Some(place_of(tape, path)).filter(|at| *at > 0).map(|at| &tape.exchanges[at]["response"]["json"])
}

/// A search of chunks that nobody recorded: the whole list, without what does not hold the words.
pub fn search(tape: &Tape, asked: &Asked) -> Option<(usize, Value)> {
    let (_, words) = asked.query.iter().find(|(name, _)| name == "keyword")?;
    if !asked.path.ends_with("/segments") {
        return None;
    }
    let without = |query: &[(String, String)]| query.iter().filter(|(name, _)| name != "keyword").cloned().collect::<Vec<_>>();
    let whole = Asked { query: without(&asked.query), body: Value::Null, file: None, ..asked.clone() };
    let now = *tape.now.lock().unwrap();
    let fits = |at: &usize| whole.is(&tape.exchanges[*at]["request"], &tape.exchanges[*at]["response"]);
    let at = (0..=now).rev().find(fits)?;
    let mut list = tape.exchanges[at]["response"]["json"].clone();
    let words = words.to_lowercase();
    let found = list["data"].as_array_mut()?;
    found.retain(|chunk| chunk["content"].as_str().is_some_and(|content| content.to_lowercase().contains(&words)));
    let count = found.len();
    list["total"] = count.into();
    Some((at, list))
}

/// The state of a batch: each time the recording after the last one, up to its end. One that was not followed when it was recorded
/// goes the way of the first that was, with its own document.
pub fn batch(tape: &Tape, asked: &Asked, batch: &str) -> Option<(usize, Option<Value>)> {
    let is_state = |at: &usize, path: &str| {
        let exchange = &tape.exchanges[*at];
        exchange["request"]["path"] == path && exchange["request"]["method"] == "GET" && exchange["response"]["status"] == 200
    };
    let all = 0..tape.exchanges.len();
    let own: Vec<usize> = all.clone().filter(|at| is_state(at, &asked.path)).collect();
    let other = || {
        let first = &tape.exchanges[tape.place("documents.indexing_status.waiting")]["request"]["path"];
        let first = first.as_str().unwrap_or_default();
        all.clone().filter(|at| is_state(at, first)).collect()
    };
    let is_own = !own.is_empty();
    let states: Vec<usize> = if is_own { own } else { other() };
    let mut followed = tape.followed.lock().unwrap();
    let last = followed.get(batch).copied();
    let at = states.iter().copied().find(|at| last.is_none_or(|last| *at > last)).or(states.last().copied())?;
    followed.insert(batch.to_owned(), at);
    if is_own {
        return Some((at, None));
    }
    let accepted = tape.exchanges.iter().find(|exchange| exchange["response"]["json"]["batch"] == batch)?;
    let mut state = tape.exchanges[at]["response"]["json"].clone();
    state["data"][0]["id"] = accepted["response"]["json"]["document"]["id"].clone();
    Some((at, Some(state)))
}
