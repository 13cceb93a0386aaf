//! A choice of a model among those that the server can use.
//!
//! Carries out: getAvailableModels.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::{LocalizedText, ModelProvider, ModelProviders, ModelStatus, ModelType};

use super::{NotOffered, error_panel::ErrorLine};
use crate::{
    api::{Client, capabilities::Operation},
    i18n::{Locale, settings, use_locale},
    model::settings::ModelChoice,
    state::{
        capabilities::Capabilities,
        queries,
        query::{QueryHandle, use_query},
    },
    ui::{Button, TextField, element_id},
};

/// Between provider and model in an option's value; no identifier holds it.
const SEPARATOR: char = '\u{1f}';

/// A labelled choice of a model, by provider. Where the server has no list, provider and model are typed.
#[component]
pub fn ModelPicker(
    /// The connection.
    client: Client,
    /// What the model is for.
    kind: ModelType,
    /// Its label.
    label: &'static str,
    /// The model that is chosen.
    value: RwSignal<ModelChoice>,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = settings::of(locale);
    let capabilities = expect_context::<Capabilities>();
    let query = {
        let client = client.clone();
        // A lack that is known is not asked for again.
        use_query(move || {
            let is_offered = capabilities.absence(&client, Operation::Models).is_none();
            is_offered.then(|| queries::Models(client.clone(), kind.clone()))
        })
    };
    let known = client.clone();
    Effect::new(move |_| {
        if query.data.with(Option::is_some) {
            capabilities.learn(&known, Operation::Models, &Ok(()));
        } else if let Some(error) = query.error.get() {
            capabilities.learn::<()>(&known, Operation::Models, &Err(error));
        }
    });
    let asked = client.clone();
    let face = Memo::new(move |_| {
        let is_absent = capabilities.absence(&asked, Operation::Models).is_some();
        match query.data.with(|all| all.as_ref().map(|all| face(all))) {
            _ if is_absent => Face::Typed,
            Some(face) => face,
            None if query.error.with(Option::is_some) => Face::Typed,
            None => Face::Loading,
        }
    });
    let client = StoredValue::new(client);
    move || match face.get() {
        Face::Loading => view! { <p class="hint" role="status">{locale.messages.common.loading}</p> }.into_any(),
        Face::List => view! { <List query label value error /> }.into_any(),
        Face::Empty => view! {
            <div class="field">
                <span class="field-label">{label}</span>
                <p class="hint">{messages.models_empty}</p>
                <p class="hint">{messages.models_empty_remedy}</p>
                <Chosen value />
                <p class="field-error" tabindex="-1" role="alert">{move || error.get()}</p>
                <p><Button icon="retry" on_click=move |_| query.retry.run(())>{messages.models_again}</Button></p>
            </div>
        }
        .into_any(),
        Face::Typed => view! { <Typed client=client.get_value() query label value error /> }.into_any(),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Face {
    Loading,
    List,
    Empty,
    Typed,
}

fn face(all: &ModelProviders) -> Face {
    if all.data.iter().all(|provider| provider.models.is_empty()) { Face::Empty } else { Face::List }
}

/// What was chosen before, where it cannot be changed.
#[component]
fn Chosen(value: RwSignal<ModelChoice>) -> impl IntoView {
    move || {
        let chosen = value.get();
        (!chosen.is_empty()).then(|| view! { <p><code>{format!("{} · {}", chosen.provider, chosen.model)}</code></p> })
    }
}

#[component]
fn List(
    query: QueryHandle<ModelProviders>,
    label: &'static str,
    value: RwSignal<ModelChoice>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = settings::of(locale);
    let id = element_id("model");
    let error_id = format!("{id}-error");
    let described_by = error_id.clone();
    let chosen = Memo::new(move |_| value.with(print));
    let groups = move || {
        let all: Arc<ModelProviders> = query.data.get().unwrap_or_default();
        let now = value.get_untracked();
        let is_known = all
            .data
            .iter()
            .any(|provider| provider.provider == now.provider && provider.models.iter().any(|model| model.model == now.model));
        let lost = (!now.is_empty() && !is_known).then(|| {
            let words = (messages.model_gone)(&now.model);
            view! { <option value=print(&now) selected=true>{words}</option> }
        });
        let groups = all.data.iter().map(|provider| group(locale, provider, &now)).collect_view();
        view! { <option value="">{messages.model_none}</option> {lost} {groups} }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select
                id=id
                class="input select"
                aria-describedby=described_by
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=move || {
                    query.data.track();
                    chosen.get()
                }
                on:change=move |event| value.set(parse(&event_target_value(&event)))
            >
                {groups}
            </select>
            <p class="field-error" id=error_id role="alert">{move || error.get()}</p>
        </div>
    }
}

/// A provider's models. One that cannot be used is named with the reason and cannot be chosen.
fn group(locale: Locale, provider: &ModelProvider, now: &ModelChoice) -> impl IntoView + use<> {
    let messages = settings::of(locale);
    let name =
        Some(localized(locale, &provider.label)).filter(|name| !name.is_empty()).unwrap_or_else(|| provider.provider.clone());
    let options = provider.models.iter().map(|model| {
        let name = Some(localized(locale, &model.label)).filter(|name| !name.is_empty()).unwrap_or_else(|| model.model.clone());
        let reason = reason(locale, &provider.status).or_else(|| reason(locale, &model.status));
        let words = match &reason {
            Some(reason) => format!("{name} ({reason})"),
            None if model.deprecated => format!("{name} ({})", messages.model_deprecated),
            None => name,
        };
        let choice = ModelChoice { provider: provider.provider.clone(), model: model.model.clone() };
        let is_chosen = choice == *now;
        view! { <option value=print(&choice) selected=is_chosen disabled=reason.is_some()>{words}</option> }
    });
    view! { <optgroup label=name>{options.collect_view()}</optgroup> }
}

fn localized(locale: Locale, text: &LocalizedText) -> String {
    let (first, second) =
        if locale.tag.starts_with("zh") { (&text.chinese, &text.english) } else { (&text.english, &text.chinese) };
    if first.is_empty() { second.clone() } else { first.clone() }
}

/// Why it cannot be used; the known states in words, others as they came.
fn reason(locale: Locale, status: &ModelStatus) -> Option<String> {
    let messages = settings::of(locale);
    let words = match status.as_str() {
        // A server that says nothing of it has nothing against it.
        "active" | "" => return None,
        "no-configure" => messages.model_no_configure,
        "quota-exceeded" => messages.model_quota,
        "no-permission" => messages.model_no_permission,
        "disabled" => messages.model_disabled,
        "credential-removed" => messages.model_no_credentials,
        other => return Some(other.to_owned()),
    };
    Some(words.to_owned())
}

fn print(choice: &ModelChoice) -> String {
    if choice.is_empty() { String::new() } else { format!("{}{SEPARATOR}{}", choice.provider, choice.model) }
}

fn parse(text: &str) -> ModelChoice {
    let (provider, model) = text.split_once(SEPARATOR).unwrap_or_default();
    ModelChoice::new(Some(provider), Some(model))
}

/// Provider and model as text, where there is no list.
#[component]
fn Typed(
    client: Client,
    query: QueryHandle<ModelProviders>,
    label: &'static str,
    value: RwSignal<ModelChoice>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let messages = settings::of(use_locale());
    let now = value.get_untracked();
    let (provider, model) = (RwSignal::new(now.provider), RwSignal::new(now.model));
    let tell = move |_: String| {
        value.set(ModelChoice::new(Some(provider.get_untracked().trim()), Some(model.get_untracked().trim())));
    };
    // Follows what fills the form, but not what is just being typed.
    Effect::new(move |_| {
        let now = value.get();
        if now.provider != provider.get_untracked().trim() || now.model != model.get_untracked().trim() {
            provider.set(now.provider);
            model.set(now.model);
        }
    });
    let capabilities = expect_context::<Capabilities>();
    let asked = client.clone();
    let is_absent = Memo::new(move |_| capabilities.absence(&asked, Operation::Models).is_some());
    let client = StoredValue::new(client);
    view! {
        <div class="field">
            <span class="field-label">{label}</span>
            {move || if is_absent.get() {
                view! { <NotOffered client=client.get_value() operation=Operation::Models again=query.retry /> }.into_any()
            } else {
                view! { <ErrorLine error=query.error /> }.into_any()
            }}
            <p class="hint">{messages.model_typed_hint}</p>
            <div class="settings-pair">
                <TextField label=messages.model_provider value=provider on_input=tell />
                <TextField label=messages.model_name value=model on_input=tell error />
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_survives_the_list() {
        let choice = ModelChoice::new(Some("local/stub/stub"), Some("stub-embedding, small"));
        assert_eq!(parse(&print(&choice)), choice);
        assert_eq!(parse(""), ModelChoice::default());
        assert_eq!(print(&ModelChoice::default()), "");
    }
}
