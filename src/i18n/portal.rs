//! The desk in a portal: what a page is told that may not hold it, and what it asked for in vain. Loaded only in a frame.

/// Messages of this area.
pub struct Portal {
    /// Title in a page that may not hold the desk.
    pub not_here: &'static str,
    /// What to do about it, given the page's origin.
    pub not_here_text: fn(&str) -> String,
    /// Link to the desk without the page around it.
    pub own_window: &'static str,
    /// A theme that there is not.
    pub no_theme: fn(&str) -> String,
    /// A language that is not offered.
    pub no_language: fn(&str) -> String,
    /// A place that there is not, given the part of it that is wrong and its value.
    pub no_place: fn(&str, &str) -> String,
}

/// English.
pub const ENGLISH: Portal = Portal {
    not_here: "The desk is not shown in this page",
    not_here_text: |origin| {
        format!("{origin} is not among the pages that may hold it. Who runs the desk can add it to portal_origins.")
    },
    own_window: "Open the desk in its own window",
    no_theme: |theme| format!("There is no theme “{theme}”; there are system, light and dark."),
    no_language: |language| format!("The desk is not offered in the language “{language}”."),
    no_place: |part, value| format!("The desk has no such place: {part} “{value}”."),
};

/// Simplified Chinese.
pub const CHINESE: Portal = Portal {
    not_here: "此页面中不显示应用",
    not_here_text: |origin| format!("{origin} 不在可以嵌入应用的页面之列。应用的管理员可以把它加入 portal_origins。"),
    own_window: "在单独的窗口中打开",
    no_theme: |theme| format!("没有主题“{theme}”；可用的有 system、light 和 dark。"),
    no_language: |language| format!("应用不提供语言“{language}”。"),
    no_place: |part, value| format!("应用中没有这个位置：{part}“{value}”。"),
};
