//! A field for several short words, each a chip that can be taken out.

use leptos::{ev, html, prelude::*};

use super::{Icon, element_id};

/// The words of a [`ChipsField`].
#[derive(Clone, Copy)]
pub struct ChipsLabels {
    /// Its label.
    pub label: &'static str,
    /// In the empty field.
    pub placeholder: &'static str,
    /// "2 of 10", given both.
    pub count: fn(usize, usize) -> String,
    /// Label of the button that takes a chip out.
    pub remove: fn(&str) -> String,
    /// What is wrong with a word of more characters than these.
    pub too_long: fn(usize) -> String,
}

/// Words as chips. Enter or a comma adds one, Backspace in the empty field takes the last one out.
#[component]
pub fn ChipsField(
    /// The words.
    values: RwSignal<Vec<String>>,
    /// Its labels.
    labels: ChipsLabels,
    /// Most words.
    most: usize,
    /// Most characters of a word.
    longest: usize,
) -> impl IntoView {
    let id = element_id("chips");
    let (note_id, error_id) = (format!("{id}-note"), format!("{id}-error"));
    let described_by = format!("{note_id} {error_id}");
    let input = NodeRef::<html::Input>::new();
    let typed = RwSignal::new(String::new());
    let is_long = Memo::new(move |_| typed.with(|typed| typed.trim().chars().count() > longest));
    let is_full = Memo::new(move |_| values.with(|values| values.len() >= most));
    let take_in = move |text: &str| {
        let word = text.trim();
        let is_known = values.with_untracked(|values| values.iter().any(|value| value == word));
        if !word.is_empty() && word.chars().count() <= longest && !is_known && !is_full.get_untracked() {
            values.update(|values| values.push(word.to_owned()));
        }
    };
    // What cannot be taken in stays in the field.
    let take_all = move || {
        // The field also loses the focus when it goes away with its form.
        let Some(text) = typed.try_get_untracked() else { return };
        let (fits, rest): (Vec<&str>, Vec<&str>) =
            text.split(is_separator).partition(|word| word.trim().chars().count() <= longest);
        fits.into_iter().for_each(take_in);
        typed.set(rest.join(", "));
    };
    let refocus = move || {
        if let Some(input) = input.get_untracked() {
            let _ = input.focus();
        }
    };
    let on_keydown = move |event: ev::KeyboardEvent| match event.key().as_str() {
        // A composition's Enter chooses a character.
        "Enter" if !event.is_composing() => {
            take_all();
            // With Ctrl it is the form's: saving takes in what is typed here too.
            if !event.ctrl_key() && !event.meta_key() {
                event.prevent_default();
            }
        }
        // Throws away what is typed here before it closes what the field is in.
        "Escape" if !event.is_composing() && !typed.with_untracked(String::is_empty) => {
            event.prevent_default();
            event.stop_propagation();
            typed.set(String::new());
        }
        "Backspace" if typed.with_untracked(String::is_empty) => values.update(|values| drop(values.pop())),
        _ => {}
    };
    let chip = move |value: String| {
        let gone = value.clone();
        let take_out = move |_| {
            values.update(|values| values.retain(|value| *value != gone));
            refocus();
        };
        view! {
            <li class="tag removable">
                <span>{value.clone()}</span>
                <button type="button" aria-label=(labels.remove)(&value) title=(labels.remove)(&value) on:click=take_out><Icon name="close" /></button>
            </li>
        }
    };
    view! {
        <div class="field">
            <div class="field-head">
                <label for=id.clone()>{labels.label}</label>
                <span class="counter" id=note_id>{move || (labels.count)(values.with(Vec::len), most)}</span>
            </div>
            <div class="input chips" on:click=move |_| refocus()>
                <ul>
                    <For each=move || values.get() key=Clone::clone children=chip />
                </ul>
                <input
                    id=id
                    type="text"
                    node_ref=input
                    autocomplete="off"
                    aria-describedby=described_by
                    aria-invalid=move || is_long.get().then_some("true")
                    placeholder=move || (!is_full.get()).then_some(labels.placeholder)
                    readonly=move || is_full.get()
                    prop:value=move || typed.get()
                    on:input=move |event| {
                        typed.set(event_target_value(&event));
                        if typed.with_untracked(|typed| typed.contains(is_separator)) {
                            take_all();
                        }
                    }
                    on:keydown=on_keydown
                    on:blur=move |_| take_all()
                />
            </div>
            <p class="field-error" id=error_id role="alert">{move || is_long.get().then(|| (labels.too_long)(longest))}</p>
        </div>
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | '，' | '、' | ';' | '；' | '\n' | '\t')
}
