//! The command palette and the list of keys.

/// Messages of this area.
pub struct Keyboard {
    /// Button and title of the palette.
    pub palette: &'static str,
    /// Its field.
    pub palette_field: &'static str,
    /// In the empty field.
    pub palette_placeholder: &'static str,
    /// Its list.
    pub palette_list: &'static str,
    /// Read out: how many there are.
    pub palette_count: fn(usize) -> String,
    /// Group: the pages of this knowledge base.
    pub here: &'static str,
    /// Group.
    pub actions: &'static str,
    /// Action, given the theme.
    pub theme: fn(&str) -> String,
    /// Action, given the language.
    pub language: fn(&str) -> String,
    /// Below the list.
    pub choose: &'static str,
    /// Below the list.
    pub open: &'static str,
    /// Below the list.
    pub close: &'static str,
    /// Group of keys.
    pub everywhere: &'static str,
    /// Key.
    pub search: &'static str,
    /// Key.
    pub help: &'static str,
    /// Key.
    pub escape: &'static str,
    /// Group of keys.
    pub lists: &'static str,
    /// Key.
    pub next: &'static str,
    /// Key.
    pub previous: &'static str,
    /// Key.
    pub ends: &'static str,
    /// Key.
    pub select: &'static str,
    /// Key.
    pub open_row: &'static str,
    /// Group of keys.
    pub writing: &'static str,
    /// Key.
    pub save: &'static str,
    /// Key.
    pub ask: &'static str,
    /// Key.
    pub new_line: &'static str,
    /// Key.
    pub keyword: &'static str,
    /// Between two keys that do the same.
    pub or: &'static str,
    /// When none of it does anything.
    pub note: &'static str,
}

/// English.
pub const ENGLISH: Keyboard = Keyboard {
    palette: "Jump to…",
    palette_field: "Knowledge base, document or action",
    palette_placeholder: "Find a knowledge base, a document or an action",
    palette_list: "Places and actions",
    palette_count: |count| if count == 1 { "1 found".to_owned() } else { format!("{count} found") },
    here: "This knowledge base",
    actions: "Actions",
    theme: |theme| format!("Theme: {theme}"),
    language: |language| format!("Language: {language}"),
    choose: "choose",
    open: "open",
    close: "close",
    everywhere: "Everywhere",
    search: "Search this page",
    help: "Show these keys",
    escape: "Close what is open; drafts are kept",
    lists: "In lists",
    next: "Next row",
    previous: "Previous row",
    ends: "First and last row",
    select: "Select the row, or not",
    open_row: "Open the row",
    writing: "While writing",
    save: "Save a chunk",
    ask: "Run the retrieval",
    new_line: "New line in the question",
    keyword: "Take in a keyword",
    or: "or",
    note: "Single keys do nothing while you type.",
};

/// Simplified Chinese.
pub const CHINESE: Keyboard = Keyboard {
    palette: "快速前往…",
    palette_field: "知识库、文档或操作",
    palette_placeholder: "查找知识库、文档或操作",
    palette_list: "位置与操作",
    palette_count: |count| format!("找到 {count} 项"),
    here: "当前知识库",
    actions: "操作",
    theme: |theme| format!("主题：{theme}"),
    language: |language| format!("语言：{language}"),
    choose: "选择",
    open: "打开",
    close: "关闭",
    everywhere: "任何位置",
    search: "在本页搜索",
    help: "显示这些按键",
    escape: "关闭已打开的内容，草稿会保留",
    lists: "列表中",
    next: "下一行",
    previous: "上一行",
    ends: "第一行与最后一行",
    select: "选中或取消选中该行",
    open_row: "打开该行",
    writing: "输入时",
    save: "保存分段",
    ask: "运行检索",
    new_line: "在问题中换行",
    keyword: "添加一个关键词",
    or: "或",
    note: "正在输入时，单个按键不起作用。",
};
