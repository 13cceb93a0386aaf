//! Java property files: text whose letters beyond ASCII are often written as `\uXXXX`.

/// Resolves the escapes of letters; everything else stays as people wrote it.
pub(super) fn read(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\\u") {
        out.push_str(&rest[..at]);
        let mut units = Vec::new();
        rest = &rest[at..];
        while let Some(unit) = unit(rest) {
            units.push(unit);
            rest = &rest[6..];
        }
        if units.is_empty() {
            out.push_str("\\u");
            rest = &rest[2..];
        }
        // Together, because a letter can be a pair of them.
        out.extend(char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)));
    }
    out.push_str(rest);
    out
}

fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn escapes_become_letters() {
        assert_eq!(read("pump.name=\\u6C34\\u6cf5\n# x"), "pump.name=水泵\n# x");
        assert_eq!(read("rocket=\\uD83D\\uDE80!"), "rocket=🚀!");
        assert_eq!(read("path=C\\:\\\\users \\u12 \\uD83D \\u"), "path=C\\:\\\\users \\u12 \u{FFFD} \\u");
    }
}
