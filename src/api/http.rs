//! Requests over fetch: the only user of gloo-net. One monomorphic `send`; the typed decode comes after it.

use std::{future::Future, sync::Arc};

use futures::future::{Either, select};
use gloo_net::http::{Method, RequestBuilder};
use loredesk_wire::FromJson;
use serde::Serialize;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::{
    error::{Answer, ApiError, ErrorKind, ForbiddenCause},
    exchange::told,
    retry::{self, Repeat},
    sign_in,
    watch::{Named, Watch},
};
use crate::{
    dom::{random, timers},
    model::access::Access,
};

/// How long a read may take, in milliseconds.
const READ_TIMEOUT: u32 = 30_000;
/// How long a file may take to come, in milliseconds.
const FILE_TIMEOUT: u32 = 600_000;
/// How long a write may take: real servers index a chunk before they answer.
const WRITE_TIMEOUT: u32 = 120_000;

/// Says that the request is the desk's own: no form of another site can send it, and no script without being asked first.
pub(super) const OWN_HEADER: (&str, &str) = ("X-Loredesk", "1");

/// A connection's client. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    connection: Arc<str>,
    base: Arc<str>,
    access: Arc<Access>,
}

impl Client {
    /// A client for the connection of that id, whose server answers at `base`, and which lets through what `access` does.
    #[must_use]
    pub fn new(connection: &str, base: &str, access: Access) -> Self {
        Self { connection: connection.into(), base: base.trim_end_matches('/').into(), access: Arc::new(access) }
    }

    /// What may be done on the connection.
    #[must_use]
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// The connection's id.
    #[must_use]
    pub fn connection(&self) -> &str {
        &self.connection
    }

