//! What one sees of a document's chunks is in the address, whatever it is: a link shows the same, under every base path.
//!
//! The list of documents and retrieval have theirs beside the code that reads them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use loredesk::{
    model::{
        chunk::ChunkFilter,
        id::{ChunkId, DocumentId, KnowledgeBaseId},
    },
    routes::Route,
    state::url::UrlParameters,
};
use proptest::prelude::*;

fn uuid() -> impl Strategy<Value = String> {
    any::<u128>().prop_map(|id| {
        let hex = format!("{id:032x}");
        format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    })
}

/// Every place of the app.
fn route() -> impl Strategy<Value = Route> {
    let parts = ("[A-Za-z0-9_-]{1,12}", uuid(), uuid(), proptest::option::of(uuid()), 0..6_usize);
    parts.prop_map(|(connection, knowledge_base, document, chunk, which)| {
        let knowledge_base = KnowledgeBaseId::parse(&knowledge_base).unwrap();
        match which {
            0 => Route::KnowledgeBases { connection },
            1 => Route::Documents { connection, knowledge_base },
            2 => Route::Retrieval { connection, knowledge_base },
            3 => Route::Metadata { connection, knowledge_base },
            4 => Route::Settings { connection, knowledge_base },
            _ => Route::Document {
                connection,
                knowledge_base,
                document: DocumentId::parse(&document).unwrap(),
                chunk: chunk.map(|chunk| ChunkId::parse(&chunk).unwrap()),
            },
        }
    })
}

proptest! {
    #[test]
    fn whatever_is_open_survives_the_address(
        route in route(),
        base in proptest::sample::select(vec!["", "/kb", "/a/b"]),
        search in "\\PC{0,20}",
        page in 1..=u64::MAX,
        filter in proptest::sample::select(ChunkFilter::EVERY.to_vec()),
        child in "\\PC{0,20}",
        children in 1..=u64::MAX,
        edit in proptest::sample::select(vec!["", "metadata"]),
        view in proptest::sample::select(vec!["", "fields"]),
        only in proptest::sample::select(vec!["", "changed", "incomplete"]),
    ) {
        let number = |number: u64| if number == 1 { String::new() } else { number.to_string() };
        let parameters = UrlParameters::default()
            .with("search", &search)
            .with("page", &number(page))
            .with("show", filter.name())
            .with("child", &child)
            .with("children", &number(children))
            .with("edit", edit)
            .with("view", view)
            .with("only", only);
        let address = format!("{}{}", route.href(base), parameters.print());
        prop_assert!(address.is_ascii());
        let (path, query) = address.split_once('?').unwrap_or((&address, ""));
        prop_assert_eq!(Route::parse(path, base), route);
        let loaded = UrlParameters::parse(query);
        prop_assert_eq!(loaded.get("search"), search);
        prop_assert_eq!(loaded.number("page", 1, 1..=u64::MAX), page);
        prop_assert_eq!(ChunkFilter::parse(loaded.get("show")), filter);
        prop_assert_eq!(loaded.get("child"), child);
        prop_assert_eq!(loaded.number("children", 1, 1..=u64::MAX), children);
        prop_assert_eq!([loaded.get("edit"), loaded.get("view"), loaded.get("only")], [edit, view, only]);
    }
}
