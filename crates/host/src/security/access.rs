//! Who asks: a session of somebody who signed in, or the name that a trusted proxy gives. Nobody else gets to the data.
//!
//! The app's files hold nothing secret and need no login, so that a desk whose session has ended goes on working as far as it can and
//! loses nothing; its screens, opened from outside, lead to the login page first.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::SystemTime;

use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, COOKIE, LOCATION};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::place::Place;
use super::{Gate, SignOut, User, addresses, login, page};
use crate::api::ApiError;

/// Longest name that a proxy may give, in characters.
const LONGEST_NAME: usize = 200;

/// Lets a request to its route with the name of whoever asks, or refuses it.
pub(super) async fn layer(State(gate): State<Arc<Gate>>, mut request: Request, next: Next) -> Response {
    if !gate.settings.has_login() {
        return next.run(request).await;
    }
    let user = gate.user(&request);
    let place = gate.place(request.uri().path());
    let is_open = matches!(place, Place::Login | Place::Health | Place::Embed) || (place == Place::App && !is_screen(&request));
    match user {
        Some((user, sign_out)) => {
            request.extensions_mut().insert(user);
            if let Some(sign_out) = sign_out {
                request.extensions_mut().insert(sign_out);
            }
            next.run(request).await
        }
        None if is_open => next.run(request).await,
        None if place == Place::App && wants_html(request.headers()) => ask_to_sign_in(&gate, &request),
        None => login_required(&gate).into_response(),
    }
}

impl Gate {
    /// Who asks, and how they sign out where that is not the business of a proxy in front.
    pub(super) fn user(&self, request: &Request) -> Option<(User, Option<SignOut>)> {
        let (peer, headers) = (addresses::peer(request), request.headers());
        if let Some(name) = self.named_by_proxy(peer, headers) {
            return Some((User(name), None));
        }
        self.with_session(peer, headers).map(|name| (User(name), Some(SignOut("logout"))))
    }

    /// The name in the trusted header; from anywhere else the header means nothing.
    fn named_by_proxy(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> Option<String> {
        let trusted = self.settings.trusted.as_ref().filter(|_| self.settings.trusts(peer))?;
        let mut values = headers.get_all(&trusted.name).iter();
        // Two of them would be one from the proxy and one that it let through.
        let (first, second) = (values.next()?, values.next());
        let name = std::str::from_utf8(first.as_bytes()).ok()?.trim();
        let is_name = !name.is_empty() && name.chars().count() <= LONGEST_NAME && !name.chars().any(char::is_control);
        (second.is_none() && is_name).then(|| name.to_owned())
    }

    fn with_session(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> Option<String> {
        let passwords = self.passwords.as_ref()?;
        let id = self.session_id(peer, headers)?;
        self.sessions.find(id, |name| passwords.hash_of(name), SystemTime::now())
    }

    /// The session's id that the browser sends.
    pub(super) fn session_id<'h>(&self, peer: Option<IpAddr>, headers: &'h HeaderMap) -> Option<&'h str> {
        let name = self.cookie_name(addresses::is_tls(&self.settings, peer, headers));
        let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        cookies.flat_map(|value| value.split(';')).find_map(|cookie| cookie.trim().strip_prefix(name)?.strip_prefix('='))
    }

    /// Over TLS a prefix that makes browsers refuse a cookie of this name that a neighbouring site or plain HTTP tries to plant.
    pub(super) fn cookie_name(&self, is_tls: bool) -> &'static str {
        match (is_tls, self.settings.base.as_str()) {
            (false, _) => "loredesk",
            (true, "/") => "__Host-loredesk",
            (true, _) => "__Secure-loredesk",
        }
    }
}

/// What the app is told where nobody has signed in.
fn login_required(gate: &Gate) -> ApiError {
    let message = if gate.passwords.is_some() {
        "Sign in first."
    } else {
        "Nobody is signed in: the proxy in front of this host did not say who asks."
    };
    ApiError::new(StatusCode::UNAUTHORIZED, "login_required", message)
}

/// Leads a person to the login page and afterwards back.
fn ask_to_sign_in(gate: &Gate, request: &Request) -> Response {
    if gate.passwords.is_none() {
        return page::not_named(&gate.settings.base, request.headers());
    }
    let wanted = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let address = login::address(&gate.settings.base, wanted);
    let site = request.headers().get("sec-fetch-site");
    if site.is_some_and(|site| site == "cross-site" || site == "same-site") {
        // The cookie stays away from whatever another site's page starts, a redirect included; a page of ours that goes on by
        // itself is asked for with it. So a link in a mail leads somebody who is signed in to where it points.
        return page::bounce(&gate.settings.base, &address);
    }
    (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response()
}

/// Whether this opens a screen of the app, as `app_files` sees it.
fn is_screen(request: &Request) -> bool {
    let last = request.uri().path().rsplit('/').next().unwrap_or_default();
    let is_read = [Method::GET, Method::HEAD].contains(request.method());
    !is_read || !last.contains('.') || wants_html(request.headers())
}

fn wants_html(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
        || headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate")
}
