//! A key that covers one knowledge base. Not in the catalog of the first load.

use super::Locale;

/// Messages of this area.
pub struct OneKnowledgeBase {
    /// Title.
    pub title: &'static str,
    /// What it is about.
    pub text: &'static str,
    /// Field.
    pub field: &'static str,
    /// What goes into it.
    pub hint: &'static str,
    /// What is typed names none.
    pub none_named: &'static str,
    /// Submit.
    pub open: &'static str,
}

/// The messages of a language.
#[must_use]
pub fn of(locale: Locale) -> &'static OneKnowledgeBase {
    locale.choose(&ENGLISH, &CHINESE)
}

static ENGLISH: OneKnowledgeBase = OneKnowledgeBase {
    title: "Which knowledge base is this key for?",
    text: "The server does not let the desk's key list knowledge bases. A key that is limited to one knowledge base still opens that one. Name it, and the desk remembers it in this browser.",
    field: "Id or link of the knowledge base",
    hint: "In the server's own console, open the knowledge base and copy the address of the page.",
    none_named: "There is no id in this. An id has 36 characters, such as 9b41e05d-636d-4164-aae5-4cba46ec80c5.",
    open: "Open",
};

static CHINESE: OneKnowledgeBase = OneKnowledgeBase {
    title: "此密钥用于哪个知识库？",
    text: "服务器不允许工作台的密钥列出知识库。仅限一个知识库的密钥仍可打开该知识库。请指明它，工作台会在此浏览器中记住。",
    field: "知识库的 ID 或链接",
    hint: "在服务器自带的控制台中打开该知识库，复制页面地址。",
    none_named: "其中没有 ID。ID 有 36 个字符，例如 9b41e05d-636d-4164-aae5-4cba46ec80c5。",
    open: "打开",
};
