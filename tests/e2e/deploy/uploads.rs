//! Large files and long runs go through nginx and Caddy as they come.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use super::{
    BOTH,
    http::{Answer, OWN, send},
    small_app,
    upstream::Upstream,
};
use crate::support::{Folder, WebServer, WebServerSetup};

const SIZE: usize = 100 << 20;
const DOCUMENTS: &str = "/api/local/datasets/7b3f2c1e-8a4d-4f6b-9c0e-1d2a3b4c5d6e/document/create-by-file";
/// How long what should be there at once may take. Generous: it only matters when a test fails.
const SOON: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_megabytes_stream_through() {
    let (folder, upstream) = (Folder::new(), Upstream::start().await);
    let mut sent_before = 0;
    for kind in BOTH {
        let site = WebServerSetup { app: small_app(&folder), upstream: upstream.origin.clone(), ..WebServerSetup::default() };
        let server = WebServer::start(kind, &site).await;
        let memory = server.most_memory();
        let authority = server.origin.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(authority).await.unwrap();
        let head = format!(
            "POST {DOCUMENTS} HTTP/1.1\r\nHost: {authority}\r\nX-Loredesk: 1\r\nConnection: close\r\n\
             Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {SIZE}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let part = vec![b'x'; 1 << 20];
        // The first megabyte is at the server while the last was not even sent.
        stream.write_all(&part).await.unwrap();
        timeout(SOON, upstream.received(sent_before + (1 << 20))).await.expect("the beginning arrives first");
        for _ in 1..50 {
            stream.write_all(&part).await.unwrap();
        }
        timeout(SOON, upstream.received(sent_before + (49 << 20))).await.expect("the middle arrives before the end");
        assert!(server.bytes_put_away() < 1 << 20, "{kind:?} keeps {} bytes of it", server.bytes_put_away());
        for _ in 50..100 {
            stream.write_all(&part).await.unwrap();
        }
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let answer = Answer::read(&answer);
        assert_eq!(answer.status, 200, "{kind:?}: {answer:?}");
        sent_before += SIZE as u64;
        timeout(SOON, upstream.received(sent_before)).await.expect("all of it arrives");
        let grown = server.most_memory() - memory;
        assert!(grown < 40_000, "{kind:?} took {grown} kB for it");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_too_large_is_refused_before_it_is_sent() {
    let (folder, upstream) = (Folder::new(), Upstream::start().await);
    for kind in BOTH {
        let site = WebServerSetup { app: small_app(&folder), upstream: upstream.origin.clone(), ..WebServerSetup::default() };
        let server = WebServer::start(kind, &site).await;
        let answer = send(&server.origin, "POST", DOCUMENTS, &[OWN, ("Content-Length", "120000000")], "").await;
        assert_eq!((answer.status, answer.code().as_str()), (413, "file_too_large"), "{kind:?}: {answer:?}");
        assert_eq!(upstream.take().len(), 0, "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_events_of_a_run_come_one_by_one() {
    let (folder, upstream) = (Folder::new(), Upstream::start().await);
    for kind in BOTH {
        let site = WebServerSetup { app: small_app(&folder), upstream: upstream.origin.clone(), ..WebServerSetup::default() };
        let server = WebServer::start(kind, &site).await;
        let authority = server.origin.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(authority).await.unwrap();
        let run = "/api/local/datasets/7b3f2c1e-8a4d-4f6b-9c0e-1d2a3b4c5d6e/pipeline/run";
        let head = format!(
            "POST {run} HTTP/1.1\r\nHost: {authority}\r\nX-Loredesk: 1\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{{}}"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut text = String::new();
        let mut part = [0; 4096];
        // The server sends the second event only after this has read the first.
        let until = async |text: &mut String, stream: &mut TcpStream, part: &mut [u8], word: &str| {
            while !text.contains(word) {
                let read =
                    timeout(SOON, stream.read(part)).await.unwrap_or_else(|_| panic!("{kind:?} keeps {word:?}: {text}")).unwrap();
                assert_ne!(read, 0, "{kind:?}: {text}");
                text.push_str(&String::from_utf8_lossy(&part[..read]));
            }
        };
        until(&mut text, &mut stream, &mut part, "data: first").await;
        assert!(!text.contains("second"));
        upstream.go_on();
        until(&mut text, &mut stream, &mut part, "data: second").await;
    }
}
