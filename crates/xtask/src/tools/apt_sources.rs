//! apt's package sources, in both of its formats. Pure text in and out, apart from reading the folder.

use std::path::Path;

/// One configured source of binary packages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The mirror's addresses.
    pub uris: String,
    /// The suites, such as `bookworm bookworm-updates`.
    pub suites: String,
    /// The components, such as `main`.
    pub components: String,
    /// The file that signs the lists, when one is named.
    pub signed_by: Option<String>,
}

/// The sources that the folder (`/etc/apt`) configures; a file that cannot be read counts as empty.
pub fn read(folder: &Path) -> Vec<Source> {
    let text = |path: &Path| std::fs::read_to_string(path).unwrap_or_default();
    let mut sources = parse_list(&text(&folder.join("sources.list")));
    let mut files: Vec<_> = std::fs::read_dir(folder.join("sources.list.d"))
        .map(|entries| entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect())
        .unwrap_or_default();
    files.sort();
    for file in files {
        match file.extension().and_then(|extension| extension.to_str()) {
            Some("list") => sources.extend(parse_list(&text(&file))),
            Some("sources") => sources.extend(parse_stanzas(&text(&file))),
            _ => {}
        }
    }
    sources
}

/// The one-line format: `deb [signed-by=KEY] URI SUITE COMPONENT…`.
fn parse_list(text: &str) -> Vec<Source> {
    let source = |line: &str| {
        let line = line.split('#').next()?.trim();
        let rest = line.strip_prefix("deb")?.strip_prefix([' ', '\t'])?.trim_start();
        let (options, rest) = match rest.strip_prefix('[') {
            Some(rest) => rest.split_once(']')?,
            None => ("", rest),
        };
        let mut words = rest.split_whitespace();
        let (uri, suite) = (words.next()?, words.next()?);
        let signed_by = options.split_whitespace().find_map(|option| option.strip_prefix("signed-by="));
        Some(Source {
            uris: uri.to_owned(),
            suites: suite.to_owned(),
            components: words.collect::<Vec<_>>().join(" "),
            signed_by: signed_by.map(str::to_owned),
        })
    };
    text.lines().filter_map(source).collect()
}

/// The stanza format of `.sources` files.
fn parse_stanzas(text: &str) -> Vec<Source> {
    let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    let stanza = |lines: &[&str]| {
        // A key that is spelt out over several lines is not a path; such a source is left to the system's own keys.
        let value = |key: &str| {
            let line = lines.iter().find(|line| line.to_ascii_lowercase().starts_with(&format!("{key}:")))?;
            let value = line.split_once(':')?.1.trim();
            (!value.is_empty()).then(|| value.to_owned())
        };
        let off = value("enabled").is_some_and(|value| value.eq_ignore_ascii_case("no"));
        let binary = value("types")?.split_whitespace().any(|kind| kind == "deb");
        let source = Source {
            uris: value("uris")?,
            suites: value("suites")?,
            components: value("components").unwrap_or_default(),
            signed_by: value("signed-by"),
        };
        (binary && !off).then_some(source)
    };
    kept.split(|line| line.trim().is_empty()).filter_map(stanza).collect()
}

/// Stanzas of all the sources, and one more for the further suites on the mirror that carries the release itself.
pub fn write(sources: &[Source], codename: &str, further_suites: &[String]) -> String {
    let mut all = sources.to_vec();
    let carries = |source: &&Source| source.suites.split_whitespace().any(|suite| suite == codename);
    if let Some(main) = sources.iter().find(carries)
        && !further_suites.is_empty()
    {
        // One stanza a suite: a suite that the mirror lacks must not take the others with it.
        all.extend(further_suites.iter().map(|suite| Source { suites: suite.clone(), ..main.clone() }));
    }
    let stanza = |source: &Source| {
        let mut text = format!("Types: deb\nURIs: {}\nSuites: {}\n", source.uris, source.suites);
        for (key, value) in [("Components", Some(&source.components)), ("Signed-By", source.signed_by.as_ref())] {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                text.push_str(&format!("{key}: {value}\n"));
            }
        }
        text
    };
    all.iter().map(stanza).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn main_source() -> Source {
        Source {
            uris: "http://mirror.test/debian".into(),
            suites: "bookworm bookworm-updates".into(),
            components: "main".into(),
            signed_by: Some("/usr/share/keyrings/k.gpg".into()),
        }
    }

    #[test]
    fn the_one_line_format_is_read() {
        let text = "# deb http://no.test x main\ndeb-src http://src.test x main\n\
            deb [arch=amd64 signed-by=/k.gpg] http://mirror.test/debian bookworm main contrib # why\n\
            deb http://plain.test/u noble main\ndeb http://short.test\n";
        let sources = parse_list(text);
        assert_eq!(sources.len(), 2);
        assert_eq!(sources[0].signed_by.as_deref(), Some("/k.gpg"));
        assert_eq!((sources[0].suites.as_str(), sources[0].components.as_str()), ("bookworm", "main contrib"));
        assert_eq!((sources[1].uris.as_str(), &sources[1].signed_by), ("http://plain.test/u", &None));
    }

    #[test]
    fn stanzas_are_read_without_comments_sources_and_disabled_ones() {
        let text = "Types: deb\n# a remark inside\nURIs: http://mirror.test/debian\nSuites: bookworm bookworm-updates\n\
            Components: main\nSigned-By: /usr/share/keyrings/k.gpg\n\nTypes: deb-src\nURIs: u\nSuites: s\n\n\
            Types: deb\nEnabled: no\nURIs: u\nSuites: s\n\nTypes: deb\nSuites: s\n";
        assert_eq!(parse_stanzas(text), [main_source()]);
    }

    #[test]
    fn further_suites_go_to_the_mirror_of_the_release() {
        let other = Source { uris: "http://vendor.test".into(), suites: "stable".into(), ..main_source() };
        let text = write(&[other, main_source()], "bookworm", &["trixie-backports".into()]);
        let last = text.split("\n\n").last().unwrap_or_default();
        assert!(last.contains("URIs: http://mirror.test/debian\nSuites: trixie-backports\n"), "{text}");
        assert!(last.contains("Signed-By: /usr/share/keyrings/k.gpg"), "{text}");
        assert_eq!(parse_stanzas(&text).len(), 3);
    }

    #[test]
    fn an_unknown_release_changes_nothing() {
        let text = write(&[main_source()], "sarge", &["etch".into()]);
        assert_eq!(parse_stanzas(&text), [main_source()]);
    }
}
