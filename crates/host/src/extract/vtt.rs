//! Subtitles (WebVTT): what is said, without times, positions and styles.

use super::builder::{Gap, TextBuilder};
use super::error::ExtractError;
use super::limits::ExtractLimits;

/// One line a cue.
pub(super) fn read(text: &str, limits: &ExtractLimits) -> Result<String, ExtractError> {
    let mut out = TextBuilder::new(limits.max_text_bytes);
    let mut in_cue = false;
    for line in text.lines().map(str::trim) {
        if line.contains("-->") {
            in_cue = true;
            out.gap(Gap::Line);
        } else if line.is_empty() {
            // Everything that is no cue (the header, notes, styles, regions, cue names) stands outside of one.
            in_cue = false;
        } else if in_cue {
            out.gap(Gap::Space);
            out.push_words(&plain(line))?;
        }
    }
    Ok(out.finish())
}

/// The words of a cue's line. A voice tag names who speaks; other tags only style.
fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(open) = rest.find('<') {
        let Some(close) = rest[open..].find('>') else { break };
        out.push_str(&rest[..open]);
        let tag = &rest[open + 1..open + close];
        if (tag.starts_with("v ") || tag.starts_with("v."))
            && let Some((_, name)) = tag.split_once(' ')
        {
            out.push_str(name.trim());
            out.push_str(": ");
        }
        rest = &rest[open + close + 1..];
    }
    out.push_str(rest);
    for (entity, letter) in [("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&lrm;", ""), ("&rlm;", ""), ("&amp;", "&")] {
        if out.contains(entity) {
            out = out.replace(entity, letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test ends where it fails")]
    use super::read;
    use crate::extract::ExtractLimits;

    #[test]
    fn only_what_is_said_is_left() {
        let text = "WEBVTT - Pumps\nKind: captions\n\nNOTE a remark\nof two lines\n\nSTYLE\n::cue { color: red }\n\n1\n00:01.000 --> 00:04.000 align:start\n<v Anna>Mount the <b>pump</b>\non a level surface.</v>\n\n00:05.000 --> 00:06.000\n5 &lt; 6 &amp; 7\n\n00:07 --> 00:08\n<00:07.5>a < b\n";
        assert_eq!(read(text, &ExtractLimits::default()).unwrap(), "Anna: Mount the pump on a level surface.\n5 < 6 & 7\na < b");
        assert_eq!(read("", &ExtractLimits::default()).unwrap(), "");
    }
}
