//! What stands between a foreign web page and this host: a Host header with a foreign name is DNS rebinding, a write that another
//! site's page started is cross-site request forgery, a read that one started is spying.
//!
//! Programs send neither `Origin` nor `Sec-Fetch-Site`, and are no cross-site danger. Browsers send at least one of them with every
//! write, and the desk adds a header that no form, image or link can carry and no foreign script without being asked first.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderName, ORIGIN, TRANSFER_ENCODING};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::place::Place;
use super::settings::split_port;
use super::{Gate, Settings, addresses};
use crate::api::ApiError;

/// The header that only the desk's own scripts can send.
const OWN_HEADER: &str = "x-loredesk";

/// Headers by which some servers let a POST, or even a GET, be another method: they would walk around every rule by method.
const METHOD_OVERRIDES: [&str; 3] = ["x-http-method-override", "x-http-method", "x-method-override"];

/// Refuses requests that were not made for this host, and what another site's page started.
pub(super) async fn layer(State(gate): State<Arc<Gate>>, mut request: Request, next: Next) -> Response {
    for name in METHOD_OVERRIDES {
        request.headers_mut().remove(name);
    }
    let place = gate.place(request.uri().path());
    // A probe asks by whatever address it has, and learns nothing but that the host is alive.
    if place == Place::Health {
        return next.run(request).await;
    }
    match check(&gate.settings, place, &request) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    }
}

fn check(settings: &Settings, place: Place, request: &Request) -> Result<(), ApiError> {
    let headers = request.headers();
    let host = host(settings, request).ok_or_else(|| {
        ApiError::forbidden(
            "This host does not answer under that name. It knows loopback names such as 127.0.0.1 and localhost, its own \
             address, and the names that are configured as hosts.",
        )
    })?;
    let is_tls = addresses::is_tls(settings, addresses::peer(request), headers);
    let is_own = is_same_origin(settings, headers, host, is_tls);
    if [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method()) {
        let is_data = matches!(place, Place::Api | Place::Config);
        return if is_own || !is_data { Ok(()) } else { Err(foreign("read anything here")) };
    }
    if !is_own {
        return Err(foreign("change anything here"));
    }
    check_write(place, headers)
}

fn foreign(what: &str) -> ApiError {
    ApiError::forbidden(format!("A page of another site may not {what}."))
}

fn check_write(place: Place, headers: &HeaderMap) -> Result<(), ApiError> {
    if place == Place::Login {
        // The one form of the host; its own handler reads nothing but a form.
        return Ok(());
    }
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_structured = kind == "application/json" || kind.ends_with("+json") || kind == "multipart/form-data";
    let is_of_a_form = ["text/plain", "application/x-www-form-urlencoded"].contains(&kind.as_str());
    let is_browser = headers.contains_key("sec-fetch-site") || headers.contains_key(ORIGIN);
    if is_of_a_form || (is_browser && has_body(headers) && !is_structured) {
        let message = "The request has to have the Content-Type application/json or multipart/form-data.";
        return Err(ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", message));
    }
    if is_browser && headers.get(OWN_HEADER).is_none_or(|value| value != "1") {
        return Err(ApiError::forbidden("A browser's request that changes something has to carry the header x-loredesk: 1."));
    }
    Ok(())
}

fn has_body(headers: &HeaderMap) -> bool {
    headers.contains_key(TRANSFER_ENCODING) || headers.get(CONTENT_LENGTH).is_some_and(|length| length != "0")
}

/// The name that was asked for, if it is one of this host's. Two names, or another one in the request line, are nobody's.
fn host<'r>(settings: &Settings, request: &'r Request) -> Option<&'r str> {
    let mut named = request.headers().get_all(HOST).iter();
    let (first, second) = (named.next()?.to_str().ok()?, named.next());
    let in_line = request.uri().authority().map(|authority| authority.as_str());
    let is_one = second.is_none() && in_line.is_none_or(|authority| authority.eq_ignore_ascii_case(first));
    (is_one && settings.knows_host(first)).then_some(first)
}

