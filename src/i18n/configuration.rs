//! What is wrong with the configuration, and what to write. Shown in place of the desk, and loaded only then.

/// Messages of this area.
pub struct Configuration {
    /// Titles, each with what to do, of a file that did not come as one.
    pub absent: Told,
    /// A page came in its place.
    pub is_page: Told,
    /// The server refused it.
    pub refused: fn(u16) -> (&'static str, String),
    /// The server failed.
    pub failed: fn(u16) -> (&'static str, String),
    /// No JSON.
    pub not_json: Told,
    /// Title above the mistakes, given how many.
    pub mistakes: fn(usize) -> String,
    /// Why the desk does not start with them.
    pub mistakes_text: &'static str,
    /// The line of the file.
    pub line: fn(usize) -> String,
    /// The line and the column of it.
    pub line_and_column: fn(usize, usize) -> String,
    /// The whole file, as a place in it.
    pub whole_file: &'static str,
    /// Above an example.
    pub example: &'static str,
    /// After the file is mended.
    pub remedy: &'static str,
    /// A key that means nothing, and the one that was perhaps meant.
    pub perhaps_meant: fn(&str, &str) -> String,
    /// A key that means nothing, and those that do.
    pub unknown_key: fn(&str, &str) -> String,
    /// Expected types.
    pub text: &'static str,
    /// Expected types.
    pub truth: &'static str,
    /// Expected types.
    pub number: &'static str,
    /// Expected types.
    pub list: &'static str,
    /// Expected types.
    pub object: &'static str,
    /// Something is missing.
    pub missing: &'static str,
    /// What to write for an id.
    pub write_id: &'static str,
    /// What to write for a name.
    pub write_name: &'static str,
    /// What to write for a base.
    pub write_base: &'static str,
    /// There is no connection.
    pub no_connections: &'static str,
    /// An id, and one that would do.
    pub bad_id: fn(&str) -> String,
    /// An id twice.
    pub repeated_id: &'static str,
    /// One of these.
    pub one_of: fn(&str) -> String,
    /// A base that leads elsewhere.
    pub base_leaves: &'static str,
    /// A way to sign out that leads elsewhere.
    pub sign_out_leaves: &'static str,
    /// No id of a knowledge base.
    pub not_uuid: &'static str,
    /// More than an origin, and the origin.
    pub more_than_origin: fn(&str) -> String,
    /// A wildcard.
    pub wildcard: &'static str,
    /// No origin.
    pub not_origin: &'static str,
    /// A limit of nothing.
    pub not_positive: &'static str,
    /// An extension, and how it is written.
    pub bad_extension: fn(&str) -> String,
}

/// What happened, and what to do about it.
pub struct Told {
    /// What happened.
    pub title: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
}

/// English.
pub const ENGLISH: Configuration = Configuration {
    absent: Told {
        title: "There is no config.json",
        remedy: "The desk is served without its configuration, which names the servers to administer. Put config.json beside index.html.",
    },
    is_page: Told {
        title: "In place of config.json came a web page",
        remedy: "That happens where a web server answers every unknown address with index.html and config.json is not there. Put config.json beside index.html, and let the web server answer 404 for files that it does not have.",
    },
    refused: |status| {
        (
            "The configuration is not given out",
            format!(
                "The server answered config.json with {status}. Sign in to the server in front of the desk, or ask who runs it."
            ),
        )
    },
    failed: |status| {
        (
            "The server could not give the configuration",
            format!("It answered config.json with {status}. Who runs the server finds the reason in its log."),
        )
    },
    not_json: Told {
        title: "config.json cannot be read",
        remedy: "It is no valid JSON. Mostly it is a comma too many or too few, a missing quote, or a comment, which JSON does not have.",
    },
    mistakes: |count| {
        if count == 1 { "config.json has a mistake".to_owned() } else { format!("config.json has {count} mistakes") }
    },
    mistakes_text: "The desk does not start with them, so that a slip such as a misspelled “read_only” is never passed over.",
    line: |line| format!("line {line}"),
    line_and_column: |line, column| format!("line {line}, column {column}"),
    whole_file: "the whole file",
    example: "This is enough:",
    remedy: "Mend the file, or the program that makes it, and try again.",
    perhaps_meant: |key, meant| format!("“{key}” means nothing here. Did you mean “{meant}”?"),
    unknown_key: |key, known| format!("“{key}” means nothing here. These keys do: {known}."),
    text: "Write a text in quotes.",
    truth: "Write true or false, without quotes.",
    number: "Write a whole number, without quotes.",
    list: "Write a list in brackets: [ … ].",
    object: "Write an object in braces: { … }.",
    missing: "It is missing or empty.",
    write_id: "Write a short id, which stands in every address, such as “local”.",
    write_name: "Write the name that people see.",
    write_base: "Write the path where the server answers, such as “api/local”.",
    no_connections: "Name at least one server.",
    bad_id: |better| {
        format!("An id holds letters, digits, - and _ only, because it stands in every address. “{better}” would do.")
    },
    repeated_id: "Another connection has this id already. Give each its own.",
    one_of: |known| format!("Write one of these: {known}."),
    base_leaves: "The desk asks its own origin only, below its own address. Write a path such as “api/local”; the proxy behind it knows the server and its key.",
    sign_out_leaves: "Write a path below the desk's own address, such as “sign-out”.",
    not_uuid: "Write the id of the knowledge base as it stands in its address: 36 digits, letters and hyphens.",
    more_than_origin: |origin| format!("An origin is scheme, host and port, in lower case, without a path. Write “{origin}”."),
    wildcard: "Name each portal. A wildcard would let in pages that nobody has looked at.",
    not_origin: "Write an origin, such as “https://portal.example”.",
    not_positive: "Write how many bytes a file may have, such as 15728640 for 15 MiB.",
    bad_extension: |extension| format!("Write extensions in lower case and without a dot: “{extension}”."),
};

/// Simplified Chinese.
pub const CHINESE: Configuration = Configuration {
    absent: Told {
        title: "没有 config.json",
        remedy: "应用缺少配置文件，它列出要管理的服务器。请把 config.json 放在 index.html 旁边。",
    },
    is_page: Told {
        title: "请求 config.json 得到的是网页",
        remedy: "如果 Web 服务器对所有未知地址都返回 index.html，而 config.json 不存在，就会这样。请把 config.json 放在 index.html 旁边，并让 Web 服务器对不存在的文件返回 404。",
    },
    refused: |status| {
        ("服务器没有给出配置", format!("服务器对 config.json 返回了 {status}。请先登录应用前面的服务器，或联系其管理员。"))
    },
    failed: |status| ("服务器无法给出配置", format!("服务器对 config.json 返回了 {status}。管理员可以在服务器日志中找到原因。")),
    not_json: Told {
        title: "无法读取 config.json",
        remedy: "它不是有效的 JSON。常见原因是多了或少了逗号、缺少引号，或写了 JSON 不支持的注释。",
    },
    mistakes: |count| format!("config.json 有 {count} 处错误"),
    mistakes_text: "修正之前应用不会启动，以免像拼错的“read_only”这样的疏漏被忽略。",
    line: |line| format!("第 {line} 行"),
    line_and_column: |line, column| format!("第 {line} 行，第 {column} 列"),
    whole_file: "整个文件",
    example: "这样就够了：",
    remedy: "请修正该文件或生成它的程序，然后重试。",
    perhaps_meant: |key, meant| format!("“{key}”在这里没有意义。是否想写“{meant}”？"),
    unknown_key: |key, known| format!("“{key}”在这里没有意义。可用的键：{known}。"),
    text: "请写带引号的文本。",
    truth: "请写 true 或 false，不加引号。",
    number: "请写整数，不加引号。",
    list: "请写方括号中的列表：[ … ]。",
    object: "请写花括号中的对象：{ … }。",
    missing: "缺少该项或其值为空。",
    write_id: "请写一个短标识，它会出现在每个地址中，例如“local”。",
    write_name: "请写给人看的名称。",
    write_base: "请写服务器应答的路径，例如“api/local”。",
    no_connections: "请至少列出一个服务器。",
    bad_id: |better| format!("标识只能包含字母、数字、- 和 _，因为它会出现在每个地址中。可以写“{better}”。"),
    repeated_id: "另一个连接已使用此标识。每个连接的标识必须不同。",
    one_of: |known| format!("请写其中之一：{known}。"),
    base_leaves: "应用只请求自己的源，且只在自己的地址之下。请写“api/local”这样的路径；其后的代理知道服务器及其密钥。",
    sign_out_leaves: "请写应用地址之下的路径，例如“sign-out”。",
    not_uuid: "请写知识库的 ID，与其地址中的一致：36 个数字、字母和连字符。",
    more_than_origin: |origin| format!("源只包含协议、主机和端口，使用小写，不含路径。请写“{origin}”。"),
    wildcard: "请逐个列出门户。通配符会放入无人查看过的页面。",
    not_origin: "请写一个源，例如“https://portal.example”。",
    not_positive: "请写文件最多可有多少字节，例如 15728640 表示 15 MiB。",
    bad_extension: |extension| format!("扩展名用小写，不带点：“{extension}”。"),
};
