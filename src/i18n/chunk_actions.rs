//! What is done with chunks of the list: one or many. Not a part of `Messages`: it comes with the page of a document.

use super::Locale;

/// Messages of this area.
pub struct ChunkActions {
    /// Checkbox of a chunk, given its position.
    pub select: fn(u64) -> String,
    /// How many are selected.
    pub selected: fn(u64, &str) -> String,
    /// Region of the bar.
    pub selection: &'static str,
    /// Selects all chunks in view.
    pub select_shown: fn(&str) -> String,
    /// Selects none.
    pub clear: &'static str,
    /// Switches on.
    pub enable: Action,
    /// Switches off.
    pub disable: Action,
    /// Deletes.
    pub delete: Action,
    /// What happens in ten seconds, given the position.
    pub deleting_one: fn(u64) -> String,
    /// What happens in ten seconds, given how many.
    pub deleting_many: fn(&str) -> String,
    /// In the chunk meanwhile.
    pub leaving: &'static str,
    /// Way back, read out, given the position.
    pub undo: fn(u64) -> String,
    /// A chunk in a report: position and how it begins.
    pub item: fn(u64, &str) -> String,
    /// Reason: the server answered "saved" and did not do it.
    pub not_kept: &'static str,
    /// Name of the saved report, without its ending.
    pub file: &'static str,
}

/// Messages of one action.
pub struct Action {
    /// Button.
    pub word: &'static str,
    /// Title of the report.
    pub title: fn(u64, &str) -> String,
    /// Toast for one, given its position.
    pub done_one: fn(u64) -> String,
    /// Toast for many.
    pub done_many: fn(&str) -> String,
}

/// The messages of a language.
#[must_use]
pub fn chunk_actions(locale: Locale) -> &'static ChunkActions {
    locale.choose(&ENGLISH, &CHINESE)
}

static ENGLISH: ChunkActions = ChunkActions {
    select: |position| format!("Select chunk {position}"),
    selected: |count, text| if count == 1 { "1 chunk selected".to_owned() } else { format!("{text} chunks selected") },
    selection: "Selected chunks",
    select_shown: |count| format!("Select all {count} on this page"),
    clear: "Clear selection",
    enable: Action {
        word: "Enable",
        title: |count, text| if count == 1 { "Enabling 1 chunk".to_owned() } else { format!("Enabling {text} chunks") },
        done_one: |position| format!("Chunk {position} is enabled."),
        done_many: |count| format!("{count} chunks are enabled."),
    },
    disable: Action {
        word: "Disable",
        title: |count, text| if count == 1 { "Disabling 1 chunk".to_owned() } else { format!("Disabling {text} chunks") },
        done_one: |position| format!("Chunk {position} is disabled."),
        done_many: |count| format!("{count} chunks are disabled."),
    },
    delete: Action {
        word: "Delete",
        title: |count, text| if count == 1 { "Deleting 1 chunk".to_owned() } else { format!("Deleting {text} chunks") },
        done_one: |position| format!("Chunk {position} was deleted."),
        done_many: |count| format!("{count} chunks were deleted."),
    },
    deleting_one: |position| format!("Chunk {position} goes in 10 seconds."),
    deleting_many: |count| format!("{count} chunks go in 10 seconds."),
    leaving: "About to be deleted",
    undo: |position| format!("Undo the deletion of chunk {position}"),
    item: |position, beginning| format!("Chunk {position}: {beginning}"),
    not_kept: "The server answered “saved”, but the chunk is as it was.",
    file: "chunks report",
};

static CHINESE: ChunkActions = ChunkActions {
    select: |position| format!("选择分段 {position}"),
    selected: |_, text| format!("已选择 {text} 个分段"),
    selection: "所选分段",
    select_shown: |count| format!("选择本页全部 {count} 个"),
    clear: "清除选择",
    enable: Action {
        word: "启用",
        title: |_, text| format!("正在启用 {text} 个分段"),
        done_one: |position| format!("分段 {position} 已启用。"),
        done_many: |count| format!("{count} 个分段已启用。"),
    },
    disable: Action {
        word: "停用",
        title: |_, text| format!("正在停用 {text} 个分段"),
        done_one: |position| format!("分段 {position} 已停用。"),
        done_many: |count| format!("{count} 个分段已停用。"),
    },
    delete: Action {
        word: "删除",
        title: |_, text| format!("正在删除 {text} 个分段"),
        done_one: |position| format!("分段 {position} 已删除。"),
        done_many: |count| format!("{count} 个分段已删除。"),
    },
    deleting_one: |position| format!("分段 {position} 将在 10 秒后删除。"),
    deleting_many: |count| format!("{count} 个分段将在 10 秒后删除。"),
    leaving: "即将删除",
    undo: |position| format!("撤销删除分段 {position}"),
    item: |position, beginning| format!("分段 {position}：{beginning}"),
    not_kept: "服务器回答“已保存”，但分段没有变化。",
    file: "chunks report",
};
