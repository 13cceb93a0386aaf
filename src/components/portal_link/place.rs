//! From a place that a portal names to one that the desk has, and back. Only what `routes.rs` knows can come out.

use crate::{
    api::http::encode_component,
    config::Config,
    model::{
        id::{ChunkId, DocumentId, KnowledgeBaseId},
        portal::Target,
    },
    routes::Route,
    state::url::UrlParameters,
};

/// A place that there is not: the part of its name that is wrong, and what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoPlace(pub &'static str, pub String);

/// The place that is meant, with its query (`?…` or nothing). What is not named is as `here`.
///
/// # Errors
/// When there is no such place.
pub fn place(target: &Target, here: &Route, config: &Config) -> Result<(Route, String), NoPlace> {
    if let Some(path) = &target.path {
        return by_path(path, config);
    }
    let first = config.connections.first().map(|connection| connection.id.as_str());
    let own = here.connection().filter(|id| config.connection(id).is_some());
    let connection = target.connection.as_deref().or(own).or(first).unwrap_or_default();
    if config.connection(connection).is_none() {
        return Err(NoPlace("connection", connection.to_owned()));
    }
    let connection = connection.to_owned();
    let view = target.view.as_deref();
    if view == Some("knowledge-bases") {
        return Ok((Route::KnowledgeBases { connection }, String::new()));
    }
    if view == Some("about") {
        return Ok((Route::About { connection }, String::new()));
    }
    // The knowledge base that is open stays, unless the connection is another one.
    let open = here.knowledge_base().filter(|_| here.connection() == Some(&connection)).cloned();
    let knowledge_base = match &target.dataset {
        Some(id) => Some(KnowledgeBaseId::parse(id).ok_or_else(|| NoPlace("dataset", id.clone()))?),
        None => open,
    };
    let Some(knowledge_base) = knowledge_base else {
        // Without one there is only the list of them.
        return match (view, &target.document) {
            (None, None) => Ok((Route::KnowledgeBases { connection }, String::new())),
            (Some(view), _) => Err(NoPlace("view", view.to_owned())),
            (None, Some(document)) => Err(NoPlace("document", document.clone())),
        };
    };
    if let Some(document) = &target.document {
        let document = DocumentId::parse(document).ok_or_else(|| NoPlace("document", document.clone()))?;
        let chunk = match &target.chunk {
            Some(id) => Some(ChunkId::parse(id).ok_or_else(|| NoPlace("chunk", id.clone()))?),
            None => None,
        };
        return Ok((Route::Document { connection, knowledge_base, document, chunk }, String::new()));
    }
    match view {
        Some("retrieval") => {
            let query = target.query.as_ref().map(|query| format!("?q={}", encode_component(query))).unwrap_or_default();
            Ok((Route::Retrieval { connection, knowledge_base }, query))
        }
        // Where no pipeline fills it, the page says so.
        Some("pipeline") => Ok((Route::Pipeline { connection, knowledge_base }, String::new())),
        Some("metadata") => Ok((Route::Metadata { connection, knowledge_base }, String::new())),
        Some("settings") => Ok((Route::Settings { connection, knowledge_base }, String::new())),
        None | Some("documents") => Ok((Route::Documents { connection, knowledge_base }, String::new())),
        Some(view) => Err(NoPlace("view", view.to_owned())),
    }
}

/// A path as the desk told it before.
fn by_path(path: &str, config: &Config) -> Result<(Route, String), NoPlace> {
    let (below, query) = path.split_once('?').map_or((path, ""), |(below, query)| (below, query));
    let query = query.split('#').next().unwrap_or_default();
    let route = Route::parse(below, "");
    let is_known = route.connection().is_some_and(|id| config.connection(id).is_some());
    if !below.starts_with('/') || !is_known {
        return Err(NoPlace("path", path.to_owned()));
    }
    // Read and printed again: only parameters can come through.
    Ok((route, UrlParameters::parse(query).print()))
}

