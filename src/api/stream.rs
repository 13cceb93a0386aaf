//! Answers that come in pieces: server-sent events, handed on as they arrive.
//!
//! What stands between may hold the pieces back and give them all at the end, or change their content type; a server may refuse
//! with JSON in place of a stream; the connection may break, or nothing come any more. Each has its outcome here. A future that
//! is dropped stops the request.

use loredesk_wire::EventReader;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, ReadableStreamDefaultReader};

use super::{
    Client,
    error::{Answer, ApiError, ErrorKind},
    http::{encode, within},
    sign_in,
    watch::{Named, Watch},
};

/// Longest silence before the head and between two pieces, in milliseconds. Servers ping every ten seconds; a proxy that holds
/// the pieces back looks like silence.
const SILENCE: u32 = 120_000;

/// A request under way: stopped when it is dropped, and then told to the log as such.
struct Running {
    controller: Option<AbortController>,
    watch: Option<Watch>,
}

impl Running {
    fn begin(watch: Watch) -> Self {
        Self { controller: AbortController::new().ok(), watch: Some(watch) }
    }

    fn signal(&self) -> Option<AbortSignal> {
        self.controller.as_ref().map(AbortController::signal)
    }

    /// Tells the log how it ended.
    fn tell<T>(&mut self, outcome: &Result<T, ApiError>, named: Named) {
        let Some(watch) = self.watch.take() else { return };
        match outcome {
            Ok(_) => watch.tell(200, "", named),
            Err(error) if error.kind == ErrorKind::Timeout => watch.tell(0, "timeout", named),
            Err(error) => watch.tell(error.raw.status, &error.code, named),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Stopping what has ended does nothing.
        if let Some(controller) = &self.controller {
            controller.abort();
        }
        if let Some(watch) = self.watch.take() {
            watch.tell(0, "stopped", Named::default());
        }
    }
}

/// Sends a `POST` and hands on the data of every event. `None` where a stream came and ended; an answer where one came in place
/// of a stream. Where nobody is signed in, it waits until somebody is and is sent again.
///
/// # Errors
/// A refusal; `Offline` where the connection broke, `Timeout` where nothing came any more: events may have come before.
/// `Forbidden(ReadOnly)` on a connection that may only be read.
pub async fn post(
    client: &Client,
    path: &str,
    body: &impl Serialize,
    mut on_data: impl FnMut(&str),
) -> Result<Option<Answer>, ApiError> {
    client.check("POST", path)?;
    let body = encode(body);
    loop {
        if sign_in::is_held() {
            return Err(ApiError::local(ErrorKind::SignedOut, "POST", path));
        }
        let mut running = Running::begin(client.watch("POST", path));
        let mut named = Named::default();
        let outcome = exchange(client, path, &body, running.signal(), &mut named, &mut on_data).await;
        running.tell(&outcome, named);
        match outcome {
            // Refused before it was looked at: no event has come.
            Err(error) if error.kind == ErrorKind::SignedOut && sign_in::wait().await => {}
            outcome => return outcome,
        }
    }
}

async fn exchange(
    client: &Client,
    path: &str,
    body: &str,
    signal: Option<AbortSignal>,
    named: &mut Named,
    on_data: &mut impl FnMut(&str),
) -> Result<Option<Answer>, ApiError> {
    let fail = |kind| ApiError::local(kind, "POST", path);
    let response = within(SILENCE, client.begin(path, body, signal.as_ref())).await.ok_or_else(|| fail(ErrorKind::Timeout))??;
    let header = |name: &str| response.headers().get(name).ok().flatten().unwrap_or_default();
    *named = Named { request_id: header("x-request-id"), version: header("x-version") };
    let (content_type, retry_after) = (header("content-type").to_lowercase(), header("retry-after").parse().ok());
    let mut reader = EventReader::default();
    let stream = response.body().filter(|_| response.ok() && content_type.contains("event-stream"));
    let Some(stream) = stream else {
        let text = response.text().map_err(|_| fail(ErrorKind::Offline))?;
        let text = within(SILENCE, JsFuture::from(text)).await.ok_or_else(|| fail(ErrorKind::Timeout))?;
        let body = text.ok().and_then(|text| text.as_string()).ok_or_else(|| fail(ErrorKind::Offline))?;
        let answer = Answer { status: response.status(), content_type, retry_after, body };
        if !(200..300).contains(&answer.status) {
            return Err(ApiError::from_answer("POST", path, &answer));
        }
        if is_stream(&answer.body) {
            reader.push(answer.body.as_bytes()).iter().for_each(|data| on_data(data));
            return Ok(None);
        }
        return Ok(Some(answer));
    };
    let pieces: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    loop {
        let piece = within(SILENCE, JsFuture::from(pieces.read())).await.ok_or_else(|| fail(ErrorKind::Timeout))?;
        let piece = piece.map_err(|_| fail(ErrorKind::Offline))?;
        let field = |name: &str| js_sys::Reflect::get(&piece, &JsValue::from_str(name)).unwrap_or_default();
        if field("done").is_truthy() {
            return Ok(None);
        }
        if let Ok(bytes) = field("value").dyn_into::<js_sys::Uint8Array>() {
            reader.push(&bytes.to_vec()).iter().for_each(|data| on_data(data));
        }
    }
}

/// Whether a text is a stream of events whose content type was lost on the way.
fn is_stream(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with("data:") || text.starts_with("event:")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use loredesk_wire::{PipelineEvent, decode};
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_stream_is_known_by_its_beginning() {
        assert!(is_stream("\n data: {}") && is_stream("event: ping\n\n"));
        assert!(!is_stream("{\"data\": 1}") && !is_stream("<html>"));
    }

    proptest! {
        /// Wherever a network cuts a stream, the events are the same, and a lost end costs the event that it was in only.
        #[test]
        fn events_do_not_depend_on_how_they_are_cut(
            texts in prop::collection::vec("\\PC{0,20}", 1..6),
            is_windows in any::<bool>(),
            cuts in prop::collection::vec(0_usize..400, 0..12),
            lost in 0_usize..40,
        ) {
            let end = if is_windows { "\r\n" } else { "\n" };
            let mut stream = String::new();
            for text in &texts {
                let event = json!({ "event": "node_started", "data": { "title": text } });
                stream.push_str(&format!("event: message{end}data: {event}{end}{end}: comment{end}{end}"));
            }
            let mut at: Vec<usize> = cuts.into_iter().map(|cut| cut.min(stream.len())).chain([0, stream.len()]).collect();
            at.sort_unstable();
            let mut reader = EventReader::default();
            let pieces = at.windows(2).map(|two| &stream.as_bytes()[two[0]..two[1]]);
            let events: Vec<String> = pieces.flat_map(|piece| reader.push(piece)).collect();
            let titles: Vec<String> = events.iter()
                .map(|data| decode::<PipelineEvent>(data).unwrap().data.unwrap()["title"].as_str().unwrap().to_owned())
                .collect();
            prop_assert_eq!(&titles, &texts);
            let kept = stream.len() - lost.min(stream.len());
            let cut = EventReader::default().push(&stream.as_bytes()[..kept]);
            prop_assert!(cut.len() <= events.len() && cut.iter().zip(&events).all(|(one, other)| one == other));
        }
    }
}
