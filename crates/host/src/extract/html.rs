//! Web pages: the text that a reader would see. Works on tokens, without a tree, so no page is nested too deep for it.

use encoding_rs::Encoding;
use html5gum::{StartTag, Token, Tokenizer};

use super::builder::{Gap, TextBuilder};
use super::encoding::decode_labelled;
use super::error::ExtractError;
use super::limits::ExtractLimits;

/// A page must say its encoding within its first bytes.
const LABEL_WITHIN: usize = 2048;

/// Lines for blocks, with a blank line before a heading; cells of a row side by side.
pub(super) fn read(bytes: &[u8], limits: &ExtractLimits) -> Result<String, ExtractError> {
    let text = decode_labelled(bytes.to_vec(), label(bytes));
    let mut page = Page { out: TextBuilder::new(limits.max_text_bytes), hidden: None, in_head: false, in_cell: false, in_pre: 0 };
    for token in Tokenizer::new(&text) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => page.start(&tag),
            Token::EndTag(tag) => page.end(&tag.name),
            Token::String(text) => page.text(&String::from_utf8_lossy(&text))?,
            _ => {}
        }
    }
    Ok(page.out.finish())
}

/// The encoding that the page names.
fn label(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(LABEL_WITHIN)]).to_ascii_lowercase();
    let value = start.split_once("charset=")?.1.trim_start_matches(['"', '\'', ' ']);
    let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))).unwrap_or(value.len());
    Encoding::for_label(&value.as_bytes()[..end])
}

struct Page {
    out: TextBuilder,
    /// An element that is not shown, and how deep it stands in its own kind.
    hidden: Option<(Vec<u8>, usize)>,
    in_head: bool,
    in_cell: bool,
    in_pre: usize,
}

