//! The messages at the edge of the screen, and what can still be taken back.

use leptos::prelude::*;

use crate::{
    dom::visible::visible,
    i18n::use_locale,
    state::{delayed::Delayed, toasts::Toasts},
    ui::{Button, ButtonKind, Icon, IconButton},
};

/// The messages, in a live region that screen readers follow.
#[component]
pub fn ToastList() -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let delayed = expect_context::<Delayed>();
    let messages = use_locale().messages;
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.list().get() key=|toast| toast.id let:toast>
                <div class="toast" class:problem=toast.is_problem>
                    <Icon name=if toast.is_problem { "warning" } else { "check" } />
                    <p>{visible(&toast.text)}</p>
                    <IconButton icon="close" label=messages.common.close on_click=move |_| toasts.close(toast.id) />
                </div>
            </For>
            <For each=move || delayed.list().get() key=|pending| pending.id let:pending>
                <div class="toast pending">
                    <Icon name="clock" />
                    <p>{visible(&pending.text)}</p>
                    <Button kind=ButtonKind::Quiet on_click=move |_| delayed.undo(pending.id)>{messages.common.undo}</Button>
                </div>
            </For>
        </div>
    }
}
