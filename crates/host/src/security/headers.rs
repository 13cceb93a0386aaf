//! Response headers that keep a page from being turned against its user.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, ORIGIN,
    REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;

use super::Settings;
use super::place::Place;

/// Everything from here and nothing inline. `'wasm-unsafe-eval'` is what every browser wants before it compiles WebAssembly; it
/// does not open `eval`.
const PAGE: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
     font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'none'";

/// The login page runs no script, and its form may only be sent here.
const LOGIN: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'";

/// Data is no page. Should a browser show it as one all the same, it has no rights.
const DATA: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

const PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(self), \
     geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), \
     xr-spatial-tracking=()";

/// The headers by place, made once.
#[derive(Debug)]
pub(super) struct Policies {
    base: String,
    page: HeaderValue,
    login: HeaderValue,
    portals: Vec<String>,
}

impl Policies {
    pub(super) fn of(settings: &Settings) -> Self {
        let portals = settings.portal_origins.clone();
        let ancestors = std::iter::once("'self'").chain(portals.iter().map(String::as_str)).collect::<Vec<_>>().join(" ");
        let with_ancestors = |policy: &'static str| {
            let whole = format!("{policy}; frame-ancestors {ancestors}");
            // Origins are checked where they are configured; one that is no header all the same frames nothing.
            HeaderValue::from_str(&whole).unwrap_or(HeaderValue::from_static(policy))
        };
        Self { base: settings.base.clone(), page: with_ancestors(PAGE), login: with_ancestors(LOGIN), portals }
    }

    fn policy(&self, place: Place) -> HeaderValue {
        match place {
            Place::Api | Place::Config | Place::Logout | Place::Health => HeaderValue::from_static(DATA),
            Place::Login => self.login.clone(),
            Place::Embed | Place::App => self.page.clone(),
        }
    }
}

/// Adds the headers that the answer does not set itself.
pub(super) async fn layer(State(policies): State<Arc<Policies>>, request: Request, next: Next) -> Response {
    let place = Place::of(&policies.base, request.uri().path());
    let origin = request.headers().get(ORIGIN).cloned();
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let is_page = headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let mut add = |name: HeaderName, value: HeaderValue| {
        headers.entry(name).or_insert(value);
    };

    add(CONTENT_SECURITY_POLICY, policies.policy(place));
    add(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // A form's Origin is "null" without any referrer, and on plain HTTP beyond loopback it is all that tells where it came from.
    add(REFERRER_POLICY, HeaderValue::from_static(if place == Place::Login { "same-origin" } else { "no-referrer" }));
    add(HeaderName::from_static("permissions-policy"), HeaderValue::from_static(PERMISSIONS));
    add(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    // A portal that isolates itself (COEP) may only hold pages that allow it. Pages hold no data, and who may frame them is said above.
    let is_framed = is_page && !policies.portals.is_empty() && place == Place::App;
    let resource = if is_framed { "cross-origin" } else { "same-origin" };
    add(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static(resource));
    if is_framed {
        // Such a portal also asks this of the page itself; everything that the desk loads is its own.
        add(HeaderName::from_static("cross-origin-embedder-policy"), HeaderValue::from_static("require-corp"));
    }
    if policies.portals.is_empty() {
        add(X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    }
    if matches!(place, Place::Api | Place::Config | Place::Login | Place::Logout) {
        add(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if place == Place::Embed {
        // A module script of another origin is fetched by CORS.
        headers.append(VARY, HeaderValue::from_static("origin"));
        if let Some(origin) = origin.filter(|origin| policies.portals.iter().any(|portal| origin == portal)) {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        }
    }
    response
}
