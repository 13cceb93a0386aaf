//! The chunk modes. Not a part of `Messages`: only pages that add documents need them, so they come with those.

use super::Locale;

/// Messages of this area.
pub struct ChunkModes {
    /// Group.
    pub title: &'static str,
    /// Mode.
    pub general: &'static str,
    /// What it means.
    pub general_text: &'static str,
    /// Mode.
    pub parent_child: &'static str,
    /// What it means.
    pub parent_child_text: &'static str,
    /// Mode.
    pub questions: &'static str,
    /// What it means.
    pub questions_text: &'static str,
    /// What cannot be undone.
    pub for_good: &'static str,
    /// Why there is no choice.
    pub fixed: &'static str,
    /// What does not work with the economy index.
    pub parent_child_economy: &'static str,
    /// What question-and-answer mode needs.
    pub questions_note: &'static str,
    /// Group.
    pub parents: &'static str,
    /// Choice.
    pub paragraphs: &'static str,
    /// What it means.
    pub paragraphs_text: &'static str,
    /// Choice.
    pub whole: &'static str,
    /// What it means.
    pub whole_text: &'static str,
    /// Field.
    pub parent_separator: &'static str,
    /// Field.
    pub parent_max_tokens: &'static str,
    /// Group.
    pub children: &'static str,
    /// Field.
    pub child_separator: &'static str,
    /// Field.
    pub child_max_tokens: &'static str,
    /// Problem.
    pub child_length: &'static str,
    /// Field.
    pub language: &'static str,
    /// Hint.
    pub language_hint: &'static str,
    /// The language that is meant when none is typed, as servers name it.
    pub own_language: &'static str,
    /// Head of a parent in the preview: number, tokens, characters, child chunks.
    pub parent: fn(&str, &str, &str, u64) -> String,
    /// Where the preview would mean nothing.
    pub questions_preview: &'static str,
    /// Child chunks of a parent that are not shown.
    pub more_children: fn(&str) -> String,
}

/// The messages of a language.
#[must_use]
pub fn chunk_modes(locale: Locale) -> &'static ChunkModes {
    if locale.is_chinese() { &CHINESE } else { &ENGLISH }
}

static ENGLISH: ChunkModes = ChunkModes {
    title: "What the text becomes",
    general: "General",
    general_text: "Chunks that are found and answered as they are.",
    parent_child: "Parent and child",
    parent_child_text: "Small child chunks are found, the larger chunk around them is answered.",
    questions: "Questions and answers",
    questions_text: "Questions are found, their answers are answered.",
    for_good: "The first document decides this for the whole knowledge base, and it cannot be changed later.",
    fixed: "Every document of this knowledge base is like that: the first one decided it, and it cannot be changed.",
    parent_child_economy: "This knowledge base has the economy index. A Dify server then never finds such chunks and does not let them be edited: choose high quality first. The server that comes with Loredesk finds them.",
    questions_note: "A Dify server needs a language model, which writes the questions; without one it makes no chunks and gives no error. The server that comes with Loredesk takes a CSV or Excel file with the columns question and answer, or chunks added by hand.",
    parents: "Parent chunks",
    paragraphs: "Paragraphs",
    paragraphs_text: "Cut at a separator, up to a length.",
    whole: "The whole document",
    whole_text: "One parent chunk; Dify servers cut it off after 10,000 tokens.",
    parent_separator: "Parent separator",
    parent_max_tokens: "Longest parent, in tokens",
    children: "Child chunks",
    child_separator: "Child separator",
    child_max_tokens: "Longest child, in tokens",
    child_length: "A child chunk has 50 to 4,000 tokens.",
    language: "Language of the questions",
    language_hint: "In English words, as the server tells its language model: English, Chinese, French …",
    own_language: "English",
    parent: |number, tokens, characters, children| {
        let children = if children == 1 { "1 child".to_owned() } else { format!("{children} children") };
        format!("{number} · {tokens} tokens · {characters} characters · {children}")
    },
    questions_preview: "The questions are made by the server: there is nothing to preview.",
    more_children: |count| format!("and {count} more"),
};

static CHINESE: ChunkModes = ChunkModes {
    title: "文本变成什么",
    general: "通用",
    general_text: "检索到的分段原样返回。",
    parent_child: "父子分段",
    parent_child_text: "用较小的子分段检索，返回其所在的较大分段。",
    questions: "问答",
    questions_text: "用问题检索，返回其答案。",
    for_good: "由第一个文档为整个知识库决定，之后无法更改。",
    fixed: "此知识库的所有文档都是如此：由第一个文档决定，无法更改。",
    parent_child_economy: "此知识库使用经济索引。Dify 服务器检索不到这样的分段，也不允许编辑：请先改为高质量。Loredesk 自带的服务器可以检索到。",
    questions_note: "Dify 服务器需要语言模型来生成问题；没有模型时不会生成分段，也不报错。Loredesk 自带的服务器接受含“问题”和“答案”两列的 CSV 或 Excel 文件，或手动添加的分段。",
    parents: "父分段",
    paragraphs: "段落",
    paragraphs_text: "按分隔符和长度切分。",
    whole: "整个文档",
    whole_text: "一个父分段；Dify 服务器在 10,000 个 token 后截断。",
    parent_separator: "父分段分隔符",
    parent_max_tokens: "父分段最大 token 数",
    children: "子分段",
    child_separator: "子分段分隔符",
    child_max_tokens: "子分段最大 token 数",
    child_length: "子分段长度应为 50 到 4,000 个 token。",
    language: "问题的语言",
    language_hint: "用英文填写，服务器会告知语言模型：English、Chinese、French …",
    own_language: "Chinese",
    parent: |number, tokens, characters, children| {
        format!("{number} · {tokens} 个 token · {characters} 个字符 · {children} 个子分段")
    },
    questions_preview: "问题由服务器生成，无法预览。",
    more_children: |count| format!("另有 {count} 个"),
};
