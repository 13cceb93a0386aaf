//! What a connection lets a person do: change things or only look at them, all knowledge bases or one.
//!
//! The one place that knows it. The client refuses by it what a server would refuse anyway, and what is shown asks [`Access::may`]
//! (`components/allowed.rs`), so that no page has conditions of its own.

use super::id::KnowledgeBaseId;

/// What may be done on a connection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// Not to be asked from outside: a control asks for the right that it needs.
    is_read_only: bool,
    /// The only knowledge base that the key or the desk covers.
    pub only: Option<KnowledgeBaseId>,
}

/// Something that a control does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// Changes documents, chunks, metadata, settings of a knowledge base.
    Change,
    /// Makes and deletes knowledge bases, and sees to their tags: what concerns more than one.
    Library,
}

impl Access {
    /// Access to all knowledge bases or one; with `is_read_only`, every change is refused.
    #[must_use]
    pub fn new(is_read_only: bool, only: Option<KnowledgeBaseId>) -> Self {
        Self { is_read_only, only }
    }

    /// Whether it may be done.
    #[must_use]
    pub fn may(&self, right: Right) -> bool {
        !self.is_read_only && (right == Right::Change || self.only.is_none())
    }

    /// Whether all knowledge bases can be listed.
    #[must_use]
    pub fn has_list(&self) -> bool {
        self.only.is_none()
    }

    /// Whether a page about that knowledge base can be shown.
    #[must_use]
    pub fn covers(&self, knowledge_base: &KnowledgeBaseId) -> bool {
        self.only.as_ref().is_none_or(|only| only == knowledge_base)
    }

    /// Whether a request may leave the browser. Reading includes two requests that only look like writes: retrieval, and the
    /// archive of several files.
    #[must_use]
    pub fn lets_through(&self, method: &str, path: &str) -> bool {
        let path = path.split('?').next().unwrap_or_default();
        let reads = ["/retrieve", "/hit-testing", "/download-zip"];
        !self.is_read_only || method == "GET" || method == "POST" && reads.iter().any(|end| path.ends_with(end))
    }
}

/// The knowledge base that a text names: its id, or a link to it or to something in it, here or in the server's own console.
#[must_use]
pub fn named(text: &str) -> Option<KnowledgeBaseId> {
    let parts = text.split(|c: char| !c.is_ascii_hexdigit() && c != '-');
    // In every such link the knowledge base comes before what is in it.
    parts.into_iter().find_map(KnowledgeBaseId::parse)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const ONE: &str = "9b41e05d-636d-4164-aae5-4cba46ec80c5";

    #[test]
    fn what_only_reads_is_let_through_and_nothing_else() {
        let access = Access { is_read_only: true, only: None };
        for (method, path) in [
            ("GET", "datasets?page=1&limit=100"),
            ("POST", "datasets/x/retrieve"),
            ("POST", "datasets/x/hit-testing"),
            ("POST", "datasets/x/documents/download-zip"),
        ] {
            assert!(access.lets_through(method, path), "{method} {path}");
        }
        for (method, path) in [
            ("POST", "datasets"),
            ("POST", "datasets/x/document/create-by-file"),
            ("POST", "datasets/x/documents?then=/retrieve"),
            ("PATCH", "datasets/x/retrieve"),
            ("DELETE", "datasets/x"),
            ("PATCH", "datasets/x/documents/status/enable"),
            ("POST", "datasets/pipeline/file-upload"),
            ("POST", "datasets/x/pipeline/run"),
            // What a node costs elsewhere, and does there, nobody here knows.
            ("POST", "datasets/x/pipeline/datasource/nodes/11/run"),
        ] {
            assert!(!access.lets_through(method, path), "{method} {path}");
            assert!(Access::default().lets_through(method, path));
        }
    }

    #[test]
    fn a_key_of_one_knowledge_base_changes_that_one_and_makes_no_others() {
        let one = Access { is_read_only: false, only: KnowledgeBaseId::parse(ONE) };
        assert!(one.may(Right::Change) && !one.may(Right::Library) && !one.has_list());
        assert!(one.covers(&KnowledgeBaseId::parse(ONE).unwrap()));
        assert!(!one.covers(&KnowledgeBaseId::parse("00000000-0000-4000-8000-000000000001").unwrap()));
        let reading = Access { is_read_only: true, ..one };
        assert!(!reading.may(Right::Change));
        assert!(Access::default().may(Right::Library));
    }

    #[test]
    fn an_id_is_found_in_whatever_is_pasted() {
        for text in [
            ONE.to_owned(),
            format!("  {} ", ONE.to_uppercase()),
            format!("https://dify.example/datasets/{ONE}/documents"),
            format!("/kb/dify/knowledge-bases/{ONE}/documents/00000000-0000-4000-8000-000000000001?search=a"),
            format!("“{ONE}”"),
        ] {
            assert_eq!(named(&text).unwrap().as_str(), ONE, "{text}");
        }
        for text in ["", "Pumps", "https://dify.example/datasets", "9b41e05d-636d-4164-aae5-4cba46ec80c"] {
            assert_eq!(named(text), None, "{text}");
        }
    }
}
