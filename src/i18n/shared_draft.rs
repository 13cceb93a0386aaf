//! A draft that two tabs have open. Not a part of `Messages`: it comes with the pages that have forms.

use super::Locale;

/// Messages of this area.
pub struct SharedDraftWords {
    /// Another tab has changed it.
    pub shared: &'static str,
    /// Both tabs changed the same field at the same time.
    pub other: &'static str,
    /// Button that shows the other version.
    pub swap: &'static str,
}

/// The messages of a language.
#[must_use]
pub fn shared_draft(locale: Locale) -> &'static SharedDraftWords {
    if locale.is_chinese() { &CHINESE } else { &ENGLISH }
}

static ENGLISH: SharedDraftWords = SharedDraftWords {
    shared: "Another tab has changed this draft too. Both tabs show what is typed in either of them.",
    other: "Another tab has typed something else here at the same time. Both versions are kept until you save or discard.",
    swap: "Show the other version",
};

static CHINESE: SharedDraftWords = SharedDraftWords {
    shared: "另一个标签页也修改了此草稿。两个标签页都会显示在任一处输入的内容。",
    other: "另一个标签页同时在此输入了其他内容。在您保存或放弃之前，两个版本都会保留。",
    swap: "显示另一个版本",
};
