//! Who may see a knowledge base.

use leptos::prelude::*;
use loredesk_wire::Permission;

use super::{SettingsState, Wrong};
use crate::{
    i18n::{settings, use_locale},
    model::settings::{Field, Problem},
    ui::{ChipsField, ChipsLabels, Icon, Select},
};

/// Account ids on a list at most; more than any workspace has members that one would type in.
const MEMBERS_MAX: usize = 200;
/// Characters of an account id.
const ID_LENGTH: usize = 36;

/// The permission, and the list of those who may where it is one. The API has no list of members to choose from.
#[component]
pub fn PermissionFields(
    /// What they hold.
    state: SettingsState,
    /// What is wrong.
    wrong: Wrong,
) -> impl IntoView {
    let locale = use_locale();
    let (common, messages) = (&locale.messages.knowledge_bases, settings::of(locale));
    let known = [
        (Permission::OnlyMe, common.only_me),
        (Permission::AllTeamMembers, common.all_team_members),
        (Permission::PartialMembers, common.partial_members),
    ];
    let options = Signal::derive(move || {
        let mut options: Vec<(String, String)> =
            known.iter().map(|(permission, words)| (permission.as_str().to_owned(), (*words).to_owned())).collect();
        // What a newer server may have is kept as it is.
        let now = state.permission.get();
        if !now.is_empty() && options.iter().all(|(value, _)| *value != now) {
            options.push((now.clone(), now));
        }
        options
    });
    let is_partial = Memo::new(move |_| state.permission.with(|permission| permission == Permission::PartialMembers.as_str()));
    let error = wrong.at(Field::Permission, move |problem| match problem {
        Problem::NoMembers => wrong.has_tried.get().then(|| messages.members_empty.to_owned()),
        Problem::BadMember(id) => Some((messages.members_bad)(id)),
        _ => None,
    });
    let labels = ChipsLabels {
        label: messages.members,
        placeholder: messages.members_placeholder,
        count: messages.members_count,
        remove: messages.members_remove,
        too_long: messages.members_too_long,
    };
    view! {
        <Select label=common.permission value=state.permission options on_change=move |value| state.permission.set(value) />
        <Show when=move || is_partial.get()>
            <ChipsField values=state.members labels most=MEMBERS_MAX longest=ID_LENGTH />
            <p class="field-error" tabindex="-1" role="alert">{move || error.get()}</p>
            <p class="hint">{messages.members_hint}</p>
            <p class="note"><Icon name="warning" /><span>{messages.members_warning}</span></p>
        </Show>
        <p class="field-error" tabindex="-1" role="alert">{move || error.get().filter(|_| !is_partial.get())}</p>
    }
}
