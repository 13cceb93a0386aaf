//! Documents of a knowledge base: the list, its filters, deleting, replacing.

/// Messages of this area.
pub struct Documents {
    /// Main action.
    pub add_files: &'static str,
    /// Action.
    pub add_folder: &'static str,
    /// Action.
    pub paste_text: &'static str,
    /// Why nothing can be added.
    pub cannot_add: &'static str,
    /// Empty page of a knowledge base that a pipeline fills.
    pub pipeline_title: &'static str,
    /// Empty page of a knowledge base that a pipeline fills.
    pub pipeline_text: &'static str,
    /// Why a document cannot be replaced there.
    pub pipeline_fills: &'static str,
    /// Column.
    pub name: &'static str,
    /// Column.
    pub status: &'static str,
    /// Column.
    pub kind: &'static str,
    /// Column.
    pub size: &'static str,
    /// Column.
    pub words: &'static str,
    /// Column.
    pub hits: &'static str,
    /// Column.
    pub created: &'static str,
    /// Name of the table, read out.
    pub table: &'static str,
    /// Checkbox of the head, given the number that is shown.
    pub select_all: fn(&str) -> String,
    /// Checkbox of a row, given the document's name.
    pub select: fn(&str) -> String,
    /// Menu of a row, given the document's name.
    pub actions_of: fn(&str) -> String,
    /// Search field.
    pub search: &'static str,
    /// Filter group.
    pub filter_status: &'static str,
    /// Filter group.
    pub filter_kind: &'static str,
    /// Filter group.
    pub filter_enabled: &'static str,
    /// Filter value.
    pub enabled: &'static str,
    /// Filter value.
    pub not_enabled: &'static str,
    /// Filter value: no type.
    pub no_kind: &'static str,
    /// Takes all filters off.
    pub clear_filters: &'static str,
    /// "1,204 documents".
    pub count: fn(u64, &str) -> String,
    /// "38 of 1,204".
    pub count_of: fn(&str, &str) -> String,
    /// "600 of 10,000 loaded".
    pub loaded_of: fn(&str, &str) -> String,
    /// Where filters leave nothing.
    pub nothing: &'static str,
    /// Status.
    pub queuing: &'static str,
    /// Status: stage.
    pub parsing: &'static str,
    /// Status: stage.
    pub cleaning: &'static str,
    /// Status: stage.
    pub splitting: &'static str,
    /// Status: stage.
    pub indexing: &'static str,
    /// Status: "Indexing 64 of 180".
    pub indexing_of: fn(&str, &str) -> String,
    /// Status.
    pub paused: &'static str,
    /// Status.
    pub failed: &'static str,
    /// Status.
    pub available: &'static str,
    /// Status.
    pub disabled: &'static str,
    /// Status.
    pub archived: &'static str,
    /// Below the name of a failed document without a reason.
    pub failed_without_reason: &'static str,
    /// Row action.
    pub open: &'static str,
    /// Row action.
    pub download: &'static str,
    /// Row action.
    pub replace: &'static str,
    /// Row action.
    pub delete: &'static str,
    /// Why a row action is off.
    pub archived_stays: &'static str,
    /// Why a row action is off.
    pub disabled_stays: &'static str,
    /// Selection bar, read out.
    pub selection: &'static str,
    /// "12 selected".
    pub selected: fn(u64, &str) -> String,
    /// Button.
    pub select_all_shown: fn(&str) -> String,
    /// Button.
    pub clear_selection: &'static str,
    /// "and 12 more".
    pub and_more: fn(&str) -> String,
    /// Submit.
    pub delete_submit: &'static str,
    /// Button.
    pub stop: &'static str,
    /// Outcome of one.
    pub deleted: &'static str,
    /// Outcome of one.
    pub not_tried: &'static str,
    /// Button.
    pub retry_failed: &'static str,
    /// Empty page.
    pub empty_title: &'static str,
    /// Empty page where nothing can be added.
    pub none_here: &'static str,
    /// Empty page where nothing can be added.
    pub none_here_text: &'static str,
    /// Empty page.
    pub empty_text: &'static str,
    /// Overlay while files are dragged over the page.
    pub drop_title: &'static str,
    /// Overlay, given the knowledge base.
    pub drop_text: fn(&str) -> String,
}

