//! The programs behind a desk: the host with the fault layer, ChromeDriver, Chromium.

use std::{
    env,
    path::{Path, PathBuf},
    process::Stdio,
};

use fantoccini::{
    Client, ClientBuilder,
    wd::{Capabilities, WebDriverCompatibleCommand},
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use super::Look;

/// A path that the environment gives.
pub fn needed(name: &str) -> PathBuf {
    env::var_os(name).map(PathBuf::from).unwrap_or_else(|| panic!("{name} is not set: run `cargo xtask test e2e`"))
}

/// Chromium's console, which WebDriver itself does not give.
#[derive(Debug)]
pub struct BrowserLog;

impl WebDriverCompatibleCommand for BrowserLog {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({"type": "browser"}).to_string()))
    }
}

pub async fn start_host(data: &Path, port: u16, flags: &[String]) -> (Child, String) {
    let mut host = Command::new(needed("LOREDESK_HOST"))
        .args(["--port", &port.to_string(), "--data"])
        .arg(data)
        .arg("--app")
        .arg(needed("LOREDESK_DIST"))
        .args(flags)
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("the host starts");
    let mut lines = BufReader::new(host.stdout.take().unwrap()).lines();
    let line = lines.next_line().await.unwrap().expect("the host says where it listens");
    let origin = line.split_whitespace().find(|word| word.starts_with("http://")).expect("an address").to_owned();
    // Read on, so that the host never writes into a closed pipe.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    (host, origin)
}

pub async fn start_driver() -> (Child, String) {
    let mut driver = Command::new(needed("CHROMEDRIVER"))
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("chromedriver starts");
    let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        if let Some((_, port)) = line.rsplit_once("started successfully on port ") {
            let address = format!("http://127.0.0.1:{}", port.trim_end_matches('.'));
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return (driver, address);
        }
    }
    panic!("chromedriver never said its port");
}

pub async fn start_browser(driver: &str, profile: &Path, look: Look) -> Client {
    let arguments = vec![
        "--headless=new".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-quic".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--force-color-profile=srgb".to_owned(),
        "--hide-scrollbars".to_owned(),
        format!("--user-data-dir={}", profile.display()),
        format!("--window-size={},{}", look.width, look.height),
        format!("--lang={}", look.language),
        format!("--accept-lang={}", look.language),
    ];
    let options = json!({"binary": needed("CHROMIUM"), "args": arguments, "prefs": {"intl.accept_languages": look.language}});
    let mut capabilities = Capabilities::new();
    capabilities.insert("goog:chromeOptions".to_owned(), options);
    capabilities.insert("goog:loggingPrefs".to_owned(), json!({"browser": "ALL"}));
    let connector = hyper_util::client::legacy::connect::HttpConnector::new();
    let browser = ClientBuilder::new(connector).capabilities(capabilities).connect(driver).await.expect("a browser");
    // Headless Chromium has a least window width; the page itself can be narrower through the protocol's emulation.
    let metrics = json!({"width": look.width, "height": look.height, "deviceScaleFactor": 1, "mobile": false});
    browser.issue_cmd(Protocol("Emulation.setDeviceMetricsOverride", metrics)).await.expect("the window's size");
    let scheme = json!({"features": [{"name": "prefers-color-scheme", "value": if look.is_dark { "dark" } else { "light" }}]});
    browser.issue_cmd(Protocol("Emulation.setEmulatedMedia", scheme)).await.expect("the system's colours");
    browser
}

/// A command of Chromium's own protocol.
#[derive(Debug)]
pub struct Protocol(pub &'static str, pub Value);

impl WebDriverCompatibleCommand for Protocol {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({"cmd": self.0, "params": self.1}).to_string()))
    }
}
