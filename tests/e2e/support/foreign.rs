//! A web site of somebody else: pages on another port, which answer under every loopback name.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// The running site; it ends with this.
pub struct ForeignSite {
    port: u16,
    pages: Arc<Mutex<HashMap<String, String>>>,
    accepting: JoinHandle<()>,
}

impl Drop for ForeignSite {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl ForeignSite {
    /// A site with an empty page at `/`.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let page = "<!doctype html><link rel=icon href=data:,><title>Somebody else</title><h1>Somebody else</h1>";
        let pages = Arc::new(Mutex::new(HashMap::from([("/".to_owned(), page.to_owned())])));
        let served = pages.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A browser opens connections that it never uses.
                tokio::spawn(answer(stream, served.clone()));
            }
        });
        Self { port, pages, accepting }
    }

    /// Puts a page at a path.
    pub fn page(&self, path: &str, html: &str) {
        self.pages.lock().unwrap().insert(path.to_owned(), format!("<!doctype html><link rel=icon href=data:,>{html}"));
    }

    /// The site's origin under a name that leads to this computer.
    pub fn origin(&self, name: &str) -> String {
        format!("http://{name}:{}", self.port)
    }
}

async fn answer(stream: TcpStream, pages: Arc<Mutex<HashMap<String, String>>>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    let mut first = String::new();
    stream.read_line(&mut first).await.ok()?;
    let mut line = String::new();
    while stream.read_line(&mut line).await.ok()? > 2 {
        line.clear();
    }
    let path = first.split(' ').nth(1)?.split('?').next()?;
    let page = pages.lock().unwrap().get(path).cloned();
    let (status, body) = page.map_or(("404 Not Found", String::new()), |page| ("200 OK", page));
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(answer.as_bytes()).await.ok()
}