/// The name of a place's page.
#[must_use]
pub fn view_of(route: &Route) -> Option<&'static str> {
    match route {
        Route::Home | Route::NotFound => None,
        Route::KnowledgeBases { .. } => Some("knowledge-bases"),
        Route::Documents { .. } | Route::Document { .. } => Some("documents"),
        Route::Pipeline { .. } => Some("pipeline"),
        Route::Retrieval { .. } => Some("retrieval"),
        Route::Metadata { .. } => Some("metadata"),
        Route::Settings { .. } => Some("settings"),
        Route::About { .. } => Some("about"),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const PUMPS: &str = "9b41e05d-636d-4164-aae5-4cba46ec80c5";
    const SEAL: &str = "00000000-0000-4000-8000-000000000001";

    fn config() -> Config {
        let text = r#"{"connections":[{"id":"local","name":"A","base":"api/a"},{"id":"other","name":"B","base":"api/b"}]}"#;
        Config::parse(text).unwrap()
    }

    fn target(parts: &[(&str, &str)]) -> Target {
        let get = |name| parts.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Target {
            path: get("path"),
            connection: get("connection"),
            view: get("view"),
            dataset: get("dataset"),
            document: get("document"),
            chunk: get("chunk"),
            query: get("query"),
        }
    }

    fn went(parts: &[(&str, &str)], here: &str) -> String {
        let place = place(&target(parts), &Route::parse(here, ""), &config());
        place
            .map_or_else(|NoPlace(part, value)| format!("no {part} {value}"), |(route, query)| format!("{}{query}", route.path()))
    }

    #[test]
    fn a_place_is_named_by_its_parts() {
        let base = format!("/local/knowledge-bases/{PUMPS}");
        assert_eq!(went(&[], "/"), "/local/knowledge-bases");
        assert_eq!(went(&[("dataset", PUMPS)], "/"), format!("{base}/documents"));
        assert_eq!(went(&[("view", "settings")], &base), format!("{base}/settings"));
        assert_eq!(went(&[("view", "pipeline")], &base), format!("{base}/pipeline"));
        assert_eq!(view_of(&Route::parse(&format!("{base}/pipeline"), "")), Some("pipeline"));
        assert_eq!(went(&[("view", "retrieval"), ("query", "a&b #1")], &base), format!("{base}/retrieval?q=a%26b%20%231"));
        assert_eq!(went(&[("document", SEAL)], &base), format!("{base}/documents/{SEAL}"));
        assert_eq!(went(&[("document", SEAL), ("chunk", SEAL)], &base), format!("{base}/documents/{SEAL}/chunks/{SEAL}"));
        assert_eq!(went(&[("view", "knowledge-bases"), ("connection", "other")], &base), "/other/knowledge-bases");
        assert_eq!(went(&[("view", "about")], &base), "/local/about");
        // Another connection has other knowledge bases.
        assert_eq!(went(&[("connection", "other")], &base), "/other/knowledge-bases");
    }

    #[test]
    fn a_path_that_was_told_leads_back() {
        let path = format!("/local/knowledge-bases/{PUMPS}/documents?search=a%26b&status=error");
        assert_eq!(went(&[("path", &path)], "/other/knowledge-bases"), path);
    }

    #[test]
    fn nothing_leads_out_of_the_desk() {
        for path in [
            "https://elsewhere.example",
            "//elsewhere.example",
            "javascript:alert(1)",
            "/unknown/knowledge-bases",
            "local",
            "/",
            "/local/../../x",
            "\\\\x",
        ] {
            assert_eq!(went(&[("path", path)], "/"), format!("no path {path}"));
        }
        assert_eq!(went(&[("dataset", "../../x")], "/"), "no dataset ../../x");
        assert_eq!(went(&[("connection", "x")], "/"), "no connection x");
        assert_eq!(went(&[("view", "https://elsewhere.example"), ("dataset", PUMPS)], "/"), "no view https://elsewhere.example");
        assert_eq!(went(&[("view", "settings")], "/local/knowledge-bases"), "no view settings");
        assert_eq!(went(&[("document", SEAL)], "/local/knowledge-bases"), format!("no document {SEAL}"));
    }
}
