//! The fault layer of the browser tests: answers that are wrong, slow, cut or lost. Compiled in by the feature `faults` only.
//!
//! `POST /_faults` sets a list of rules, `DELETE /_faults` clears rules and log, `GET /_faults/log` answers the requests to the
//! API since then, with their JSON bodies. A rule: `{"method": "GET", "path_contains": "/documents", "body_contains": "id",
//! "after": 0, "times": 1, "action": …}`; all but the action may be left out. `after` lets so many matches pass first, `times` is
//! how often it acts (always, without it). A delay lets later rules act as well, of all others the first that matches does.
//! Actions: `{"status": {"status": 500, "body": "…", "content_type": "…", "headers": {"retry-after": "1"}}}`,
//! `{"delay_ms": 1000}`, `"drop"` (close without an answer), `{"truncate": {"bytes": 10}}`, `"drop_after"` (do it, then close: a
//! lost answer), `"garbage"` (200, but no JSON), `"html"` (the 502 page of a proxy), `{"stream": {"pieces": ["data: {}\n\n"],
//! "pause_ms": 300}}` (events, each after a pause; with `"is_cut": true` the connection breaks after the last),
//! `{"reset_upload": {"bytes": 65536}}` (close after so much of the request's body), `{"instead": {"status": 200, "body": "204"}}`
//! (do it, then answer this), and `{"replace": {"/data/0/status": "error"}}` (do it, then change the answer at these JSON pointers).

mod answers;

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use http_body_util::BodyExt;
use hyper::body::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use self::answers::{Given, events, replaced, truncated};

use crate::api::ApiError;

/// Largest answer that is cut, and largest list of rules.
const MOST: usize = 64 << 20;
/// Largest JSON body that is read before it is acted on.
const MOST_READ: u64 = 4 << 20;

#[derive(Clone, Debug, Deserialize)]
struct Rule {
    method: Option<String>,
    #[serde(default)]
    path_contains: String,
    #[serde(default)]
    body_contains: String,
    #[serde(default)]
    after: u64,
    times: Option<u64>,
    action: Action,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Action {
    Status(Given),
    DelayMs(u64),
    Drop,
    DropAfter,
    Truncate {
        bytes: usize,
    },
    Garbage,
    Html,
    ResetUpload {
        bytes: usize,
    },
    Stream {
        pieces: VecDeque<String>,
        #[serde(default)]
        pause_ms: u64,
        #[serde(default)]
        is_cut: bool,
    },
    Instead(Given),
    Replace(BTreeMap<String, Value>),
}

#[derive(Clone, Debug, Serialize)]
struct Seen {
    method: String,
    path: String,
    at_ms: u128,
    header_bytes: usize,
    body_bytes: u64,
    body: Value,
}

#[derive(Debug)]
struct Faults {
    rules: Vec<Rule>,
    seen: Vec<Seen>,
    since: Instant,
}

type Shared = Arc<Mutex<Faults>>;

/// Puts the fault layer around all routes.
pub(crate) fn around(router: Router) -> Router {
    let faults = Arc::new(Mutex::new(Faults { rules: Vec::new(), seen: Vec::new(), since: Instant::now() }));
    router.layer(from_fn_with_state(faults, layer))
}

async fn layer(State(faults): State<Shared>, request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/_faults") {
        return control(&faults, request).await;
    }
    let (request, body) = read_json(request).await;
    let actions = match_rules(&faults, &request, &body);
    let mut wanted = None;
    for action in actions {
        match action {
            Action::DelayMs(delay) => tokio::time::sleep(Duration::from_millis(delay)).await,
            other => wanted = Some(other),
        }
    }
    match wanted {
        None | Some(Action::DelayMs(_)) => next.run(request).await,
        Some(Action::Status(given)) => {
            drain(request).await;
            given.into_response()
        }
        Some(Action::Drop) => hang_up(),
        Some(Action::DropAfter) => {
            let _lost = next.run(request).await;
            hang_up()
        }
        Some(Action::Truncate { bytes }) => truncated(next.run(request).await, bytes).await,
        Some(Action::Garbage) => {
            drain(request).await;
            ([(CONTENT_TYPE, "application/json")], &b"{\"data\": [\xff\xfe\x00<"[..]).into_response()
        }
        Some(Action::Html) => {
            drain(request).await;
            let page = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";
            (StatusCode::BAD_GATEWAY, [(CONTENT_TYPE, "text/html")], page).into_response()
        }
        Some(Action::Stream { pieces, pause_ms, is_cut }) => {
            drain(request).await;
            events(pieces, Duration::from_millis(pause_ms), is_cut)
        }
        Some(Action::ResetUpload { bytes }) => reset(request, bytes).await,
        Some(Action::Instead(given)) => {
            let _done = next.run(request).await;
            given.into_response()
        }
        Some(Action::Replace(values)) => replaced(next.run(request).await, &values).await,
    }
}

