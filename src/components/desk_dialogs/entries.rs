//! What the palette offers for what is typed: pages of this knowledge base, its documents, other knowledge bases, actions.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::{Dataset, Document};

use crate::{
    components::{KnowledgeBaseTab, PageAction, tabs},
    i18n::Locale,
    model::{
        access::{Access, Right},
        fuzzy::best,
        id::{DocumentId, KnowledgeBaseId},
        knowledge_base::is_pipeline,
    },
    routes::Route,
    state::preferences::{Language, Theme},
};

/// Entries of a group at most.
const MOST: usize = 8;

/// What choosing an entry does.
#[derive(Clone)]
pub enum Deed {
    /// Goes to a place.
    Go(Route),
    /// Does what the page offers.
    Page(Callback<()>),
    /// Goes to the documents of this knowledge base and does there what they offer under that name.
    AtDocuments(Route, &'static str),
    /// Makes a knowledge base.
    Create,
    /// Changes the theme.
    Theme(Theme),
    /// Changes the language.
    Language(Language),
    /// Shows the keys.
    Keys,
}

/// A line of the palette.
#[derive(Clone)]
pub struct Entry {
    /// Its icon.
    pub icon: &'static str,
    /// Its name.
    pub name: String,
    /// The letters of the name that were typed, counted in characters.
    pub at: Vec<usize>,
    /// What choosing it does.
    pub deed: Deed,
}

/// Entries under a title.
#[derive(Clone)]
pub struct Group {
    /// The title.
    pub title: String,
    /// The entries, best first.
    pub entries: Vec<Entry>,
    score: i32,
}

/// Where the palette was opened, and what is known there.
pub struct Surroundings {
    /// The locale.
    pub locale: Locale,
    /// The connection.
    pub connection: String,
    /// What may be done on it.
    pub access: Access,
    /// Knowledge bases of the connection.
    pub knowledge_bases: Vec<Dataset>,
    /// The knowledge base that one is in.
    pub here: Option<KnowledgeBaseId>,
    /// Its documents.
    pub documents: Vec<Arc<Document>>,
    /// What the page offers.
    pub actions: Vec<PageAction>,
    /// The languages to choose from; none where a portal chooses language and theme.
    pub languages: Vec<(Language, &'static str)>,
}

/// The groups for what is typed, the one with the best entry first.
#[must_use]
pub fn groups(text: &str, around: &Surroundings) -> Vec<Group> {
    let common = &around.locale.messages.common;
    let messages = &around.locale.messages.keyboard;
    let mut groups = Vec::new();
    let mut add = |title: String, entries: Vec<(&'static str, String, Deed)>| {
        let found = best(text, entries, |(_, name, _)| name, MOST);
        let score = found.first().map_or(0, |(_, fit)| fit.score);
        let entries: Vec<Entry> =
            found.into_iter().map(|((icon, name, deed), fit)| Entry { icon, name, at: fit.at, deed }).collect();
        if !entries.is_empty() {
            groups.push(Group { title, entries, score });
        }
    };
    if let Some(here) = &around.here {
        let name = known(around).map(|dataset| dataset.name.clone());
        let has_pipeline = known(around).is_some_and(is_pipeline);
        let pages = tabs(around.locale.messages, &around.connection, here);
        let pages = pages.filter(|(tab, ..)| *tab != KnowledgeBaseTab::Pipeline || has_pipeline);
        let pages = pages.map(|(_, route, name)| ("next", name.to_owned(), Deed::Go(route)));
        add(name.unwrap_or_else(|| messages.here.to_owned()), pages.collect());
    }
    add(messages.actions.to_owned(), actions(around));
    // Documents are many: their names are only copied where they fit.
    if let Some(here) = &around.here {
        let found = best(text, around.documents.iter(), |document| &document.name, MOST);
        let entries = found.into_iter().filter_map(|(document, _)| {
            let to = Route::Document {
                connection: around.connection.clone(),
                knowledge_base: here.clone(),
                document: DocumentId::parse(&document.id)?,
                chunk: None,
            };
            Some(("document", document.name.clone(), Deed::Go(to)))
        });
        add(common.documents.to_owned(), entries.collect());
    }
    let found = best(text, around.knowledge_bases.iter(), |dataset| &dataset.name, MOST);
    let entries = found.into_iter().filter_map(|(dataset, _)| {
        let knowledge_base = KnowledgeBaseId::parse(&dataset.id).filter(|id| Some(id) != around.here.as_ref())?;
        let to = Route::Documents { connection: around.connection.clone(), knowledge_base };
        Some(("library", dataset.name.clone(), Deed::Go(to)))
    });
    add(common.knowledge_bases.to_owned(), entries.collect());
    if !around.languages.is_empty() {
        add(common.settings.to_owned(), settings(around));
    }
    if !text.trim().is_empty() {
        groups.sort_by_key(|group| -group.score);
    }
    groups
}

/// The knowledge base that one is in.
fn known(around: &Surroundings) -> Option<&Dataset> {
    let here = around.here.as_ref()?;
    around.knowledge_bases.iter().find(|dataset| dataset.id == here.as_str())
}

fn actions(around: &Surroundings) -> Vec<(&'static str, String, Deed)> {
    let all = around.locale.messages;
    let common = &all.common;
    let offered = around.actions.iter().filter(|action| !action.is_off.get_untracked());
    let mut entries: Vec<_> = offered.map(|action| (action.icon, action.label.to_owned(), Deed::Page(action.run))).collect();
    let may_change = around.access.may(Right::Change);
    let offers = |label: &str| around.actions.iter().any(|action| action.label == label);
    let has_pipeline = known(around).is_some_and(is_pipeline);
    let here = around.here.as_ref().filter(|_| may_change);
    // Files can be added from every page of a knowledge base, even though only one of them takes them; a pipeline is run on its own.
    if let Some(here) = here.filter(|_| has_pipeline && !offers(common.run_pipeline)) {
        let to = Route::Pipeline { connection: around.connection.clone(), knowledge_base: here.clone() };
        entries.push(("play", common.run_pipeline.to_owned(), Deed::Go(to)));
    }
    if let Some(here) = here.filter(|_| !has_pipeline && !offers(all.documents.add_files)) {
        let to = Route::Documents { connection: around.connection.clone(), knowledge_base: here.clone() };
        entries.push(("upload", all.documents.add_files.to_owned(), Deed::AtDocuments(to, all.documents.add_files)));
    }
    if around.access.may(Right::Library) {
        entries.push(("plus", all.knowledge_bases.create.to_owned(), Deed::Create));
    }
    if around.access.has_list() {
        let list = Route::KnowledgeBases { connection: around.connection.clone() };
        entries.push(("library", common.knowledge_bases.to_owned(), Deed::Go(list)));
    }
    let about = Route::About { connection: around.connection.clone() };
    entries.push(("server", common.about_server.to_owned(), Deed::Go(about)));
    entries.push(("help", common.keyboard.to_owned(), Deed::Keys));
    entries
}

fn settings(around: &Surroundings) -> Vec<(&'static str, String, Deed)> {
    let all = around.locale.messages;
    let (common, messages) = (&all.common, &all.keyboard);
    let themes = [(Theme::System, common.theme_system), (Theme::Light, common.theme_light), (Theme::Dark, common.theme_dark)];
    let themes = themes.map(|(theme, name)| ("settings", (messages.theme)(name), Deed::Theme(theme)));
    // Of one there is nothing to choose.
    let languages = around.languages.iter().filter(|_| around.languages.len() > 1);
    let languages = languages.map(|(language, name)| ("settings", (messages.language)(name), Deed::Language(*language)));
    themes.into_iter().chain(languages).collect()
}
