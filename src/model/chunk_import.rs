//! Many chunks out of one pasted text: pieces between separator lines, or the rows of a table.

use loredesk_wire::NewSegment;

use super::chunk::{KEYWORD_MAX, KEYWORDS_MAX};

/// How the pasted text is cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cut {
    /// A line of nothing but this stands between two chunks.
    Separator(String),
    /// One chunk a row, with the columns content, answer, keywords.
    Table,
}

/// What is wrong with a piece or row, by its number from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportProblem {
    /// No text.
    NoContent(usize),
    /// No answer, in question-and-answer mode.
    NoAnswer(usize),
    /// More keywords than a chunk may have, or a longer one.
    Keywords(usize),
    /// A quotation mark that is never closed.
    OpenQuote,
}

/// The columns that a row of names gives the table.
#[derive(Clone, Copy)]
struct Columns {
    content: usize,
    answer: Option<usize>,
    keywords: Option<usize>,
}

/// The chunks of a text, or what has to be mended first.
///
/// # Errors
/// Every problem, in the order of the text.
pub fn parse(text: &str, cut: &Cut, has_answers: bool) -> Result<Vec<NewSegment>, Vec<ImportProblem>> {
    let (chunks, mut problems) = match cut {
        Cut::Separator(separator) => (pieces(text, separator, has_answers), Vec::new()),
        Cut::Table => match rows(text) {
            Some(rows) => table(rows, has_answers),
            None => return Err(vec![ImportProblem::OpenQuote]),
        },
    };
    for (at, chunk) in &chunks {
        let has_answer = chunk.answer.as_ref().is_some_and(|answer| !answer.is_empty());
        let keywords = chunk.keywords.iter().flatten();
        if chunk.content.is_empty() {
            problems.push(ImportProblem::NoContent(*at));
        } else if has_answers && !has_answer {
            problems.push(ImportProblem::NoAnswer(*at));
        }
        if keywords.clone().count() > KEYWORDS_MAX || keywords.clone().any(|word| word.chars().count() > KEYWORD_MAX) {
            problems.push(ImportProblem::Keywords(*at));
        }
    }
    if problems.is_empty() { Ok(chunks.into_iter().map(|(_, chunk)| chunk).collect()) } else { Err(problems) }
}

/// The same chunks as a text that [`parse`] reads back: what is left to do after a part was done.
#[must_use]
pub fn print(chunks: &[NewSegment], cut: &Cut, has_answers: bool) -> String {
    match cut {
        Cut::Separator(separator) => {
            let text = |chunk: &NewSegment| match chunk.answer.as_ref().filter(|_| has_answers) {
                Some(answer) => format!("{}\n{answer}", chunk.content),
                None => chunk.content.clone(),
            };
            chunks.iter().map(text).collect::<Vec<_>>().join(&format!("\n{separator}\n"))
        }
        Cut::Table => {
            let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
            let row = |chunk: &NewSegment| {
                let keywords = chunk.keywords.clone().unwrap_or_default().join(";");
                let cells = [chunk.content.as_str(), chunk.answer.as_deref().unwrap_or_default(), &keywords];
                cells.map(quoted).join(",")
            };
            let rows: Vec<String> = chunks.iter().map(row).collect();
            if rows.is_empty() { String::new() } else { format!("content,answer,keywords\n{}", rows.join("\n")) }
        }
    }
}

/// Pieces with their numbers. In question-and-answer mode the first line is the question.
fn pieces(text: &str, separator: &str, has_answers: bool) -> Vec<(usize, NewSegment)> {
    let separator = separator.trim();
    let mut pieces = vec![String::new()];
    for line in text.lines() {
        if line.trim() == separator && !separator.is_empty() {
            pieces.push(String::new());
        } else if let Some(last) = pieces.last_mut() {
            last.push_str(line);
            last.push('\n');
        }
    }
    let pieces = pieces.iter().map(|piece| piece.trim()).filter(|piece| !piece.is_empty());
    let chunk = |(at, piece): (usize, &str)| {
        let (content, answer) = match piece.split_once('\n').filter(|_| has_answers) {
            Some((question, answer)) => (question.trim(), Some(answer.trim().to_owned())),
            None => (piece, None),
        };
        (at + 1, NewSegment { content: content.to_owned(), answer, keywords: None })
    };
    pieces.enumerate().map(chunk).collect()
}

fn table(rows: Vec<Vec<String>>, has_answers: bool) -> (Vec<(usize, NewSegment)>, Vec<ImportProblem>) {
    let named = rows.first().and_then(|row| named_columns(row));
    let columns = named.unwrap_or(Columns {
        content: 0,
        answer: has_answers.then_some(1),
        keywords: Some(if has_answers { 2 } else { 1 }),
    });
    let cell = |row: &[String], at: usize| row.get(at).map(|cell| cell.trim().to_owned()).unwrap_or_default();
    let chunk = |(at, row): (usize, Vec<String>)| {
        let keywords = columns.keywords.map(|at| words(&cell(&row, at))).filter(|words| !words.is_empty());
        let answer = columns.answer.map(|at| cell(&row, at)).filter(|answer| !answer.is_empty());
        (at + 1, NewSegment { content: cell(&row, columns.content), answer, keywords })
    };
    let is_blank = |row: &Vec<String>| row.iter().all(|cell| cell.trim().is_empty());
    let rows = rows.into_iter().enumerate().skip(usize::from(named.is_some())).filter(|(_, row)| !is_blank(row));
    (rows.map(chunk).collect(), Vec::new())
}

