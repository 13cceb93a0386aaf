//! Reports of things done to many at once.

/// Messages of this area.
pub struct Batch {
    /// While it runs: done so far, in all.
    pub running: fn(&str, &str) -> String,
    /// At the end, where everything is done: how many.
    pub all_done: fn(u64, &str) -> String,
    /// At the end: done, in all.
    pub some_done: fn(&str, &str) -> String,
    /// Count of those that were refused.
    pub refused: fn(u64, &str) -> String,
    /// Count of those that were not tried.
    pub not_tried: fn(u64, &str) -> String,
    /// Above the list of those that were refused.
    pub why: &'static str,
    /// After a list that was cut: how many are left out.
    pub more: fn(&str) -> String,
    /// Why nothing was tried any more.
    pub stopped: &'static str,
    /// Button while it runs.
    pub stop: &'static str,
    /// Button.
    pub retry: &'static str,
    /// Button.
    pub save: &'static str,
    /// Columns of the file: name, id, result, reason.
    pub columns: [&'static str; 4],
    /// Result in the file.
    pub result_done: &'static str,
    /// Result in the file.
    pub result_refused: &'static str,
    /// Result in the file.
    pub result_not_tried: &'static str,
}

/// English.
pub static ENGLISH: Batch = Batch {
    running: |done, all| format!("{done} of {all} settled…"),
    all_done: |count, text| if count == 1 { "Done.".to_owned() } else { format!("All {text} are done.") },
    some_done: |done, all| format!("{done} of {all} are done."),
    refused: |_, text| format!("{text} refused"),
    not_tried: |_, text| format!("{text} not tried"),
    why: "Why not",
    more: |count| format!("and {count} more, all in the saved report"),
    stopped: "Not tried, because the work was stopped.",
    stop: "Stop",
    retry: "Try the rest again",
    save: "Save report",
    columns: ["Name", "Id", "Result", "Reason"],
    result_done: "done",
    result_refused: "refused",
    result_not_tried: "not tried",
};

/// Simplified Chinese.
pub static CHINESE: Batch = Batch {
    running: |done, all| format!("已处理 {done} 项，共 {all} 项…"),
    all_done: |count, text| if count == 1 { "已完成。".to_owned() } else { format!("{text} 项全部完成。") },
    some_done: |done, all| format!("已完成 {done} 项，共 {all} 项。"),
    refused: |_, text| format!("{text} 项被拒绝"),
    not_tried: |_, text| format!("{text} 项未尝试"),
    why: "原因",
    more: |count| format!("另有 {count} 项，均在保存的报告中"),
    stopped: "处理已停止，因此未尝试。",
    stop: "停止",
    retry: "重试其余项",
    save: "保存报告",
    columns: ["名称", "ID", "结果", "原因"],
    result_done: "完成",
    result_refused: "被拒绝",
    result_not_tried: "未尝试",
};
