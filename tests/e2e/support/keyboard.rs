//! A keyboard and nothing else: keys go to whatever has the focus, and after each of them the focus has to be seen.

use std::{path::PathBuf, time::Instant};

use fantoccini::{
    actions::{InputSource, KeyAction, KeyActions},
    key::Key,
};
use serde_json::{Value, json};

use super::{Desk, PATIENCE};

/// What has the focus: its name, whether one sees that it has it, and whether it is inside the open dialog.
const FOCUS: &str = r#"
    const active = document.activeElement;
    if (!active || active === document.body) return null;
    const labels = [...(active.labels ?? [])].map((label) => label.innerText).join(" ");
    const name = active.getAttribute("aria-label") || labels || active.innerText || active.getAttribute("placeholder") || "";
    const around = active.closest(".search-field, .chips, .palette-field, .rule-choice");
    const isMarked = (element, own) => {
        const style = getComputedStyle(element);
        const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
        return hasOutline || (own && style.boxShadow !== "none");
    };
    const rect = active.getBoundingClientRect();
    const isOnScreen = rect.bottom > 0 && rect.top < innerHeight && rect.right > 0 && rect.left < innerWidth && rect.width + rect.height > 0;
    const dialogs = document.querySelectorAll("dialog[open]");
    return {
        name: name.replace(/\s+/g, " ").trim(),
        tag: active.tagName,
        isMarked: isMarked(active, active.matches(".input, .switch input")) || (around !== null && isMarked(around, true)),
        isOnScreen,
        isInside: dialogs.length === 0 || dialogs[dialogs.length - 1].contains(active),
        what: active.outerHTML.slice(0, 200),
    };"#;

impl Desk {
    /// Presses one key, with others held, and waits until the focus is somewhere where one sees it.
    pub async fn key(&self, held: &[Key], key: impl Into<char>) -> Value {
        let mut keys = KeyActions::new("keyboard".to_owned());
        let key = key.into();
        for value in held.iter().map(|held| char::from(*held)).chain([key]) {
            keys = keys.then(KeyAction::Down { value });
        }
        for value in [key].into_iter().chain(held.iter().rev().map(|held| char::from(*held))) {
            keys = keys.then(KeyAction::Up { value });
        }
        self.browser.perform_actions(keys).await.expect("the keys are pressed");
        self.focus().await
    }

    /// Types a text.
    pub async fn keys(&self, text: &str) -> Value {
        let mut keys = KeyActions::new("keyboard".to_owned());
        for value in text.chars() {
            keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.browser.perform_actions(keys).await.expect("the text is typed");
        self.focus().await
    }

    /// What has the focus. It is seen, on screen, and inside the dialog while one is open; what is not so yet may become so.
    pub async fn focus(&self) -> Value {
        let start = Instant::now();
        loop {
            let focus = self.script(FOCUS).await;
            let is_right = ["isMarked", "isOnScreen", "isInside"].iter().all(|what| focus[what] == json!(true));
            // Behind the last control of a dialog stands the browser's own window, and then the first one again.
            let is_between =
                focus.is_null() && self.script("return !!document.querySelector('dialog[open]')").await == json!(true);
            if is_right || is_between {
                return focus;
            }
            assert!(start.elapsed() < PATIENCE, "the focus is lost, hidden or behind a dialog: {focus:#}");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    /// Waits until the focus is on what has that name.
    pub async fn focus_becomes(&self, name: &str) {
        let start = Instant::now();
        loop {
            let focus = self.focus().await;
            if focus["name"].as_str().is_some_and(|now| now.starts_with(name)) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "the focus never came to {name:?}, it is on {focus:#}");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    /// Presses Tab until the focus is on what has that name.
    pub async fn tab_to(&self, name: &str) {
        let start = Instant::now();
        let mut seen = Vec::new();
        let mut focus = self.focus().await;
        while focus["name"].as_str().is_none_or(|now| now != name) {
            seen.push(focus["name"].as_str().unwrap_or_default().to_owned());
            assert!(start.elapsed() < PATIENCE * 2 && seen.len() < 150, "Tab never comes to {name:?}, but to {seen:#?}");
            focus = self.key(&[], Key::Tab).await;
        }
    }

    /// Answers the next question of the browser for files, which the keys have to bring up: the picker itself is the system's.
    pub async fn answer_picker(&self, files: &[PathBuf], ask: impl AsyncFnOnce()) {
        let script = r#"window.asked = null;
            const listen = (event) => {
                if (event.target.type === "file") { event.preventDefault(); window.asked = event.target; }
            };
            document.addEventListener("click", listen, { capture: true, once: true });"#;
        // The key itself is a click on the button that asks, and comes first.
        self.script(&script.replace(", once: true", "")).await;
        ask().await;
        let start = Instant::now();
        let field = loop {
            let asked = self.script("return window.asked").await;
            if let Some(field) = self.element(&asked) {
                break field;
            }
            assert!(start.elapsed() < PATIENCE, "no files were asked for");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        };
        let paths: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        field.send_keys(&paths.join("\n")).await.expect("the files are chosen");
    }
}
