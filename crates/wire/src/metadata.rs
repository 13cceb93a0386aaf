//! Metadata fields of a knowledge base, and their values on its documents.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The id that built-in fields and their values carry in place of a UUID.
pub const BUILT_IN_ID: &str = "built-in";

open_enum! {
    /// What a metadata field holds.
    MetadataType {
        /// Text.
        Text = "string",
        /// A number.
        Number = "number",
        /// A moment, as epoch seconds.
        Time = "time",
    }
}

/// A metadata field of a knowledge base; also the answer to creating and renaming one.
/// Dify 1.12 answers the renaming of an unknown field with 200 and nothing but nulls: then the id is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MetadataField {
    /// Field id; [`BUILT_IN_ID`] for the built-in ones.
    pub id: String,
    /// Field name, up to 255 characters, unique in the knowledge base.
    pub name: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub kind: MetadataType,
}

from_json!(MetadataField needs [] { id, name, kind = "type" });

/// Answer of `GET /datasets/{id}/metadata`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MetadataFieldList {
    /// The custom fields, oldest first.
    pub doc_metadata: Vec<MetadataFieldUse>,
    /// Whether built-in fields are on.
    pub built_in_field_enabled: bool,
}

from_json!(MetadataFieldList needs ["doc_metadata"] { doc_metadata, built_in_field_enabled });

/// A metadata field, and how much it is used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MetadataFieldUse {
    /// Field id, a UUID.
    pub id: String,
    /// Field name.
    pub name: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub kind: MetadataType,
    /// Documents that carry it.
    pub count: u64,
}

from_json!(MetadataFieldUse needs ["id"] { id, name, kind = "type", count });

/// Answer of `GET /datasets/{id}/metadata/built-in`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BuiltInFields {
    /// The fields that the server fills in itself.
    pub fields: Vec<BuiltInField>,
}

from_json!(BuiltInFields needs ["fields"] { fields });

/// A field that the server fills in itself: `document_name`, `uploader`, `upload_date`, `last_update_date` or `source`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BuiltInField {
    /// Field name.
    pub name: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub kind: MetadataType,
}

from_json!(BuiltInField needs ["name"] { name, kind = "type" });

open_enum! {
    /// The last part of `POST /datasets/{id}/metadata/built-in/{action}`.
    BuiltInAction {
        /// Switches built-in fields on.
        Enable = "enable",
        /// Switches them off.
        Disable = "disable",
    }
}

/// A metadata value of one document. Lists send numbers as strings, the detail sends them as numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DocumentMetadata {
    /// Field id; [`BUILT_IN_ID`] for the built-in ones.
    pub id: String,
    /// Field name.
    pub name: String,
    /// What the field holds.
    #[serde(rename = "type")]
    pub kind: MetadataType,
    /// Text, number or null; a time is a number of epoch seconds. Built-in times are digits in a text, with a fraction.
    pub value: Value,
}

from_json!(DocumentMetadata needs [] { id, name, kind = "type", value });

/// Body of `POST /datasets/{id}/metadata`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateMetadataField {
    /// What it is to hold; that cannot be changed later.
    #[serde(rename = "type")]
    pub kind: MetadataType,
    /// Name, up to 255 characters.
    pub name: String,
}

/// Body of `PATCH /datasets/{id}/metadata/{field}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenameMetadataField {
    /// New name, up to 255 characters.
    pub name: String,
}

/// Body of `POST /datasets/{id}/documents/metadata`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UpdateDocumentsMetadata {
    /// One entry a document.
    pub operation_data: Vec<DocumentMetadataChange>,
}

/// The values that one document is to get.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DocumentMetadataChange {
    /// The document.
    pub document_id: String,
    /// The values. Without `partial_update` they replace all others, and an empty list clears them.
    pub metadata_list: Vec<MetadataValueChange>,
    /// Whether values that are not in the list stay. The contract's default is false, which loses them.
    #[serde(default)]
    pub partial_update: bool,
}

/// A value to set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MetadataValueChange {
    /// Field id.
    pub id: String,
    /// Field name; servers keep the value under it, so it has to be the field's present one.
    pub name: String,
    /// Text, number or null.
    #[serde(default)]
    pub value: Value,
}
