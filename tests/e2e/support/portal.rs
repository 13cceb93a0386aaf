//! A desk in the page of a portal on another origin: the page of `docs/portal`, as one tries it by hand.

use std::{path::PathBuf, time::Instant};

use serde_json::Value;

use super::{Desk, Hosting, Look, PATIENCE, Setup, Site};

/// A portal with a desk in it. The browser is on the portal's page; [`Portal::inside`] leads into the frame.
pub struct Portal {
    /// The browser and the host.
    pub desk: Desk,
    /// The server of the portal's page.
    pub page: Hosting,
    /// The web server of the desk, where it is not the host itself.
    pub hosting: Option<Hosting>,
    /// The portal's origin.
    pub origin: String,
}

/// The folder of the portal's page.
fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/portal"))
}

/// The configuration of a desk that pages of these origins may hold.
pub fn config_for(origins: &[&str]) -> Option<(u16, &'static str, String)> {
    let connection = serde_json::json!({"id": "local", "name": "Ours", "base": "api/local"});
    Some((200, "application/json", serde_json::json!({"connections": [connection], "portal_origins": origins}).to_string()))
}

impl Portal {
    /// A portal on another site, and a host that lists it.
    pub async fn start(setup: Setup) -> Self {
        let page = Hosting::start(Site { folder: folder(), ..Site::default() }).await;
        let origin = page.origin_of("portal");
        let config = format!("portal_origins = [\"{origin}\"]\n{}", setup.config.unwrap_or_default());
        let desk = Desk::with(Setup { config: Some(config), ..setup }).await;
        Self { desk, page, hosting: None, origin }
    }

    /// The same on plain static hosting, which sends only the headers that it is told.
    pub async fn on_hosting(look: Look) -> Self {
        let mut portal = Self::start(Setup { look, ..Setup::default() }).await;
        let hosting = portal.desk.put_behind_hosting().await;
        let origin = portal.origin.clone();
        let ancestors = format!("frame-ancestors 'self' {origin}");
        hosting.change(|site| {
            site.config = config_for(&[&origin]);
            site.headers = vec![("Content-Security-Policy", ancestors), ("Access-Control-Allow-Origin", "*".to_owned())];
        });
        portal.hosting = Some(hosting);
        portal
    }

    /// Changes what the static hosting serves.
    pub fn change(&self, change: impl FnOnce(&mut Site)) {
        self.hosting.as_ref().expect("a portal on hosting").change(change);
    }

    /// Opens the portal's page with the desk and more parameters (`&…` or nothing).
    pub async fn open(&self, more: &str) {
        self.desk.browser.goto(&format!("{}/?desk={}/{more}", self.origin, self.desk.origin)).await.unwrap();
    }

    /// Goes into the frame of the desk; what follows is about the desk.
    pub async fn inside(&self) {
        self.desk.browser.enter_parent_frame().await.unwrap();
        let start = Instant::now();
        loop {
            let found =
                self.desk.script("return document.querySelector('loredesk-desk')?.shadowRoot.querySelector('iframe')").await;
            if let Some(frame) = self.desk.element(&found) {
                frame.enter_frame().await.unwrap();
                return;
            }
            assert!(start.elapsed() < PATIENCE, "there is no frame in the portal");
            tokio::time::sleep(std::time::Duration::from_millis(30)).await;
        }
    }

    /// Goes back to the portal's page.
    pub async fn outside(&self) {
        self.desk.browser.enter_parent_frame().await.unwrap();
    }

    /// What the desk has said so far, newest first, as the portal's page has it.
    pub async fn heard(&self) -> Vec<String> {
        let lines = self.desk.script("return [...document.querySelectorAll('#log li')].map((line) => line.textContent)").await;
        lines.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// Waits until the desk has said something that begins so and has that in it.
    pub async fn hears(&self, kind: &str, part: &str) -> String {
        let start = Instant::now();
        loop {
            let heard = self.heard().await;
            if let Some(line) = heard.iter().find(|line| line.starts_with(kind) && line.contains(part)) {
                return line.clone();
            }
            assert!(start.elapsed() < PATIENCE, "never heard: {kind} … {part}, but {heard:#?}");
            tokio::time::sleep(std::time::Duration::from_millis(30)).await;
        }
    }
}
