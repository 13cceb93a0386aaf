//! Conditions on metadata that a passage's document has to meet, each with the editor of its field's type.

use leptos::prelude::*;
use loredesk_wire::ComparisonOperator;

use crate::{
    dom::local_time,
    i18n::{retrieval_settings::retrieval_settings, use_locale},
    model::conditions::{Condition, FieldType, Operand},
    ui::{Button, ButtonKind, Icon, IconButton, Segment, Segmented, element_id},
};

/// A condition being typed. Rows hold signals of their own, so that typing in one leaves the others alone.
#[derive(Clone, Copy)]
pub struct Row {
    number: u32,
    field: RwSignal<String>,
    operator: RwSignal<String>,
    value: RwSignal<String>,
}

impl Row {
    fn condition(self) -> Condition {
        Condition { field: self.field.get(), operator: self.operator.get(), value: self.value.get() }
    }
}

/// The conditions of the form.
#[derive(Clone, Copy)]
pub struct ConditionsForm {
    rows: RwSignal<Vec<Row>>,
    next: StoredValue<u32>,
    /// Whether one of them is enough.
    is_any: RwSignal<bool>,
}

impl ConditionsForm {
    /// A form that holds conditions.
    #[must_use]
    pub fn new(conditions: Vec<Condition>, is_any: bool) -> Self {
        let form = Self { rows: RwSignal::new(Vec::new()), next: StoredValue::new(0), is_any: RwSignal::new(is_any) };
        form.fill(conditions, is_any);
        form
    }

    /// Takes conditions in, when the address has other ones.
    pub fn fill(self, conditions: Vec<Condition>, is_any: bool) {
        if conditions.len() > 1 {
            self.is_any.set(is_any);
        }
        if self.conditions() != conditions {
            self.rows.set(Vec::new());
            conditions.into_iter().for_each(|condition| self.add(condition));
        }
    }

    fn add(self, condition: Condition) {
        let number = self.next.get_value();
        self.next.set_value(number + 1);
        let Condition { field, operator, value } = condition;
        let row = Row { number, field: RwSignal::new(field), operator: RwSignal::new(operator), value: RwSignal::new(value) };
        self.rows.update(|rows| rows.push(row));
    }

    /// The conditions that name a field, without tracking.
    #[must_use]
    pub fn conditions(self) -> Vec<Condition> {
        let rows = self.rows.get_untracked();
        let conditions = rows.iter().map(|row| untrack(|| row.condition()));
        conditions.filter(|condition| !condition.field.trim().is_empty()).collect()
    }

    /// Whether one of them is enough, without tracking.
    #[must_use]
    pub fn is_any(self) -> bool {
        self.is_any.get_untracked()
    }
}

/// The rows, folded while there are none.
#[component]
pub fn ConditionsFields(
    /// What they hold.
    form: ConditionsForm,
    /// The metadata fields of the knowledge base: name and type.
    fields: Signal<Vec<(String, FieldType)>>,
) -> impl IntoView {
    let locale = use_locale();
    let (messages, words) = (&locale.messages.retrieval, retrieval_settings(locale));
    let add = move |_| form.add(Condition { operator: ComparisonOperator::Is.as_str().to_owned(), ..Condition::default() });
    let is_used = form.rows.with_untracked(|rows| !rows.is_empty());
    let names_id = element_id("fields");
    let list = StoredValue::new(names_id.clone());
    let names = move || {
        let names = fields.with(|fields| fields.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>());
        names.into_iter().map(|name| view! { <option value=name></option> }).collect_view()
    };
    let matching = Signal::derive(move || if form.is_any.get() { "any" } else { "all" }.to_owned());
    let option = |value: &str, words: &str| Segment { value: value.to_owned(), words: words.to_owned(), reason: None };
    let options = Signal::stored(vec![option("all", words.all), option("any", words.any)]);
    view! {
        <details class="conditions" open=is_used>
            <summary><Icon name="filter" />{messages.filter}</summary>
            <datalist id=names_id>{names}</datalist>
            <Show when=move || form.rows.with(|rows| rows.len() > 1)>
                <Segmented
                    label=words.matching
                    value=matching
                    options
                    hint=Signal::stored(String::new())
                    on_change=move |value: String| form.is_any.set(value == "any")
                />
            </Show>
            <ul>
                <For each=move || form.rows.get() key=|row| row.number let:row>
                    <ConditionRow row form fields list=list.get_value() />
                </For>
            </ul>
            <Button kind=ButtonKind::Quiet icon="plus" on_click=add>{messages.filter_add}</Button>
        </details>
    }
}

