//! Tags, which sort knowledge bases.

use serde::{Deserialize, Serialize, Serializer};

/// A tag as a knowledge base carries it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tag {
    /// Tag id, a UUID.
    pub id: String,
    /// Tag name, 1 to 50 characters.
    pub name: String,
    /// Always `knowledge`; the list of one knowledge base's tags leaves it out.
    #[serde(rename = "type", skip_serializing_if = "String::is_empty")]
    pub kind: String,
}

from_json!(Tag needs ["id"] { id, name, kind = "type" });

/// A tag of the workspace. The list of all of them is a bare list, without pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TagWithCount {
    /// Tag id, a UUID.
    pub id: String,
    /// Tag name, 1 to 50 characters, unique in the workspace.
    pub name: String,
    /// Always `knowledge`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Knowledge bases that carry it. The contract sends digits in a string, some servers a number, some null.
    #[serde(serialize_with = "digits")]
    pub binding_count: Option<u64>,
}

from_json!(TagWithCount needs ["id"] { id, name, kind = "type", binding_count });

#[expect(clippy::ref_option, reason = "serde hands over fields by reference")]
fn digits<S: Serializer>(count: &Option<u64>, serializer: S) -> Result<S::Ok, S::Error> {
    count.map(|count| count.to_string()).serialize(serializer)
}

/// Answer of `GET /datasets/{id}/tags`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DatasetTags {
    /// The tags of the knowledge base.
    pub data: Vec<Tag>,
    /// How many there are.
    pub total: u64,
}

from_json!(DatasetTags needs ["data"] { data, total });

/// Body of `POST /datasets/tags`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateTag {
    /// Name, 1 to 50 characters.
    pub name: String,
}

/// Body of `PATCH /datasets/tags`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenameTag {
    /// The tag.
    pub tag_id: String,
    /// New name, 1 to 50 characters.
    pub name: String,
}

/// Body of `DELETE /datasets/tags`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteTag {
    /// The tag.
    pub tag_id: String,
}

/// Body of `POST /datasets/tags/binding`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BindTags {
    /// The tags, at least one.
    pub tag_ids: Vec<String>,
    /// The knowledge base.
    pub target_id: String,
}

/// Body of `POST /datasets/tags/unbinding`. Dify 1.12 reads only `tag_id`; the contract prefers `tag_ids` and still reads the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnbindTags {
    /// The tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tag_ids: Vec<String>,
    /// One tag, understood by every server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag_id: Option<String>,
    /// The knowledge base.
    pub target_id: String,
}
