//! What a connection refuses although its server would do it: changes where it is read-only, and all but its one knowledge base.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::api::ApiError;
use crate::config::Connection;
use crate::operations::{self, Asked, Effect, Scope, Unknown};

/// The operation that a request asks for, if the connection allows it.
pub(crate) fn allowed(connection: &Connection, method: &Method, path: &str) -> Result<Asked, ApiError> {
    let asked = operations::find(&connection.server, method, path).map_err(|unknown| match unknown {
        Unknown::Path => ApiError::no_such_path(),
        Unknown::Method => {
            let message = "This address does not know that method.";
            ApiError::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", message)
        }
    })?;
    if connection.read_only && asked.operation.effect == Effect::Change {
        let message = "This connection is read-only: nothing can be changed through it.";
        return Err(ApiError::new(StatusCode::FORBIDDEN, "read_only", message));
    }
    let is_inside = match asked.operation.scope {
        Scope::KnowledgeBase => asked.knowledge_base == connection.knowledge_base,
        Scope::Shared => true,
        Scope::Workspace => false,
    };
    if connection.knowledge_base.is_some() && !is_inside {
        return Err(ApiError::forbidden("This connection is for one knowledge base only."));
    }
    Ok(asked)
}

/// The same before the handlers of the embedded server; without limits its own router decides.
pub(crate) async fn guard(State(connection): State<Arc<Connection>>, request: Request, next: Next) -> Response {
    if connection.is_limited() {
        // What may be read may be asked about too.
        let method = if request.method() == Method::HEAD { &Method::GET } else { request.method() };
        if let Err(refusal) = allowed(&connection, method, request.uri().path()) {
            return refusal.into_response();
        }
    }
    next.run(request).await
}
