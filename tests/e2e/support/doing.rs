//! What a person does on a page, by the names that a screen reader would say.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use fantoccini::{Locator, elements::Element, key::Key};
use serde_json::{Value, json};

use super::{Desk, PATIENCE};

impl Desk {
    /// The element that a script gave, in WebDriver's notation.
    pub fn element(&self, found: &Value) -> Option<Element> {
        let id = found["element-6066-11e4-a52e-4f735466cecf"].as_str()?;
        Some(Element::from_element_id(self.browser.clone(), id.to_owned().into()))
    }

    /// The button or link of that name; inside the open dialog if there is one.
    pub async fn named(&self, name: &str) -> Element {
        let script = r#"
            const name = arguments[0];
            const dialogs = document.querySelectorAll("dialog[open]");
            const root = dialogs.length ? dialogs[dialogs.length - 1] : document;
            const all = root.querySelectorAll("button, a, [role=menuitem], [role=menuitemradio], summary");
            const says = (element) => (element.getAttribute("aria-label") ?? element.innerText ?? "").replace(/\s+/g, " ").trim();
            return [...all].find((element) => says(element) === name && element.checkVisibility()) ?? null;"#;
        let start = Instant::now();
        loop {
            let found = self.browser.execute(script, vec![json!(name)]).await.unwrap();
            if let Some(element) = self.element(&found) {
                return element;
            }
            if start.elapsed() > PATIENCE {
                let text = self.text().await;
                panic!("no control named {name:?}\non the page:\n{text}");
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Clicks what has that name, as soon as it is there and enabled.
    pub async fn click(&self, name: &str) {
        let start = Instant::now();
        loop {
            let element = self.named(name).await;
            if element.is_enabled().await.unwrap_or_default() && element.click().await.is_ok() {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "{name:?} could never be clicked");
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// The field of that label.
    pub async fn field(&self, label: &str) -> Element {
        let script = r#"
            const label = arguments[0];
            const dialogs = document.querySelectorAll("dialog[open]");
            const root = dialogs.length ? dialogs[dialogs.length - 1] : document;
            const says = (field) => field.getAttribute("aria-label") ?? [...(field.labels ?? [])].map((l) => l.innerText).join(" ");
            const all = root.querySelectorAll("input, textarea, select");
            return [...all].find((field) => says(field).replace(/\s+/g, " ").trim().startsWith(label)) ?? null;"#;
        let start = Instant::now();
        loop {
            let found = self.browser.execute(script, vec![json!(label)]).await.unwrap();
            if let Some(element) = self.element(&found) {
                return element;
            }
            assert!(start.elapsed() < PATIENCE, "no field labelled {label:?}");
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Types into the field of that label, after what is there.
    pub async fn type_into(&self, label: &str, text: &str) {
        self.field(label).await.send_keys(text).await.unwrap();
    }

    /// Replaces the text of the field of that label.
    pub async fn replace(&self, label: &str, text: &str) {
        let field = self.field(label).await;
        field.send_keys(&format!("{}a{}", char::from(Key::Control), char::from(Key::Null))).await.unwrap();
        field.send_keys(&format!("{}{text}", char::from(Key::Delete))).await.unwrap();
    }

    /// Presses a key where the focus is.
    pub async fn press(&self, key: impl Into<String>) {
        self.browser.active_element().await.unwrap().send_keys(&key.into()).await.unwrap();
    }

    /// Gives files to the first file input of the page or dialog.
    pub async fn choose_files(&self, files: &[PathBuf]) {
        let input = self
            .browser
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::Css("input[type=file]:not([webkitdirectory])"))
            .await
            .unwrap();
        let paths: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        input.send_keys(&paths.join("\n")).await.unwrap();
    }
}
