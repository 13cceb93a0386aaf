//! The list of keys.

use leptos::prelude::*;

use crate::{components::use_shortcuts, dom::element, i18n::use_locale, ui::Dialog};

/// Keys that do something: each alternative is a list of keys pressed together.
type Keys = &'static [&'static [&'static str]];

#[component]
pub(super) fn KeysDialog() -> impl IntoView {
    let locale = use_locale();
    let (messages, common) = (&locale.messages.keyboard, &locale.messages.common);
    view! {
        <Dialog open=use_shortcuts().is_help_open title=common.keyboard.to_owned() close_label=common.close class="keys">
            <div class="keys-groups">
                {group(messages.everywhere, messages.or, &[
                    (&[&["Ctrl", "K"]], messages.palette),
                    (&[&["/"]], messages.search),
                    (&[&["?"]], messages.help),
                    (&[&["Esc"]], messages.escape),
                ])}
                {group(messages.writing, messages.or, &[
                    (&[&["Ctrl", "Enter"]], messages.save),
                    (&[&["Enter"]], messages.ask),
                    (&[&["Shift", "Enter"]], messages.new_line),
                    (&[&["Enter"], &[","]], messages.keyword),
                ])}
                {group(messages.lists, messages.or, &[
                    (&[&["j"], &["↓"]], messages.next),
                    (&[&["k"], &["↑"]], messages.previous),
                    (&[&["Home"], &["End"]], messages.ends),
                    (&[&["x"]], messages.select),
                    (&[&["Enter"]], messages.open_row),
                ])}
            </div>
            <p class="hint">{messages.note}</p>
        </Dialog>
    }
}

fn group(title: &'static str, or: &'static str, lines: &[(Keys, &'static str)]) -> AnyView {
    let is_apple = element::is_apple();
    let name = move |key: &'static str| if is_apple && key == "Ctrl" { "⌘" } else { key };
    let combination = move |(number, keys): (usize, &&'static [&'static str])| {
        let keys = keys.iter().map(|key| view! { <kbd>{name(key)}</kbd> }).collect_view();
        view! {
            {(number > 0).then(|| view! { <span class="none">{format!(" {or} ")}</span> })}
            {keys}
        }
    };
    let line = |(keys, words): &(Keys, &'static str)| {
        view! { <div><dt>{*words}</dt><dd>{keys.iter().enumerate().map(combination).collect_view()}</dd></div> }
    };
    view! { <section><h3>{title}</h3><dl>{lines.iter().map(line).collect_view()}</dl></section> }.into_any()
}
