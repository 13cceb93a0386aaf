//! A grid of cells: where the keyboard goes, which cells are chosen, and blocks as spreadsheets copy them. No values, no view.

/// A cell: its row and its column, from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Row.
    pub row: usize,
    /// Column.
    pub column: usize,
}

/// The chosen cells: the rectangle between the cell where the choice began and the cell that the keyboard is at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// Where it began.
    pub anchor: Cell,
    /// Where the keyboard is.
    pub head: Cell,
}

/// How the keyboard moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// By so many rows and columns.
    By(isize, isize),
    /// To the first or last column.
    RowStart,
    /// To the last column.
    RowEnd,
    /// To the first cell of all.
    First,
    /// To the last cell of all.
    Last,
}

impl Chosen {
    /// One cell.
    #[must_use]
    pub fn one(cell: Cell) -> Self {
        Self { anchor: cell, head: cell }
    }

    /// Whether it is one cell.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.anchor == self.head
    }

    /// First row and last row.
    #[must_use]
    pub fn rows(&self) -> (usize, usize) {
        (self.anchor.row.min(self.head.row), self.anchor.row.max(self.head.row))
    }

    /// First column and last column.
    #[must_use]
    pub fn columns(&self) -> (usize, usize) {
        (self.anchor.column.min(self.head.column), self.anchor.column.max(self.head.column))
    }

    /// Whether a cell is one of them.
    #[must_use]
    pub fn has(&self, cell: Cell) -> bool {
        let ((top, bottom), (left, right)) = (self.rows(), self.columns());
        (top..=bottom).contains(&cell.row) && (left..=right).contains(&cell.column)
    }

    /// Moves within so many rows and columns; extending keeps the anchor.
    #[must_use]
    pub fn step(self, step: Step, is_extending: bool, rows: usize, columns: usize) -> Self {
        let (last_row, last_column) = (rows.saturating_sub(1), columns.saturating_sub(1));
        let Cell { row, column } = self.head;
        let head = match step {
            Step::By(down, right) => Cell { row: row.saturating_add_signed(down), column: column.saturating_add_signed(right) },
            Step::RowStart => Cell { row, column: 0 },
            Step::RowEnd => Cell { row, column: last_column },
            Step::First => Cell::default(),
            Step::Last => Cell { row: last_row, column: last_column },
        };
        let head = Cell { row: head.row.min(last_row), column: head.column.min(last_column) };
        Self { anchor: if is_extending { self.anchor } else { head }, head }
    }

    /// The same within so many rows and columns, after a filter made the grid smaller.
    #[must_use]
    pub fn within(self, rows: usize, columns: usize) -> Self {
        let cut =
            |cell: Cell| Cell { row: cell.row.min(rows.saturating_sub(1)), column: cell.column.min(columns.saturating_sub(1)) };
        Self { anchor: cut(self.anchor), head: cut(self.head) }
    }
}

/// Reads a block as spreadsheets put it on the clipboard: rows end with a line end, cells with a tab, and a cell with either in it
/// stands in quotes, which are doubled inside.
#[must_use]
pub fn parse_block(text: &str) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let (mut row, mut cell) = (Vec::new(), String::new());
    let mut characters = text.chars().peekable();
    let mut is_quoted = false;
    let mut is_start = true;
    while let Some(character) = characters.next() {
        match character {
            '"' if is_quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            _ if is_quoted => cell.push(character),
            // A quote further on is a quote that somebody typed.
            '"' if is_start && is_closed(characters.clone()) => {
                is_quoted = true;
                is_start = false;
            }
            '\t' => {
                row.push(std::mem::take(&mut cell));
                is_start = true;
            }
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\r' => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
                is_start = true;
            }
            _ => {
                cell.push(character);
                is_start = false;
            }
        }
    }
    if !cell.is_empty() || !row.is_empty() || !is_start {
        row.push(cell);
        rows.push(row);
    }
    rows
}

/// Whether a quoted cell that has just begun ends as one: its closing quote stands before a tab, a line end or the end.
fn is_closed(mut rest: std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    while let Some(character) = rest.next() {
        if character != '"' {
            continue;
        }
        match rest.peek() {
            Some('"') => drop(rest.next()),
            None | Some('\t' | '\n' | '\r') => return true,
            Some(_) => return false,
        }
    }
    false
}

/// A block for the clipboard.
#[must_use]
pub fn print_block(rows: &[Vec<String>]) -> String {
    let cell = |text: &String| {
        if text.contains(['\t', '\n', '\r']) || text.starts_with('"') {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.clone()
        }
    };
    rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("\t")).collect::<Vec<_>>().join("\n")
}