#[component]
fn ConditionRow(row: Row, form: ConditionsForm, fields: Signal<Vec<(String, FieldType)>>, list: String) -> impl IntoView {
    let locale = use_locale();
    let (messages, words) = (&locale.messages.retrieval, retrieval_settings(locale));
    let (id, note_id) = (element_id("condition"), element_id("condition-note"));
    let kind = Memo::new(move |_| {
        let name = row.field.get();
        fields.with(|fields| fields.iter().find(|(known, _)| known == name.trim()).map_or(FieldType::Unknown, |(_, kind)| *kind))
    });
    // A field of another type is compared by other operators.
    Effect::new(move |_| {
        let operators = kind.get().operators();
        let is_offered = row.operator.with_untracked(|chosen| operators.iter().any(|operator| operator.as_str() == chosen));
        if let Some(first) = operators.first().filter(|_| !is_offered) {
            row.operator.set(first.as_str().to_owned());
        }
    });
    let options = move || {
        let chosen = row.operator.get();
        let option = |operator: ComparisonOperator| {
            let name = operator.as_str().to_owned();
            let text = words.operator(&name).to_owned();
            let is_chosen = name == chosen;
            view! { <option value=name selected=is_chosen>{text}</option> }
        };
        kind.get().operators().into_iter().map(option).collect_view()
    };
    let operand = Memo::new(move |_| row.operator.with(|operator| Condition::operand(operator, kind.get())));
    let note = move || {
        let condition = row.condition();
        let is_stranger = kind.get() == FieldType::Unknown && !fields.with(Vec::is_empty) && !condition.field.trim().is_empty();
        if is_stranger {
            words.unknown_field
        } else if !condition.field.trim().is_empty() && condition.is_incomplete() {
            words.incomplete
        } else {
            ""
        }
    };
    let remove = move |_| form.rows.update(|rows| rows.retain(|other| other.number != row.number));
    let described_by = note_id.clone();
    view! {
        <li>
            <input
                id=id
                class="input"
                list=list
                aria-label=messages.filter_field
                aria-describedby=described_by
                placeholder=messages.filter_field
                autocomplete="off"
                prop:value=move || row.field.get()
                on:input=move |event| row.field.set(event_target_value(&event))
            />
            <select
                class="input select"
                aria-label=messages.filter_operator
                prop:value=move || row.operator.get()
                on:change=move |event| row.operator.set(event_target_value(&event))
            >
                {options}
            </select>
            {move || value_field(locale, row.value, operand.get())}
            <IconButton icon="close" label=messages.filter_remove on_click=remove />
            <p class="hint" id=note_id role="status">{note}</p>
        </li>
    }
}

/// The editor for what an operator asks for.
fn value_field(locale: crate::i18n::Locale, value: RwSignal<String>, operand: Operand) -> AnyView {
    let label = locale.messages.retrieval.filter_value;
    let (kind, step, placeholder) = match operand {
        Operand::Nothing => ("text", None, ""),
        Operand::Text => ("text", None, label),
        Operand::Texts => ("text", None, retrieval_settings(locale).list_hint),
        Operand::Number => ("number", Some("any"), label),
        Operand::Time => ("datetime-local", Some("1"), ""),
    };
    let shown = move || match operand {
        Operand::Time => value.with(|text| text.trim().parse().ok().and_then(local_time::print)).unwrap_or_default(),
        Operand::Nothing => String::new(),
        _ => value.get(),
    };
    let input = move |text: String| {
        value.set(if operand == Operand::Time {
            local_time::epoch(&text).map(|seconds| seconds.to_string()).unwrap_or_default()
        } else {
            text
        });
    };
    view! {
        <input
            class="input"
            type=kind
            step=step
            aria-label=label
            placeholder=placeholder
            autocomplete="off"
            disabled=operand == Operand::Nothing
            prop:value=shown
            on:input=move |event| input(event_target_value(&event))
        />
    }
    .into_any()
}
