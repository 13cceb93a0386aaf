//! Words of more than one screen, and the frame.

/// Messages of this area.
pub struct Common {
    /// Name of the product.
    pub product: &'static str,
    /// Navigation landmark.
    pub navigation: &'static str,
    /// Link for the keyboard.
    pub skip_to_content: &'static str,
    /// Frame.
    pub knowledge_bases: &'static str,
    /// Tab.
    pub documents: &'static str,
    /// Tab, and what a knowledge base with one is called.
    pub pipeline: &'static str,
    /// Main action where a pipeline fills a knowledge base.
    pub run_pipeline: &'static str,
    /// Tab.
    pub retrieval: &'static str,
    /// Tab.
    pub metadata: &'static str,
    /// Button that takes back what is not done yet.
    pub undo: &'static str,
    /// Switcher.
    pub connection: &'static str,
    /// Button.
    pub open_navigation: &'static str,
    /// Menu.
    pub settings: &'static str,
    /// Menu group.
    pub theme: &'static str,
    /// Theme.
    pub theme_system: &'static str,
    /// Theme.
    pub theme_light: &'static str,
    /// Theme.
    pub theme_dark: &'static str,
    /// Menu group.
    pub language: &'static str,
    /// Menu group, given who is signed in.
    pub signed_in_as: fn(&str) -> String,
    /// Menu item.
    pub sign_out: &'static str,
    /// Where signing out failed.
    pub not_signed_out: &'static str,
    /// Button.
    pub close: &'static str,
    /// Button.
    pub cancel: &'static str,
    /// Button.
    pub save: &'static str,
    /// Button.
    pub delete: &'static str,
    /// Button.
    pub retry: &'static str,
    /// Line above every page of a connection that may only be read.
    pub read_only: &'static str,
    /// What that means.
    pub read_only_text: &'static str,
    /// Page about the server, given its name.
    pub about: fn(&str) -> String,
    /// The same without a name.
    pub about_server: &'static str,
    /// Button of a field.
    pub clear: &'static str,
    /// Button.
    pub more_actions: &'static str,
    /// Read out while something loads.
    pub loading: &'static str,
    /// Pagination.
    pub previous_page: &'static str,
    /// Pagination.
    pub next_page: &'static str,
    /// Pagination.
    pub page_of: fn(u64, u64) -> String,
    /// Filter.
    pub find: &'static str,
    /// Where a search finds nothing.
    pub nothing_found_for: fn(&str) -> String,
    /// Where a value is missing.
    pub none: &'static str,
    /// Page that does not exist.
    pub not_found_title: &'static str,
    /// Page that does not exist.
    pub not_found_text: &'static str,
    /// Link on it.
    pub to_start: &'static str,
    /// Dialog for a key list.
    pub keyboard: &'static str,
    /// Sort button, given the column.
    pub sort_by: fn(&str) -> String,
    /// Where the browser stores nothing for the page.
    pub drafts_fleeting: &'static str,
    /// The page before there is a desk: no configuration came.
    pub unreachable: &'static str,
    /// What to do about it.
    pub unreachable_remedy: &'static str,
}

/// English.
pub const ENGLISH: Common = Common {
    product: "Loredesk",
    navigation: "Main navigation",
    skip_to_content: "Skip to content",
    knowledge_bases: "Knowledge bases",
    documents: "Documents",
    pipeline: "Pipeline",
    run_pipeline: "Run the pipeline",
    retrieval: "Retrieval",
    metadata: "Metadata",
    undo: "Undo",
    connection: "Server",
    open_navigation: "Open navigation",
    settings: "Theme and language",
    theme: "Theme",
    theme_system: "As the system",
    theme_light: "Light",
    theme_dark: "Dark",
    language: "Language",
    signed_in_as: |name| format!("Signed in as {name}"),
    sign_out: "Sign out",
    not_signed_out: "You could not be signed out: no answer came from the server.",
    close: "Close",
    cancel: "Cancel",
    save: "Save",
    delete: "Delete",
    retry: "Try again",
    read_only: "Read-only.",
    read_only_text: "You can look, search, download and copy here; this connection takes no changes.",
    about: |name| format!("About {name}"),
    about_server: "About this server",
    clear: "Clear",
    more_actions: "More actions",
    loading: "Loading",
    previous_page: "Previous page",
    next_page: "Next page",
    page_of: |page, pages| format!("Page {page} of {pages}"),
    find: "Find",
    nothing_found_for: |text| format!("Nothing matches “{text}”."),
    none: "–",
    not_found_title: "There is nothing at this address",
    not_found_text: "The link may be old, or what it led to was deleted.",
    to_start: "To the knowledge bases",
    keyboard: "Keyboard",
    sort_by: |column| format!("Sort by {column}"),
    drafts_fleeting: "The browser stores nothing for the desk here. Drafts last until the page is closed or loaded again.",
    unreachable: "The desk cannot reach its server",
    unreachable_remedy: "No answer came for config.json. The server may be starting again, or this computer is offline.",
};

/// Simplified Chinese.
pub const CHINESE: Common = Common {
    product: "Loredesk",
    navigation: "主导航",
    skip_to_content: "跳到内容",
    knowledge_bases: "知识库",
    documents: "文档",
    pipeline: "流水线",
    run_pipeline: "运行流水线",
    retrieval: "检索",
    metadata: "元数据",
    undo: "撤销",
    connection: "服务器",
    open_navigation: "打开导航",
    settings: "主题与语言",
    theme: "主题",
    theme_system: "跟随系统",
    theme_light: "浅色",
    theme_dark: "深色",
    language: "语言",
    signed_in_as: |name| format!("已登录为 {name}"),
    sign_out: "退出登录",
    not_signed_out: "未能退出登录：服务器没有应答。",
    close: "关闭",
    cancel: "取消",
    save: "保存",
    delete: "删除",
    retry: "重试",
    read_only: "只读。",
    read_only_text: "您可以在此查看、检索、下载和复制；此连接不接受更改。",
    about: |name| format!("关于 {name}"),
    about_server: "关于此服务器",
    clear: "清除",
    more_actions: "更多操作",
    loading: "正在加载",
    previous_page: "上一页",
    next_page: "下一页",
    page_of: |page, pages| format!("第 {page} 页，共 {pages} 页"),
    find: "查找",
    nothing_found_for: |text| format!("没有与“{text}”匹配的内容。"),
    none: "–",
    not_found_title: "此地址没有内容",
    not_found_text: "链接可能已过期，或其指向的内容已被删除。",
    to_start: "前往知识库",
    keyboard: "键盘",
    sort_by: |column| format!("按{column}排序"),
    drafts_fleeting: "浏览器在这里不为应用存储任何内容。草稿只保留到页面关闭或重新加载为止。",
    unreachable: "无法连接到服务器",
    unreachable_remedy: "请求 config.json 没有得到应答。服务器可能正在重新启动，或此电脑已离线。",
};
