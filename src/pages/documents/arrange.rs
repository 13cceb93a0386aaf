//! What the list shows, in which order, and how many documents each filter would show. Over all documents, without a server.

use std::{cmp::Ordering, collections::HashMap, sync::Arc};

use loredesk_wire::Document;

use super::status::STUCK;
use crate::model::{document::extension, natural, stuck::Delay};

/// Columns that one can sort by; the address holds the name, with `-` before it for the other direction.
pub const COLUMNS: [&str; 7] = ["name", "status", "type", "size", "words", "hits", "created"];

/// What the person wants to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words that the name must hold.
    pub search: String,
    /// Column to sort by, with `-` for the other direction; empty is newest first.
    pub sort: String,
    /// Display statuses; none means all.
    pub statuses: Vec<String>,
    /// File types; none means all.
    pub types: Vec<String>,
    /// `yes` or `no`; none means both.
    pub enabled: Vec<String>,
}

/// One value of a filter, and the documents that it would show together with the other filters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The value as the address holds it.
    pub value: String,
    /// Documents.
    pub count: u64,
}

/// The list as it is shown.
#[derive(Clone, Debug, Default)]
pub struct Arranged {
    /// The documents.
    pub shown: Vec<Arc<Document>>,
    /// Statuses, in the order of the pipeline.
    pub statuses: Vec<Facet>,
    /// File types, the most frequent first.
    pub types: Vec<Facet>,
    /// Enabled and disabled.
    pub enabled: Vec<Facet>,
}

/// The file type of a document: of its file, or else of its name.
#[must_use]
pub fn file_type(document: &Document) -> String {
    let file = document.data_source_detail_dict.as_ref().and_then(|detail| detail.upload_file.as_ref());
    let own = file.map(|file| file.extension.to_lowercase()).filter(|extension| !extension.is_empty());
    own.unwrap_or_else(|| extension(&document.name))
}

/// Bytes of its file, where the server says so.
#[must_use]
pub fn size(document: &Document) -> Option<u64> {
    document.data_source_detail_dict.as_ref()?.upload_file.as_ref().map(|file| file.size)
}

/// Statuses as people think of them: what is under way and what wants a look first.
fn status_rank(status: &str) -> usize {
    let order = ["error", STUCK, "indexing", "queuing", "paused", "available", "disabled", "archived"];
    order.iter().position(|known| *known == status).unwrap_or(order.len())
}

/// The status by which a document is filtered and sorted.
fn status<'a>(document: &'a Document, delays: &HashMap<String, Delay>) -> &'a str {
    if matches!(delays.get(&document.id), Some(Delay::Stuck { .. })) { STUCK } else { document.display_status.as_str() }
}

/// Arranges all documents; `delays` tells which are stuck.
#[must_use]
pub fn arrange(all: &[Arc<Document>], wanted: &Wanted, delays: &HashMap<String, Delay>) -> Arranged {
    let search = wanted.search.to_lowercase();
    let words: Vec<&str> = search.split_whitespace().collect();
    let (mut statuses, mut types, mut enabled) = (HashMap::new(), HashMap::new(), HashMap::new());
    let mut shown = Vec::new();
    for document in all {
        let name = document.name.to_lowercase();
        if !words.iter().all(|word| name.contains(word)) {
            continue;
        }
        let values = [status(document, delays).to_owned(), file_type(document), enabled_value(document).to_owned()];
        let fits: Vec<bool> = [&wanted.statuses, &wanted.types, &wanted.enabled]
            .iter()
            .zip(&values)
            .map(|(wanted, value)| wanted.is_empty() || wanted.contains(value))
            .collect();
        let [status, kind, is_enabled] = values;
        // A value counts the documents that the other filters leave.
        for (counts, value, others) in [
            (&mut statuses, status, fits[1] && fits[2]),
            (&mut types, kind, fits[0] && fits[2]),
            (&mut enabled, is_enabled, fits[0] && fits[1]),
        ] {
            *counts.entry(value).or_insert(0_u64) += u64::from(others);
        }
        if fits.iter().all(|fits| *fits) {
            shown.push((name, Arc::clone(document)));
        }
    }
    sort(&mut shown, &wanted.sort, delays);
    let mut statuses = facets(statuses, &wanted.statuses);
    statuses.sort_by_key(|facet| status_rank(&facet.value));
    let mut types = facets(types, &wanted.types);
    types.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    let mut enabled = facets(enabled, &wanted.enabled);
    enabled.sort_by(|a, b| b.value.cmp(&a.value));
    Arranged { shown: shown.into_iter().map(|(_, document)| document).collect(), statuses, types, enabled }
}

/// The values of a filter; none where there is no choice to make, but always what is chosen, so that it can be taken back.
fn facets(counts: HashMap<String, u64>, chosen: &[String]) -> Vec<Facet> {
    let mut facets: Vec<Facet> = counts.into_iter().map(|(value, count)| Facet { value, count }).collect();
    for value in chosen {
        if !facets.iter().any(|facet| facet.value == *value) {
            facets.push(Facet { value: value.clone(), count: 0 });
        }
    }
    if facets.len() < 2 && chosen.is_empty() { Vec::new() } else { facets }
}

fn enabled_value(document: &Document) -> &'static str {
    if document.enabled { "yes" } else { "no" }
}

