//! Retrieval settings as a form holds them, and their way to the wire.

use loredesk_wire::{IndexingTechnique, RerankingModel, RetrievalModel, SearchMethod};

use super::conditions::{Condition, filter};

/// Longest query in characters (from the contract).
pub const QUERY_MAX: usize = 250;
/// Most results the desk asks for.
pub const TOP_K_MAX: u64 = 50;
/// The share of meaning in a hybrid search that the server's own console begins with, in hundredths.
pub const MEANING_SHARE: u32 = 70;

/// `reranking_mode` of the contract.
const BY_WEIGHTS: &str = "weighted_score";
/// `reranking_mode` of the contract.
const BY_MODEL: &str = "reranking_model";

/// What decides the order of what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Ranking {
    /// The score of the search itself.
    #[default]
    Score,
    /// Of a hybrid search, both scores together: the share of meaning in hundredths, the rest is the words'.
    Weights(u32),
    /// A reranking model.
    Model(ModelName),
}

/// A model of a provider.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModelName {
    /// Identifier of the provider.
    pub provider: String,
    /// Identifier of the model.
    pub model: String,
}

/// Settings of one retrieval.
#[derive(Clone, Debug, PartialEq)]
pub struct RetrievalSettings {
    /// How passages are looked for.
    pub method: SearchMethod,
    /// Results wanted, 1 to [`TOP_K_MAX`].
    pub top_k: u64,
    /// Least score in hundredths, 0 to 100; `None` counts every score.
    pub score_threshold: Option<u32>,
    /// What decides the order.
    pub ranking: Ranking,
    /// Conditions on metadata.
    pub conditions: Vec<Condition>,
    /// Whether one condition is enough; otherwise all of them hold.
    pub is_any: bool,
}

impl Default for RetrievalSettings {
    fn default() -> Self {
        Self {
            method: SearchMethod::FullText,
            top_k: 10,
            score_threshold: None,
            ranking: Ranking::Score,
            conditions: Vec::new(),
            is_any: false,
        }
    }
}

