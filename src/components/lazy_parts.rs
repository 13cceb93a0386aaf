//! What the first load leaves out beside the pages: dialogs that any page may open, the upload tray, and what a desk without a
//! configuration shows. They are one module, because
//! each module more means more modules that some of them share. A part shows nothing until it is here.

use leptos::prelude::*;

use super::{
    broken_config::{BrokenConfig, ConfigProblem},
    desk_dialogs::DeskDialogs,
    knowledge_base_dialogs::KnowledgeBaseDialogs,
    lazy::lazy_views,
    lazy_dialogs::KnowledgeBaseDialog,
    not_here::NotHere,
    one_knowledge_base::OneKnowledgeBase,
    portal_link::PortalLink,
    sign_in_again::SignInDialog,
    upload_tray::TrayView,
};
use crate::{
    api::{ApiError, Client},
    routes::Route,
};

/// A part, and what it is made of.
pub enum Part {
    /// The command palette and the list of keys.
    Desk(Client, Signal<Route>),
    /// The dialogs of a knowledge base, with the one that is wanted.
    KnowledgeBase(Client, RwSignal<Option<KnowledgeBaseDialog>>),
    /// The upload tray.
    Tray,
    /// The dialog that asks to sign in again.
    SignIn,
    /// What speaks with the portal around the desk.
    Portal,
    /// What a page sees that may not hold the desk.
    NotHere,
    /// The page about a configuration that cannot be used.
    Configuration(ConfigProblem),
    /// The form that asks for the only knowledge base of a key, with why there is no list and what asks for it again.
    One(Client, Box<ApiError>, Callback<()>),
}

lazy_views! {
    nothing;
    parts(part: Part) => match part {
        Part::Desk(client, route) => view! { <DeskDialogs client route /> }.into_any(),
        Part::KnowledgeBase(client, wanted) => view! { <KnowledgeBaseDialogs client wanted /> }.into_any(),
        Part::Configuration(problem) => view! { <BrokenConfig problem /> }.into_any(),
        Part::Portal => view! { <PortalLink /> }.into_any(),
        Part::NotHere => view! { <NotHere /> }.into_any(),
        Part::Tray => view! { <TrayView /> }.into_any(),
        Part::SignIn => view! { <SignInDialog /> }.into_any(),
        Part::One(client, error, retry) => view! { <OneKnowledgeBase client error=*error retry /> }.into_any(),
    };
}

/// The form that asks for the only knowledge base of a key.
pub fn one_knowledge_base(client: Client, error: ApiError, retry: Callback<()>) -> AnyView {
    parts(Part::One(client, Box::new(error), retry))
}

fn nothing() -> AnyView {
    ().into_any()
}
