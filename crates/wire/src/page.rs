//! One page of a list.

use serde::{Deserialize, Serialize};

use crate::lenient;

/// A page of a list. `total` is to be believed, `has_more` is not: servers compute it from the length of the page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
pub struct Page<T> {
    /// The items of this page, in the server's order.
    #[serde(default = "Vec::new", deserialize_with = "lenient::or_default")]
    pub data: Vec<T>,
    /// Whether the page was full; not whether there is another one.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub has_more: bool,
    /// Items a page, as asked for (1 to 100).
    #[serde(default, deserialize_with = "lenient::count")]
    pub limit: u64,
    /// Items on all pages.
    #[serde(default, deserialize_with = "lenient::count")]
    pub total: u64,
    /// This page's number, from 1.
    #[serde(default, deserialize_with = "lenient::count")]
    pub page: u64,
}