impl Ranking {
    /// The ranking of stored settings.
    #[must_use]
    pub fn of(model: &RetrievalModel) -> Self {
        let named = model.reranking_model.as_ref().filter(|named| !named.reranking_model_name.is_empty());
        let is_by_weights = model.reranking_mode.as_deref() == Some(BY_WEIGHTS);
        let share = || {
            let share = model.weights.as_ref()?.pointer("/vector_setting/vector_weight")?.as_f64()?;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of 0 to 100")]
            let hundredths = (share.clamp(0.0, 1.0) * 100.0).round() as u32;
            Some(hundredths)
        };
        match named {
            Some(named) if model.reranking_enable && !is_by_weights => Self::Model(ModelName {
                provider: named.reranking_provider_name.clone(),
                model: named.reranking_model_name.clone(),
            }),
            _ if model.search_method == SearchMethod::Hybrid => Self::Weights(share().unwrap_or(MEANING_SHARE)),
            _ => Self::Score,
        }
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

    /// The settings to begin with: the knowledge base's own, with which apps retrieve, as far as its technique can serve them.
    #[must_use]
    pub fn of(technique: &IndexingTechnique, own: Option<&RetrievalModel>) -> Self {
        let method = Self::method_for(technique, own);
        let plain = Self { method, ..Self::default() };
        let Some(own) = own else { return plain };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a score of 0 to 100")]
        let least = own
            .score_threshold
            .filter(|_| own.score_threshold_enabled)
            .map(|least| (least.clamp(0.0, 1.0) * 100.0).round() as u32);
        let is_economy = *technique != IndexingTechnique::HighQuality;
        Self {
            top_k: if own.top_k == 0 { plain.top_k } else { own.top_k.min(TOP_K_MAX) },
            score_threshold: least,
            ranking: if is_economy { Ranking::Score } else { Ranking::of(own) },
            ..plain
        }
    }

    /// The settings as they are sent: real servers answer 500 when a required one is missing, so all are said. The weights name
    /// the embedding model, because servers compare meanings once more by it.
    #[must_use]
    pub fn to_wire(&self, embedding: &ModelName) -> RetrievalModel {
        let is_hybrid = self.method == SearchMethod::Hybrid;
        let plain = RetrievalModel {
            search_method: self.method.clone(),
            top_k: self.top_k.clamp(1, TOP_K_MAX),
            score_threshold_enabled: self.score_threshold.is_some(),
            score_threshold: self.score_threshold.map(|hundredths| f64::from(hundredths.min(100)) / 100.0),
            metadata_filtering_conditions: filter(&self.conditions, self.is_any),
            ..RetrievalModel::default()
        };
        match &self.ranking {
            Ranking::Model(model) if self.method != SearchMethod::Keyword && !model.model.trim().is_empty() => RetrievalModel {
                reranking_enable: true,
                reranking_mode: Some(BY_MODEL.to_owned()),
                reranking_model: Some(RerankingModel {
                    reranking_provider_name: model.provider.trim().to_owned(),
                    reranking_model_name: model.model.trim().to_owned(),
                }),
                ..plain
            },
            Ranking::Weights(share) if is_hybrid => {
                RetrievalModel { reranking_mode: Some(BY_WEIGHTS.to_owned()), weights: Some(weights(*share, embedding)), ..plain }
            }
            _ => plain,
        }
    }
}

fn weights(share: u32, embedding: &ModelName) -> serde_json::Value {
    let share = share.min(100);
    let kind = match share {
        100 => "semantic_first",
        0 => "keyword_first",
        _ => "customized",
    };
    serde_json::json!({
        "weight_type": kind,
        "vector_setting": {
            "vector_weight": f64::from(share) / 100.0,
            "embedding_provider_name": embedding.provider,
            "embedding_model_name": embedding.model,
        },
        "keyword_setting": { "keyword_weight": f64::from(100 - share) / 100.0 },
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn sent(settings: &RetrievalSettings) -> serde_json::Value {
        let embedding = ModelName { provider: "openai".to_owned(), model: "small".to_owned() };
        serde_json::to_value(settings.to_wire(&embedding)).unwrap()
    }

    #[test]
    fn sends_every_required_setting() {
        let sent = sent(&RetrievalSettings { score_threshold: Some(35), ..RetrievalSettings::default() });
        assert_eq!(sent["search_method"], "full_text_search");
        assert_eq!(sent["reranking_enable"], false);
        assert_eq!(sent["score_threshold_enabled"], true);
        assert_eq!(sent["score_threshold"], 0.35);
        assert_eq!(sent["top_k"], 10);
    }

    #[test]
    fn weights_go_with_a_hybrid_search_only() {
        let of =
            |method, share| sent(&RetrievalSettings { method, ranking: Ranking::Weights(share), ..RetrievalSettings::default() });
        let hybrid = of(SearchMethod::Hybrid, 65);
        assert_eq!(
            (&hybrid["reranking_mode"], &hybrid["weights"]["weight_type"]),
            (&"weighted_score".into(), &"customized".into())
        );
        assert_eq!(hybrid["weights"]["vector_setting"]["vector_weight"], 0.65);
        assert_eq!(hybrid["weights"]["vector_setting"]["embedding_model_name"], "small");
        assert_eq!(hybrid["weights"]["keyword_setting"]["keyword_weight"], 0.35);
        assert_eq!(of(SearchMethod::Hybrid, 100)["weights"]["weight_type"], "semantic_first");
        assert_eq!(of(SearchMethod::Hybrid, 0)["weights"]["weight_type"], "keyword_first");
        assert!(of(SearchMethod::Semantic, 65)["weights"].is_null());
    }

    #[test]
    fn a_reranking_model_is_sent_whole_or_not_at_all() {
        let of = |method, model: &str| {
            let ranking = Ranking::Model(ModelName { provider: "cohere".to_owned(), model: model.to_owned() });
            sent(&RetrievalSettings { method, ranking, ..RetrievalSettings::default() })
        };
        let semantic = of(SearchMethod::Semantic, "rerank-3");
        assert_eq!((&semantic["reranking_enable"], &semantic["reranking_mode"]), (&true.into(), &"reranking_model".into()));
        assert_eq!(semantic["reranking_model"]["reranking_model_name"], "rerank-3");
        assert_eq!(of(SearchMethod::Semantic, " ")["reranking_enable"], false);
        assert_eq!(of(SearchMethod::Keyword, "rerank-3")["reranking_enable"], false);
    }

    #[test]
    fn an_economy_knowledge_base_is_not_asked_for_meaning() {
        let semantic = RetrievalModel { search_method: SearchMethod::Semantic, ..RetrievalModel::default() };
        assert_eq!(RetrievalSettings::method_for(&IndexingTechnique::Economy, Some(&semantic)), SearchMethod::Keyword);
        assert_eq!(RetrievalSettings::method_for(&IndexingTechnique::HighQuality, Some(&semantic)), SearchMethod::Semantic);
    }

    #[test]
    fn the_knowledge_bases_own_settings_come_first() {
        let settings = RetrievalSettings {
            method: SearchMethod::Hybrid,
            top_k: 3,
            score_threshold: Some(40),
            ranking: Ranking::Weights(20),
            ..RetrievalSettings::default()
        };
        let stored = settings.to_wire(&ModelName::default());
        assert_eq!(RetrievalSettings::of(&IndexingTechnique::HighQuality, Some(&stored)), settings);
        let economy = RetrievalSettings::of(&IndexingTechnique::Economy, Some(&stored));
        assert_eq!((economy.method, economy.top_k, economy.ranking), (SearchMethod::Keyword, 3, Ranking::Score));
        let model = Ranking::Model(ModelName { provider: "cohere".to_owned(), model: "rerank".to_owned() });
        let stored = RetrievalSettings { ranking: model.clone(), ..settings }.to_wire(&ModelName::default());
        assert_eq!(Ranking::of(&stored), model);
        assert_eq!(RetrievalSettings::of(&IndexingTechnique::HighQuality, None).top_k, 10);
    }
}
