//! A server behind nginx or Caddy that remembers what came to it, and when.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::{Notify, watch},
    task::JoinHandle,
};

/// A request as it came.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// `METHOD /path?query`.
    pub line: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
}

impl Seen {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The running server; it ends with this.
pub struct Upstream {
    pub origin: String,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

struct Shared {
    seen: Mutex<Vec<Seen>>,
    /// Bytes of bodies that have come so far.
    received: watch::Sender<u64>,
    /// Lets the second event of a run go.
    go_on: Notify,
}

impl Drop for Upstream {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Upstream {
    /// Starts it.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared { seen: Mutex::default(), received: watch::Sender::new(0), go_on: Notify::new() });
        let own = shared.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = own.clone();
                // Servers in front keep connections and drop them when they like.
                tokio::spawn(async move { while_it_lasts(stream, &shared).await });
            }
        });
        Self { origin, shared, accepting }
    }

    /// What came since the last time.
    pub fn take(&self) -> Vec<Seen> {
        std::mem::take(&mut self.shared.seen.lock().unwrap())
    }

    /// Waits until so many bytes of bodies are here.
    pub async fn received(&self, bytes: u64) {
        self.shared.received.subscribe().wait_for(|received| *received >= bytes).await.unwrap();
    }

    /// Lets the second event of a run go.
    pub fn go_on(&self) {
        self.shared.go_on.notify_one();
    }
}

async fn while_it_lasts(stream: TcpStream, shared: &Shared) {
    let mut stream = BufReader::new(stream);
    while let Ok(true) = answer(&mut stream, shared).await {}
}

/// Answers one request; false at the end of the connection.
async fn answer(stream: &mut BufReader<TcpStream>, shared: &Shared) -> std::io::Result<bool> {
    let mut first = String::new();
    if stream.read_line(&mut first).await? == 0 {
        return Ok(false);
    }
    let mut seen = Seen { line: first.trim().trim_end_matches(" HTTP/1.1").to_owned(), headers: Vec::new() };
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? <= 2 {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            seen.headers.push((name.to_lowercase(), value.trim().to_owned()));
        }
    }
    let mut left: u64 = seen.header("content-length").and_then(|value| value.parse().ok()).unwrap_or_default();
    // A program that signs people in answers under this path.
    let is_refused = seen.line.contains(" /oauth2/auth") && !seen.header("cookie").unwrap_or_default().contains("session=mira");
    let is_run = seen.line.ends_with("/pipeline/run");
    shared.seen.lock().unwrap().push(seen);
    let mut part = vec![0; 65536];
    while left > 0 {
        let most = part.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let read = stream.read(&mut part[..most]).await?;
        if read == 0 {
            return Ok(false);
        }
        left -= read as u64;
        shared.received.send_modify(|received| *received += read as u64);
    }
    if is_run {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
        stream.write_all(format!("{head}d\r\ndata: first\n\n\r\n").as_bytes()).await?;
        shared.go_on.notified().await;
        stream.write_all(b"e\r\ndata: second\n\n\r\n0\r\n\r\n").await?;
        return Ok(true);
    }
    let (status, body) = if is_refused { ("401 Unauthorized", "") } else { ("200 OK", "{\"data\":[]}") };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nSet-Cookie: session=of-the-server; Path=/\r\n\
         Cache-Control: public, max-age=600\r\nX-Frame-Options: ALLOWALL\r\nAccess-Control-Allow-Origin: *\r\n\r\n",
        body.len()
    );
    stream.write_all(format!("{head}{body}").as_bytes()).await?;
    Ok(true)
}