/// English.
pub const ENGLISH: Documents = Documents {
    add_files: "Add files",
    add_folder: "Add a folder…",
    paste_text: "Paste text",
    pipeline_title: "No documents yet",
    pipeline_text: "A pipeline fills this knowledge base. Run it, and what it makes of your files or other sources appears here.",
    pipeline_fills: "A pipeline fills this knowledge base: run it with the new content.",
    cannot_add: "The documents of this knowledge base come from elsewhere, so files cannot be added here.",
    name: "Name",
    status: "Status",
    kind: "Type",
    size: "Size",
    words: "Characters",
    hits: "Hits",
    created: "Added",
    table: "Documents",
    select_all: |count| format!("Select all {count}"),
    select: |name| format!("Select {name}"),
    actions_of: |name| format!("Actions for {name}"),
    search: "Search documents by name",
    filter_status: "Status",
    filter_kind: "File type",
    filter_enabled: "Found by retrieval",
    enabled: "Enabled",
    not_enabled: "Disabled",
    no_kind: "no type",
    clear_filters: "Clear filters",
    count: |count, text| if count == 1 { "1 document".to_owned() } else { format!("{text} documents") },
    count_of: |shown, all| format!("{shown} of {all}"),
    loaded_of: |loaded, all| format!("{loaded} of {all} loaded"),
    nothing: "No document fits these filters.",
    queuing: "Waiting",
    parsing: "Reading",
    cleaning: "Cleaning",
    splitting: "Splitting",
    indexing: "Indexing",
    indexing_of: |done, all| format!("Indexing {done} of {all}"),
    paused: "Paused",
    failed: "Failed",
    available: "Available",
    disabled: "Disabled",
    archived: "Archived",
    failed_without_reason: "The server gave no reason. Replace it by a file to try again.",
    open: "Open",
    download: "Download original",
    replace: "Replace by file…",
    delete: "Delete…",
    archived_stays: "Archived documents cannot be changed. Un-archive it first.",
    disabled_stays: "Only an enabled document can be replaced.",
    selection: "Selection",
    selected: |_, text| format!("{text} selected"),
    select_all_shown: |count| format!("Select all {count}"),
    clear_selection: "Clear selection",
    and_more: |count| format!("and {count} more"),
    delete_submit: "Delete for good",
    stop: "Stop",
    deleted: "Deleted",
    not_tried: "Not deleted",
    retry_failed: "Try the rest again",
    empty_title: "Drop files here",
    none_here: "No documents yet",
    none_here_text: "They appear here once somebody adds them.",
    empty_text: "Files or whole folders, anywhere on this page.",
    drop_title: "Drop to add",
    drop_text: |name| format!("To “{name}”. You look everything over before it is sent."),
};

/// Simplified Chinese.
pub const CHINESE: Documents = Documents {
    add_files: "添加文件",
    add_folder: "添加文件夹…",
    paste_text: "粘贴文本",
    pipeline_title: "还没有文档",
    pipeline_text: "此知识库由流水线写入。运行流水线后，它由您的文件或其他来源生成的文档会出现在这里。",
    pipeline_fills: "此知识库由流水线写入：请用新内容运行流水线。",
    cannot_add: "此知识库的文档来自其他来源，不能在这里添加文件。",
    name: "名称",
    status: "状态",
    kind: "类型",
    size: "大小",
    words: "字符数",
    hits: "命中",
    created: "添加时间",
    table: "文档",
    select_all: |count| format!("选择全部 {count} 个"),
    select: |name| format!("选择 {name}"),
    actions_of: |name| format!("{name} 的操作"),
    search: "按名称搜索文档",
    filter_status: "状态",
    filter_kind: "文件类型",
    filter_enabled: "是否可检索",
    enabled: "已启用",
    not_enabled: "已停用",
    no_kind: "无类型",
    clear_filters: "清除筛选",
    count: |_, text| format!("{text} 个文档"),
    count_of: |shown, all| format!("{shown} / {all}"),
    loaded_of: |loaded, all| format!("已加载 {loaded} / {all}"),
    nothing: "没有符合筛选条件的文档。",
    queuing: "等待中",
    parsing: "读取中",
    cleaning: "清洗中",
    splitting: "分段中",
    indexing: "索引中",
    indexing_of: |done, all| format!("索引中 {done} / {all}"),
    paused: "已暂停",
    failed: "失败",
    available: "可用",
    disabled: "已停用",
    archived: "已归档",
    failed_without_reason: "服务器没有说明原因。可用文件替换它以重试。",
    open: "打开",
    download: "下载原文件",
    replace: "用文件替换…",
    delete: "删除…",
    archived_stays: "已归档的文档不能更改，请先取消归档。",
    disabled_stays: "只有已启用的文档才能替换。",
    selection: "所选文档",
    selected: |_, text| format!("已选 {text} 个"),
    select_all_shown: |count| format!("选择全部 {count} 个"),
    clear_selection: "取消选择",
    and_more: |count| format!("还有 {count} 个"),
    delete_submit: "永久删除",
    stop: "停止",
    deleted: "已删除",
    not_tried: "未删除",
    retry_failed: "重试未删除的",
    empty_title: "把文件拖到这里",
    none_here: "还没有文档",
    none_here_text: "有人添加后会显示在这里。",
    empty_text: "文件或整个文件夹都可以，拖到此页任意位置即可。",
    drop_title: "松开即可添加",
    drop_text: |name| format!("添加到“{name}”。发送前会先让您核对。"),
};
