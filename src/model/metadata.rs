//! Values of metadata fields: the three kinds, how they are read from a server, from a keyboard and from a spreadsheet, and when
//! two of them are the same. Knows no server and no view.

use loredesk_wire::{BuiltInField, BuiltInFields, Document, DocumentMetadata, MetadataType};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::moment::{self, Moment};

/// Most characters of a field's name (Dify's own limit).
pub const NAME_MAX: usize = 255;
/// The fields that every server is known to fill in by itself, with their types; their names are taken.
pub static BUILT_IN_FIELDS: [(&str, MetadataType); 5] = [
    ("document_name", MetadataType::Text),
    ("uploader", MetadataType::Text),
    ("upload_date", MetadataType::Time),
    ("last_update_date", MetadataType::Time),
    ("source", MetadataType::Text),
];

/// The fields that a server fills in by itself, as it says; the known ones while it has not said, or where it says nothing.
#[must_use]
pub fn built_in_fields(said: Option<&BuiltInFields>) -> Vec<BuiltInField> {
    let known = || BUILT_IN_FIELDS.iter().map(|(name, kind)| BuiltInField { name: (*name).to_owned(), kind: kind.clone() });
    said.filter(|said| !said.fields.is_empty()).map_or_else(|| known().collect(), |said| said.fields.clone())
}

/// The type of a built-in value: documents call their times texts.
#[must_use]
pub fn built_in_kind(fields: &[BuiltInField], value: &DocumentMetadata) -> MetadataType {
    let said = fields.iter().find(|field| field.name == value.name).map(|field| field.kind.clone());
    said.filter(MetadataType::is_known).unwrap_or_else(|| value.kind.clone())
}

/// A field as the grid needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Id.
    pub id: String,
    /// Name; the server stores values under it.
    pub name: String,
    /// What it holds; it cannot be changed once the field is there.
    pub kind: MetadataType,
}

/// A value of a field in a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum MetadataValue {
    /// None; an empty text is the same to servers.
    #[default]
    Empty,
    /// Text; in a field of another kind, something that does not fit it.
    Text(String),
    /// A number.
    Number(f64),
    /// Epoch seconds.
    Time(i64),
}

impl MetadataValue {
    /// Reads a value from an answer: lists send numbers as strings, details as numbers, times may have a fraction.
    #[must_use]
    pub fn of(kind: &MetadataType, value: &Value) -> Self {
        match value {
            Value::Null => Self::Empty,
            Value::String(text) => Self::from_answer_text(kind, text),
            Value::Number(number) => match (kind, number.as_f64()) {
                (MetadataType::Number, Some(number)) => Self::Number(number),
                (MetadataType::Time, Some(seconds)) => Self::Time(whole(seconds)),
                _ => Self::Text(number.to_string()),
            },
            // As Python prints them, because that is what lists hold.
            Value::Bool(is_true) => Self::Text(if *is_true { "True" } else { "False" }.to_owned()),
            other => Self::Text(other.to_string()),
        }
    }

    fn from_answer_text(kind: &MetadataType, text: &str) -> Self {
        let number = || text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        match kind {
            // Lists of real servers print a missing value as the word of their language.
            _ if text.is_empty() => Self::Empty,
            MetadataType::Number | MetadataType::Time if text == "None" => Self::Empty,
            MetadataType::Number => number().map_or_else(|| Self::Text(text.to_owned()), Self::Number),
            MetadataType::Time => number().map_or_else(|| Self::Text(text.to_owned()), |seconds| Self::Time(whole(seconds))),
            MetadataType::Text | MetadataType::Other(_) => Self::Text(text.to_owned()),
        }
    }