    /// The whole address of a path below the base.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}/{path}", self.base)
    }

    /// `GET`; sent again after a transient error.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn get<T: FromJson>(&self, path: &str) -> Result<T, ApiError> {
        let answer = self.repeat(Repeat::Read, Method::GET, path, None, READ_TIMEOUT).await?;
        decode("GET", path, &answer)
    }

    /// `POST` with a JSON body and a JSON answer; never sent again by itself.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn post<T: FromJson>(&self, path: &str, body: &impl Serialize) -> Result<T, ApiError> {
        let answer = self.send(Method::POST, path, Some(encode(body)), WRITE_TIMEOUT).await?;
        decode("POST", path, &answer)
    }

    /// `PATCH` with a JSON body and a JSON answer; never sent again by itself.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn patch<T: FromJson>(&self, path: &str, body: &impl Serialize) -> Result<T, ApiError> {
        let answer = self.send(Method::PATCH, path, Some(encode(body)), WRITE_TIMEOUT).await?;
        decode("PATCH", path, &answer)
    }

    /// `DELETE`. Any 2xx is success, whatever its body: servers answer an empty 204, a 200 with `204`, or `{"result":"success"}`.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn delete(&self, path: &str) -> Result<(), ApiError> {
        self.send(Method::DELETE, path, None, WRITE_TIMEOUT).await.map(drop)
    }

    /// `DELETE` with a JSON body, which tags want. Any 2xx is success.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn delete_with(&self, path: &str, body: &impl Serialize) -> Result<(), ApiError> {
        self.send(Method::DELETE, path, Some(encode(body)), WRITE_TIMEOUT).await.map(drop)
    }

    /// `POST` whose answer says nothing. Any 2xx is success, as for [`Client::delete`]; never sent again by itself.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn post_unread(&self, path: &str, body: &impl Serialize) -> Result<(), ApiError> {
        self.send(Method::POST, path, Some(encode(body)), WRITE_TIMEOUT).await.map(drop)
    }

    /// `POST` of something that may be done twice without harm: sent again where the server or a proxy says that it was not done.
    /// Any 2xx is success, whatever its body.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn put_by_post(&self, path: &str, body: &impl Serialize) -> Result<(), ApiError> {
        self.repeat(Repeat::Idempotent, Method::POST, path, Some(encode(body)), WRITE_TIMEOUT).await.map(drop)
    }

    /// The same as [`Self::put_by_post`] by `PATCH`.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn put_by_patch(&self, path: &str, body: &impl Serialize) -> Result<(), ApiError> {
        self.repeat(Repeat::Idempotent, Method::PATCH, path, Some(encode(body)), WRITE_TIMEOUT).await.map(drop)
    }

    /// `POST` with a JSON body that answers a file. The file stays with the browser, which keeps large ones on the disk.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn post_for_file(&self, path: &str, body: &impl Serialize) -> Result<web_sys::Blob, ApiError> {
        self.check("POST", path)?;
        let body = encode(body);
        loop {
            if sign_in::is_held() {
                return Err(ApiError::local(ErrorKind::SignedOut, "POST", path));
            }
            let watch = self.watch("POST", path);
            let request = RequestBuilder::new(&self.url(path))
                .method(Method::POST)
                .header("Content-Type", "application/json")
                .header(OWN_HEADER.0, OWN_HEADER.1);
            let outcome = fetch_file(request, Some(body.clone()), "POST", path).await;
            watch.tell_outcome(&outcome);
            match outcome {
                Err(error) if error.kind == ErrorKind::SignedOut && sign_in::wait().await => {}
                outcome => return outcome,
            }
        }
    }

    /// A file by the whole address that the server gave for it, perhaps of another origin.
    ///
    /// # Errors
    /// `Offline` also where the other origin does not let pages read it.
    pub async fn file_of(&self, url: &str) -> Result<web_sys::Blob, ApiError> {
        // Its address holds a signature: nobody reads it in an error.
        let request = RequestBuilder::new(url).method(Method::GET).credentials(web_sys::RequestCredentials::Omit);
        fetch_file(request, None, "GET", "file").await
    }

    /// Sends a `POST` and gives the answer once its head is there; `stream.rs` reads its body as it comes.
    ///
    /// # Errors
    /// `Offline` where no answer comes.
    pub(super) async fn begin(
        &self,
        path: &str,
        body: &str,
        abort: Option<&web_sys::AbortSignal>,
    ) -> Result<web_sys::Response, ApiError> {
        let offline = || ApiError::local(ErrorKind::Offline, "POST", path);
        let request = RequestBuilder::new(&self.url(path))
            .method(Method::POST)
            .header("Accept", "text/event-stream, application/json")
            .header("Content-Type", "application/json")
            .header(OWN_HEADER.0, OWN_HEADER.1)
            .abort_signal(abort)
            .body(body)
            .map_err(|_| offline())?;
        request.send().await.map(web_sys::Response::from).map_err(|_| offline())
    }

    async fn repeat(
        &self,
        repeat: Repeat,
        method: Method,
        path: &str,
        body: Option<String>,
        timeout: u32,
    ) -> Result<Answer, ApiError> {
        let send = || self.send(method.clone(), path, body.clone(), timeout);
        retry::run(repeat, send, timers::sleep, random::below).await
    }

    /// The last line of a connection that may only be read: what gets here all the same does not leave the browser.
    ///
    /// # Errors
    /// `Forbidden(ReadOnly)`.
    pub(super) fn check(&self, method: &'static str, path: &str) -> Result<(), ApiError> {
        let refused = || ApiError::local(ErrorKind::Forbidden(ForbiddenCause::ReadOnly), method, path);
        if self.access.lets_through(method, path) { Ok(()) } else { Err(refused()) }
    }

    /// Begins to watch a request for the log.
    pub(super) fn watch(&self, method: &'static str, path: &str) -> Watch {
        Watch::begin(self.connection.to_string(), method, told(path))
    }

    /// One request; where nobody is signed in, it waits until somebody is and is sent again.
    async fn send(&self, method: Method, path: &str, body: Option<String>, timeout: u32) -> Result<Answer, ApiError> {
        loop {
            if sign_in::is_held() {
                return Err(ApiError::local(ErrorKind::SignedOut, method_name(&method), path));
            }
            let outcome = self.send_once(method.clone(), path, body.clone(), timeout).await;
            match outcome {
                Err(error) if error.kind == ErrorKind::SignedOut && sign_in::wait().await => {}
                outcome => return outcome,
            }
        }
    }

    async fn send_once(&self, method: Method, path: &str, body: Option<String>, timeout: u32) -> Result<Answer, ApiError> {
        let name = method_name(&method);
        self.check(name, path)?;
        let watch = self.watch(name, path);
        let fail = |kind| ApiError::local(kind, name, path);
        let controller = web_sys::AbortController::new().ok();
        let request = RequestBuilder::new(&self.url(path))
            .method(method)
            .header("Accept", "application/json")
            .header(OWN_HEADER.0, OWN_HEADER.1)
            .abort_signal(controller.as_ref().map(web_sys::AbortController::signal).as_ref());
        let request = match body {
            Some(text) => request.header("Content-Type", "application/json").body(text),
            None => request.build(),
        };
        let request = request.map_err(|_| fail(ErrorKind::Offline))?;
        let exchange = Box::pin(async move {
            let response = request.send().await.ok()?;
            let header = |name: &str| response.headers().get(name).unwrap_or_default();
            let (content_type, retry_after) = (header("content-type").to_lowercase(), header("retry-after").parse().ok());
            let status = response.status();
            let named = Named { request_id: header("x-request-id"), version: header("x-version") };
            // A body that breaks off is no answer, whatever its status said.
            let body = response.text().await.ok()?;
            Some((Answer { status, content_type, retry_after, body }, named))
        });
        let (answer, named) = match select(exchange, Box::pin(timers::sleep(timeout))).await {
            Either::Left((Some(answer), _)) => answer,
            Either::Left((None, _)) => {
                watch.tell(0, "", Named::default());
                return Err(fail(ErrorKind::Offline));
            }
            Either::Right(_) => {
                if let Some(controller) = controller {
                    controller.abort();
                }
                watch.tell(0, "timeout", Named::default());
                return Err(fail(ErrorKind::Timeout));
            }
        };
        if (200..300).contains(&answer.status) {
            watch.tell(answer.status, "", named);
            return Ok(answer);
        }
        let error = ApiError::from_answer(name, path, &answer);
        watch.tell(answer.status, &error.code, named);
        Err(error)
    }
}

