//! What the list shows, as the address has it: search, order and filters. Columns are `columns.rs`', the row that one is at `here.rs`'.

use super::arrange::Wanted;
use crate::state::{
    url::UrlParameters,
    view_choice::{parse_names, parse_pairs},
};

/// Reads it.
#[must_use]
pub fn read(parameters: &UrlParameters) -> Wanted {
    Wanted {
        search: parameters.get("search").to_owned(),
        sort: parameters.get("sort").to_owned(),
        statuses: parse_names(parameters.get("status")),
        types: parse_names(parameters.get("type")),
        enabled: parse_names(parameters.get("enabled")),
        metadata: parse_pairs(parameters.get("metadata")),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        model::id::KnowledgeBaseId,
        pages::documents::arrange::{COLUMNS, FIELD},
        routes::Route,
        state::view_choice::{print_names, toggled_name, toggled_pair},
    };

    fn sort() -> impl Strategy<Value = String> {
        let column = prop_oneof![
            proptest::sample::select(COLUMNS.to_vec()).prop_map(str::to_owned),
            "\\PC{1,12}".prop_map(|field| format!("{FIELD}{field}")),
        ];
        (any::<bool>(), column).prop_map(|(is_down, column)| if is_down { format!("-{column}") } else { column })
    }

    fn chosen(values: &[String]) -> String {
        values.iter().fold(String::new(), |text, value| toggled_name(&text, value))
    }

    /// Each value once: choosing a second time takes it back.
    fn each_once<T: PartialEq + Clone>(values: Vec<T>) -> Vec<T> {
        values.into_iter().fold(Vec::new(), |mut all, value| {
            if !all.contains(&value) {
                all.push(value);
            }
            all
        })
    }

    proptest! {
        #[test]
        fn whatever_a_list_shows_survives_the_address(
            search in "\\PC{0,20}",
            sort in prop_oneof![Just(String::new()), sort()],
            statuses in prop::collection::vec("[a-z]{1,8}", 0..3).prop_map(each_once),
            // A file's type is whatever follows the last dot, or nothing.
            types in prop::collection::vec("\\PC{0,6}", 0..3).prop_map(each_once),
            enabled in prop::collection::vec("yes|no", 0..2).prop_map(each_once),
            metadata in prop::collection::vec(("\\PC{1,8}", "\\PC{0,8}"), 0..3).prop_map(each_once),
            columns in prop::collection::vec("\\PC{1,8}", 0..3),
            connection in "[A-Za-z0-9_-]{1,12}",
            ids in any::<[u128; 2]>(),
        ) {
            let uuid = |id: u128| {
                let hex = format!("{id:032x}");
                format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
            };
            let knowledge_base = KnowledgeBaseId::parse(&uuid(ids[0])).unwrap();
            let here = Route::Documents { connection, knowledge_base };
            let pairs = metadata.iter().fold(String::new(), |text, (field, value)| toggled_pair(&text, field, value));
            let printed = UrlParameters::default()
                .with("search", &search)
                .with("sort", &sort)
                .with("status", &chosen(&statuses))
                .with("type", &chosen(&types))
                .with("enabled", &chosen(&enabled))
                .with("metadata", &pairs)
                .with("columns", &print_names(&columns))
                .with("document", &uuid(ids[1]))
                .print();
            let address = format!("{}{printed}", here.href("/kb"));
            prop_assert!(address.is_ascii());
            let (path, query) = address.split_once('?').unwrap();
            prop_assert_eq!(Route::parse(path, "/kb"), here);
            let loaded = UrlParameters::parse(query);
            prop_assert_eq!(read(&loaded), Wanted { search, sort, statuses, types, enabled, metadata });
            prop_assert_eq!(parse_names(loaded.get("columns")), columns);
            prop_assert_eq!(loaded.get("document"), uuid(ids[1]));
        }
    }
}
