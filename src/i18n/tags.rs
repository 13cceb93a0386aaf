//! Tags. Not in the catalog of the first load: only dialogs and pages that load later name it.

use super::Locale;

/// Messages of this area.
pub struct Tags {
    /// Dialog title, given the knowledge base.
    pub title: fn(&str) -> String,
    /// What tags are for.
    pub text: &'static str,
    /// Field.
    pub find: &'static str,
    /// List.
    pub all: &'static str,
    /// Empty list.
    pub none_yet: &'static str,
    /// Button, given the name.
    pub make: fn(&str) -> String,
    /// Button that closes.
    pub done: &'static str,
    /// Button.
    pub manage: &'static str,
    /// Dialog title.
    pub manage_title: &'static str,
    /// Field.
    pub new: &'static str,
    /// Button.
    pub add: &'static str,
    /// "on 3 knowledge bases".
    pub used_by: fn(u64, &str) -> String,
    /// Button and field, given the tag.
    pub rename: fn(&str) -> String,
    /// Button, given the tag.
    pub delete: fn(&str) -> String,
    /// Toast while it can be taken back: the tag, and how many carry it.
    pub deleting: fn(&str, u64) -> String,
    /// In its row meanwhile.
    pub going: &'static str,
    /// Button of the row meanwhile.
    pub undo: fn(&str) -> String,
    /// Toast: it did not go, and why.
    pub not_deleted: fn(&str, &str) -> String,
    /// Toast.
    pub renamed: fn(&str) -> String,
    /// Toast.
    pub deleted: fn(&str) -> String,
    /// Problem of a name.
    pub too_long: &'static str,
    /// Problem of a name.
    pub taken: &'static str,
    /// A server that cannot list them.
    pub partial: &'static str,
    /// Toast: made, but its id is not known.
    pub made_without_id: &'static str,
}

/// The messages of a language.
#[must_use]
pub fn of(locale: Locale) -> &'static Tags {
    locale.choose(&ENGLISH, &CHINESE)
}

static ENGLISH: Tags = Tags {
    title: |name| format!("Tags of “{name}”"),
    text: "Tags sort knowledge bases and filter their list. A change is kept at once.",
    find: "Find or make a tag",
    all: "Tags",
    none_yet: "There are no tags yet. Type a name to make the first.",
    make: |name| format!("Make “{name}”"),
    done: "Done",
    manage: "Manage tags…",
    manage_title: "Tags of all knowledge bases",
    new: "New tag",
    add: "Add",
    used_by: |count, text| match count {
        0 => "not in use".to_owned(),
        1 => "on 1 knowledge base".to_owned(),
        _ => format!("on {text} knowledge bases"),
    },
    rename: |name| format!("Rename “{name}”"),
    delete: |name| format!("Delete “{name}”"),
    deleting: |name, count| match count {
        0 => format!("Deleting the tag “{name}”, which no knowledge base carries"),
        1 => format!("Deleting the tag “{name}”, and taking it off 1 knowledge base"),
        _ => format!("Deleting the tag “{name}”, and taking it off {count} knowledge bases"),
    },
    going: "About to be deleted; nothing is sent yet.",
    undo: |name| format!("Undo the deletion of “{name}”"),
    not_deleted: |name, why| format!("The tag “{name}” was not deleted. {why}"),
    renamed: |name| format!("The tag is now called “{name}”."),
    deleted: |name| format!("The tag “{name}” was deleted."),
    too_long: "A tag has at most 50 characters.",
    taken: "There is already a tag of this name.",
    partial: "This server cannot list its tags (a fault of its version), so you see those that a knowledge base carries.",
    made_without_id: "The tag was made, but this server does not tell its id. Put it on a knowledge base in the server's own console; from then on it can be used here.",
};

static CHINESE: Tags = Tags {
    title: |name| format!("“{name}”的标签"),
    text: "标签用于整理知识库并筛选列表。更改立即生效。",
    find: "查找或新建标签",
    all: "标签",
    none_yet: "还没有标签。输入名称即可新建第一个。",
    make: |name| format!("新建“{name}”"),
    done: "完成",
    manage: "管理标签…",
    manage_title: "所有知识库的标签",
    new: "新标签",
    add: "添加",
    used_by: |count, text| if count == 0 { "未使用".to_owned() } else { format!("用于 {text} 个知识库") },
    rename: |name| format!("重命名“{name}”"),
    delete: |name| format!("删除“{name}”"),
    deleting: |name, count| match count {
        0 => format!("正在删除标签“{name}”，没有知识库使用它"),
        _ => format!("正在删除标签“{name}”，并从 {count} 个知识库中移除"),
    },
    going: "即将删除；尚未发送任何请求。",
    undo: |name| format!("撤销删除“{name}”"),
    not_deleted: |name, why| format!("标签“{name}”未被删除。{why}"),
    renamed: |name| format!("标签已改名为“{name}”。"),
    deleted: |name| format!("已删除标签“{name}”。"),
    too_long: "标签最多 50 个字符。",
    taken: "已有同名的标签。",
    partial: "此服务器无法列出标签（其版本的缺陷），因此这里只显示知识库正在使用的标签。",
    made_without_id: "标签已创建，但此服务器没有返回其 ID。请先在服务器自带的控制台中将它加到某个知识库，之后即可在此使用。",
};
