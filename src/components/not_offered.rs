//! "This server does not offer this", with the reason and a way to ask again.

use leptos::prelude::*;

use super::{absence_words, operation_words};
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
    let asked = client.clone();
    let absence = Memo::new(move |_| capabilities.absence(&asked, operation));
    let client = StoredValue::new(client);
    move || {
        absence.get().map(|absence| {
            let ask = move |_| {
                client.with_value(|client| capabilities.forget(client, operation));
                again.run(());
            };
            // Asking again does not widen a key.
            let can_ask = absence != Absence::KeyScope;
            view! {
                <div class="note">
                    <Icon name="info" />
                    <span><strong>{operation_words(locale, operation)[1]}</strong> " " {absence_words(locale, absence)}</span>
                    {can_ask.then(|| view! { <Button kind=ButtonKind::Quiet icon="retry" on_click=ask>{messages.again}</Button> })}
                </div>
            }
        })
    }
}
