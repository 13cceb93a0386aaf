//! The four faces of a read: loading, error, data, and data that could not be renewed.

use std::sync::Arc;

use leptos::{either::EitherOf4, prelude::*};

use super::ErrorPanel;
use crate::{i18n::use_locale, state::query::QueryHandle, ui::Skeleton};

/// Shows a query. `children` is called once there is data and reads the signal it is given: a renewed answer changes what is on
/// screen without making it anew.
#[component]
pub fn QueryView<T, F, V>(
    /// The query.
    query: QueryHandle<T>,
    /// Lines of the skeleton.
    #[prop(default = 8)]
    lines: usize,
    /// The view of the data.
    children: F,
) -> impl IntoView
where
    T: Send + Sync + 'static,
    F: Fn(Signal<Arc<T>>) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let messages = use_locale().messages;
    let has_data = Memo::new(move |_| query.data.with(Option::is_some));
    let error = Memo::new(move |_| query.error.get());
    let last = StoredValue::new(None::<Arc<T>>);
    move || match (has_data.get(), error.get()) {
        (true, error) => {
            let Some(first) = query.data.get_untracked() else { return EitherOf4::D(()) };
            last.set_value(Some(first.clone()));
            let data = Signal::derive(move || {
                let now = query.data.get().or_else(|| last.get_value());
                now.unwrap_or_else(|| first.clone())
            });
            EitherOf4::A(view! {
                <div class="query" class:previous=move || query.is_previous.get() aria-busy=move || query.is_fetching.get().then_some("true")>
                    {error.map(|_| view! { <p class="stale" role="status">{messages.errors.stale}</p> })}
                    {children(data)}
                </div>
            })
        }
        (false, Some(error)) => EitherOf4::B(view! { <ErrorPanel error retry=query.retry /> }),
        (false, None) => EitherOf4::C(view! { <Skeleton lines label=messages.common.loading /> }),
    }
}
