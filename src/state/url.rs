//! Query parameters of the address. They are read from the raw string: the router decodes a value twice
//! (`a%252Fb` would read as `a/b`), which spoils what people search for.

use crate::api::http::encode_component;

/// Query parameters in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UrlParameters(Vec<(String, String)>);

impl UrlParameters {
    /// Reads a raw query string, without its `?`.
    #[must_use]
    pub fn parse(search: &str) -> Self {
        let pairs = search.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty());
        Self(
            pairs
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(name, value)| (decode(name), decode(value)))
                .collect(),
        )
    }

    /// The value of a parameter; empty where it is absent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The value as a number, or the default where it is absent, no number, or outside the range.
    #[must_use]
    pub fn number(&self, name: &str, default: u64, range: std::ops::RangeInclusive<u64>) -> u64 {
        self.get(name).parse().ok().filter(|value| range.contains(value)).unwrap_or(default)
    }

    /// The same with one parameter changed; an empty value takes it out, so that a plain view has a plain address.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        match self.0.iter().position(|(known, _)| known == name) {
            Some(at) if value.is_empty() => drop(self.0.remove(at)),
            Some(at) => value.clone_into(&mut self.0[at].1),
            None if value.is_empty() => {}
            None => self.0.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    /// The query string with its `?`, or nothing where there are no parameters.
    #[must_use]
    pub fn print(&self) -> String {
        let pairs: Vec<String> =
            self.0.iter().map(|(name, value)| format!("{}={}", encode_component(name), encode_component(value))).collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }
}

/// Decodes once: `%XX` and `+`. What is not valid stays as it is.
pub(super) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let raw = text.as_bytes();
    let mut at = 0;
    while at < raw.len() {
        let hex = |offset: usize| raw.get(at + offset).and_then(|byte| char::from(*byte).to_digit(16));
        match (raw[at], hex(1), hex(2)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
                at += 3;
            }
            (b'+', ..) => {
                bytes.push(b' ');
                at += 1;
            }
            (byte, ..) => {
                bytes.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_value_is_decoded_once() {
        assert_eq!(UrlParameters::parse("q=a%252Fb").get("q"), "a%2Fb");
        assert_eq!(UrlParameters::parse("?q=100%25+sure&page=2").get("q"), "100% sure");
        assert_eq!(UrlParameters::parse("q=%zz%E7%9F").get("q"), "%zz\u{fffd}");
    }

    #[test]
    fn numbers_outside_their_range_are_the_default() {
        let parameters = UrlParameters::parse("page=0&limit=1000&n=x");
        assert_eq!(parameters.number("page", 1, 1..=u64::MAX), 1);
        assert_eq!(parameters.number("limit", 50, 1..=100), 50);
        assert_eq!(parameters.number("n", 3, 1..=9), 3);
    }

    #[test]
    fn an_empty_value_leaves_the_address() {
        let parameters = UrlParameters::parse("q=a&page=2").with("q", "").with("sort", "name");
        assert_eq!(parameters.print(), "?page=2&sort=name");
        assert_eq!(parameters.with("page", "").with("sort", "").print(), "");
    }

    proptest! {
        #[test]
        fn whatever_is_searched_for_round_trips(name in "[a-z]{1,8}", value in "\\PC{1,40}") {
            let printed = UrlParameters::default().with(&name, &value).print();
            prop_assert!(printed.is_ascii());
            let parsed = UrlParameters::parse(&printed);
            prop_assert_eq!(parsed.get(&name), value);
        }
    }
}
