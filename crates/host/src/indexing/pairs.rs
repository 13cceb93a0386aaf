//! Questions and answers out of a table: two columns, the first row their names, as consoles import them.

use crate::extract::TableRow;

/// Rows that a sentence names before it says how many more there are.
const NAMED: usize = 5;

/// Why a document in question-and-answer mode that is no table cannot be indexed.
pub(super) const NO_TABLE: &str = "Questions and answers to a text would have to be written by a language model, which this server does \
    not have. Upload a CSV or Excel file with the columns question and answer instead, or add the chunks by hand to an empty document.";

/// The pairs in their order. Nothing is left out without a word: a row that lacks one of the two is named in the refusal.
pub(super) fn of_rows(rows: Vec<TableRow>) -> Result<Vec<(String, String)>, String> {
    let mut pairs = Vec::with_capacity(rows.len());
    let mut header: Option<Option<String>> = None;
    let mut incomplete = Vec::new();
    for row in rows {
        if let Some(last) = row.cells.iter().rposition(|cell| !cell.is_empty()).filter(|last| *last > 1) {
            return Err(format!(
                "The file needs two columns, the question and its answer, but {} has {} of them.",
                place(&row),
                last + 1
            ));
        }
        // Every sheet has a first row of its own.
        if header.as_ref() != Some(&row.sheet) {
            header = Some(row.sheet);
            continue;
        }
        let at = place(&row);
        let mut cells = row.cells.into_iter();
        match (cells.next().unwrap_or_default(), cells.next().unwrap_or_default()) {
            (question, answer) if question.is_empty() || answer.is_empty() => {
                incomplete.push(format!("{at} lacks its {}", if question.is_empty() { "question" } else { "answer" }));
            }
            pair => pairs.push(pair),
        }
    }
    if incomplete.is_empty() {
        return Ok(pairs);
    }
    let more = match incomplete.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    incomplete.truncate(NAMED);
    Err(format!("Each row needs a question and an answer: {}{more}.", incomplete.join(", ")))
}

fn place(row: &TableRow) -> String {
    match &row.sheet {
        Some(sheet) => format!("row {} of the sheet {sheet}", row.line),
        None => format!("row {}", row.line),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::of_rows;
    use crate::extract::TableRow;

    fn row(sheet: Option<&str>, line: u64, cells: &[&str]) -> TableRow {
        TableRow { sheet: sheet.map(str::to_owned), line, cells: cells.iter().map(|cell| (*cell).to_owned()).collect() }
    }

    fn pair(question: &str, answer: &str) -> (String, String) {
        (question.to_owned(), answer.to_owned())
    }

    #[test]
    fn the_first_row_of_every_sheet_names_the_columns() {
        let rows = vec![row(None, 1, &["question", "answer"]), row(None, 3, &["Q", "A\nB"])];
        assert_eq!(of_rows(rows), Ok(vec![pair("Q", "A\nB")]));
        let sheets = vec![
            row(Some("a"), 1, &["question", "answer"]),
            row(Some("a"), 2, &["Q", "A"]),
            row(Some("b"), 1, &["问题", "答案"]),
            row(Some("b"), 2, &["问", "答", ""]),
        ];
        assert_eq!(of_rows(sheets), Ok(vec![pair("Q", "A"), pair("问", "答")]));
        assert_eq!(of_rows(vec![]), Ok(vec![]));
    }

    #[test]
    fn what_is_missing_is_named() {
        let rows = vec![row(None, 1, &["q", "a"]), row(None, 2, &["Q"]), row(None, 3, &["", "A"]), row(None, 4, &["Q", "A"])];
        assert_eq!(
            of_rows(rows).unwrap_err(),
            "Each row needs a question and an answer: row 2 lacks its answer, row 3 lacks its question."
        );
        let mut rows = vec![row(None, 1, &["only one column"])];
        rows.extend((2..10).map(|line| row(None, line, &["Q"])));
        assert!(of_rows(rows).unwrap_err().ends_with("row 6 lacks its answer, and 3 more."));
        let wide = vec![row(Some("FAQ"), 1, &["id", "question", "answer"])];
        assert_eq!(
            of_rows(wide).unwrap_err(),
            "The file needs two columns, the question and its answer, but row 1 of the sheet FAQ has 3 of them."
        );
    }
}
