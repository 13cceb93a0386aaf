//! A desk of its own for each test: a host with the fault layer on a free port and an empty data folder, and a browser.

mod behind;
mod doing;
mod embeddings;
mod folder;
mod foreign;
mod hosting;
mod keyboard;
pub mod pipelines;
mod portal;
mod programs;
mod replay;
mod screens;
mod server;
mod setup;
mod web_server;

use std::{
    env,
    path::PathBuf,
    time::{Duration, Instant},
};

use fantoccini::{Client, Locator, elements::Element};
use serde_json::{Value, json};
use tokio::process::Child;

use self::{
    embeddings::Embeddings,
    programs::{BrowserLog, Protocol, start_browser, start_driver, start_host},
    replay::Replay,
};
pub use self::{
    folder::Folder,
    foreign::ForeignSite,
    hosting::{Hosting, Site},
    portal::{Portal, config_for},
    programs::{needed, start_program},
    screens::Screen,
    setup::{Look, Setup},
    web_server::{Kind, WebServer, WebSite, copy_folder, deploy, free_port, run},
};

/// What the browser calls the rules of the page's header.
const POLICY: &str = "Content Security Policy";

/// How long anything may take to appear. Generous, because it only matters when a test fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running desk.
pub struct Desk {
    /// The browser.
    pub browser: Client,
    /// The host's address without a slash at its end.
    pub origin: String,
    /// Where the pages are, without a slash at its end: the host's address, or the one of the web server in front.
    pub pages: String,
    /// A folder that goes with the desk: `data` of the host, `profile` of the browser, and the test's files.
    folder: Folder,
    /// None where recordings stand in for it.
    host: Option<Child>,
    setup: Setup,
    replay: Option<Replay>,
    _web_server: Option<WebServer>,
    /// Where high quality is asked for.
    embeddings: Option<Embeddings>,
    _driver: Child,
}

/// The folder with Debian's documentation packages, where it could be had.
pub fn corpus() -> Option<PathBuf> {
    env::var_os("LOREDESK_CORPUS").map(PathBuf::from)
}

/// A desk on plain static hosting, with the API of a host behind it.
pub async fn hosted(look: Look) -> (Desk, Hosting) {
    let mut desk = Desk::with_look(look).await;
    let hosting = desk.put_behind_hosting().await;
    (desk, hosting)
}

impl Desk {
    /// Puts plain static hosting before the host, which then only answers the API.
    async fn put_behind_hosting(&mut self) -> Hosting {
        let api = self.origin.strip_prefix("http://").map(str::to_owned);
        let folder = needed("LOREDESK_DIST");
        let hosting = Hosting::start(Site { folder, is_app: true, api, ..Site::default() }).await;
        self.origin = hosting.origin();
        self.pages = self.origin.clone();
        hosting
    }

    /// A desk at the start, with nothing in it.
    pub async fn start() -> Self {
        Self::with_look(Look::default()).await
    }

    /// The same with another window, theme or language.
    pub async fn with_look(look: Look) -> Self {
        Self::with(Setup { look, ..Setup::default() }).await
    }

    /// One with an embedding service behind the host, so that high quality can be had.
    pub async fn with_embeddings() -> Self {
        let embeddings = embeddings::start().await;
        let setup = Setup { flags: embeddings.flags(), ..Setup::default() };
        Self { embeddings: Some(embeddings), ..Self::with(setup).await }
    }

    /// One that is set up as is said.
    pub async fn with(setup: Setup) -> Self {
        Self::prepared(setup, |_| {}).await
    }

    /// The same, after something was put into the folder of the test's files.
    pub async fn prepared(setup: Setup, prepare: impl FnOnce(&std::path::Path)) -> Self {
        let folder = Folder::new();
        let files = folder.path("files");
        std::fs::create_dir_all(&files).unwrap();
        prepare(&files);
        if let Some(config) = &setup.config {
            std::fs::write(files.join("loredesk.toml"), config.replace("{folder}", &files.display().to_string())).unwrap();
        }
        let (host, origin) = start_host(&folder.path("data"), 0, &folder.host_arguments(&setup)).await;
        Self::around(folder, setup, Some(host), origin).await
    }

    /// The browser in front of what serves `origin`.
    async fn around(folder: Folder, setup: Setup, host: Option<Child>, origin: String) -> Self {
        let (driver, address) = start_driver().await;
        let browser = start_browser(&address, &folder.path("profile"), &setup).await;
        let pages = origin.clone();
        Self { browser, origin, pages, folder, host, setup, replay: None, _web_server: None, embeddings: None, _driver: driver }
    }

    /// A desk whose server is the recordings of a real one, at the moment of the recording of that name.
    pub async fn replaying(moment: &str) -> Self {
        let folder = Folder::new();
        let replay = replay::start(&needed("LOREDESK_DIST"), moment).await;
        let origin = replay.origin.clone();
        Self { replay: Some(replay), ..Self::around(folder, Setup::default(), None, origin).await }
    }

    /// The server of recordings, to move it on.
    pub fn replay(&self) -> &Replay {
        self.replay.as_ref().expect("a desk of recordings")
    }

