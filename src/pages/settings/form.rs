//! The form: its sections, its draft, and how it is saved.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::Dataset;

use super::{
    confirm_dialog::ConfirmDialog,
    conflict_dialog::ConflictDialog,
    editor::Editor,
    words::{consequence, field_name},
};
use crate::{
    api::{
        Client,
        safe_settings::{self, RemoteSettings, Written, field_of},
    },
    components::{
        DraftNotes, DraftWords, ErrorLine, FormShell, SaveButtons, SharedDraftNote,
        settings_fields::{
            DescriptionField, ExternalFields, IndexFields, NameField, PermissionFields, RetrievalDefaultsFields, Wrong,
        },
    },
    dom::focus,
    i18n::{settings, use_locale},
    model::{
        id::KnowledgeBaseId,
        settings::{self as rules, Field, SettingsDraft, SettingsForm, is_external},
    },
    state::{
        cache::Resource,
        document_index::DocumentIndexes,
        drafts,
        mutation::Mutation,
        queries,
        query::{QueryCache, use_query},
        toasts::Toasts,
    },
    ui::Icon,
};

/// The form.
#[component]
pub fn Form(
    /// The connection.
    client: Client,
    /// The knowledge base's id.
    knowledge_base: KnowledgeBaseId,
    /// The knowledge base as the server has it.
    dataset: Signal<Arc<Dataset>>,
) -> impl IntoView {
    let locale = use_locale();
    let (common, messages) = (&locale.messages.knowledge_bases, settings::of(locale));
    let server = Memo::new(move |_| dataset.with(|dataset| SettingsForm::of(dataset)));
    let key = format!("settings.{}.{knowledge_base}", client.connection());
    let editor = Editor::new(key.clone(), &server.get_untracked());
    editor.follow(server);
    renew_after_end(editor);
    let is_overtaken = editor.is_overtaken(server);
    let external = Memo::new(move |_| dataset.with(|dataset| is_external(dataset)));
    let others = {
        let client = client.clone();
        use_query(move || Some(queries::KnowledgeBases(client.clone())))
    };
    let own = knowledge_base.clone();
    let problems = Memo::new(move |_| {
        let all = others.data.get();
        let others = all.iter().flat_map(|all| all.iter()).filter(|other| other.id != own.as_str());
        let now = editor.state.now();
        editor.base.with(|base| rules::problems(&now, Some(base), external.get(), others.map(|other| other.name.as_str())))
    });
    let mutation = Mutation::new();
    let has_tried = RwSignal::new(false);
    let refused = Signal::derive(move || mutation.error().get().and_then(|error| Some((field_of(&error)?, error.message))));
    let wrong = Wrong { problems, has_tried, refused };
    let costs = Memo::new(move |_| {
        let now = editor.state.now();
        editor.base.with(|base| dataset.with(|dataset| rules::consequences(dataset, base, &now)))
    });
    let theirs = RwSignal::new(None::<SettingsForm>);
    let is_confirming = RwSignal::new(false);
    let write = use_write(RemoteSettings(client.clone(), knowledge_base), key, editor, mutation, theirs);
    let save = Callback::new(move |()| {
        has_tried.set(true);
        if !problems.with_untracked(Vec::is_empty) {
            request_animation_frame(|| focus::first(".settings-form [aria-invalid], .settings-form .field-error:not(:empty)"));
        } else if editor.is_dirty.get_untracked() {
            if costs.with_untracked(Vec::is_empty) { write.run(()) } else { is_confirming.set(true) }
        }
    });
    let discard = move |()| {
        has_tried.set(false);
        mutation.clear();
        editor.start_over(server.get_untracked());
    };
    let compare = Callback::new(move |()| theirs.set(Some(server.get_untracked())));
    let words = DraftWords {
        changed_meanwhile: messages.changed_meanwhile,
        compare: messages.compare,
        draft_found: messages.draft_found,
        not_stored: messages.not_stored,
    };
    let is_high = Signal::derive(move || editor.state.technique.with(|now| now == "high_quality"));
    let client = StoredValue::new(client);
    view! {
        <FormShell class="settings-form" on_submit=save>
            <DraftNotes
                words
                is_overtaken
                on_compare=compare
                is_restored=Signal::derive(move || editor.is_restored && editor.is_dirty.get())
                is_unstored=editor.draft.is_unstored
            />
            <SharedDraftNote draft=editor.draft on_swap=move |()| editor.swap() />
            <Section title=messages.general text=messages.general_text>
                <NameField state=editor.state wrong />
                <DescriptionField state=editor.state wrong />
                <PermissionFields state=editor.state wrong />
            </Section>
            <Show
                when=move || external.get()
                fallback=move || view! {
                    <Section title=common.technique text=messages.index_text>
                        <IndexFields client=client.get_value() state=editor.state wrong />
                        <Show when=move || dataset.with(|dataset| dataset.embedding_available == Some(false))>
                            <p class="note"><Icon name="warning" /><span>{messages.embedding_unavailable}</span></p>
                        </Show>
                    </Section>
                    <Section title=messages.retrieval text=messages.retrieval_text>
                        <RetrievalDefaultsFields client=client.get_value() state=editor.state.retrieval wrong has_embeddings=is_high />
                    </Section>
                }
            >
                <Section title=messages.external text=messages.external_text>
                    <ExternalFields state=editor.state wrong has_retrieval=true />
                </Section>
            </Show>
            <div class="save-bar" class:idle=move || !editor.is_dirty.get()>
                <ErrorLine error=mutation.error() />
                <ul class="costs" role="status">
                    {move || costs.get().into_iter().map(|cost| view! { <li><Icon name="warning" /><span>{consequence(locale, cost)}</span></li> }).collect_view()}
                </ul>
                <div class="save-actions">
                    <span class="grow">{move || if editor.is_dirty.get() { messages.unsaved } else { messages.nothing_changed }}</span>
                    <SaveButtons is_dirty=editor.is_dirty is_pending=mutation.is_pending() discard=messages.discard on_discard=discard />
                </div>
            </div>
        </FormShell>
        <ConfirmDialog open=is_confirming costs on_confirm=write />
        <ConflictDialog theirs editor on_keep=save />
    }
}

