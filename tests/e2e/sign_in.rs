//! Signing in, being signed out in the middle of the work, and coming back to it.

use std::path::Path;
use std::process::{Command, Stdio};

use fantoccini::{Locator, key::Key};
use serde_json::json;

use crate::{
    accessibility::violations,
    support::{Desk, ForeignSite, Look, Setup},
};

const PASSWORD: &str = "correct horse battery";

/// People sign in with a password; the test itself comes as a proxy would.
const CONFIG: &str = r#"
[login]
password_file = "{folder}/passwords"
trusted_header = "X-Test-User"
trusted_from = ["127.0.0.1/32"]
"#;

fn write_passwords(folder: &Path, people: &[(&str, &str)]) {
    let lines: Vec<String> = people.iter().map(|(name, password)| line(name, password)).collect();
    std::fs::write(folder.join("passwords"), lines.concat()).unwrap();
}

fn line(name: &str, password: &str) -> String {
    let host = std::env::var_os("LOREDESK_HOST").unwrap();
    let mut program =
        Command::new(host).args(["hash-password", name]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    std::io::Write::write_all(&mut program.stdin.take().unwrap(), password.as_bytes()).unwrap();
    String::from_utf8(program.wait_with_output().unwrap().stdout).unwrap()
}

async fn desk(look: Look) -> Desk {
    let setup = Setup { look, config: Some(CONFIG.to_owned()), headers: "X-Test-User: test\r\n", ..Setup::default() };
    Desk::prepared(setup, |folder| write_passwords(folder, &[("anna", PASSWORD), ("bert", "another password")])).await
}

/// The folder of the password file.
fn folder(desk: &Desk) -> std::path::PathBuf {
    desk.file("here", "").parent().unwrap().to_owned()
}

async fn sign_in(desk: &Desk, name: &str, password: &str) {
    desk.type_into("Name", name).await;
    desk.type_into("Password", password).await;
    desk.click("Sign in").await;
}

/// Ends every session, as a changed password does.
fn end_sessions(desk: &Desk) {
    write_passwords(&folder(desk), &[("anna", PASSWORD), ("bert", "another password")]);
}

/// Signs in in the tab that the dialog opened, closes it and comes back.
async fn sign_in_in_the_other_tab(desk: &Desk, name: &str, password: &str) {
    let here = desk.browser.window().await.unwrap();
    let windows = desk.browser.windows().await.unwrap();
    assert_eq!(windows.len(), 2);
    let other = windows.into_iter().find(|window| *window != here).unwrap();
    desk.browser.switch_to_window(other).await.unwrap();
    desk.see_text("Sign in to Loredesk").await;
    sign_in(desk, name, password).await;
    desk.see_text("You are signed in as").await;
    desk.browser.close_window().await.unwrap();
    desk.browser.switch_to_window(here).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_signs_in_by_keyboard_comes_where_one_wanted_and_signs_out() {
    let desk = desk(Look::default()).await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let wanted = format!("/local/knowledge-bases/{knowledge_base}/documents?q=a%20b");
    desk.open(&wanted).await;
    desk.see_text("Sign in to Loredesk").await;
    // The focus is in the first field.
    desk.press("anna").await;
    desk.press(char::from(Key::Tab)).await;
    desk.press("wrong password").await;
    desk.press(char::from(Key::Enter)).await;
    desk.see_text("The name or the password is not right.").await;
    // The name is kept, and the focus where one has to type.
    assert_eq!(desk.field("Name").await.prop("value").await.unwrap().as_deref(), Some("anna"));
    assert_eq!(desk.script("return document.activeElement.id").await, json!("password"));
    desk.press(PASSWORD).await;
    desk.press(char::from(Key::Enter)).await;
    desk.see_text("Pumps").await;
    assert_eq!(desk.path().await, wanted);

    desk.click("Theme and language").await;
    desk.see_text("Signed in as").await;
    desk.see_text("anna").await;
    desk.click("Sign out").await;
    desk.see_text("Sign in to Loredesk").await;
    desk.open(&wanted).await;
    desk.see_text("Sign in to Loredesk").await;
    desk.finish(&["401"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_finds_nobody_signed_in_waits_and_is_done_once() {
    let desk = desk(Look::default()).await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let document = desk.make_document(&knowledge_base, "seal.txt", "Inspect the seal.").await;
    let segments = format!("datasets/{knowledge_base}/documents/{document}/segments");
    let id = desk.api("GET", &segments, None).await["data"][0]["id"].as_str().unwrap().to_owned();
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents/{document}/chunks/{id}")).await;
    sign_in(&desk, "anna", PASSWORD).await;
    desk.type_into("Content", " Twice.").await;

    end_sessions(&desk);
    desk.click("Save").await;
    desk.see_text("Sign in again").await;
    desk.click("Sign in").await;
    desk.no_faults().await;
    sign_in_in_the_other_tab(&desk, "anna", PASSWORD).await;
    desk.see_text("was saved.").await;
    desk.see_no_text("Sign in again").await;
    assert_eq!(desk.api("GET", &segments, None).await["data"][0]["content"], "Inspect the seal. Twice.");
    let writes = desk.requests().await.into_iter().filter(|line| line.starts_with("POST")).count();
    assert_eq!(writes, 1);
    desk.finish(&["401"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_may_go_on_without_and_loses_nothing() {
    let desk = desk(Look::default()).await;
    desk.open("/local/knowledge-bases").await;
    sign_in(&desk, "anna", PASSWORD).await;
    desk.click("New knowledge base").await;
    desk.type_into("Name", "Valves").await;
    end_sessions(&desk);
    desk.click("Create").await;
    // Over the dialog that is open.
    desk.see_text("Sign in again").await;
    desk.click("Not now").await;
    desk.see_text("You are not signed in.").await;
    assert_eq!(desk.field("Name").await.prop("value").await.unwrap().as_deref(), Some("Valves"));
    assert_eq!(desk.api("GET", "datasets", None).await["total"], 0);

    // The next try asks again. What one person typed is not sent under the name of another.
    desk.click("Create").await;
    desk.click("Sign in").await;
    sign_in_in_the_other_tab(&desk, "bert", "another password").await;
    desk.see_text("You are now signed in as").await;
    desk.click("Go on").await;
    assert_eq!(desk.api("GET", "datasets", None).await["total"], 0);
    desk.click("Create").await;
    desk.see_text("“Valves” was created.").await;
    desk.finish(&["401"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_finds_nobody_signed_in_goes_on_afterwards() {
    let desk = desk(Look::default()).await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents")).await;
    sign_in(&desk, "anna", PASSWORD).await;
    desk.see(Locator::Css(".empty")).await;
    let files: Vec<_> = (0..5).map(|number| desk.file(&format!("note {number}.txt"), "Inspect the seal.")).collect();
    desk.choose_files(&files).await;
    desk.see_text("note 4.txt").await;
    end_sessions(&desk);
    desk.click("Add 5 files").await;
    desk.see_text("Sign in again").await;
    desk.click("Sign in").await;
    sign_in_in_the_other_tab(&desk, "anna", PASSWORD).await;
    desk.see_text("5 uploads ended").await;
    desk.see_no_text("Failed").await;
    assert_eq!(desk.api("GET", &format!("datasets/{knowledge_base}/documents"), None).await["total"], 5);
    desk.finish(&["401"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_of_another_site_leads_somebody_signed_in_to_where_it_points() {
    let desk = desk(Look::default()).await;
    desk.make_knowledge_base("Pumps").await;
    let site = ForeignSite::start().await;
    site.page("/wiki", &format!(r#"<a href="{}/local/knowledge-bases">The knowledge bases</a>"#, desk.origin));
    desk.open("/local/knowledge-bases").await;
    sign_in(&desk, "anna", PASSWORD).await;
    desk.see_text("1 knowledge base").await;
    desk.browser.goto(&format!("{}/wiki", site.origin("wiki.localhost"))).await.unwrap();
    desk.click("The knowledge bases").await;
    desk.see_text("1 knowledge base").await;
    assert_eq!(desk.path().await, "/local/knowledge-bases");
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_login_page_fits_a_phone_speaks_chinese_and_is_accessible() {
    for is_dark in [false, true] {
        let desk = desk(Look { width: 320, height: 640, is_dark, language: "zh-CN" }).await;
        desk.open("/login").await;
        desk.see_text("登录 Loredesk").await;
        let is_wide = desk.script("return document.documentElement.scrollWidth > innerWidth").await;
        assert_eq!(is_wide, json!(false));
        assert_eq!(violations(&desk).await, Vec::<String>::new());
        desk.finish(&[]).await;
    }
}
