//! Tables as CSV that a spreadsheet opens as they are, and in which no cell is run as a formula.

/// Rows as CSV: quoted by RFC 4180, with the mark by which Excel knows UTF-8.
#[must_use]
pub fn print(rows: &[Vec<String>]) -> String {
    let mut text = String::from("\u{feff}");
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                text.push(',');
            }
            text.push_str(&quoted(cell));
        }
        text.push_str("\r\n");
    }
    text
}

/// Spreadsheets run cells that begin so, even quoted ones; an apostrophe before makes them text. Names of files come from anybody.
fn quoted(cell: &str) -> String {
    let is_formula =
        cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) || cell.starts_with(['\t', '\r', '\n']);
    let is_number = cell.parse::<f64>().is_ok_and(f64::is_finite);
    let safe = if is_formula && !is_number { format!("'{cell}") } else { cell.to_owned() };
    if safe.contains([',', '"', '\n', '\r', ';', '\t', '\'']) || safe.starts_with(' ') || safe.ends_with(' ') {
        format!("\"{}\"", safe.replace('"', "\"\""))
    } else {
        safe
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let text = print(&[row(&["Name", "Reason"]), row(&["a, b", "say \"hi\"\nnow"])]);
        assert_eq!(text, "\u{feff}Name,Reason\r\n\"a, b\",\"say \"\"hi\"\"\nnow\"\r\n");
    }

    #[test]
    fn no_cell_is_a_formula() {
        for bad in ["=1+1", "+cmd", "-cmd", "@sum", " =1", "\t=1", "＝1", "=HYPERLINK(\"x\")"] {
            let text = print(&[row(&[bad])]);
            let cell = text.trim_start_matches(['\u{feff}', '"']);
            assert!(cell.starts_with('\''), "{bad}: {text}");
        }
        assert_eq!(print(&[row(&["-5", "-3.5e2"])]), "\u{feff}-5,-3.5e2\r\n");
    }
}
