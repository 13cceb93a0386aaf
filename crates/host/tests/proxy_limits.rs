//! Time and size limits of the proxy, and that it streams in both directions.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::routing::{get, post};
use http_body_util::BodyExt;
use hyper::Method;
use hyper::body::{Bytes, Frame};
use loredesk_host::config::Config;
use support::upstream::{dify, serve};
use support::{Client, TestHost};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

const A: &str = "5f0c8c1e-3c7b-4a56-9d5c-1b2a3c4d5e6f";

async fn host(url: &str, change: impl FnOnce(&mut Config)) -> (TestHost, Client) {
    let connection = dify(url);
    let host = TestHost::with(|config| {
        config.connections = vec![connection];
        change(config);
    })
    .await;
    let client = Client { base: "/api/far".to_owned(), ..host.client.clone() };
    (host, client)
}

/// Accepts connections and never says a word.
async fn silent() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut kept = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            kept.push(stream);
        }
    });
    address
}

#[tokio::test]
async fn a_server_that_is_down_slow_or_breaks_off_is_named() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let (_host, client) = host(&format!("http://{free}/v1"), |_| {}).await;
    let answer = client.get("/datasets").await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (502, "upstream_unreachable"));
    assert!(answer.message().contains("Far away") && !answer.message().contains(&free.to_string()), "{}", answer.message());

    assert!(answer.message().contains("nothing listens there"), "{}", answer.message());
    let (_host, client) = host("http://nowhere.invalid/v1", |_| {}).await;
    let answer = client.get("/datasets").await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (502, "upstream_unreachable"));
    assert!(answer.message().contains("its name is not known"), "{}", answer.message());

    let silent = silent().await;
    let (_host, client) =
        host(&format!("http://{silent}/v1"), |config| config.time_outs.answer = Duration::from_millis(300)).await;
    let started = Instant::now();
    let answer = client.post("/datasets", &serde_json::json!({ "name": "x" })).await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (504, "upstream_timeout"));
    assert!(answer.message().contains("not known"), "it may have been done: {}", answer.message());
    assert!(started.elapsed() < Duration::from_secs(5));

    // TLS that never begins is part of connecting.
    let (_host, client) =
        host(&format!("https://{silent}/v1"), |config| config.time_outs.connect = Duration::from_millis(300)).await;
    let answer = client.get("/datasets").await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (504, "upstream_timeout"));
    assert!(answer.message().contains("did not accept"), "{}", answer.message());

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let breaking = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = [0; 64];
            let _read = stream.read(&mut head).await;
        }
    });
    let (_host, client) = host(&format!("http://{breaking}/v1"), |_| {}).await;
    let answer = client.delete(&format!("/datasets/{A}")).await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (502, "upstream_unreachable"));
    assert!(answer.message().contains("not known"), "{}", answer.message());
}

/// A body whose pieces the test sends; nothing in place of a piece means breaking off.
struct Sent(mpsc::Receiver<Option<&'static str>>);

impl hyper::body::Body for Sent {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        self.0.poll_recv(context).map(|piece| {
            Some(piece?.map(|text| Frame::data(Bytes::from(text))).ok_or_else(|| std::io::Error::other("broken off")))
        })
    }
}

async fn some(socket: &mut TcpStream) -> String {
    let mut bytes = [0; 4096];
    let read = tokio::time::timeout(Duration::from_secs(10), socket.read(&mut bytes)).await.unwrap().unwrap();
    assert_ne!(read, 0, "the connection ended");
    String::from_utf8_lossy(&bytes[..read]).into_owned()
}

/// Sends the head of a request and what of its body is there; the rest comes later.
async fn begin(host: &TestHost, path: &str, headers: &str, body: &str) -> TcpStream {
    let mut socket = TcpStream::connect(host.client.address).await.unwrap();
    let head = format!("POST /api/far{path} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n{body}", host.client.address);
    socket.write_all(head.as_bytes()).await.unwrap();
    socket
}

#[tokio::test]
async fn answers_flow_at_once_and_a_part_is_never_taken_for_the_whole() {
    let (more, pieces) = mpsc::channel(1);
    let pieces = Arc::new(Mutex::new(Some(pieces)));
    let stream = move || async move {
        let body = Body::new(Sent(pieces.lock().unwrap().take().unwrap()));
        ([("content-type", "text/event-stream")], body)
    };
    let far = serve(Router::new().route("/v1/datasets/{id}/pipeline/run", post(stream))).await;
    let (host, _) = host(&format!("http://{far}/v1"), |_| {}).await;
    let mut socket = begin(&host, &format!("/datasets/{A}/pipeline/run"), "Content-Length: 0\r\n", "").await;
    more.send(Some("data: one\n\n")).await.unwrap();
    let mut text = String::new();
    while !text.contains("data: one") {
        text.push_str(&some(&mut socket).await);
    }
    assert!(text.contains("text/event-stream") && !text.contains("data: two"), "{text}");
    more.send(Some("data: two\n\n")).await.unwrap();
    while !text.contains("data: two") {
        text.push_str(&some(&mut socket).await);
    }
    // The server breaks off: so does the host, without the end of the chunks.
    more.send(None).await.unwrap();
    let mut rest = String::new();
    let _closed = socket.read_to_string(&mut rest).await;
    assert!(!rest.ends_with("0\r\n\r\n"), "{rest:?}");
}

