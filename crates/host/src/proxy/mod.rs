//! A connection to a server elsewhere: the desk's requests with the key that the browser never sees, and the answers without what
//! does not belong to the desk's origin.
//!
//! `request` and `answer` say what passes, `body` watches what is sent, `downloads` brings original files.

mod answer;
mod body;
mod downloads;
mod refusals;
mod request;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use hyper::Uri;
use hyper::body::Incoming;

use crate::api::ApiError;
use crate::config::{BasePath, Config, Connection, Server, TimeOuts, Upstream};
use crate::http_client::HttpClient;
use crate::limits;
use crate::operations::Effect;
use body::Watched;
use downloads::Downloads;

/// Room beside the file in the form of an upload.
const FORM: u64 = 1 << 20;

/// A connection to a server elsewhere.
pub(crate) struct Proxy {
    connection: Connection,
    upstream: Upstream,
    client: HttpClient,
    downloads: Downloads,
    time_outs: TimeOuts,
    /// Largest body of a request.
    most: u64,
    base: BasePath,
}

impl Proxy {
    /// The proxy of a connection, if its server is elsewhere.
    ///
    /// # Errors
    /// What is wrong with its file of authorities.
    pub(crate) fn new(config: &Config, connection: &Connection) -> Result<Option<Self>, String> {
        let Some(upstream) = connection.server.upstream() else { return Ok(None) };
        let client = HttpClient::new(upstream.ca_file.as_deref(), config.time_outs.connect)
            .map_err(|error| format!("The connection {:?}: {error}", connection.id))?;
        Ok(Some(Self {
            connection: connection.clone(),
            upstream: upstream.clone(),
            client,
            downloads: Downloads::default(),
            time_outs: config.time_outs,
            most: config.limits.max_upload_bytes.saturating_add(FORM),
            base: config.base.clone(),
        }))
    }

    /// Everything below the connection's path.
    pub(crate) fn router(self) -> Router {
        Router::new().fallback(handle).with_state(Arc::new(self))
    }

    /// The header that carries the key.
    fn key(&self) -> (&'static str, String) {
        let key = self.upstream.key.expose();
        match self.connection.server {
            Server::Cognee(_) => ("x-api-key", key.to_owned()),
            Server::Dify(_) | Server::Embedded => ("authorization", format!("Bearer {key}")),
        }
    }
}

async fn handle(State(proxy): State<Arc<Proxy>>, request: Request) -> Response {
    proxy.forward(request).await.unwrap_or_else(IntoResponse::into_response)
}

impl Proxy {
    async fn forward(&self, request: Request) -> Result<Response, ApiError> {
        let asked = limits::allowed(&self.connection, request.method(), request.uri().path())?;
        if asked.operation.is_file() {
            return self.file(request).await;
        }
        request::check_head(&request)?;
        request::check_length(&request, self.most)?;
        let uri = request::uri(&self.upstream.url, request.uri())?;
        let names_a_file = asked.operation.names_a_file();
        let response = self.ask(uri, request, asked.operation.effect, names_a_file).await?;
        if names_a_file && response.status().is_success() {
            return self.with_own_address(response).await;
        }
        Ok(answer::passed(response, self.time_outs.answer))
    }

    /// Sends the request with the key, and waits for the head of the answer.
    async fn ask(&self, uri: Uri, request: Request, effect: Effect, is_read_here: bool) -> Result<Response<Incoming>, ApiError> {
        let (parts, body) = request.into_parts();
        let (body, progress) = Watched::new(body, self.most);
        let mut outgoing = Request::builder().method(parts.method).uri(uri);
        for (name, value) in request::headers(&parts.headers, is_read_here) {
            outgoing = outgoing.header(name, value);
        }
        let (name, key) = self.key();
        let outgoing = outgoing.header(name, key).body(Body::new(body)).map_err(|_| refusals::bad_request())?;
        let asking = async {
            // The desk sends a lost GET again by itself, and nothing else.
            if outgoing.method() == Method::GET {
                self.client.repeatable(outgoing).await
            } else {
                self.client.once(outgoing).await
            }
        };
        let answered = progress.watch(asking, self.time_outs).await;
        let name = &self.connection.name;
        let response = match answered {
            Ok(Ok(response)) => response,
            Ok(Err(failure)) => {
                tracing::warn!(target: "upstream", connection = self.connection.id, address = %self.upstream.url, "no answer: {failure}");
                return Err(progress.refusal(self.most).unwrap_or_else(|| refusals::no_answer(name, &failure, effect)));
            }
            Err(late) => return Err(refusals::late(name, late, effect)),
        };
        self.no_redirect(response)
    }

    /// A redirect is a mistake in the configuration; followed, it would carry key and contents to an address that nobody named.
    fn no_redirect(&self, response: Response<Incoming>) -> Result<Response<Incoming>, ApiError> {
        let status = response.status();
        if !status.is_redirection() || status == hyper::StatusCode::NOT_MODIFIED {
            return Ok(response);
        }
        tracing::warn!(target: "upstream", connection = self.connection.id, "redirected with {status}, which is not followed");
        Err(refusals::redirect(&self.connection.name, status))
    }

    /// Fetches an original file by the token that the host gave for its address.
    async fn file(&self, request: Request) -> Result<Response, ApiError> {
        let token = request.uri().path().rsplit('/').next().unwrap_or_default();
        let uri = self.downloads.find(token).ok_or_else(|| ApiError::not_found("This download is over. Start it again."))?;
        // Without the key: the address itself is signed, and it may be of another server.
        let mut outgoing = Request::builder().method(Method::GET).uri(uri);
        for (name, value) in request::headers(request.headers(), false) {
            outgoing = outgoing.header(name, value);
        }
        let outgoing = outgoing.body(Body::empty()).map_err(|_| refusals::bad_request())?;
        let (_, progress) = Watched::new(Body::empty(), 0);
        let answered = progress.watch(self.client.repeatable(outgoing), self.time_outs).await;
        let name = &self.connection.name;
        let response = answered
            .map_err(|late| refusals::late(name, late, Effect::Read))?
            .map_err(|failure| refusals::no_answer(name, &failure, Effect::Read))?;
        Ok(answer::file(self.no_redirect(response)?, self.time_outs.answer))
    }

    /// Puts an address of this host in the place of the file's own, which the page may not ask: it is of another origin, or
    /// means one here that does not exist.
    async fn with_own_address(&self, response: Response<Incoming>) -> Result<Response, ApiError> {
        let (parts, text) =
            answer::read(response, self.time_outs.answer).await.map_err(|()| refusals::unreadable(&self.connection.name))?;
        let own = |url: &str| {
            let token = self.downloads.offer(&self.upstream, url)?;
            Some(format!("{}api/{}/files/{token}", self.base, self.connection.id))
        };
        Ok(answer::rewritten(&parts, &text, own))
    }
}
