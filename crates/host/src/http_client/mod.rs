//! The HTTP client for servers elsewhere: those behind connections, and the embedding service. Plain or TLS, never through a redirect.

mod connector;
mod failure;
mod trust;

use std::path::Path;
use std::time::Duration;

use axum::body::Body;
use hyper::body::Incoming;
use hyper::{Request, Response};
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};

use connector::Connector;
pub(crate) use failure::{Failure, failure};

/// How long a connection waits for its next request. Servers in the field close theirs after 2 (gunicorn) or 5 s (uvicorn), and a
/// request that meets the closing is lost.
const IDLE: Duration = Duration::from_millis(1500);
/// Connections that wait for their next request, for each server.
const WAITING: usize = 8;
/// Largest head of an answer.
const MOST_HEAD: usize = 64 << 10;

/// Asks servers. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct HttpClient {
    /// Connections are kept for the next request: what meets a closing one can be sent again.
    kept: Client<Connector, Body>,
    /// Every request has a connection of its own: after a lost one nobody knows whether it was carried out.
    fresh: Client<Connector, Body>,
}

impl HttpClient {
    /// A client that trusts the public authorities and those of the file.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub(crate) fn new(ca_file: Option<&Path>, connect: Duration) -> Result<Self, String> {
        let connector = Connector::new(trust::config(ca_file)?, connect);
        let mut builder = Client::builder(TokioExecutor::new());
        builder.pool_timer(TokioTimer::new()).pool_idle_timeout(IDLE).http1_max_buf_size(MOST_HEAD);
        let kept = builder.pool_max_idle_per_host(WAITING).build(connector.clone());
        let fresh = builder.pool_max_idle_per_host(0).build(connector);
        Ok(Self { kept, fresh })
    }

    /// Sends a request that may be sent twice, perhaps over a connection that another has used.
    pub(crate) async fn repeatable(&self, request: Request<Body>) -> Result<Response<Incoming>, Failure> {
        self.kept.request(request).await.map_err(|error| failure(&error))
    }

    /// Sends a request that must not get lost, over a connection of its own.
    pub(crate) async fn once(&self, request: Request<Body>) -> Result<Response<Incoming>, Failure> {
        self.fresh.request(request).await.map_err(|error| failure(&error))
    }
}
