//! Signing in and out: the form, its check, and the session's cookie.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue, LOCATION, RETRY_AFTER, SET_COOKIE};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::page::{self, Form, Problem};
use super::{Gate, addresses, passwords};
use crate::api::ApiError;

/// Longest form, in bytes: a name, a password and an address, each byte as three.
const LONGEST_FORM: usize = 16 << 10;

/// The address that says "come back to the tab you came from".
const BACK_TO_TAB: &str = "tab";

pub(super) fn router<S: Clone + Send + Sync + 'static>(gate: &Arc<Gate>) -> Router<S> {
    Router::new()
        .route("/login", get(show).post(sign_in))
        .route("/login.css", get(page::style))
        .route("/logout", post(sign_out))
        .with_state(Arc::clone(gate))
}

/// The login page's address, which leads to `wanted` afterwards.
pub(super) fn address(base: &str, wanted: &str) -> String {
    let next: String = form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
    format!("{base}login?next={next}")
}

async fn show(State(gate): State<Arc<Gate>>, request: Request) -> Response {
    let next = next(&gate, request.uri().query().unwrap_or_default().as_bytes());
    let (base, headers) = (&gate.settings.base, request.headers());
    match gate.user(&request) {
        Some((user, _)) if next == BACK_TO_TAB => page::signed_in(base, headers, &user.0),
        Some(_) => see_other(&next),
        None if !gate.settings.has_login() => see_other(base),
        None if gate.passwords.is_none() => page::not_named(base, headers),
        None => page::form(base, headers, &Form { next: &next, name: "", problem: None }),
    }
}

async fn sign_in(State(gate): State<Arc<Gate>>, request: Request) -> Response {
    if gate.passwords.is_none() {
        return ApiError::no_such_path().into_response();
    }
    let (peer, headers) = (addresses::peer(&request), request.headers().clone());
    let is_form = headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    let body = to_bytes(request.into_body(), LONGEST_FORM).await.ok().filter(|_| is_form);
    let Some(body) = body else { return ApiError::invalid("This is no login form.").into_response() };
    let field = |wanted: &str| {
        let found = form_urlencoded::parse(&body).find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    let (name, password) = (field("name").trim().to_owned(), field("password"));
    let next = next(&gate, &body);
    let again = |status: StatusCode, problem| {
        let form = Form { next: &next, name: &name, problem: Some(problem) };
        (status, page::form(&gate.settings.base, &headers, &form)).into_response()
    };
    let client = addresses::client(&gate.settings, peer, &headers);
    if let Err(wait) = gate.attempts.begin(&name, client, Instant::now()) {
        let seconds = wait.as_secs() + 1;
        let mut response = again(StatusCode::TOO_MANY_REQUESTS, Problem::Wait(seconds));
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
        return response;
    }
    let hash = if password.len() > passwords::LONGEST || name.chars().count() > passwords::LONGEST_NAME {
        None
    } else {
        check(&gate, &name, password).await
    };
    let Some(hash) = hash else {
        // The name stays out of the log: people type passwords into the wrong field.
        tracing::warn!(address = client.map(tracing::field::display), "a sign-in was refused");
        return again(StatusCode::UNAUTHORIZED, Problem::Wrong);
    };
    gate.attempts.succeeded(&name, client);
    // The browser's former session, which somebody else may know, does not become this person's.
    if let Some(former) = gate.session_id(peer, &headers) {
        gate.sessions.end(former);
    }
    let Ok(id) = gate.sessions.begin(&name, &hash, SystemTime::now()) else {
        return ApiError::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "The system gives no random bytes.")
            .into_response();
    };
    tracing::info!(user = name, address = client.map(tracing::field::display), "signed in");
    let is_tls = addresses::is_tls(&gate.settings, peer, &headers);
    let target = if next == BACK_TO_TAB { address(&gate.settings.base, BACK_TO_TAB) } else { next.clone() };
    with_cookie(see_other(&target), &gate.cookie(is_tls, &id, gate.sessions.longest()))
}

/// Checks a password away from the threads that answer, a few at a time.
async fn check(gate: &Arc<Gate>, name: &str, password: String) -> Option<String> {
    let _turn = gate.checks.acquire().await.ok()?;
    let (gate, name) = (Arc::clone(gate), name.to_owned());
    let checked = tokio::task::spawn_blocking(move || gate.passwords.as_ref()?.check(&name, &password));
    checked.await.ok().flatten()
}

async fn sign_out(State(gate): State<Arc<Gate>>, request: Request) -> Response {
    let (peer, headers) = (addresses::peer(&request), request.headers());
    if let Some(id) = gate.session_id(peer, headers) {
        gate.sessions.end(id);
    }
    let is_tls = addresses::is_tls(&gate.settings, peer, headers);
    with_cookie(StatusCode::NO_CONTENT.into_response(), &gate.cookie(is_tls, "", Duration::ZERO))
}

impl Gate {
    fn cookie(&self, is_tls: bool, id: &str, life: Duration) -> String {
        let (name, base) = (self.cookie_name(is_tls), &self.settings.base);
        let secure = if is_tls { "; Secure" } else { "" };
        format!("{name}={id}; Path={base}; Max-Age={}; HttpOnly; SameSite=Strict{secure}", life.as_secs())
    }
}

fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().insert(SET_COOKIE, value);
    }
    response
}

fn see_other(target: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, target.to_owned())]).into_response()
}

/// Where to go afterwards, of a query or a form.
fn next(gate: &Gate, pairs: &[u8]) -> String {
    let wanted = form_urlencoded::parse(pairs).find(|(name, _)| name == "next");
    let wanted = wanted.map(|(_, value)| value.into_owned()).unwrap_or_default();
    if wanted == BACK_TO_TAB || is_own(&gate.settings.base, &wanted) { wanted } else { gate.settings.base.clone() }
}

/// Whether an address is a path of the desk and of nobody else: browsers read `//host`, `/\host` and paths with tabs or line ends
/// in them as addresses of other sites.
fn is_own(base: &str, wanted: &str) -> bool {
    wanted.starts_with(base)
        && !wanted.starts_with("//")
        && wanted.len() <= 4096
        && wanted.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        && !wanted.split(['?', '#']).next().unwrap_or_default().split('/').any(|part| part == ".." || part == ".")
}

#[cfg(test)]
mod tests {
    use super::is_own;

    #[test]
    fn only_paths_of_the_desk_are_gone_to() {
        for path in ["/kb/", "/kb/local/knowledge-bases?q=a%20b&next=//x", "/kb/x//y"] {
            assert!(is_own("/kb/", path), "{path}");
        }
        for path in
            ["", "/", "/kb", "/other/", "//kb/", "/kb/../other", "https://kb/", "/kb/\t/evil", "/kb/\\evil", "/kb/ü", "kb/"]
        {
            assert!(!is_own("/kb/", path), "{path}");
        }
        for path in ["//evil.example", "/\\evil.example", "/\n/evil.example", "javascript:alert(1)", "http:/evil", "///evil"] {
            assert!(!is_own("/", path), "{path}");
        }
        assert!(is_own("/", "/local/knowledge-bases"));
    }
}
