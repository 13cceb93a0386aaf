//! The few words of English, German and Chinese that are never a keyword.

/// Sorted, so that it can be searched by halves.
const STOP_WORDS: [&str; 214] = [
    "a", "aber", "about", "above", "after", "again", "all", "alle", "als", "also", "am", "an", "and", "any", "are", "as", "at",
    "auch", "auf", "aus", "be", "because", "been", "before", "bei", "being", "below", "between", "bis", "both", "but", "by",
    "can", "could", "da", "damit", "dann", "das", "dass", "dem", "den", "denn", "der", "des", "did", "die", "dies", "diese",
    "dieser", "dieses", "do", "doch", "does", "doing", "done", "down", "du", "durch", "during", "each", "ein", "eine", "einem",
    "einen", "einer", "eines", "either", "else", "er", "es", "etc", "etwa", "few", "for", "from", "further", "für", "get", "had",
    "has", "hat", "have", "having", "he", "her", "here", "hers", "him", "his", "how", "ich", "if", "ihr", "im", "in", "into",
    "is", "ist", "it", "its", "itself", "ja", "just", "kann", "kein", "keine", "like", "made", "make", "many", "may", "me",
    "might", "mit", "more", "most", "much", "must", "my", "nach", "nicht", "no", "noch", "nor", "not", "now", "nur", "ob",
    "oder", "of", "off", "ohne", "on", "once", "one", "only", "or", "other", "our", "out", "over", "own", "per", "same", "sein",
    "seine", "she", "should", "sich", "sie", "sind", "so", "some", "such", "than", "that", "the", "their", "them", "then",
    "there", "these", "they", "this", "those", "through", "to", "too", "um", "und", "under", "unter", "until", "up", "upon",
    "us", "use", "used", "using", "very", "via", "vom", "von", "vor", "war", "was", "we", "wenn", "werden", "were", "what",
    "when", "where", "which", "while", "who", "whom", "why", "wie", "will", "wir", "wird", "with", "within", "without", "wo",
    "would", "yes", "you", "your", "zu", "zum", "zur", "über",
];

/// Characters that make a pair of CJK characters useless as a keyword.
const STOP_CHARACTERS: &str = "的了是在和也就都而与或被把这那其之我你他她它很吗呢吧啊";

/// Whether the lower-case word says nothing by itself.
pub(crate) fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.binary_search(&word).is_ok()
}

/// Whether a pair with this character is hardly a word.
pub(crate) fn is_stop_character(c: char) -> bool {
    STOP_CHARACTERS.contains(c)
}

#[cfg(test)]
mod tests {
    use super::STOP_WORDS;

    #[test]
    fn the_list_is_sorted_and_has_no_word_twice() {
        assert!(STOP_WORDS.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
