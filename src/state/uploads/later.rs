//! The work of the queue, which the first load leaves out: its module is fetched when there is something to send, to follow or to
//! take over from before a reload.

use std::{future::Future, pin::Pin};

use leptos::{task::spawn_local, wasm_split::SplitLoaderError};

use super::{Uploads, queue::Problem};
use crate::{
    api::{ApiError, ErrorKind},
    dom::crash,
};

/// What is to be done.
#[derive(Clone)]
pub(super) enum Work {
    /// Puts back what was kept over a reload.
    Restore,
    /// Sends these files.
    Send(Vec<u32>),
    /// Asks about what was sent.
    Follow,
}

type Running = Pin<Box<dyn Future<Output = ()>>>;

fn run(uploads: Uploads, work: Work) -> Running {
    match work {
        Work::Restore => Box::pin(async move { uploads.restore() }),
        Work::Send(ids) => Box::pin(async move { uploads.send_all(ids) }),
        Work::Follow => Box::pin(uploads.poll()),
    }
}

// What is split off is a plain function, and the attribute makes calling it asynchronous.
#[cfg(split_pages)]
#[leptos::wasm_split::wasm_split(upload_queue, wasm_split_path = leptos::wasm_split, fallible)]
fn upload_queue(uploads: Uploads, work: Work) -> Result<Running, SplitLoaderError> {
    Ok(run(uploads, work))
}
#[cfg(not(split_pages))]
#[expect(clippy::unused_async, reason = "as the split function is called")]
async fn upload_queue(uploads: Uploads, work: Work) -> Result<Running, SplitLoaderError> {
    Ok(run(uploads, work))
}

/// Does it once the module is here. Where it does not come, files fail like others that the network did not let through.
pub(super) fn begin(uploads: Uploads, work: Work) {
    spawn_local(async move {
        match (upload_queue(uploads, work.clone()).await, work) {
            (Ok(running), _) => running.await,
            // What was kept is still there for the next page.
            (Err(error), Work::Restore) => crash::part_missing(&error.to_string()),
            (Err(_), Work::Send(ids)) => {
                for id in ids {
                    uploads.fail(id, Problem::Request(ApiError::local(ErrorKind::Offline, "GET", "upload-queue")));
                }
            }
            (Err(_), Work::Follow) => uploads.schedule(false),
        }
    });
}
