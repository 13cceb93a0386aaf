//! Conditions on the metadata of documents, as a form holds them, and their way to the wire and to the address.

use loredesk_wire::{ComparisonOperator, MetadataCondition, MetadataFilter};

/// A condition on metadata as a form holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// Field name.
    pub field: String,
    /// Operator, as it stands on the wire.
    pub operator: String,
    /// Value, as it was typed; a time in epoch seconds.
    pub value: String,
}

/// Between the parts of a condition and between conditions in the address; nobody types it.
const SEPARATOR: char = '\u{1f}';

/// What kind of value an operator compares, and so which editor it gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    /// None at all.
    Nothing,
    /// A text.
    Text,
    /// Several texts.
    Texts,
    /// A number.
    Number,
    /// A point in time.
    Time,
}

/// The type of a metadata field, as far as conditions care.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldType {
    /// Texts, and every type that the desk does not know.
    Text,
    /// Numbers.
    Number,
    /// Points in time.
    Time,
    /// The field is not one that the knowledge base lists: every operator is offered.
    #[default]
    Unknown,
}

impl FieldType {
    /// The type by its name on the wire.
    #[must_use]
    pub fn of(name: &str) -> Self {
        match name {
            "number" => Self::Number,
            "time" => Self::Time,
            _ => Self::Text,
        }
    }

    /// The operators that servers compare it by.
    #[must_use]
    pub fn operators(self) -> Vec<ComparisonOperator> {
        use ComparisonOperator as Operator;
        let any = [Operator::Empty, Operator::NotEmpty];
        match self {
            Self::Text => [
                Operator::Is,
                Operator::IsNot,
                Operator::Contains,
                Operator::NotContains,
                Operator::StartsWith,
                Operator::EndsWith,
                Operator::In,
                Operator::NotIn,
            ]
            .into_iter()
            .chain(any)
            .collect(),
            Self::Number => [
                Operator::Equal,
                Operator::NotEqual,
                Operator::Greater,
                Operator::Less,
                Operator::GreaterOrEqual,
                Operator::LessOrEqual,
            ]
            .into_iter()
            .chain(any)
            .collect(),
            Self::Time => [Operator::Before, Operator::After, Operator::Equal].into_iter().chain(any).collect(),
            Self::Unknown => ComparisonOperator::KNOWN.to_vec(),
        }
    }
}

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

    /// What the operator asks for, with a field of that type.
    #[must_use]
    pub fn operand(operator: &str, field: FieldType) -> Operand {
        use ComparisonOperator as Operator;
        match ComparisonOperator::from(operator) {
            Operator::Empty | Operator::NotEmpty => Operand::Nothing,
            Operator::In | Operator::NotIn => Operand::Texts,
            Operator::Before | Operator::After => Operand::Time,
            Operator::Equal if field == FieldType::Time => Operand::Time,
            Operator::Equal
            | Operator::NotEqual
            | Operator::Greater
            | Operator::Less
            | Operator::GreaterOrEqual
            | Operator::LessOrEqual => Operand::Number,
            _ => Operand::Text,
        }
    }

    /// Whether it lacks the value that its operator asks for: it is not sent then, because servers find nothing or fail.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        let value = self.value.trim();
        match Self::operand(&self.operator, FieldType::Unknown) {
            Operand::Nothing => false,
            Operand::Text => value.is_empty(),
            Operand::Texts => texts(value).is_empty(),
            Operand::Number | Operand::Time => value.parse::<serde_json::Number>().is_err(),
        }
    }

    /// As it is sent: numbers for the operators that compare numbers and times, a list for those that look into one.
    fn to_wire(&self) -> MetadataCondition {
        let number = self.value.trim().parse::<serde_json::Number>().ok();
        let value = match (Self::operand(&self.operator, FieldType::Unknown), number) {
            (Operand::Nothing, _) => serde_json::Value::Null,
            (Operand::Texts, _) => texts(&self.value).into(),
            (Operand::Number | Operand::Time, Some(number)) => number.into(),
            _ => self.value.clone().into(),
        };
        MetadataCondition {
            name: self.field.trim().to_owned(),
            comparison_operator: ComparisonOperator::from(self.operator.as_str()),
            value,
        }
    }
}

/// The filter of several conditions; none without a complete one.
#[must_use]
pub fn filter(conditions: &[Condition], is_any: bool) -> Option<MetadataFilter> {
    let conditions: Vec<_> = conditions.iter().filter(|condition| !condition.is_incomplete()).map(Condition::to_wire).collect();
    (!conditions.is_empty())
        .then(|| MetadataFilter { logical_operator: Some(if is_any { "or" } else { "and" }.to_owned()), conditions })
}

/// The parts of a list as people type it.
fn texts(value: &str) -> Vec<String> {
    let parts = value.split([',', '，', ';', '；', '\n']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(operator: &str, value: &str) -> Condition {
        Condition { field: "year".to_owned(), operator: operator.to_owned(), value: value.to_owned() }
    }

    fn sent(operator: &str, value: &str) -> serde_json::Value {
        condition(operator, value).to_wire().value
    }

    #[test]
    fn conditions_survive_the_address() {
        let conditions = vec![condition("is", "a, b"), condition("≥", "2024"), condition("empty", "")];
        assert_eq!(Condition::parse(&Condition::print(&conditions)), conditions);
        assert!(Condition::parse("").is_empty());
    }

    #[test]
    fn a_value_is_sent_as_its_operator_compares_it() {
        assert_eq!(sent("is", "a, b"), "a, b");
        assert_eq!(sent("≥", "2024"), 2024);
        assert_eq!(sent("before", " 1795309338 "), 1_795_309_338);
        assert_eq!(sent("in", "a, b，c"), serde_json::json!(["a", "b", "c"]));
        assert_eq!(sent("empty", "left over"), serde_json::Value::Null);
    }

    #[test]
    fn a_condition_without_its_value_is_not_sent() {
        assert!(filter(&[condition("is", " "), condition(">", "x"), condition("in", ", ")], false).is_none());
        let sent = filter(&[condition("empty", ""), condition("is", "")], true).unwrap_or_default();
        assert_eq!((sent.conditions.len(), sent.logical_operator.as_deref()), (1, Some("or")));
    }

    #[test]
    fn every_operator_of_the_contract_can_be_chosen_for_some_type() {
        let offered: Vec<ComparisonOperator> =
            [FieldType::Text, FieldType::Number, FieldType::Time].into_iter().flat_map(FieldType::operators).collect();
        assert!(ComparisonOperator::KNOWN.iter().all(|operator| offered.contains(operator)));
        assert_eq!(FieldType::Unknown.operators().len(), ComparisonOperator::KNOWN.len());
    }
}
