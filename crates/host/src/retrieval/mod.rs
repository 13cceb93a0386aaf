//! Finds the chunks that answer a query. Knows the store, nothing of HTTP.

pub mod terms;
