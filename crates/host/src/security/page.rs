//! The pages of signing in. They need no script, and look like the desk.

use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::words::{self, Words};

const STYLE: &str = include_str!("login.css");

/// What the form shows.
pub(super) struct Form<'f> {
    /// Where to go afterwards.
    pub(super) next: &'f str,
    /// The name that was typed before.
    pub(super) name: &'f str,
    /// Why it is shown again.
    pub(super) problem: Option<Problem>,
}

/// Why nobody was signed in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Problem {
    /// Name or password; which of them is nobody's business.
    Wrong,
    /// Too many tries; seconds to wait.
    Wait(u64),
}

/// The style of the pages.
pub(super) async fn style(_: Request) -> Response {
    ([(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "no-cache")], STYLE).into_response()
}

/// The login form.
pub(super) fn form(base: &str, headers: &HeaderMap, form: &Form<'_>) -> Response {
    let words = words::of(headers);
    let Words { name, password, sign_in, .. } = words;
    let said = match form.problem {
        None => String::new(),
        Some(Problem::Wrong) => words.wrong.to_owned(),
        Some(Problem::Wait(seconds)) => (words.wait)(seconds),
    };
    let problem =
        if said.is_empty() { String::new() } else { format!(r#"<p class="problem" id="problem" role="alert">{said}</p>"#) };
    let described = if said.is_empty() { "" } else { r#" aria-describedby="problem""# };
    // The first field that has to be typed.
    let (focus_name, focus_password) = if form.name.is_empty() { (" autofocus", "") } else { ("", " autofocus") };
    let framed = if headers.get("sec-fetch-dest").is_some_and(|dest| dest == "iframe") {
        let Words { framed, own_tab, .. } = words;
        format!(r#"<p class="hint">{framed} <a href="{base}" target="_blank" rel="noopener">{own_tab}</a></p>"#)
    } else {
        String::new()
    };
    let (next, typed) = (escape(form.next), escape(form.name));
    page(
        base,
        words,
        words.title,
        &format!(
            r#"<form method="post" action="{base}login">{problem}
<input type="hidden" name="next" value="{next}">
<label for="name">{name}</label>
<input id="name" name="name" value="{typed}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="100" dir="auto" required{described}{focus_name}>
<label for="password">{password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="1024" required{described}{focus_password}>
<button type="submit">{sign_in}</button>
</form>{framed}"#
        ),
    )
}

/// For a tab that was opened only to sign in.
pub(super) fn signed_in(base: &str, headers: &HeaderMap, name: &str) -> Response {
    let words = words::of(headers);
    let title = (words.done)(&format!("\u{2068}{name}\u{2069}"));
    let Words { done_text, to_desk, .. } = words;
    page(base, words, &escape(&title), &format!(r#"<p>{done_text}</p><p><a href="{base}">{to_desk}</a></p>"#))
}

/// Where a proxy in front signs people in and has not said who asks.
pub(super) fn not_named(base: &str, headers: &HeaderMap) -> Response {
    let words = words::of(headers);
    let body = format!("<p>{}</p>", words.not_named_text);
    (StatusCode::UNAUTHORIZED, page(base, words, words.not_named, &body)).into_response()
}

/// Goes on by itself to an address of the host.
pub(super) fn bounce(base: &str, address: &str) -> Response {
    let address = escape(address);
    let html = format!(
        r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="robots" content="noindex"><title>Loredesk</title><link rel="icon" href="{base}favicon.svg" type="image/svg+xml"><meta http-equiv="refresh" content="0; url={address}"></head><body><p><a href="{address}">Loredesk</a></p></body></html>"#
    );
    ([(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-store")], html).into_response()
}

fn page(base: &str, words: &Words, title: &str, body: &str) -> Response {
    let tag = words.tag;
    let html = format!(
        r#"<!doctype html>
<html lang="{tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="icon" href="{base}favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="{base}login.css">
</head>
<body>
<main>
<p class="brand"><img src="{base}favicon.svg" width="24" height="24" alt="">Loredesk</p>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"#
    );
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_LANGUAGE, tag),
        (CACHE_CONTROL, "no-store"),
        (VARY, "accept-language, cookie"),
    ];
    (headers, html).into_response()
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