fn sort(shown: &mut [(String, Arc<Document>)], sort: &str, delays: &HashMap<String, Delay>) {
    type Row = (String, Arc<Document>);
    let by_status = |a: &Row, b: &Row| status_rank(status(&a.1, delays)).cmp(&status_rank(status(&b.1, delays)));
    let rule: &dyn Fn(&Row, &Row) -> Ordering = match sort.trim_start_matches('-') {
        "name" => &|a, b| natural::compare(&a.0, &b.0),
        "status" => &by_status,
        "type" => &|a, b| file_type(&a.1).cmp(&file_type(&b.1)),
        "size" => &|a, b| size(&a.1).cmp(&size(&b.1)),
        "words" => &|a, b| a.1.word_count.cmp(&b.1.word_count),
        "hits" => &|a, b| a.1.hit_count.cmp(&b.1.hit_count),
        "created" => &|a, b| a.1.created_at.cmp(&b.1.created_at),
        _ => return,
    };
    // Equal ones keep the server's order in both directions.
    if sort.starts_with('-') {
        shown.sort_by(|a, b| rule(b, a));
    } else {
        shown.sort_by(rule);
    }
}

/// The list of values in an address: `error,indexing`.
#[must_use]
pub fn values(text: &str) -> Vec<String> {
    text.split(',').filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

/// The list with a value put in, or taken out where it is in.
#[must_use]
pub fn toggled(text: &str, value: &str) -> String {
    let mut all = values(text);
    match all.iter().position(|known| known == value) {
        Some(at) => drop(all.remove(at)),
        None => all.push(value.to_owned()),
    }
    all.join(",")
}

#[cfg(test)]
mod tests {
    use loredesk_wire::{DataSourceDetail, DisplayStatus, UploadFile};

    use super::*;

    fn document(name: &str, status: DisplayStatus, size: u64) -> Arc<Document> {
        let file = UploadFile { size, ..UploadFile::default() };
        Arc::new(Document {
            id: name.to_owned(),
            name: name.to_owned(),
            enabled: status != DisplayStatus::Disabled,
            display_status: status,
            data_source_detail_dict: Some(DataSourceDetail { upload_file: Some(file) }),
            ..Document::default()
        })
    }

    fn all() -> Vec<Arc<Document>> {
        vec![
            document("Pump 10.pdf", DisplayStatus::Available, 30),
            document("pump 2.PDF", DisplayStatus::Error, 10),
            document("valve.md", DisplayStatus::Available, 20),
            document("notes", DisplayStatus::Disabled, 0),
        ]
    }

    fn names(wanted: &Wanted) -> Vec<String> {
        arrange(&all(), wanted, &HashMap::new()).shown.iter().map(|document| document.name.clone()).collect()
    }

    fn counts(facets: &[Facet]) -> Vec<(&str, u64)> {
        facets.iter().map(|facet| (facet.value.as_str(), facet.count)).collect()
    }

    #[test]
    fn the_search_wants_every_word_in_the_name() {
        assert_eq!(names(&Wanted { search: "PUMP 2".to_owned(), ..Wanted::default() }), ["pump 2.PDF"]);
        assert_eq!(names(&Wanted::default()).len(), 4);
    }

    #[test]
    fn every_column_sorts_both_ways() {
        let sorted = |sort: &str| names(&Wanted { sort: sort.to_owned(), ..Wanted::default() });
        assert_eq!(sorted("name"), ["notes", "pump 2.PDF", "Pump 10.pdf", "valve.md"]);
        assert_eq!(sorted("-size"), ["Pump 10.pdf", "valve.md", "pump 2.PDF", "notes"]);
        assert_eq!(sorted("status")[0], "pump 2.PDF");
        assert_eq!(sorted("-type")[0], "Pump 10.pdf");
        for column in COLUMNS {
            assert_eq!(sorted(column).len(), 4);
        }
    }

    #[test]
    fn a_filter_counts_what_the_others_leave() {
        let arranged = arrange(&all(), &Wanted { types: vec!["pdf".to_owned()], ..Wanted::default() }, &HashMap::new());
        assert_eq!(arranged.shown.len(), 2);
        assert_eq!(counts(&arranged.statuses), [("error", 1), ("available", 1), ("disabled", 0)]);
        assert_eq!(counts(&arranged.types), [("pdf", 2), ("", 1), ("md", 1)]);
        assert_eq!(counts(&arranged.enabled), [("yes", 2), ("no", 0)]);
    }

    #[test]
    fn a_filter_without_a_choice_is_not_offered_but_can_be_taken_back() {
        let one = [document("a.md", DisplayStatus::Available, 1)];
        assert!(arrange(&one, &Wanted::default(), &HashMap::new()).statuses.is_empty());
        let wanted = Wanted { statuses: vec!["error".to_owned()], ..Wanted::default() };
        let arranged = arrange(&one, &wanted, &HashMap::new());
        assert!(arranged.shown.is_empty());
        assert_eq!(counts(&arranged.statuses), [("error", 0), ("available", 1)]);
    }

    #[test]
    fn what_is_stuck_is_a_status_of_its_own() {
        use crate::model::stuck::Cause;
        let delays = HashMap::from([("valve.md".to_owned(), Delay::Stuck { since: 0, cause: Cause::WorkerDown })]);
        let wanted = Wanted { statuses: vec![STUCK.to_owned()], ..Wanted::default() };
        let arranged = arrange(&all(), &wanted, &delays);
        assert_eq!(arranged.shown.len(), 1);
        assert_eq!(counts(&arranged.statuses), [("error", 1), ("stuck", 1), ("available", 1), ("disabled", 1)]);
    }

    #[test]
    fn values_go_in_and_out_of_the_address() {
        assert_eq!(toggled("", "error"), "error");
        assert_eq!(toggled("error,paused", "error"), "paused");
        assert_eq!(values("a,,b"), ["a", "b"]);
    }
}
