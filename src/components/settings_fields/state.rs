//! What the fields hold, and what is wrong with it.

use leptos::prelude::*;

use crate::model::settings::{Field, ModelChoice, Problem, Reranking, RetrievalDefaults, SettingsForm};

/// The fields of retrieval settings. `Copy`, so that every handler of a form can have them.
#[derive(Clone, Copy)]
pub struct RetrievalState {
    /// Method, as it stands on the wire.
    pub method: RwSignal<String>,
    /// Results wanted, as typed.
    pub top_k: RwSignal<String>,
    /// Whether the least score counts.
    pub has_threshold: RwSignal<bool>,
    /// Least score in hundredths.
    pub threshold: RwSignal<u32>,
    /// What sorts the results again.
    pub reranking: RwSignal<Reranking>,
    /// The reranking model.
    pub rerank_model: RwSignal<ModelChoice>,
    /// Weight of meaning in hundredths.
    pub semantic_weight: RwSignal<u32>,
}

impl RetrievalState {
    /// Fields that hold settings.
    #[must_use]
    pub fn new(settings: &RetrievalDefaults) -> Self {
        Self {
            method: RwSignal::new(settings.method.clone()),
            top_k: RwSignal::new(settings.top_k.clone()),
            has_threshold: RwSignal::new(settings.has_threshold),
            threshold: RwSignal::new(settings.threshold),
            reranking: RwSignal::new(settings.reranking),
            rerank_model: RwSignal::new(settings.rerank_model.clone()),
            semantic_weight: RwSignal::new(settings.semantic_weight),
        }
    }

    /// What they hold now; tracks.
    #[must_use]
    pub fn now(self) -> RetrievalDefaults {
        RetrievalDefaults {
            method: self.method.get(),
            top_k: self.top_k.get(),
            has_threshold: self.has_threshold.get(),
            threshold: self.threshold.get(),
            reranking: self.reranking.get(),
            rerank_model: self.rerank_model.get(),
            semantic_weight: self.semantic_weight.get(),
        }
    }

    /// Fills them.
    pub fn fill(self, settings: RetrievalDefaults) {
        self.method.set(settings.method);
        self.top_k.set(settings.top_k);
        self.has_threshold.set(settings.has_threshold);
        self.threshold.set(settings.threshold);
        self.reranking.set(settings.reranking);
        self.rerank_model.set(settings.rerank_model);
        self.semantic_weight.set(settings.semantic_weight);
    }
}

/// The fields of all settings. `Copy`, so that every handler of a form can have them.
#[derive(Clone, Copy)]
pub struct SettingsState {
    /// Name.
    pub name: RwSignal<String>,
    /// Description.
    pub description: RwSignal<String>,
    /// Who may see it, as it stands on the wire.
    pub permission: RwSignal<String>,
    /// Account ids that may.
    pub members: RwSignal<Vec<String>>,
    /// Economy or high quality, as it stands on the wire.
    pub technique: RwSignal<String>,
    /// Embedding model.
    pub embedding: RwSignal<ModelChoice>,
    /// Retrieval settings.
    pub retrieval: RetrievalState,
    /// Id at an external service.
    pub external_id: RwSignal<String>,
    /// Id of the connection to it.
    pub external_api_id: RwSignal<String>,
    /// Results wanted from it, as typed.
    pub external_top_k: RwSignal<String>,
    /// Whether its least score counts.
    pub external_has_threshold: RwSignal<bool>,
    /// Its least score in hundredths.
    pub external_threshold: RwSignal<u32>,
}

impl SettingsState {
    /// Fields that hold settings.
    #[must_use]
    pub fn new(form: &SettingsForm) -> Self {
        Self {
            name: RwSignal::new(form.name.clone()),
            description: RwSignal::new(form.description.clone()),
            permission: RwSignal::new(form.permission.clone()),
            members: RwSignal::new(form.members.clone()),
            technique: RwSignal::new(form.technique.clone()),
            embedding: RwSignal::new(form.embedding.clone()),
            retrieval: RetrievalState::new(&form.retrieval),
            external_id: RwSignal::new(form.external_id.clone()),
            external_api_id: RwSignal::new(form.external_api_id.clone()),
            external_top_k: RwSignal::new(form.external_top_k.clone()),
            external_has_threshold: RwSignal::new(form.external_has_threshold),
            external_threshold: RwSignal::new(form.external_threshold),
        }
    }

    /// What they hold now; tracks.
    #[must_use]
    pub fn now(self) -> SettingsForm {
        SettingsForm {
            name: self.name.get(),
            description: self.description.get(),
            permission: self.permission.get(),
            members: self.members.get(),
            technique: self.technique.get(),
            embedding: self.embedding.get(),
            retrieval: self.retrieval.now(),
            external_id: self.external_id.get(),
            external_api_id: self.external_api_id.get(),
            external_top_k: self.external_top_k.get(),
            external_has_threshold: self.external_has_threshold.get(),
            external_threshold: self.external_threshold.get(),
        }
    }

    /// Fills them.
    pub fn fill(self, form: SettingsForm) {
        self.name.set(form.name);
        self.description.set(form.description);
        self.permission.set(form.permission);
        self.members.set(form.members);
        self.technique.set(form.technique);
        self.embedding.set(form.embedding);
        self.retrieval.fill(form.retrieval);
        self.external_id.set(form.external_id);
        self.external_api_id.set(form.external_api_id);
        self.external_top_k.set(form.external_top_k);
        self.external_has_threshold.set(form.external_has_threshold);
        self.external_threshold.set(form.external_threshold);
    }
}

/// What is wrong, to be said at the fields.
#[derive(Clone, Copy)]
pub struct Wrong {
    /// What the desk itself finds.
    pub problems: Memo<Vec<Problem>>,
    /// Whether saving has been tried: an empty form is not wrong yet.
    pub has_tried: RwSignal<bool>,
    /// The field that the server refused, with its sentence.
    pub refused: Signal<Option<(Field, String)>>,
}

impl Wrong {
    /// The words for a field: those that `words` has for a problem of it, or the server's own.
    pub fn at(self, field: Field, words: impl Fn(&Problem) -> Option<String> + Send + Sync + 'static) -> Signal<Option<String>> {
        Signal::derive(move || {
            let own = self.problems.with(|problems| problems.iter().find_map(&words));
            own.or_else(|| self.refused.with(|refused| refused.clone().filter(|(at, _)| *at == field).map(|(_, said)| said)))
        })
    }
}
