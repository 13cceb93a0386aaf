//! Retrieval settings that a knowledge base keeps, as a form holds them.

use loredesk_wire::{RerankingModel, RetrievalModel, SearchMethod};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::ModelChoice;
use crate::model::retrieval::RetrievalSettings;

/// What sorts the results again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reranking {
    /// Nothing.
    #[default]
    None,
    /// A reranking model.
    Model,
    /// Weights of meaning and words; hybrid search only.
    Weights,
}

/// Retrieval settings as a form holds them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RetrievalDefaults {
    /// Method, as it stands on the wire.
    pub method: String,
    /// Results wanted, as typed.
    pub top_k: String,
    /// Whether the least score counts.
    pub has_threshold: bool,
    /// Least score in hundredths.
    pub threshold: u32,
    /// What sorts the results again.
    pub reranking: Reranking,
    /// The reranking model.
    pub rerank_model: ModelChoice,
    /// Weight of meaning in hundredths; words have the rest.
    pub semantic_weight: u32,
}

impl Default for RetrievalDefaults {
    fn default() -> Self {
        Self {
            method: SearchMethod::Keyword.as_str().to_owned(),
            top_k: "4".to_owned(),
            has_threshold: false,
            threshold: 50,
            reranking: Reranking::None,
            rerank_model: ModelChoice::default(),
            semantic_weight: 70,
        }
    }
}

/// A share of one, in hundredths.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held between 0 and 100 first")]
pub(super) fn hundredths(share: Option<f64>) -> u32 {
    share.map_or(50, |share| (share.clamp(0.0, 1.0) * 100.0).round() as u32)
}

impl RetrievalDefaults {
    /// What the server has.
    #[must_use]
    pub fn of(model: &RetrievalModel) -> Self {
        let named = model.reranking_model.clone().unwrap_or_default();
        let rerank_model = ModelChoice { provider: named.reranking_provider_name, model: named.reranking_model_name };
        let weight = model.weights.as_ref().and_then(|weights| weights["vector_setting"]["vector_weight"].as_f64());
        // Servers keep the mode when it is switched off; weights are told by their mode alone (recorded with enable false).
        let reranking = match model.reranking_mode.as_deref() {
            Some("weighted_score") if model.search_method == SearchMethod::Hybrid => Reranking::Weights,
            _ if model.reranking_enable => Reranking::Model,
            _ => Reranking::None,
        };
        Self {
            method: model.search_method.as_str().to_owned(),
            top_k: model.top_k.to_string(),
            has_threshold: model.score_threshold_enabled,
            threshold: hundredths(model.score_threshold),
            reranking,
            rerank_model,
            semantic_weight: weight.map_or(70, |weight| hundredths(Some(weight))),
        }
    }

    /// The method.
    #[must_use]
    pub fn search_method(&self) -> SearchMethod {
        SearchMethod::from(self.method.as_str())
    }

    /// Whether the method needs embeddings.
    #[must_use]
    pub fn needs_embeddings(&self) -> bool {
        RetrievalSettings::needs_embeddings(&self.search_method())
    }

    /// Results wanted, if what was typed is a number that servers take.
    #[must_use]
    pub fn results(&self) -> Option<u64> {
        parse_top_k(&self.top_k)
    }

    /// Whether anything that counts differs.
    #[must_use]
    pub fn differs(&self, other: &Self) -> bool {
        self.method != other.method
            || self.top_k.trim() != other.top_k.trim()
            || self.has_threshold != other.has_threshold
            || self.has_threshold && self.threshold != other.threshold
            || self.reranking != other.reranking
            || self.reranking == Reranking::Model && self.rerank_model != other.rerank_model
            || self.reranking == Reranking::Weights && self.semantic_weight != other.semantic_weight
    }

    /// As it is sent; servers want every setting said. Weights name the embedding model, and go on naming the old one after it
    /// has changed unless they are sent again.
    #[must_use]
    pub fn to_wire(&self, embedding: &ModelChoice) -> RetrievalModel {
        let reranking_model = (self.reranking == Reranking::Model).then(|| RerankingModel {
            reranking_provider_name: self.rerank_model.provider.clone(),
            reranking_model_name: self.rerank_model.model.clone(),
        });
        let share = |hundredths: u32| f64::from(hundredths.min(100)) / 100.0;
        let weights = (self.reranking == Reranking::Weights).then(|| {
            json!({
                "weight_type": "customized",
                "vector_setting": {
                    "vector_weight": share(self.semantic_weight),
                    "embedding_provider_name": embedding.provider,
                    "embedding_model_name": embedding.model,
                },
                "keyword_setting": {"keyword_weight": share(100 - self.semantic_weight.min(100))},
            })
        });
        let reranking_mode = match self.reranking {
            Reranking::None => None,
            Reranking::Model => Some("reranking_model".to_owned()),
            Reranking::Weights => Some("weighted_score".to_owned()),
        };
        RetrievalModel {
            search_method: self.search_method(),
            reranking_enable: self.reranking == Reranking::Model,
            reranking_mode,
            reranking_model,
            weights,
            top_k: self.results().unwrap_or(4),
            score_threshold_enabled: self.has_threshold,
            score_threshold: self.has_threshold.then(|| share(self.threshold)),
            metadata_filtering_conditions: None,
        }
    }
}

/// A number of results that servers take.
#[must_use]
pub(super) fn parse_top_k(text: &str) -> Option<u64> {
    text.trim().parse().ok().filter(|top_k| (1..=crate::model::retrieval::TOP_K_MAX).contains(top_k))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn weights_name_the_embedding_model() {
        let embedding = ModelChoice::new(Some("p"), Some("m"));
        let defaults = RetrievalDefaults {
            method: "hybrid_search".to_owned(),
            reranking: Reranking::Weights,
            ..RetrievalDefaults::default()
        };
        let sent = defaults.to_wire(&embedding);
        let weights = sent.weights.unwrap_or_default();
        assert_eq!(weights["vector_setting"]["embedding_model_name"], "m");
        assert_eq!(weights["keyword_setting"]["keyword_weight"], 0.3);
        assert!(!sent.reranking_enable && sent.reranking_mode.as_deref() == Some("weighted_score"));
    }

    proptest! {
        #[test]
        fn what_is_sent_reads_as_what_was_set(
            method in prop::sample::select(vec!["keyword_search", "semantic_search", "full_text_search", "hybrid_search"]),
            top_k in 1..=50_u64,
            has_threshold: bool,
            threshold in 0..=100_u32,
            semantic_weight in 0..=100_u32,
            reranking in 0..3,
        ) {
            let reranking = match reranking {
                1 => Reranking::Model,
                2 if method == "hybrid_search" => Reranking::Weights,
                _ => Reranking::None,
            };
            let rerank_model = ModelChoice::new(Some("p"), Some("r"));
            let set = RetrievalDefaults {
                method: method.to_owned(), top_k: top_k.to_string(), has_threshold, threshold, reranking, rerank_model, semantic_weight,
            };
            let read = RetrievalDefaults::of(&set.to_wire(&ModelChoice::new(Some("p"), Some("m"))));
            prop_assert!(!read.differs(&set), "{read:?}");
        }
    }
}
