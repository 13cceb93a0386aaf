//! One page of a list.

use serde::Serialize;
use serde_json::Value;

use crate::json::{Fields, FromJson, Problem};

/// A page of a list. `total` is to be believed, `has_more` is not: servers compute it from the length of the page.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Page<T> {
    /// The items of this page, in the server's order.
    pub data: Vec<T>,
    /// Whether the page was full; not whether there is another one.
    pub has_more: bool,
    /// Items a page, as asked for (1 to 100).
    pub limit: u64,
    /// Items on all pages.
    pub total: u64,
    /// This page's number, from 1.
    pub page: u64,
}

impl<T: FromJson> FromJson for Page<T> {
    fn from_json(value: Value, problem: &mut Problem) -> Self {
        let mut fields = Fields::of(value, problem);
        fields.need("data");
        Self {
            data: fields.take("data"),
            has_more: fields.take("has_more"),
            limit: fields.take("limit"),
            total: fields.take("total"),
            page: fields.take("page"),
        }
    }
}