/// What another tab has saved is on the server now.
fn renew_after_end(editor: Editor) {
    let cache = expect_context::<QueryCache>();
    Effect::new(move |_| {
        if editor.draft.ended_elsewhere.get() > 0 {
            cache.invalidate(Resource::KnowledgeBases);
            cache.invalidate(Resource::KnowledgeBase);
        }
    });
}

#[component]
fn Section(title: &'static str, text: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="settings-section">
            <header><h2>{title}</h2><p>{text}</p></header>
            <div class="form">{children()}</div>
        </section>
    }
}

/// What happens on saving, whether the form is still there when the answer comes or not.
fn use_write(
    remote: RemoteSettings,
    key: String,
    editor: Editor,
    mutation: Mutation,
    theirs: RwSignal<Option<SettingsForm>>,
) -> Callback<()> {
    let locale = use_locale();
    let messages = settings::of(locale);
    let cache = expect_context::<QueryCache>();
    let toasts = expect_context::<Toasts>();
    let indexes = expect_context::<DocumentIndexes>();
    Callback::new(move |()| {
        let (base, sent) = (editor.base.get_untracked(), editor.now());
        let (remote, key, wanted) = (remote.clone(), key.clone(), sent.clone());
        let write = async move {
            let outcome = safe_settings::write(&remote, &base, &wanted).await;
            // Also where the form is gone: a draft that was saved is none.
            let is_saved = matches!(&outcome, Ok(Written::Done(_, untaken)) if untaken.is_empty());
            if is_saved && drafts::get::<SettingsDraft>(&key).is_some_and(|draft| draft.form == wanted) {
                drafts::remove(&key);
            }
            if let Ok(Written::Done(now, _)) = &outcome {
                let RemoteSettings(client, id) = &remote;
                cache.put(&queries::KnowledgeBase(client.clone(), id.clone()), Dataset::clone(now));
                if wanted.differs(&base, Field::Technique) || wanted.differs(&base, Field::Embedding) {
                    indexes.of(client, id).reload();
                }
            }
            for resource in [Resource::KnowledgeBases, Resource::KnowledgeBase, Resource::Document, Resource::Retrieval] {
                cache.invalidate(resource);
            }
            outcome
        };
        mutation.run(write, move |written| match written {
            Written::Conflict(now) => theirs.set(Some(SettingsForm::of(&now))),
            Written::Done(now, untaken) => {
                let server = SettingsForm::of(&now);
                if untaken.is_empty() {
                    // What was typed while it was being saved stays. What was wanted counts as the server's where only its detail
                    // says otherwise.
                    let is_same = editor.now() == sent;
                    editor.base.set(sent.clone());
                    if is_same {
                        editor.start_over(if server.differing(&sent).is_empty() { server } else { sent });
                    }
                    toasts.done((locale.messages.knowledge_bases.updated)(&now.name));
                } else {
                    editor.base.set(server);
                    let names: Vec<&str> = untaken.iter().map(|field| field_name(locale, *field)).collect();
                    toasts.problem((messages.untaken)(&names.join(", ")));
                }
            }
        });
    })
}
