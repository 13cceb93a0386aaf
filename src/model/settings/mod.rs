//! The settings of a knowledge base: what a form of them holds, what is wrong with it, what a change costs, what is sent.

mod changes;
mod check;
mod defaults;

use loredesk_wire::{Dataset, IndexingTechnique, Permission};
use serde::{Deserialize, Serialize};

use super::shared_draft::{SharedDraft, SharedForm};

pub use self::{
    changes::{NewKind, create, members_after, update},
    check::{Consequence, Problem, consequences, problems},
    defaults::{Reranking, RetrievalDefaults},
};

/// A model and its provider, as both stand on the wire; empty where none is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ModelChoice {
    /// Provider identifier.
    pub provider: String,
    /// Model identifier.
    pub model: String,
}

impl ModelChoice {
    /// A choice of those.
    #[must_use]
    pub fn new(provider: Option<&str>, model: Option<&str>) -> Self {
        Self { provider: provider.unwrap_or_default().to_owned(), model: model.unwrap_or_default().to_owned() }
    }

    /// Whether nothing is chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.model.trim().is_empty()
    }
}

/// What a person can change of a knowledge base.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SettingsForm {
    /// Name.
    pub name: String,
    /// Description.
    pub description: String,
    /// Who may see it, as it stands on the wire.
    pub permission: String,
    /// Account ids that may, with `partial_members`.
    pub members: Vec<String>,
    /// Economy or high quality, as it stands on the wire; empty while it is not chosen.
    pub technique: String,
    /// Embedding model of a high-quality one.
    pub embedding: ModelChoice,
    /// How an app retrieves from it unless it says otherwise.
    pub retrieval: RetrievalDefaults,
    /// Id of the knowledge base at an external service.
    pub external_id: String,
    /// Id of the connection to that service.
    pub external_api_id: String,
    /// Results wanted from an external one, as typed.
    pub external_top_k: String,
    /// Whether its least score counts.
    pub external_has_threshold: bool,
    /// Its least score in hundredths.
    pub external_threshold: u32,
}

/// One thing that can be changed, as the form shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Name.
    Name,
    /// Description.
    Description,
    /// Who may see it.
    Permission,
    /// Economy or high quality.
    Technique,
    /// Embedding model.
    Embedding,
    /// Retrieval settings.
    Retrieval,
    /// Where an external one is kept.
    External,
    /// Retrieval settings of an external one.
    ExternalRetrieval,
}

impl Field {
    /// Every field, in the order of the form.
    pub const EVERY: [Self; 8] = [
        Self::Name,
        Self::Description,
        Self::Permission,
        Self::Technique,
        Self::Embedding,
        Self::Retrieval,
        Self::External,
        Self::ExternalRetrieval,
    ];
}

/// Settings that were changed and not saved.
pub type SettingsDraft = SharedDraft<SettingsForm>;

/// Whether it is kept at an external service.
#[must_use]
pub fn is_external(dataset: &Dataset) -> bool {
    dataset.provider == "external"
}

impl SettingsForm {
    /// What the server has.
    #[must_use]
    pub fn of(dataset: &Dataset) -> Self {
        let external = dataset.external_knowledge_info.clone().unwrap_or_default();
        let outside = dataset.external_retrieval_model.clone().unwrap_or_default();
        let embedding = ModelChoice::new(dataset.embedding_model_provider.as_deref(), dataset.embedding_model.as_deref());
        Self {
            name: dataset.name.clone(),
            description: dataset.description.clone(),
            permission: dataset.permission.as_str().to_owned(),
            members: dataset.partial_member_list.clone().unwrap_or_default(),
            technique: dataset.indexing_technique.as_str().to_owned(),
            embedding,
            retrieval: dataset.retrieval_model_dict.as_ref().map(RetrievalDefaults::of).unwrap_or_default(),
            external_id: external.external_knowledge_id.unwrap_or_default(),
            external_api_id: external.external_knowledge_api_id.unwrap_or_default(),
            external_top_k: outside.top_k.unwrap_or(2).to_string(),
            external_has_threshold: outside.score_threshold_enabled.unwrap_or_default(),
            external_threshold: defaults::hundredths(outside.score_threshold),
        }
    }

    /// Whether it is to have embeddings.
    #[must_use]
    pub fn is_high_quality(&self) -> bool {
        self.technique == IndexingTechnique::HighQuality.as_str()
    }

    /// Whether a list says who may see it.
    #[must_use]
    pub fn has_members(&self) -> bool {
        self.permission == Permission::PartialMembers.as_str()
    }

