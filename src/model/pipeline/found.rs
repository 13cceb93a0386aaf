//! What a data source node finds, and how each thing is named in a run.

use loredesk_wire::{DatasourceType, PipelineEvent};
use serde_json::{Map, Value, json};

/// Whether what there is to take in is found by running the node. Files are uploaded, and the node is not needed.
#[must_use]
pub fn is_found_by_running(kind: &DatasourceType) -> bool {
    *kind != DatasourceType::LocalFile
}

/// What a found thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundKind {
    /// Becomes one document.
    Document,
    /// Stands for everything in it, and can be opened.
    Folder,
}

/// Something that a run can take in.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Tells it from the others.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What else tells it from the others: an address, a type.
    pub detail: String,
    /// Where it is: a workspace, a bucket.
    pub group: String,
    /// What it is.
    pub kind: FoundKind,
    /// Bytes, where that is known.
    pub size: Option<u64>,
    /// How a run names it.
    pub item: Value,
}

/// What a node's run has told so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodeRun {
    /// Things read.
    pub completed: u64,
    /// Things to read, once that is known.
    pub total: Option<u64>,
    /// What was found.
    pub found: Vec<Found>,
    /// Seconds that it took.
    pub seconds: Option<f64>,
    /// Whether it said that it is done.
    pub is_done: bool,
    /// Why it failed.
    pub error: Option<String>,
}

impl NodeRun {
    /// Takes an event in. Those of other things are passed over.
    pub fn take(&mut self, event: PipelineEvent, kind: &DatasourceType, credential: Option<&str>) {
        match event.event.as_str() {
            "datasource_processing" => {
                // A later event may leave the numbers out, and none goes back.
                self.completed = self.completed.max(event.completed.unwrap_or_default());
                self.total = event.total.filter(|total| *total > 0).or(self.total);
            }
            "datasource_completed" => {
                for found in found(kind, &event.data.unwrap_or_default(), credential) {
                    if self.found.iter().all(|known| known.key != found.key) {
                        self.found.push(found);
                    }
                }
                self.completed = self.found.len() as u64;
                self.total = event.total.or(self.total);
                self.seconds = event.time_consuming.or(self.seconds);
                self.is_done = true;
            }
            "datasource_error" | "error" => {
                let said = event.error.or(event.message).or(event.code).unwrap_or_default();
                self.error = Some(said.trim().to_owned());
            }
            _ => {}
        }
    }
}

