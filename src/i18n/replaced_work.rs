//! What replacing a document takes away. Not a part of `Messages`: it comes with the pages that replace documents.

use super::Locale;

/// Messages of this area.
pub struct ReplacedWork {
    /// Nobody did anything by hand.
    pub none: &'static str,
    /// Before the numbers.
    pub lost: &'static str,
    /// Chunks that somebody changed.
    pub edited: fn(u64) -> String,
    /// Chunks that somebody added.
    pub added: fn(u64) -> String,
    /// Child chunks that somebody wrote or changed.
    pub children: fn(u64) -> String,
    /// Between the numbers.
    pub between: &'static str,
    /// Where only so many chunks were looked at.
    pub partial: fn(&str) -> String,
    /// While they are counted.
    pub counting: &'static str,
    /// Heading of the difference.
    pub difference: &'static str,
    /// What it compares.
    pub difference_hint: &'static str,
    /// Why there is none.
    pub too_long: &'static str,
    /// The document is not as it was when somebody began to type.
    pub changed_meanwhile: &'static str,
    /// Why a text cannot replace questions and answers.
    pub no_text_for_pairs: &'static str,
}

/// The messages of a language.
#[must_use]
pub fn replaced_work(locale: Locale) -> &'static ReplacedWork {
    if locale.is_chinese() { &CHINESE } else { &ENGLISH }
}

static ENGLISH: ReplacedWork = ReplacedWork {
    none: "No chunk of this document was changed or added by hand: nothing of that kind is lost.",
    lost: "What people did by hand is lost: ",
    edited: |count| {
        if count == 1 { "1 chunk changed or switched".to_owned() } else { format!("{count} chunks changed or switched") }
    },
    added: |count| if count == 1 { "1 chunk added".to_owned() } else { format!("{count} chunks added") },
    children: |count| if count == 1 { "1 child chunk written".to_owned() } else { format!("{count} child chunks written") },
    between: ", ",
    partial: |count| format!("Only the first {count} chunks were looked at."),
    counting: "Looking for what was done by hand…",
    difference: "What changes in the text",
    difference_hint: "The file against the text of the chunks as they are; where chunks overlap, text stands twice.",
    too_long: "Too long to be compared here.",
    changed_meanwhile: "This document changed on the server since you began. Taken out is what it has now, put in is your text.",
    no_text_for_pairs: "A text would replace the questions and lose the answers. Replace it by a file, or edit its chunks.",
};

static CHINESE: ReplacedWork = ReplacedWork {
    none: "此文档没有人工修改或添加的分段：不会因此丢失任何内容。",
    lost: "人工所做的内容将会丢失：",
    edited: |count| format!("{count} 个修改或启停过的分段"),
    added: |count| format!("{count} 个添加的分段"),
    children: |count| format!("{count} 个人工编写的子分段"),
    between: "、",
    partial: |count| format!("仅查看了前 {count} 个分段。"),
    counting: "正在查找人工所做的内容…",
    difference: "文本的变化",
    difference_hint: "文件与当前分段文本的比较；分段重叠处文本会出现两次。",
    too_long: "太长，无法在此比较。",
    changed_meanwhile: "自您开始编辑以来，此文档在服务器上已更改。删除线为服务器上的现有内容，新增为您的文本。",
    no_text_for_pairs: "文本会替换问题并丢失答案。请用文件替换，或编辑其分段。",
};