/// The columns, where the first row names them.
fn named_columns(row: &[String]) -> Option<Columns> {
    let find = |names: &[&str]| row.iter().position(|cell| names.contains(&cell.trim().to_lowercase().as_str()));
    Some(Columns {
        content: find(&["content", "question", "text", "内容", "问题", "文本", "分段内容"])?,
        answer: find(&["answer", "答案", "回答"]),
        keywords: find(&["keywords", "keyword", "关键词", "关键字"]),
    })
}

/// Keywords within one cell.
fn words(cell: &str) -> Vec<String> {
    let words = cell.split([',', '，', ';', '；', '、', '\n']).map(str::trim).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Rows of a table by RFC 4180; columns by tabs where the first line has one, as spreadsheets copy them, otherwise by commas or
/// semicolons. `None` where a quotation mark stays open.
fn rows(text: &str) -> Option<Vec<Vec<String>>> {
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next().unwrap_or_default();
    let between = match () {
        () if head.contains('\t') => '\t',
        () if head.contains(';') && !head.contains(',') => ';',
        () => ',',
    };
    let mut rows = vec![vec![String::new()]];
    let mut is_quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let row = rows.last_mut()?;
        let cell = row.last_mut()?;
        match character {
            '"' if is_quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            '"' if cell.trim().is_empty() => {
                cell.clear();
                is_quoted = true;
            }
            _ if is_quoted => cell.push(character),
            _ if character == between => row.push(String::new()),
            '\r' => {}
            '\n' => rows.push(vec![String::new()]),
            _ => cell.push(character),
        }
    }
    (!is_quoted).then_some(rows)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn contents(text: &str, cut: &Cut) -> Vec<String> {
        parse(text, cut, false).unwrap().into_iter().map(|chunk| chunk.content).collect()
    }

    fn line() -> Cut {
        Cut::Separator("---".to_owned())
    }

    #[test]
    fn pieces_stand_between_separator_lines() {
        assert_eq!(contents("one\nmore\n---\n\n --- \ntwo --- still\n---\n", &line()), ["one\nmore", "two --- still"]);
        let pairs = parse("How?\nSo.\nAnd so.\n---\nWhy?\nThus.", &line(), true).unwrap();
        assert_eq!((pairs[0].content.as_str(), pairs[0].answer.as_deref()), ("How?", Some("So.\nAnd so.")));
        assert_eq!(parse("How?", &line(), true), Err(vec![ImportProblem::NoAnswer(1)]));
        assert_eq!(contents("all of it\n---", &Cut::Separator(String::new())), ["all of it\n---"]);
    }

    #[test]
    fn a_table_is_read_by_the_names_of_its_columns() {
        let text = "\u{feff}keywords,content\n\"seal, pump\",\"Say \"\"hi\"\",\nthen wait\"\n,plain\n";
        let chunks = parse(text, &Cut::Table, false).unwrap();
        assert_eq!(chunks[0].content, "Say \"hi\",\nthen wait");
        assert_eq!(chunks[0].keywords, Some(vec!["seal".to_owned(), "pump".to_owned()]));
        assert_eq!((chunks.len(), chunks[1].keywords.clone()), (2, None));
        let pasted = parse("问题\t答案\nA?\tB", &Cut::Table, true).unwrap();
        assert_eq!((pasted[0].content.as_str(), pasted[0].answer.as_deref()), ("A?", Some("B")));
        // Without names: content and keywords, or question, answer and keywords.
        assert_eq!(parse("a;x、y", &Cut::Table, false).unwrap()[0].keywords, Some(vec!["x".to_owned(), "y".to_owned()]));
        assert_eq!(parse("a,b,c", &Cut::Table, true).unwrap()[0].answer.as_deref(), Some("b"));
    }

    #[test]
    fn what_has_to_be_mended_is_named_by_its_row() {
        let text = format!("content,keywords\n,x\nok,{}\nok,1;2;3;4;5;6;7;8;9;10;11", "k".repeat(21));
        let expected = vec![ImportProblem::NoContent(2), ImportProblem::Keywords(3), ImportProblem::Keywords(4)];
        assert_eq!(parse(&text, &Cut::Table, false), Err(expected));
        assert_eq!(parse("\"open", &Cut::Table, false), Err(vec![ImportProblem::OpenQuote]));
        assert_eq!(parse("", &Cut::Table, false), Ok(Vec::new()));
    }

    proptest! {
        #[test]
        fn what_is_left_is_read_back(cells in proptest::collection::vec(("[a-z,;\"\n ]{0,12}x", "[a-z,\"]{1,8}"), 0..6)) {
            let chunks: Vec<NewSegment> = cells
                .into_iter()
                .map(|(content, answer)| NewSegment { content: content.trim().to_owned(), answer: Some(answer), keywords: None })
                .collect();
            prop_assert_eq!(parse(&print(&chunks, &Cut::Table, true), &Cut::Table, true), Ok(chunks));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,60}", has_answers: bool) {
            let _ = parse(&text, &Cut::Table, has_answers);
            let _ = parse(&text, &line(), has_answers);
        }
    }
}
