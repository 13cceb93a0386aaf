//! TLS as the recipes have it, with a certificate of one's own: the main job by HTTPS, plain HTTP is led there, and the host behind
//! knows that its cookie must not leave it.

use std::process::Stdio;

use serde_json::json;
use tokio::{io::AsyncWriteExt, process::Command};

use super::{BOTH, http::get, main_job};
use crate::support::{Desk, Folder, Kind, WebServer, WebSite, needed};

fn static_site() -> WebSite {
    WebSite { base: "/kb/", app: needed("LOREDESK_DIST"), is_tls: true, ..WebSite::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn nginx_serves_the_main_job_by_https() {
    main_job::run(Desk::behind_site(Kind::Nginx, &[], static_site()).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn caddy_serves_the_main_job_by_https() {
    main_job::run(Desk::behind_site(Kind::Caddy, &[], static_site()).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_is_led_to_https() {
    let folder = Folder::new();
    let app = super::small_app(&folder);
    for kind in BOTH {
        let site = WebSite { app: app.clone(), upstream: "http://127.0.0.1:9".to_owned(), is_tls: true, ..WebSite::default() };
        let server = WebServer::start(kind, &site).await;
        let answer = get(&server.plain_origin, "/local/knowledge-bases?q=a", &[]).await;
        assert_eq!(answer.status, 308, "{kind:?}: {answer:?}");
        let place = answer.header("location");
        assert!(place.starts_with("https://127.0.0.1"), "{kind:?}: {place}");
        assert!(place.ends_with("/local/knowledge-bases?q=a"), "{kind:?}: {place}");
    }
}

/// A host that people sign in to, with its address as the browser has it.
async fn signed_in_behind(kind: Kind) {
    let folder = Folder::new();
    let mut program = Command::new(needed("LOREDESK_HOST"));
    program.args(["hash-password", "mira"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut asking = program.spawn().unwrap();
    asking.stdin.take().unwrap().write_all(b"open sesame now\n").await.unwrap();
    std::fs::write(folder.path("passwords"), asking.wait_with_output().await.unwrap().stdout).unwrap();
    let config = format!("[login]\npassword_file = \"{}\"\n", folder.path("passwords").display());
    std::fs::write(folder.path("loredesk.toml"), config).unwrap();
    let arguments = ["--config".to_owned(), folder.path("loredesk.toml").display().to_string()];
    let site = WebSite { is_host: true, is_tls: true, ..WebSite::default() };

    let desk = Desk::behind_site(kind, &arguments, site).await;
    desk.open("/").await;
    desk.see_text("Sign in to Loredesk").await;
    desk.type_into("Name", "mira").await;
    desk.type_into("Password", "open sesame now").await;
    desk.click("Sign in").await;
    desk.see_text("New knowledge base").await;
    // Browsers give a cookie with that prefix only to the site that set it, by TLS, for all of its paths.
    let cookies = desk.browser.get_all_cookies().await.unwrap();
    let known: Vec<_> = cookies.iter().map(|cookie| (cookie.name(), cookie.secure(), cookie.http_only())).collect();
    assert_eq!(known, [("__Host-loredesk", Some(true), Some(true))], "{kind:?}");
    assert_eq!(desk.script("return [isSecureContext, document.cookie]").await, json!([true, ""]), "{kind:?}");
    // A write: the host takes the origin for its own although it hears plain HTTP.
    desk.click("New knowledge base").await;
    desk.type_into("Name", "By HTTPS").await;
    desk.click("Create").await;
    desk.path_becomes("its documents", |path| path.ends_with("/documents")).await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_host_behind_nginx_gives_a_cookie_for_tls_only() {
    signed_in_behind(Kind::Nginx).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_host_behind_caddy_gives_a_cookie_for_tls_only() {
    signed_in_behind(Kind::Caddy).await;
}