    /// Reads what was typed or pasted. What does not fit stays as text, so that nothing typed is lost; see [`Self::fits`].
    /// `epoch` gives the epoch seconds of a local time.
    #[must_use]
    pub fn typed(kind: &MetadataType, text: &str, epoch: impl Fn(&Moment) -> Option<i64>) -> Self {
        let trimmed = text.trim();
        let kept = || Self::Text(trimmed.to_owned());
        match kind {
            _ if trimmed.is_empty() => Self::Empty,
            MetadataType::Number => parse_number(trimmed).map_or_else(kept, Self::Number),
            MetadataType::Time => match moment::parse(trimmed) {
                Some(moment::Parsed::Epoch(seconds)) => Self::Time(seconds),
                Some(moment::Parsed::Local(local)) => epoch(&local).map_or_else(kept, Self::Time),
                None => kept(),
            },
            MetadataType::Text | MetadataType::Other(_) => kept(),
        }
    }

    /// Whether a server should be given this for a field of that kind.
    #[must_use]
    pub fn fits(&self, kind: &MetadataType) -> bool {
        match kind {
            MetadataType::Text | MetadataType::Other(_) => !matches!(self, Self::Number(_) | Self::Time(_)),
            MetadataType::Number => matches!(self, Self::Empty | Self::Number(_)),
            MetadataType::Time => matches!(self, Self::Empty | Self::Time(_)),
        }
    }

    /// The value as a request sends it: native numbers, whole seconds, `null` for none.
    #[must_use]
    pub fn to_wire(&self) -> Value {
        match self {
            Self::Empty => Value::Null,
            Self::Text(text) => Value::String(text.clone()),
            // 42 and not 42.0: a server keeps the form that it was sent.
            Self::Number(number) if is_whole(*number) => Value::from(whole(*number)),
            Self::Number(number) => Value::from(*number),
            Self::Time(seconds) => Value::from(*seconds),
        }
    }

    /// The value as a person can type it again: for an editor, and for a spreadsheet. A time is in UTC.
    #[must_use]
    pub fn plain(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Time(seconds) => moment::utc(*seconds),
        }
    }
}

/// The custom values of a document, by the id of their field.
#[must_use]
pub fn value_of(values: &[DocumentMetadata], field: &Field) -> MetadataValue {
    let found = values.iter().find(|value| value.id == field.id);
    found.map_or(MetadataValue::Empty, |found| MetadataValue::of(&field.kind, &found.value))
}

/// A document as a list shows it once these values are written.
#[must_use]
pub fn with_values(document: &Document, values: Vec<(Field, MetadataValue)>) -> Document {
    let mut document = document.clone();
    for (field, value) in values {
        document.doc_metadata.retain(|known| known.id != field.id);
        document.doc_metadata.push(DocumentMetadata { id: field.id, name: field.name, kind: field.kind, value: value.to_wire() });
    }
    document
}

#[expect(clippy::cast_possible_truncation, reason = "saturates, and servers have no such times")]
fn whole(number: f64) -> i64 {
    number.trunc() as i64
}

fn is_whole(number: f64) -> bool {
    // Up to here every whole number is exact.
    number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0
}

/// Reads a number as people and spreadsheets of many countries write it. A lone comma before three digits groups, as it does in
/// both languages of the desk; any other lone comma is a decimal one; of two different marks the last is the decimal one.
#[must_use]
pub fn parse_number(text: &str) -> Option<f64> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '_')).map(narrow).collect();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(&text)),
    };
    let (mantissa, exponent) = match digits.find(['e', 'E']) {
        Some(at) => digits.split_at(at),
        None => (digits, ""),
    };
    let is_plain =
        mantissa.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) && mantissa.contains(|c: char| c.is_ascii_digit());
    if !is_plain {
        return None;
    }
    let mantissa = decimal_point(mantissa)?;
    format!("{sign}{mantissa}{exponent}").parse().ok().filter(|number: &f64| number.is_finite())
}

