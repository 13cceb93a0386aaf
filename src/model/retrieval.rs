//! Retrieval settings as a form holds them, and their way to the wire.

use loredesk_wire::{ComparisonOperator, IndexingTechnique, MetadataCondition, MetadataFilter, RetrievalModel, SearchMethod};

/// Longest query in characters (from the contract).
pub const QUERY_MAX: usize = 250;
/// Most results the desk asks for.
pub const TOP_K_MAX: u64 = 50;

/// Settings of one retrieval.
#[derive(Clone, Debug, PartialEq)]
pub struct RetrievalSettings {
    /// How passages are looked for.
    pub method: SearchMethod,
    /// Results wanted, 1 to [`TOP_K_MAX`].
    pub top_k: u64,
    /// Least score in hundredths, 0 to 100; `None` counts every score.
    pub score_threshold: Option<u32>,
    /// Conditions on metadata, all of which hold.
    pub conditions: Vec<Condition>,
}

/// A condition on metadata as a form holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// Field name.
    pub field: String,
    /// Operator, as it stands on the wire.
    pub operator: String,
    /// Value, as it was typed.
    pub value: String,
}

/// Between the parts of a condition and between conditions in the address; nobody types it.
const SEPARATOR: char = '\u{1f}';

impl Condition {
    /// Conditions as one text for the address.
    #[must_use]
    pub fn print(conditions: &[Self]) -> String {
        let parts = conditions.iter().flat_map(|condition| [&condition.field, &condition.operator, &condition.value]);
        parts.map(String::as_str).collect::<Vec<_>>().join(&SEPARATOR.to_string())
    }

    /// Reads what [`Condition::print`] wrote; anything else is no condition.
    #[must_use]
    pub fn parse(text: &str) -> Vec<Self> {
        let parts: Vec<&str> = text.split(SEPARATOR).collect();
        let condition = |parts: &[&str]| match parts {
            [field, operator, value] if !field.is_empty() => {
                Some(Self { field: (*field).to_owned(), operator: (*operator).to_owned(), value: (*value).to_owned() })
            }
            _ => None,
        };
        parts.chunks(3).filter_map(condition).collect()
    }

    /// Whether the operator asks for a value at all.
    #[must_use]
    pub fn takes_value(operator: &str) -> bool {
        !matches!(ComparisonOperator::from(operator), ComparisonOperator::Empty | ComparisonOperator::NotEmpty)
    }

    /// As it is sent: numbers for the operators that compare numbers and times, otherwise text.
    fn to_wire(&self) -> MetadataCondition {
        use ComparisonOperator as Operator;
        let operator = Operator::from(self.operator.as_str());
        let is_number = matches!(
            operator,
            Operator::Equal
                | Operator::NotEqual
                | Operator::Greater
                | Operator::Less
                | Operator::GreaterOrEqual
                | Operator::LessOrEqual
                | Operator::Before
                | Operator::After
        );
        let number = self.value.trim().parse::<serde_json::Number>().ok().filter(|_| is_number);
        let value = match (Self::takes_value(&self.operator), number) {
            (false, _) => serde_json::Value::Null,
            (true, Some(number)) => number.into(),
            (true, None) => self.value.clone().into(),
        };
        MetadataCondition { name: self.field.trim().to_owned(), comparison_operator: operator, value }
    }
}

impl Default for RetrievalSettings {
    fn default() -> Self {
        Self { method: SearchMethod::FullText, top_k: 10, score_threshold: None, conditions: Vec::new() }
    }
}

impl RetrievalSettings {
    /// Whether the method needs an embedding model, so that an economy knowledge base cannot answer it.
    #[must_use]
    pub fn needs_embeddings(method: &SearchMethod) -> bool {
        matches!(method, SearchMethod::Semantic | SearchMethod::Hybrid)
    }

    /// The method to begin with: the knowledge base's own, unless its technique cannot serve it.
    #[must_use]
    pub fn method_for(technique: &IndexingTechnique, own: Option<&RetrievalModel>) -> SearchMethod {
        match own.map(|model| &model.search_method) {
            Some(method)
                if method.is_known() && (*technique == IndexingTechnique::HighQuality || !Self::needs_embeddings(method)) =>
            {
                method.clone()
            }
            _ if *technique == IndexingTechnique::HighQuality => SearchMethod::Semantic,
            _ => SearchMethod::Keyword,
        }
    }

    /// The settings as they are sent: real servers answer 500 when a required one is missing, so all are said.
    #[must_use]
    pub fn to_wire(&self) -> RetrievalModel {
        RetrievalModel {
            search_method: self.method.clone(),
            top_k: self.top_k.clamp(1, TOP_K_MAX),
            score_threshold_enabled: self.score_threshold.is_some(),
            score_threshold: self.score_threshold.map(|hundredths| f64::from(hundredths.min(100)) / 100.0),
            metadata_filtering_conditions: (!self.conditions.is_empty()).then(|| MetadataFilter {
                logical_operator: Some("and".to_owned()),
                conditions: self.conditions.iter().map(Condition::to_wire).collect(),
            }),
            ..RetrievalModel::default()
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn sends_every_required_setting() {
        let sent =
            serde_json::to_value(RetrievalSettings { score_threshold: Some(35), ..RetrievalSettings::default() }.to_wire())
                .unwrap();
        assert_eq!(sent["search_method"], "full_text_search");
        assert_eq!(sent["reranking_enable"], false);
        assert_eq!(sent["score_threshold_enabled"], true);
        assert_eq!(sent["score_threshold"], 0.35);
        assert_eq!(sent["top_k"], 10);
    }

    #[test]
    fn an_economy_knowledge_base_is_not_asked_for_meaning() {
        let semantic = RetrievalModel { search_method: SearchMethod::Semantic, ..RetrievalModel::default() };
        assert_eq!(RetrievalSettings::method_for(&IndexingTechnique::Economy, Some(&semantic)), SearchMethod::Keyword);
        assert_eq!(RetrievalSettings::method_for(&IndexingTechnique::HighQuality, Some(&semantic)), SearchMethod::Semantic);
    }

    #[test]
    fn conditions_survive_the_address_and_become_numbers_where_they_are_compared() {
        let condition = |operator: &str, value: &str| Condition {
            field: "year".to_owned(),
            operator: operator.to_owned(),
            value: value.to_owned(),
        };
        let conditions = vec![condition("is", "a, b"), condition("≥", "2024"), condition("empty", "")];
        assert_eq!(Condition::parse(&Condition::print(&conditions)), conditions);
        assert!(Condition::parse("").is_empty());
        let sent = serde_json::to_value(RetrievalSettings { conditions, ..RetrievalSettings::default() }.to_wire()).unwrap();
        let sent = &sent["metadata_filtering_conditions"]["conditions"];
        assert_eq!(
            (&sent[0]["value"], &sent[1]["value"], &sent[2]["value"]),
            (&"a, b".into(), &2024.into(), &serde_json::Value::Null)
        );
    }
}
