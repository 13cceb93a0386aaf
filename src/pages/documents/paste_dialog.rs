//! A document out of a text that is typed or pasted. What was typed stays until it is sent, whatever happens to the dialog.
//!
//! Carries out: createDocumentFromText.

use std::{collections::HashSet, sync::Arc};

use leptos::{ev::SubmitEvent, prelude::*};

use super::{
    add_dialog::{names, settings},
    screen::{Screen, use_screen},
};
use crate::{
    components::{ChunkPreview, PreviewText, ProcessRuleFields, RuleState},
    i18n::use_locale,
    model::{
        file::{NAME_MAX, free_name},
        preflight::Choice,
    },
    state::{
        drafts,
        uploads::{NewUpload, Source, Uploads},
    },
    ui::{Button, ButtonKind, Dialog, Select, TextField},
};

/// The dialog.
#[component]
pub fn PasteDialog() -> impl IntoView {
    let locale = use_locale();
    let Screen { is_pasting, .. } = use_screen();
    view! {
        <Dialog
            open=is_pasting
            title=locale.messages.uploads.add.paste_title.to_owned()
            close_label=locale.messages.common.close
            class="wide"
        >
            <Form />
        </Dialog>
    }
}

#[component]
fn Form() -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.uploads.add;
    let screen = use_screen();
    let Screen { client, knowledge_base, is_pasting, documents, index, dataset, .. } = screen;
    let uploads = expect_context::<Uploads>();
    index.open();
    let draft = StoredValue::new(format!("text.{}.{knowledge_base}", client.connection()));
    let (kept_name, kept_text): (String, String) = draft.with_value(|key| drafts::get(key)).unwrap_or_default();
    let (name, text) = (RwSignal::new(kept_name), RwSignal::new(kept_text));
    let keep = move |_: String| {
        draft.with_value(|key| drafts::set(key, &(name.get_untracked(), text.get_untracked())));
    };
    let has_tried = RwSignal::new(false);
    let rule = RuleState::remembered(client.connection(), &knowledge_base, dataset);

    let taken = {
        let (client, knowledge_base) = (client.clone(), knowledge_base.clone());
        Memo::new(move |_| {
            let on_their_way: HashSet<String> =
                uploads.queue().with(|queue| queue.names_on_their_way(client.connection(), &knowledge_base));
            (documents.with(|documents| (documents.is_current(), names(&documents.list))), on_their_way)
        })
    };
    let is_known = Memo::new(move |_| taken.with(|taken| taken.0.0));
    // `Some(true)` where the document of that name can be replaced.
    let namesake = Memo::new(move |_| {
        let name = name.with(|name| name.trim().to_owned());
        taken.with(|((_, documents), on_their_way)| {
            documents.get(&name).copied().or_else(|| on_their_way.contains(&name).then_some(false))
        })
    });
    let choice = RwSignal::new(Choice::KeepBoth);
    let is_replacing = Memo::new(move |_| namesake.get() == Some(true) && choice.get() == Choice::Replace);
    let free = Memo::new(move |_| {
        let name = name.with(|name| name.trim().to_owned());
        taken.with(|((_, documents), on_their_way)| {
            free_name(&name, |name| documents.contains_key(name) || on_their_way.contains(name))
        })
    });

    let name_error = Signal::derive(move || {
        let length = name.with(|name| name.trim().chars().count());
        match length {
            0 => has_tried.get().then(|| messages.name_empty.to_owned()),
            _ if length > NAME_MAX => Some(messages.name_long.to_owned()),
            _ => None,
        }
    });
    let is_text_empty = Memo::new(move |_| text.with(|text| text.trim().is_empty()));
    let text_error = Signal::derive(move || (has_tried.get() && is_text_empty.get()).then(|| messages.text_empty.to_owned()));
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        has_tried.set(true);
        if name_error.get_untracked().is_some() || is_text_empty.get_untracked() || untrack(|| rule.problem()).is_some() {
            crate::dom::focus::first("dialog[open] [aria-invalid]");
            return;
        }
        if !is_known.get_untracked() {
            return;
        }
        let replaces = is_replacing.get_untracked();
        rule.remember(client.connection(), &knowledge_base);
        let data = dataset.with_untracked(|dataset| Arc::new(settings(dataset.as_deref(), &untrack(|| rule.form()))));
        let new = NewUpload {
            source: Source::Text(text.get_untracked().into()),
            name: if replaces { name.get_untracked().trim().to_owned() } else { free.get_untracked() },
            data,
            target: None,
            may_replace: replaces,
        };
        // From here on the upload queue keeps it.
        uploads.add(&client, &knowledge_base, vec![new]);
        draft.with_value(|key| drafts::remove(key));
        is_pasting.set(false);
    };
    let preview = Memo::new(move |_| {
        (!is_text_empty.get()).then(|| PreviewText {
            name: name.with(|name| if name.trim().is_empty() { messages.text.to_owned() } else { name.trim().to_owned() }),
            text: text.with(|text| text.as_str().into()),
            is_part: false,
        })
    });
    let options =
        vec![("keep-both".to_owned(), messages.keep_both.to_owned()), ("replace".to_owned(), messages.replace.to_owned())];
    view! {
        <form class="form" novalidate on:submit=on_submit>
            <div class="add">
                <div class="add-files form">
                    <TextField
                        label=messages.text_name
                        value=name
                        most=NAME_MAX
                        hint=messages.text_name_hint.to_owned()
                        error=name_error
                        autofocus=true
                        on_input=keep
                    />
                    {move || namesake.get().map(|can_replace| {
                        let options = options.clone();
                        view! {
                            <div class="file-question" role="status">
                                <p class="warning-text">{messages.has_document}</p>
                                {can_replace.then(|| view! {
                                    <Select
                                        label=(messages.choice_of)(&name.get_untracked())
                                        is_label_hidden=true
                                        value=Signal::derive(move || if choice.get() == Choice::Replace { "replace" } else { "keep-both" }.to_owned())
                                        options=options
                                        on_change=move |value: String| {
                                            choice.set(if value == "replace" { Choice::Replace } else { Choice::KeepBoth });
                                        }
                                    />
                                })}
                                <small>{move || {
                                    if is_replacing.get() { messages.as_replacing.to_owned() } else { (messages.as_named)(&free.get()) }
                                }}</small>
                            </div>
                        }
                    })}
                    <TextField label=messages.text value=text rows=12 error=text_error on_input=keep />
                </div>
                <div class="add-rule">
                    <ProcessRuleFields rule />
                    <ChunkPreview text=preview rule />
                </div>
            </div>
            <footer class="dialog-foot">
                <Button on_click=move |_| is_pasting.set(false)>{locale.messages.common.cancel}</Button>
                <Button kind=ButtonKind::Primary kind_attribute="submit" disabled=Signal::derive(move || !is_known.get())>
                    {messages.paste_submit}
                </Button>
            </footer>
        </form>
    }
}
