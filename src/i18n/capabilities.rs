//! What a server does not offer. Not in the catalog of the first load: only pages that load later name it.

use super::Locale;

/// Messages of this area.
pub struct Capabilities {
    /// Operation: its name, and the sentence where it is lacking.
    pub tags: [&'static str; 2],
    /// Operation.
    pub models: [&'static str; 2],
    /// Operation.
    pub download: [&'static str; 2],
    /// Operation.
    pub download_zip: [&'static str; 2],
    /// Operation.
    pub pipelines: [&'static str; 2],
    /// Operation.
    pub document_patch: [&'static str; 2],
    /// Reason.
    pub unknown_path: &'static str,
    /// Reason.
    pub unknown_method: &'static str,
    /// Reason.
    pub page: &'static str,
    /// Reason.
    pub key_scope: &'static str,
    /// Button.
    pub again: &'static str,
}

/// The messages of a language.
#[must_use]
pub fn of(locale: Locale) -> &'static Capabilities {
    locale.choose(&ENGLISH, &CHINESE)
}

static ENGLISH: Capabilities = Capabilities {
    tags: ["Tags", "This server does not offer tags."],
    models: ["List of models", "This server does not list its models."],
    download: ["Original files", "This server does not give out original files."],
    download_zip: ["Several files as a ZIP", "This server does not give out several files in one archive."],
    pipelines: ["Knowledge pipelines", "This server does not offer knowledge pipelines."],
    document_patch: ["Replacing a document by PATCH", "This server does not change documents this way."],
    unknown_path: "It does not know the address, so it is probably older than this. Whoever runs it can update it, or let the address through the proxy.",
    unknown_method: "It knows the address but not this way of using it, so it is probably older than this. Whoever runs it can update it.",
    page: "A web page came in place of an answer, so the proxy does not pass this address on. Whoever runs it can change that.",
    key_scope: "The desk's key covers one knowledge base, and this concerns all of them.",
    again: "Ask again",
};

static CHINESE: Capabilities = Capabilities {
    tags: ["标签", "此服务器不提供标签。"],
    models: ["模型列表", "此服务器不列出其模型。"],
    download: ["原始文件", "此服务器不提供原始文件。"],
    download_zip: ["多个文件打包为 ZIP", "此服务器不提供多文件打包下载。"],
    pipelines: ["知识流水线", "此服务器不提供知识流水线。"],
    document_patch: ["用 PATCH 替换文档", "此服务器不支持以这种方式更改文档。"],
    unknown_path: "它不认识该地址，可能版本较旧。管理员可以升级服务器，或让代理放行该地址。",
    unknown_method: "它认识该地址但不支持这种用法，可能版本较旧。管理员可以升级服务器。",
    page: "返回的是网页而不是应答，说明代理没有转发该地址。管理员可以更改这一点。",
    key_scope: "工作台的密钥仅限一个知识库，而这涉及所有知识库。",
    again: "重新询问",
};
