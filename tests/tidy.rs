//! The layering of `src/lib.rs`, held against the code, and the rules that a compiler does not know.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A layer, and the layers of this crate that it may use. What is not named it must not use.
const LAYERS: [(&str, &[&str]); 11] = [
    ("model", &["model", "config"]),
    ("config", &[]),
    ("dom", &["dom"]),
    ("api", &["api", "model", "dom", "config"]),
    ("state", &["state", "api", "model", "dom", "config"]),
    ("i18n", &["i18n", "dom", "state"]),
    ("routes", &["model"]),
    ("ui", &["ui", "dom"]),
    ("components", &["components", "ui", "i18n", "state", "api", "model", "dom", "routes", "config"]),
    ("pages", &["pages", "components", "ui", "i18n", "state", "api", "model", "dom", "routes", "config"]),
    ("app", &["app", "pages", "components", "ui", "i18n", "state", "api", "model", "dom", "routes", "config"]),
];

/// What only these files may name, and why there.
const ONLY_IN: [(&str, &[&str], &str); 6] = [
    ("gloo_net", &["src/api/http.rs"], "every request goes through one client"),
    ("XmlHttpRequest", &["src/api/upload.rs", "src/api/mod.rs", "src/lib.rs"], "only uploads need its progress"),
    ("use_navigate", &["src/components/link.rs", "src/components/urls.rs"], "the router's navigation forgets the base path"),
    ("<A ", &[], "the router's links leave the app under a base path; use Link"),
    ("inner_html", &[], "contents of servers are shown as text"),
    ("style=\"", &[], "the content security policy forbids style attributes"),
];

struct Source {
    path: String,
    text: String,
}

fn sources(folder: &str) -> Vec<Source> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    walk(&root.join(folder), &mut found);
    found.sort();
    let name = |path: &Path| path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
    found.iter().map(|path| Source { path: name(path), text: fs::read_to_string(path).unwrap() }).collect()
}

/// The modules of this crate that a file names after `crate::`, braces of a `use` opened.
fn used(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in text.split("crate::").skip(1) {
        let name = |text: &str| text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        if let Some(group) = part.strip_prefix('{') {
            let mut depth = 0_usize;
            let mut at_start = true;
            for (at, character) in group.char_indices() {
                match character {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => at_start = true,
                    _ if at_start && character.is_alphabetic() => {
                        names.push(name(&group[at..]));
                        at_start = false;
                    }
                    _ => {}
                }
            }
        } else {
            names.push(name(part));
        }
    }
    names
}

fn layer(path: &str) -> Option<&'static (&'static str, &'static [&'static str])> {
    let inside = path.strip_prefix("src/")?;
    let name = inside.split(['/', '.']).next()?;
    LAYERS.iter().find(|(layer, _)| *layer == name)
}

#[test]
fn every_layer_uses_only_what_it_may() {
    let mut wrong = Vec::new();
    for Source { path, text } in sources("src") {
        let Some((layer, allowed)) = layer(&path) else { continue };
        for name in used(&text) {
            let is_layer = LAYERS.iter().any(|(known, _)| *known == name);
            if is_layer && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{path}: {layer} must not use {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_lower_layers_know_no_views() {
    let bans = [
        ("src/model/", "leptos"),
        ("src/api/", "leptos"),
        ("src/model/", "web_sys"),
        ("src/state/", "view!"),
        ("src/i18n/", "view!"),
    ];
    let mut wrong = Vec::new();
    for Source { path, text } in sources("src") {
        for (folder, word) in bans {
            if path.starts_with(folder) && text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(word)) {
                wrong.push(format!("{path}: no {word} here"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_page_never_uses_another_page() {
    let mut wrong = Vec::new();
    for Source { path, text } in sources("src/pages") {
        let Some((own, _)) = path.strip_prefix("src/pages/").and_then(|rest| rest.split_once('/')) else { continue };
        for part in text.split("pages::").skip(1) {
            let other: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if other != own {
                wrong.push(format!("{path}: uses the page {other}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_has_one_place_is_named_nowhere_else() {
    let mut wrong = Vec::new();
    for Source { path, text } in sources("src") {
        for (word, places, why) in ONLY_IN {
            if !places.contains(&path.as_str())
                && text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(word))
            {
                wrong.push(format!("{path}: {word:?} has no place here: {why}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_module_says_what_it_is_and_fits_on_a_few_screens() {
    let mut wrong = Vec::new();
    for folder in ["src", "crates", "tests"] {
        for Source { path, text } in sources(folder) {
            if path.contains("/target/") {
                continue;
            }
            if !text.starts_with("//!") {
                wrong.push(format!("{path}: opens with no `//!`"));
            }
            // Catalogs are lists, a line a message.
            if text.lines().count() > 420 && !path.starts_with("src/i18n/") {
                wrong.push(format!("{path}: {} lines; would it read better as two?", text.lines().count()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_page_has_no_inline_script_or_style() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("index.html")).unwrap();
    assert!(!page.contains("<style") && !page.contains("style="), "no inline style");
    assert!(
        page.match_indices("<script").all(|(at, _)| page[at..].split('>').next().unwrap().contains("src=")),
        "no inline script"
    );
    assert!(page.contains(r#"<base href="/">"#), "the base path is one literal");
}

#[test]
fn every_icon_that_is_used_is_in_the_sprite() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sprite = fs::read_to_string(root.join("public/icons.svg")).unwrap();
    let mut wrong = Vec::new();
    for Source { path, text } in sources("src") {
        for marker in ["icon=\"", "<Icon name=\""] {
            for part in text.split(marker).skip(1) {
                let name = part.split('"').next().unwrap();
                if !sprite.contains(&format!("id=\"{name}\"")) {
                    wrong.push(format!("{path}: there is no icon {name:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The words between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn every_file_and_test_of_the_table_of_safe_writes_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = fs::read_to_string(root.join("docs/safe-writes.md")).unwrap();
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| ")).collect();
    let mut wrong = Vec::new();
    for point in 1..=13 {
        if !rows.iter().any(|row| row.starts_with(&format!("| {point} |"))) {
            wrong.push(format!("point {point} has no row"));
        }
    }
    for row in rows {
        let places: Vec<&str> = quoted(row).filter(|place| place.contains(".rs")).collect();
        for place in &places {
            let (file, test) = place.split_once("::").map_or((*place, None), |(file, test)| (file, Some(test)));
            match (fs::read_to_string(root.join(file)), test) {
                (Err(_), _) => wrong.push(format!("{file} is not there")),
                (Ok(text), Some(test)) if !text.contains(&format!("fn {test}(")) => {
                    wrong.push(format!("{file} has no test {test}"))
                }
                _ => {}
            }
        }
        if !row.starts_with("| | ") && !places.iter().any(|place| place.starts_with("tests/e2e/") && place.contains("::")) {
            wrong.push(format!("no browser test for: {row}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
