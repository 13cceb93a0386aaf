//! Tags on servers as they are. Dify 1.12 answers 400 to creating, renaming and listing tags although the first two have
//! happened (`dify-server.md` b.7), and every answer may be lost: so what is there is looked up, and nothing is done twice.

use std::future::Future;

use loredesk_wire::{Dataset, Tag, TagWithCount};

use super::{ApiError, Client, ErrorKind, dify};
use crate::model::{
    id::{KnowledgeBaseId, TagId},
    tag::{in_use, sort},
};

/// The tags of a workspace, as far as the server gives them out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagList {
    /// The tags, by name.
    pub tags: Vec<TagWithCount>,
    /// Whether only those that a knowledge base carries are known, because the server cannot list them.
    pub is_partial: bool,
}

/// Where tags live.
pub trait TagStore {
    /// Lists them.
    fn list(&self) -> impl Future<Output = Result<Vec<TagWithCount>, ApiError>>;
    /// Lists knowledge bases with the tags that they carry.
    fn knowledge_bases(&self) -> impl Future<Output = Result<Vec<Dataset>, ApiError>>;
    /// Makes one.
    fn create(&self, name: &str) -> impl Future<Output = Result<TagWithCount, ApiError>>;
    /// Renames one.
    fn rename(&self, id: &TagId, name: &str) -> impl Future<Output = Result<TagWithCount, ApiError>>;
    /// Deletes one.
    fn delete(&self, id: &TagId) -> impl Future<Output = Result<(), ApiError>>;
    /// The tags of a knowledge base.
    fn of(&self, knowledge_base: &KnowledgeBaseId) -> impl Future<Output = Result<Vec<Tag>, ApiError>>;
    /// Puts one on a knowledge base, or takes it off.
    fn set(&self, id: &TagId, knowledge_base: &KnowledgeBaseId, is_bound: bool) -> impl Future<Output = Result<(), ApiError>>;
}

impl TagStore for Client {
    async fn list(&self) -> Result<Vec<TagWithCount>, ApiError> {
        dify::tags::list(self).await
    }

    async fn knowledge_bases(&self) -> Result<Vec<Dataset>, ApiError> {
        dify::datasets::list_all(self).await
    }

    async fn create(&self, name: &str) -> Result<TagWithCount, ApiError> {
        dify::tags::create(self, name).await
    }

    async fn rename(&self, id: &TagId, name: &str) -> Result<TagWithCount, ApiError> {
        dify::tags::rename(self, id, name).await
    }

    async fn delete(&self, id: &TagId) -> Result<(), ApiError> {
        dify::tags::delete(self, id).await
    }

    async fn of(&self, knowledge_base: &KnowledgeBaseId) -> Result<Vec<Tag>, ApiError> {
        Ok(dify::tags::of_knowledge_base(self, knowledge_base).await?.data)
    }

    async fn set(&self, id: &TagId, knowledge_base: &KnowledgeBaseId, is_bound: bool) -> Result<(), ApiError> {
        if is_bound {
            dify::tags::bind(self, id, knowledge_base).await
        } else {
            dify::tags::unbind(self, id, knowledge_base).await
        }
    }
}

/// What became of a tag that was to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Made {
    /// It is there.
    Tag(TagWithCount),
    /// It was made, but the server does not tell its id, so it cannot be put on anything from here.
    WithoutId,
}

/// The refusal of Dify 1.12 that comes after the work is done: its answer does not fit its own model.
fn is_answer_refused(error: &ApiError) -> bool {
    matches!(&error.kind, ErrorKind::Invalid(Some(field)) if field == "binding_count" || field.ends_with(".binding_count"))
}

/// Lists the tags; from the knowledge bases where the server cannot list them.
///
/// # Errors
/// See [`ErrorKind`].
pub async fn list(store: &impl TagStore) -> Result<TagList, ApiError> {
    match store.list().await {
        Ok(mut tags) => {
            sort(&mut tags);
            Ok(TagList { tags, is_partial: false })
        }
        Err(error) if is_answer_refused(&error) => {
            Ok(TagList { tags: in_use(&store.knowledge_bases().await?), is_partial: true })
        }
        Err(error) => Err(error),
    }
}

/// Makes a tag, unless there is one of that name: then it is that one, because an answer may have been lost before.
///
/// # Errors
/// See [`ErrorKind`].
pub async fn create(store: &impl TagStore, name: &str) -> Result<Made, ApiError> {
    let find = async || Ok::<_, ApiError>(list(store).await?.tags.into_iter().find(|tag| tag.name == name));
    if let Some(tag) = find().await? {
        return Ok(Made::Tag(tag));
    }
    let error = match store.create(name).await {
        Ok(tag) => return Ok(Made::Tag(tag)),
        Err(error) => error,
    };
    let is_made = is_answer_refused(&error);
    // Taken: not seen before, because the list was partial, or somebody made it just now.
    if is_made || error.is_outcome_unknown() || error.kind == ErrorKind::Conflict {
        match find().await {
            Ok(Some(tag)) => return Ok(Made::Tag(tag)),
            _ if is_made => return Ok(Made::WithoutId),
            _ => {}
        }
    }
    Err(error)
}