/// Where the cells of a pasted block go: at the first chosen cell on; one that is smaller than the choice and fits into it evenly is
/// repeated, as in a spreadsheet. Gives the place and the text of each, within so many rows and columns, and how many fell outside.
#[must_use]
pub fn place_block(block: &[Vec<String>], chosen: Chosen, rows: usize, columns: usize) -> (Vec<(Cell, String)>, usize) {
    let height = block.len();
    let width = block.iter().map(Vec::len).max().unwrap_or_default();
    if height == 0 || width == 0 {
        return (Vec::new(), 0);
    }
    let ((top, bottom), (left, right)) = (chosen.rows(), chosen.columns());
    let whole = |chosen: usize, own: usize| if chosen > own && chosen.is_multiple_of(own) { chosen } else { own };
    let (down, across) = (whole(bottom - top + 1, height), whole(right - left + 1, width));
    let mut placed = Vec::new();
    let mut outside = 0;
    for row in 0..down {
        for column in 0..across {
            // A short row leaves what is beside it alone.
            let Some(text) = block[row % height].get(column % width) else { continue };
            let cell = Cell { row: top + row, column: left + column };
            if cell.row < rows && cell.column < columns {
                placed.push((cell, text.clone()));
            } else {
                outside += 1;
            }
        }
    }
    (placed, outside)
}

/// What filling down does: pairs of a cell to copy from and a cell to copy to. Of several chosen rows the first is the source; of
/// one row, the row above it.
#[must_use]
pub fn fill_down(chosen: Chosen) -> Vec<(Cell, Cell)> {
    let ((top, bottom), (left, right)) = (chosen.rows(), chosen.columns());
    let (source, first) = match (top == bottom, top) {
        (true, 0) => return Vec::new(),
        (true, _) => (top - 1, top),
        (false, _) => (top, top + 1),
    };
    let cells = (first..=bottom).flat_map(|row| (left..=right).map(move |column| Cell { row, column }));
    cells.map(|cell| (Cell { row: source, column: cell.column }, cell)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    fn chosen(from: (usize, usize), to: (usize, usize)) -> Chosen {
        Chosen { anchor: Cell { row: from.0, column: from.1 }, head: Cell { row: to.0, column: to.1 } }
    }

    #[test]
    fn blocks_of_spreadsheets_are_read() {
        assert_eq!(parse_block("a\tb\r\nc\td\r\n"), rows(&[&["a", "b"], &["c", "d"]]));
        assert_eq!(parse_block("\"two\nlines\"\tx"), rows(&[&["two\nlines", "x"]]));
        assert_eq!(parse_block("\"say \"\"hi\"\"\"\n"), rows(&[&["say \"hi\""]]));
        assert_eq!(parse_block("5\" pipe\t\"quoted\" word"), rows(&[&["5\" pipe", "\"quoted\" word"]]));
        assert_eq!(parse_block("\ta\n\n"), rows(&[&["", "a"], &[""]]));
        assert_eq!(parse_block(""), rows(&[]));
        assert_eq!(parse_block("\"\""), rows(&[&[""]]));
    }

    #[test]
    fn one_value_fills_the_choice_and_a_block_goes_on_from_its_corner() {
        let (placed, outside) = place_block(&rows(&[&["x"]]), chosen((3, 1), (1, 1)), 10, 3);
        assert_eq!((placed.len(), placed[0].0, outside), (3, Cell { row: 1, column: 1 }, 0));
        let (placed, outside) = place_block(&rows(&[&["a", "b"], &["c", "d"]]), chosen((8, 1), (8, 1)), 9, 2);
        assert_eq!((placed, outside), (vec![(Cell { row: 8, column: 1 }, "a".to_owned())], 3));
        // Two rows into four chosen ones: twice. Into three: once.
        assert_eq!(place_block(&rows(&[&["a"], &["b"]]), chosen((0, 0), (3, 0)), 9, 2).0.len(), 4);
        assert_eq!(place_block(&rows(&[&["a"], &["b"]]), chosen((0, 0), (2, 0)), 9, 2).0.len(), 2);
    }

    #[test]
    fn filling_down_copies_the_first_row_or_the_one_above() {
        assert_eq!(fill_down(chosen((0, 0), (0, 2))), []);
        assert_eq!(fill_down(chosen((2, 1), (2, 1))), [(Cell { row: 1, column: 1 }, Cell { row: 2, column: 1 })]);
        assert_eq!(fill_down(chosen((5, 0), (3, 1))).len(), 4);
    }

    #[test]
    fn the_keyboard_stays_inside() {
        let start = Chosen::default();
        assert_eq!(start.step(Step::By(-1, -1), false, 3, 2), start);
        assert_eq!(start.step(Step::By(20, 0), false, 3, 2).head, Cell { row: 2, column: 0 });
        let extended = start.step(Step::Last, true, 3, 2);
        assert_eq!((extended.rows(), extended.columns()), ((0, 2), (0, 1)));
        assert!(extended.has(Cell { row: 1, column: 1 }) && !extended.is_one());
        assert_eq!(extended.within(1, 1), Chosen::default());
        assert_eq!(start.step(Step::RowEnd, false, 0, 0), start);
    }

    proptest! {
        #[test]
        fn a_copied_block_is_pasted_as_it_was(block in prop::collection::vec(prop::collection::vec("[a-z\"\t\n ,]{0,6}", 3), 1..5)) {
            let printed = print_block(&block);
            // A block whose last row is empty cells ends in tabs, never in nothing.
            prop_assert_eq!(parse_block(&printed), block);
        }
    }
}
