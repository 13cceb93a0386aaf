//! Two versions of a chunk: the server's and the one that was typed, to choose between.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::Segment;

use super::editor::Editor;
use crate::{
    components::DiffView,
    i18n::use_locale,
    model::chunk::{ChunkForm, same_keywords},
    ui::{Button, ButtonKind, Dialog},
};

/// Why there are two.
#[derive(Clone)]
pub enum Collision {
    /// The chunk changed on the server since the edit began.
    Changed(Arc<Segment>),
    /// The server said "saved" and has something else.
    OtherText(Arc<Segment>),
}

impl Collision {
    fn theirs(&self) -> &Segment {
        match self {
            Self::Changed(chunk) | Self::OtherText(chunk) => chunk,
        }
    }
}

/// The dialog; open while there is a collision.
#[component]
pub fn ConflictDialog(
    /// The collision.
    collision: RwSignal<Option<Collision>>,
    /// What was typed.
    editor: Editor,
    /// Saves again, now over the server's version.
    on_keep: Callback<()>,
) -> impl IntoView {
    let messages = &use_locale().messages.chunks;
    let open = RwSignal::new(false);
    // The dialog closes itself through its own signal.
    Effect::new(move |_| open.set(collision.with(Option::is_some)));
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if was_open == Some(true) && !is_open {
            collision.set(None);
        }
        is_open
    });
    let title = Signal::derive(move || match collision.get() {
        Some(Collision::OtherText(_)) => messages.other_text.to_owned(),
        _ => messages.conflict_title.to_owned(),
    });
    view! {
        <Dialog open title close_label=messages.back_to_editing class="wide">
            {move || collision.get().map(|collision| view! { <Sides theirs=ChunkForm::of(collision.theirs()) open editor on_keep /> })}
        </Dialog>
    }
}

#[component]
fn Sides(theirs: ChunkForm, open: RwSignal<bool>, editor: Editor, on_keep: Callback<()>) -> impl IntoView {
    let messages = &use_locale().messages.chunks;
    let mine = editor.now();
    let row = |name: &'static str, theirs: String, mine: String| {
        view! { <tr><th scope="row">{name}</th><td>{theirs}</td><td>{mine}</td></tr> }
    };
    let state = |enabled: bool| if enabled { messages.yes } else { messages.no }.to_owned();
    let has_other_keywords = !same_keywords(&theirs.keywords, &mine.keywords);
    let has_other_state = theirs.enabled != mine.enabled;
    let summaries = theirs.has_other_summary(&mine).then(|| (theirs.summary.clone(), mine.summary.clone()));
    let table = (has_other_keywords || has_other_state || summaries.is_some()).then(|| {
        view! {
            <table class="table sides">
                <thead><tr><td></td><th scope="col">{messages.theirs}</th><th scope="col">{messages.mine}</th></tr></thead>
                <tbody>
                    {has_other_keywords.then(|| row(messages.keywords, theirs.keywords.join(", "), mine.keywords.join(", ")))}
                    {summaries.map(|(theirs, mine)| row(messages.summary, theirs.unwrap_or_default(), mine.unwrap_or_default()))}
                    {has_other_state.then(|| row(messages.enabled, state(theirs.enabled), state(mine.enabled)))}
                </tbody>
            </table>
        }
    });
    let answers = (theirs.answer != mine.answer).then(|| {
        let (old, new) = (theirs.answer.clone(), mine.answer.clone());
        view! { <h3>{messages.answer}</h3><DiffView old new /> }
    });
    let (taken, kept) = (theirs.clone(), theirs.clone());
    let take = move |_| {
        open.set(false);
        editor.start_over(taken.clone());
    };
    let keep = move |_| {
        open.set(false);
        editor.base.set(kept.clone());
        on_keep.run(());
    };
    view! {
        <div class="form">
            <p>{messages.conflict_text}</p>
            <DiffView old=theirs.content.clone() new=mine.content.clone() />
            {answers}
            {table}
            <footer class="dialog-foot">
                <Button on_click=move |_| open.set(false)>{messages.back_to_editing}</Button>
                <Button on_click=take>{messages.take_theirs}</Button>
                <Button kind=ButtonKind::Primary on_click=keep>{messages.keep_mine}</Button>
            </footer>
        </div>
    }
}
