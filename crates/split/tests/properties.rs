//! What holds for any text and any rule.

use loredesk_split::{SplitRule, clean, count_tokens, keywords, markdown_text, split, terms};
use proptest::prelude::*;

/// Text made of what splitting looks at, so that boundaries, runs and marks meet in every order.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z0-9]{1,12}",
        Just(" ".to_owned()),
        Just("\n".to_owned()),
        Just("\n\n".to_owned()),
        "[.,;:!?\"')#@|<>-]{1,3}",
        "[。！？；，、」”]{1,2}",
        "[\u{4E00}-\u{4E40}]{1,20}",
        "[ぁ-ん゠-ヿ가-힣]{1,6}",
        Just("https://a.example/x".to_owned()),
        Just("joe@mail.example".to_owned()),
        "\\PC{0,6}",
        any::<char>().prop_map(String::from),
        " {1,80}",
        "[xX]{30,90}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn any_rule() -> impl Strategy<Value = SplitRule> {
    let separator = prop_oneof![Just(""), Just("\n"), Just("\n\n"), Just(". "), Just("###"), Just("。"), Just(" "), Just("a")];
    (any::<bool>(), any::<bool>(), separator, 0_usize..60, 0_usize..120).prop_map(
        |(remove_extra_spaces, remove_urls_emails, separator, max_tokens, chunk_overlap)| SplitRule {
            remove_extra_spaces,
            remove_urls_emails,
            separator: separator.to_owned(),
            max_tokens,
            chunk_overlap,
        },
    )
}

fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #[test]
    fn no_chunk_is_too_long_or_empty(text in any_text(), rule in any_rule()) {
        for chunk in split(&clean(&text, &rule), &rule) {
            prop_assert!(chunk.tokens <= rule.max_tokens.max(1), "{chunk:?}");
            prop_assert_eq!(chunk.tokens, count_tokens(&chunk.content));
            prop_assert_eq!(chunk.word_count, chunk.content.chars().count());
            prop_assert!(!chunk.content.is_empty());
            prop_assert_eq!(chunk.content.trim(), chunk.content.as_str());
        }
    }

    #[test]
    fn without_overlap_nothing_is_lost_or_doubled(text in any_text(), rule in any_rule()) {
        let rule = SplitRule { chunk_overlap: 0, ..rule };
        let cleaned = clean(&text, &rule);
        let whole = if rule.separator.is_empty() { solid(&cleaned) } else { solid(&cleaned.replace(&rule.separator, "")) };
        let joined: String = split(&cleaned, &rule).iter().map(|chunk| solid(&chunk.content)).collect();
        prop_assert_eq!(joined, whole);
    }

    #[test]
    fn with_overlap_every_chunk_is_a_part_further_on(text in any_text(), rule in any_rule()) {
        let cleaned = clean(&text, &rule);
        let mut from = 0;
        for chunk in split(&cleaned, &rule) {
            let at = cleaned[from..].find(&chunk.content);
            prop_assert!(at.is_some());
            from += at.unwrap_or(0);
        }
    }

    #[test]
    fn cleaning_twice_changes_little(text in any_text(), rule in any_rule()) {
        let once = clean(&text, &rule);
        prop_assert!(once.len() <= text.len());
        prop_assert!(clean(&once, &rule).len() <= once.len());
        prop_assert!(!once.contains(['\r', '\0']));
    }

    #[test]
    fn tokens_of_parts_and_wholes(a in any_text(), b in any_text()) {
        let whole = count_tokens(&format!("{a}{b}"));
        prop_assert!(whole <= count_tokens(&a) + count_tokens(&b));
        prop_assert!(whole >= count_tokens(&a) && whole >= count_tokens(&b));
    }

    #[test]
    fn terms_and_keywords_never_panic(text in any_text(), limit in 0_usize..20) {
        let found = keywords(&text, limit);
        prop_assert!(found.len() <= limit.min(10));
        prop_assert_eq!(&found, &keywords(&text, limit));
        for term in terms(&text) {
            prop_assert!(!term.is_empty());
        }
        prop_assert_eq!(solid(&markdown_text(&text)).replace('#', ""), solid(&text).replace('#', ""));
    }
}
