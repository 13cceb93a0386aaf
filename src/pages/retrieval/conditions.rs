//! Conditions on metadata that a passage's document has to meet.

use leptos::prelude::*;
use loredesk_wire::ComparisonOperator;

use crate::{
    i18n::use_locale,
    model::retrieval::Condition,
    ui::{Button, ButtonKind, Icon, IconButton, element_id},
};

/// A condition being typed. Rows hold signals of their own, so that typing in one leaves the others alone.
#[derive(Clone, Copy)]
pub struct Row {
    number: u32,
    field: RwSignal<String>,
    operator: RwSignal<String>,
    value: RwSignal<String>,
}

/// The conditions of the form.
#[derive(Clone, Copy)]
pub struct ConditionsForm {
    rows: RwSignal<Vec<Row>>,
    next: StoredValue<u32>,
}

impl ConditionsForm {
    /// A form that holds conditions.
    #[must_use]
    pub fn new(conditions: Vec<Condition>) -> Self {
        let form = Self { rows: RwSignal::new(Vec::new()), next: StoredValue::new(0) };
        form.fill(conditions);
        form
    }

    /// Takes conditions in, when the address has other ones.
    pub fn fill(self, conditions: Vec<Condition>) {
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
        let conditions = rows.iter().map(|row| Condition {
            field: row.field.get_untracked(),
            operator: row.operator.get_untracked(),
            value: row.value.get_untracked(),
        });
        conditions.filter(|condition| !condition.field.trim().is_empty()).collect()
    }
}

/// The rows, folded while there are none.
#[component]
pub fn ConditionsFields(
    /// What they hold.
    form: ConditionsForm,
) -> impl IntoView {
    let messages = &use_locale().messages.retrieval;
    let add = move |_| form.add(Condition { operator: ComparisonOperator::Is.as_str().to_owned(), ..Condition::default() });
    let is_used = form.rows.with_untracked(|rows| !rows.is_empty());
    view! {
        <details class="conditions" open=is_used>
            <summary><Icon name="filter" />{messages.filter}</summary>
            <ul>
                <For each=move || form.rows.get() key=|row| row.number let:row><ConditionRow row form /></For>
            </ul>
            <Button kind=ButtonKind::Quiet icon="plus" on_click=add>{messages.filter_add}</Button>
        </details>
    }
}

#[component]
fn ConditionRow(row: Row, form: ConditionsForm) -> impl IntoView {
    let messages = &use_locale().messages.retrieval;
    let id = element_id("condition");
    let offered = ComparisonOperator::KNOWN
        .iter()
        .filter(|operator| !matches!(operator, ComparisonOperator::In | ComparisonOperator::NotIn));
    let options = offered.map(|operator| {
        let name = operator.as_str();
        let is_chosen = row.operator.with_untracked(|chosen| chosen == name);
        view! { <option value=name selected=is_chosen>{name}</option> }
    });
    let takes_value = move || row.operator.with(|operator| Condition::takes_value(operator));
    let remove = move |_| form.rows.update(|rows| rows.retain(|other| other.number != row.number));
    view! {
        <li>
            <input
                id=id
                class="input"
                aria-label=messages.filter_field
                placeholder=messages.filter_field
                autocomplete="off"
                prop:value=move || row.field.get()
                on:input=move |event| row.field.set(event_target_value(&event))
            />
            <select class="input select" aria-label=messages.filter_operator on:change=move |event| row.operator.set(event_target_value(&event))>
                {options.collect_view()}
            </select>
            <input
                class="input"
                aria-label=messages.filter_value
                placeholder=messages.filter_value
                autocomplete="off"
                disabled=move || !takes_value()
                prop:value=move || row.value.get()
                on:input=move |event| row.value.set(event_target_value(&event))
            />
            <IconButton icon="close" label=messages.filter_remove on_click=remove />
        </li>
    }
}
