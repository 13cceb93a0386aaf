//! What stands where nothing is yet.

use leptos::prelude::*;

use super::Icon;

/// An empty place: what belongs here, and the action that brings it.
#[component]
pub fn Empty(
    /// Icon above the title.
    icon: &'static str,
    /// What is not here.
    #[prop(into)]
    title: String,
    /// What belongs here and how it gets here.
    #[prop(into)]
    text: String,
    /// The action.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon />
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
        </div>
    }
}
