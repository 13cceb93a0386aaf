//! Files over XMLHttpRequest, the only way to see how much of a body has been sent. The only user of it.

use std::{cell::RefCell, rc::Rc};

use futures::channel::oneshot;
use serde::Serialize;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{FormData, ProgressEvent, XmlHttpRequest};

use super::{
    Client,
    error::{Answer, ApiError, ErrorKind},
    http::OWN_HEADER,
    sign_in,
    watch::Watch,
};

/// Silence after which an upload is given up, in milliseconds: a large file on a slow line keeps sending progress.
const STALL_TIMEOUT: i32 = 120_000;

/// An upload under way; dropping it aborts the request.
pub struct Upload {
    request: XmlHttpRequest,
    _closures: Vec<Closure<dyn FnMut(ProgressEvent)>>,
    answer: oneshot::Receiver<Result<Answer, ErrorKind>>,
    method: &'static str,
    path: String,
    watch: Option<Watch>,
}

impl Upload {
    /// Starts sending a form with the JSON part `data` and a file under its name, where there are such, by `POST` or `PATCH`;
    /// `on_progress` hears bytes sent and bytes in all.
    ///
    /// # Errors
    /// Offline, where the browser refuses to send at all; signed out, while requests are held back; `Forbidden(ReadOnly)` on a
    /// connection that may only be read.
    pub fn start(
        client: &Client,
        method: &'static str,
        path: &str,
        file: Option<(&web_sys::File, &str)>,
        data: Option<&impl Serialize>,
        on_progress: impl Fn(f64, f64) + 'static,
    ) -> Result<Self, ApiError> {
        client.check(method, path)?;
        if sign_in::is_held() {
            return Err(ApiError::local(ErrorKind::SignedOut, method, path));
        }
        let refused = || ApiError::local(ErrorKind::Offline, method, path);
        let form = FormData::new().map_err(|_| refused())?;
        if let Some(data) = data {
            let data = serde_json::to_string(data).map_err(|_| refused())?;
            form.append_with_str("data", &data).map_err(|_| refused())?;
        }
        if let Some((file, name)) = file {
            // The browser streams the file from the disk; it never enters our memory.
            form.append_with_blob_and_filename("file", file, name).map_err(|_| refused())?;
        }

        let request = XmlHttpRequest::new().map_err(|_| refused())?;
        request.open(method, &client.url(path)).map_err(|_| refused())?;
        request.set_request_header(OWN_HEADER.0, OWN_HEADER.1).map_err(|_| refused())?;
        let (sender, answer) = oneshot::channel();
        let sender = Rc::new(RefCell::new(Some(sender)));
        let mut closures = Vec::new();

        let progress = Closure::new(move |event: ProgressEvent| on_progress(event.loaded(), event.total()));
        if let Ok(upload) = request.upload() {
            upload.set_onprogress(Some(progress.as_ref().unchecked_ref()));
        }
        closures.push(progress);

        let mut settle = |outcome: fn(&XmlHttpRequest) -> Result<Answer, ErrorKind>| {
            let (sender, request) = (Rc::clone(&sender), request.clone());
            let closure = Closure::new(move |_: ProgressEvent| {
                if let Some(sender) = sender.borrow_mut().take() {
                    // The receiver is gone when the upload was cancelled: nobody wants to know.
                    let _ = sender.send(outcome(&request));
                }
            });
            let function = closure.as_ref().unchecked_ref::<js_sys::Function>().clone();
            closures.push(closure);
            function
        };
        request.set_onload(Some(&settle(|request| Ok(read_answer(request)))));
        request.set_onerror(Some(&settle(|_| Err(ErrorKind::Offline))));
        request.set_onabort(Some(&settle(|_| Err(ErrorKind::Aborted))));
        request.set_ontimeout(Some(&settle(|_| Err(ErrorKind::Timeout))));
        request.set_timeout(u32::try_from(STALL_TIMEOUT).unwrap_or_default().saturating_mul(10));

        request.send_with_opt_form_data(Some(&form)).map_err(|_| refused())?;
        let watch = Some(client.watch(method, path));
        Ok(Self { request, _closures: closures, answer, method, path: path.to_owned(), watch })
    }

    /// A handle that stops the upload from elsewhere.
    #[must_use]
    pub fn abort_handle(&self) -> AbortHandle {
        AbortHandle(self.request.clone())
    }

    /// Waits for the answer.
    ///
    /// # Errors
    /// See [`ErrorKind`]; `Aborted` after a cancel.
    pub async fn finish<T: loredesk_wire::FromJson>(mut self) -> Result<T, ApiError> {
        let outcome = (&mut self.answer).await.unwrap_or(Err(ErrorKind::Aborted));
        let outcome = outcome.map_err(|kind| ApiError::local(kind, self.method, &self.path));
        let outcome = outcome.and_then(|answer| {
            let is_done = (200..300).contains(&answer.status);
            if is_done { Ok(answer) } else { Err(ApiError::from_answer(self.method, &self.path, &answer)) }
        });
        if let Some(watch) = self.watch.take() {
            watch.tell_outcome(&outcome);
        }
        let answer = outcome?;
        loredesk_wire::decode(&answer.body)
            .map_err(|error| ApiError::undecodable(self.method, &self.path, &answer, &error.to_string()))
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        // Aborting a finished request does nothing. Without handlers, a late event finds no dropped closure.
        self.request.set_onload(None);
        self.request.set_onerror(None);
        self.request.set_onabort(None);
        self.request.set_ontimeout(None);
        if let Ok(upload) = self.request.upload() {
            upload.set_onprogress(None);
        }
        let _ = self.request.abort();
    }
}

/// Stops an upload.
#[derive(Clone)]
pub struct AbortHandle(XmlHttpRequest);

impl AbortHandle {
    /// Stops it; its future then ends with `Aborted`.
    pub fn abort(&self) {
        let _ = self.0.abort();
    }
}

fn read_answer(request: &XmlHttpRequest) -> Answer {
    let header = |name: &str| request.get_response_header(name).ok().flatten().unwrap_or_default();
    Answer {
        status: request.status().unwrap_or_default(),
        content_type: header("content-type").to_lowercase(),
        retry_after: header("retry-after").parse().ok(),
        body: request.response_text().ok().flatten().unwrap_or_default(),
    }
}
