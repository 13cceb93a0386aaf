//! The log on the standard error.
//!
//! What is written is decided where it happens: `requests` has one event a request, everything that fails has its own. No event
//! holds a key, a query, a body or the content of a document.

use std::io;

use tracing::level_filters::LevelFilter;

use crate::config::LogFormat;

/// Begins to write, for the whole process.
pub(crate) fn begin(format: LogFormat) {
    let plain = tracing_subscriber::fmt().with_writer(io::stderr).with_ansi(false);
    let begun = match format {
        LogFormat::Plain => plain.with_max_level(LevelFilter::INFO).try_init(),
        LogFormat::Off => plain.with_max_level(LevelFilter::ERROR).try_init(),
        LogFormat::Json => plain.with_max_level(LevelFilter::INFO).json().flatten_event(true).with_current_span(false).try_init(),
    };
    if let Err(error) = begun {
        eprintln!("loredesk-host: there is no log: {error}");
    }
}
