//! What the list shows, in which order, and how many documents each filter would show. Over all documents, without a server.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use loredesk_wire::{BUILT_IN_ID, Document, MetadataType};

use super::status::STUCK;
use crate::model::{
    document::extension,
    metadata::{MetadataValue, built_in_fields, built_in_kind},
    natural,
    stuck::Delay,
};

/// Before the name of a metadata field, where columns are named.
pub const FIELD: &str = "m:";

/// Columns that one can sort by, besides those of metadata; the address holds the name, with `-` before it for the other direction.
pub const COLUMNS: [&str; 7] = ["name", "status", "type", "size", "words", "hits", "created"];

/// Fields with more different values than this are no filters: that is what the grid of metadata is for.
const VALUES: usize = 20;

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
    /// Metadata: fields and their values; several of one field are alternatives.
    pub metadata: Vec<(String, String)>,
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
    /// The values of metadata fields, by the fields' names.
    pub metadata: Vec<(String, Vec<Facet>)>,
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

/// The values of a document that can be filters: texts and numbers that people gave.
fn metadata(document: &Document) -> impl Iterator<Item = (&str, String)> {
    let is_filter = |kind: &MetadataType| matches!(kind, MetadataType::Text | MetadataType::Number);
    let own = document.doc_metadata.iter().filter(move |value| value.id != BUILT_IN_ID && is_filter(&value.kind));
    own.map(|value| (value.name.as_str(), MetadataValue::of(&value.kind, &value.value).plain()))
        .filter(|(_, text)| !text.is_empty())
}

/// The fields of which a document has none of the wanted values.
fn misfits<'a>(values: &[(&str, String)], wanted: &'a [(String, String)]) -> Vec<&'a str> {
    let has = |field: &str| {
        wanted
            .iter()
            .any(|(known, wanted)| known == field && values.iter().any(|(name, value)| *name == field && value == wanted))
    };
    let mut fields: Vec<&str> = wanted.iter().map(|(field, _)| field.as_str()).filter(|field| !has(field)).collect();
    fields.dedup();
    fields
}

