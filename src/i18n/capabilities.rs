//! What a server does not offer. Not in the catalog of the first load: only pages that load later name it.

use super::Locale;

/// Messages of this area.
pub struct Capabilities {
    /// Operation.
    pub tags: &'static str,
    /// Operation.
    pub models: &'static str,
    /// Operation.
    pub download: &'static str,
    /// Operation.
    pub download_zip: &'static str,
    /// Operation.
    pub pipelines: &'static str,
    /// Operation.
    pub document_patch: &'static str,
    /// Reason.
    pub unknown_path: &'static str,
    /// Reason.
    pub unknown_method: &'static str,
    /// Reason.
    pub page: &'static str,
    /// Button.
    pub again: &'static str,
}

/// The messages of a language.
#[must_use]
pub fn of(locale: Locale) -> &'static Capabilities {
    locale.choose(&ENGLISH, &CHINESE)
}

static ENGLISH: Capabilities = Capabilities {
    tags: "This server does not offer tags.",
    models: "This server does not list its models.",
    download: "This server does not give out original files.",
    download_zip: "This server does not give out several files in one archive.",
    pipelines: "This server does not offer knowledge pipelines.",
    document_patch: "This server does not change documents this way.",
    unknown_path: "It does not know the address, so it is probably older than this. Whoever runs it can update it, or let the address through the proxy.",
    unknown_method: "It knows the address but not this way of using it, so it is probably older than this. Whoever runs it can update it.",
    page: "A web page came in place of an answer, so the proxy does not pass this address on. Whoever runs it can change that.",
    again: "Ask again",
};

static CHINESE: Capabilities = Capabilities {
    tags: "此服务器不提供标签。",
    models: "此服务器不列出其模型。",
    download: "此服务器不提供原始文件。",
    download_zip: "此服务器不提供多文件打包下载。",
    pipelines: "此服务器不提供知识流水线。",
    document_patch: "此服务器不支持以这种方式更改文档。",
    unknown_path: "它不认识该地址，可能版本较旧。管理员可以升级服务器，或让代理放行该地址。",
    unknown_method: "它认识该地址但不支持这种用法，可能版本较旧。管理员可以升级服务器。",
    page: "返回的是网页而不是应答，说明代理没有转发该地址。管理员可以更改这一点。",
    again: "重新询问",
};
