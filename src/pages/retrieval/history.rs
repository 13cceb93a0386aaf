//! What was asked before, to ask it again.

use leptos::prelude::*;

use crate::{
    components::Link,
    i18n::use_locale,
    routes::Route,
    state::retrieval_history::{Asked, RetrievalHistory},
    ui::{Button, ButtonKind},
};

/// The list; nothing while nothing was asked.
#[component]
pub fn History(
    /// The history.
    history: RetrievalHistory,
    /// The page.
    to: Route,
) -> impl IntoView {
    let messages = &use_locale().messages.retrieval;
    let is_empty = Memo::new(move |_| history.list().with(Vec::is_empty));
    let row = move |asked: Asked| {
        view! { <li><Link to=to.clone() query=asked.address is_in_place=true><span>{asked.query}</span></Link></li> }
    };
    let row = StoredValue::new(row);
    view! {
        <Show when=move || !is_empty.get()>
            <aside class="asked" aria-label=messages.history>
                <div class="asked-head">
                    <h2>{messages.history}</h2>
                    <Button kind=ButtonKind::Quiet on_click=move |_| history.clear()>{messages.history_clear}</Button>
                </div>
                <ol><For each=move || history.list().get() key=Clone::clone children=move |asked| row.with_value(|row| row(asked)) /></ol>
                <p class="hint">{messages.history_hint}</p>
            </aside>
        </Show>
    }
}
