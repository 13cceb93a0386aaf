//! Adding documents: the dialog before files are sent, the process rule with its preview, texts, replacing, the upload tray.

/// Messages of this area.
pub struct Uploads {
    /// Adding files.
    pub add: Add,
    /// The process rule and its preview.
    pub rule: Rule,
    /// The tray.
    pub tray: Tray,
}

/// Messages of the dialogs that add and replace documents.
pub struct Add {
    /// Dialog title, given the number of files.
    pub title: fn(u64, &str) -> String,
    /// What will happen, given files to send and their size.
    pub will_add: fn(u64, &str, &str) -> String,
    /// Nothing will be sent.
    pub will_add_none: &'static str,
    /// Section: names that are taken.
    pub taken: &'static str,
    /// Text of that section.
    pub taken_text: &'static str,
    /// While the names are not known yet, given loaded and all.
    pub checking_names: fn(&str, &str) -> String,
    /// For every file of the section.
    pub for_all: &'static str,
    /// Choice.
    pub skip: &'static str,
    /// Choice.
    pub replace: &'static str,
    /// Choice.
    pub keep_both: &'static str,
    /// Label of a choice, given the file.
    pub choice_of: fn(&str) -> String,
    /// What has the name.
    pub has_document: &'static str,
    /// What has the name.
    pub has_fixed_document: &'static str,
    /// What has the name.
    pub has_upload: &'static str,
    /// What has the name.
    pub has_twin: &'static str,
    /// Outcome of a choice.
    pub as_skipped: &'static str,
    /// Outcome of a choice.
    pub as_replacing: &'static str,
    /// Outcome of a choice, given the new name.
    pub as_named: fn(&str) -> String,
    /// Section: files that are not sent.
    pub refused: &'static str,
    /// Section: files that are sent.
    pub ready: &'static str,
    /// "and 540 more".
    pub and_more: fn(&str) -> String,
    /// Submit, given the number of files.
    pub submit: fn(u64, &str) -> String,
    /// Submit where nothing is sent: closes and lists what was left out.
    pub submit_none: &'static str,
    /// Problem of a file, given the extension.
    pub kind: fn(&str) -> String,
    /// What is accepted, given the types and the largest size.
    pub accepted: fn(&str, &str) -> String,
    /// Problem of a file, given the limit.
    pub size: fn(&str) -> String,
    /// Problem of a file.
    pub empty: &'static str,
    /// Problem of a file, given the character.
    pub character: fn(&str) -> String,
    /// Problem of a file.
    pub long_name: &'static str,
    /// Problem of a file.
    pub unreadable: &'static str,
    /// Dialog title.
    pub paste_title: &'static str,
    /// Field.
    pub text_name: &'static str,
    /// Hint.
    pub text_name_hint: &'static str,
    /// Problem.
    pub name_empty: &'static str,
    /// Problem.
    pub name_long: &'static str,
    /// Field.
    pub text: &'static str,
    /// Problem.
    pub text_empty: &'static str,
    /// Submit.
    pub paste_submit: &'static str,
    /// Dialog title, given the document.
    pub replace_title: fn(&str) -> String,
    /// Warning.
    pub replace_warning: &'static str,
    /// Button.
    pub choose_file: &'static str,
    /// Where no file is chosen.
    pub no_file: &'static str,
    /// Note, given the file's name.
    pub takes_name: fn(&str) -> String,
    /// Problem, given the type that is needed.
    pub needs_kind: fn(&str) -> String,
    /// Problem, given the name.
    pub name_is_taken: fn(&str) -> String,
    /// Submit.
    pub replace_submit: &'static str,
}

