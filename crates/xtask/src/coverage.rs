//! docs/coverage.md: for each operation of the contract its handler, the desk's function, the screens and the tests.
//!
//! It is made from doc lines that name operations, such as `Operation: listDatasets.` Nothing is read from the code itself
//! but the name of the function below such a line.

use crate::project::Project;
use crate::run::{Failure, say};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The operations.
const CONTRACT: &str = "tests/fixtures/dify-openapi.json";
/// What is made.
const TABLE: &str = "docs/coverage.md";

/// A column of the table: where its doc lines are, and how they begin.
struct Column {
    title: &'static str,
    folders: &'static [&'static str],
    label: &'static str,
    shown: fn(&Found) -> String,
    /// How many operations it names at least. Raise it when there are more; the goal is all of them.
    least: usize,
}

/// A doc line that names an operation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    /// The file, under `folder`, both with slashes.
    file: String,
    folder: String,
    /// The function below the line, if it is one's doc.
    function: String,
}

const COLUMNS: [Column; 5] = [
    Column { title: "Host", folders: &["crates/host/src/api"], label: "Operation: ", shown: file, least: 46 },
    Column { title: "Desk's function", folders: &["src/api/dify"], label: "Operation: ", shown: function, least: 46 },
    Column { title: "Screen", folders: &["src/pages", "src/components"], label: "Carries out: ", shown: screen, least: 46 },
    Column { title: "Tests of the host", folders: &["crates/host/tests"], label: "Proves: ", shown: file, least: 46 },
    Column { title: "Tests in the browser", folders: &["tests/e2e"], label: "Proves: ", shown: file, least: 46 },
];

const HEAD: &str = "\
# Coverage of the contract

Made by `cargo xtask coverage` from lines that name operations in doc comments; do not edit it by hand. `cargo xtask test` fails when it
is not up to date. Besides the tests below, the step `conformance` reaches every operation by clients that others wrote
(`tests/conformance`).

";

/// `cargo xtask coverage`: writes the table.
pub fn write(project: &Project) -> Result<(), Failure> {
    let (text, summary) = make(&project.root)?;
    let path = project.root.join(TABLE);
    std::fs::write(&path, text).map_err(|error| Failure::file("writing the table of coverage", &path, &error))?;
    say(summary);
    Ok(())
}

/// Fails when the committed table is not what [`write`] would write.
pub fn check(project: &Project) -> Result<(), Failure> {
    let (text, summary) = make(&project.root)?;
    let committed = std::fs::read_to_string(project.root.join(TABLE)).unwrap_or_default();
    if committed.replace("\r\n", "\n") != text {
        return Err(refuse(format!("{TABLE} is not up to date"), "cargo xtask coverage"));
    }
    println!("{summary}");
    Ok(())
}

fn refuse(why: impl Into<String>, by_hand: &str) -> Failure {
    Failure::new("the table of coverage", why, by_hand)
}

fn make(root: &Path) -> Result<(String, String), Failure> {
    let path = root.join(CONTRACT);
    let contract = std::fs::read_to_string(&path).map_err(|error| Failure::file("reading the contract", &path, &error))?;
    let operations = operations(&contract).ok_or_else(|| refuse(format!("{CONTRACT} holds no operations"), "restore it"))?;
    let columns = COLUMNS.iter().map(|column| read(root, column)).collect::<Result<Vec<_>, Failure>>()?;
    for (name, found) in columns.iter().flatten() {
        if !operations.iter().any(|operation| operation.id == *name) {
            let place = found.first().map_or_else(String::new, |found| format!("{}/{}", found.folder, found.file));
            return Err(refuse(format!("{place} names `{name}`, which is no operation of the contract"), "mend its doc line"));
        }
    }
    let mut summary = String::new();
    for (column, named) in COLUMNS.iter().zip(&columns) {
        if named.len() < column.least {
            let why =
                format!("{}: {} of {} operations, there were {}", column.title, named.len(), operations.len(), column.least);
            return Err(refuse(why, "put back the doc line that was lost"));
        }
        let between = if summary.is_empty() { "" } else { " · " };
        let _written = write!(summary, "{between}{}: {} of {}", column.title, named.len(), operations.len());
    }
    Ok((format!("{HEAD}{summary}.\n\n{}", table(&operations, &columns)), summary))
}

struct Operation {
    id: String,
    asks: String,
}

