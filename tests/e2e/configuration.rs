//! A `config.json` that cannot be used, on plain static hosting: what is wrong, where it stands, and what to write instead.

use fantoccini::Locator;

use crate::support::{Look, hosted};

/// A configuration with a mistake in nearly everything.
const MISTAKEN: &str = r#"{
  "connections": [
    { "id": "our server", "name": "Ours", "base": "https://dify.example/v1", "read_onyl": true },
    { "id": "b", "name": "B", "kind": "ragflow", "base": "api/b", "knowledge_base": "pumps" },
    { "id": "b", "base": "api/b" }
  ],
  "limit": { "max_upload_bytes": 104857600 },
  "languages": ["en", "fr"],
  "portal_origins": ["https://portal.example/kb", "https://*.example"]
}"#;

#[tokio::test(flavor = "multi_thread")]
async fn every_mistake_is_shown_with_its_line_and_what_to_write() {
    let (desk, hosting) = hosted(Look::default()).await;
    hosting.change(|site| site.config = Some((200, "application/json", MISTAKEN.to_owned())));
    desk.open("/").await;
    desk.see_text("config.json has 11 mistakes").await;
    for (place, line, words) in [
        ("connections[0].id", "line 3", "“our-server” would do."),
        ("connections[0].base", "line 3", "Write a path such as “api/local”"),
        ("connections[0].read_onyl", "line 3", "Did you mean “read_only”?"),
        ("connections[1].kind", "line 4", "Write one of these: “dify”, “cognee”."),
        ("connections[1].knowledge_base", "line 4", "36 digits, letters and hyphens"),
        ("connections[2].id", "line 5", "Another connection has this id already."),
        ("connections[2].name", "line 5", "Write the name that people see."),
        ("limit", "line 7", "Did you mean “limits”?"),
        ("languages[1]", "line 8", "Write one of these: “en”, “zh”."),
        ("portal_origins[0]", "line 9", "Write “https://portal.example”."),
    ] {
        let script = "return [...document.querySelectorAll('.mistakes li')].map((item) => item.innerText)";
        let items = desk.script(script).await;
        let found = items.as_array().into_iter().flatten().filter_map(|item| item.as_str()).find(|item| item.starts_with(place));
        let text = found.unwrap_or_else(|| panic!("{place} is not among {items:#}"));
        assert!(text.contains(line) && text.contains(words), "{text}");
    }
    let marked = desk.script("return [...document.querySelectorAll('.mistakes mark')].map((mark) => mark.textContent)").await;
    assert_eq!(marked[0], r#""id": "our server""#, "in the order of the file: {marked}");

    // Mended, another try starts the desk.
    hosting.change(|site| site.config = None);
    desk.click("Try again").await;
    desk.see_text("No knowledge base yet").await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_in_place_of_the_file_has_its_own_sentence() {
    let (desk, hosting) = hosted(Look::default()).await;
    let page = "<!doctype html><title>Loredesk</title>".to_owned();
    for (config, words) in [
        ((404, "text/plain", String::new()), "There is no config.json"),
        ((200, "text/html", page), "In place of config.json came a web page"),
        ((401, "text/plain", String::new()), "The configuration is not given out"),
        ((503, "text/plain", String::new()), "The server could not give the configuration"),
        ((200, "application/json", "{\n  \"connections\": [,]\n}".to_owned()), "line 2, column 19"),
        ((200, "application/json", String::new()), "config.json cannot be read"),
    ] {
        hosting.change(|site| site.config = Some(config));
        desk.open("/").await;
        desk.see_text(words).await;
    }
    // No answer at all: the app itself is in the browser by then.
    desk.before_each_page("const real = window.fetch; window.fetch = (what, ...more) => String(what.url ?? what).endsWith('config.json') ? Promise.reject(new TypeError('offline')) : real(what, ...more);").await;
    desk.open("/").await;
    desk.see_text("The desk cannot reach its server").await;
    desk.named("Try again").await;
    desk.finish(&["404", "401", "503"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_are_told_in_chinese_and_fit_a_phone() {
    let (desk, hosting) = hosted(Look { width: 320, height: 640, language: "zh-CN", ..Look::default() }).await;
    hosting.change(|site| site.config = Some((200, "application/json", MISTAKEN.to_owned())));
    desk.open("/").await;
    desk.see_text("config.json 有 11 处错误").await;
    desk.see_text("是否想写“read_only”？").await;
    let width = desk.script("return document.documentElement.scrollWidth").await;
    assert!(width.as_u64() <= Some(320), "{width}");
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_languages_of_the_configuration_are_offered() {
    let (desk, hosting) = hosted(Look::default()).await;
    let config = |languages: &str| {
        let text = format!(r#"{{"connections":[{{"id":"local","name":"Ours","base":"api/local"}}],"languages":[{languages}]}}"#);
        Some((200, "application/json", text))
    };
    hosting.change(|site| site.config = config(r#""zh""#));
    desk.open("/").await;
    desk.see_text("还没有知识库").await;
    desk.click("主题与语言").await;
    desk.see_text("浅色").await;
    let text = desk.text().await;
    assert!(!text.contains("English"), "{text}");
    hosting.change(|site| site.config = config(r#""en", "zh""#));
    desk.open("/").await;
    desk.see(Locator::Css(".empty")).await;
    desk.click("Theme and language").await;
    desk.see_text("简体中文").await;
    desk.finish(&[]).await;
}
