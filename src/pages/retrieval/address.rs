//! The settings of a retrieval in the address: everything one sees can be passed on and loaded again.

use loredesk_wire::SearchMethod;

use crate::{
    model::{
        conditions::Condition,
        retrieval::{ModelName, Ranking, RetrievalSettings, TOP_K_MAX},
    },
    state::url::UrlParameters,
};

/// The names of one set of settings in the address: method, results at most, least score, order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Names {
    method: &'static str,
    top_k: &'static str,
    least: &'static str,
    order: &'static str,
}

/// The first set.
pub const FIRST: Names = Names { method: "method", top_k: "top_k", least: "least", order: "order" };
/// The second one, in a comparison.
pub const SECOND: Names = Names { method: "method_b", top_k: "top_k_b", least: "least_b", order: "order_b" };

/// Says that there is none, where leaving it out would mean the knowledge base's own.
const NONE: &str = "off";
/// Between provider and model; nobody types it.
const SEPARATOR: char = '\u{1f}';

/// Reads settings from the address; what it does not name is the knowledge base's own.
#[must_use]
pub fn read(parameters: &UrlParameters, names: Names, own: &RetrievalSettings) -> RetrievalSettings {
    let method = SearchMethod::from(parameters.get(names.method));
    let least = u32::try_from(parameters.number(names.least, 101, 0..=100)).ok().filter(|least| *least <= 100);
    RetrievalSettings {
        method: if method.is_known() { method } else { own.method.clone() },
        top_k: parameters.number(names.top_k, own.top_k, 1..=TOP_K_MAX),
        score_threshold: match parameters.get(names.least) {
            NONE => None,
            _ => least.or(own.score_threshold),
        },
        ranking: read_ranking(parameters.get(names.order)).unwrap_or_else(|| own.ranking.clone()),
        conditions: Condition::parse(parameters.get("where")),
        is_any: parameters.get("match") == "any",
    }
}

/// The values of a set for the address, by their names; the conditions, which both sets share, are not among them.
#[must_use]
pub fn values(settings: &RetrievalSettings, names: Names) -> [(&'static str, String); 4] {
    [
        (names.method, settings.method.as_str().to_owned()),
        (names.top_k, settings.top_k.clamp(1, TOP_K_MAX).to_string()),
        (names.least, settings.score_threshold.map_or_else(|| NONE.to_owned(), |least| least.to_string())),
        (names.order, print_ranking(&settings.ranking)),
    ]
}

/// The values of the conditions.
#[must_use]
pub fn condition_values(conditions: &[Condition], is_any: bool) -> [(&'static str, String); 2] {
    let is_any = is_any && conditions.len() > 1;
    [("where", Condition::print(conditions)), ("match", if is_any { "any".to_owned() } else { String::new() })]
}

fn print_ranking(ranking: &Ranking) -> String {
    match ranking {
        Ranking::Score => NONE.to_owned(),
        Ranking::Weights(share) => format!("weights{SEPARATOR}{share}"),
        Ranking::Model(model) => format!("model{SEPARATOR}{}{SEPARATOR}{}", model.provider, model.model),
    }
}

fn read_ranking(text: &str) -> Option<Ranking> {
    let parts: Vec<&str> = text.split(SEPARATOR).collect();
    match parts.as_slice() {
        [NONE] => Some(Ranking::Score),
        ["weights", share] => share.parse().ok().filter(|share| *share <= 100).map(Ranking::Weights),
        ["model", provider, model] => {
            Some(Ranking::Model(ModelName { provider: (*provider).to_owned(), model: (*model).to_owned() }))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use loredesk_wire::ComparisonOperator;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn settings_are_read_from_the_address() {
        let own = RetrievalSettings { method: SearchMethod::Keyword, score_threshold: Some(20), ..RetrievalSettings::default() };
        assert_eq!(read(&UrlParameters::default(), FIRST, &own), own);
        let parameters = UrlParameters::parse("method=hybrid_search&top_k=3&least=35&top_k_b=900&least_b=101");
        let first = read(&parameters, FIRST, &own);
        assert_eq!((first.method, first.top_k, first.score_threshold), (SearchMethod::Hybrid, 3, Some(35)));
        let second = read(&parameters, SECOND, &own);
        assert_eq!((second.method, second.top_k, second.score_threshold), (SearchMethod::Keyword, 10, Some(20)));
        let off = read(&UrlParameters::parse("least=off&order=off"), FIRST, &own);
        assert_eq!((off.score_threshold, off.ranking), (None, Ranking::Score));
    }

    fn ranking() -> impl Strategy<Value = Ranking> {
        prop_oneof![
            Just(Ranking::Score),
            (0..=100_u32).prop_map(Ranking::Weights),
            ("[a-z/_]{0,12}", "\\PC{0,12}").prop_map(|(provider, model)| Ranking::Model(ModelName { provider, model })),
        ]
    }

    fn condition() -> impl Strategy<Value = Condition> {
        let operators: Vec<&str> = ComparisonOperator::KNOWN.iter().map(ComparisonOperator::as_str).collect();
        ("\\PC{1,12}", proptest::sample::select(operators), "\\PC{0,20}").prop_map(|(field, operator, value)| Condition {
            field,
            operator: operator.to_owned(),
            value,
        })
    }

    fn settings() -> impl Strategy<Value = RetrievalSettings> {
        let method = proptest::sample::select(SearchMethod::KNOWN.to_vec());
        let least = proptest::option::of(0..=100_u32);
        let conditions = proptest::collection::vec(condition(), 0..4);
        (method, 1..=TOP_K_MAX, least, ranking(), conditions, any::<bool>()).prop_map(
            |(method, top_k, score_threshold, ranking, conditions, is_any)| RetrievalSettings {
                method,
                top_k,
                score_threshold,
                ranking,
                is_any: is_any && conditions.len() > 1,
                conditions,
            },
        )
    }

    proptest! {
        #[test]
        fn whatever_is_set_survives_the_address(first in settings(), second in settings(), own in settings()) {
            let second = RetrievalSettings { conditions: first.conditions.clone(), is_any: first.is_any, ..second };
            let all = values(&first, FIRST)
                .into_iter()
                .chain(values(&second, SECOND))
                .chain(condition_values(&first.conditions, first.is_any));
            let parameters = all.fold(UrlParameters::default(), |parameters, (name, value)| parameters.with(name, &value));
            let loaded = UrlParameters::parse(&parameters.print());
            prop_assert_eq!(read(&loaded, FIRST, &own), first);
            prop_assert_eq!(read(&loaded, SECOND, &own), second);
        }
    }
}
