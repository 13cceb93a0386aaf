//! Splitting a document again with other settings. Not a part of `Messages`: it comes with the page of a document.

use super::Locale;

/// Messages of this area.
pub struct DocumentSplit {
    /// Menu item.
    pub menu: &'static str,
    /// Title of the dialog.
    pub title: &'static str,
    /// What happens.
    pub text: &'static str,
    /// Why it cannot be sent: nothing differs.
    pub same: &'static str,
    /// Button.
    pub submit: &'static str,
    /// Toast, given the document's name.
    pub done: fn(&str) -> String,
}

/// The messages of a language.
#[must_use]
pub fn document_split(locale: Locale) -> &'static DocumentSplit {
    locale.choose(&ENGLISH, &CHINESE)
}

static ENGLISH: DocumentSplit = DocumentSplit {
    menu: "Chunk settings…",
    title: "Split the document again",
    text: "The text of the document stays.",
    same: "The document was split with these settings.",
    submit: "Split again",
    done: |name| format!("“{name}” is being split again."),
};

static CHINESE: DocumentSplit = DocumentSplit {
    menu: "分段设置…",
    title: "重新分段",
    text: "文档的原文保持不变。",
    same: "文档当前就是按这些设置分段的。",
    submit: "重新分段",
    done: |name| format!("正在对“{name}”重新分段。"),
};
