//! The list of things that a run can take in, each with its box.

use leptos::prelude::*;

use super::{
    look::Lookup,
    work::{OpenFolder, use_work},
};
use crate::{
    dom::visible::visible,
    i18n::{pipeline, use_locale},
    model::pipeline::{Found, FoundKind},
    ui::{Button, ButtonKind, Checkbox, Icon, IconButton},
};

/// Rows that are made at first, and with every press of "more".
const ROWS: usize = 200;
/// Things before there is a filter.
const FILTERED_FROM: usize = 12;

/// The list. Nothing where there is nothing.
#[component]
pub fn FoundList(
    /// The things.
    things: Memo<Vec<Found>>,
    /// Opens a folder, where there are any.
    #[prop(optional, into)]
    look: Option<Callback<Lookup>>,
    /// Takes a thing off the page by its key, where that can be done.
    #[prop(optional, into)]
    on_remove: Option<Callback<String>>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = pipeline::of(locale);
    let work = use_work();
    let filter = RwSignal::new(String::new());
    let most = RwSignal::new(ROWS);
    let shown = Memo::new(move |_| {
        let filter = filter.get().to_lowercase();
        let is_wanted = |found: &&Found| {
            filter.is_empty() || found.name.to_lowercase().contains(&filter) || found.detail.to_lowercase().contains(&filter)
        };
        things.with(|things| things.iter().filter(is_wanted).cloned().collect::<Vec<_>>())
    });
    let counts = Memo::new(move |_| {
        let chosen = shown.with(|shown| shown.iter().filter(|found| work.is_chosen(&found.key)).count());
        (chosen, shown.with(Vec::len))
    });
    let is_some = Memo::new(move |_| things.with(|things| !things.is_empty()));
    let is_many = Memo::new(move |_| things.with(|things| things.len() >= FILTERED_FROM));
    let rows = Memo::new(move |_| shown.with(|shown| shown.iter().take(most.get()).cloned().collect::<Vec<_>>()));
    // A heading where the group changes, and none where all is in one.
    let has_groups = Memo::new(move |_| things.with(|things| things.iter().any(|found| found.group != things[0].group)));
    view! {
        <Show when=move || is_some.get()>
            <div class="things-head">
                <Checkbox
                    checked=Signal::derive(move || { let (chosen, all) = counts.get(); chosen == all && all > 0 })
                    is_partial=Signal::derive(move || { let (chosen, all) = counts.get(); chosen > 0 && chosen < all })
                    label=Signal::derive(move || (messages.select_all)(&locale.number(counts.get().1 as u64)))
                    on_change=move |is_on: bool| work.choose(shown.get_untracked(), is_on)
                />
                <Show when=move || is_many.get()>
                    <input
                        class="input"
                        type="text"
                        data-search=""
                        aria-label=messages.filter
                        placeholder=messages.filter
                        prop:value=move || filter.get()
                        on:input=move |event| filter.set(event_target_value(&event))
                    />
                </Show>
            </div>
            <ul class="things" aria-label=messages.found>
                <For
                    each=move || rows.get()
                    key=|found| found.key.clone()
                    children=move |found| view! { <Thing found has_groups look on_remove /> }
                />
                <Show when=move || { counts.get().1 > most.get() }>
                    <li>
                        <Button kind=ButtonKind::Quiet icon="down" on_click=move |_| most.update(|most| *most += ROWS)>
                            {move || (locale.messages.documents.and_more)(&locale.number((counts.get().1 - most.get()) as u64))}
                        </Button>
                    </li>
                </Show>
            </ul>
        </Show>
    }
}

#[component]
fn Thing(
    found: Found,
    has_groups: Memo<bool>,
    look: Option<Callback<Lookup>>,
    on_remove: Option<Callback<String>>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = pipeline::of(locale);
    let work = use_work();
    let (key, own) = (found.key.clone(), StoredValue::new(found.clone()));
    let checked = Signal::derive(move || work.is_chosen(&key));
    let name = visible(if found.name.trim().is_empty() { &found.key } else { &found.name });
    let is_folder = found.kind == FoundKind::Folder;
    let mut facts: Vec<String> = Vec::new();
    if is_folder {
        facts.push(messages.folder.to_owned());
    } else if !found.detail.is_empty() && found.detail != name {
        facts.push(visible(&found.detail));
    }
    facts.extend(found.size.map(|size| locale.bytes(size)));
    let facts = facts.join(" · ");
    let (group, key) = (visible(&found.group), found.key.clone());
    let open = look.filter(|_| is_folder).map(|look| {
        let text = |name: &str| found.item[name].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        let folder = OpenFolder { name: name.clone(), bucket: text("bucket"), prefix: text("id") };
        view! {
            <IconButton icon="next" label=(messages.open_folder)(&name) on_click=move |_| look.run(Lookup::Open(folder.clone())) />
        }
    });
    let remove = on_remove.map(|remove| {
        view! { <IconButton icon="close" label=(messages.remove)(&name) on_click=move |_| remove.run(key.clone()) /> }
    });
    view! {
        <li class="thing">
            <Checkbox checked label=name.clone() on_change=move |is_on: bool| work.choose(vec![own.get_value()], is_on) />
            <span class="thing-facts">
                {is_folder.then(|| view! { <Icon name="folder" /> })}
                {move || has_groups.get().then(|| view! { <span class="tag">{group.clone()}</span> })}
                <span class="none" title=facts.clone()>{facts.clone()}</span>
            </span>
            <span class="thing-actions">{open}{remove}</span>
        </li>
    }
}
