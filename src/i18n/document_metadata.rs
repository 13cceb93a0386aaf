//! The metadata of one document on its own page. Not a part of `Messages`: it comes with that page.

use super::Locale;

/// Messages of this area.
pub struct DocumentMetadata {
    /// Heading.
    pub heading: &'static str,
    /// Button.
    pub edit: &'static str,
    /// Mark beside the heading.
    pub edited: &'static str,
    /// Where the knowledge base has no fields.
    pub no_fields: &'static str,
    /// Link in the same place.
    pub to_fields: &'static str,
    /// A field without a value, read out.
    pub no_value: &'static str,
    /// Title of the form, given the document's name.
    pub title: fn(&str) -> String,
    /// Heading of the built-in values.
    pub built_in: &'static str,
    /// Why they cannot be changed.
    pub built_in_hint: &'static str,
    /// Why nothing was sent: a value does not fit.
    pub unfit: &'static str,
    /// Beside the buttons.
    pub kept: &'static str,
    /// Beside the buttons: changed values.
    pub changed: fn(u64) -> String,
    /// Toast, given the document's name.
    pub saved: fn(&str) -> String,
}

/// The messages of a language.
#[must_use]
pub fn document_metadata(locale: Locale) -> &'static DocumentMetadata {
    locale.choose(&ENGLISH, &CHINESE)
}

static ENGLISH: DocumentMetadata = DocumentMetadata {
    heading: "Metadata",
    edit: "Edit metadata",
    edited: "Edited, not saved",
    no_fields: "This knowledge base has no metadata fields yet.",
    to_fields: "Make some",
    no_value: "no value",
    title: |name| format!("Metadata of {name}"),
    built_in: "Filled in by the server",
    built_in_hint: "Nobody can edit these.",
    unfit: "A value does not fit its field. Mend it first; nothing was sent.",
    kept: "What you type is kept until it is saved or discarded.",
    changed: |count| {
        if count == 1 { "1 value changed, not saved".to_owned() } else { format!("{count} values changed, not saved") }
    },
    saved: |name| format!("The metadata of “{name}” was saved."),
};

static CHINESE: DocumentMetadata = DocumentMetadata {
    heading: "元数据",
    edit: "编辑元数据",
    edited: "已编辑，未保存",
    no_fields: "此知识库还没有元数据字段。",
    to_fields: "去创建",
    no_value: "无值",
    title: |name| format!("“{name}”的元数据"),
    built_in: "由服务器填写",
    built_in_hint: "这些值无法编辑。",
    unfit: "有一个值与字段类型不符。请先改正；尚未发送任何内容。",
    kept: "输入的内容会保留，直到保存或放弃。",
    changed: |count| format!("{count} 个值已更改，未保存"),
    saved: |name| format!("“{name}”的元数据已保存。"),
};
