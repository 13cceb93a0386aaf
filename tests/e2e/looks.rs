//! Every screen in both themes, both languages and at two widths: text that can be read, nothing wider than the window, and no
//! word of the other language.

use std::collections::BTreeSet;

use fantoccini::Locator;
use serde_json::Value;

use crate::support::{Desk, Screen};

/// Texts with less contrast than 4.5:1 against what is behind them, as sentences. What is switched off is exempt.
const CONTRAST: &str = r#"
    const parse = (text) => {
        const numbers = (text.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
        const scale = text.startsWith("color(") ? 255 : 1;
        const [r = 0, g = 0, b = 0, a = 1] = numbers;
        return { c: [r * scale, g * scale, b * scale], a };
    };
    const over = (top, below) => top.c.map((value, at) => value * top.a + below[at] * (1 - top.a));
    const luminance = (c) => {
        const [r, g, b] = c.map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
        const layers = [];
        for (let at = element; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
        const canvas = matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255];
        return layers.reverse().reduce((below, layer) => over(layer, below), canvas);
    };
    const seen = new Set();
    const wrong = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode.data.trim();
        const element = walker.currentNode.parentElement;
        if (!text || seen.has(element)) continue;
        seen.add(element);
        const isOff = element.closest(":disabled, [aria-disabled=true], .visually-hidden, .skip, script, noscript, option");
        if (isOff || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
        const style = getComputedStyle(element);
        let opacity = 1;
        for (let at = element; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
        const below = behind(element);
        const ink = parse(style.color);
        const own = over({ c: ink.c, a: ink.a * opacity }, below);
        const [light, dark] = [luminance(own), luminance(below)].sort((a, b) => b - a);
        const ratio = (light + 0.05) / (dark + 0.05);
        if (ratio < 4.5) wrong.push(`${ratio.toFixed(2)}:1 for “${text.slice(0, 40)}” in <${element.tagName.toLowerCase()} class="${element.className}">`);
    }
    return { wrong, counted: seen.size };"#;

/// Everything that a person reads or hears, but what lies in a menu that is closed.
const WORDS: &str = r#"
    const words = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!element.closest("script, noscript, kbd")) words.add(walker.currentNode.data);
    }
    for (const element of document.querySelectorAll("[aria-label], [title], [placeholder]")) {
        for (const name of ["aria-label", "title", "placeholder"]) words.add(element.getAttribute(name) ?? "");
    }
    words.add(document.title);
    return [...words].map((text) => text.replace(/\s+/g, " ").trim()).filter((text) => text);"#;

/// What overflows the window to the right, for the failure.
const TOO_WIDE: &str = r#"
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > width + 1)
        .slice(0, 8).map((element) => `${element.tagName} ${element.className} ${Math.round(element.getBoundingClientRect().right)} > ${width}`);"#;

/// Names and units that are the same in both languages; the host names itself.
const SHARED: [&str; 14] = [
    "Loredesk",
    "Ωmega",
    "ωmega",
    "This computer",
    "Top K",
    "API",
    "TXT",
    "txt",
    "Ctrl+Enter",
    "Ctrl K",
    "Ctrl",
    "Enter",
    "Local",
    "Esc",
];

fn list(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

async fn show(desk: &Desk, screen: &Screen, theme: &str, language: &str) {
    desk.script(&format!(
        "localStorage.setItem('loredesk.theme', '{theme}'); localStorage.setItem('loredesk.language', '{language}')"
    ))
    .await;
    desk.open(&screen.path).await;
    desk.see(Locator::Css(screen.sign)).await;
    // A transition shows colours that nobody has chosen.
    desk.script("return Promise.all(document.getAnimations().filter((animation) => animation.effect.getComputedTiming().iterations === 1).map((animation) => animation.finished.catch(() => 0)))").await;
}

/// Opens what a screen has besides itself: the palette and the list of keys.
async fn open_overlay(desk: &Desk, shortcut: &str) {
    desk.script(&format!(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {{key: '{shortcut}', bubbles: true, cancelable: true, ctrlKey: '{shortcut}' === 'k'}}))"
    ))
    .await;
    desk.see(Locator::Css("dialog[open] .palette-line, dialog[open] .keys-groups")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn text_can_be_read_in_both_themes() {
    let desk = Desk::start().await;
    desk.open("/").await;
    let screens = desk.screens().await;
    let mut wrong = Vec::new();
    for theme in ["light", "dark"] {
        for screen in &screens {
            show(&desk, screen, theme, "en").await;
            let overlays = if screen.name == "documents" { &["", "k", "?"][..] } else { &[""][..] };
            for overlay in overlays {
                if !overlay.is_empty() {
                    show(&desk, screen, theme, "en").await;
                    open_overlay(&desk, overlay).await;
                }
                let found = desk.script(CONTRAST).await;
                assert!(found["counted"].as_u64() > Some(5), "{screen:?}: {found}");
                wrong.extend(list(&found["wrong"]).into_iter().map(|what| format!("{theme}, {}{overlay}: {what}", screen.name)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_wider_than_the_window() {
    let desk = Desk::start().await;
    desk.open("/").await;
    let screens = desk.screens().await;
    let mut wrong = Vec::new();
    for (width, height) in [(390, 844), (1280, 800)] {
        desk.resize(width, height).await;
        for language in ["en", "zh-CN"] {
            for screen in &screens {
                show(&desk, screen, "system", language).await;
                for overlay in if screen.name == "documents" { &["", "k"][..] } else { &[""][..] } {
                    if !overlay.is_empty() {
                        open_overlay(&desk, overlay).await;
                    }
                    let wide = list(&desk.script(TOO_WIDE).await);
                    wrong
                        .extend(wide.into_iter().map(|what| format!("{width} px, {language}, {}{overlay}: {what}", screen.name)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_word_of_the_other_language_is_left() {
    let desk = Desk::start().await;
    desk.open("/").await;
    let screens = desk.screens().await;
    let is_chinese = |text: &str| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    let mut wrong = Vec::new();
    for screen in &screens {
        for overlay in if screen.name == "documents" { &["", "k", "?"][..] } else { &[""][..] } {
            let mut words = Vec::new();
            for language in ["en", "zh-CN"] {
                show(&desk, screen, "system", language).await;
                if !overlay.is_empty() {
                    open_overlay(&desk, overlay).await;
                }
                words.push(list(&desk.script(WORDS).await).into_iter().collect::<BTreeSet<_>>());
            }
            let name = format!("{}{overlay}", screen.name);
            // The languages are named in their own.
            let left = words[0].iter().filter(|text| is_chinese(text) && !text.contains("简体中文"));
            wrong.extend(left.map(|text| format!("{name}, English: {text}")));
            // A sentence with Latin letters that is the same in both is one that nobody has translated.
            let has_words = |text: &str| {
                let rest = SHARED.iter().fold(text.replace("English", ""), |text, shared| text.replace(shared, ""));
                rest.split(|letter: char| !letter.is_ascii_alphabetic()).any(|word| word.len() >= 3)
            };
            // What the embedded server calls its one source is its own, as a name that somebody gave to a source is.
            let is_given = |text: &str| screen.name == "pipeline" && text == "Files";
            let left = words[1].intersection(&words[0]).filter(|text| has_words(text) && !is_given(text));
            wrong.extend(left.map(|text| format!("{name}, Chinese: {text}")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    desk.finish(&[]).await;
}
