//! What is wrong with settings before they are sent, and what a change costs.

use loredesk_wire::Dataset;

use super::{Field, Reranking, SettingsForm, defaults::parse_top_k, is_external};
use crate::model::{
    id::AccountId,
    knowledge_base::{DESCRIPTION_MAX, NameProblem, check_name},
};

/// What is wrong, each at its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The name.
    Name(NameProblem),
    /// The description is too long.
    DescriptionTooLong,
    /// Nobody is on the list.
    NoMembers,
    /// This is no account id.
    BadMember(String),
    /// High quality without an embedding model.
    NoEmbedding,
    /// The retrieval method needs embeddings.
    MethodNeedsEmbeddings,
    /// No usable number of results.
    TopK,
    /// Reranking without a model.
    NoRerankModel,
    /// An external one without its two ids.
    NoExternalId,
}

impl Problem {
    /// The fields that it comes from.
    fn fields(&self) -> &'static [Field] {
        match self {
            Self::Name(_) => &[Field::Name],
            Self::DescriptionTooLong => &[Field::Description],
            Self::NoMembers | Self::BadMember(_) => &[Field::Permission],
            Self::NoEmbedding => &[Field::Technique, Field::Embedding],
            Self::MethodNeedsEmbeddings => &[Field::Technique, Field::Retrieval],
            Self::TopK => &[Field::Retrieval, Field::ExternalRetrieval],
            Self::NoRerankModel => &[Field::Retrieval],
            Self::NoExternalId => &[Field::External],
        }
    }
}

/// Everything that is wrong with what is changed of `base`: what a server has taken before keeps nobody from saving something
/// else. Without a base, everything counts. `taken` are the names of the other knowledge bases.
#[must_use]
pub fn problems<'a>(
    form: &SettingsForm,
    base: Option<&SettingsForm>,
    external: bool,
    taken: impl Iterator<Item = &'a str>,
) -> Vec<Problem> {
    let mut found = all_problems(form, external, taken);
    if let Some(base) = base {
        found.retain(|problem| problem.fields().iter().any(|field| form.differs(base, *field)));
    }
    found
}

fn all_problems<'a>(form: &SettingsForm, external: bool, taken: impl Iterator<Item = &'a str>) -> Vec<Problem> {
    let mut found = Vec::new();
    if let Err(problem) = check_name(&form.name, taken) {
        found.push(Problem::Name(problem));
    }
    if form.description.chars().count() > DESCRIPTION_MAX {
        found.push(Problem::DescriptionTooLong);
    }
    if form.has_members() {
        if form.members.is_empty() {
            found.push(Problem::NoMembers);
        }
        let bad = form.members.iter().find(|member| AccountId::parse(member).is_none());
        found.extend(bad.cloned().map(Problem::BadMember));
    }
    if external {
        if form.external_id.trim().is_empty() || form.external_api_id.trim().is_empty() {
            found.push(Problem::NoExternalId);
        }
        if parse_top_k(&form.external_top_k).is_none() {
            found.push(Problem::TopK);
        }
        return found;
    }
    if form.is_high_quality() && form.embedding.is_empty() {
        found.push(Problem::NoEmbedding);
    }
    if !form.is_high_quality() && form.retrieval.needs_embeddings() {
        found.push(Problem::MethodNeedsEmbeddings);
    }
    if form.retrieval.results().is_none() {
        found.push(Problem::TopK);
    }
    if form.retrieval.reranking == Reranking::Model && form.retrieval.rerank_model.is_empty() {
        found.push(Problem::NoRerankModel);
    }
    found
}

/// What a change costs or takes away; said before it is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consequence {
    /// Embeddings are thrown away; getting them back costs as much as the first time.
    LosesEmbeddings,
    /// Every document gets embeddings: documents and characters.
    Embeds(u64, u64),
    /// Every document gets new embeddings from another model: documents and characters.
    EmbedsAnew(u64, u64),
    /// Whoever is not on the list does not see it any more, the desk's own account included.
    MayHide,
    /// Everybody else does not see it any more.
    OnlyMe,
}