/// The same digits with a point before the fraction and no groups.
fn decimal_point(digits: &str) -> Option<String> {
    let (points, commas) = (digits.matches('.').count(), digits.matches(',').count());
    let (group, decimal) = match (points, commas) {
        (0, 0) | (1, 0) => return Some(digits.to_owned()),
        (0, 1) if is_grouped(digits, ',') => (',', '.'),
        (0, 1) => ('.', ','),
        (0, _) => (',', '.'),
        (_, 0) => ('.', ','),
        _ if digits.rfind(',') > digits.rfind('.') => ('.', ','),
        _ => (',', '.'),
    };
    let (whole, fraction) = digits.split_once(decimal).unwrap_or((digits, ""));
    let has_groups = whole.contains(group);
    if fraction.contains([group, decimal]) || (has_groups && !is_grouped(whole, group)) {
        return None;
    }
    let whole = whole.replace(group, "");
    Some(if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") })
}

/// `1,234,567`: one to three digits, then threes.
fn is_grouped(digits: &str, group: char) -> bool {
    let mut parts = digits.split(group);
    let is_first = parts.next().is_some_and(|first| (1..=3).contains(&first.len()) && first != "0");
    is_first && parts.all(|part| part.len() == 3 && part.chars().all(|c| c.is_ascii_digit()))
}

/// Wide forms, as an input method for Chinese makes them, are the narrow ones here.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | '．' | '，' | '－' | '＋' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '−' => '-',
        other => other,
    }
}

/// Why a field cannot have a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameProblem {
    /// Nothing was typed.
    Empty,
    /// More than [`NAME_MAX`] characters.
    TooLong,
    /// It does not begin with a letter from a to z.
    Start,
    /// Something but lower-case letters, digits and the underscore.
    Characters,
    /// The server has a built-in field of this name.
    BuiltIn,
    /// There is a field of this name.
    Taken,
}