/// Messages of the process rule and its preview.
pub struct Rule {
    /// Group.
    pub title: &'static str,
    /// Choice.
    pub automatic: &'static str,
    /// What it does.
    pub automatic_text: &'static str,
    /// Choice.
    pub custom: &'static str,
    /// What it does.
    pub custom_text: &'static str,
    /// Field.
    pub separator: &'static str,
    /// Hint.
    pub separator_hint: &'static str,
    /// Field.
    pub max_tokens: &'static str,
    /// Field.
    pub overlap: &'static str,
    /// Problem.
    pub length_problem: &'static str,
    /// Problem.
    pub overlap_problem: &'static str,
    /// Checkbox.
    pub spaces: &'static str,
    /// Checkbox.
    pub urls: &'static str,
    /// Group.
    pub preview: &'static str,
    /// What the preview is of, given the file.
    pub preview_of: fn(&str) -> String,
    /// What the preview cannot know.
    pub preview_note: &'static str,
    /// Where nothing can be previewed.
    pub no_preview: &'static str,
    /// Where the rule is wrong.
    pub mend_first: &'static str,
    /// Head of a chunk: number, tokens, characters.
    pub chunk: fn(&str, &str, &str) -> String,
    /// "42 chunks", with a mark where only the beginning was read.
    pub chunks: fn(u64, &str, bool) -> String,
    /// Where more chunks are not shown.
    pub first_shown: fn(&str) -> String,
}

/// Messages of the upload tray.
pub struct Tray {
    /// Name of the tray.
    pub title: &'static str,
    /// Head while it works, given ended and all.
    pub working: fn(&str, &str) -> String,
    /// Head when all has ended.
    pub ended: fn(u64, &str) -> String,
    /// Head while paused.
    pub paused: fn(&str, &str) -> String,
    /// Remaining time in seconds.
    pub seconds_left: fn(&str) -> String,
    /// Remaining time in minutes.
    pub minutes_left: fn(&str) -> String,
    /// Remaining time in hours.
    pub hours_left: fn(&str) -> String,
    /// Bytes a second.
    pub speed: fn(&str) -> String,
    /// Button.
    pub pause: &'static str,
    /// Button.
    pub resume: &'static str,
    /// Button.
    pub collapse: &'static str,
    /// Button.
    pub expand: &'static str,
    /// Button.
    pub cancel: fn(&str) -> String,
    /// Button.
    pub cancel_all: &'static str,
    /// Button.
    pub retry: fn(&str) -> String,
    /// Button.
    pub retry_failed: &'static str,
    /// Button.
    pub clear: &'static str,
    /// Filter: everything.
    pub all: &'static str,
    /// Filter.
    pub failed: &'static str,
    /// Filter.
    pub skipped: &'static str,
    /// Filter.
    pub done: &'static str,
    /// Button: shows more rows, given how many there are.
    pub show_more: fn(&str) -> String,
    /// Stage.
    pub waiting: &'static str,
    /// Stage, given sent and all bytes.
    pub sending: fn(&str, &str) -> String,
    /// Stage: all bytes are sent and the answer is not here.
    pub answering: &'static str,
    /// Stage.
    pub queuing: &'static str,
    /// Stage.
    pub done_with: fn(u64, &str) -> String,
    /// Stage.
    pub cancelled: &'static str,
    /// Stage: cancelled after the server had it.
    pub left_alone: &'static str,
    /// Problem.
    pub same_name: &'static str,
    /// Problem.
    pub reloaded: &'static str,
    /// Problem.
    pub gone: &'static str,
    /// Problem: the server could not index it, given its words.
    pub not_indexed: fn(&str) -> String,
    /// Problem: the server could not index it and does not say why.
    pub not_indexed_at_all: &'static str,
    /// Read out while it works, given the percentage.
    pub announce: fn(&str) -> String,
    /// Read out at the end: done, failed, skipped.
    pub announce_end: fn(&str, &str, &str) -> String,
}