/// Arranges all documents; `delays` tells which are stuck.
#[must_use]
pub fn arrange(all: &[Arc<Document>], wanted: &Wanted, delays: &HashMap<String, Delay>) -> Arranged {
    let search = wanted.search.to_lowercase();
    let words: Vec<&str> = search.split_whitespace().collect();
    let (mut statuses, mut types, mut enabled) = (HashMap::new(), HashMap::new(), HashMap::new());
    let mut by_field: BTreeMap<String, HashMap<String, u64>> = BTreeMap::new();
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
        let own: Vec<(&str, String)> = metadata(document).collect();
        let misfits = misfits(&own, &wanted.metadata);
        let fits_all = fits.iter().all(|fits| *fits);
        for (field, value) in own {
            let is_left = fits_all && misfits.iter().all(|misfit| *misfit == field);
            *by_field.entry(field.to_owned()).or_default().entry(value).or_insert(0) += u64::from(is_left);
        }
        let has_metadata = misfits.is_empty();
        // A value counts the documents that the other filters leave.
        for (counts, value, others) in [
            (&mut statuses, status, fits[1] && fits[2] && has_metadata),
            (&mut types, kind, fits[0] && fits[2] && has_metadata),
            (&mut enabled, is_enabled, fits[0] && fits[1] && has_metadata),
        ] {
            *counts.entry(value).or_insert(0_u64) += u64::from(others);
        }
        if fits_all && has_metadata {
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
    let metadata = metadata_facets(by_field, &wanted.metadata);
    Arranged { shown: shown.into_iter().map(|(_, document)| document).collect(), statuses, types, enabled, metadata }
}

/// The values of each field by which one can filter, in their order; what is chosen can always be taken back.
fn metadata_facets(by_field: BTreeMap<String, HashMap<String, u64>>, wanted: &[(String, String)]) -> Vec<(String, Vec<Facet>)> {
    let mut fields = by_field;
    for (field, _) in wanted {
        fields.entry(field.clone()).or_default();
    }
    let mut found = Vec::new();
    for (field, counts) in fields {
        let chosen: Vec<String> = wanted.iter().filter(|(known, _)| *known == field).map(|(_, value)| value.clone()).collect();
        if counts.len() > VALUES && chosen.is_empty() {
            continue;
        }
        let mut facets = facets(counts, &chosen);
        facets.sort_by(|a, b| natural::compare(&a.value.to_lowercase(), &b.value.to_lowercase()));
        if !facets.is_empty() {
            found.push((field, facets));
        }
    }
    found
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

/// The value of a metadata field in a document, by the field's name. Lists send numbers and times as texts.
#[must_use]
pub fn field_value(document: &Document, field: &str) -> MetadataValue {
    let found = document.doc_metadata.iter().find(|value| value.name == field);
    found.map_or(MetadataValue::Empty, |value| {
        // Built-in times say that they are texts.
        let kind = if value.id == BUILT_IN_ID { built_in_kind(&built_in_fields(None), value) } else { value.kind.clone() };
        MetadataValue::of(&kind, &value.value)
    })
}

/// Numbers and times by their size, then texts as people count.
fn compare_values(a: &MetadataValue, b: &MetadataValue) -> Ordering {
    let number = |value: &MetadataValue| match value {
        MetadataValue::Number(number) => Some(*number),
        #[expect(clippy::cast_precision_loss, reason = "epoch seconds")]
        MetadataValue::Time(seconds) => Some(*seconds as f64),
        MetadataValue::Text(_) | MetadataValue::Empty => None,
    };
    match (number(a), number(b)) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => natural::compare(&a.plain().to_lowercase(), &b.plain().to_lowercase()),
    }
}

/// Sorts by a metadata field. Documents without a value stand at the end in both directions.
fn sort_by_field(shown: &mut Vec<(String, Arc<Document>)>, field: &str, is_down: bool) {
    let mut rows: Vec<(MetadataValue, (String, Arc<Document>))> =
        shown.drain(..).map(|row| (field_value(&row.1, field), row)).collect();
    rows.sort_by(|(a, _), (b, _)| match (*a == MetadataValue::Empty, *b == MetadataValue::Empty) {
        (false, false) if is_down => compare_values(b, a),
        (false, false) => compare_values(a, b),
        (is_last, is_other_last) => is_last.cmp(&is_other_last),
    });
    shown.extend(rows.into_iter().map(|(_, row)| row));
}

fn sort(shown: &mut Vec<(String, Arc<Document>)>, sort: &str, delays: &HashMap<String, Delay>) {
    type Row = (String, Arc<Document>);
    let column = sort.strip_prefix('-').unwrap_or(sort);
    if let Some(field) = column.strip_prefix(FIELD) {
        return sort_by_field(shown, field, sort.starts_with('-'));
    }
    let by_status = |a: &Row, b: &Row| status_rank(status(&a.1, delays)).cmp(&status_rank(status(&b.1, delays)));
    let rule: &dyn Fn(&Row, &Row) -> Ordering = match column {
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
    fn values_of_metadata_are_filters_and_those_of_one_field_are_alternatives() {
        use loredesk_wire::DocumentMetadata;
        let with = |name: &str, values: &[(&str, &str)]| {
            let doc_metadata = values.iter().map(|(field, value)| DocumentMetadata {
                id: (*field).to_owned(),
                name: (*field).to_owned(),
                kind: MetadataType::Text,
                value: (*value).into(),
            });
            Arc::new(Document { doc_metadata: doc_metadata.collect(), ..(*document(name, DisplayStatus::Available, 1)).clone() })
        };
        let all = [
            with("a", &[("author", "Li"), ("year", "2024")]),
            with("b", &[("author", "Wei"), ("year", "2024")]),
            with("c", &[("author", "Li"), ("year", "2025")]),
            with("d", &[]),
        ];
        let run = |pairs: &[(&str, &str)]| {
            let metadata = pairs.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect();
            arrange(&all, &Wanted { metadata, ..Wanted::default() }, &HashMap::new())
        };
        let names = |arranged: &Arranged| arranged.shown.iter().map(|document| document.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&run(&[("author", "Li")])), ["a", "c"]);
        assert_eq!(names(&run(&[("author", "Li"), ("author", "Wei"), ("year", "2024")])), ["a", "b"]);
        let arranged = run(&[("author", "Li")]);
        assert_eq!(arranged.metadata.len(), 2);
        assert_eq!(counts(&arranged.metadata[0].1), [("Li", 2), ("Wei", 1)]);
        assert_eq!(counts(&arranged.metadata[1].1), [("2024", 1), ("2025", 1)]);
        // A value that no document has any more can be taken back.
        assert_eq!(counts(&run(&[("gone", "x")]).metadata[1].1), [("x", 0)]);
    }

    #[test]
    fn metadata_sorts_by_its_type_and_what_has_no_value_comes_last() {
        use loredesk_wire::DocumentMetadata;
        let with = |name: &str, kind: MetadataType, value: Option<&str>| {
            let value =
                value.map(|value| DocumentMetadata { id: "f".to_owned(), name: "f".to_owned(), kind, value: value.into() });
            let plain = (*document(name, DisplayStatus::Available, 1)).clone();
            Arc::new(Document { doc_metadata: value.into_iter().collect(), ..plain })
        };
        let sorted = |all: &[Arc<Document>], sort: &str| {
            let wanted = Wanted { sort: sort.to_owned(), ..Wanted::default() };
            arrange(all, &wanted, &HashMap::new()).shown.iter().map(|document| document.name.clone()).collect::<Vec<_>>()
        };
        let number = |name: &str, value| with(name, MetadataType::Number, value);
        let numbers = [number("ten", Some("10")), number("none", None), number("nine", Some("9.5")), number("word", Some("x"))];
        assert_eq!(sorted(&numbers, "m:f"), ["nine", "ten", "word", "none"]);
        assert_eq!(sorted(&numbers, "-m:f"), ["word", "ten", "nine", "none"]);
        let text = |name: &str, value| with(name, MetadataType::Text, value);
        let texts = [text("b", Some("volume 10")), text("none", Some("")), text("a", Some("Volume 2")), text("c", Some("zinc"))];
        assert_eq!(sorted(&texts, "m:f"), ["a", "b", "c", "none"]);
        assert_eq!(sorted(&texts, "-m:f"), ["c", "b", "a", "none"]);
        let time = |name: &str, value| with(name, MetadataType::Time, value);
        let times = [time("late", Some("1795309338.0")), time("early", Some("999999999")), time("none", Some("None"))];
        assert_eq!(sorted(&times, "m:f"), ["early", "late", "none"]);
        // A field that no document has changes nothing.
        assert_eq!(sorted(&times, "-m:gone"), ["late", "early", "none"]);
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
}
