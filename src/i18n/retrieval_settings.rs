//! Settings of a retrieval and its metadata conditions. Not a part of `Messages`: they come with their page.

use super::Locale;

/// Messages of this area.
pub struct RetrievalSettings {
    /// Choice: what decides the order.
    pub order: &'static str,
    /// Order.
    pub by_weights: &'static str,
    /// Order.
    pub by_model: &'static str,
    /// What it means.
    pub by_weights_hint: &'static str,
    /// What it means.
    pub by_model_hint: &'static str,
    /// Slider.
    pub share: &'static str,
    /// Its value, given both shares in hundredths.
    pub shares: fn(u32, u32) -> String,
    /// Switch.
    pub rerank: &'static str,
    /// Field.
    pub model: &'static str,
    /// A model that is not named yet.
    pub model_missing: &'static str,
    /// Why weights and models are not offered.
    pub economy: &'static str,
    /// Choice: how conditions go together.
    pub matching: &'static str,
    /// Choice.
    pub all: &'static str,
    /// Choice.
    pub any: &'static str,
    /// In the empty field.
    pub list_hint: &'static str,
    /// A condition without a value.
    pub incomplete: &'static str,
    /// A field that the knowledge base does not list.
    pub unknown_field: &'static str,
    /// Operators, as the wire has them and in words.
    operators: [(&'static str, &'static str); 18],
    /// A child chunk that matched, given its position.
    pub child: fn(u64) -> String,
    /// Its score.
    pub child_score: fn(&str) -> String,
}

impl RetrievalSettings {
    /// An operator in words; one that is not known as the wire has it.
    #[must_use]
    pub fn operator<'a>(&self, name: &'a str) -> &'a str {
        self.operators.iter().find(|(known, _)| *known == name).map_or(name, |(_, words)| words)
    }
}

/// The messages of a language.
#[must_use]
pub fn retrieval_settings(locale: Locale) -> &'static RetrievalSettings {
    if locale.is_chinese() { &CHINESE } else { &ENGLISH }
}

static ENGLISH: RetrievalSettings = RetrievalSettings {
    order: "Order of the results",
    by_weights: "Weights",
    by_model: "Reranking model",
    by_weights_hint: "Both scores together, each as much as you give it.",
    by_model_hint: "A model reads question and passage together; slower, and often better.",
    share: "Share of meaning against words",
    shares: |meaning, words| format!("{meaning} % meaning, {words} % words"),
    rerank: "Sort again by a reranking model",
    model: "Model",
    model_missing: "Name a model; until then results stay in the order of the search.",
    economy: "Weights and reranking need the high-quality index. A Dify server searches an economy knowledge base by keywords only; full text is the embedded server\u{2019}s.",
    matching: "Conditions that must hold",
    all: "All of them",
    any: "Any of them",
    list_hint: "a, b, c",
    incomplete: "Enter a value; until then this condition does not count.",
    unknown_field: "No metadata field of this knowledge base has that name.",
    operators: [
        ("contains", "contains"),
        ("not contains", "does not contain"),
        ("start with", "starts with"),
        ("end with", "ends with"),
        ("is", "is"),
        ("is not", "is not"),
        ("empty", "is empty"),
        ("not empty", "is not empty"),
        ("in", "is one of"),
        ("not in", "is none of"),
        ("=", "="),
        ("≠", "≠"),
        (">", ">"),
        ("<", "<"),
        ("≥", "≥"),
        ("≤", "≤"),
        ("before", "is before"),
        ("after", "is after"),
    ],
    child: |position| format!("Child {position}"),
    child_score: |score| format!("score {score}"),
};

static CHINESE: RetrievalSettings = RetrievalSettings {
    order: "结果排序",
    by_weights: "权重",
    by_model: "重排序模型",
    by_weights_hint: "两种得分按您设定的比例合并。",
    by_model_hint: "模型同时阅读问题和段落；较慢，但往往更好。",
    share: "语义与词语的比例",
    shares: |meaning, words| format!("语义 {meaning}%，词语 {words}%"),
    rerank: "用重排序模型再次排序",
    model: "模型",
    model_missing: "请填写模型；否则结果保持检索的顺序。",
    economy: "权重和重排序需要高质量索引。Dify 服务器对经济知识库仅按关键词检索；全文检索由自带的服务器提供。",
    matching: "须满足的条件",
    all: "全部",
    any: "任一",
    list_hint: "甲，乙，丙",
    incomplete: "请输入值；否则此条件不起作用。",
    unknown_field: "此知识库没有这个名称的元数据字段。",
    operators: [
        ("contains", "包含"),
        ("not contains", "不包含"),
        ("start with", "开头为"),
        ("end with", "结尾为"),
        ("is", "是"),
        ("is not", "不是"),
        ("empty", "为空"),
        ("not empty", "不为空"),
        ("in", "属于"),
        ("not in", "不属于"),
        ("=", "="),
        ("≠", "≠"),
        (">", ">"),
        ("<", "<"),
        ("≥", "≥"),
        ("≤", "≤"),
        ("before", "早于"),
        ("after", "晚于"),
    ],
    child: |position| format!("子分段 {position}"),
    child_score: |score| format!("得分 {score}"),
};
