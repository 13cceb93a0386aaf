//! Settings on their way to the wire.

use loredesk_wire::{
    CreateDataset, ExternalRetrievalModel, IndexingTechnique, PartialMember, Permission, SummaryIndexSetting, UpdateDataset,
};

use super::{Field, Reranking, SettingsForm, defaults::parse_top_k};
use crate::model::knowledge_base::PIPELINE_MODE;

fn members(form: &SettingsForm) -> Option<Vec<PartialMember>> {
    form.has_members().then(|| form.members.iter().map(|id| PartialMember { user_id: id.clone() }).collect())
}

fn filled(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn outside(form: &SettingsForm) -> ExternalRetrievalModel {
    ExternalRetrievalModel {
        top_k: parse_top_k(&form.external_top_k),
        score_threshold: Some(f64::from(form.external_threshold.min(100)) / 100.0),
        score_threshold_enabled: Some(form.external_has_threshold),
    }
}

/// The change from `base` to `wanted`, and nothing else: what somebody else changed meanwhile is not undone.
#[must_use]
pub fn update(base: &SettingsForm, wanted: &SettingsForm, external: bool) -> UpdateDataset {
    let mut body = UpdateDataset::default();
    let changed = wanted.differing(base);
    let has = |field| changed.contains(&field);
    if has(Field::Name) {
        body.name = Some(wanted.name.trim().to_owned());
    }
    if has(Field::Description) {
        body.description = Some(wanted.description.clone());
    }
    if has(Field::Permission) {
        body.permission = Some(Permission::from(wanted.permission.as_str()));
        body.partial_member_list = members(wanted);
    }
    if external {
        // Servers want both ids with every change of an external one.
        body.external_knowledge_id = filled(&wanted.external_id);
        body.external_knowledge_api_id = filled(&wanted.external_api_id);
        body.external_retrieval_model = has(Field::ExternalRetrieval).then(|| outside(wanted));
        return body;
    }
    let has_index = has(Field::Technique) || has(Field::Embedding);
    if has_index {
        body.indexing_technique = Some(IndexingTechnique::from(wanted.technique.as_str()));
        if wanted.is_high_quality() {
            body.embedding_model = filled(&wanted.embedding.model);
            body.embedding_model_provider = filled(&wanted.embedding.provider);
        }
    }
    if has(Field::Retrieval) || has_index && wanted.retrieval.reranking == Reranking::Weights {
        body.retrieval_model = Some(wanted.retrieval.to_wire(&wanted.embedding));
    }
    body
}

/// What is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewKind {
    /// One on the server, filled with files and texts.
    Own,
    /// One on the server, filled by its built-in pipeline: only the embedded host makes those.
    Pipeline,
    /// One that an external service keeps.
    External,
}

/// A new knowledge base. What is as the server has it anyway is left out, so that older servers see nothing that they do not know.
#[must_use]
pub fn create(form: &SettingsForm, kind: NewKind, retrieval: bool, summary: Option<SummaryIndexSetting>) -> CreateDataset {
    let mut body = CreateDataset {
        name: form.name.trim().to_owned(),
        description: Some(form.description.clone()),
        permission: Some(if form.has_members() { Permission::OnlyMe } else { Permission::from(form.permission.as_str()) }),
        ..CreateDataset::default()
    };
    if kind == NewKind::External {
        body.provider = Some("external".to_owned());
        body.external_knowledge_id = filled(&form.external_id);
        body.external_knowledge_api_id = filled(&form.external_api_id);
        return body;
    }
    body.indexing_technique = Some(IndexingTechnique::from(form.technique.as_str()));
    if form.is_high_quality() {
        body.embedding_model = filled(&form.embedding.model);
        body.embedding_model_provider = filled(&form.embedding.provider);
    }
    body.retrieval_model = retrieval.then(|| form.retrieval.to_wire(&form.embedding));
    body.summary_index_setting = summary;
    body.runtime_mode = (kind == NewKind::Pipeline).then(|| PIPELINE_MODE.to_owned());
    body
}