/// The text of the first of these fields that has one.
fn first(value: &Value, keys: &[&str]) -> String {
    let text = |key: &&str| match &value[*key] {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    keys.iter().find_map(text).unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The thing as the source gave it, with what the contract calls it; some of its fields are what the pipeline goes on with.
fn named(value: &Value, fields: impl IntoIterator<Item = (&'static str, String)>) -> Map<String, Value> {
    let mut item = value.as_object().cloned().unwrap_or_default();
    item.extend(fields.into_iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| (key.to_owned(), Value::from(text))));
    item
}

/// What is found in a source's list, in its order. What cannot be named in a run is left out.
fn found(kind: &DatasourceType, data: &Value, credential: Option<&str>) -> Vec<Found> {
    let with_credential = |mut item: Map<String, Value>| {
        if let Some(credential) = credential {
            item.insert("credential_id".to_owned(), Value::from(credential));
        }
        Value::Object(item)
    };
    let mut all = Vec::new();
    match kind {
        DatasourceType::LocalFile => all.extend(list(data).iter().map(local_file)),
        DatasourceType::OnlineDocument => {
            for workspace in list(data) {
                let pages =
                    if workspace["pages"].is_array() { list(&workspace["pages"]) } else { std::slice::from_ref(workspace) };
                all.extend(pages.iter().map(|page| online_document(workspace, page, with_credential)));
            }
        }
        DatasourceType::WebsiteCrawl => all.extend(list(data).iter().map(|page| website(page, with_credential))),
        DatasourceType::OnlineDrive => {
            for bucket in list(data) {
                let files = if bucket["files"].is_array() { list(&bucket["files"]) } else { std::slice::from_ref(bucket) };
                all.extend(files.iter().map(|file| drive_file(bucket, file, with_credential)));
            }
        }
        DatasourceType::Other(_) => all.extend(list(data).iter().map(|value| Found {
            key: first(value, &["id", "url", "name"]),
            name: first(value, &["name", "title", "id"]),
            detail: String::new(),
            group: String::new(),
            kind: FoundKind::Document,
            size: value["size"].as_u64(),
            item: value.clone(),
        })),
    }
    all.retain(|found| !found.key.is_empty());
    all
}

fn local_file(file: &Value) -> Found {
    let (id, name) = (first(file, &["reference", "related_id", "id"]), first(file, &["name", "title"]));
    Found {
        item: json!({ "reference": id, "name": name }),
        key: id,
        name,
        detail: String::new(),
        group: String::new(),
        kind: FoundKind::Document,
        size: file["size"].as_u64(),
    }
}

fn online_document(workspace: &Value, page: &Value, finish: impl Fn(Map<String, Value>) -> Value) -> Found {
    let (id, name) = (first(page, &["page_id", "id"]), first(page, &["page_name", "name", "title"]));
    let (workspace_id, kind) = (first(workspace, &["workspace_id", "id"]), first(page, &["type"]));
    let kind = if kind.is_empty() { "page".to_owned() } else { kind };
    let named = named(page, [("page_id", id.clone()), ("type", kind.clone()), ("page_name", name.clone())]);
    let mut item = Map::new();
    item.insert("workspace_id".to_owned(), Value::from(workspace_id.clone()));
    item.insert("page".to_owned(), Value::Object(named));
    Found {
        key: if id.is_empty() { id } else { format!("{workspace_id}/{id}") },
        name,
        detail: kind,
        group: first(workspace, &["workspace_name", "workspace_id"]),
        kind: FoundKind::Document,
        size: None,
        item: finish(item),
    }
}

fn website(page: &Value, finish: impl Fn(Map<String, Value>) -> Value) -> Found {
    let (url, title) = (first(page, &["source_url", "url"]), first(page, &["title"]));
    Found {
        name: if title.is_empty() { url.clone() } else { title.clone() },
        detail: url.clone(),
        group: String::new(),
        kind: FoundKind::Document,
        size: None,
        item: finish(named(page, [("url", url.clone()), ("title", title)])),
        key: url,
    }
}

fn drive_file(bucket: &Value, file: &Value, finish: impl Fn(Map<String, Value>) -> Value) -> Found {
    let (id, name, place) = (first(file, &["id"]), first(file, &["name", "id"]), first(bucket, &["bucket"]));
    let is_folder = file["type"] == "folder";
    let kind = if is_folder { "folder" } else { "file" };
    let item = named(file, [("type", kind.to_owned()), ("bucket", place.clone()), ("name", name.clone())]);
    Found {
        // A list of buckets names nothing else.
        key: if id.is_empty() && place.is_empty() { String::new() } else { format!("{place}/{id}") },
        name: if name.is_empty() { place.clone() } else { name },
        detail: String::new(),
        group: place,
        kind: if is_folder || id.is_empty() { FoundKind::Folder } else { FoundKind::Document },
        size: file["size"].as_u64(),
        item: finish(item),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use loredesk_wire::{DatasourceItem, decode};

    use super::*;

    fn run(kind: DatasourceType, events: &[Value], credential: Option<&str>) -> NodeRun {
        let mut run = NodeRun::default();
        for event in events {
            run.take(decode(&event.to_string()).unwrap(), &kind, credential);
        }
        run
    }

    fn completed(data: Value) -> Value {
        json!({ "event": "datasource_completed", "data": data, "time_consuming": 1.5 })
    }

    /// The item as the contract reads it.
    fn item(found: &Found) -> DatasourceItem {
        serde_json::from_value(found.item.clone()).unwrap()
    }

    #[test]
    fn progress_goes_on_and_never_back() {
        let events = [
            json!({ "event": "datasource_processing", "completed": 3, "total": 10 }),
            json!({ "event": "ping" }),
            json!({ "event": "datasource_processing", "completed": 2, "total": null }),
        ];
        let now = run(DatasourceType::WebsiteCrawl, &events, None);
        assert_eq!((now.completed, now.total, now.is_done), (3, Some(10), false));
    }

    #[test]
    fn a_crawled_page_keeps_what_was_read_of_it() {
        let page = json!({ "source_url": "https://a.example/x", "title": "X", "content": "Read." });
        let now = run(DatasourceType::WebsiteCrawl, &[completed(json!([page, page, { "title": "No address" }]))], None);
        assert_eq!((now.found.len(), now.is_done, now.seconds), (1, true, Some(1.5)));
        let only = &now.found[0];
        assert_eq!((only.name.as_str(), only.detail.as_str()), ("X", "https://a.example/x"));
        assert_eq!((item(only).url.as_deref(), item(only).title.as_deref()), (Some("https://a.example/x"), Some("X")));
        assert_eq!(only.item["content"], "Read.");
    }

    #[test]
    fn pages_of_a_workspace_are_named_with_it_and_the_credential() {
        let data = json!([{ "workspace_id": "w", "workspace_name": "Wiki",
            "pages": [{ "page_id": "p", "page_name": "Pumps", "type": "database" }, { "page_name": "No id" }] }]);
        let now = run(DatasourceType::OnlineDocument, &[completed(data)], Some("c"));
        assert_eq!((now.found.len(), now.found[0].group.as_str(), now.found[0].detail.as_str()), (1, "Wiki", "database"));
        let sent = item(&now.found[0]);
        assert_eq!((sent.workspace_id.as_deref(), sent.credential_id.as_deref()), (Some("w"), Some("c")));
        assert_eq!(sent.page.unwrap(), json!({ "page_id": "p", "page_name": "Pumps", "type": "database" }));
    }

    #[test]
    fn a_drive_has_files_and_folders() {
        let data = json!([{ "bucket": "docs", "files": [
            { "id": "a/", "name": "a", "type": "folder" }, { "id": "b.pdf", "name": "b.pdf", "type": "file", "size": 12 }] }, { "bucket": "more", "files": [] }]);
        let now = run(DatasourceType::OnlineDrive, &[completed(data)], None);
        let kinds: Vec<_> = now.found.iter().map(|found| (found.name.as_str(), found.kind, found.size)).collect();
        assert_eq!(kinds, [("a", FoundKind::Folder, None), ("b.pdf", FoundKind::Document, Some(12))]);
        let sent = item(&now.found[1]);
        assert_eq!(
            (sent.id.as_deref(), sent.kind.as_deref(), sent.bucket.as_deref()),
            (Some("b.pdf"), Some("file"), Some("docs"))
        );
    }

    #[test]
    fn waiting_files_can_be_sent_as_they_are() {
        let data = json!([{ "reference": "f", "name": "a.md", "size": 3, "extension": "md" }]);
        let now = run(DatasourceType::LocalFile, &[completed(data)], None);
        assert_eq!((item(&now.found[0]).reference.as_str(), now.found[0].size), ("f", Some(3)));
    }

    #[test]
    fn an_error_says_what_the_source_said() {
        let now = run(DatasourceType::OnlineDrive, &[json!({ "event": "datasource_error", "error": " No access. " })], None);
        assert_eq!((now.error.as_deref(), now.is_done), (Some("No access."), false));
        let bare = run(DatasourceType::OnlineDrive, &[json!({ "event": "error", "code": "internal_error" })], None);
        assert_eq!(bare.error.as_deref(), Some("internal_error"));
        // Whatever a source of an unknown type sends, it breaks nothing.
        let strange = run(DatasourceType::from("rss"), &[completed(json!({ "no": "list" }))], None);
        assert!(strange.is_done && strange.found.is_empty());
    }
}