/// English.
pub const ENGLISH: Uploads = Uploads {
    add: Add {
        title: |count, text| if count == 1 { "Add 1 file".to_owned() } else { format!("Add {text} files") },
        will_add: |count, text, size| {
            if count == 1 {
                format!("1 file will be sent, {size}.")
            } else {
                format!("{text} files will be sent, {size} in all.")
            }
        },
        will_add_none: "No file will be sent.",
        taken: "The name is taken",
        taken_text: "Nothing is replaced unless you say so.",
        checking_names: |loaded, all| format!("Comparing with the documents that are there: {loaded} of {all}"),
        for_all: "For all:",
        skip: "Skip",
        replace: "Replace",
        keep_both: "Keep both",
        choice_of: |name| format!("What to do with {name}"),
        has_document: "A document has this name.",
        has_fixed_document: "A disabled or archived document has this name; it cannot be replaced.",
        has_upload: "A file of this name is being sent.",
        has_twin: "Another of these files has this name.",
        as_skipped: "This file is not sent.",
        as_replacing: "The document's chunks are made anew; edits made to them are lost.",
        as_named: |name| format!("Added as “{name}”."),
        refused: "Cannot be added",
        ready: "Ready",
        and_more: |count| format!("and {count} more"),
        submit: |count, text| if count == 1 { "Add 1 file".to_owned() } else { format!("Add {text} files") },
        submit_none: "Close",
        kind: |kind| if kind.is_empty() { "It has no file type.".to_owned() } else { format!(".{kind} files are not accepted.") },
        accepted: |types, size| format!("Accepted: {types}; up to {size} each."),
        size: |limit| format!("Larger than {limit}. Split it, or have the limit raised."),
        empty: "It is empty.",
        character: |character| format!("Its name holds {character}, which servers refuse. Rename it."),
        long_name: "Its name is longer than 200 characters. Rename it.",
        unreadable: "The browser could not read it. It may be a broken link, or you may not be allowed to.",
        paste_title: "Paste text",
        text_name: "Name of the document",
        text_name_hint: "As it will stand in the list, such as “Opening hours”.",
        name_empty: "A document needs a name.",
        name_long: "A name has at most 200 characters.",
        text: "Text",
        text_empty: "There is no text yet.",
        paste_submit: "Add text",
        replace_title: |name| format!("Replace “{name}”"),
        replace_warning: "All chunks are made anew from the file. Edits made to them are lost, and until it is indexed, retrieval does not find the document.",
        choose_file: "Choose a file",
        no_file: "No file chosen yet.",
        takes_name: |name| format!("The document will be called “{name}”, like the file."),
        needs_kind: |kind| format!("This document is not available, so it takes only a .{kind} file."),
        name_is_taken: |name| format!("Another document is called “{name}”. Rename the file first."),
        replace_submit: "Replace",
    },
    rule: Rule {
        title: "How the text is split into chunks",
        automatic: "Automatic",
        automatic_text: "The server chooses; good for most files.",
        custom: "Custom",
        custom_text: "You choose where chunks begin and how long they get.",
        separator: "Separator",
        separator_hint: "Each one starts a new chunk. \\n is a line end, \\n\\n a blank line.",
        max_tokens: "Longest chunk, in tokens",
        overlap: "Overlap, in tokens",
        length_problem: "A chunk has 50 to 4,000 tokens.",
        overlap_problem: "The overlap must be shorter than the chunk.",
        spaces: "Fold repeated spaces and blank lines",
        urls: "Remove web and mail addresses",
        preview: "Preview",
        preview_of: |name| format!("Chunks of {name}"),
        preview_note: "Approximate: the server counts tokens in its own way, and reads only text out of tables and pages.",
        no_preview: "Text files are previewed here; of other files the server extracts the text first.",
        mend_first: "Mend the numbers to see a preview.",
        chunk: |number, tokens, characters| format!("{number} · {tokens} tokens · {characters} characters"),
        chunks: |count, text, is_part| match (count, is_part) {
            (1, false) => "1 chunk".to_owned(),
            (_, false) => format!("{text} chunks"),
            (_, true) => format!("{text} chunks in the first 200 kB"),
        },
        first_shown: |count| format!("The first {count} are shown."),
    },
    tray: Tray {
        title: "Uploads",
        working: |ended, all| format!("Uploading {ended} of {all}"),
        ended: |count, text| if count == 1 { "1 upload ended".to_owned() } else { format!("{text} uploads ended") },
        paused: |ended, all| format!("Paused at {ended} of {all}"),
        seconds_left: |seconds| format!("{seconds} s left"),
        minutes_left: |minutes| format!("{minutes} min left"),
        hours_left: |hours| format!("{hours} h left"),
        speed: |bytes| format!("{bytes}/s"),
        pause: "Pause all",
        resume: "Resume all",
        collapse: "Collapse",
        expand: "Expand",
        cancel: |name| format!("Cancel {name}"),
        cancel_all: "Cancel all",
        retry: |name| format!("Try {name} again"),
        retry_failed: "Try failed again",
        clear: "Clear ended",
        all: "All",
        failed: "Failed",
        skipped: "Skipped",
        done: "Done",
        show_more: |count| format!("Show more of {count}"),
        waiting: "Waiting",
        sending: |sent, all| format!("Sending {sent} of {all}"),
        answering: "Sent, waiting for the answer",
        queuing: "Waiting to be indexed",
        done_with: |chunks, text| if chunks == 1 { "Done · 1 chunk".to_owned() } else { format!("Done · {text} chunks") },
        cancelled: "Cancelled",
        left_alone: "No longer followed; the document stays on the server.",
        same_name: "Skipped: a document has this name.",
        reloaded: "Not sent before the page was loaded anew. Add the file again.",
        gone: "The document was deleted before it was indexed.",
        not_indexed: |words| format!("Not indexed. The server says: {words}"),
        not_indexed_at_all: "Not indexed, and the server does not say why.",
        announce: |percent| format!("Uploads: {percent} % done"),
        announce_end: |done, failed, skipped| format!("Uploads ended: {done} done, {failed} failed, {skipped} skipped."),
    },
};

