//! Knowledge bases.

/// Messages of this area.
pub struct KnowledgeBases {
    /// Main action.
    pub create: &'static str,
    /// Dialog title.
    pub create_title: &'static str,
    /// Field.
    pub name: &'static str,
    /// Field.
    pub description: &'static str,
    /// Hint.
    pub description_hint: &'static str,
    /// Field.
    pub permission: &'static str,
    /// Permission.
    pub only_me: &'static str,
    /// Permission.
    pub all_team_members: &'static str,
    /// Permission.
    pub partial_members: &'static str,
    /// Submit of the dialog.
    pub create_submit: &'static str,
    /// Problem of a name.
    pub name_empty: &'static str,
    /// Problem of a name.
    pub name_too_long: &'static str,
    /// Problem of a name.
    pub name_taken: &'static str,
    /// Problem of a description.
    pub description_too_long: &'static str,
    /// Toast.
    pub created: fn(&str) -> String,
    /// Toast.
    pub updated: fn(&str) -> String,
    /// Toast.
    pub deleted: fn(&str) -> String,
    /// Tab and action.
    pub settings: &'static str,
    /// Action.
    pub edit_tags: &'static str,
    /// Action.
    pub manage_tags: &'static str,
    /// List of tags, and the filter by them.
    pub tags: &'static str,
    /// A tag in the address that no knowledge base carries.
    pub unknown_tag: &'static str,
    /// Where the chosen tags leave nothing.
    pub no_such_tags: &'static str,
    /// Action.
    pub delete: &'static str,
    /// Dialog title.
    pub delete_title: fn(&str) -> String,
    /// What goes, given the documents.
    pub delete_text: fn(u64) -> String,
    /// Warning, given the apps.
    pub delete_apps: fn(u64) -> String,
    /// Field: type the name.
    pub delete_confirm: fn(&str) -> String,
    /// Submit.
    pub delete_submit: &'static str,
    /// Column.
    pub documents: &'static str,
    /// Column.
    pub words: &'static str,
    /// Column.
    pub technique: &'static str,
    /// Column.
    pub apps: &'static str,
    /// Column.
    pub updated_at: &'static str,
    /// Technique.
    pub economy: &'static str,
    /// Technique.
    pub high_quality: &'static str,
    /// Technique not chosen yet.
    pub technique_open: &'static str,
    /// "8 of 9 available".
    pub available: fn(&str, &str) -> String,
    /// Search field.
    pub search: &'static str,
    /// "12 knowledge bases".
    pub count: fn(u64) -> String,
    /// "3 of 12".
    pub count_of: fn(u64, u64) -> String,
    /// Empty page.
    pub empty_title: &'static str,
    /// Empty page.
    pub empty_text: &'static str,
}

/// English.
pub const ENGLISH: KnowledgeBases = KnowledgeBases {
    create: "New knowledge base",
    create_title: "New knowledge base",
    name: "Name",
    description: "Description",
    description_hint: "What is in it, for the people and apps that choose between knowledge bases.",
    permission: "Who may see it",
    only_me: "Only me",
    all_team_members: "Everybody in the workspace",
    partial_members: "Some members",
    create_submit: "Create",
    name_empty: "A knowledge base needs a name.",
    name_too_long: "A name has at most 40 characters.",
    name_taken: "There is already a knowledge base of this name.",
    description_too_long: "A description has at most 400 characters.",
    created: |name| format!("“{name}” was created."),
    updated: |name| format!("“{name}” was saved."),
    deleted: |name| format!("“{name}” was deleted."),
    settings: "Settings",
    edit_tags: "Tags…",
    manage_tags: "Manage tags…",
    tags: "Tags",
    unknown_tag: "A tag that nothing carries",
    no_such_tags: "No knowledge base carries all the chosen tags.",
    delete: "Delete…",
    delete_title: |name| format!("Delete “{name}”?"),
    delete_text: |documents| match documents {
        0 => "It is empty. Its settings go for good.".to_owned(),
        1 => "Its one document and all its chunks go for good.".to_owned(),
        _ => format!("Its {documents} documents and all their chunks go for good."),
    },
    delete_apps: |apps| match apps {
        1 => "One app uses it and will no longer find anything in it.".to_owned(),
        _ => format!("{apps} apps use it and will no longer find anything in it."),
    },
    delete_confirm: |name| format!("Type {name} to confirm"),
    delete_submit: "Delete for good",
    documents: "Documents",
    words: "Characters",
    technique: "Indexing",
    apps: "Apps",
    updated_at: "Changed",
    economy: "Economy",
    high_quality: "High quality",
    technique_open: "Not chosen yet",
    available: |available, total| format!("{available} of {total} available"),
    search: "Search knowledge bases",
    count: |count| if count == 1 { "1 knowledge base".to_owned() } else { format!("{count} knowledge bases") },
    count_of: |shown, all| format!("{shown} of {all}"),
    empty_title: "No knowledge base yet",
    empty_text: "A knowledge base holds the documents that an app may look things up in. Make the first one, then drop files into it.",
};

/// Simplified Chinese.
pub const CHINESE: KnowledgeBases = KnowledgeBases {
    create: "新建知识库",
    create_title: "新建知识库",
    name: "名称",
    description: "描述",
    description_hint: "说明其中的内容，方便人和应用在多个知识库之间选择。",
    permission: "谁可以看到",
    only_me: "仅自己",
    all_team_members: "工作区所有成员",
    partial_members: "部分成员",
    create_submit: "创建",
    name_empty: "知识库需要名称。",
    name_too_long: "名称最多 40 个字符。",
    name_taken: "已有同名的知识库。",
    description_too_long: "描述最多 400 个字符。",
    created: |name| format!("已创建“{name}”。"),
    updated: |name| format!("已保存“{name}”。"),
    deleted: |name| format!("已删除“{name}”。"),
    settings: "设置",
    edit_tags: "标签…",
    manage_tags: "管理标签…",
    tags: "标签",
    unknown_tag: "没有知识库使用的标签",
    no_such_tags: "没有知识库同时带有所选的全部标签。",
    delete: "删除…",
    delete_title: |name| format!("删除“{name}”？"),
    delete_text: |documents| match documents {
        0 => "它是空的。其设置将被永久删除。".to_owned(),
        _ => format!("其中 {documents} 个文档及其全部分段将被永久删除。"),
    },
    delete_apps: |apps| format!("有 {apps} 个应用在使用它，之后将检索不到任何内容。"),
    delete_confirm: |name| format!("输入 {name} 以确认"),
    delete_submit: "永久删除",
    documents: "文档",
    words: "字符",
    technique: "索引方式",
    apps: "应用",
    updated_at: "更改时间",
    economy: "经济",
    high_quality: "高质量",
    technique_open: "尚未选择",
    available: |available, total| format!("{total} 个中 {available} 个可用"),
    search: "搜索知识库",
    count: |count| format!("{count} 个知识库"),
    count_of: |shown, all| format!("{all} 个中的 {shown} 个"),
    empty_title: "还没有知识库",
    empty_text: "知识库存放供应用查找的文档。先新建一个，再把文件拖进去。",
};
