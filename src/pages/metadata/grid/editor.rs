//! The editor of a cell, in its place: text, number, or the browser's own field for date and time with the same in UTC below it.

use leptos::{ev, html, prelude::*};
use loredesk_wire::MetadataType;
use wasm_bindgen::JsCast;

use super::{Grid, state::Editing};
use crate::{
    components::metadata_values::words,
    dom::local_time,
    i18n::use_locale,
    model::{cells::Step, metadata::MetadataValue},
};

/// The editor. Enter and Tab take the text in and go on, Escape leaves the value as it was.
#[component]
pub fn CellEditor(
    /// Field and document, read out.
    label: String,
) -> impl IntoView {
    let locale = use_locale();
    let grid = expect_context::<Grid>();
    let Some(Editing { field, text, is_overwriting, .. }) = grid.editing.get_untracked() else { return ().into_any() };
    let kind = StoredValue::new(field.kind.clone());
    let value = words::typed(&field.kind, &text);
    let is_time = field.kind == MetadataType::Time && value.fits(&field.kind);
    let first = match &value {
        MetadataValue::Time(seconds) if is_time => local_time::print(*seconds).unwrap_or_default(),
        _ if is_time => String::new(),
        _ => text.clone(),
    };
    // The caret stands behind the key that opened it; a value that is only looked at is chosen as a whole.
    let end = u32::try_from(text.encode_utf16().count()).unwrap_or_default();
    let set = move |text: String| {
        grid.editing.update(|editing| {
            if let Some(editing) = editing {
                editing.text = text;
            }
        });
    };
    let on_keydown = move |event: ev::KeyboardEvent| {
        event.stop_propagation();
        if event.is_composing() {
            return;
        }
        let step = match event.key().as_str() {
            // A line end inside a text.
            "Enter" if event.alt_key() => return,
            "Enter" => Step::By(if event.shift_key() { -1 } else { 1 }, 0),
            "Tab" => Step::By(0, if event.shift_key() { -1 } else { 1 }),
            "ArrowDown" if is_overwriting && !is_time => Step::By(1, 0),
            "ArrowUp" if is_overwriting && !is_time => Step::By(-1, 0),
            "Escape" => {
                event.prevent_default();
                grid.cancel();
                return;
            }
            _ => return,
        };
        event.prevent_default();
        grid.commit();
        grid.focus();
        grid.step(step, false);
    };
    let utc = move || {
        let text = grid.editing.with(|editing| editing.as_ref().map(|editing| editing.text.clone()))?;
        words::utc(locale, &kind.with_value(|kind| words::typed(kind, &text)))
    };
    if field.kind == MetadataType::Number || is_time {
        let input = NodeRef::<html::Input>::new();
        Effect::new(move |_| {
            if let Some(input) = input.get() {
                let _ = input.focus();
                if is_overwriting {
                    let _ = input.set_selection_range(end, end);
                } else if !is_time {
                    input.select();
                }
            }
        });
        view! {
            <input
                node_ref=input
                type=if is_time { "datetime-local" } else { "text" }
                step=is_time.then_some("1")
                inputmode=(!is_time).then_some("decimal")
                autocomplete="off"
                aria-label=label
                value=first
                on:input=move |event| set(event_target_value(&event))
                on:keydown=on_keydown
                on:blur=move |_| grid.commit()
            />
            {is_time.then(|| view! { <small class="cell-utc">{utc}</small> })}
        }
        .into_any()
    } else {
        let area = NodeRef::<html::Textarea>::new();
        Effect::new(move |_| {
            if let Some(area) = area.get() {
                let _ = area.focus();
                let _ = area.set_selection_range(if is_overwriting { end } else { 0 }, end);
            }
        });
        view! {
            <textarea
                node_ref=area
                rows="1"
                aria-label=label
                prop:value=first
                on:input=move |event| set(event_target_value(&event))
                on:keydown=move |event: ev::KeyboardEvent| {
                    if event.key() == "Enter" && event.alt_key() && !event.is_composing() {
                        event.prevent_default();
                        event.stop_propagation();
                        insert_line_end(&event, set);
                        return;
                    }
                    on_keydown(event);
                }
                on:blur=move |_| grid.commit()
            ></textarea>
        }
        .into_any()
    }
}

/// Browsers make nothing of Alt and Enter by themselves.
fn insert_line_end(event: &ev::KeyboardEvent, set: impl Fn(String)) {
    let area = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
    let Some(area) = area else { return };
    if let (Ok(Some(start)), Ok(Some(end))) = (area.selection_start(), area.selection_end()) {
        let _ = area.set_range_text_with_start_and_end("\n", start, end);
        let _ = area.set_selection_range(start + 1, start + 1);
        set(area.value());
    }
}
