//! Cleans text before it is split: always line ends and control characters, by rule blanks and addresses.
//! One pass, linear in the text whatever is in it.

use crate::chars::is_blank;
use crate::rule::SplitRule;

/// Cleans the text by the rule.
///
/// Always: line ends become `\n`, control characters go, `<|` and `|>` lose their bar (they are special to language models).
/// `remove_extra_spaces`: runs of blanks become one space, blanks before a line end go, more than one blank line becomes one.
/// `remove_urls_emails`: web and mail addresses go; the target of a Markdown link or image stays, as on a real server.
pub fn clean(text: &str, rule: &SplitRule) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = after;
        match c {
            '\r' => {
                rest = after.strip_prefix('\n').unwrap_or(after);
                push_line_end(&mut out, rule.remove_extra_spaces);
            }
            '\n' => push_line_end(&mut out, rule.remove_extra_spaces),
            '\t' if !rule.remove_extra_spaces => out.push('\t'),
            '<' if after.starts_with('|') => {
                out.push('<');
                rest = &after[1..];
            }
            '|' if after.starts_with('>') => {
                out.push('>');
                rest = &after[1..];
            }
            'h' | 'H' if rule.remove_urls_emails && address_scheme(c, after) => rest = skip_url(after, &mut out),
            '@' if rule.remove_urls_emails => match mail_domain(after) {
                Some(length) if drop_mail_name(&mut out) => rest = &after[length..],
                _ => out.push('@'),
            },
            '\u{FFFE}' | '\u{FEFF}' => {}
            _ if is_blank(c) => {
                if rule.remove_extra_spaces {
                    push_blank(&mut out, c, after);
                } else {
                    out.push(c);
                }
            }
            _ if c.is_control() => {}
            _ => out.push(c),
        }
    }
    out
}

fn push_line_end(out: &mut String, collapse: bool) {
    if collapse {
        if out.ends_with(' ') {
            out.pop();
        }
        if out.ends_with("\n\n") {
            return;
        }
    }
    out.push('\n');
}

/// One blank stays what it is (a no-break or an ideographic space has a meaning), a second one makes it a plain space.
fn push_blank(out: &mut String, c: char, after: &str) {
    if out.ends_with(is_blank) {
        out.pop();
        out.push(' ');
    } else {
        let followed = after.starts_with(is_blank) || after.starts_with('\n') || (c.is_control() && c != '\t');
        out.push(if followed { ' ' } else { c });
    }
}

fn address_scheme(first: char, after: &str) -> bool {
    debug_assert!(first.eq_ignore_ascii_case(&'h'));
    let has = |prefix: &str| after.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    has("ttp://") || has("ttps://")
}

/// `after` begins behind the address's first letter. Gives what follows the address.
fn skip_url<'a>(after: &'a str, out: &mut String) -> &'a str {
    // Addresses on the wire are ASCII; stopping at anything else keeps the sentence of a Chinese text that follows one.
    let end = after.find(|c: char| !c.is_ascii_graphic() || matches!(c, '<' | '>' | '"' | '`')).unwrap_or(after.len());
    let run = &after[..end];
    if out.ends_with("](")
        && let Some(close) = run.find(')')
    {
        out.push('h');
        out.push_str(&run[..=close]);
        return &after[close + 1..];
    }
    // The full stop of the sentence is not the address's.
    let mut kept = run.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
    if kept.ends_with(')') && !kept.contains('(') {
        kept = kept.trim_end_matches(')');
    }
    &after[kept.len()..]
}

/// The length of a mail address's domain at the start of the text, when there is one with a dot inside.
fn mail_domain(text: &str) -> Option<usize> {
    let end = text.bytes().position(|b| !(b.is_ascii_alphanumeric() || b == b'-' || b == b'.')).unwrap_or(text.len());
    let domain = text[..end].trim_end_matches(['.', '-']);
    let dot = domain.find('.')?;
    (dot > 0).then_some(domain.len())
}

/// Takes the name in front of the `@` off the text; false, and nothing taken, when there is none.
fn drop_mail_name(out: &mut String) -> bool {
    let name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'+' | b'-');
    let kept = out.bytes().rposition(|b| !name(b)).map_or(0, |at| at + 1);
    let found = kept < out.len();
    // Everything taken is ASCII, so this is a character boundary.
    out.truncate(kept);
    found
}

#[cfg(test)]
mod tests {
    use super::clean;
    use crate::SplitRule;

    fn with(spaces: bool, addresses: bool, text: &str) -> String {
        clean(text, &SplitRule { remove_extra_spaces: spaces, remove_urls_emails: addresses, ..SplitRule::automatic() })
    }

    #[test]
    fn always_unifies_line_ends_and_drops_controls() {
        assert_eq!(with(false, false, "a\r\nb\rc\0\u{7}\u{FEFF}d <|x|>"), "a\nb\ncd <x>");
        assert_eq!(with(false, false, "a  \t b\n\n\n\nc"), "a  \t b\n\n\n\nc");
    }

    #[test]
    fn collapses_blanks_and_blank_lines() {
        assert_eq!(with(true, false, "a  \t b \n \n\t\n\n  c"), "a b\n\n c");
        assert_eq!(with(true, false, "一\u{3000}二\u{3000}\u{3000}三"), "一\u{3000}二 三");
        assert_eq!(with(true, false, "a\tb\u{A0}c\u{B}d"), "a\tb\u{A0}c d");
        assert_eq!(with(true, false, "a \r\n b"), "a\n b");
    }

    #[test]
    fn removes_addresses_but_keeps_links() {
        assert_eq!(with(false, true, "See https://a.example/x?y=1. Then"), "See . Then");
        assert_eq!(with(false, true, "请看http://a.example/路。然后"), "请看路。然后");
        assert_eq!(with(false, true, "(HTTP://a.example/x) end"), "() end");
        assert_eq!(with(false, true, "A [link](http://example.com) and `code`."), "A [link](http://example.com) and `code`.");
        assert_eq!(with(false, true, "mail joe.b+x@mail.example.org, or ask @joe or a@b"), "mail , or ask @joe or a@b");
        assert_eq!(with(false, true, "hello http:/x https"), "hello http:/x https");
    }

    #[test]
    fn stays_linear_on_hostile_text() {
        for piece in ["a@", "](http://", "http://", "@a.", "a.b@c", "\r ", "|>"] {
            let text = piece.repeat(300_000);
            assert!(with(true, true, &text).len() <= text.len());
        }
    }
}
