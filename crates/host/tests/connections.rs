//! A refusal that is given before the request has arrived whole does not break the connection.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::net::SocketAddr;

use support::TestHost;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// Reads one answer and gives its status.
async fn status(stream: &mut BufReader<TcpStream>) -> u16 {
    let (mut head, mut length) = (Vec::new(), 0);
    loop {
        let mut line = String::new();
        assert_ne!(stream.read_line(&mut line).await.unwrap(), 0, "the connection was closed");
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        head.push(line);
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.unwrap();
    head[0].split(' ').nth(1).unwrap().parse().unwrap()
}

async fn refused_early(address: SocketAddr, path: &str, headers: &str, wanted: u16) {
    let mut stream = BufReader::new(TcpStream::connect(address).await.unwrap());
    let body = "{\"name\": \"late\"}".repeat(10_000);
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\n{headers}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // The answer is here before anything of the body was sent.
    assert_eq!(status(&mut stream).await, wanted, "{path}");
    stream.write_all(body.as_bytes()).await.unwrap();
    // And the connection goes on, as clients that keep it expect.
    let next = format!("GET /v1/datasets HTTP/1.1\r\nHost: {address}\r\n\r\n");
    stream.write_all(next.as_bytes()).await.unwrap();
    assert_eq!(status(&mut stream).await, 200, "after {path}");
}

#[tokio::test]
async fn an_early_refusal_leaves_the_connection_as_it_was() {
    let host = TestHost::start().await;
    let address = host.client.address;
    refused_early(address, "/v1/nowhere", "", 404).await;
    refused_early(address, "/v1/datasets/no-uuid/retrieve", "", 404).await;
    refused_early(address, "/v1/files/00000000-0000-4000-8000-000000000000", "", 405).await;
    refused_early(address, "/v1/datasets", "Origin: http://elsewhere.test\r\n", 403).await;
}