    /// Kills the host without a warning and starts it again on the same port and data.
    pub async fn restart_host(&mut self) {
        self.host.as_mut().expect("a desk with a host").kill().await.expect("the host can be killed");
        let port = self.origin.rsplit_once(':').and_then(|(_, port)| port.parse().ok()).expect("the origin has a port");
        let arguments = self.folder.host_arguments(&self.setup);
        self.host = Some(start_host(&self.folder.path("data"), port, &arguments).await.0);
    }

    /// A file for this test, as it would lie on somebody's disk.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path("files").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    /// How many texts the embedding service was asked for with a model.
    pub fn embedded_texts(&self, model: &str) -> usize {
        self.embeddings.as_ref().map_or(0, |embeddings| embeddings.texts(model))
    }

    // Going and looking.

    /// Opens a path of the app by loading the page.
    pub async fn open(&self, path: &str) {
        self.browser.goto(&format!("{}{path}", self.pages)).await.unwrap();
        // On a narrow window an open drawer is the whole page, and its title the first one.
        self.see(Locator::Css("h1, h2")).await;
    }

    /// The address' path and query.
    pub async fn path(&self) -> String {
        let url = self.browser.current_url().await.unwrap();
        url.as_str().strip_prefix(&self.pages).unwrap_or_default().to_owned()
    }

    /// Waits until the address' path fulfils a condition.
    pub async fn path_becomes(&self, what: &str, condition: impl Fn(&str) -> bool) {
        let start = Instant::now();
        loop {
            let path = self.path().await;
            if condition(&path) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "the address never became {what}: {path}");
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Waits for an element that is displayed.
    pub async fn see(&self, locator: Locator<'_>) -> Element {
        let start = Instant::now();
        loop {
            for element in self.browser.find_all(locator).await.unwrap_or_default() {
                // It may be replaced between finding and asking; then it is found again.
                if element.is_displayed().await.unwrap_or_default() {
                    return element;
                }
            }
            if start.elapsed() > PATIENCE {
                let text = self.text().await;
                panic!("never seen: {locator:?}\non the page:\n{text}");
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Waits for a text anywhere on the page.
    pub async fn see_text(&self, text: &str) {
        let start = Instant::now();
        loop {
            let page = self.text().await;
            if page.contains(text) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "never seen: {text:?}\non the page:\n{page}");
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Waits until a text is no longer on the page.
    pub async fn see_no_text(&self, text: &str) {
        let start = Instant::now();
        loop {
            let page = self.text().await;
            if !page.contains(text) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "never gone: {text:?}\non the page:\n{page}");
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// The visible text of the page, open dialogs included.
    pub async fn text(&self) -> String {
        let text = self.script("return document.body ? document.body.innerText : ''").await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Runs a script in the page.
    pub async fn script(&self, script: &str) -> Value {
        self.browser.execute(script, Vec::new()).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Runs a script in every page before its own.
    pub async fn before_each_page(&self, script: &str) {
        let source = json!({"source": script});
        self.browser.issue_cmd(Protocol("Page.addScriptToEvaluateOnNewDocument", source)).await.expect("the script is taken");
    }

    /// Gives the page another width.
    pub async fn resize(&self, width: u32, height: u32) {
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.browser.issue_cmd(Protocol("Emulation.setDeviceMetricsOverride", metrics)).await.expect("the window's size");
    }

    /// Empties the browser's cache of files.
    pub async fn forget_cache(&self) {
        self.browser.issue_cmd(Protocol("Network.clearBrowserCache", json!({}))).await.expect("the cache is emptied");
    }

    /// Keeps what the page downloads in a folder of the test, and gives that.
    pub async fn keep_downloads(&self) -> PathBuf {
        let folder = self.folder.path("downloads");
        std::fs::create_dir_all(&folder).unwrap();
        let behaviour = json!({"behavior": "allow", "downloadPath": folder.display().to_string()});
        self.browser.issue_cmd(Protocol("Browser.setDownloadBehavior", behaviour)).await.expect("downloads are kept");
        folder
    }

    // The end.

    /// Ends the test: nothing may have gone wrong on the console but what the test provoked, named by a part of its text. What the
    /// content security policy stopped has to be named by that policy: no status or address excuses it.
    pub async fn finish(self, provoked: &[&str]) {
        let log = self.browser.issue_cmd(BrowserLog).await.expect("the browser's log");
        let entries: Vec<String> = log
            .as_array()
            .into_iter()
            .flatten()
            .map(|entry| (entry["level"] == "SEVERE", entry["message"].as_str().unwrap_or_default().to_owned()))
            .filter(|(is_severe, message)| {
                let is_violation = message.contains(POLICY);
                let is_provoked = |part: &&str| message.contains(part) && (!is_violation || part.contains(POLICY));
                (*is_severe || is_violation) && !provoked.iter().any(is_provoked)
            })
            .map(|(_, message)| message)
            .collect();
        assert!(entries.is_empty(), "errors on the console: {entries:#?}");
        let _ = self.browser.close().await;
    }
}
