//! Finds out whether an embedding model can be used, before a knowledge base is given it.

use crate::api::{ApiError, Host, no_embeddings};

use super::PROVIDER;

/// A model that the service has answered for, or that the host was started with.
#[derive(Clone, Debug)]
pub(crate) struct Chosen(pub(crate) String);

/// Checks the model that was asked for; none, or an empty name, stands for the one that the host was started with. Any other one
/// is asked for an embedding: the service's list names models of every kind, and not every service has a list.
pub(crate) async fn choose(host: &Host, model: Option<&str>, provider: Option<&str>) -> Result<Chosen, ApiError> {
    let embeddings = host.embeddings.as_ref().ok_or_else(no_embeddings)?;
    // The contract expands the short form of a provider to the long one.
    let long = format!("langgenius/{PROVIDER}/{PROVIDER}");
    if let Some(other) = provider.filter(|name| !name.is_empty() && *name != PROVIDER && *name != long) {
        return Err(ApiError::no_model(format!("Provider {other} does not exist.")));
    }
    match model.filter(|model| !model.is_empty() && *model != embeddings.model()) {
        None => Ok(Chosen(embeddings.model().to_owned())),
        Some(other) => {
            let tried = embeddings.with_model(other).of(vec!["ping".to_owned()]).await;
            tried.map_err(|error| ApiError::no_model(format!("The embedding model {other} cannot be used. {error}")))?;
            Ok(Chosen(other.to_owned()))
        }
    }
}
