//! Two versions of the settings: the server's and the one that was typed, to choose between.

use leptos::prelude::*;

use super::{
    editor::Editor,
    words::{field_name, field_value},
};
use crate::{
    i18n::{settings, use_locale},
    model::settings::{Field, SettingsForm},
    ui::{Button, ButtonKind, Dialog},
};

/// The dialog; open while there is a version of somebody else to decide about.
#[component]
pub fn ConflictDialog(
    /// What the server has.
    theirs: RwSignal<Option<SettingsForm>>,
    /// What was typed.
    editor: Editor,
    /// Saves again, now on top of the server's version.
    on_keep: Callback<()>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = settings::of(locale);
    let open = RwSignal::new(false);
    // The dialog closes itself through its own signal.
    Effect::new(move |_| open.set(theirs.with(Option::is_some)));
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if was_open == Some(true) && !is_open {
            theirs.set(None);
        }
        is_open
    });
    view! {
        <Dialog open title=messages.conflict_title.to_owned() close_label=messages.back class="wide">
            {move || theirs.get().map(|theirs| view! { <Sides theirs open editor on_keep /> })}
        </Dialog>
    }
}

#[component]
fn Sides(theirs: SettingsForm, open: RwSignal<bool>, editor: Editor, on_keep: Callback<()>) -> impl IntoView {
    let locale = use_locale();
    let messages = settings::of(locale);
    let base = editor.base.get_untracked();
    // Only what was touched here is mine; the rest would be theirs either way.
    let mine = editor.now().rebased(&base, &theirs);
    let row = |field: Field| {
        let (theirs, mine) = (field_value(locale, field, &theirs), field_value(locale, field, &mine));
        view! {
            <tr>
                <th scope="row">{field_name(locale, field)}</th>
                <td data-label=messages.theirs>{theirs}</td>
                <td data-label=messages.mine>{mine}</td>
            </tr>
        }
    };
    let differs = |field: &Field| theirs.differs(&base, *field) || theirs.differs(&mine, *field);
    let rows: Vec<_> = Field::EVERY.into_iter().filter(differs).map(row).collect();
    let (taken, kept) = (theirs.clone(), theirs.clone());
    let take = move |_| {
        open.set(false);
        editor.start_over(taken.clone());
    };
    let keep = move |_| {
        open.set(false);
        let mine = editor.now().rebased(&editor.base.get_untracked(), &kept);
        editor.base.set(kept.clone());
        editor.state.fill(mine);
        on_keep.run(());
    };
    view! {
        <div class="form">
            <p>{messages.conflict_text}</p>
            <table class="table sides">
                <thead><tr><td></td><th scope="col">{messages.theirs}</th><th scope="col">{messages.mine}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
            <footer class="dialog-foot">
                <Button on_click=move |_| open.set(false)>{messages.back}</Button>
                <Button on_click=take>{messages.take_theirs}</Button>
                <Button kind=ButtonKind::Primary on_click=keep>{messages.keep_mine}</Button>
            </footer>
        </div>
    }
}
