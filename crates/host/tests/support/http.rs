//! A small HTTP client on hyper: one connection a request, so that each test sees exactly what the host does with it.

use std::net::SocketAddr;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HOST};
use hyper::{HeaderMap, Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

/// Talks to one host.
#[derive(Clone, Debug)]
pub struct Client {
    pub address: SocketAddr,
    /// What stands before `/datasets`.
    pub base: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The envelope's code, after checking the envelope.
    pub fn refusal(&self) -> String {
        let body = self.json();
        assert_eq!(body["status"], self.status.as_u16(), "{body}");
        assert!(!body["message"].as_str().unwrap().is_empty(), "{body}");
        body["code"].as_str().unwrap().to_owned()
    }

    pub fn message(&self) -> String {
        self.json()["message"].as_str().unwrap().to_owned()
    }
}

/// A part of a multipart form.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    pub field: &'a str,
    pub file_name: Option<&'a str>,
    pub content: &'a [u8],
}

impl Client {
    pub fn new(address: SocketAddr) -> Self {
        Self { address, base: "/api/local".to_owned() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], Bytes::new()).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, &[], Bytes::new()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.json(Method::POST, path, body).await
    }

    pub async fn json(&self, method: Method, path: &str, body: &Value) -> Answer {
        self.send(method, path, &[(CONTENT_TYPE.as_str(), "application/json")], body.to_string().into()).await
    }

    /// Sends a file with its settings.
    pub async fn upload(&self, method: Method, path: &str, file_name: &str, content: &[u8], data: &Value) -> Answer {
        let data = data.to_string();
        let parts = [
            Part { field: "data", file_name: None, content: data.as_bytes() },
            Part { field: "file", file_name: Some(file_name), content },
        ];
        self.form(method, path, &parts).await
    }

    pub async fn form(&self, method: Method, path: &str, parts: &[Part<'_>]) -> Answer {
        let mut body = Vec::new();
        for part in parts {
            body.extend_from_slice(format!("--BOUNDARY\r\nContent-Disposition: form-data; name=\"{}\"", part.field).as_bytes());
            if let Some(name) = part.file_name {
                body.extend_from_slice(format!("; filename=\"{name}\"\r\nContent-Type: text/plain").as_bytes());
            }
            body.extend_from_slice(b"\r\n\r\n");
            body.extend_from_slice(part.content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--BOUNDARY--\r\n");
        self.send(method, path, &[(CONTENT_TYPE.as_str(), "multipart/form-data; boundary=BOUNDARY")], body.into()).await
    }

    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Bytes) -> Answer {
        self.try_send(method, path, headers, body).await.unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// A path that begins with `/datasets` or another word of the API gets the base in front, one with `//` is taken as it is.
    pub async fn try_send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Bytes,
    ) -> Result<Answer, Box<dyn std::error::Error>> {
        let path = path
            .strip_prefix('/')
            .filter(|rest| rest.starts_with('/'))
            .map_or_else(|| format!("{}{path}", self.base), str::to_owned);
        let stream = TcpStream::connect(self.address).await?;
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
        let pump = tokio::spawn(connection);
        let mut request = Request::builder().method(method).uri(path);
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            request = request.header(HOST, self.address.to_string());
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = sender.send_request(request.body(Full::new(body))?).await?;
        let (parts, body) = response.into_parts();
        let body = body.collect().await?.to_bytes();
        pump.abort();
        Ok(Answer { status: parts.status, headers: parts.headers, body })
    }
}