fn operations(contract: &str) -> Option<Vec<Operation>> {
    let contract: serde_json::Value = serde_json::from_str(contract).ok()?;
    let mut all = Vec::new();
    for (path, item) in contract.get("paths")?.as_object()? {
        for (method, operation) in item.as_object()? {
            if let Some(id) = operation.get("operationId").and_then(|id| id.as_str()) {
                all.push(Operation { id: id.to_owned(), asks: format!("{} {path}", method.to_uppercase()) });
            }
        }
    }
    all.sort_by(|a, b| a.asks.split_once(' ').map(|(_, path)| path).cmp(&b.asks.split_once(' ').map(|(_, path)| path)));
    (!all.is_empty()).then_some(all)
}

type Named = BTreeMap<String, Vec<Found>>;

fn read(root: &Path, column: &Column) -> Result<Named, Failure> {
    let mut named = Named::new();
    for folder in column.folders {
        for path in files(&root.join(folder))? {
            let text = std::fs::read_to_string(&path).map_err(|error| Failure::file("reading doc lines", &path, &error))?;
            let file = path.strip_prefix(root.join(folder)).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            for (name, function) in lines(&text, column.label) {
                let found = Found { file: file.clone(), folder: (*folder).to_owned(), function };
                named.entry(name).or_default().push(found);
            }
        }
    }
    named.values_mut().for_each(|found| {
        found.sort();
        found.dedup();
    });
    Ok(named)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let trouble = |error| Failure::file("reading doc lines", folder, &error);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(trouble)? {
        let path = entry.map_err(trouble)?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The operations that a file's doc lines name, each with the function below the line.
fn lines(text: &str, label: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.lines();
    while let Some(line) = rest.next() {
        let line = line.trim_start();
        let Some(doc) = line.strip_prefix("//!").or_else(|| line.strip_prefix("///")) else { continue };
        let Some(names) = doc.trim().strip_prefix(label) else { continue };
        let below =
            rest.clone().find_map(|line| line.split_once("fn ").map(|(_, name)| name)).filter(|_| line.starts_with("///"));
        let function = below.unwrap_or_default().split(['(', '<']).next().unwrap_or_default();
        found.extend(names.trim_end_matches(['.', ',']).split(", ").map(|name| (name.to_owned(), function.to_owned())));
    }
    found
}

fn table(operations: &[Operation], columns: &[Named]) -> String {
    let titles: Vec<&str> = COLUMNS.iter().map(|column| column.title).collect();
    let mut text = format!("| Operation | {} |\n|{}\n", titles.join(" | "), "---|".repeat(titles.len() + 1));
    for operation in operations {
        let mut row = format!("| **{}** <br> `{}` ", operation.id, operation.asks);
        for (column, named) in COLUMNS.iter().zip(columns) {
            let mut cells: Vec<String> = named.get(&operation.id).into_iter().flatten().map(column.shown).collect();
            cells.dedup();
            let cell = if cells.is_empty() { "–".to_owned() } else { cells.join("<br>") };
            let _written = write!(row, "| {cell} ");
        }
        text.push_str(&row);
        text.push_str("|\n");
    }
    text
}

fn link(text: &str, found: &Found) -> String {
    format!("[{text}](../{}/{})", found.folder, found.file)
}

fn file(found: &Found) -> String {
    link(found.file.trim_end_matches(".rs"), found)
}

fn function(found: &Found) -> String {
    link(&format!("{}::{}", found.file.trim_end_matches(".rs"), found.function), found)
}

/// The screen is the folder of pages, or the part that several pages use.
fn screen(found: &Found) -> String {
    let name = found.file.split('/').next().unwrap_or_default().trim_end_matches(".rs").replace('_', " ");
    let mut letters = name.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    link(&format!("{first}{}", letters.as_str()), found)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn doc_lines_name_operations_and_the_function_below() {
        let text = "//! Chunks.\n//!\n//! Proves: a, b,\n//! Proves: c.\n\n/// Lists.\n///\n/// Operation: listA.\npub async fn list<T>(\n) {}\n";
        let names: Vec<String> = lines(text, "Proves: ").into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["a", "b", "c"]);
        assert_eq!(lines(text, "Operation: "), [("listA".to_owned(), "list".to_owned())]);
        assert!(lines("let text = \"Operation: x.\";", "Operation: ").is_empty());
    }

    #[test]
    fn the_contract_has_forty_six_operations() {
        let contract = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(CONTRACT)).unwrap();
        assert_eq!(operations(&contract).unwrap().len(), 46);
    }

    #[test]
    fn screens_have_the_names_that_people_see() {
        let found = |file: &str| Found { file: file.to_owned(), folder: "src/pages".to_owned(), function: String::new() };
        assert_eq!(screen(&found("knowledge_bases/list.rs")), "[Knowledge bases](../src/pages/knowledge_bases/list.rs)");
    }
}
