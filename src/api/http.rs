//! Requests over fetch: the only user of gloo-net. One monomorphic `send`; the typed decode comes after it.

use std::{future::Future, sync::Arc};

use futures::future::{Either, select};
use gloo_net::http::{Method, RequestBuilder};
use loredesk_wire::FromJson;
use serde::Serialize;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::{
    error::{Answer, ApiError, ErrorKind},
    retry::{self, Repeat},
};
use crate::dom::{random, timers};

/// How long a read may take, in milliseconds.
const READ_TIMEOUT: u32 = 30_000;
/// How long a file may take to come, in milliseconds.
const FILE_TIMEOUT: u32 = 600_000;
/// How long a write may take: real servers index a chunk before they answer.
const WRITE_TIMEOUT: u32 = 120_000;

/// A connection's client. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    connection: Arc<str>,
    base: Arc<str>,
}

impl Client {
    /// A client for the connection of that id, whose server answers at `base`.
    #[must_use]
    pub fn new(connection: &str, base: &str) -> Self {
        Self { connection: connection.into(), base: base.trim_end_matches('/').into() }
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
        let request = RequestBuilder::new(&self.url(path)).method(Method::POST).header("Content-Type", "application/json");
        fetch_file(request, Some(encode(body)), "POST", path).await
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
        body: &impl Serialize,
        abort: Option<&web_sys::AbortSignal>,
    ) -> Result<web_sys::Response, ApiError> {
        let offline = || ApiError::local(ErrorKind::Offline, "POST", path);
        let request = RequestBuilder::new(&self.url(path))
            .method(Method::POST)
            .header("Accept", "text/event-stream, application/json")
            .header("Content-Type", "application/json")
            .abort_signal(abort)
            .body(encode(body))
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

    async fn send(&self, method: Method, path: &str, body: Option<String>, timeout: u32) -> Result<Answer, ApiError> {
        let name = method_name(&method);
        let fail = |kind| ApiError::local(kind, name, path);
        let controller = web_sys::AbortController::new().ok();
        let request = RequestBuilder::new(&self.url(path))
            .method(method)
            .header("Accept", "application/json")
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
            // A body that breaks off is no answer, whatever its status said.
            let body = response.text().await.ok()?;
            Some(Answer { status, content_type, retry_after, body })
        });
        let answer = match select(exchange, Box::pin(timers::sleep(timeout))).await {
            Either::Left((Some(answer), _)) => answer,
            Either::Left((None, _)) => return Err(fail(ErrorKind::Offline)),
            Either::Right(_) => {
                if let Some(controller) = controller {
                    controller.abort();
                }
                return Err(fail(ErrorKind::Timeout));
            }
        };
        if (200..300).contains(&answer.status) { Ok(answer) } else { Err(ApiError::from_answer(name, path, &answer)) }
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

fn encode(body: &impl Serialize) -> String {
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

/// A small text file of our own origin, such as `config.json`, never from a cache that was not asked again.
///
/// # Errors
/// A sentence for the page that cannot start.
pub async fn fetch_text(path: &str) -> Result<String, &'static str> {
    let request = RequestBuilder::new(path)
        .cache(web_sys::RequestCache::NoCache)
        .build()
        .map_err(|_| "config.json: the browser refused to ask.")?;
    let response = request.send().await.map_err(|_| "config.json: no answer came.")?;
    if !response.ok() {
        return Err("config.json: there is none beside the app.");
    }
    response.text().await.map_err(|_| "config.json: the answer broke off.")
}