/// `Sec-Fetch-Site` decides where it is there: no script can forge it, and it stays right behind proxies. Browsers that do not
/// send it, which all of them are on plain HTTP beyond loopback, send `Origin`.
fn is_same_origin(settings: &Settings, headers: &HeaderMap, host: &str, is_tls: bool) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin" || site == "none";
    }
    let Some(origin) = text(ORIGIN) else { return true };
    let (scheme, authority) = origin.split_once("://").unwrap_or_default();
    let is_scheme = if is_tls { scheme == "https" } else { ["http", "https"].contains(&scheme) };
    let is_it = |known: &str| same_authority(scheme, authority, known);
    // A proxy may ask by its own name for this host; the name that people use is then a configured one.
    is_scheme && (is_it(host) || settings.hosts.iter().any(|known| is_it(known)))
}

fn same_authority(scheme: &str, one: &str, other: &str) -> bool {
    let default = if scheme == "https" { "443" } else { "80" };
    let parts = |authority| {
        let (name, port) = split_port(authority);
        (name.to_ascii_lowercase(), port.unwrap_or(default).to_owned())
    };
    !one.is_empty() && parts(one) == parts(other)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use axum::body::Body;

    use super::*;

    fn asked(place: Place, method: &str, uri: &str, headers: &[(&str, &str)]) -> bool {
        let settings = Settings { hosts: vec!["kb.example.org".to_owned()], ..Settings::default() };
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        check(&settings, place, &request.body(Body::empty()).unwrap()).is_ok()
    }

    #[test]
    fn one_name_and_the_same_in_the_request_line() {
        let get = |uri: &str, hosts: &[&str]| {
            let headers: Vec<_> = hosts.iter().map(|host| ("host", *host)).collect();
            asked(Place::App, "GET", uri, &headers)
        };
        assert!(get("/", &["kb.example.org"]));
        assert!(get("http://kb.example.org/", &["kb.example.org"]));
        assert!(!get("http://evil.example/", &["kb.example.org"]));
        assert!(!get("/", &[]));
        assert!(!get("/", &["kb.example.org", "kb.example.org"]));
        assert!(!get("/", &["evil.example"]));
    }

    #[test]
    fn origins_count_where_nothing_better_is_sent() {
        let write = |host: &str, origin: &str| {
            let headers = [
                ("host", host),
                ("origin", origin),
                ("x-loredesk", "1"),
                ("content-type", "application/json"),
                ("content-length", "2"),
            ];
            asked(Place::Api, "POST", "/api/local/datasets", &headers)
        };
        assert!(write("kb.example.org", "https://kb.example.org"));
        assert!(write("kb.example.org:443", "https://kb.example.org"));
        assert!(write("127.0.0.1:8484", "https://kb.example.org"), "a proxy that asks by its own name");
        assert!(write("127.0.0.1:8484", "http://127.0.0.1:8484"));
        for origin in ["null", "", "http://127.0.0.1:8485", "http://kb.example.org:8080", "https://evil.example", "file://"] {
            assert!(!write("127.0.0.1:8484", origin), "{origin}");
        }
    }

    #[test]
    fn foreign_pages_read_no_data_but_may_link_to_screens() {
        let host = ("host", "127.0.0.1");
        for site in ["cross-site", "same-site"] {
            assert!(!asked(Place::Api, "GET", "/api/local/datasets", &[host, ("sec-fetch-site", site)]));
            assert!(!asked(Place::Config, "GET", "/config.json", &[host, ("sec-fetch-site", site)]));
            assert!(asked(Place::App, "GET", "/local/knowledge-bases", &[host, ("sec-fetch-site", site)]));
        }
        assert!(!asked(Place::Api, "GET", "/api/local/datasets", &[host, ("origin", "http://evil.example")]));
        assert!(asked(Place::Api, "GET", "/api/local/datasets", &[host, ("sec-fetch-site", "none")]));
    }
}
