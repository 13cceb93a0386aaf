//! Asks before a change is saved that costs something or cannot be undone.

use leptos::prelude::*;

use super::words::consequence;
use crate::{
    i18n::{settings, use_locale},
    model::settings::Consequence,
    ui::{Button, ButtonKind, Dialog},
};

/// The dialog.
#[component]
pub fn ConfirmDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What the change costs.
    #[prop(into)]
    costs: Signal<Vec<Consequence>>,
    /// Saves.
    on_confirm: Callback<()>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = settings::of(locale);
    let confirm = move |_| {
        open.set(false);
        on_confirm.run(());
    };
    view! {
        <Dialog open title=messages.confirm_title.to_owned() close_label=locale.messages.common.close>
            <div class="form">
                <ul class="costs">
                    {move || costs.get().into_iter().map(|cost| view! { <li>{consequence(locale, cost)}</li> }).collect_view()}
                </ul>
                <footer class="dialog-foot">
                    <Button on_click=move |_| open.set(false)>{messages.back}</Button>
                    <Button kind=ButtonKind::Primary on_click=confirm>{messages.confirm}</Button>
                </footer>
            </div>
        </Dialog>
    }
}
