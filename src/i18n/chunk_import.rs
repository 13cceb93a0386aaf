//! Adding many chunks at once. Not a part of `Messages`: only the page of a document needs them, so they come with it.

use super::Locale;

/// Messages of this area.
pub struct ChunkImport {
    /// Choice.
    pub how_many: &'static str,
    /// Choice.
    pub one: &'static str,
    /// Choice.
    pub several: &'static str,
    /// Choice.
    pub cut: &'static str,
    /// Choice.
    pub by_line: &'static str,
    /// What it means.
    pub by_line_hint: &'static str,
    /// The same for questions and answers.
    pub by_line_pairs: &'static str,
    /// Choice.
    pub by_table: &'static str,
    /// What it means.
    pub by_table_hint: &'static str,
    /// The same for questions and answers.
    pub by_table_pairs: &'static str,
    /// Field.
    pub separator: &'static str,
    /// Field.
    pub text: &'static str,
    /// Preview, given the number and its text.
    pub count: fn(u64, &str) -> String,
    /// Label of the preview.
    pub preview: &'static str,
    /// The preview shows only so many.
    pub first_shown: fn(&str) -> String,
    /// Heading of the problems.
    pub problems: &'static str,
    /// Problem, given the number of the piece.
    pub no_content: fn(usize) -> String,
    /// Problem.
    pub no_answer: fn(usize) -> String,
    /// Problem.
    pub bad_keywords: fn(usize) -> String,
    /// Problem.
    pub open_quote: &'static str,
    /// More problems than are listed.
    pub more: fn(usize) -> String,
    /// Button, given the number and its text.
    pub submit: fn(u64, &str) -> String,
    /// Label of the pieces.
    pub pieces: &'static str,
    /// A piece: its first chunk and its last.
    pub piece: fn(usize, usize) -> String,
    /// State of a piece.
    pub waiting: &'static str,
    /// State of a piece.
    pub sending: &'static str,
    /// State of a piece.
    pub added: &'static str,
    /// State of a piece, given the chunks that are there and not indexed.
    pub added_failed: fn(usize) -> String,
    /// State of a piece.
    pub failed: &'static str,
    /// What is left after a failure.
    pub rest: &'static str,
    /// Button.
    pub again: &'static str,
    /// Toast, given the number and its text.
    pub done: fn(u64, &str) -> String,
}

/// The messages of a language.
#[must_use]
pub fn chunk_import(locale: Locale) -> &'static ChunkImport {
    if locale.is_chinese() { &CHINESE } else { &ENGLISH }
}

static ENGLISH: ChunkImport = ChunkImport {
    how_many: "How many",
    one: "One",
    several: "Several",
    cut: "Chunks come as",
    by_line: "Text with separators",
    by_line_hint: "A line of nothing but the separator stands between two chunks.",
    by_line_pairs: "A line of nothing but the separator stands between two pairs; the first line of a pair is its question, the rest its answer.",
    by_table: "Table (CSV)",
    by_table_hint: "A row a chunk, pasted from a spreadsheet or as CSV. Columns: content, keywords; or name them in the first row.",
    by_table_pairs: "A row a pair, pasted from a spreadsheet or as CSV. Columns: question, answer, keywords; or name them in the first row.",
    separator: "Separator",
    text: "Chunks",
    count: |count, text| if count == 1 { "1 chunk".to_owned() } else { format!("{text} chunks") },
    preview: "What will be added",
    first_shown: |count| format!("The first {count} are shown."),
    problems: "Mend these first; nothing is added before.",
    no_content: |at| format!("{at}: there is no text."),
    no_answer: |at| format!("{at}: a question needs an answer."),
    bad_keywords: |at| format!("{at}: at most 10 keywords of 20 characters each."),
    open_quote: "A quotation mark is opened and never closed.",
    more: |count| format!("and {count} more"),
    submit: |count, text| if count == 1 { "Add 1 chunk".to_owned() } else { format!("Add {text} chunks") },
    pieces: "How far it is",
    piece: |first, last| if first == last { format!("{first}") } else { format!("{first} to {last}") },
    waiting: "Waiting",
    sending: "Sending",
    added: "Added",
    added_failed: |count| format!("Added, but {count} could not be indexed and are switched off"),
    failed: "Not added",
    rest: "What was added has left the field; what is still there was not. Trying again looks in the document first, so that nothing is added twice.",
    again: "Try the rest again",
    done: |count, text| {
        if count == 1 { "1 chunk was added at the end.".to_owned() } else { format!("{text} chunks were added at the end.") }
    },
};

static CHINESE: ChunkImport = ChunkImport {
    how_many: "数量",
    one: "一个",
    several: "多个",
    cut: "分段的形式",
    by_line: "带分隔符的文本",
    by_line_hint: "两个分段之间有一行只含分隔符。",
    by_line_pairs: "两组问答之间有一行只含分隔符；每组的第一行是问题，其余是答案。",
    by_table: "表格（CSV）",
    by_table_hint: "每行一个分段，可从电子表格粘贴或使用 CSV。列：内容、关键词；也可在第一行写列名。",
    by_table_pairs: "每行一组问答，可从电子表格粘贴或使用 CSV。列：问题、答案、关键词；也可在第一行写列名。",
    separator: "分隔符",
    text: "分段",
    count: |_, text| format!("{text} 个分段"),
    preview: "将要添加的内容",
    first_shown: |count| format!("显示前 {count} 个。"),
    problems: "请先修正以下问题；在此之前不会添加任何内容。",
    no_content: |at| format!("{at}：没有文本。"),
    no_answer: |at| format!("{at}：问题需要有答案。"),
    bad_keywords: |at| format!("{at}：最多 10 个关键词，每个不超过 20 个字符。"),
    open_quote: "有一个引号没有闭合。",
    more: |count| format!("另有 {count} 个"),
    submit: |_, text| format!("添加 {text} 个分段"),
    pieces: "进度",
    piece: |first, last| if first == last { format!("{first}") } else { format!("{first} 至 {last}") },
    waiting: "等待中",
    sending: "发送中",
    added: "已添加",
    added_failed: |count| format!("已添加，但有 {count} 个无法建立索引，已停用"),
    failed: "未添加",
    rest: "已添加的内容已从输入框移除，仍在其中的尚未添加。再次尝试会先查看文档，因此不会重复添加。",
    again: "重试其余部分",
    done: |_, text| format!("已在末尾添加 {text} 个分段。"),
};
