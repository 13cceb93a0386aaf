//! What went wrong and what to do about it: a cause and a remedy for each kind.

/// Messages of this area.
pub struct Errors {
    /// Cause and remedy.
    pub offline: [&'static str; 2],
    /// Cause and remedy.
    pub timeout: [&'static str; 2],
    /// Cause and remedy.
    pub aborted: [&'static str; 2],
    /// Cause and remedy.
    pub unauthorized: [&'static str; 2],
    /// Cause and remedy.
    pub signed_out: [&'static str; 2],
    /// Cause and remedy.
    pub api_access: [&'static str; 2],
    /// Cause and remedy.
    pub plan: [&'static str; 2],
    /// Cause and remedy.
    pub rate_limit: [&'static str; 2],
    /// Cause and remedy.
    pub key_scope: [&'static str; 2],
    /// Cause and remedy.
    pub read_only: [&'static str; 2],
    /// Cause and remedy.
    pub archived: [&'static str; 2],
    /// Cause and remedy.
    pub forbidden: [&'static str; 2],
    /// Cause and remedy.
    pub not_found: [&'static str; 2],
    /// Cause and remedy.
    pub name_taken: [&'static str; 2],
    /// Cause and remedy.
    pub in_use: [&'static str; 2],
    /// Cause and remedy.
    pub conflict: [&'static str; 2],
    /// Cause and remedy.
    pub invalid: [&'static str; 2],
    /// Cause and remedy.
    pub too_large: [&'static str; 2],
    /// Cause and remedy.
    pub unsupported_type: [&'static str; 2],
    /// Cause and remedy.
    pub model: [&'static str; 2],
    /// Cause and remedy.
    pub not_offered: [&'static str; 2],
    /// Cause and remedy.
    pub pipeline_only: [&'static str; 2],
    /// Cause and remedy.
    pub gateway: [&'static str; 2],
    /// Cause and remedy.
    pub server: [&'static str; 2],
    /// Cause and remedy.
    pub decode: [&'static str; 2],
    /// The server's own sentence.
    pub server_says: fn(&str) -> String,
    /// Fold of the raw answer.
    pub details: &'static str,
    /// Banner over data that could not be renewed.
    pub stale: &'static str,
    /// Crash page.
    pub crashed: &'static str,
}

/// English.
pub const ENGLISH: Errors = Errors {
    offline: [
        "No answer came from the server.",
        "Check that this computer is online and that the server behind the desk is running, then try again.",
    ],
    timeout: ["The server did not answer in time.", "It may be busy. Try again in a moment; what you typed is kept."],
    aborted: ["The request was stopped.", "Try again when you want it to go on."],
    unauthorized: [
        "The server does not accept the desk's key.",
        "The person who runs the proxy has to set a valid Knowledge API key there. Signing in again does not help.",
    ],
    signed_out: ["You are not signed in.", "Try again: you are then asked to sign in. What you typed is kept."],
    api_access: [
        "API access is switched off for this knowledge base.",
        "Switch it on in the server's own console, under API access.",
    ],
    plan: [
        "The server's plan does not allow more.",
        "Make room by deleting documents, or ask the owner of the workspace to raise the plan.",
    ],
    rate_limit: ["The server is asked too often.", "Wait a minute before going on."],
    key_scope: [
        "The desk's key may not do this.",
        "Ask the person who runs the proxy for a key that covers this knowledge base.",
    ],
    read_only: [
        "This was not changed: the connection may only be read.",
        "Ask the person who runs the desk if you should be able to change things here.",
    ],
    archived: ["This document is archived, so it cannot be changed.", "Un-archive it first."],
    forbidden: ["The server forbids this.", "Ask the person who runs the server."],
    not_found: ["This is no longer there.", "Somebody may have deleted it. Go back to the list to see what there is."],
    name_taken: ["There is already one of this name.", "Choose another name."],
    in_use: ["Apps still use this knowledge base.", "Take it out of those apps first."],
    conflict: ["This is in use just now.", "Wait until the work on it has ended, then try again."],
    invalid: ["The server does not accept this.", "Change what it names, then try again."],
    too_large: ["The file is too large.", "Split it, or ask the person who runs the server or its proxy to raise the limit."],
    unsupported_type: ["The server does not take files of this type.", "Convert the file to one of the types it takes."],
    model: [
        "The model that this needs is not set up.",
        "Ask the owner of the workspace to set it up, or choose keyword or full-text search.",
    ],
    not_offered: ["This server does not offer this.", "It may be an older version."],
    pipeline_only: ["A pipeline fills this knowledge base.", "Run the pipeline to add documents; nothing was sent."],
    gateway: ["The server behind the proxy does not answer.", "Try again in a moment; if it lasts, tell the person who runs it."],
    server: ["The server failed.", "Try again. If it lasts, copy the details for the person who runs it."],
    decode: [
        "The server's answer could not be read.",
        "Something between the desk and the server may have changed it. Copy the details for a report.",
    ],
    server_says: |text| format!("The server says: {text}"),
    details: "What was asked and answered",
    stale: "This could not be renewed just now; you see what was there before.",
    crashed: "The desk has stopped working.",
};

/// Simplified Chinese.
pub const CHINESE: Errors = Errors {
    offline: ["服务器没有应答。", "请确认本机在线且后端服务器正在运行，然后重试。"],
    timeout: ["服务器未及时应答。", "可能正忙，请稍后重试；已输入的内容会保留。"],
    aborted: ["请求已停止。", "需要继续时请重试。"],
    unauthorized: ["服务器不接受此工作台的密钥。", "请代理的管理员在代理处设置有效的知识库 API 密钥；重新登录没有帮助。"],
    signed_out: ["您尚未登录。", "请重试，届时会请您登录。已输入的内容会保留。"],
    api_access: ["此知识库的 API 访问已关闭。", "请在服务器自带的控制台中打开“API 访问”。"],
    plan: ["服务器的套餐不允许更多。", "请删除文档以腾出空间，或请工作区所有者升级套餐。"],
    rate_limit: ["请求过于频繁。", "请等一分钟再继续。"],
    key_scope: ["此工作台的密钥无权这样做。", "请代理的管理员提供覆盖此知识库的密钥。"],
    read_only: ["未作更改：此连接只能读取。", "如果您应当可以在此更改内容，请联系工作台的管理员。"],
    archived: ["此文档已归档，不能更改。", "请先取消归档。"],
    forbidden: ["服务器禁止此操作。", "请联系服务器管理员。"],
    not_found: ["它已不存在。", "可能已被删除。请返回列表查看现有内容。"],
    name_taken: ["已有同名项。", "请换一个名称。"],
    in_use: ["仍有应用在使用此知识库。", "请先在那些应用中移除它。"],
    conflict: ["它正在使用中。", "请等当前处理结束后重试。"],
    invalid: ["服务器不接受此内容。", "请修改其指出之处后重试。"],
    too_large: ["文件过大。", "请拆分文件，或请服务器或代理的管理员提高上限。"],
    unsupported_type: ["服务器不接受此类文件。", "请转换为它接受的类型。"],
    model: ["所需的模型尚未设置。", "请工作区所有者进行设置，或改用关键词或全文检索。"],
    not_offered: ["此服务器不提供此功能。", "可能是较旧的版本。"],
    pipeline_only: ["此知识库由流水线写入。", "请运行流水线来添加文档；没有发送任何内容。"],
    gateway: ["代理后面的服务器没有应答。", "请稍后重试；若持续如此，请告知管理员。"],
    server: ["服务器出错。", "请重试。若持续如此，请复制详情交给管理员。"],
    decode: ["无法读取服务器的应答。", "工作台与服务器之间的某处可能改动了它。请复制详情以便报告。"],
    server_says: |text| format!("服务器说：{text}"),
    details: "请求与应答",
    stale: "暂时无法更新；您看到的是之前的内容。",
    crashed: "工作台已停止工作。",
};
