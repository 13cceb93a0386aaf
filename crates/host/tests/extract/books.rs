//! The same book in four languages and three formats, made by programs nobody here wrote: Debian's documentation packages.
//! They are looked for below the folder that `LOREDESK_CORPUS` names (their `usr/share`).

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use loredesk_host::extract::{ExtractLimits, extract_text};

use crate::limits;

fn find(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if entry.file_type().unwrap().is_dir() {
            find(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
}

#[test]
fn books_have_their_text() {
    let Some(corpus) = std::env::var_os("LOREDESK_CORPUS") else {
        println!("corpus not set");
        return;
    };
    // A build without optimisation takes a minute for what takes a second otherwise.
    let limits = ExtractLimits { time: Duration::from_secs(600), ..limits() };
    for (language, words) in [
        ("en", ["Debian Reference", "package management"]),
        ("de", ["Debian-Referenz", "Paketverwaltung"]),
        ("ja", ["Debian リファレンス", "パッケージ"]),
        ("zh-cn", ["Debian 参考手册", "软件包"]),
    ] {
        for ending in [format!("debian-reference.{language}.pdf"), format!("ch02.{language}.html")] {
            let mut found = Vec::new();
            find(Path::new(&corpus), &ending, &mut found);
            let path = found.first().unwrap();
            let start = Instant::now();
            let text = extract_text(path, &ending, &limits).unwrap();
            let seconds = start.elapsed().as_secs_f64();
            println!("{ending}: {:.2} MB of text, {:.2} MB/s", text.len() as f64 / 1e6, text.len() as f64 / 1e6 / seconds);
            assert!(text.contains(words[1]), "{ending}");
            assert!(ending.ends_with("html") || (text.contains(words[0]) && text.len() > 500_000), "{ending}");
            assert!(!text.contains(char::REPLACEMENT_CHARACTER) && !text.contains("<p>"), "{ending}");
        }
    }
}
