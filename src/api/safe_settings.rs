//! Writing the settings of a knowledge base so that nobody's work is lost, and making one so that none is made twice.

use std::future::Future;

use loredesk_wire::{CreateDataset, Dataset, UpdateDataset};

use super::{ApiError, Client, ErrorKind, dify};
use crate::model::{
    id::KnowledgeBaseId,
    settings::{Field, SettingsForm, is_conflict, is_external, update},
};

/// Where one knowledge base lives.
pub trait SettingsStore {
    /// Reads it.
    fn get(&self) -> impl Future<Output = Result<Dataset, ApiError>>;
    /// Changes it.
    fn update(&self, change: &UpdateDataset) -> impl Future<Output = Result<Dataset, ApiError>>;
}

/// A knowledge base on a server.
#[derive(Clone)]
pub struct RemoteSettings(pub Client, pub KnowledgeBaseId);

impl SettingsStore for RemoteSettings {
    async fn get(&self) -> Result<Dataset, ApiError> {
        dify::datasets::get(&self.0, &self.1).await
    }

    async fn update(&self, change: &UpdateDataset) -> Result<Dataset, ApiError> {
        dify::datasets::update(&self.0, &self.1, change).await
    }
}

/// How a write ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// The server has this now; with the fields that it did not take although it called the write a success.
    Done(Box<Dataset>, Vec<Field>),
    /// Nothing was written: somebody else changed it to this meanwhile.
    Conflict(Box<Dataset>),
}

/// Brings a knowledge base to `wanted`, unless it is no longer `base` on the server. Only what differs is sent.
///
/// # Errors
/// See [`ErrorKind`]; after a lost answer only if what is there now is not what was wanted.
pub async fn write(store: &impl SettingsStore, base: &SettingsForm, wanted: &SettingsForm) -> Result<Written, ApiError> {
    let before = store.get().await?;
    let now = SettingsForm::of(&before);
    if is_conflict(base, wanted, &now) {
        return Ok(Written::Conflict(Box::new(before)));
    }
    let touched = wanted.differing(&now);
    if touched.is_empty() {
        return Ok(Written::Done(Box::new(before), Vec::new()));
    }
    let mut change = update(&now, wanted, is_external(&before));
    if let Some(model) = &mut change.retrieval_model {
        // The form has no conditions on metadata, and a server takes the settings of retrieval as a whole.
        model.metadata_filtering_conditions =
            before.retrieval_model_dict.as_ref().and_then(|kept| kept.metadata_filtering_conditions.clone());
    }
    let answer = store.update(&change).await;
    match answer {
        Err(error) if !error.is_outcome_unknown() => Err(error),
        Err(error) => match store.get().await {
            Ok(after) if untaken(&touched, wanted, &[&after]).is_empty() => Ok(Written::Done(Box::new(after), Vec::new())),
            _ => Err(error),
        },
        Ok(answered) => {
            // Read back: the detail shows what the next reader will see. A real server's detail says keyword search for every
            // economy one whatever it keeps, so what the answer itself says counts too.
            let after = store.get().await;
            let seen = [Some(&answered), after.as_ref().ok()];
            let seen: Vec<&Dataset> = seen.into_iter().flatten().collect();
            let untaken = untaken(&touched, wanted, &seen);
            Ok(Written::Done(Box::new(after.unwrap_or(answered)), untaken))
        }
    }
}

/// The touched fields that no answer has as they were wanted.
fn untaken(touched: &[Field], wanted: &SettingsForm, seen: &[&Dataset]) -> Vec<Field> {
    let seen: Vec<SettingsForm> = seen.iter().map(|dataset| SettingsForm::of(dataset)).collect();
    let is_untaken = |field: &Field| seen.iter().all(|form| form.differs(wanted, *field));
    touched.iter().copied().filter(is_untaken).collect()
}

/// Where knowledge bases are made.
pub trait Library {
    /// The knowledge base of exactly that name.
    fn find(&self, name: &str) -> impl Future<Output = Result<Option<Dataset>, ApiError>>;
    /// Makes one.
    fn create(&self, body: &CreateDataset) -> impl Future<Output = Result<Dataset, ApiError>>;
}

impl Library for Client {
    async fn find(&self, name: &str) -> Result<Option<Dataset>, ApiError> {
        Ok(dify::datasets::list_all(self).await?.into_iter().find(|dataset| dataset.name == name))
    }