/// Renames a tag.
///
/// # Errors
/// See [`ErrorKind`].
pub async fn rename(store: &impl TagStore, id: &TagId, name: &str) -> Result<(), ApiError> {
    let Err(error) = store.rename(id, name).await else { return Ok(()) };
    let is_refused = is_answer_refused(&error);
    if !is_refused && !error.is_outcome_unknown() {
        return Err(error);
    }
    match list(store).await {
        Ok(list) => match list.tags.iter().find(|tag| tag.id == id.as_str()) {
            Some(tag) if tag.name == name => Ok(()),
            // On no knowledge base, so it cannot be seen; the refusal came after the work.
            None if is_refused && list.is_partial => Ok(()),
            _ => Err(error),
        },
        Err(_) => Err(error),
    }
}

/// Deletes a tag. One that is not there any more is deleted.
///
/// # Errors
/// See [`ErrorKind`].
pub async fn delete(store: &impl TagStore, id: &TagId) -> Result<(), ApiError> {
    match store.delete(id).await {
        Err(error) if error.kind == ErrorKind::NotFound => Ok(()),
        Err(error) if error.is_outcome_unknown() => match list(store).await {
            Ok(list) if !list.is_partial && list.tags.iter().all(|tag| tag.id != id.as_str()) => Ok(()),
            _ => Err(error),
        },
        outcome => outcome,
    }
}

