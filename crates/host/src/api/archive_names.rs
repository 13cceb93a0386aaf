//! Names of files in an archive: safe on every system, and each once.

use std::collections::HashSet;

/// Characters that some system refuses in a name, or takes for a path.
const UNSAFE: [char; 9] = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];
/// Names that mean a device on Windows, whatever their ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];
/// Longest name in bytes, with room for a number below the 255 that file systems allow.
const LONGEST: usize = 200;

/// Makes names safe and different from each other, in whatever case.
#[derive(Debug, Default)]
pub(crate) struct Names(HashSet<String>);

impl Names {
    /// The name to use for the next file.
    pub(crate) fn next(&mut self, wanted: &str) -> String {
        let name = safe(wanted);
        let (stem, ending) = split(&name);
        let mut unique = name.clone();
        let mut number = 1;
        while !self.0.insert(unique.to_lowercase()) {
            number += 1;
            unique = format!("{stem} ({number}){ending}");
        }
        unique
    }
}

fn safe(wanted: &str) -> String {
    let is_unsafe = |c: char| c.is_control() || UNSAFE.contains(&c);
    let name: String = wanted.chars().map(|c| if is_unsafe(c) { '_' } else { c }).collect();
    // Windows drops dots and blanks at the end; a dot at the beginning hides a file or means a folder.
    let name = name.trim().trim_start_matches('.').trim_end_matches(['.', ' ']).trim();
    if name.is_empty() {
        return "document".to_owned();
    }
    let (stem, ending) = split(name);
    let stem = cut(stem, LONGEST.saturating_sub(ending.len()));
    let base = stem.split('.').next().unwrap_or_default().trim().to_lowercase();
    let is_device = DEVICES.iter().any(|device| {
        base.strip_prefix(device).is_some_and(|rest| match *device {
            "com" | "lpt" => rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()),
            _ => rest.is_empty(),
        })
    });
    format!("{}{stem}{ending}", if is_device { "_" } else { "" })
}

/// The name without its ending, and the ending with its dot.
fn split(name: &str) -> (&str, &str) {
    match name.rfind('.').filter(|at| *at > 0 && name.len() - at <= 16) {
        Some(at) => name.split_at(at),
        None => (name, ""),
    }
}

fn cut(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn names_are_safe() {
        for (wanted, name) in [
            ("Größe 数据.txt", "Größe 数据.txt"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("..\\..\\boot.ini", "_.._boot.ini"),
            ("C:\\x.txt", "C__x.txt"),
            ("/absolute", "_absolute"),
            ("..", "document"),
            ("", "document"),
            (" . ", "document"),
            (".hidden", "hidden"),
            ("a\0b\n.txt", "a_b_.txt"),
            ("nul.txt", "_nul.txt"),
            ("COM1", "_COM1"),
            ("common.txt", "common.txt"),
            ("com1.tar.gz", "_com1.tar.gz"),
            ("trailing. ", "trailing"),
        ] {
            assert_eq!(Names::default().next(wanted), name, "{wanted:?}");
        }
        let long = Names::default().next(&format!("{}.txt", "数".repeat(200)));
        assert!(long.len() <= 200 && long.ends_with("数.txt"), "{long}");
    }

    #[test]
    fn names_differ_in_whatever_case() {
        let mut names = Names::default();
        let made: Vec<String> =
            ["a.txt", "A.TXT", "a (2).txt", "a.txt", "README", "readme"].iter().map(|name| names.next(name)).collect();
        assert_eq!(made, ["a.txt", "A (2).TXT", "a (2) (2).txt", "a (3).txt", "README", "readme (2)"]);
    }
}
