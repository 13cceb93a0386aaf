//! What of a request reaches the server: a list of headers, and no other. Cookies, the browser's own authorization, `Origin`,
//! `Referer`, `Sec-…`, `Forwarded` and its kin, and what belongs to one hop are not on it.

use axum::extract::Request;
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    IF_RANGE, RANGE, USER_AGENT,
};
use axum::http::{HeaderMap, HeaderValue};
use hyper::Uri;

use super::refusals;
use crate::api::{ApiError, upload};

/// Longest path with its query.
const LONGEST_ADDRESS: usize = 8 << 10;
/// Largest head: a browser's cookies for the whole domain are in it too.
const MOST_HEAD: usize = 48 << 10;

const PASSED: [HeaderName; 10] = [
    ACCEPT,
    ACCEPT_ENCODING,
    ACCEPT_LANGUAGE,
    CONTENT_LENGTH,
    CONTENT_TYPE,
    IF_MODIFIED_SINCE,
    IF_NONE_MATCH,
    IF_RANGE,
    RANGE,
    HeaderName::from_static("x-request-id"),
];

/// Who asks.
const OWN_NAME: &str = concat!("loredesk/", env!("CARGO_PKG_VERSION"));

/// The headers that are passed on. Where the answer is read here, it must not be packed.
pub(super) fn headers(headers: &HeaderMap, is_read_here: bool) -> Vec<(HeaderName, HeaderValue)> {
    let mut passed = vec![(USER_AGENT, HeaderValue::from_static(OWN_NAME))];
    for name in PASSED {
        if is_read_here && name == ACCEPT_ENCODING {
            continue;
        }
        if let Some(value) = headers.get(&name) {
            passed.push((name, value.clone()));
        }
    }
    passed
}

/// Refuses a head that is too large.
pub(super) fn check_head(request: &Request) -> Result<(), ApiError> {
    let size: usize = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    if size > MOST_HEAD || request.uri().path_and_query().is_some_and(|path| path.as_str().len() > LONGEST_ADDRESS) {
        return Err(refusals::head_too_large());
    }
    Ok(())
}

/// Refuses a body that says itself that it is too large.
pub(super) fn check_length(request: &Request, most: u64) -> Result<(), ApiError> {
    let length = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|length| length > most) { Err(upload::too_large(most)) } else { Ok(()) }
}

/// The operation's address at the server.
pub(super) fn uri(server: &Uri, asked: &Uri) -> Result<Uri, ApiError> {
    let path = asked.path_and_query().map_or("/", |path| path.as_str());
    // `http` answers a slash for a server without a path.
    let server = server.to_string();
    format!("{}{path}", server.trim_end_matches('/')).parse().map_err(|_| refusals::bad_request())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::{HeaderMap, HeaderName, headers, uri};

    #[test]
    fn addresses_are_joined() {
        for (server, path, whole) in [
            ("https://h/v1", "/datasets?page=1", "https://h/v1/datasets?page=1"),
            ("http://h:8000", "/health", "http://h:8000/health"),
        ] {
            assert_eq!(uri(&server.parse().unwrap(), &path.parse().unwrap()).unwrap().to_string(), whole);
        }
    }

    #[test]
    fn only_listed_headers_pass() {
        let mut all = HeaderMap::new();
        for name in [
            "accept",
            "content-type",
            "range",
            "cookie",
            "authorization",
            "x-api-key",
            "origin",
            "referer",
            "sec-fetch-site",
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-user",
            "connection",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "proxy-authorization",
            "x-loredesk",
            "host",
            "expect",
        ] {
            all.insert(HeaderName::from_static(name), "1".parse().unwrap());
        }
        let passed: Vec<_> = headers(&all, false).into_iter().map(|(name, _)| name.to_string()).collect();
        assert_eq!(passed, ["user-agent", "accept", "content-type", "range"]);
    }
}
