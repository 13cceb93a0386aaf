//! Retrieval settings as a form holds them, and their way to the wire.

use loredesk_wire::{IndexingTechnique, RetrievalModel, SearchMethod};

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
}

impl Default for RetrievalSettings {
    fn default() -> Self {
        Self { method: SearchMethod::FullText, top_k: 10, score_threshold: None }
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
}
