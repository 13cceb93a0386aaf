//! The filter by tags: chips to press, in the address. Every pressed one narrows the list.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::Dataset;

use crate::{
    components::{Allowed, KnowledgeBaseDialog},
    dom::visible::visible,
    i18n::use_locale,
    model::{
        access::Right,
        tag::{in_use, parse_ids, print_ids},
    },
    ui::IconButton,
};

/// The chips of all tags that are in use. Nothing while there are none.
#[component]
pub fn TagFilter(
    /// The knowledge bases.
    all: Signal<Arc<Vec<Dataset>>>,
    /// The pressed tags, as the address has them.
    chosen: Memo<String>,
    /// Hears the pressed tags.
    #[prop(into)]
    on_change: Callback<String>,
    /// Asks for the dialog that manages tags.
    wanted: RwSignal<Option<KnowledgeBaseDialog>>,
) -> impl IntoView {
    let messages = &use_locale().messages.knowledge_bases;
    // Ids, names and how many carry each; one that is only in the address stays, so that it can be taken out.
    let chips = Memo::new(move |_| {
        let mut chips: Vec<(String, String, String)> = all
            .with(|all| in_use(all))
            .into_iter()
            .map(|tag| (tag.id, tag.name, tag.binding_count.unwrap_or_default().to_string()))
            .collect();
        for id in chosen.with(|chosen| parse_ids(chosen)) {
            if chips.iter().all(|(known, ..)| *known != id) {
                chips.push((id, messages.unknown_tag.to_owned(), "0".to_owned()));
            }
        }
        chips
    });
    let chip = move |(id, name, count): (String, String, String)| {
        let own = id.clone();
        let is_on = Memo::new(move |_| chosen.with(|chosen| parse_ids(chosen).contains(&own)));
        let press = move |_| {
            let mut ids = chosen.with_untracked(|chosen| parse_ids(chosen));
            match ids.iter().position(|known| *known == id) {
                Some(at) => drop(ids.remove(at)),
                None => ids.push(id.clone()),
            }
            on_change.run(print_ids(&ids));
        };
        view! {
            <button type="button" class="chip" aria-pressed=move || is_on.get().to_string() on:click=press>
                <span>{visible(&name)}</span>
                <small>{count}</small>
            </button>
        }
    };
    move || {
        let chips = chips.get();
        (!chips.is_empty()).then(|| {
            view! {
                <div class="tag-filter" role="group" aria-label=messages.tags>
                    {chips.into_iter().map(chip).collect_view()}
                    <Allowed right=Right::Library>
                        <IconButton
                            icon="settings"
                            label=messages.manage_tags.to_owned()
                            on_click=move |_| wanted.set(Some(KnowledgeBaseDialog::ManageTags))
                        />
                    </Allowed>
                </div>
            }
        })
    }
}
