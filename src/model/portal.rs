//! What the desk and a portal that holds it in a frame say to each other, as JSON. `docs/embedding.md` is its description.
//!
//! Nothing here may be taken on trust: a message is read field by field, and what is not understood is nothing.

use serde_json::{Value, json};

/// The version of the protocol, and the mark of its messages: `{"loredesk": 1, "type": …}`.
pub const PROTOCOL: u64 = 1;

/// The name of the mark.
pub const MARK: &str = "loredesk";

/// What a portal may say.
#[derive(Clone, Debug, PartialEq)]
pub enum FromPortal {
    /// Which theme to show.
    Theme(String),
    /// Which language to show.
    Language(String),
    /// Where to go.
    Navigate(Target),
    /// Which part of the frame can be seen, and how high it may become.
    Visible(Visible),
}

/// A place of the desk, named by its parts. What is absent is as it is now, or the first there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// A whole path below the desk's address, as `navigated` told it; then nothing else counts.
    pub path: Option<String>,
    /// Connection id.
    pub connection: Option<String>,
    /// The page: `knowledge-bases`, `documents`, `retrieval`, `metadata` or `settings`.
    pub view: Option<String>,
    /// Id of a knowledge base.
    pub dataset: Option<String>,
    /// Id of a document in it.
    pub document: Option<String>,
    /// Id of a chunk of that.
    pub chunk: Option<String>,
    /// What to ask on the page of retrieval.
    pub query: Option<String>,
}

/// How much of a frame is out of sight, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Visible {
    /// At its upper edge.
    pub above: f64,
    /// At its lower edge.
    pub below: f64,
    /// How high the frame may become.
    pub most: f64,
}

/// Reads a message. `None` for what is none of ours, of another version, or not understood.
#[must_use]
pub fn read(text: &str) -> Option<FromPortal> {
    let message: Value = serde_json::from_str(text).ok()?;
    if message.get(MARK)?.as_u64()? != PROTOCOL {
        return None;
    }
    let text = |name: &str| message.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    let pixels = |name: &str| message.get(name).and_then(Value::as_f64).filter(|pixels| (0.0..1e6).contains(pixels));
    match message.get("type")?.as_str()? {
        "theme" => text("theme").map(FromPortal::Theme),
        "language" => text("language").map(FromPortal::Language),
        "navigate" => Some(FromPortal::Navigate(Target {
            path: text("path"),
            connection: text("connection"),
            view: text("view"),
            dataset: text("dataset"),
            document: text("document"),
            chunk: text("chunk"),
            query: text("query"),
        })),
        "visible" => {
            Some(FromPortal::Visible(Visible { above: pixels("above")?, below: pixels("below")?, most: pixels("most")? }))
        }
        _ => None,
    }
}

/// The least of a frame that has to be in sight for something to be put there, in pixels.
const LEAST: f64 = 320.0;

impl Visible {
    /// How far from the edges of a frame of that height something has to stay to be seen. Where hardly anything of it is in sight, the
    /// whole frame is used, and the browser scrolls to what gets the focus.
    #[must_use]
    pub fn insets(self, height: f64) -> (f64, f64) {
        if height - self.above - self.below < LEAST { (0.0, 0.0) } else { (self.above, self.below) }
    }
}

/// Prints a message of the desk.
#[must_use]
pub fn print(kind: &str, fields: Value) -> String {
    let mut message = json!({MARK: PROTOCOL, "type": kind});
    if let (Value::Object(message), Value::Object(fields)) = (&mut message, fields) {
        message.extend(fields);
    }
    message.to_string()
}

/// The first of the pages around the desk that may not hold it: each has to be of its own origin or of one that is listed.
#[must_use]
pub fn stranger<'a>(ancestors: &'a [String], own: &str, listed: &[String]) -> Option<&'a String> {
    ancestors.iter().find(|origin| *origin != own && !listed.contains(origin))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn messages_of_a_portal_are_read() {
        assert_eq!(read(r#"{"loredesk":1,"type":"theme","theme":"dark"}"#), Some(FromPortal::Theme("dark".to_owned())));
        let target = Target { view: Some("retrieval".to_owned()), query: Some("a&b".to_owned()), ..Target::default() };
        let text = r#"{"loredesk":1,"type":"navigate","view":"retrieval","query":"a&b","dataset":"","chunk":7,"more":{}}"#;
        assert_eq!(read(text), Some(FromPortal::Navigate(target)));
        let visible = Visible { above: 10.5, below: 0.0, most: 800.0 };
        assert_eq!(
            read(r#"{"loredesk":1,"type":"visible","above":10.5,"below":0,"most":800}"#),
            Some(FromPortal::Visible(visible))
        );
    }

    #[test]
    fn what_is_not_understood_is_nothing() {
        for text in [
            "",
            "7",
            "null",
            "{}",
            r#"{"type":"theme","theme":"dark"}"#,
            r#"{"loredesk":2,"type":"theme","theme":"dark"}"#,
            r#"{"loredesk":"1","type":"theme","theme":"dark"}"#,
            r#"{"loredesk":1,"type":"theme"}"#,
            r#"{"loredesk":1,"type":"theme","theme":{}}"#,
            r#"{"loredesk":1,"type":"run","code":"alert(1)"}"#,
            r#"{"loredesk":1,"type":"visible","above":-1,"below":0,"most":9}"#,
            r#"{"loredesk":1,"type":"visible","above":1e99,"below":0,"most":9}"#,
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_message_carries_its_mark() {
        let text = print("height", json!({"height": 480}));
        let read: Value = serde_json::from_str(&text).unwrap_or_default();
        assert_eq!(read, json!({"loredesk": 1, "type": "height", "height": 480}));
    }

    #[test]
    fn every_page_around_the_desk_has_to_be_listed() {
        let listed = ["https://portal.example".to_owned()];
        let own = "https://kb.example";
        let found = |ancestors: &[&str]| {
            let ancestors: Vec<String> = ancestors.iter().map(|origin| (*origin).to_owned()).collect();
            stranger(&ancestors, own, &listed).cloned().unwrap_or_default()
        };
        for ancestors in [&[][..], &[own], &["https://portal.example", own]] {
            assert_eq!(found(ancestors), "", "{ancestors:?}");
        }
        for other in ["https://other.example", "http://portal.example", "https://portal.example:8443", "null"] {
            assert_eq!(found(&[other]), other);
            assert_eq!(found(&["https://portal.example", other]), other);
        }
    }

    #[test]
    fn what_is_put_in_sight_has_room_there() {
        let visible = Visible { above: 200.0, below: 50.0, most: 800.0 };
        assert_eq!(visible.insets(800.0), (200.0, 50.0));
        assert_eq!(visible.insets(500.0), (0.0, 0.0));
    }

    proptest! {
        #[test]
        fn no_text_stops_the_reader(text in "\\PC{0,80}") {
            let _ = read(&text);
        }
    }
}