/// What changing `base` to `wanted` costs, for a knowledge base as it is now.
#[must_use]
pub fn consequences(dataset: &Dataset, base: &SettingsForm, wanted: &SettingsForm) -> Vec<Consequence> {
    let size = (dataset.total_documents.max(dataset.document_count), dataset.word_count);
    let mut found = Vec::new();
    if !is_external(dataset) {
        match (base.is_high_quality(), wanted.is_high_quality()) {
            (true, false) => found.push(Consequence::LosesEmbeddings),
            (false, true) if size.0 > 0 => found.push(Consequence::Embeds(size.0, size.1)),
            (true, true) if wanted.differs(base, Field::Embedding) && size.0 > 0 => {
                found.push(Consequence::EmbedsAnew(size.0, size.1));
            }
            _ => {}
        }
    }
    if wanted.differs(base, Field::Permission) {
        if wanted.has_members() {
            found.push(Consequence::MayHide);
        } else if wanted.permission == "only_me" {
            found.push(Consequence::OnlyMe);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{ModelChoice, tests::form};
    use super::*;

    fn high_quality(model: &str) -> SettingsForm {
        SettingsForm {
            technique: "high_quality".to_owned(),
            embedding: ModelChoice::new(Some("p"), Some(model)),
            ..form("Pumps")
        }
    }

    #[test]
    fn every_problem_is_found_at_once() {
        let mut bad = SettingsForm { permission: "partial_members".to_owned(), ..high_quality("") };
        bad.members = vec!["ann".to_owned()];
        bad.retrieval.top_k = "0".to_owned();
        bad.retrieval.reranking = Reranking::Model;
        let found = problems(&bad, None, false, ["Pumps"].into_iter());
        assert_eq!(
            found,
            [
                Problem::Name(NameProblem::Taken),
                Problem::BadMember("ann".to_owned()),
                Problem::NoEmbedding,
                Problem::TopK,
                Problem::NoRerankModel
            ]
        );
        assert!(problems(&form("Pumps"), None, false, [].into_iter()).is_empty());
        assert_eq!(problems(&form("Pumps"), None, true, [].into_iter()), [Problem::NoExternalId]);
        // Only the name is changed; the rest is as the server has it, and none of this form's business.
        let renamed = SettingsForm { name: "Valves".to_owned(), ..bad.clone() };
        assert!(problems(&renamed, Some(&bad), false, ["Pumps"].into_iter()).is_empty());
        let mut hybrid = high_quality("m");
        hybrid.retrieval.method = "hybrid_search".to_owned();
        let economy = SettingsForm { technique: "economy".to_owned(), ..hybrid.clone() };
        assert_eq!(problems(&economy, Some(&hybrid), false, [].into_iter()), [Problem::MethodNeedsEmbeddings]);
    }

    #[test]
    fn what_cannot_be_undone_or_costs_is_said() {
        let dataset = Dataset { total_documents: 3, word_count: 9_000, ..Dataset::default() };
        let cost = |base: &SettingsForm, wanted: &SettingsForm| consequences(&dataset, base, wanted);
        assert_eq!(cost(&high_quality("a"), &form("Pumps")), [Consequence::LosesEmbeddings]);
        assert_eq!(cost(&form("Pumps"), &high_quality("a")), [Consequence::Embeds(3, 9_000)]);
        assert_eq!(cost(&high_quality("a"), &high_quality("b")), [Consequence::EmbedsAnew(3, 9_000)]);
        assert!(cost(&high_quality("a"), &high_quality("a")).is_empty());
        let few = SettingsForm { permission: "partial_members".to_owned(), ..form("Pumps") };
        assert_eq!(cost(&form("Pumps"), &few), [Consequence::MayHide]);
    }
}