async fn fetch_file(
    request: RequestBuilder,
    body: Option<String>,
    method: &'static str,
    path: &str,
) -> Result<web_sys::Blob, ApiError> {
    let fail = |kind| ApiError::local(kind, method, path);
    let controller = web_sys::AbortController::new().ok();
    let request = request.abort_signal(controller.as_ref().map(web_sys::AbortController::signal).as_ref());
    let request = match body {
        Some(text) => request.body(text),
        None => request.build(),
    };
    let request = request.map_err(|_| fail(ErrorKind::Offline))?;
    let exchange = async move {
        let response = request.send().await.ok()?;
        let header = |name: &str| response.headers().get(name).unwrap_or_default();
        let (content_type, retry_after) = (header("content-type").to_lowercase(), header("retry-after").parse().ok());
        let status = response.status();
        if response.ok() {
            let blob = JsFuture::from(web_sys::Response::from(response).blob().ok()?).await.ok()?;
            return Some(Ok(blob.unchecked_into::<web_sys::Blob>()));
        }
        Some(Err(Answer { status, content_type, retry_after, body: response.text().await.ok()? }))
    };
    match within(FILE_TIMEOUT, exchange).await {
        Some(Some(Ok(blob))) => Ok(blob),
        Some(Some(Err(answer))) => Err(ApiError::from_answer(method, path, &answer)),
        Some(None) => Err(fail(ErrorKind::Offline)),
        None => {
            if let Some(controller) = controller {
                controller.abort();
            }
            Err(fail(ErrorKind::Timeout))
        }
    }
}

/// What a future gives in time, or `None`.
pub(super) async fn within<T>(milliseconds: u32, future: impl Future<Output = T>) -> Option<T> {
    match select(Box::pin(future), Box::pin(timers::sleep(milliseconds))).await {
        Either::Left((outcome, _)) => Some(outcome),
        Either::Right(_) => None,
    }
}

/// A body as it is sent.
pub(super) fn encode(body: &impl Serialize) -> String {
    serde_json::to_string(body).unwrap_or_default()
}

fn decode<T: FromJson>(method: &'static str, path: &str, answer: &Answer) -> Result<T, ApiError> {
    loredesk_wire::decode(&answer.body).map_err(|error| ApiError::undecodable(method, path, answer, &error.to_string()))
}

fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::POST => "POST",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "GET",
    }
}

/// Encodes one value for a query string or a path.
#[must_use]
pub fn encode_component(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(char::from(HEX[usize::from(byte >> 4)]));
            encoded.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    encoded
}

/// Asks a path below the desk's base path to sign the person out.
///
/// # Errors
/// See [`ErrorKind`].
pub async fn sign_out(base_path: &str, path: &str) -> Result<(), ApiError> {
    Client::new("", base_path, Access::default()).send_once(Method::POST, path, None, READ_TIMEOUT).await.map(drop)
}

/// Why a file of our own origin did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchProblem {
    /// No answer, or one that broke off.
    Unreachable,
    /// The host wants somebody to sign in first.
    SignedOut,
    /// An answer of this status, and no file.
    Status(u16),
}

/// A small text file of our own origin, such as `config.json`, never from a cache that was not asked again.
///
/// # Errors
/// When it does not come.
pub async fn fetch_text(path: &str) -> Result<String, FetchProblem> {
    let request = RequestBuilder::new(path).cache(web_sys::RequestCache::NoCache).build();
    let response = request.map_err(|_| FetchProblem::Unreachable)?.send().await.map_err(|_| FetchProblem::Unreachable)?;
    if response.status() == 401 && response.text().await.is_ok_and(|body| body.contains("login_required")) {
        return Err(FetchProblem::SignedOut);
    }
    if !response.ok() {
        return Err(FetchProblem::Status(response.status()));
    }
    response.text().await.map_err(|_| FetchProblem::Unreachable)
}