#[tokio::test]
async fn an_answer_that_stands_still_is_broken_off() {
    let (more, pieces) = mpsc::channel(1);
    let pieces = Arc::new(Mutex::new(Some(pieces)));
    let stream = move || async move { Body::new(Sent(pieces.lock().unwrap().take().unwrap())) };
    let far = serve(Router::new().route("/v1/datasets", get(stream))).await;
    let (_host, client) = host(&format!("http://{far}/v1"), |config| config.time_outs.answer = Duration::from_millis(300)).await;
    more.send(Some("{")).await.unwrap();
    let answer = client.try_send(Method::GET, "/datasets", &[], Bytes::new()).await;
    assert!(answer.is_err(), "{answer:?}");
    drop(more);
}

/// A server that tells how much of an upload is there.
async fn receiving() -> (SocketAddr, mpsc::Receiver<usize>) {
    let (arrived, arriving) = mpsc::channel(1000);
    let receive = move |request: Request| async move {
        let (mut body, mut bytes) = (request.into_body(), 0);
        while let Some(frame) = body.frame().await {
            let Ok(frame) = frame else { return "broken" };
            bytes += frame.data_ref().map_or(0, Bytes::len);
            let _told = arrived.send(bytes).await;
        }
        "{}"
    };
    (serve(Router::new().route("/v1/datasets/{id}/document/create-by-file", post(receive))).await, arriving)
}

const UPLOAD: &str = "/datasets/5f0c8c1e-3c7b-4a56-9d5c-1b2a3c4d5e6f/document/create-by-file";

#[tokio::test]
async fn uploads_flow_at_once() {
    let (far, mut arriving) = receiving().await;
    let (host, _) = host(&format!("http://{far}/v1"), |_| {}).await;
    let mut socket = begin(&host, UPLOAD, "Content-Length: 10\r\n", "12345").await;
    assert_eq!(arriving.recv().await, Some(5), "the first half is there before the second was sent");
    socket.write_all(b"67890").await.unwrap();
    assert_eq!(arriving.recv().await, Some(10));
    assert!(some(&mut socket).await.starts_with("HTTP/1.1 200"));
    // Of unknown length as well.
    let mut socket = begin(&host, UPLOAD, "Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n").await;
    assert_eq!(arriving.recv().await, Some(3));
    socket.write_all(b"0\r\n\r\n").await.unwrap();
    assert!(some(&mut socket).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn an_upload_that_stands_still_or_is_broken_off_ends_at_the_server_too() {
    let (far, mut arriving) = receiving().await;
    let (host, _) = host(&format!("http://{far}/v1"), |config| config.time_outs.upload = Duration::from_millis(300)).await;
    let mut socket = begin(&host, UPLOAD, "Content-Length: 10\r\n", "12345").await;
    assert_eq!(arriving.recv().await, Some(5));
    let answer = some(&mut socket).await;
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("upload_stalled"), "{answer}");
    let socket = begin(&host, UPLOAD, "Content-Length: 10\r\n", "123").await;
    assert_eq!(arriving.recv().await, Some(3));
    drop(socket);
    // The server's task ended without the rest: nothing more has arrived.
    tokio::time::timeout(Duration::from_millis(500), arriving.recv()).await.unwrap_err();
}

#[tokio::test]
async fn what_is_too_large_is_refused_before_or_while_it_is_sent() {
    let (far, mut arriving) = receiving().await;
    let (host, client) = host(&format!("http://{far}/v1"), |config| config.limits.max_upload_bytes = 1000).await;
    let most = 1000 + (1 << 20);
    let mut socket = begin(&host, UPLOAD, &format!("Content-Length: {}\r\n", most + 1), "").await;
    let answer = some(&mut socket).await;
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("file_too_large"), "{answer}");
    assert!(arriving.try_recv().is_err(), "nothing of it was sent on");
    let body = "x".repeat(most + 1);
    let mut socket = begin(&host, UPLOAD, "Transfer-Encoding: chunked\r\n", "").await;
    socket.write_all(format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len()).as_bytes()).await.unwrap();
    let answer = some(&mut socket).await;
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("file_too_large"), "{answer}");
    assert_eq!(client.send(Method::POST, UPLOAD, &[], vec![b'x'; most].into()).await.status, 200, "just small enough");
    let long = "x".repeat(50_000);
    assert_eq!(client.send(Method::POST, UPLOAD, &[("cookie", &long)], Bytes::new()).await.refusal(), "head_too_large");
}