/// Simplified Chinese.
pub const CHINESE: Uploads = Uploads {
    add: Add {
        title: |_, text| format!("添加 {text} 个文件"),
        will_add: |_, text, size| format!("将发送 {text} 个文件，共 {size}。"),
        will_add_none: "没有可发送的文件。",
        taken: "名称已被占用",
        taken_text: "未经您选择，不会替换任何文档。",
        checking_names: |loaded, all| format!("正在与现有文档比对：{loaded} / {all}"),
        for_all: "全部：",
        skip: "跳过",
        replace: "替换",
        keep_both: "两者都保留",
        choice_of: |name| format!("如何处理 {name}"),
        has_document: "已有同名文档。",
        has_fixed_document: "已有同名文档，但已停用或归档，不能替换。",
        has_upload: "同名文件正在发送。",
        has_twin: "这些文件中还有一个同名文件。",
        as_skipped: "不发送此文件。",
        as_replacing: "将重新生成该文档的分段，对分段的修改会丢失。",
        as_named: |name| format!("添加为“{name}”。"),
        refused: "无法添加",
        ready: "可以添加",
        and_more: |count| format!("还有 {count} 个"),
        submit: |_, text| format!("添加 {text} 个文件"),
        submit_none: "关闭",
        kind: |kind| if kind.is_empty() { "没有文件类型。".to_owned() } else { format!("不支持 .{kind} 文件。") },
        accepted: |types, size| format!("支持：{types}；每个不超过 {size}。"),
        size: |limit| format!("超过 {limit}。请拆分文件，或请管理员提高上限。"),
        empty: "文件为空。",
        character: |character| format!("文件名含有服务器不接受的字符 {character}，请重命名。"),
        long_name: "文件名超过 200 个字符，请重命名。",
        unreadable: "浏览器无法读取，可能是失效的链接或没有权限。",
        paste_title: "粘贴文本",
        text_name: "文档名称",
        text_name_hint: "在列表中显示的名称，例如“营业时间”。",
        name_empty: "文档需要名称。",
        name_long: "名称最多 200 个字符。",
        text: "文本",
        text_empty: "还没有文本。",
        paste_submit: "添加文本",
        replace_title: |name| format!("替换“{name}”"),
        replace_warning: "将根据文件重新生成全部分段，对分段的修改会丢失；索引完成前，检索不到此文档。",
        choose_file: "选择文件",
        no_file: "尚未选择文件。",
        takes_name: |name| format!("文档将改用文件名“{name}”。"),
        needs_kind: |kind| format!("此文档目前不可用，只能用 .{kind} 文件替换。"),
        name_is_taken: |name| format!("另一个文档已叫“{name}”，请先重命名文件。"),
        replace_submit: "替换",
    },
    rule: Rule {
        title: "文本如何分段",
        automatic: "自动",
        automatic_text: "由服务器决定，适合大多数文件。",
        custom: "自定义",
        custom_text: "自行决定分段的起点和长度。",
        separator: "分隔符",
        separator_hint: "遇到它就开始新的分段。\\n 表示换行，\\n\\n 表示空行。",
        max_tokens: "分段最大长度（token）",
        overlap: "分段重叠（token）",
        length_problem: "分段长度应为 50 到 4,000 个 token。",
        overlap_problem: "重叠必须小于分段长度。",
        spaces: "合并连续的空格和空行",
        urls: "去除网址和邮箱地址",
        preview: "预览",
        preview_of: |name| format!("{name} 的分段"),
        preview_note: "仅供参考：服务器计算 token 的方式不同，且只提取表格和网页中的文字。",
        no_preview: "这里预览文本文件；其他文件需由服务器先提取文字。",
        mend_first: "修正数值后即可预览。",
        chunk: |number, tokens, characters| format!("{number} · {tokens} 个 token · {characters} 个字符"),
        chunks: |_, text, is_part| {
            if is_part { format!("前 200 kB 中有 {text} 个分段") } else { format!("{text} 个分段") }
        },
        first_shown: |count| format!("显示前 {count} 个。"),
    },
    tray: Tray {
        title: "上传",
        working: |ended, all| format!("正在上传 {ended} / {all}"),
        ended: |_, text| format!("{text} 个上传已结束"),
        paused: |ended, all| format!("已暂停 {ended} / {all}"),
        seconds_left: |seconds| format!("剩余 {seconds} 秒"),
        minutes_left: |minutes| format!("剩余 {minutes} 分钟"),
        hours_left: |hours| format!("剩余 {hours} 小时"),
        speed: |bytes| format!("{bytes}/秒"),
        pause: "全部暂停",
        resume: "全部继续",
        collapse: "收起",
        expand: "展开",
        cancel: |name| format!("取消 {name}"),
        cancel_all: "全部取消",
        retry: |name| format!("重试 {name}"),
        retry_failed: "重试失败项",
        clear: "清除已结束项",
        all: "全部",
        failed: "失败",
        skipped: "已跳过",
        done: "已完成",
        show_more: |count| format!("显示更多（共 {count} 个）"),
        waiting: "等待中",
        sending: |sent, all| format!("发送中 {sent} / {all}"),
        answering: "已发送，等待应答",
        queuing: "等待索引",
        done_with: |_, text| format!("已完成 · {text} 个分段"),
        cancelled: "已取消",
        left_alone: "不再跟踪；文档仍在服务器上。",
        same_name: "已跳过：已有同名文档。",
        reloaded: "页面重新加载前未能发送，请重新添加文件。",
        gone: "文档在完成索引前已被删除。",
        not_indexed: |words| format!("未能索引。服务器说：{words}"),
        not_indexed_at_all: "未能索引，服务器没有说明原因。",
        announce: |percent| format!("上传已完成 {percent} %"),
        announce_end: |done, failed, skipped| format!("上传结束：完成 {done} 个，失败 {failed} 个，跳过 {skipped} 个。"),
    },
};
