//! Retrieval.

/// Messages of this area.
pub struct Retrieval {
    /// Field.
    pub query: &'static str,
    /// In the empty field.
    pub placeholder: &'static str,
    /// Problem.
    pub too_long: fn(usize) -> String,
    /// Button.
    pub run: &'static str,
    /// Label of the settings.
    pub settings: &'static str,
    /// Choice.
    pub method: &'static str,
    /// Method.
    pub keyword: &'static str,
    /// Method.
    pub full_text: &'static str,
    /// Method.
    pub semantic: &'static str,
    /// Method.
    pub hybrid: &'static str,
    /// What the method does.
    pub keyword_hint: &'static str,
    /// What the method does.
    pub full_text_hint: &'static str,
    /// What the method does.
    pub semantic_hint: &'static str,
    /// What the method does.
    pub hybrid_hint: &'static str,
    /// Why methods are not offered.
    pub needs_embeddings: &'static str,
    /// Field.
    pub top_k: &'static str,
    /// Switch.
    pub threshold: &'static str,
    /// Field.
    pub threshold_value: &'static str,
    /// Switch.
    pub compare: &'static str,
    /// Label of a column.
    pub first_settings: &'static str,
    /// Label of a column.
    pub second_settings: &'static str,
    /// Fold.
    pub filter: &'static str,
    /// Button.
    pub filter_add: &'static str,
    /// Button.
    pub filter_remove: &'static str,
    /// Field.
    pub filter_field: &'static str,
    /// Field.
    pub filter_operator: &'static str,
    /// Field.
    pub filter_value: &'static str,
    /// Heading.
    pub history: &'static str,
    /// Below it.
    pub history_hint: &'static str,
    /// Button.
    pub history_clear: &'static str,
    /// Before the first query.
    pub start_title: &'static str,
    /// Before the first query.
    pub start_text: &'static str,
    /// Results, and the time taken.
    pub found: fn(u64, &str) -> String,
    /// A duration.
    pub milliseconds: fn(&str) -> String,
    /// Where every score is 0.
    pub no_scores: &'static str,
    /// Label of a score.
    pub score: fn(&str) -> String,
    /// Link to a chunk.
    pub chunk: fn(u64) -> String,
    /// A document that the server does not name.
    pub unknown_document: &'static str,
    /// How often it was retrieved.
    pub hits: fn(u64, &str) -> String,
    /// Above an answer.
    pub answer: &'static str,
    /// Child chunks that matched.
    pub children: fn(u64) -> String,
    /// Button.
    pub show_all: &'static str,
    /// Button.
    pub show_less: &'static str,
    /// No result.
    pub nothing_title: &'static str,
    /// What to try.
    pub nothing_threshold: &'static str,
    /// What to try.
    pub nothing_keyword: &'static str,
    /// What to try.
    pub nothing_full_text: &'static str,
    /// What to try.
    pub nothing_semantic: &'static str,
    /// What to try.
    pub nothing_filter: &'static str,
    /// What to try.
    pub nothing_documents: &'static str,
    /// Link.
    pub to_documents: &'static str,
    /// Compared rank.
    pub rank_same: &'static str,
    /// Compared rank.
    pub rank_up: fn(usize) -> String,
    /// Compared rank.
    pub rank_down: fn(usize) -> String,
    /// Compared rank.
    pub only_a: &'static str,
    /// Compared rank.
    pub only_b: &'static str,
    /// Chunks that both found, of how many different ones.
    pub in_common: fn(u64, u64) -> String,
}