    /// Whether a field differs.
    #[must_use]
    pub fn differs(&self, other: &Self, field: Field) -> bool {
        match field {
            Field::Name => self.name.trim() != other.name.trim(),
            Field::Description => self.description != other.description,
            Field::Permission => {
                self.permission != other.permission || self.has_members() && !same(&self.members, &other.members)
            }
            Field::Technique => self.technique != other.technique,
            // An economy one has none; some servers keep the old one's name.
            Field::Embedding => self.is_high_quality() && other.is_high_quality() && self.embedding != other.embedding,
            Field::Retrieval => self.retrieval.differs(&other.retrieval),
            Field::External => self.external_id != other.external_id || self.external_api_id != other.external_api_id,
            Field::ExternalRetrieval => {
                self.external_top_k.trim() != other.external_top_k.trim()
                    || self.external_has_threshold != other.external_has_threshold
                    || self.external_has_threshold && self.external_threshold != other.external_threshold
            }
        }
    }

    /// The fields that differ.
    #[must_use]
    pub fn differing(&self, other: &Self) -> Vec<Field> {
        Field::EVERY.into_iter().filter(|field| self.differs(other, *field)).collect()
    }

    /// Takes a field from another form.
    fn take(&mut self, field: Field, from: &Self) {
        match field {
            Field::Name => self.name.clone_from(&from.name),
            Field::Description => self.description.clone_from(&from.description),
            Field::Permission => {
                self.permission.clone_from(&from.permission);
                self.members.clone_from(&from.members);
            }
            Field::Technique => {
                self.technique.clone_from(&from.technique);
                self.embedding.clone_from(&from.embedding);
            }
            Field::Embedding => self.embedding.clone_from(&from.embedding),
            Field::Retrieval => self.retrieval.clone_from(&from.retrieval),
            Field::External => {
                self.external_id.clone_from(&from.external_id);
                self.external_api_id.clone_from(&from.external_api_id);
            }
            Field::ExternalRetrieval => {
                self.external_top_k.clone_from(&from.external_top_k);
                self.external_has_threshold = from.external_has_threshold;
                self.external_threshold = from.external_threshold;
            }
        }
    }

    /// What was changed of `base`, on top of what somebody else made of it.
    #[must_use]
    pub fn rebased(&self, base: &Self, theirs: &Self) -> Self {
        let mut form = theirs.clone();
        self.differing(base).into_iter().for_each(|field| form.take(field, self));
        form
    }
}

impl SharedForm for SettingsForm {
    fn merge(&mut self, known: &Self, theirs: &Self) -> bool {
        let mine = self.clone();
        *self = mine.rebased(known, theirs);
        mine.differing(known).into_iter().any(|field| theirs.differs(known, field) && theirs.differs(&mine, field))
    }
}

fn same(a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().all(|one| b.contains(one))
}

/// Whether writing `wanted` over `now` needs a question: the server no longer has what the edit began with, and does not have
/// what is wanted either. Times are not compared: indexing moves them too.
#[must_use]
pub fn is_conflict(base: &SettingsForm, wanted: &SettingsForm, now: &SettingsForm) -> bool {
    Field::EVERY.into_iter().any(|field| now.differs(base, field) && now.differs(wanted, field))
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn form(name: &str) -> SettingsForm {
        SettingsForm::of(&Dataset {
            name: name.to_owned(),
            permission: Permission::OnlyMe,
            indexing_technique: IndexingTechnique::Economy,
            ..Dataset::default()
        })
    }

    #[test]
    fn a_change_goes_on_top_of_somebody_elses() {
        let base = form("Pumps");
        let mine = SettingsForm { description: "mine".to_owned(), ..base.clone() };
        let theirs = SettingsForm { name: "Valves".to_owned(), ..base.clone() };
        assert!(is_conflict(&base, &mine, &theirs));
        let both = mine.rebased(&base, &theirs);
        assert_eq!((both.name.as_str(), both.description.as_str()), ("Valves", "mine"));
        assert!(!is_conflict(&theirs, &both, &theirs));
        // Somebody has already done what is wanted.
        assert!(!is_conflict(&base, &mine, &mine.clone()));
        assert!(!is_conflict(&base, &mine, &base));
    }

    #[test]
    fn a_list_of_members_counts_only_with_its_permission() {
        let base = form("Pumps");
        let with = SettingsForm { members: vec!["a".to_owned()], ..base.clone() };
        assert!(with.differing(&base).is_empty());
        let partial = SettingsForm { permission: "partial_members".to_owned(), ..with.clone() };
        assert_eq!(partial.differing(&base), [Field::Permission]);
        let other = SettingsForm { members: vec!["b".to_owned()], ..partial.clone() };
        assert_eq!(other.differing(&partial), [Field::Permission]);
    }
}
