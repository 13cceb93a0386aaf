//! A small HTTP client that sends what it is told, also what a browser would never send.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    /// Reads one; a body in chunks is put together.
    pub fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).unwrap_or_default();
        let headers: Vec<_> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
            .collect();
        let mut answer = Self { status, headers, body: body.to_owned() };
        if answer.header("transfer-encoding") == "chunked" {
            answer.body = joined(body);
        }
        answer
    }

    /// A header's value; all of them, with commas, if there are several.
    pub fn header(&self, name: &str) -> String {
        let values: Vec<_> = self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect();
        values.join(", ")
    }

    /// The code of a refusal in the form of the Knowledge API.
    pub fn code(&self) -> String {
        let body: serde_json::Value = serde_json::from_str(&self.body).unwrap_or_default();
        assert!(body.is_null() || body["status"] == self.status, "{self:?}");
        body["code"].as_str().unwrap_or_default().to_owned()
    }
}

fn joined(mut rest: &str) -> String {
    let mut body = String::new();
    while let Some((length, after)) = rest.split_once("\r\n") {
        let length = usize::from_str_radix(length, 16).unwrap_or_default();
        body.push_str(after.get(..length).unwrap_or_default());
        rest = after.get(length + 2..).unwrap_or_default();
    }
    body
}

/// Sends a request to an origin and reads its answer.
pub async fn send(origin: &str, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let authority = origin.strip_prefix("http://").unwrap();
    let mut head = format!("{method} {target} HTTP/1.1\r\nConnection: close\r\n");
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        head.push_str(&format!("Host: {authority}\r\n"));
    }
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if !body.is_empty() {
        head.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    let mut stream = TcpStream::connect(authority).await.unwrap();
    stream.write_all(format!("{head}\r\n{body}").as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    Answer::read(&bytes)
}

/// `GET`.
pub async fn get(origin: &str, target: &str, headers: &[(&str, &str)]) -> Answer {
    send(origin, "GET", target, headers, "").await
}

/// What the desk sends with every change.
pub const OWN: (&str, &str) = ("x-loredesk", "1");
