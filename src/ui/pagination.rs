//! Pages of a list.

use leptos::prelude::*;

use super::IconButton;

/// Previous, "2 of 14", next. Shows nothing where there is one page.
#[component]
pub fn Pagination(
    /// This page, from 1.
    #[prop(into)]
    page: Signal<u64>,
    /// How many pages there are.
    #[prop(into)]
    pages: Signal<u64>,
    /// "Page 2 of 14", given both.
    say: fn(u64, u64) -> String,
    /// Label of the way back.
    #[prop(into)]
    previous: String,
    /// Label of the way on.
    #[prop(into)]
    next: String,
    /// Hears the page that is wanted.
    #[prop(into)]
    on_page: Callback<u64>,
) -> impl IntoView {
    let previous = StoredValue::new(previous);
    let next = StoredValue::new(next);
    view! {
        <Show when=move || { pages.get() > 1 }>
            <nav class="pagination" aria-label=move || say(page.get(), pages.get())>
                <IconButton
                    icon="previous"
                    label=previous.get_value()
                    disabled=Signal::derive(move || page.get() <= 1)
                    on_click=move |_| on_page.run(page.get_untracked().saturating_sub(1).max(1))
                />
                <span>{move || say(page.get(), pages.get())}</span>
                <IconButton
                    icon="next"
                    label=next.get_value()
                    disabled=Signal::derive(move || page.get() >= pages.get())
                    on_click=move |_| on_page.run(page.get_untracked() + 1)
                />
            </nav>
        </Show>
    }
}
