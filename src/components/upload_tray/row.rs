//! One file in the tray. It is made anew only when what it says changes.

use leptos::prelude::*;

use super::words::{Line, Look, line};
use crate::{
    components::Link,
    dom::visible::visible,
    i18n::use_locale,
    model::id::DocumentId,
    routes::Route,
    state::uploads::{
        Uploads,
        queue::{Purpose, Stage},
    },
    ui::{Icon, IconButton, Progress},
};

/// A row.
#[component]
pub fn TrayRow(
    /// Number of the file.
    id: u32,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.uploads.tray;
    let uploads = expect_context::<Uploads>();
    let queue = uploads.queue();
    // A file that was cleared away keeps its last words until its row is gone.
    let said = Memo::new(move |before: Option<&Line>| {
        let now = queue.with(|queue| queue.item(id).map(|item| line(locale, item)));
        now.or_else(|| before.cloned()).unwrap_or(Line { look: Look::Off, text: String::new(), detail: String::new(), bar: None })
    });
    let stage = Memo::new(move |_| queue.with(|queue| queue.item(id).map(|item| item.stage)));
    let name = queue.with_untracked(|queue| queue.item(id).map(|item| visible(&item.name)).unwrap_or_default());
    // The document's page, once there is one to see; the pipeline's, where a file waits for that.
    let place = Memo::new(move |_| {
        queue.with(|queue| {
            let item = queue.item(id).filter(|item| item.stage == Stage::Done)?;
            let (connection, knowledge_base) = (item.connection.clone(), item.knowledge_base.clone());
            if item.purpose != Purpose::Document {
                return Some(Route::Pipeline { connection, knowledge_base });
            }
            let document = item.document.as_deref().and_then(DocumentId::parse)?;
            Some(Route::Document { connection, knowledge_base, document, chunk: None })
        })
    });
    let (title, label) = (StoredValue::new(name.clone()), StoredValue::new(name.clone()));
    let (cancel, retry) = ((messages.cancel)(&name), (messages.retry)(&name));
    let look = Memo::new(move |_| said.with(|said| said.look));
    let words = Memo::new(move |_| said.with(|said| (said.text.clone(), said.detail.clone())));
    let bar = Memo::new(move |_| said.with(|said| said.bar));
    let class = move || match look.get() {
        Look::Plain => "tray-row",
        Look::Good => "tray-row good",
        Look::Bad => "tray-row bad",
        Look::Off => "tray-row off",
    };
    view! {
        <li class=class>
            {move || match place.get() {
                Some(to) => view! { <Link to class="file-name">{title.get_value()}</Link> }.into_any(),
                None => view! { <span class="file-name" title=title.get_value()>{title.get_value()}</span> }.into_any(),
            }}
            <span class="tray-action">
                {move || match stage.get() {
                    Some(stage) if !stage.is_ended() => {
                        view! { <IconButton icon="close" label=cancel.clone() on_click=move |_| uploads.cancel(id) /> }.into_any()
                    }
                    Some(Stage::Failed | Stage::Cancelled) if uploads.can_retry(id) => {
                        view! { <IconButton icon="retry" label=retry.clone() on_click=move |_| uploads.retry(id) /> }.into_any()
                    }
                    _ => ().into_any(),
                }}
            </span>
            <span class="tray-words" title=move || words.get().1>
                {move || match look.get() {
                    Look::Good => Some(view! { <Icon name="check" /> }),
                    Look::Bad => Some(view! { <Icon name="warning" /> }),
                    Look::Off => Some(view! { <Icon name="off" /> }),
                    Look::Plain => None,
                }}
                <span>{move || words.get().0}</span>
            </span>
            {move || bar.with(Option::is_some).then(|| {
                view! { <Progress value=Signal::derive(move || bar.get().flatten()) label=label.get_value() /> }
            })}
        </li>
    }
}
