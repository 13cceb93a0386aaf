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
    /// Connections are kept for the next request: a read that meets a closing one can be sent again.
    reads: Client<Connector, Body>,
    /// Every request has a connection of its own: after a lost one nobody knows whether the change was made.
    changes: Client<Connector, Body>,
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
        let reads = builder.pool_max_idle_per_host(WAITING).build(connector.clone());
        let changes = builder.pool_max_idle_per_host(0).build(connector);
        Ok(Self { reads, changes })
    }

    /// Sends a request that changes nothing.
    pub(crate) async fn read(&self, request: Request<Body>) -> Result<Response<Incoming>, Failure> {
        self.reads.request(request).await.map_err(|error| failure(&error))
    }

    /// Sends a request that changes something.
    pub(crate) async fn change(&self, request: Request<Body>) -> Result<Response<Incoming>, Failure> {
        self.changes.request(request).await.map_err(|error| failure(&error))
    }
}
