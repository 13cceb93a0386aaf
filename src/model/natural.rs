//! The order in which people expect names: case does not count, and numbers count as numbers.

use std::{cmp::Ordering, iter::Peekable, str::Chars};

/// Compares two names that are already in lower case: `page 2` comes before `page 10`.
#[must_use]
pub fn compare(left: &str, right: &str) -> Ordering {
    let (mut a, mut b) = (left.chars().peekable(), right.chars().peekable());
    loop {
        let order = match (a.peek().copied(), b.peek().copied()) {
            (None, None) => return left.cmp(right),
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => number(&mut a).cmp(&number(&mut b)),
            (x, y) => {
                a.next();
                b.next();
                x.cmp(&y)
            }
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// A run of digits as something that orders like its number, however long it is: leading zeros gone, length first.
fn number(characters: &mut Peekable<Chars<'_>>) -> (usize, String) {
    let mut digits = String::new();
    while let Some(digit) = characters.next_if(char::is_ascii_digit) {
        if digit != '0' || !digits.is_empty() {
            digits.push(digit);
        }
    }
    (digits.len(), digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_as_numbers() {
        let mut names = ["page 10", "page 2", "page 02", "page", "10", "9", "第3章", "第12章", "page 2b"];
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(names, ["9", "10", "page", "page 02", "page 2", "page 2b", "page 10", "第3章", "第12章"]);
    }
}