/// English.
pub const ENGLISH: Retrieval = Retrieval {
    query: "Question or search words",
    placeholder: "What would somebody ask?",
    too_long: |most| format!("A query has at most {most} characters."),
    run: "Retrieve",
    settings: "Settings",
    method: "Method",
    keyword: "Keywords",
    full_text: "Full text",
    semantic: "Meaning",
    hybrid: "Hybrid",
    keyword_hint: "Compares with the keywords of each chunk.",
    full_text_hint: "Looks for the words in the text of each chunk.",
    semantic_hint: "Compares meanings by an embedding model.",
    hybrid_hint: "Meaning and words together.",
    needs_embeddings: "Meaning and hybrid need the high-quality index; this knowledge base has the economy one.",
    top_k: "Results at most",
    threshold: "Least score",
    threshold_value: "Least score, 0 to 1",
    compare: "Compare with other settings",
    first_settings: "Settings A",
    second_settings: "Settings B",
    filter: "Filter by metadata",
    filter_add: "Add a condition",
    filter_remove: "Remove the condition",
    filter_field: "Metadata field",
    filter_operator: "Comparison",
    filter_value: "Value",
    history: "Asked before",
    history_hint: "Kept in this browser only.",
    history_clear: "Clear",
    start_title: "Try what an app would find",
    start_text: "Ask as the people who use the app would, and see which chunks answer, in which order and with which score.",
    found: |count, time| if count == 1 { format!("1 result in {time}") } else { format!("{count} results in {time}") },
    milliseconds: |text| format!("{text} ms"),
    no_scores: "The server gives no scores for this method, so a least score has no effect.",
    score: |score| format!("Score {score}"),
    chunk: |position| format!("Chunk {position}"),
    unknown_document: "Document",
    hits: |count, text| if count == 1 { "retrieved once".to_owned() } else { format!("retrieved {text} times") },
    answer: "Answer",
    children: |count| if count == 1 { "1 child chunk matched".to_owned() } else { format!("{count} child chunks matched") },
    show_all: "Show all",
    show_less: "Show less",
    nothing_title: "Nothing found",
    nothing_threshold: "Lower the least score, or switch it off.",
    nothing_keyword: "Try full text: keywords are only the few words picked for each chunk.",
    nothing_full_text: "Use fewer or other words: every method but meaning looks for words as they are written.",
    nothing_semantic: "Try hybrid or full text: names and numbers are found by their words.",
    nothing_filter: "Take out a metadata condition.",
    nothing_documents: "See whether the document is available and its chunk is switched on.",
    to_documents: "To the documents",
    rank_same: "same rank",
    rank_up: |steps| format!("{steps} higher than in A"),
    rank_down: |steps| format!("{steps} lower than in A"),
    only_a: "only in A",
    only_b: "only in B",
    in_common: |common, all| format!("{common} of {all} chunks in both"),
};

/// Simplified Chinese.
pub const CHINESE: Retrieval = Retrieval {
    query: "问题或检索词",
    placeholder: "用户会怎么问？",
    too_long: |most| format!("检索内容最多 {most} 个字符。"),
    run: "检索",
    settings: "设置",
    method: "方式",
    keyword: "关键词",
    full_text: "全文",
    semantic: "语义",
    hybrid: "混合",
    keyword_hint: "与各分段的关键词比较。",
    full_text_hint: "在各分段的文本中查找词语。",
    semantic_hint: "用嵌入模型比较语义。",
    hybrid_hint: "语义与词语相结合。",
    needs_embeddings: "语义与混合检索需要高质量索引；此知识库使用经济索引。",
    top_k: "最多结果数",
    threshold: "最低得分",
    threshold_value: "最低得分（0 到 1）",
    compare: "与另一组设置比较",
    first_settings: "设置 A",
    second_settings: "设置 B",
    filter: "按元数据筛选",
    filter_add: "添加条件",
    filter_remove: "移除条件",
    filter_field: "元数据字段",
    filter_operator: "比较方式",
    filter_value: "值",
    history: "检索历史",
    history_hint: "仅保存在此浏览器中。",
    history_clear: "清空",
    start_title: "试试应用会检索到什么",
    start_text: "像应用的用户那样提问，查看哪些分段作答、顺序如何、得分多少。",
    found: |count, time| format!("{count} 个结果，用时 {time}"),
    milliseconds: |text| format!("{text} 毫秒"),
    no_scores: "服务器对此方式不给出得分，因此最低得分不起作用。",
    score: |score| format!("得分 {score}"),
    chunk: |position| format!("分段 {position}"),
    unknown_document: "文档",
    hits: |_, text| format!("被检索 {text} 次"),
    answer: "答案",
    children: |count| format!("{count} 个子分段匹配"),
    show_all: "显示全部",
    show_less: "收起",
    nothing_title: "没有检索到内容",
    nothing_threshold: "降低最低得分，或将其关闭。",
    nothing_keyword: "试试全文：关键词只是从各分段中提取的少数词语。",
    nothing_full_text: "减少或更换词语：除语义外，各方式都按字面查找。",
    nothing_semantic: "试试混合或全文：名称和编号要按词语查找。",
    nothing_filter: "移除一个元数据条件。",
    nothing_documents: "检查文档是否可用、分段是否启用。",
    to_documents: "前往文档",
    rank_same: "排名相同",
    rank_up: |steps| format!("比 A 高 {steps} 位"),
    rank_down: |steps| format!("比 A 低 {steps} 位"),
    only_a: "仅 A 有",
    only_b: "仅 B 有",
    in_common: |common, all| format!("两者共有 {common} 个，合计 {all} 个"),
};