    async fn create(&self, body: &CreateDataset) -> Result<Dataset, ApiError> {
        dify::datasets::create(self, body).await
    }
}

/// A knowledge base that was not made, as far as is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Unmade {
    /// Why.
    pub error: ApiError,
    /// Whether it may be there all the same; the next attempt has to say so.
    pub is_unsure: bool,
}

/// Makes a knowledge base, and looks before and after, so that none is made twice and none is taken for a stranger's. With
/// `is_unsure`, an attempt before may have made it. The name tells: a server never has two of one name.
///
/// # Errors
/// See [`Unmade`].
pub async fn create(library: &impl Library, body: &CreateDataset, is_unsure: bool) -> Result<Dataset, Unmade> {
    let was_there = match library.find(&body.name).await {
        Ok(Some(made)) if is_unsure && is_as_sent(&made, body) => return Ok(made),
        Ok(found) => found.is_some(),
        // It may be there, and cannot be looked for: then nothing is sent again.
        Err(error) if is_unsure => return Err(Unmade { error, is_unsure }),
        // A list that fails keeps nobody from making one. A refusal of the name then stays what it is.
        Err(_) => true,
    };
    let error = match library.create(body).await {
        Ok(made) => return Ok(made),
        Err(error) => error,
    };
    // A browser sends a request again by itself when the connection breaks under it. Then the name is taken, by our own first one.
    let is_own_name = error.kind == ErrorKind::Conflict && !was_there;
    if !error.is_outcome_unknown() && !is_own_name {
        return Err(Unmade { error, is_unsure: false });
    }
    match library.find(&body.name).await {
        Ok(Some(made)) if is_as_sent(&made, body) => Ok(made),
        Ok(Some(_)) => Err(Unmade { error, is_unsure: false }),
        Ok(None) | Err(_) => Err(Unmade { error, is_unsure: true }),
    }
}

/// Whether a knowledge base is what was sent, as new as that.
fn is_as_sent(made: &Dataset, body: &CreateDataset) -> bool {
    made.document_count == 0 && made.description == body.description.clone().unwrap_or_default()
}

/// Deletes a knowledge base. One that is not there any more is deleted.
///
/// # Errors
/// `Conflict` when apps still use it; after a lost answer only if it is still there.
pub async fn delete(client: &Client, id: &KnowledgeBaseId) -> Result<(), ApiError> {
    match dify::datasets::delete(client, id).await {
        Err(error) if error.kind == ErrorKind::NotFound => Ok(()),
        Err(error) if error.is_outcome_unknown() => match dify::datasets::get(client, id).await {
            Err(gone) if gone.kind == ErrorKind::NotFound => Ok(()),
            _ => Err(error),
        },
        outcome => outcome,
    }
}

