//! What of a list one has chosen to see, as text: for the address, and for the browser to keep.

use super::url::decode;
use crate::api::http::encode_component;

/// An empty name among others. No printed name is this: a percent sign itself is printed as `%25`.
const EMPTY: &str = "%";

/// Prints names as one text, whatever is in them.
#[must_use]
pub fn print_names(names: &[String]) -> String {
    let print = |name: &String| if name.is_empty() { EMPTY.to_owned() } else { encode_component(name) };
    names.iter().map(print).collect::<Vec<_>>().join(",")
}

/// Reads what [`print_names`] printed.
#[must_use]
pub fn parse_names(text: &str) -> Vec<String> {
    let read = |name: &str| if name == EMPTY { String::new() } else { decode(name) };
    text.split(',').filter(|name| !name.is_empty()).map(read).collect()
}

/// The names with one put in, or taken out where it is in.
#[must_use]
pub fn toggled_name(text: &str, name: &str) -> String {
    let mut names = parse_names(text);
    match names.iter().position(|known| known == name) {
        Some(at) => drop(names.remove(at)),
        None => names.push(name.to_owned()),
    }
    print_names(&names)
}

/// Prints pairs of a field and its value as one text, whatever is in them.
#[must_use]
pub fn print_pairs(pairs: &[(String, String)]) -> String {
    let pair = |(field, value): &(String, String)| format!("{}:{}", encode_component(field), encode_component(value));
    pairs.iter().map(pair).collect::<Vec<_>>().join(",")
}

/// Reads what [`print_pairs`] printed; what is no pair is passed over.
#[must_use]
pub fn parse_pairs(text: &str) -> Vec<(String, String)> {
    text.split(',').filter_map(|pair| pair.split_once(':')).map(|(field, value)| (decode(field), decode(value))).collect()
}

/// The pairs with one put in, or taken out where it is in.
#[must_use]
pub fn toggled_pair(text: &str, field: &str, value: &str) -> String {
    let mut pairs = parse_pairs(text);
    match pairs.iter().position(|(known, chosen)| known == field && chosen == value) {
        Some(at) => drop(pairs.remove(at)),
        None => pairs.push((field.to_owned(), value.to_owned())),
    }
    print_pairs(&pairs)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::state::url::UrlParameters;

    #[test]
    fn what_is_no_pair_is_passed_over() {
        assert_eq!(parse_pairs("a:b,rubbish,,c:"), [("a".to_owned(), "b".to_owned()), ("c".to_owned(), String::new())]);
        assert_eq!(parse_names(",a,,b"), ["a", "b"]);
    }

    #[test]
    fn a_name_goes_in_and_out_even_an_empty_one() {
        assert_eq!(toggled_name("", "error"), "error");
        assert_eq!(toggled_name("error,paused", "error"), "paused");
        assert_eq!(parse_names(&toggled_name("pdf", "")), ["pdf", ""]);
        assert_eq!(toggled_name(&toggled_name("", ""), ""), "");
        assert_eq!(parse_names(&toggled_name("", "%")), ["%"]);
    }

    #[test]
    fn a_pair_goes_in_and_out() {
        let one = toggled_pair("", "author", "Li, Wei");
        assert_eq!(parse_pairs(&one), [("author".to_owned(), "Li, Wei".to_owned())]);
        assert_eq!(toggled_pair(&one, "author", "Li, Wei"), "");
    }

    proptest! {
        #[test]
        fn whatever_is_chosen_round_trips_through_the_address(
            names in prop::collection::vec("\\PC{0,12}", 0..5),
            pairs in prop::collection::vec(("\\PC{1,12}", "\\PC{0,12}"), 0..5),
            sort in "-?[a-z]{1,8}",
            search in "\\PC{1,12}",
        ) {
            let printed = UrlParameters::default()
                .with("search", &search)
                .with("sort", &sort)
                .with("columns", &print_names(&names))
                .with("metadata", &print_pairs(&pairs))
                .print();
            let read = UrlParameters::parse(&printed);
            prop_assert_eq!(read.get("search"), search);
            prop_assert_eq!(read.get("sort"), sort);
            prop_assert_eq!(parse_names(read.get("columns")), names);
            prop_assert_eq!(parse_pairs(read.get("metadata")), pairs);
        }
    }
}
