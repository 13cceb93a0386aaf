//! The dialogs that make and delete a knowledge base and see to its tags. They are fetched when one of them is first wanted.

mod create_dialog;
mod delete_dialog;
mod manage_tags_dialog;

use leptos::prelude::*;

use self::manage_tags_dialog::ManageTagsDialog;
pub use self::{create_dialog::CreateDialog, delete_dialog::DeleteDialog};
use super::{KnowledgeBaseDialog, TagEditor};
use crate::{
    api::Client,
    i18n::{tags, use_locale},
    model::id::KnowledgeBaseId,
    ui::{Button, ButtonKind, Dialog},
};

/// The dialog that is wanted. Closing it takes the wish away.
#[component]
pub fn KnowledgeBaseDialogs(
    /// The connection.
    client: Client,
    /// The dialog that is wanted.
    wanted: RwSignal<Option<KnowledgeBaseDialog>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    // What was wanted last stays while its dialog closes, so that the dialog can give the focus back.
    let shown = RwSignal::new(None::<KnowledgeBaseDialog>);
    Effect::new(move |_| {
        if let Some(dialog) = wanted.get() {
            shown.set(Some(dialog));
            open.set(true);
        }
    });
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if was_open == Some(true) && !is_open {
            wanted.set(None);
        }
        is_open
    });
    move || {
        let client = client.clone();
        shown.get().map(|dialog| match dialog {
            KnowledgeBaseDialog::Create => view! { <CreateDialog open client /> }.into_any(),
            KnowledgeBaseDialog::Tags(dataset) => {
                let Some(knowledge_base) = KnowledgeBaseId::parse(&dataset.id) else { return ().into_any() };
                view! { <TagsDialog open client knowledge_base name=dataset.name wanted /> }.into_any()
            }
            KnowledgeBaseDialog::ManageTags => view! { <ManageTagsDialog open client /> }.into_any(),
            KnowledgeBaseDialog::Delete(dataset) => view! { <DeleteDialog open client dataset=*dataset /> }.into_any(),
        })
    }
}

/// The tags of one knowledge base.
#[component]
fn TagsDialog(
    open: RwSignal<bool>,
    client: Client,
    knowledge_base: KnowledgeBaseId,
    name: String,
    wanted: RwSignal<Option<KnowledgeBaseDialog>>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = tags::of(locale);
    view! {
        <Dialog open title=(messages.title)(&name) close_label=locale.messages.common.close>
            <div class="form">
                <TagEditor client=client.clone() knowledge_base=knowledge_base.clone() autofocus=true />
                <footer class="dialog-foot">
                    <Button kind=ButtonKind::Quiet icon="settings" on_click=move |_| wanted.set(Some(KnowledgeBaseDialog::ManageTags))>
                        {messages.manage}
                    </Button>
                    <span class="grow"></span>
                    <Button kind=ButtonKind::Primary on_click=move |_| open.set(false)>{messages.done}</Button>
                </footer>
            </div>
        </Dialog>
    }
}