impl Page {
    fn start(&mut self, tag: &StartTag<()>) {
        let name: &[u8] = &tag.name;
        if let Some((hidden, depth)) = &mut self.hidden {
            if hidden == name && !tag.self_closing {
                *depth += 1;
            }
            return;
        }
        if name == b"head" {
            self.in_head = true;
        } else if self.in_head && !belongs_to_head(name) {
            // The end tag of the head may be left out; the first thing that can't be in it ends it.
            self.in_head = false;
        }
        if is_hidden(name) && !tag.self_closing {
            self.hidden = Some((name.to_vec(), 1));
            return;
        }
        match name {
            b"td" | b"th" => {
                self.in_cell = true;
                self.out.gap(Gap::Cell);
            }
            b"tr" | b"table" => {
                self.in_cell = false;
                self.out.gap(Gap::Line);
            }
            b"pre" | b"textarea" | b"listing" => {
                self.in_pre += 1;
                self.block(Gap::Line);
            }
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => self.block(Gap::Paragraph),
            _ if is_block(name) => self.block(Gap::Line),
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        if let Some((hidden, depth)) = &mut self.hidden {
            if hidden == name {
                *depth -= 1;
            }
            // What is never closed must not hide the rest of a broken page beyond its body.
            if *depth == 0 || matches!(name, b"body" | b"html") {
                self.hidden = None;
            }
            return;
        }
        match name {
            b"head" => self.in_head = false,
            b"tr" | b"table" => {
                self.in_cell = false;
                self.out.gap(Gap::Line);
            }
            b"pre" | b"textarea" | b"listing" => {
                self.in_pre = self.in_pre.saturating_sub(1);
                self.block(Gap::Line);
            }
            _ if is_block(name) => self.block(Gap::Line),
            _ => {}
        }
    }

    /// Inside a cell, blocks stay on the row's line.
    fn block(&mut self, gap: Gap) {
        self.out.gap(if self.in_cell { Gap::Space } else { gap });
    }

    fn text(&mut self, text: &str) -> Result<(), ExtractError> {
        if self.hidden.is_some() || (self.in_head && text.trim().is_empty()) {
            return Ok(());
        }
        // Text can't be in a head either.
        self.in_head = false;
        if self.in_pre == 0 || self.in_cell {
            return self.out.push_words(text);
        }
        let last = text.matches('\n').count();
        let mut ends = 0;
        for (number, line) in text.split('\n').enumerate() {
            ends += usize::from(number > 0);
            // Blanks beside a tag are part of a line, blanks between two line ends are none.
            let is_whole = 0 < number && number < last;
            let is_empty = line.is_empty() || (is_whole && line.trim().is_empty());
            if !is_empty {
                self.out.gap(line_ends(ends));
                self.out.push(line)?;
                ends = 0;
            }
        }
        self.out.gap(line_ends(ends));
        Ok(())
    }
}

/// The gap that line ends in preformatted text stand for.
fn line_ends(count: usize) -> Gap {
    match count {
        0 => Gap::None,
        1 => Gap::Line,
        _ => Gap::Paragraph,
    }
}

fn belongs_to_head(name: &[u8]) -> bool {
    matches!(name, b"title" | b"meta" | b"link" | b"base" | b"script" | b"style" | b"noscript" | b"template" | b"head" | b"html")
}

fn is_hidden(name: &[u8]) -> bool {
    matches!(name, b"script" | b"style" | b"title" | b"template" | b"noscript" | b"iframe" | b"noframes" | b"noembed" | b"xmp")
}

fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"address"
            | b"article"
            | b"aside"
            | b"blockquote"
            | b"body"
            | b"br"
            | b"button"
            | b"caption"
            | b"center"
            | b"dd"
            | b"details"
            | b"dialog"
            | b"div"
            | b"dl"
            | b"dt"
            | b"fieldset"
            | b"figcaption"
            | b"figure"
            | b"footer"
            | b"form"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"header"
            | b"hr"
            | b"html"
            | b"legend"
            | b"li"
            | b"main"
            | b"menu"
            | b"nav"
            | b"ol"
            | b"option"
            | b"p"
            | b"section"
            | b"select"
            | b"summary"
            | b"tbody"
            | b"tfoot"
            | b"thead"
            | b"ul"
    )
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test ends where it fails")]
    use proptest::prelude::*;

    use super::read;
    use crate::extract::ExtractLimits;

    fn text(html: &str) -> String {
        read(html.as_bytes(), &ExtractLimits::default()).unwrap()
    }

    #[test]
    fn only_visible_text_is_left() {
        assert_eq!(
            text(
                "<html><head><title>No</title><style>p{}</style></head><body><h1>Boiler</h1><p>Boiler pressure must stay <b>low</b>.</p><script>alert('<p>1')</script><!-- no --></body></html>"
            ),
            "Boiler\nBoiler pressure must stay low."
        );
        assert_eq!(text("<p>a&amp;b &#x6C34;&eacute;&nbsp;x<br>next</p>\n<h2>Two</h2>text"), "a&b 水é x\nnext\n\nTwo\ntext");
    }

    #[test]
    fn tables_lists_and_code() {
        assert_eq!(
            text("<table><tr><th>Part<th>Price</tr><tr><td><p>Seal</p><td>8</table>after"),
            "Part | Price\nSeal | 8\nafter"
        );
        assert_eq!(text("<ul><li>one<li>two</ul><pre>a\n  b\n\nc</pre>d"), "one\ntwo\na\n  b\n\nc\nd");
        assert_eq!(text("<pre># <b>cd</b> x\n<b>#</b> ls\n\n  <b>y</b>\n</pre>z"), "# cd x\n# ls\n\n  y\nz");
    }

    #[test]
    fn broken_pages_keep_their_text() {
        assert_eq!(text("<head><title>x</title><p>no end of the head"), "no end of the head");
        assert_eq!(text("plain < text & more </div></p>"), "plain < text & more");
        assert_eq!(text("<p>a<script>never closed"), "a");
        assert_eq!(text("<template><p>x</body>after"), "after");
        assert_eq!(text("<p title=\"never closed>text"), "");
        assert_eq!(text(""), "");
        assert_eq!(text(&"<div>".repeat(300_000)), "");
        assert_eq!(text(&format!("{}deep", "<b><table><tr><td>".repeat(50_000))), "deep");
    }

    #[test]
    fn the_named_encoding_counts() {
        let page = [b"<meta charset=shift_jis><p>\x83\x7C\x83\x93\x83\x76".as_slice()].concat();
        assert_eq!(read(&page, &ExtractLimits::default()).unwrap(), "ポンプ");
        let page = "<meta http-equiv=Content-Type content='text/html; charset=gb2312'><p>水泵".as_bytes();
        assert_eq!(read(page, &ExtractLimits::default()).unwrap(), "水泵");
    }

    proptest! {
        #[test]
        fn no_page_is_too_broken(pieces in prop::collection::vec(prop_oneof![
            "<[/!?]?[a-z]{0,8}", "[ =\"'/>&;-]{1,4}", Just("<script>".to_owned()), Just("</head>".to_owned()), Just("<td>".to_owned()),
            Just("<pre>".to_owned()), Just("&#x;".to_owned()), Just("<![CDATA[".to_owned()), "\\PC{0,8}"], 0..60)) {
            let page = pieces.concat();
            prop_assert!(read(page.as_bytes(), &ExtractLimits::default()).is_ok());
        }

        #[test]
        fn no_bytes_are_too_odd(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            prop_assert!(read(&bytes, &ExtractLimits::default()).is_ok());
        }
    }
}
