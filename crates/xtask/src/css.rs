//! Joins the style sheets into one: `style/desk.css` imports the parts in their order, and the app loads one file with
//! a hash in its name. Knows nothing of CSS but the import lines at the head of a file.

use crate::project::Project;
use crate::run::Failure;
use std::path::Path;

const STEP: &str = "joining the style sheets";

/// Writes `target/desk.css` when it would change; trunk runs this before each build.
pub fn bundle(project: &Project) -> Result<(), Failure> {
    let joined = join(&project.root.join("style/desk.css"))?;
    // Beside the checkout's other build results, even where cargo's own folder is elsewhere: index.html names it.
    let folder = project.root.join("target");
    let output = folder.join("desk.css");
    if std::fs::read_to_string(&output).is_ok_and(|old| old == joined) {
        return Ok(());
    }
    std::fs::create_dir_all(&folder).map_err(|error| Failure::file(STEP, &folder, &error))?;
    std::fs::write(&output, joined).map_err(|error| Failure::file(STEP, &output, &error))
}

fn join(file: &Path) -> Result<String, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| Failure::file(STEP, file, &error))?;
    let mut joined = String::new();
    for line in text.lines() {
        match import(line) {
            None => joined.push_str(line),
            Some(Ok(import)) => {
                let folder = file.parent().unwrap_or(Path::new("."));
                let part = join(&folder.join(import.path))?;
                match import.layer {
                    Some(layer) => joined.push_str(&format!("@layer {layer} {{\n{part}}}")),
                    None => joined.push_str(part.trim_end()),
                }
            }
            Some(Err(why)) => {
                let why = format!("{}: `{}` {why}", file.display(), line.trim());
                return Err(Failure::new(STEP, why, "write @import \"part.css\"; on a line of its own"));
            }
        }
        joined.push('\n');
    }
    Ok(joined)
}

#[derive(Debug, PartialEq, Eq)]
struct Import<'a> {
    path: &'a str,
    layer: Option<&'a str>,
}

/// What an import line names; nothing for any other line, an error for an import that cannot be joined.
fn import(line: &str) -> Option<Result<Import<'_>, &'static str>> {
    let rest = line.trim().strip_prefix("@import")?.trim();
    let named = || {
        let rest = rest.strip_suffix(';').ok_or("does not end with `;`")?.trim();
        let inner = rest.strip_prefix("url(");
        let (path, rest) =
            inner.unwrap_or(rest).strip_prefix('"').and_then(|rest| rest.split_once('"')).ok_or("names no file")?;
        let rest = if inner.is_some() { rest.strip_prefix(')').ok_or("lacks a `)`")? } else { rest };
        if path.contains("//") || path.starts_with('/') {
            return Err("is not a file of this folder");
        }
        let layer = match rest.trim() {
            "" => None,
            rest => Some(rest.strip_prefix("layer(").and_then(|rest| rest.strip_suffix(')')).ok_or("has a condition")?),
        };
        Ok(Import { path, layer })
    };
    Some(named())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn imports_are_read() {
        assert_eq!(import("a { color: red }"), None);
        assert_eq!(import("@import \"kit/a.css\";"), Some(Ok(Import { path: "kit/a.css", layer: None })));
        let layered = Some(Ok(Import { path: "a.css", layer: Some("kit") }));
        assert_eq!(import("  @import url(\"a.css\") layer(kit);"), layered);
        for line in ["@import a.css;", "@import \"a.css\"", "@import \"//host/a.css\";", "@import \"a.css\" screen;"] {
            assert!(import(line).unwrap().is_err(), "{line}");
        }
    }

    #[test]
    fn parts_are_joined_in_their_order() {
        let folder = std::env::temp_dir().join(format!("xtask-css-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("kit")).unwrap();
        std::fs::write(folder.join("desk.css"), "@layer base, kit;\n@import \"base.css\";\n@import \"kit/b.css\" layer(kit);\n")
            .unwrap();
        std::fs::write(folder.join("base.css"), "a{}\n").unwrap();
        std::fs::write(folder.join("kit/b.css"), "@import \"c.css\";\nb{}\n").unwrap();
        std::fs::write(folder.join("kit/c.css"), "c{}\n").unwrap();
        assert_eq!(join(&folder.join("desk.css")).unwrap(), "@layer base, kit;\na{}\n@layer kit {\nc{}\nb{}\n}\n");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
