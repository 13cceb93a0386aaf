//! A real server elsewhere, for the proxy to ask: what reached it can be looked at.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use hyper::body::Bytes;
use hyper::{HeaderMap, Method};
use loredesk_host::config::{Config, Connection, Server, Upstream};
use tokio::net::TcpListener;

/// A request that reached the server.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: Method,
    pub uri: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// A server elsewhere.
pub struct Elsewhere {
    pub address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Elsewhere {
    /// Answers with the routes, and notes every request.
    pub async fn start(routes: Router) -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let address = serve(routes.layer(from_fn_with_state(seen.clone(), note))).await;
        Self { address, seen }
    }

    /// What has reached it since the last time.
    pub fn seen(&self) -> Vec<Seen> {
        std::mem::take(&mut self.seen.lock().unwrap())
    }
}

/// Serves the routes on a free port, until the test ends.
pub async fn serve(routes: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(axum::serve(listener, routes).into_future());
    address
}

async fn note(State(seen): State<Arc<Mutex<Vec<Seen>>>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let note =
        Seen { method: parts.method.clone(), uri: parts.uri.to_string(), headers: parts.headers.clone(), body: body.clone() };
    seen.lock().unwrap().push(note);
    next.run(Request::from_parts(parts, Body::from(body))).await
}

/// The one connection of a host: to Dify at the address, which carries its path.
pub fn dify(url: &str) -> Connection {
    connection(Server::Dify(upstream(url)))
}

/// The same for Cognee.
pub fn cognee(url: &str) -> Connection {
    connection(Server::Cognee(upstream(url)))
}

fn connection(server: Server) -> Connection {
    Connection { id: "far".to_owned(), name: "Far away".to_owned(), server, read_only: false, knowledge_base: None }
}

pub fn upstream(url: &str) -> Upstream {
    Upstream { url: url.parse().unwrap(), key: "planted-key".to_owned().into(), ca_file: None, file_origins: Vec::new() }
}

/// Makes it the one connection.
pub fn only(connection: Connection) -> impl FnOnce(&mut Config) {
    move |config| config.connections = vec![connection]
}