/// The field that a refusal is about, where the server says so: real ones name a field only when a value has the wrong form.
#[must_use]
pub fn field_of(error: &ApiError) -> Option<Field> {
    let message = error.message.to_lowercase();
    match &error.kind {
        ErrorKind::Conflict => Some(Field::Name),
        ErrorKind::Invalid(Some(field)) => match field.split('.').next().unwrap_or_default() {
            "name" => Some(Field::Name),
            "description" => Some(Field::Description),
            "permission" | "partial_member_list" => Some(Field::Permission),
            "indexing_technique" => Some(Field::Technique),
            "embedding_model" | "embedding_model_provider" => Some(Field::Embedding),
            "retrieval_model" => Some(Field::Retrieval),
            "external_knowledge_id" | "external_knowledge_api_id" => Some(Field::External),
            "external_retrieval_model" => Some(Field::ExternalRetrieval),
            _ => None,
        },
        ErrorKind::Invalid(None) | ErrorKind::Model if message.contains("rerank") => Some(Field::Retrieval),
        ErrorKind::Invalid(None) if message.contains("external") => Some(Field::External),
        ErrorKind::Invalid(None) if message.starts_with("provider ") || message.contains("text-embedding") => {
            Some(Field::Embedding)
        }
        ErrorKind::Invalid(None) | ErrorKind::Model if message.contains("embedding model") => Some(Field::Embedding),
        _ => None,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::cell::{Cell, RefCell};

    use loredesk_wire::{IndexingTechnique, MetadataFilter, Permission, RetrievalModel};

    use super::*;

    /// Imitates a server; the real client needs a browser.
    #[derive(Default)]
    struct Imitation {
        dataset: RefCell<Dataset>,
        all: RefCell<Vec<Dataset>>,
        writes: Cell<u32>,
        loses_answers: bool,
        /// So many looks for a name get an answer; `None` is all.
        finds: Cell<Option<u32>>,
        /// The request arrives twice, and the second answer is the one that comes back.
        sends_twice: bool,
        /// Says yes to a description and keeps the old one.
        forgets_description: bool,
    }

    fn lost() -> ApiError {
        ApiError::local(ErrorKind::Offline, "PATCH", "datasets")
    }

    impl SettingsStore for Imitation {
        async fn get(&self) -> Result<Dataset, ApiError> {
            Ok(self.dataset.borrow().clone())
        }

        async fn update(&self, change: &UpdateDataset) -> Result<Dataset, ApiError> {
            self.writes.set(self.writes.get() + 1);
            let mut dataset = self.dataset.borrow_mut();
            if let Some(name) = &change.name {
                dataset.name.clone_from(name);
            }
            if let Some(description) = change.description.as_ref().filter(|_| !self.forgets_description) {
                dataset.description.clone_from(description);
            }
            if let Some(model) = &change.retrieval_model {
                // As a whole: what is left out is gone.
                dataset.retrieval_model_dict = Some(model.clone());
            }
            if self.loses_answers { Err(lost()) } else { Ok(dataset.clone()) }
        }
    }

    impl Library for Imitation {
        async fn find(&self, name: &str) -> Result<Option<Dataset>, ApiError> {
            match self.finds.get() {
                Some(0) => return Err(lost()),
                left => self.finds.set(left.map(|left| left - 1)),
            }
            Ok(self.all.borrow().iter().find(|dataset| dataset.name == name).cloned())
        }

        async fn create(&self, body: &CreateDataset) -> Result<Dataset, ApiError> {
            self.writes.set(self.writes.get() + 1);
            if self.all.borrow().iter().any(|dataset| dataset.name == body.name) {
                return Err(ApiError::local(ErrorKind::Conflict, "POST", "datasets"));
            }
            let made = Dataset { id: "new".to_owned(), name: body.name.clone(), ..Dataset::default() };
            self.all.borrow_mut().push(made.clone());
            if self.sends_twice {
                return Err(ApiError::local(ErrorKind::Conflict, "POST", "datasets"));
            }
            if self.loses_answers { Err(lost()) } else { Ok(made) }
        }
    }

    fn pumps() -> Dataset {
        Dataset {
            name: "Pumps".to_owned(),
            permission: Permission::OnlyMe,
            indexing_technique: IndexingTechnique::Economy,
            ..Dataset::default()
        }
    }

    fn server() -> Imitation {
        Imitation { dataset: RefCell::new(pumps()), ..Imitation::default() }
    }

    fn described(text: &str) -> SettingsForm {
        SettingsForm { description: text.to_owned(), ..SettingsForm::of(&pumps()) }
    }

    #[tokio::test]
    async fn a_change_is_read_back() {
        let store = server();
        let written = write(&store, &described(""), &described("new")).await.unwrap();
        assert!(matches!(written, Written::Done(now, untaken) if now.description == "new" && untaken.is_empty()));
        let store = Imitation { forgets_description: true, ..server() };
        let written = write(&store, &described(""), &described("new")).await.unwrap();
        assert!(matches!(written, Written::Done(_, untaken) if untaken == [Field::Description]));
    }

    #[tokio::test]
    async fn conditions_on_metadata_that_the_form_does_not_show_stay() {
        let condition = serde_json::json!({"name": "author", "comparison_operator": "is", "value": "Ada"});
        let filter = serde_json::json!({"logical_operator": "or", "conditions": [condition]});
        let filter: MetadataFilter = serde_json::from_value(filter).unwrap();
        let kept = RetrievalModel { top_k: 4, metadata_filtering_conditions: Some(filter.clone()), ..RetrievalModel::default() };
        let store = server();
        store.dataset.borrow_mut().retrieval_model_dict = Some(kept);
        let base = SettingsForm::of(&store.dataset.borrow());
        let mut wanted = base.clone();
        wanted.retrieval.top_k = "7".to_owned();
        assert!(matches!(write(&store, &base, &wanted).await, Ok(Written::Done(..))));
        let now = store.dataset.borrow().retrieval_model_dict.clone().unwrap();
        assert_eq!((now.top_k, now.metadata_filtering_conditions), (7, Some(filter)));
    }

    #[tokio::test]
    async fn nothing_is_written_over_somebody_elses_change() {
        let store = server();
        store.dataset.borrow_mut().description = "theirs".to_owned();
        let written = write(&store, &described(""), &described("mine")).await.unwrap();
        assert!(matches!(written, Written::Conflict(now) if now.description == "theirs"));
        assert_eq!(store.writes.get(), 0);
    }

    #[tokio::test]
    async fn a_lost_answer_to_a_change_is_looked_up() {
        let store = Imitation { loses_answers: true, ..server() };
        assert!(matches!(write(&store, &described(""), &described("new")).await, Ok(Written::Done(..))));
        let store = Imitation { loses_answers: true, forgets_description: true, ..server() };
        assert!(write(&store, &described(""), &described("new")).await.is_err());
    }

    #[test]
    fn a_refusal_is_said_at_its_field() {
        use crate::api::error::Answer;
        let lines: Vec<serde_json::Value> = include_str!("../../tests/fixtures/dify-wire.jsonl")
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let at = |name: &str| {
            let response = &lines.iter().find(|line| line["name"] == name).unwrap()["response"];
            let status = u16::try_from(response["status"].as_u64().unwrap()).unwrap();
            let answer = Answer { status, body: response["json"].to_string(), ..Answer::default() };
            field_of(&ApiError::from_answer("PATCH", "datasets", &answer))
        };
        assert_eq!(at("datasets.patch.name_41"), Some(Field::Name));
        assert_eq!(at("datasets.patch.name_duplicate"), Some(Field::Name));
        assert_eq!(at("datasets.patch.bad_permission"), Some(Field::Permission));
        assert_eq!(at("datasets.create.bad_technique"), Some(Field::Technique));
        assert_eq!(at("datasets.create.high_quality_no_model"), Some(Field::Embedding));
        assert_eq!(at("datasets.create.unknown_embedding_model"), Some(Field::Embedding));
        assert_eq!(at("datasets.create.retrieval_model_incomplete"), Some(Field::Retrieval));
        assert_eq!(at("datasets.patch.to_high_quality_no_model"), None);
    }

    #[tokio::test]
    async fn a_lost_answer_makes_no_second_knowledge_base() {
        let body = CreateDataset { name: "Pumps".to_owned(), ..CreateDataset::default() };
        let library = Imitation { loses_answers: true, ..Imitation::default() };
        assert_eq!(create(&library, &body, false).await.unwrap().id, "new");
        // Out of reach when it was looked for afterwards; the next attempt looks first.
        let library = Imitation { loses_answers: true, finds: Cell::new(Some(1)), ..Imitation::default() };
        assert!(create(&library, &body, false).await.unwrap_err().is_unsure);
        library.finds.set(None);
        assert_eq!(create(&library, &body, true).await.unwrap().id, "new");
        assert_eq!(library.writes.get(), 1);
        // Nothing is sent again before it could be looked for.
        let library = Imitation { finds: Cell::new(Some(0)), ..Imitation::default() };
        assert!(create(&library, &body, true).await.unwrap_err().is_unsure);
        assert_eq!(library.writes.get(), 0);
        // A list that fails is no reason to refuse a first attempt.
        assert!(create(&library, &body, false).await.is_ok());
    }

    #[tokio::test]
    async fn a_request_that_the_browser_sent_twice_is_one_knowledge_base() {
        let body = CreateDataset { name: "Pumps".to_owned(), ..CreateDataset::default() };
        let library = Imitation { sends_twice: true, ..Imitation::default() };
        assert_eq!(create(&library, &body, false).await.unwrap().id, "new");
    }

    #[tokio::test]
    async fn a_name_that_was_taken_before_stays_a_refusal() {
        let body = CreateDataset { name: "Pumps".to_owned(), ..CreateDataset::default() };
        let library = Imitation { all: RefCell::new(vec![pumps()]), ..Imitation::default() };
        let unmade = create(&library, &body, false).await.unwrap_err();
        assert!(unmade.error.kind == ErrorKind::Conflict && !unmade.is_unsure);
    }
}
