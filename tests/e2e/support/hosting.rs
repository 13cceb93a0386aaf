//! A plain web server, as one finds them: files of some folders, a `config.json` of any kind, headers of any kind, and the API of a
//! host behind it. And the page of a portal on an origin of its own.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, copy},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A running web server; it stops when this is dropped.
pub struct Hosting {
    /// Its port on 127.0.0.1. Chromium takes every name that ends in `.localhost` for that address too.
    pub port: u16,
    site: Arc<Mutex<Site>>,
    accepting: JoinHandle<()>,
}

/// What it serves.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// The folder of the files.
    pub folder: PathBuf,
    /// Whether every address that is no file is a screen of the app.
    pub is_app: bool,
    /// The answer to `config.json`: status, type and body. Without one it is a file like others.
    pub config: Option<(u16, &'static str, String)>,
    /// Pages by their path, before the files.
    pub pages: Vec<(String, String)>,
    /// Headers of every answer of its own.
    pub headers: Vec<(&'static str, String)>,
    /// The address of a host (without `http://`), which answers below `/api/`.
    pub api: Option<String>,
}

impl Drop for Hosting {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Hosting {
    /// Starts it on a free port.
    pub async fn start(site: Site) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let site = Arc::new(Mutex::new(site));
        let served = site.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let site = served.lock().unwrap().clone();
                // A browser opens connections that it never uses, and closes others early; neither is a fault.
                tokio::spawn(async move { drop(answer(stream, &site).await) });
            }
        });
        Self { port, site, accepting }
    }

    /// Serves something else from now on.
    pub fn change(&self, change: impl FnOnce(&mut Site)) {
        change(&mut self.site.lock().unwrap());
    }

    /// Its origin.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Its origin under a name, which is another site than the address and than other names.
    pub fn origin_of(&self, name: &str) -> String {
        format!("http://{name}.localhost:{}", self.port)
    }
}

async fn answer(stream: TcpStream, site: &Site) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let (mut first, mut headers, mut length) = (String::new(), String::new(), 0);
    stream.read_line(&mut first).await?;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? <= 2 {
            break;
        }
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        if name == "content-length" {
            length = line[name.len() + 1..].trim().parse().unwrap_or_default();
        }
        if name != "host" && name != "connection" {
            headers.push_str(&line);
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    let target = first.split(' ').nth(1).unwrap_or("/");
    let path = target.split('?').next().unwrap_or_default();
    if let Some(host) = site.api.as_ref().filter(|_| path.starts_with("/api/") || path.starts_with("/_faults")) {
        let mut upstream = TcpStream::connect(host).await?;
        upstream.write_all(format!("{first}Host: {host}\r\nConnection: close\r\n{headers}\r\n").as_bytes()).await?;
        upstream.write_all(&body).await?;
        copy(&mut upstream, &mut stream).await?;
        return stream.shutdown().await;
    }
    let page = site.pages.iter().find(|(known, _)| known == path);
    let (status, kind, content) = match (page, &site.config) {
        (Some((_, page)), _) => (200, "text/html; charset=utf-8", page.clone().into_bytes()),
        (None, Some((status, kind, body))) if path == "/config.json" => (*status, *kind, body.clone().into_bytes()),
        _ => file(&site.folder, path, site.is_app).await,
    };
    let own: String = site.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let head = format!(
        "HTTP/1.1 {status} .\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\nConnection: close\r\n{own}\r\n",
        content.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(&content).await?;
    stream.shutdown().await
}

async fn file(folder: &Path, path: &str, is_app: bool) -> (u16, &'static str, Vec<u8>) {
    let name: PathBuf = path.split('/').filter(|part| !part.is_empty() && *part != "..").collect();
    if path == "/favicon.ico" {
        return (200, "image/x-icon", Vec::new());
    }
    let kind = match name.extension().and_then(|extension| extension.to_str()) {
        Some("wasm") => "application/wasm",
        Some("bin") => "application/octet-stream",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        Some("html") => "text/html; charset=utf-8",
        _ if is_app || path == "/" => {
            return (200, "text/html; charset=utf-8", tokio::fs::read(folder.join("index.html")).await.expect("an index.html"));
        }
        _ => "text/plain",
    };
    match tokio::fs::read(folder.join(name)).await {
        Ok(content) => (200, kind, content),
        Err(_) => (404, "text/plain", Vec::new()),
    }
}
