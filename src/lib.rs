//! Loredesk, the app: a knowledge-base admin desk that runs in the browser.
//!
//! Who may use whom (`tests/tidy.rs` checks it):
//!
//! ```text
//! model  <- api <- state <- components <- pages <- app        wire <- model, api
//! dom    <- api, state, ui, components                         i18n <- ui, components, pages
//! ui     <- components, pages                                  routes <- components, pages, app
//! ```
//!
//! - [`model`]: the domain: ids, what may be done when, limits, process rules. No I/O, no DOM, no signals.
//! - [`api`]: one typed client a server. The only place with `fetch` (`http.rs`) and `XMLHttpRequest` (`upload.rs`).
//! - [`state`]: query cache, polling, upload queue, drafts, toasts, theme, URL parameters: everything that outlives a screen.
//! - [`dom`]: thin wrappers over the browser's interfaces.
//! - [`i18n`]: the catalog of messages, typed: a missing translation does not compile.
//! - [`ui`]: the kit: buttons, dialogs, tables. Knows nothing of knowledge bases.
//! - [`components`]: composites that know the app: frame, error panel, upload tray.
//! - [`pages`]: a folder a resource, a file a screen.
//! - [`routes`]: every path of the app, printed and parsed in one place.

#![recursion_limit = "256"]

pub mod api;
pub mod app;
pub mod components;
pub mod config;
pub mod dom;
pub mod i18n;
pub mod model;
pub mod pages;
pub mod routes;
pub mod state;
pub mod ui;