async fn control(faults: &Shared, request: Request) -> Response {
    let is_log = request.uri().path() == "/_faults/log";
    match (request.method(), is_log) {
        (&Method::POST, false) => {
            let body = to_bytes(request.into_body(), MOST).await.unwrap_or_default();
            match serde_json::from_slice(&body) {
                Ok(rules) => {
                    lock(faults).rules = rules;
                    StatusCode::NO_CONTENT.into_response()
                }
                Err(error) => ApiError::invalid(format!("These are no rules: {error}.")).into_response(),
            }
        }
        (&Method::DELETE, false) => {
            *lock(faults) = Faults { rules: Vec::new(), seen: Vec::new(), since: Instant::now() };
            StatusCode::NO_CONTENT.into_response()
        }
        (&Method::GET, true) => Json(lock(faults).seen.clone()).into_response(),
        _ => ApiError::no_such_path().into_response(),
    }
}

/// Reads the body of a JSON request, for the log and the rules; files pass unread.
async fn read_json(request: Request) -> (Request, Bytes) {
    if !is_short_json(&request) {
        return (request, Bytes::new());
    }
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, MOST).await.unwrap_or_default();
    (Request::from_parts(parts, Body::from(body.clone())), body)
}

fn is_short_json(request: &Request) -> bool {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let length = header(CONTENT_LENGTH).parse::<u64>();
    header(CONTENT_TYPE).contains("json") && length.is_ok_and(|length| length <= MOST_READ)
}

/// Notes a request to the API, and finds what shall happen to it.
fn match_rules(faults: &Shared, request: &Request, body: &[u8]) -> Vec<Action> {
    let (path, mut faults) = (request.uri().to_string(), lock(faults));
    if path.starts_with("/api/") || path.starts_with("/v1/") {
        let headers = request.headers();
        let length = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
        let seen = Seen {
            method: request.method().to_string(),
            path: path.clone(),
            at_ms: faults.since.elapsed().as_millis(),
            header_bytes: headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum(),
            body_bytes: length.unwrap_or_default(),
            body: serde_json::from_slice(body).unwrap_or_default(),
        };
        faults.seen.push(seen);
    }
    let text = String::from_utf8_lossy(body);
    let mut actions = Vec::new();
    for rule in &mut faults.rules {
        let is_method = rule.method.as_deref().is_none_or(|method| method.eq_ignore_ascii_case(request.method().as_str()));
        let is_asked = path.contains(&rule.path_contains) && text.contains(&rule.body_contains);
        if !is_method || !is_asked || rule.times == Some(0) {
            continue;
        }
        if rule.after > 0 {
            rule.after -= 1;
            continue;
        }
        rule.times = rule.times.map(|times| times - 1);
        actions.push(rule.action.clone());
        if !matches!(rule.action, Action::DelayMs(_)) {
            break;
        }
    }
    actions
}

fn lock(faults: &Shared) -> std::sync::MutexGuard<'_, Faults> {
    faults.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Unwinds the task of the connection, which closes it; that is the only way to end one without an answer from here.
fn hang_up() -> Response {
    std::panic::resume_unwind(Box::new("the fault layer hangs up"))
}

/// Reads the request, so that the client gets the answer and not a broken connection.
async fn drain(request: Request) {
    let mut body = request.into_body();
    while let Some(Ok(_)) = body.frame().await {}
}

async fn reset(request: Request, bytes: usize) -> Response {
    let (mut body, mut read) = (request.into_body(), 0);
    while let Some(Ok(frame)) = body.frame().await {
        read += frame.data_ref().map_or(0, Bytes::len);
        if read >= bytes {
            break;
        }
    }
    hang_up()
}
