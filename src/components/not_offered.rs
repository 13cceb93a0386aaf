//! "This server does not offer this", with the reason and a way to ask again.

use leptos::prelude::*;

use crate::{
    api::{
        Client,
        capabilities::{Absence, Operation},
    },
    i18n::{capabilities, use_locale},
    state::capabilities::Capabilities,
    ui::{Button, ButtonKind, Icon},
};

/// Says that the server lacks an operation, while that is known. Shows nothing otherwise.
#[component]
pub fn NotOffered(
    /// The connection.
    client: Client,
    /// The operation.
    operation: Operation,
    /// Asks again.
    #[prop(into)]
    again: Callback<()>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = capabilities::of(locale);
    let capabilities = expect_context::<Capabilities>();
    let what = match operation {
        Operation::Tags => messages.tags,
        Operation::Models => messages.models,
        Operation::Download => messages.download,
        Operation::DownloadZip => messages.download_zip,
        Operation::Pipelines => messages.pipelines,
        Operation::DocumentPatch => messages.document_patch,
    };
    let asked = client.clone();
    let absence = Memo::new(move |_| capabilities.absence(&asked, operation));
    let client = StoredValue::new(client);
    move || {
        absence.get().map(|absence| {
            let why = match absence {
                Absence::UnknownPath => messages.unknown_path,
                Absence::UnknownMethod => messages.unknown_method,
                Absence::Page => messages.page,
            };
            let ask = move |_| {
                client.with_value(|client| capabilities.forget(client, operation));
                again.run(());
            };
            view! {
                <div class="note">
                    <Icon name="info" />
                    <span><strong>{what}</strong> " " {why}</span>
                    <Button kind=ButtonKind::Quiet icon="retry" on_click=ask>{messages.again}</Button>
                </div>
            }
        })
    }
}
