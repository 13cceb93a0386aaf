//! The desk in the page of a portal: another origin, another site, a sandbox, no storage, a narrow column.

use fantoccini::{Locator, key::Key};
use serde_json::json;

use crate::support::{Desk, Look, Portal, Setup};

/// Presses the key that shows the list of keys.
const HELP_KEY: &str = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '?', bubbles: true, cancelable: true}))";

async fn portal() -> Portal {
    Portal::start(Setup::default()).await
}

/// What the frame's root element has as an attribute.
async fn root(desk: &Desk, name: &str) -> String {
    let value = desk.script(&format!("return document.documentElement.getAttribute('{name}') ?? ''")).await;
    value.as_str().unwrap_or_default().to_owned()
}

/// The address in the frame.
async fn inner_path(desk: &Desk) -> String {
    desk.script("return location.pathname + location.search").await.as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_leads_the_desk_and_follows_it() {
    let portal = portal().await;
    let desk = &portal.desk;
    let pumps = desk.make_knowledge_base("Pumps").await;
    desk.make_document(&pumps, "seal.txt", "Inspect the seal.").await;
    portal.open("").await;
    portal.hears("ready", "version").await;
    portal.hears("navigated", "\"title\":\"Knowledge bases\"").await;
    desk.see_text("A portal").await;

    // Without the desk's own frame.
    portal.inside().await;
    desk.see_text("1 knowledge base").await;
    assert_eq!(desk.script("return document.querySelectorAll('.rail, .topbar, .skip').length").await, json!(0));
    assert_eq!(inner_path(desk).await, "/local/knowledge-bases?embed=1");
    desk.click("Pumps").await;
    desk.see_text("seal.txt").await;

    // The portal's heading follows.
    portal.outside().await;
    desk.see_text("Pumps").await;
    let told = portal.hears("navigated", "\"view\":\"documents\"").await;
    assert!(told.contains(&format!("\"dataset\":\"{pumps}\"")) && !told.contains("embed"), "{told}");

    // The portal leads: a view by name, a question.
    desk.click("Settings").await;
    portal.hears("navigated", "\"view\":\"settings\"").await;
    desk.type_into("Ask the knowledge base", "seal").await;
    desk.click("Ask").await;
    portal.hears("navigated", "/retrieval?q=seal").await;
    portal.inside().await;
    desk.see_text("Inspect the").await;
    assert!(inner_path(desk).await.ends_with("/retrieval?q=seal&embed=1"), "{}", inner_path(desk).await);

    // A reload of the frame stays in it, a reload of the portal comes back to the same place.
    desk.script("location.reload()").await;
    portal.inside().await;
    desk.see_text("Inspect the").await;
    desk.browser.refresh().await.unwrap();
    portal.hears("navigated", "/retrieval?q=seal").await;
    portal.desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn theme_and_language_are_the_portals_and_are_not_kept() {
    let portal = portal().await;
    let desk = &portal.desk;
    desk.make_knowledge_base("Pumps").await;
    portal.open("&theme=dark&lang=zh-CN").await;
    portal.inside().await;
    desk.see_text("1 个知识库").await;
    assert_eq!((root(desk, "data-theme").await, root(desk, "lang").await), ("dark".to_owned(), "zh-CN".to_owned()));

    portal.outside().await;
    desk.script("document.querySelector('loredesk-desk').setAttribute('theme', 'light')").await;
    desk.script("document.querySelector('loredesk-desk').setAttribute('lang', 'en')").await;
    portal.inside().await;
    desk.see_text("1 knowledge base").await;
    assert_eq!(root(desk, "data-theme").await, "light");
    // Links carry it on, so that a reload of the frame shows the same from the first moment.
    desk.click("Pumps").await;
    desk.see_text("Drop files here").await;
    let path = inner_path(desk).await;
    assert!(path.contains("theme=light") && path.contains("lang=en") && path.contains("embed=1"), "{path}");
    assert_eq!(desk.script("return localStorage.getItem('loredesk.theme')").await, json!(null));

    // What there is not is told as a sentence.
    portal.outside().await;
    desk.script("document.querySelector('loredesk-desk').setAttribute('theme', 'pink')").await;
    portal.hears("error", "There is no theme “pink”").await;
    desk.script("document.querySelector('loredesk-desk').setAttribute('lang', 'fr')").await;
    portal.hears("error", "not offered in the language “fr”").await;
    for (target, words) in [
        ("{path: 'https://elsewhere.example/'}", "path “https://elsewhere.example/”"),
        ("{path: '//elsewhere.example/'}", "path “//elsewhere.example/”"),
        ("{dataset: '../../x'}", "dataset “../../x”"),
        ("{view: 'javascript:alert(1)'}", "view “javascript:alert(1)”"),
        ("{connection: 'other'}", "connection “other”"),
    ] {
        desk.script(&format!("document.querySelector('loredesk-desk').navigate({target})")).await;
        portal.hears("error", words).await;
    }
    portal.inside().await;
    desk.see_text("Drop files here").await;
    portal.desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_frame_is_as_high_as_what_is_on_it_up_to_the_window() {
    let portal = portal().await;
    let desk = &portal.desk;
    let pumps = desk.make_knowledge_base("Pumps").await;
    desk.make_many_documents(&pumps, 12).await;
    portal.open(&format!("&connection=local&dataset={pumps}")).await;
    let height = "return document.querySelector('loredesk-desk')?.getBoundingClientRect().height ?? 0";
    portal.hears("height", "").await;
    portal.inside().await;
    desk.see_text("document 00011.txt").await;
    portal.outside().await;
    let becomes = async |what: &str, fits: &dyn Fn(f64) -> bool| {
        let start = std::time::Instant::now();
        loop {
            let now = desk.script(height).await.as_f64().unwrap_or_default();
            if fits(now) {
                return now;
            }
            assert!(start.elapsed().as_secs() < 20, "the frame never became {what}: {now}, {:#?}", portal.heard().await);
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    // Twelve rows: all of them are in it, and it does not scroll by itself.
    let full = becomes("as high as twelve rows", &|now| now > 600.0).await;
    assert!(full <= 803.0, "{full}");
    portal.inside().await;
    let scrolls = desk.script("return document.documentElement.scrollHeight - innerHeight").await;
    assert!(scrolls.as_f64() <= Some(1.0), "{scrolls}");
    // Many rows: as high as the window and no higher; of the rows only those in view are made.
    portal.outside().await;
    desk.make_many_documents(&pumps, 120).await;
    desk.browser.refresh().await.unwrap();
    becomes("as high as the window", &|now| (now - 800.0).abs() < 3.0).await;
    portal.inside().await;
    desk.see_text("120 documents").await;
    let rows = desk.script("return document.querySelectorAll('tr[data-row]').length").await;
    assert!(rows.as_u64() < Some(80), "{rows}");
    // And back.
    portal.outside().await;
    desk.click("All knowledge bases").await;
    becomes("low again", &|now| now < 500.0).await;

    // A high dialog makes room for itself, and gives it back.
    portal.inside().await;
    desk.script(HELP_KEY).await;
    desk.see(Locator::Css("dialog[open] .keys-groups")).await;
    portal.outside().await;
    becomes("high enough for the dialog", &|now| now > 500.0).await;
    portal.inside().await;
    let hidden = desk
        .script("const dialog = document.querySelector('dialog[open]'); return dialog.scrollHeight - dialog.clientHeight")
        .await;
    assert!(hidden.as_f64() <= Some(1.0), "{hidden} pixels of the dialog are out of sight");
    desk.click("Close").await;
    portal.outside().await;
    becomes("low again", &|now| now < 500.0).await;
    portal.desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lies_over_the_page_comes_up_where_the_person_is() {
    let portal = portal().await;
    let desk = &portal.desk;
    let pumps = desk.make_knowledge_base("Pumps").await;
    desk.make_many_documents(&pumps, 60).await;
    portal.open(&format!("&connection=local&dataset={pumps}")).await;
    portal.inside().await;
    desk.see_text("document 00059.txt").await;
    // The portal is scrolled so that 200 pixels of the frame are above the window.
    portal.outside().await;
    portal.hears("height", "").await;
    // Room below the frame: the portal's page is otherwise as high as what it has heard by now, and may not scroll that far.
    desk.script(
        "document.body.style.minHeight = '3000px'; const frame = document.querySelector('loredesk-desk');
        scrollTo(0, scrollY + frame.getBoundingClientRect().top + 200)",
    )
    .await;
    portal.inside().await;
    let start = std::time::Instant::now();
    loop {
        let above = desk.script("return document.documentElement.style.getPropertyValue('--above')").await;
        let above: f64 = above.as_str().unwrap_or_default().trim_end_matches("px").parse().unwrap_or_default();
        if (185.0..=215.0).contains(&above) {
            break;
        }
        assert!(start.elapsed().as_secs() < 20, "never told what is out of sight: {above}");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    desk.script(HELP_KEY).await;
    desk.see(Locator::Css("dialog[open] .keys-groups")).await;
    let top = desk.script("return document.querySelector('dialog[open]').getBoundingClientRect().top").await;
    assert!(top.as_f64() >= Some(185.0), "the dialog begins out of sight: {top}");
    portal.desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_and_what_went_wrong_is_told() {
    let portal = portal().await;
    let desk = &portal.desk;
    let pumps = desk.make_knowledge_base("Pumps").await;
    desk.make_document(&pumps, "seal.txt", "Inspect the seal.").await;
    portal.open("").await;
    portal.inside().await;
    desk.click("New knowledge base").await;
    desk.type_into("Name", "Valves").await;
    desk.click("Create").await;
    desk.see_text("“Valves” was created.").await;
    portal.outside().await;
    portal.hears("changed", "knowledge-bases").await;

    // A chunk is edited.
    let documents = desk.api("GET", &format!("datasets/{pumps}/documents"), None).await;
    let document = documents["data"][0]["id"].as_str().unwrap().to_owned();
    let chunks = desk.api("GET", &format!("datasets/{pumps}/documents/{document}/segments"), None).await;
    let chunk = chunks["data"][0]["id"].as_str().unwrap().to_owned();
    let target = json!({"dataset": pumps, "document": document, "chunk": chunk});
    desk.script(&format!("document.querySelector('loredesk-desk').navigate({target})")).await;
    portal.inside().await;
    desk.type_into("Content", " Twice.").await;
    desk.click("Save").await;
    desk.see_text("was saved.").await;
    portal.outside().await;
    portal.hears("changed", "chunks").await;

    desk.faults(json!([{"method": "GET", "path_contains": "/datasets", "action": {"status": {"status": 500, "body": "{}"}}}]))
        .await;
    desk.browser.refresh().await.unwrap();
    portal.hears("error", "The server failed.").await;
    portal.desk.finish(&["500"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_goes_into_the_frame_and_out_of_it() {
    let portal = portal().await;
    let desk = &portal.desk;
    desk.make_knowledge_base("Pumps").await;
    portal.open("").await;
    portal.hears("navigated", "Knowledge bases").await;
    let is_inside = async || desk.script("return document.activeElement?.localName === 'loredesk-desk'").await == json!(true);
    desk.field("Ask the knowledge base").await.click().await.unwrap();
    let press = async |held: &[Key]| {
        let mut keys = fantoccini::actions::KeyActions::new("keyboard".to_owned());
        let all = || held.iter().map(|key| char::from(*key)).chain([char::from(Key::Tab)]);
        for value in all() {
            keys = keys.then(fantoccini::actions::KeyAction::Down { value });
        }
        for value in all() {
            keys = keys.then(fantoccini::actions::KeyAction::Up { value });
        }
        use fantoccini::actions::InputSource;
        desk.browser.perform_actions(keys).await.unwrap();
    };
    let (mut before, mut inside) = (0, 0);
    while !is_inside().await {
        before += 1;
        assert!(before < 6, "Tab does not come into the frame");
        press(&[]).await;
    }
    // Through all that is in it, and out at the other end.
    while is_inside().await {
        inside += 1;
        assert!(inside < 60, "Tab does not come out of the frame");
        press(&[]).await;
    }
    assert!(inside > 3, "the desk has more to offer than {inside}");
    let after = desk.script("return document.activeElement?.innerText ?? ''").await;
    assert_eq!(after, "A link of the portal below the desk");
    // And backwards.
    press(&[Key::Shift]).await;
    let start = std::time::Instant::now();
    while !is_inside().await {
        let active = desk.script("return document.activeElement?.outerHTML.slice(0, 100) ?? ''").await;
        assert!(start.elapsed().as_secs() < 10, "Shift and Tab do not come back into the frame, but to {active}");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }

    // While somebody types in the portal, the desk does not take the focus, whatever it does.
    desk.field("Ask the knowledge base").await.click().await.unwrap();
    desk.script("document.querySelector('loredesk-desk').navigate({view: 'knowledge-bases'}); document.querySelector('loredesk-desk').setAttribute('lang', 'zh')").await;
    portal.hears("navigated", "知识库").await;
    desk.press("x").await;
    let typed = desk.field("Ask the knowledge base").await.prop("value").await.unwrap();
    assert_eq!(typed.as_deref(), Some("x"));
    portal.desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_narrow_column_is_enough() {
    let portal = Portal::start(Setup { look: Look { width: 320, height: 640, ..Look::default() }, ..Setup::default() }).await;
    let desk = &portal.desk;
    let pumps = desk.make_knowledge_base("Pumps, valves, seals and gaskets 2026").await;
    let document = desk.make_document(&pumps, "a-file-with-a-long-name-without-any-space-in-it.txt", "Inspect the seal.").await;
    portal.open("&connection=local").await;
    portal.inside().await;
    desk.see_text("1 knowledge base").await;
    for target in [
        json!({"view": "knowledge-bases"}),
        json!({"dataset": pumps, "view": "documents"}),
        json!({"dataset": pumps, "document": document}),
        json!({"dataset": pumps, "view": "retrieval"}),
        json!({"dataset": pumps, "view": "metadata"}),
        json!({"dataset": pumps, "view": "settings"}),
    ] {
        portal.outside().await;
        desk.script(&format!("document.querySelector('loredesk-desk').navigate({target})")).await;
        portal.inside().await;
        desk.see(Locator::Css("main h1")).await;
        let view = target["view"].as_str().unwrap_or("documents");
        portal.outside().await;
        portal.hears("navigated", &format!("\"view\":\"{view}\"")).await;
        portal.inside().await;
        let width = desk.script("return document.documentElement.scrollWidth").await;
        assert!(width.as_u64() <= Some(320), "{target}: {width}");
    }
    portal.desk.finish(&[]).await;
}
