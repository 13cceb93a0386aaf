//! Buttons.

use leptos::{ev::MouseEvent, prelude::*};

use super::Icon;

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// One action among others.
    #[default]
    Plain,
    /// The one main action of a page or dialog.
    Primary,
    /// Takes something away.
    Danger,
    /// Without a border, inside bars and rows.
    Quiet,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "button",
            Self::Primary => "button primary",
            Self::Danger => "button danger",
            Self::Quiet => "button quiet",
        }
    }
}

/// A button with a word on it.
#[component]
pub fn Button(
    /// How much it stands out.
    #[prop(optional)]
    kind: ButtonKind,
    /// Icon before the word.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// Whether it does nothing now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Whether its action is under way: it then does nothing and shows so.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// `submit` inside a form.
    #[prop(default = "button")]
    kind_attribute: &'static str,
    /// Explains more on hover, such as why it is disabled.
    #[prop(optional, into)]
    title: Option<Signal<String>>,
    /// What it does.
    #[prop(optional, into)]
    on_click: Option<Callback<MouseEvent>>,
    /// The word.
    children: Children,
) -> impl IntoView {
    let press = move |event: MouseEvent| {
        if let Some(on_click) = on_click.filter(|_| !pending.get_untracked()) {
            on_click.run(event);
        }
    };
    view! {
        <button
            type=kind_attribute
            class=kind.class()
            class:pending=move || pending.get()
            disabled=move || disabled.get()
            aria-busy=move || pending.get().then_some("true")
            title=move || title.map(|title| title.get())
            on:click=press
        >
            {icon.map(|name| view! { <Icon name /> })}
            <span>{children()}</span>
        </button>
    }
}

/// A button with an icon only; its label is read out and shown on hover.
#[component]
pub fn IconButton(
    /// The icon.
    icon: &'static str,
    /// What it does, in words.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it does nothing now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// What it does.
    #[prop(into)]
    on_click: Callback<MouseEvent>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button quiet icon-only"
            aria-label=move || label.get()
            title=move || label.get()
            disabled=move || disabled.get()
            on:click=move |event| on_click.run(event)
        >
            <Icon name=icon />
        </button>
    }
}
