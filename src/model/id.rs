//! Ids, checked before they are sent: servers answer a malformed one with a page that a browser sees as a network error.

use std::fmt;

macro_rules! uuid_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// Takes a UUID in its usual form of 36 characters; anything else is `None`.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                is_uuid(text).then(|| Self(text.to_ascii_lowercase()))
            }

            /// The id as it stands on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

uuid_id! {
    /// Id of a knowledge base.
    KnowledgeBaseId
}
uuid_id! {
    /// Id of a document.
    DocumentId
}
uuid_id! {
    /// Id of a chunk.
    ChunkId
}
uuid_id! {
    /// Id of a child chunk.
    ChildChunkId
}
uuid_id! {
    /// Id of a metadata field; the built-in ones have none.
    MetadataFieldId
}
uuid_id! {
    /// Id of a tag.
    TagId
}

/// Id of a batch: what a create or an update answers, for its indexing status. Not a UUID on every server.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BatchId(String);

impl BatchId {
    /// Takes what the server sent, unless it could not stand in a path.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        is_plain.then(|| Self(text.to_owned()))
    }

    /// The id as it stands on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_uuids_in_either_case_and_nothing_else() {
        assert!(KnowledgeBaseId::parse("9b41e05d-636d-4164-aae5-4cba46ec80c5").is_some());
        assert_eq!(
            KnowledgeBaseId::parse("9B41E05D-636D-4164-AAE5-4CBA46EC80C5").map(|id| id.to_string()),
            Some("9b41e05d-636d-4164-aae5-4cba46ec80c5".to_owned())
        );
        for bad in [
            "",
            "abc",
            "9b41e05d-636d-4164-aae5-4cba46ec80c",
            "9b41e05d/636d-4164-aae5-4cba46ec80c5",
            "９b41e05d-636d-4164-aae5-4cba46ec80",
        ] {
            assert!(DocumentId::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_batch_is_anything_that_fits_in_a_path() {
        assert!(BatchId::parse("20261122010218590590").is_some());
        assert!(BatchId::parse("../x").is_none());
        assert!(BatchId::parse("").is_none());
    }
}
