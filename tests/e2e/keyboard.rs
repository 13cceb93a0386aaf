//! The desk by keyboard alone. Every key's effect on the focus is checked on the way: seen, and inside an open dialog.

use fantoccini::{Locator, key::Key};
use serde_json::json;

use crate::support::{Desk, Look};

#[tokio::test(flavor = "multi_thread")]
async fn the_main_job_needs_no_pointer() {
    let desk = Desk::start().await;
    desk.open("/").await;
    desk.see_text("No knowledge base yet").await;

    // Make a knowledge base.
    desk.key(&[], Key::Tab).await;
    desk.tab_to("New knowledge base").await;
    desk.key(&[], Key::Enter).await;
    desk.focus_becomes("Name").await;
    desk.keys("Field service").await;
    desk.key(&[], Key::Enter).await;
    desk.path_becomes("its documents", |path| path.ends_with("/documents")).await;
    desk.focus_becomes("Field service").await;

    // Add a file.
    desk.tab_to("Add files").await;
    let file = desk.file("seal.txt", "Inspect the seal faces for scoring.\n\nReplace the pair when it can be felt.");
    desk.answer_picker(&[file], async || drop(desk.key(&[], Key::Enter).await)).await;
    desk.see_text("Add 1 file").await;
    desk.tab_to("Add 1 file").await;
    desk.key(&[], Key::Enter).await;
    desk.see_text("1 upload ended").await;
    desk.see_text("Available").await;

    // See its chunks and mend one.
    desk.key(&[], 'j').await;
    desk.focus_becomes("seal.txt").await;
    desk.key(&[], Key::Enter).await;
    desk.see_text("Inspect the seal faces for scoring.").await;
    desk.key(&[], 'j').await;
    desk.focus_becomes("Chunk 1").await;
    desk.key(&[], Key::Enter).await;
    desk.path_becomes("a chunk's", |path| path.contains("/chunks/")).await;
    desk.see(Locator::Css(".drawer textarea")).await;
    desk.tab_to("Content").await;
    desk.key(&[Key::Control], Key::End).await;
    desk.keys(" Never lap a face on site.").await;
    desk.see_text("Edited, not saved").await;
    desk.tab_to("Save").await;
    desk.key(&[], Key::Enter).await;
    desk.see_text("was saved.").await;
    desk.see_no_text("Edited, not saved").await;
    desk.key(&[], Key::Escape).await;
    desk.path_becomes("the document's", |path| !path.contains("/chunks/")).await;
    desk.focus_becomes("Chunk 1").await;

    // Find it.
    desk.key(&[Key::Control], 'k').await;
    desk.focus_becomes("Knowledge base, document or action").await;
    desk.keys("retri").await;
    desk.see_text("Retrieval").await;
    desk.key(&[], Key::Enter).await;
    desk.path_becomes("retrieval's", |path| path.ends_with("/retrieval")).await;
    desk.focus_becomes("Field service").await;
    desk.key(&[], '/').await;
    desk.focus_becomes("Question or search words").await;
    desk.keys("lap a face").await;
    desk.key(&[], Key::Enter).await;
    desk.see_text("Never lap a face on site.").await;

    // Delete it all, with care.
    desk.key(&[Key::Control], 'k').await;
    desk.focus_becomes("Knowledge base, document or action").await;
    desk.keys("knowledge bases").await;
    desk.key(&[], Key::Enter).await;
    desk.path_becomes("the list's", |path| path == "/local/knowledge-bases").await;
    desk.focus_becomes("Knowledge bases").await;
    desk.see_text("1 knowledge base").await;
    desk.key(&[], 'j').await;
    desk.focus_becomes("Field service").await;
    desk.tab_to("More actions").await;
    desk.key(&[], Key::Enter).await;
    desk.focus_becomes("Settings").await;
    desk.key(&[], Key::End).await;
    desk.focus_becomes("Delete…").await;
    desk.key(&[], Key::Enter).await;
    desk.focus_becomes("Type Field service to confirm").await;
    desk.keys("Field service").await;
    desk.tab_to("Delete for good").await;
    desk.key(&[], Key::Enter).await;
    desk.see_text("No knowledge base yet").await;
    desk.focus().await;
    assert_eq!(desk.api("GET", "datasets", None).await["total"], 0);
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_shown_on_request_and_do_nothing_while_one_types() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    desk.make_document(&knowledge_base, "seal.txt", "Inspect the seal.").await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents")).await;
    desk.see_text("seal.txt").await;

    desk.key(&[], 'j').await;
    desk.focus_becomes("seal.txt").await;
    desk.key(&[Key::Shift], '?').await;
    desk.see_text("Previous row").await;
    // Keys of the page do nothing behind a dialog.
    for key in ['j', 'x', '/'] {
        desk.key(&[], key).await;
    }
    desk.key(&[], Key::Escape).await;
    desk.see_no_text("Previous row").await;
    desk.focus_becomes("seal.txt").await;

    desk.key(&[], 'x').await;
    desk.see_text("1 selected").await;
    desk.key(&[], 'x').await;
    desk.see_no_text("1 selected").await;

    desk.key(&[], '/').await;
    desk.focus_becomes("Search documents by name").await;
    desk.keys("jkx/?").await;
    desk.see_text("Nothing matches “jkx/?”.").await;
    desk.see_no_text("Previous row").await;
    desk.key(&[], Key::Escape).await;
    desk.see_no_text("Nothing matches").await;
    let value = desk.script("return document.activeElement.value").await;
    assert_eq!(value, json!(""), "Escape empties the field and stays in it");
    // A modifier makes it the browser's key.
    desk.key(&[], Key::Tab).await;
    desk.key(&[Key::Alt], 'x').await;
    desk.see_no_text("1 selected").await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_compose_a_character_are_nobody_elses() {
    let desk = Desk::with_look(Look { language: "zh-CN", ..Look::default() }).await;
    desk.make_knowledge_base("水泵").await;
    desk.open("/local/knowledge-bases").await;
    desk.see_text("水泵").await;
    let press = |key: &str, is_composing: bool| {
        format!(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}', bubbles: true, cancelable: true, isComposing: {is_composing}, ctrlKey: '{key}' === 'k'}}))"
        )
    };
    for key in ["?", "k"] {
        desk.script(&press(key, true)).await;
        desk.script("return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))").await;
        assert_eq!(desk.script("return document.querySelectorAll('dialog[open]').length").await, json!(0), "{key}");
    }
    // The same key as Chinese punctuation has it.
    desk.script(&press("？", false)).await;
    desk.see_text("显示这些按键").await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_palette_finds_places_documents_and_actions() {
    let desk = Desk::start().await;
    let pumps = desk.make_knowledge_base("Pumps").await;
    desk.make_knowledge_base("Valves of the north").await;
    desk.make_document(&pumps, "seal inspection.txt", "Inspect the seal.").await;
    desk.open(&format!("/local/knowledge-bases/{pumps}/retrieval")).await;
    desk.see_text("Pumps").await;

    // A document of this knowledge base, by some of its letters.
    desk.key(&[Key::Control], 'k').await;
    desk.focus_becomes("Knowledge base, document or action").await;
    desk.keys("sinsp").await;
    let marked = desk.see(Locator::Css(".palette [aria-selected=true] b")).await;
    assert_eq!(marked.text().await.unwrap(), "s");
    desk.key(&[], Key::Enter).await;
    desk.see_text("Inspect the seal.").await;
    desk.focus_becomes("seal inspection.txt").await;

    // Another knowledge base, by the arrows.
    desk.key(&[Key::Control], 'k').await;
    desk.focus_becomes("Knowledge base, document or action").await;
    desk.keys("north").await;
    desk.see_text("Valves of the north").await;
    desk.key(&[], Key::Down).await;
    desk.key(&[], Key::Up).await;
    let active = "const field = document.activeElement; return document.getElementById(field.getAttribute('aria-activedescendant')).innerText.trim()";
    assert_eq!(desk.script(active).await, json!("Valves of the north"));
    desk.key(&[], Key::Enter).await;
    desk.see_text("Drop files here").await;
    desk.focus_becomes("Valves of the north").await;

    // What is not there is said; Escape gives the focus back.
    desk.tab_to("Add files").await;
    desk.key(&[Key::Control], 'k').await;
    desk.focus_becomes("Knowledge base, document or action").await;
    desk.keys("zzzz").await;
    desk.see_text("Nothing matches “zzzz”.").await;
    desk.key(&[], Key::Escape).await;
    desk.focus_becomes("Add files").await;

    // Actions: theme, and a new knowledge base from anywhere.
    desk.key(&[Key::Control], 'k').await;
    desk.keys("dark").await;
    desk.see_text("Theme: Dark").await;
    desk.key(&[], Key::Enter).await;
    desk.see(Locator::Css("html[data-theme=dark]")).await;
    desk.key(&[Key::Control], 'k').await;
    desk.keys("new know").await;
    desk.see(Locator::Css(".palette [aria-selected=true]")).await;
    desk.key(&[], Key::Enter).await;
    desk.focus_becomes("Name").await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_focus_goes_to_a_neighbour_when_what_had_it_is_gone() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    for name in ["a.txt", "b.txt", "c.txt"] {
        desk.make_document(&knowledge_base, name, "One line.").await;
    }
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents?sort=name")).await;
    desk.see_text("c.txt").await;
    for _ in 0..2 {
        desk.key(&[], 'j').await;
    }
    desk.focus_becomes("b.txt").await;
    desk.tab_to("Actions for b.txt").await;
    desk.key(&[], Key::Enter).await;
    desk.focus_becomes("Open").await;
    desk.key(&[], Key::End).await;
    desk.focus_becomes("Delete").await;
    desk.key(&[], Key::Enter).await;
    // The row stays while it can be taken back, and then goes with the focus on it.
    desk.see_text("Undo").await;
    desk.focus().await;
    desk.see_no_text("b.txt").await;
    desk.focus_becomes("c.txt").await;
    // Language: the whole view is made anew, and the title of the page has the focus.
    desk.key(&[Key::Control], 'k').await;
    desk.keys("language").await;
    desk.see_text("简体中文").await;
    desk.keys(" 简").await;
    desk.key(&[], Key::Enter).await;
    desk.see_text("文档").await;
    desk.focus_becomes("Pumps").await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn escape_takes_back_what_is_typed_before_it_closes_and_a_draft_stays() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let document = desk.make_document(&knowledge_base, "seal.txt", "Inspect the seal.").await;
    let segments = format!("datasets/{knowledge_base}/documents/{document}/segments");
    let chunks = desk.api("GET", &segments, None).await;
    let id = chunks["data"][0]["id"].as_str().unwrap().to_owned();
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents/{document}/chunks/{id}")).await;
    desk.see(Locator::Css(".drawer textarea")).await;
    desk.key(&[], Key::Tab).await;
    desk.tab_to("Keywords").await;
    desk.keys("gasket").await;
    desk.key(&[], Key::Escape).await;
    assert_eq!(desk.script("return document.activeElement.value").await, json!(""));
    assert!(desk.path().await.contains("/chunks/"), "the drawer is open");
    // A word that was typed and not taken in is saved with the rest.
    desk.keys("washer").await;
    desk.key(&[Key::Control], Key::Enter).await;
    desk.see_text("was saved.").await;
    let now = desk.api("GET", &segments, None).await;
    assert!(now["data"][0]["keywords"].to_string().contains("washer"), "{now}");
    assert!(!now["data"][0]["keywords"].to_string().contains("gasket"), "{now}");

    // Escape closes a drawer with a change in it, wherever the focus is, and the change stays a draft.
    desk.key(&[Key::Shift], Key::Tab).await;
    desk.tab_to("Content").await;
    desk.keys("Again. ").await;
    desk.see_text("Edited, not saved").await;
    desk.key(&[], Key::Escape).await;
    desk.path_becomes("the document's", |path| !path.contains("/chunks/")).await;
    desk.focus_becomes("Chunk 1").await;
    desk.see_text("Edited, not saved").await;
    desk.key(&[], Key::Enter).await;
    desk.see_text("This is your draft from before; it was never saved.").await;
    desk.finish(&[]).await;
}
