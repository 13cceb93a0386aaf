//! Asking a source what it has to offer: streamed, stopped when the page is left or the person says so.
//!
//! Carries out: runDatasourceNode.

use futures::future::{AbortHandle, abortable};
use leptos::{prelude::*, task::spawn_local};
use loredesk_wire::{DatasourceType, RunDatasourceNode};
use serde_json::Value;

use super::work::{Looking, OpenFolder, Work};
use crate::{api::dify, dom::focus, model::pipeline::NodeRun};

/// What to do about asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// Ask, from the top.
    Start,
    /// Ask for what is in a folder, inside those that are open.
    Open(OpenFolder),
    /// Go back to so many open folders.
    Back(usize),
    /// Stop asking.
    Stop,
}

/// A function that asks the source, or stops that.
pub fn use_look(work: Work) -> Callback<Lookup> {
    let running = StoredValue::new_local(None::<AbortHandle>);
    let stop = move || {
        if let Some(handle) = running.try_update_value(Option::take).flatten() {
            handle.abort();
        }
    };
    on_cleanup(stop);
    Callback::new(move |lookup: Lookup| {
        stop();
        match lookup {
            Lookup::Stop => return work.looking.set(Looking::Stopped),
            Lookup::Start => work.trail.set(Vec::new()),
            Lookup::Open(folder) => work.trail.update(|trail| trail.push(folder)),
            Lookup::Back(depth) => work.trail.update(|trail| trail.truncate(depth)),
        }
        work.has_tried.set(true);
        if work.has_problems() {
            work.looking.set(Looking::Not);
            return request_animation_frame(|| {
                focus::first(".pipeline-inputs [aria-invalid], .pipeline-inputs .field-error:not(:empty)")
            });
        }
        work.told.set(NodeRun::default());
        work.looking.set(Looking::Busy);
        let (asking, handle) = abortable(ask(work, body(work)));
        running.set_value(Some(handle));
        spawn_local(async move {
            if let Ok(end) = asking.await {
                let _ = work.looking.try_set(end);
            }
        });
    })
}

/// What is sent: the inputs, and the folder that is open.
fn body(work: Work) -> RunDatasourceNode {
    let mut inputs = work.inputs();
    let folder = work.trail.with_untracked(|trail| trail.last().cloned());
    if let (Some(folder), Value::Object(inputs)) = (folder, &mut inputs) {
        let given = [("bucket", folder.bucket), ("prefix", folder.prefix)];
        inputs.extend(given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), Value::from(value?)))));
    }
    let datasource_type = work.kind();
    let credential_id = work.credential.get_value().filter(|_| datasource_type != DatasourceType::LocalFile);
    RunDatasourceNode { inputs, datasource_type, credential_id, is_published: work.is_published }
}

async fn ask(work: Work, body: RunDatasourceNode) -> Looking {
    let (client, knowledge_base) = work.place.get_value();
    let node = work.node.with_value(|node| node.node_id.clone());
    let (kind, credential) = (body.datasource_type.clone(), body.credential_id.clone());
    let on_event = |event| {
        let _ = work.told.try_update(|told| told.take(event, &kind, credential.as_deref()));
    };
    let outcome = dify::pipeline::run_node(&client, &knowledge_base, &node, &body, on_event).await;
    let (is_done, has_failed) = work.told.try_with_untracked(|told| (told.is_done, told.error.is_some())).unwrap_or_default();
    match outcome {
        // What was told counts, even where the connection broke after it.
        _ if is_done || has_failed => Looking::Answered,
        Ok(()) => Looking::Cut,
        Err(error) if work.told.try_with_untracked(|told| told.completed > 0) == Some(true) && error.is_outcome_unknown() => {
            Looking::Cut
        }
        Err(error) => Looking::Failed(error),
    }
}
