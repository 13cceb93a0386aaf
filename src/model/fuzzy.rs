//! Finding by a few letters: how well a text fits what was typed, and which of its letters did.
//!
//! Every typed word has to be in the text, its letters in their order but not necessarily together. Beginnings of words and
//! letters that stand together count most; a Chinese character is a word of its own.

/// How a text fits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// Greater is better; comparable between texts for the same query only.
    pub score: i32,
    /// The letters that fit, counted in characters, ascending.
    pub at: Vec<usize>,
}

const LETTER: i32 = 16;
const WORD_START: i32 = 10;
const TOGETHER: i32 = 14;
const FIRST: i32 = 12;
const GAP: i32 = -3;
const LONGER_GAP: i32 = -1;

/// Whether and how well a text fits a query; an empty query fits everything alike.
#[must_use]
pub fn fit(query: &str, text: &str) -> Option<Fit> {
    let text: Vec<char> = text.chars().collect();
    let mut whole = Fit::default();
    for word in query.split_whitespace() {
        let word: Vec<char> = word.chars().map(folded).collect();
        let fit = fit_word(&word, &text)?;
        whole.score += fit.score;
        whole.at.extend(fit.at);
    }
    whole.at.sort_unstable();
    whole.at.dedup();
    Some(whole)
}

/// The best of many, at most so many; equally good ones stay in their order, shorter texts first.
pub fn best<T>(query: &str, all: impl IntoIterator<Item = T>, name: impl Fn(&T) -> &str, most: usize) -> Vec<(T, Fit)> {
    let mut found: Vec<(T, Fit)> = all.into_iter().filter_map(|item| fit(query, name(&item)).map(|fit| (item, fit))).collect();
    if !query.trim().is_empty() {
        found.sort_by_key(|(item, fit)| (-fit.score, name(item).len()));
    }
    found.truncate(most);
    found
}

fn fit_word(word: &[char], text: &[char]) -> Option<Fit> {
    // From every place where the first letter begins a word, and from the first place where it stands at all.
    let is_first = |at: &usize| word.first().is_some_and(|first| folded(text[*at]) == *first);
    let anywhere = (0..text.len()).find(is_first)?;
    let starts = (0..text.len()).filter(is_first).filter(|at| is_word_start(text, *at));
    let from = |start: usize| {
        let at = letters(word, text, start)?;
        Some(Fit { score: score(&at, text), at })
    };
    // Together is best wherever it is.
    let together = (0..=text.len().saturating_sub(word.len()))
        .find(|start| word.len() <= text.len() && word.iter().zip(&text[*start..]).all(|(a, b)| *a == folded(*b)));
    starts.chain([anywhere]).chain(together).filter_map(from).max_by_key(|fit| fit.score)
}

/// The letters of a word in a text, each as near after the one before as can be, from a place on.
fn letters(word: &[char], text: &[char], start: usize) -> Option<Vec<usize>> {
    let mut next = start;
    let mut at = Vec::with_capacity(word.len());
    for letter in word {
        let found = (next..text.len()).find(|place| folded(text[*place]) == *letter)?;
        at.push(found);
        next = found + 1;
    }
    Some(at)
}

fn score(at: &[usize], text: &[char]) -> i32 {
    let mut score = 0;
    for (number, place) in at.iter().enumerate() {
        score += LETTER;
        if is_word_start(text, *place) {
            score += WORD_START;
        }
        if *place == 0 {
            score += FIRST;
        }
        let Some(before) = number.checked_sub(1).map(|number| at[number]) else { continue };
        match place - before - 1 {
            0 => score += TOGETHER,
            gap => score += GAP + LONGER_GAP * i32::try_from(gap.min(20)).unwrap_or(20),
        }
    }
    score
}

fn is_word_start(text: &[char], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| text[before]) else { return true };
    let here = text[at];
    !before.is_alphanumeric() || (here.is_uppercase() && !before.is_uppercase()) || is_ideograph(here) || is_ideograph(before)
}

/// Han, kana and hangul: scripts without spaces between words, as far as finding is concerned.
fn is_ideograph(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn folded(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names<'a>(query: &str, all: &[&'a str]) -> Vec<&'a str> {
        best(query, all.iter().copied(), |name| name, 10).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn the_name_itself_comes_before_one_that_holds_it() {
        assert_eq!(names("pumps", &["Old pumps", "Pumps and valves", "Pumps"]), ["Pumps", "Pumps and valves", "Old pumps"]);
    }

    #[test]
    fn beginnings_of_words_come_before_letters_inside() {
        assert_eq!(names("fs", &["offsite", "Field service"]), ["Field service", "offsite"]);
        assert_eq!(names("hr", &["Chronicle", "Charter", "HR handbook"])[0], "HR handbook");
        assert_eq!(names("dr", &["android", "DebianReference"])[0], "DebianReference");
    }

    #[test]
    fn letters_together_come_before_scattered_ones() {
        assert_eq!(names("seal", &["s-e-a-l.txt", "unsealed.txt"]), ["unsealed.txt", "s-e-a-l.txt"]);
    }

    #[test]
    fn every_word_has_to_fit_in_any_order() {
        assert_eq!(names("manual 2024", &["2024 manual.pdf", "manual.pdf"]), ["2024 manual.pdf"]);
        assert_eq!(names("zz", &["manual.pdf"]), Vec::<&str>::new());
    }

    #[test]
    fn chinese_is_found_by_its_characters() {
        assert_eq!(names("维护", &["泵的维护手册", "阀门"]), ["泵的维护手册"]);
        assert_eq!(names("泵手", &["泵的维护手册", "手泵"]), ["泵的维护手册"]);
    }

    #[test]
    fn the_letters_that_fit_are_told() {
        assert_eq!(fit("fs", "Field service").unwrap().at, [0, 6]);
        assert_eq!(fit("泵", "手泵").unwrap().at, [1]);
        assert_eq!(fit("", "anything").unwrap(), Fit::default());
    }

    #[test]
    fn an_empty_query_keeps_the_order() {
        assert_eq!(names(" ", &["long name", "a"]), ["long name", "a"]);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_it_fits_itself_and_never_panics(query in "\\PC{0,12}", text in "\\PC{0,40}") {
            if let Some(fit) = fit(&query, &text) {
                prop_assert!(fit.at.windows(2).all(|pair| pair[0] < pair[1]));
                prop_assert!(fit.at.iter().all(|at| *at < text.chars().count()));
            }
            prop_assert!(fit(&text, &text).is_some());
        }
    }
}