/// What has to be sent after creating: a list of members, which creating does not take.
#[must_use]
pub fn members_after(form: &SettingsForm, external: bool) -> Option<UpdateDataset> {
    let made = SettingsForm { permission: Permission::OnlyMe.as_str().to_owned(), members: Vec::new(), ..form.clone() };
    form.has_members().then(|| update(&made, form, external))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::{Value, json};

    use super::super::{ModelChoice, tests::form};
    use super::*;

    fn sent(base: &SettingsForm, wanted: &SettingsForm, external: bool) -> serde_json::Value {
        serde_json::to_value(update(base, wanted, external)).unwrap()
    }

    #[test]
    fn only_what_changed_is_sent() {
        let base = form("Pumps");
        assert_eq!(sent(&base, &base, false), json!({}));
        let renamed = SettingsForm { name: " Valves ".to_owned(), ..base.clone() };
        assert_eq!(sent(&base, &renamed, false), json!({"name": "Valves"}));
        let mut few = SettingsForm { permission: "partial_members".to_owned(), ..base.clone() };
        few.members = vec!["u".to_owned()];
        let expected = json!({"permission": "partial_members", "partial_member_list": [{"user_id": "u"}]});
        assert_eq!(sent(&base, &few, false), expected);
    }

    #[test]
    fn a_new_embedding_model_takes_its_weights_along() {
        let mut base = form("Pumps");
        base.technique = "high_quality".to_owned();
        base.embedding = ModelChoice::new(Some("p"), Some("small"));
        base.retrieval.method = "hybrid_search".to_owned();
        base.retrieval.reranking = Reranking::Weights;
        let wanted = SettingsForm { embedding: ModelChoice::new(Some("p"), Some("large")), ..base.clone() };
        let body = sent(&base, &wanted, false);
        assert_eq!(body["indexing_technique"], "high_quality");
        assert_eq!(body["embedding_model"], "large");
        assert_eq!(body["retrieval_model"]["weights"]["vector_setting"]["embedding_model_name"], "large");
    }

    #[test]
    fn an_external_one_always_says_where_it_is() {
        let base = SettingsForm { external_id: "k".to_owned(), external_api_id: "a".to_owned(), ..form("Pumps") };
        let wanted = SettingsForm { external_top_k: "7".to_owned(), ..base.clone() };
        let body = sent(&base, &wanted, true);
        assert_eq!((&body["external_knowledge_id"], &body["external_knowledge_api_id"]), (&json!("k"), &json!("a")));
        assert_eq!(body["external_retrieval_model"]["top_k"], 7);
    }

    /// What a schema stands for, where it is a reference into the contract.
    fn resolved<'a>(contract: &'a Value, schema: &'a Value) -> &'a Value {
        let named = schema["$ref"].as_str().and_then(|name| contract.pointer(name.trim_start_matches('#')));
        named.map_or(schema, |schema| resolved(contract, schema))
    }

    /// The fields of a schema and of the objects in it, as paths.
    fn declared(contract: &Value, schema: &Value, before: &str, found: &mut BTreeSet<String>) {
        for (name, field) in resolved(contract, schema)["properties"].as_object().into_iter().flatten() {
            let field = resolved(contract, field);
            let inner = if field["type"] == "array" { &field["items"] } else { field };
            declared(contract, inner, &format!("{before}{name}."), found);
            found.insert(format!("{before}{name}"));
        }
    }

    /// The fields of a body, in the same way.
    fn sent_in(body: &Value, before: &str, found: &mut BTreeSet<String>) {
        for (name, value) in body.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null()) {
            let inner = value.as_array().and_then(|all| all.first()).unwrap_or(value);
            sent_in(inner, &format!("{before}{name}."), found);
            found.insert(format!("{before}{name}"));
        }
    }

    fn contract(path: &str, method: &str) -> BTreeSet<String> {
        let contract: Value = serde_json::from_str(include_str!("../../../tests/fixtures/dify-openapi.json")).unwrap();
        let schema = &contract["paths"][path][method]["requestBody"]["content"]["application/json"]["schema"];
        let mut found = BTreeSet::new();
        declared(&contract, schema, "", &mut found);
        assert!(!found.is_empty(), "{path}");
        // The form has no filter; what a knowledge base keeps is put in by `api/safe_settings.rs`.
        found.retain(|path| !path.starts_with("retrieval_model.metadata_filtering_conditions"));
        found
    }

    /// A form that differs from a new one in everything, with weights or with a reranking model.
    fn full(reranking: Reranking) -> SettingsForm {
        let mut full = SettingsForm {
            name: "Valves".to_owned(),
            description: "All of them".to_owned(),
            permission: "partial_members".to_owned(),
            members: vec!["u".to_owned()],
            technique: "high_quality".to_owned(),
            embedding: ModelChoice::new(Some("p"), Some("m")),
            external_id: "k".to_owned(),
            external_api_id: "a".to_owned(),
            external_top_k: "7".to_owned(),
            external_has_threshold: true,
            ..form("Pumps")
        };
        full.retrieval.method = "hybrid_search".to_owned();
        full.retrieval.has_threshold = true;
        full.retrieval.reranking = reranking;
        full.retrieval.rerank_model = ModelChoice::new(Some("p"), Some("r"));
        full
    }

    fn sent_paths(bodies: Vec<Value>) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for body in bodies {
            sent_in(&body, "", &mut found);
        }
        found
    }

    #[test]
    fn every_field_of_the_contract_can_be_sent() {
        let (weights, model) = (full(Reranking::Weights), full(Reranking::Model));
        let base = form("Pumps");
        let updates = [(&weights, false), (&model, false), (&weights, true)].map(|(form, external)| sent(&base, form, external));
        assert_eq!(sent_paths(updates.to_vec()), contract("/datasets/{dataset_id}", "patch"));
        let summary = || {
            Some(SummaryIndexSetting {
                enable: Some(true),
                model_name: Some("m".to_owned()),
                model_provider_name: Some("p".to_owned()),
                summary_prompt: Some("Say it shorter.".to_owned()),
            })
        };
        let creates = [(&weights, NewKind::Own), (&model, NewKind::Own), (&weights, NewKind::External)]
            .map(|(form, kind)| serde_json::to_value(create(form, kind, true, summary())).unwrap());
        assert_eq!(sent_paths(creates.to_vec()), contract("/datasets", "post"));
    }

    #[test]
    fn a_list_of_members_goes_behind_the_new_one() {
        let wanted = full(Reranking::Weights);
        assert_eq!(create(&wanted, NewKind::Own, false, None).permission, Some(Permission::OnlyMe));
        let after = serde_json::to_value(members_after(&wanted, false)).unwrap();
        assert_eq!(after, json!({"permission": "partial_members", "partial_member_list": [{"user_id": "u"}]}));
        assert_eq!(members_after(&form("Pumps"), false), None);
    }

    #[test]
    fn the_simple_new_one_says_no_more_than_it_must() {
        let body = serde_json::to_value(create(&form("Pumps"), NewKind::Own, false, None)).unwrap();
        let expected = json!({"name": "Pumps", "description": "", "permission": "only_me", "indexing_technique": "economy"});
        assert_eq!(body, expected);
        let piped = serde_json::to_value(create(&form("Pumps"), NewKind::Pipeline, false, None)).unwrap();
        assert_eq!((&piped["runtime_mode"], &piped["provider"]), (&json!("rag_pipeline"), &Value::Null));
    }
}
