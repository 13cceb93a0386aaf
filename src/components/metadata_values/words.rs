//! Types, values and times in words.

use loredesk_wire::MetadataType;

use crate::{
    dom::{format, local_time},
    i18n::Locale,
    model::{
        metadata::{BUILT_IN_FIELDS, MetadataValue},
        moment,
    },
};

/// A type's name.
#[must_use]
pub fn kind(locale: Locale, kind: &MetadataType) -> String {
    let messages = &locale.metadata().field;
    match kind {
        MetadataType::Text => messages.text.to_owned(),
        MetadataType::Number => messages.number.to_owned(),
        MetadataType::Time => messages.time.to_owned(),
        MetadataType::Other(other) => other.clone(),
    }
}

/// What a built-in field holds, where the desk knows it; a server may have others.
#[must_use]
pub fn built_in(locale: Locale, name: &str) -> Option<&'static str> {
    let at = BUILT_IN_FIELDS.iter().position(|(known, _)| *known == name)?;
    locale.metadata().field.built_in_fields.get(at).copied()
}

/// The class of a type's column: numbers stand at the right, times need room.
#[must_use]
pub fn column(kind: &MetadataType) -> &'static str {
    match kind {
        MetadataType::Number => "number",
        MetadataType::Time => "time",
        MetadataType::Text | MetadataType::Other(_) => "",
    }
}

/// A value as a cell shows it and a spreadsheet takes it: times on the person's clock.
#[must_use]
pub fn cell(value: &MetadataValue) -> String {
    match value {
        MetadataValue::Time(seconds) => {
            let local = local_time::print(*seconds).map(|local| local.replace('T', " "));
            local.map_or_else(|| value.plain(), |local| local.strip_suffix(":00").unwrap_or(&local).to_owned())
        }
        other => other.plain(),
    }
}

/// A value in a sentence or a preview: a word for none.
#[must_use]
pub fn named(locale: Locale, value: &MetadataValue) -> String {
    let text = cell(value);
    if text.is_empty() { locale.metadata().grid.empty.to_owned() } else { text }
}

/// The exact time of a value in UTC, where it is one.
#[must_use]
pub fn utc(locale: Locale, value: &MetadataValue) -> Option<String> {
    let MetadataValue::Time(seconds) = value else { return None };
    let text = moment::at(*seconds).map_or_else(|| format::utc(*seconds), |moment| moment::print(&moment).replace('T', " "));
    Some((locale.metadata().grid.utc)(&text))
}

/// What was typed or pasted, as a value of a type.
#[must_use]
pub fn typed(kind: &MetadataType, text: &str) -> MetadataValue {
    MetadataValue::typed(kind, text, |local| local_time::epoch(&moment::print(local)))
}

/// What is wrong with a value in a field of a type.
#[must_use]
pub fn problem(locale: Locale, kind: &MetadataType, value: &MetadataValue) -> Option<&'static str> {
    let messages = &locale.metadata().grid;
    (!value.fits(kind)).then_some(if *kind == MetadataType::Time { messages.no_time } else { messages.no_number })
}
