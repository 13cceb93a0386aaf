//! Which path leads where, and through which layers.

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get};

use crate::api::{self, ApiError, Host};
use crate::config::{Config, Connection, Server};
use crate::proxy::Proxy;
use crate::requests::{self, Requests};
use crate::security::Gate;
use crate::{app_files, base, config_json, drain, health, limits};

/// The proxies of the connections whose server is elsewhere, in the order of the connections.
pub(super) fn proxies(config: &Config) -> Result<Vec<Option<Proxy>>, String> {
    config.connections.iter().map(|connection| Proxy::new(config, connection)).collect()
}

/// Everything the host answers.
pub(super) fn router(
    config: &Arc<Config>,
    host: Option<Host>,
    proxies: Vec<Option<Proxy>>,
    requests: Requests,
    gate: &Arc<Gate>,
) -> Router {
    let mut desk = Router::new()
        .route("/config.json", get(config_json::get))
        // An unknown connection is no screen of the app.
        .route("/api/{*rest}", any(|| async { ApiError::no_such_path() }));
    for (connection, proxy) in config.connections.iter().zip(proxies) {
        let router = match (&connection.server, proxy, &host) {
            (Server::Embedded, _, Some(host)) => embedded(host, connection),
            (_, Some(proxy), _) => proxy.router(),
            // A host is started for every embedded connection, and a proxy made for every other.
            _ => continue,
        };
        desk = desk.nest_service(&format!("/api/{}", connection.id), router);
        if let (Server::Embedded, Some(host)) = (&connection.server, &host) {
            // The same API for programs, with the same limits.
            desk = desk.nest_service("/v1", embedded(host, connection));
        }
    }
    let desk = desk.fallback_service(app_files::router(config)).with_state(config.clone());
    let desk = desk.merge(gate.routes());
    #[cfg(feature = "faults")]
    let desk = crate::faults::around(desk);
    let desk = base::below(&config.base, desk).layer(from_fn(requests::note_person));
    let guarded = gate.protect(gate.admit(desk)).layer(from_fn(drain::rest));
    // The probe knows neither names nor logins; it is found with and without the base.
    let mut outside = Router::new().route("/healthz", get(health::get));
    if !config.base.is_root() {
        outside = outside.route(&format!("{}healthz", config.base), get(health::get));
    }
    outside.with_state(host).fallback_service(guarded).layer(from_fn_with_state(requests, requests::follow))
}

/// The embedded API with the limits of its connection.
fn embedded(host: &Host, connection: &Connection) -> Router {
    let router = api::router().with_state(host.clone());
    router.layer(from_fn_with_state(Arc::new(connection.clone()), limits::guard))
}