/// Puts a tag on a knowledge base or takes it off, and looks whether it is so: servers take ids that they do not know.
///
/// # Errors
/// `NotFound` where the server said yes and did nothing, because the tag is gone.
pub async fn set(
    store: &impl TagStore,
    id: &TagId,
    knowledge_base: &KnowledgeBaseId,
    is_bound: bool,
) -> Result<Vec<Tag>, ApiError> {
    let outcome = store.set(id, knowledge_base, is_bound).await;
    if let Err(error) = &outcome
        && !error.is_outcome_unknown()
    {
        return Err(error.clone());
    }
    match (store.of(knowledge_base).await, outcome) {
        (Ok(tags), outcome) if tags.iter().any(|tag| tag.id == id.as_str()) == is_bound => {
            drop(outcome);
            Ok(tags)
        }
        (_, Err(error)) | (Err(error), Ok(())) => Err(error),
        (Ok(_), Ok(())) => Err(ApiError::local(ErrorKind::NotFound, "POST", "datasets/tags/binding")),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::cell::{Cell, RefCell};

    use super::*;
    use crate::api::error::Answer;

    /// Imitates a server's tags; the real client needs a browser.
    #[derive(Default)]
    struct Imitation {
        tags: RefCell<Vec<TagWithCount>>,
        bound: RefCell<Vec<String>>,
        writes: Cell<u32>,
        /// As Dify 1.12: does it, then refuses its own answer.
        is_careless: bool,
        /// Does it, and the answer is lost.
        loses_answers: bool,
    }

    const ID: &str = "025764f8-ebab-484c-b4b6-12b50eb92191";
    const OTHER: &str = "f7a2fd44-162c-41c5-8f06-7706242d1e36";

    fn refusal(method: &'static str, body: &str) -> ApiError {
        let answer =
            Answer { status: 400, content_type: "application/json".to_owned(), retry_after: None, body: body.to_owned() };
        ApiError::from_answer(method, "datasets/tags", &answer)
    }

    /// As recorded: tags.create.as_is_400_but_created, tags.list.as_is_400.
    fn own_answer(place: &str) -> ApiError {
        let wall = format!(
            r#"{{"code":"invalid_param","message":"1 validation error for DataSetTag\n{place}binding_count\n  Input should be a valid string [type=string_type, input_value=0, input_type=int]\n    For further information visit https://errors.example","status":400}}"#
        );
        refusal("POST", &wall)
    }

    fn tag(id: &str, name: &str) -> TagWithCount {
        TagWithCount { id: id.to_owned(), name: name.to_owned(), ..TagWithCount::default() }
    }

    impl Imitation {
        fn end<T>(&self, done: T) -> Result<T, ApiError> {
            match (self.is_careless, self.loses_answers) {
                (true, _) => Err(own_answer("")),
                (_, true) => Err(ApiError::local(ErrorKind::Offline, "POST", "datasets/tags")),
                _ => Ok(done),
            }
        }
    }

    impl TagStore for Imitation {
        async fn list(&self) -> Result<Vec<TagWithCount>, ApiError> {
            let tags = self.tags.borrow().clone();
            if self.is_careless && !tags.is_empty() { Err(own_answer("0.")) } else { Ok(tags) }
        }

        async fn knowledge_bases(&self) -> Result<Vec<Dataset>, ApiError> {
            let tags = self.of(&KnowledgeBaseId::parse(OTHER).unwrap()).await?;
            Ok(vec![Dataset { tags, ..Dataset::default() }])
        }

        async fn create(&self, name: &str) -> Result<TagWithCount, ApiError> {
            self.writes.set(self.writes.get() + 1);
            if self.tags.borrow().iter().any(|tag| tag.name == name) {
                return Err(refusal("POST", r#"{"code":"invalid_param","message":"Tag name already exists","status":400}"#));
            }
            self.tags.borrow_mut().push(tag(ID, name));
            self.end(tag(ID, name))
        }

        async fn rename(&self, id: &TagId, name: &str) -> Result<TagWithCount, ApiError> {
            self.tags.borrow_mut().iter_mut().filter(|tag| tag.id == id.as_str()).for_each(|tag| tag.name = name.to_owned());
            self.end(tag(id.as_str(), name))
        }

        async fn delete(&self, id: &TagId) -> Result<(), ApiError> {
            self.tags.borrow_mut().retain(|tag| tag.id != id.as_str());
            if self.loses_answers { self.end(()) } else { Ok(()) }
        }

        async fn of(&self, _: &KnowledgeBaseId) -> Result<Vec<Tag>, ApiError> {
            let is_bound = |tag: &&TagWithCount| self.bound.borrow().contains(&tag.id);
            let plain = |tag: &TagWithCount| Tag { id: tag.id.clone(), name: tag.name.clone(), kind: String::new() };
            Ok(self.tags.borrow().iter().filter(is_bound).map(plain).collect())
        }

        async fn set(&self, id: &TagId, _: &KnowledgeBaseId, is_bound: bool) -> Result<(), ApiError> {
            self.bound.borrow_mut().retain(|bound| bound != id.as_str());
            if is_bound {
                self.bound.borrow_mut().push(id.to_string());
            }
            if self.loses_answers { self.end(()) } else { Ok(()) }
        }
    }

    fn id() -> TagId {
        TagId::parse(ID).unwrap()
    }

    #[tokio::test]
    async fn a_lost_answer_makes_no_second_tag() {
        let store = Imitation { loses_answers: true, ..Imitation::default() };
        assert_eq!(create(&store, "pumps").await, Ok(Made::Tag(tag(ID, "pumps"))));
        assert_eq!(create(&store, "pumps").await, Ok(Made::Tag(tag(ID, "pumps"))));
        assert_eq!(store.writes.get(), 1);
    }

    #[tokio::test]
    async fn a_refusal_after_the_work_is_no_failure() {
        let store = Imitation { is_careless: true, ..Imitation::default() };
        assert_eq!(create(&store, "pumps").await, Ok(Made::WithoutId));
        assert_eq!(store.writes.get(), 1);
        // Once a knowledge base carries it, it can be seen, and renamed by its id.
        store.bound.borrow_mut().push(ID.to_owned());
        let seen = list(&store).await.unwrap();
        assert!(seen.is_partial && seen.tags.len() == 1);
        assert_eq!(rename(&store, &id(), "valves").await, Ok(()));
        assert_eq!(list(&store).await.unwrap().tags[0].name, "valves");
    }

    #[tokio::test]
    async fn a_refusal_of_the_name_stays_one() {
        let store = Imitation { tags: RefCell::new(vec![tag(OTHER, "pumps")]), ..Imitation::default() };
        let wall = r#"{"code":"invalid_param","message":"1 validation error for TagCreatePayload\nname\n  String should have at most 50 characters [type=string_too_long]\n    For further information visit https://errors.example","status":400}"#;
        assert!(!is_answer_refused(&refusal("POST", wall)));
        assert_eq!(create(&store, "pumps").await, Ok(Made::Tag(tag(OTHER, "pumps"))));
        assert_eq!(store.writes.get(), 0);
    }

    #[tokio::test]
    async fn lost_answers_to_renaming_deleting_and_binding_are_looked_up() {
        let tags = RefCell::new(vec![tag(ID, "pumps")]);
        let store = Imitation { tags, loses_answers: true, ..Imitation::default() };
        let knowledge_base = KnowledgeBaseId::parse(OTHER).unwrap();
        assert_eq!(rename(&store, &id(), "valves").await, Ok(()));
        assert_eq!(set(&store, &id(), &knowledge_base, true).await.unwrap().len(), 1);
        assert_eq!(set(&store, &id(), &knowledge_base, false).await.unwrap().len(), 0);
        assert_eq!(delete(&store, &id()).await, Ok(()));
    }

    #[tokio::test]
    async fn a_tag_that_is_gone_cannot_be_put_on_anything() {
        let store = Imitation::default();
        let knowledge_base = KnowledgeBaseId::parse(OTHER).unwrap();
        let error = set(&store, &id(), &knowledge_base, true).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::NotFound);
    }
}