/// Checks a name by the rules of Dify's own console; `built_in` are the server's own fields, `others` the fields that are there,
/// without the one that is renamed.
#[must_use]
pub fn name_problem<'a>(name: &str, built_in: &[BuiltInField], mut others: impl Iterator<Item = &'a str>) -> Option<NameProblem> {
    if name.is_empty() {
        Some(NameProblem::Empty)
    } else if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        Some(NameProblem::Start)
    } else if !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
        Some(NameProblem::Characters)
    } else if name.len() > NAME_MAX {
        Some(NameProblem::TooLong)
    } else if built_in.iter().any(|field| field.name == name) {
        Some(NameProblem::BuiltIn)
    } else if others.any(|other| other == name) {
        Some(NameProblem::Taken)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn nowhere(_: &Moment) -> Option<i64> {
        None
    }

    #[test]
    fn a_list_and_a_detail_give_the_same_value() {
        let pairs = [
            (MetadataType::Number, json!("42"), json!(42)),
            (MetadataType::Number, json!("43.5"), json!(43.5)),
            (MetadataType::Time, json!("1700000000"), json!(1_700_000_000)),
            (MetadataType::Time, json!("1795309338.0"), json!(1_795_309_338.25)),
            (MetadataType::Text, json!("Ada"), json!("Ada")),
            (MetadataType::Text, json!("42"), json!(42)),
            (MetadataType::Number, json!("None"), json!(null)),
            (MetadataType::Text, json!(""), json!(null)),
        ];
        for (kind, list, detail) in pairs {
            assert_eq!(MetadataValue::of(&kind, &list), MetadataValue::of(&kind, &detail), "{kind:?} {list}");
        }
    }

    #[test]
    fn what_a_server_kept_against_its_kind_is_shown_and_told() {
        let value = MetadataValue::of(&MetadataType::Number, &json!("not a number"));
        assert_eq!(value, MetadataValue::Text("not a number".to_owned()));
        assert!(!value.fits(&MetadataType::Number) && value.fits(&MetadataType::Text));
        assert!(MetadataValue::Empty.fits(&MetadataType::Time));
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let good = [
            ("42", 42.0),
            ("-3.5", -3.5),
            ("1e3", 1000.0),
            ("1,5", 1.5),
            ("0,125", 0.125),
            ("1,234", 1234.0),
            ("1.234", 1.234),
            ("1,234.5", 1234.5),
            ("1.234,5", 1234.5),
            ("1 234,5", 1234.5),
            ("1\u{202f}234.5", 1234.5),
            ("12’345.6", 12345.6),
            ("1.234.567", 1_234_567.0),
            ("1,234,567", 1_234_567.0),
            ("１２．５", 12.5),
            ("−7", -7.0),
            (".5", 0.5),
        ];
        for (text, number) in good {
            assert_eq!(parse_number(text), Some(number), "{text}");
        }
        for bad in ["", "x", "12x", "1,2,3", "1.2.3", "12,34,56.7", "1.5,2.5", "--1", "e5", "inf", "NaN", "0x10", "1e999", "."] {
            assert_eq!(parse_number(bad), None, "{bad}");
        }
    }

    #[test]
    fn typed_text_that_does_not_fit_is_kept() {
        let typed = |kind: &MetadataType, text: &str| MetadataValue::typed(kind, text, nowhere);
        assert_eq!(typed(&MetadataType::Number, " about 5 "), MetadataValue::Text("about 5".to_owned()));
        assert_eq!(typed(&MetadataType::Number, "  "), MetadataValue::Empty);
        assert_eq!(typed(&MetadataType::Text, " Ada "), MetadataValue::Text("Ada".to_owned()));
        assert_eq!(typed(&MetadataType::Time, "1700000000"), MetadataValue::Time(1_700_000_000));
        assert_eq!(typed(&MetadataType::Time, "2026-13-01"), MetadataValue::Text("2026-13-01".to_owned()));
        assert_eq!(
            MetadataValue::typed(&MetadataType::Time, "2026-11-23", |local| Some(i64::from(local.year))),
            MetadataValue::Time(2026)
        );
    }

    #[test]
    fn whole_numbers_go_out_whole() {
        assert_eq!(MetadataValue::Number(42.0).to_wire(), json!(42));
        assert_eq!(MetadataValue::Number(43.5).to_wire(), json!(43.5));
        assert_eq!(MetadataValue::Time(7).to_wire(), json!(7));
        assert_eq!(MetadataValue::Empty.to_wire(), json!(null));
    }

    #[test]
    fn a_server_says_itself_which_fields_it_fills_in() {
        let field = |name: &str, kind: MetadataType| BuiltInField { name: name.to_owned(), kind };
        assert_eq!(built_in_fields(None).len(), 5);
        assert_eq!(built_in_fields(Some(&BuiltInFields::default())).len(), 5);
        let said = BuiltInFields { fields: vec![field("language", MetadataType::Text), field("read_at", MetadataType::Time)] };
        let fields = built_in_fields(Some(&said));
        assert_eq!(fields, said.fields);
        assert_eq!(name_problem("language", &fields, std::iter::empty()), Some(NameProblem::BuiltIn));
        let value =
            |name: &str| DocumentMetadata { name: name.to_owned(), kind: MetadataType::Text, ..DocumentMetadata::default() };
        assert_eq!(built_in_kind(&fields, &value("read_at")), MetadataType::Time);
        assert_eq!(built_in_kind(&fields, &value("unheard_of")), MetadataType::Text);
    }

    #[test]
    fn names_follow_the_rules_of_the_console() {
        let others = ["author"];
        let built_in = built_in_fields(None);
        let problem = |name: &str| name_problem(name, &built_in, others.into_iter());
        assert_eq!(problem("year_2"), None);
        assert_eq!(problem(""), Some(NameProblem::Empty));
        assert_eq!(problem("2nd"), Some(NameProblem::Start));
        assert_eq!(problem("_x"), Some(NameProblem::Start));
        assert_eq!(problem("Author"), Some(NameProblem::Start));
        assert_eq!(problem("first name"), Some(NameProblem::Characters));
        assert_eq!(problem("größe"), Some(NameProblem::Characters));
        assert_eq!(problem("author"), Some(NameProblem::Taken));
        assert_eq!(problem("source"), Some(NameProblem::BuiltIn));
        assert_eq!(problem(&"a".repeat(256)), Some(NameProblem::TooLong));
    }
}
