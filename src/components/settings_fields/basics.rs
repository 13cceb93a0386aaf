//! Name and description.

use leptos::prelude::*;

use super::{SettingsState, Wrong};
use crate::{
    i18n::use_locale,
    model::{
        knowledge_base::{DESCRIPTION_MAX, NAME_MAX, NameProblem},
        settings::{Field, Problem},
    },
    ui::TextField,
};

/// The name.
#[component]
pub fn NameField(
    /// What the fields hold.
    state: SettingsState,
    /// What is wrong.
    wrong: Wrong,
    /// Whether the keyboard starts here.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let messages = &use_locale().messages.knowledge_bases;
    let error = wrong.at(Field::Name, move |problem| match problem {
        Problem::Name(NameProblem::Empty) => wrong.has_tried.get().then(|| messages.name_empty.to_owned()),
        Problem::Name(NameProblem::TooLong) => Some(messages.name_too_long.to_owned()),
        Problem::Name(NameProblem::Taken) => Some(messages.name_taken.to_owned()),
        _ => None,
    });
    view! { <TextField label=messages.name value=state.name most=NAME_MAX error autofocus /> }
}

/// The description.
#[component]
pub fn DescriptionField(
    /// What the fields hold.
    state: SettingsState,
    /// What is wrong.
    wrong: Wrong,
) -> impl IntoView {
    let messages = &use_locale().messages.knowledge_bases;
    let error = wrong.at(Field::Description, move |problem| {
        (*problem == Problem::DescriptionTooLong).then(|| messages.description_too_long.to_owned())
    });
    let hint = messages.description_hint.to_owned();
    view! { <TextField label=messages.description value=state.description rows=3 most=DESCRIPTION_MAX hint error /> }
}
