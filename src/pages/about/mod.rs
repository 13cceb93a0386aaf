//! "About this server": what is known of a connection's server, and how its requests went.

mod capabilities;
mod facts;
mod page;
mod report;
mod requests;

pub use page::AboutPage;
