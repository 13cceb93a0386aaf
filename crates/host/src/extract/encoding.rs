//! Bytes to text: UTF-8, marked or evident UTF-16, and otherwise the guess that a browser would make.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The start of a file is enough to tell its encoding.
const GUESS_BYTES: usize = 1 << 20;
const ESCAPE: u8 = 0x1B;

/// Decodes a text file. Bytes that fit no encoding become replacement characters.
pub(super) fn decode(bytes: Vec<u8>) -> String {
    decode_labelled(bytes, None)
}

/// Decodes a file that may say what its encoding is, as a web page does. Valid UTF-8 is believed more than the label.
pub(super) fn decode_labelled(bytes: Vec<u8>, label: Option<&'static Encoding>) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return decode_with(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = unmarked_utf16(&bytes) {
        return decode_with(encoding, &bytes);
    }
    // ISO-2022-JP is made of ASCII with escapes, so it is valid UTF-8 as well.
    if bytes.contains(&ESCAPE) {
        return decode_with(label.unwrap_or_else(|| guess(&bytes)), &bytes);
    }
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let bytes = error.into_bytes();
            let encoding = label.filter(|label| *label != UTF_8).unwrap_or_else(|| guess(&bytes));
            decode_with(encoding, &bytes)
        }
    }
}

fn decode_with(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let start = &bytes[..bytes.len().min(GUESS_BYTES)];
    // One damaged character must not turn a UTF-8 text into another encoding, which would garble all of it.
    if mostly_utf8(start) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(start, start.len() == bytes.len());
    detector.guess(None, Utf8Detection::Allow)
}

fn mostly_utf8(bytes: &[u8]) -> bool {
    let mut wide = 0_usize;
    let mut bad = 0_usize;
    for chunk in bytes.utf8_chunks() {
        wide += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    wide > bad * 20
}

/// UTF-16 without a mark shows itself by zero bytes at every second place.
pub(super) fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(4096) / 2 * 2];
    let zeros = |offset: usize| start.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), start.len() / 2);
    if pairs < 2 {
        None
    } else if odd * 4 > pairs * 3 && even * 20 < pairs {
        Some(UTF_16LE)
    } else if even * 4 > pairs * 3 && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{GB18030, SHIFT_JIS, WINDOWS_1252};

    use super::decode;

    #[test]
    fn marked_and_evident_unicode() {
        assert_eq!(decode(b"\xEF\xBB\xBFgr\xC3\xBCn".to_vec()), "grün");
        assert_eq!(decode(b"\xFF\xFEa\0\x34\x6C".to_vec()), "a水");
        assert_eq!(decode(b"\xFE\xFF\0a\x6C\x34".to_vec()), "a水");
        assert_eq!(decode(b"p\0u\0m\0p\0".to_vec()), "pump");
        assert_eq!(decode(b"\0p\0u\0m\0p".to_vec()), "pump");
        assert_eq!(decode(Vec::new()), "");
    }

    #[test]
    fn legacy_encodings_are_guessed() {
        let chinese = "水泵的安装必须在水平的表面上进行，并且每十二个月更换一次密封圈。";
        assert_eq!(decode(GB18030.encode(chinese).0.into_owned()), chinese);
        let japanese = "ポンプは水平な面に取り付けてください。シールは十二か月ごとに交換します。";
        assert_eq!(decode(SHIFT_JIS.encode(japanese).0.into_owned()), japanese);
        let german = "Die Größe der Pumpe wird über das Gehäuse geprüft.";
        assert_eq!(decode(WINDOWS_1252.encode(german).0.into_owned()), german);
    }

    #[test]
    fn a_damaged_character_is_not_another_encoding() {
        let mut bytes = "水泵的安装必须在水平的表面上进行，并且每十二个月更换一次".as_bytes().to_vec();
        bytes.extend(b"\xE6 end");
        assert!(decode(bytes).starts_with("水泵的安装"));
    }
}
