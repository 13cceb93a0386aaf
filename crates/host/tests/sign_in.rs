//! Who gets in where there is a login: passwords, sessions, and the name that a proxy gives.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use hyper::Method;
use hyper::body::Bytes;
use loredesk_host::config::Config;
use loredesk_host::server::start;
use serde_json::json;
use support::http::Answer;
use support::{Folder, TestHost};

const PASSWORD: &str = "correct horse battery";

/// A line of the password file, as the program itself makes it.
fn line(name: &str, password: &str) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_loredesk-host"))
        .args(["hash-password", name])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    program.stdin.take().unwrap().write_all(format!("{password}\n").as_bytes()).unwrap();
    let output = program.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

fn write_passwords(folder: &Path, lines: &[String]) {
    std::fs::write(folder.join("passwords"), lines.concat()).unwrap();
}

async fn with_passwords(change: impl FnOnce(&mut Config)) -> TestHost {
    let folder = Folder::new();
    write_passwords(&folder.0, &[line("anna", PASSWORD), line("bert", "another password")]);
    let app = folder.0.join("app");
    std::fs::create_dir_all(&app).unwrap();
    std::fs::write(app.join("index.html"), r#"<!doctype html><base href="/">"#).unwrap();
    std::fs::write(app.join("boot.js"), "boot").unwrap();
    let passwords = folder.0.join("passwords");
    TestHost::begin(folder, |config| {
        config.login.password_file = Some(passwords);
        change(config);
    })
    .await
}

async fn get(host: &TestHost, path: &str, headers: &[(&str, &str)]) -> Answer {
    host.client.send(Method::GET, &format!("/{path}"), headers, Bytes::new()).await
}

/// Sends the login form.
async fn sign_in(host: &TestHost, fields: &str, headers: &[(&str, &str)]) -> Answer {
    let form = ("content-type", "application/x-www-form-urlencoded");
    let headers: Vec<_> = headers.iter().copied().chain([form]).collect();
    host.client.send(Method::POST, "//login", &headers, fields.to_owned().into()).await
}

fn form(name: &str, password: &str) -> String {
    format!("name={name}&password={}", password.replace(' ', "+"))
}

/// Guesses until the wait is so long that it is not over with the next request.
async fn guess_until_it_waits(host: &TestHost, form: impl Fn(u32) -> String, headers: &[(&str, &str)]) {
    for number in 0.. {
        let answer = sign_in(host, &form(number), headers).await;
        if answer.status == 429 && answer.header("retry-after").parse::<u32>().unwrap() > 3 {
            return;
        }
        assert!([401, 429].contains(&answer.status.as_u16()), "{answer:?}");
    }
}

/// The cookie that an answer sets, as the browser would send it back.
fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn without_a_session_there_is_nothing_but_the_login() {
    let host = with_passwords(|_| {}).await;
    for path in ["/api/local/datasets", "/v1/datasets", "/config.json", "/api/local/files/00000000-0000-4000-8000-000000000000"] {
        let answer = get(&host, path, &[]).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (401, "login_required"), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    for method in [Method::POST, Method::PATCH, Method::DELETE] {
        let answer = host.client.json(method, "/datasets", &json!({ "name": "Pumps" })).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (401, "login_required"));
    }
    let html = ("accept", "text/html,*/*;q=0.8");
    for (path, next) in [
        ("/", "%2F"),
        ("/local/knowledge-bases?q=a%20b", "%2Flocal%2Fknowledge-bases%3Fq%3Da%2520b"),
        ("/local/knowledge-bases/x/documents/file.txt", "%2Flocal%2Fknowledge-bases%2Fx%2Fdocuments%2Ffile.txt"),
    ] {
        let answer = get(&host, path, &[html]).await;
        let target = format!("/login?next={next}");
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, target.as_str()), "{path}");
    }
    // The app's files hold nothing secret; a desk whose session has ended goes on with them.
    assert_eq!(get(&host, "/boot.js", &[]).await.status, 200);
    for cookies in ["loredesk=", "loredesk=0000", "loredesk; =", "other=1; loredesk=abc"] {
        assert_eq!(get(&host, "/config.json", &[("cookie", cookies)]).await.status, 401, "{cookies}");
    }
}

#[tokio::test]
async fn a_session_begins_with_the_right_password_and_ends_by_hand() {
    let host = with_passwords(|_| {}).await;
    let planted = ("cookie", "loredesk=planted");
    let answer = sign_in(&host, &(form("anna", PASSWORD) + "&next=%2Flocal%2Fknowledge-bases"), &[planted]).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/local/knowledge-bases"));
    let set = answer.header("set-cookie");
    assert!(set.ends_with("; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict"), "{set}");
    let session = cookie(&answer);
    assert_eq!(session.len(), "loredesk=".len() + 64, "a new id, not the planted one");

    let headers = [("cookie", session.as_str())];
    assert_eq!(get(&host, "/api/local/datasets", &headers).await.status, 200);
    assert_eq!(get(&host, "/v1/datasets", &headers).await.status, 200);
    let config = get(&host, "/config.json", &headers).await.json();
    assert_eq!(config["user"], json!({ "name": "anna", "sign_out": "logout" }));
    assert_eq!(get(&host, "/", &[("accept", "text/html"), headers[0]]).await.status, 200);
    let again = get(&host, "/login?next=%2Flocal%2Fknowledge-bases", &headers).await;
    assert_eq!((again.status.as_u16(), again.header("location")), (303, "/local/knowledge-bases"));
    let tab = get(&host, "/login?next=tab", &headers).await;
    assert!(String::from_utf8_lossy(&tab.body).contains("signed in as \u{2068}anna\u{2069}"));

    let out = host.client.send(Method::POST, "//logout", &headers, Bytes::new()).await;
    assert_eq!(out.status, 204);
    assert!(out.header("set-cookie").starts_with("loredesk=; Path=/; Max-Age=0"), "{out:?}");
    assert_eq!(get(&host, "/api/local/datasets", &headers).await.status, 401, "the id is worth nothing any more");
    assert_eq!(get(&host, "/logout", &headers).await.status, 401, "a link signs nobody out");
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_are_told_alike() {
    let host = with_passwords(|_| {}).await;
    let mut said = Vec::new();
    for (name, password) in [("anna", "wrong password"), ("carl", PASSWORD), ("anna", ""), ("", ""), ("bert", PASSWORD)] {
        let answer = sign_in(&host, &form(name, password), &[]).await;
        assert_eq!(answer.status, 401, "{name} {password}");
        assert_eq!(answer.header("set-cookie"), "");
        let page = String::from_utf8(answer.body.to_vec()).unwrap();
        assert!(page.contains("The name or the password is not right."), "{page}");
        assert!(!page.contains("password\" value"), "a password is never sent back");
        said.push(page.replace(&format!("value=\"{name}\""), "value=\"\"").replace(" autofocus", ""));
    }
    said.dedup();
    assert_eq!(said.len(), 1);
    let typed = sign_in(&host, "name=%22%3E%3Cscript%3E&password=x", &[]).await;
    assert!(String::from_utf8_lossy(&typed.body).contains("value=\"&quot;&gt;&lt;script&gt;\""));
    for (kind, status) in [("application/json", 400), ("text/plain", 400), ("", 400)] {
        let body = form("anna", PASSWORD).into();
        let answer = host.client.send(Method::POST, "//login", &[("content-type", kind)], body).await;
        assert_eq!(answer.status, status, "{kind}");
    }
    assert_eq!(sign_in(&host, &form("anna", &"x".repeat(100_000)), &[]).await.status, 400);
}

#[tokio::test]
async fn guessing_is_slowed_by_name_and_the_right_password_waits_too() {
    let host = with_passwords(|_| {}).await;
    guess_until_it_waits(&host, |_| form("anna", "guess"), &[]).await;
    let answer = sign_in(&host, &form("anna", PASSWORD), &[]).await;
    assert_eq!(answer.status, 429);
    assert_ne!(answer.header("retry-after"), "");
    assert!(String::from_utf8_lossy(&answer.body).contains("Too many wrong tries."));
    assert_eq!(sign_in(&host, &form("bert", "another password"), &[]).await.status, 303, "others do not wait");
    // Many names from one address.
    let from = ("x-forwarded-for", "203.0.113.5");
    guess_until_it_waits(&host, |number| form(&format!("name{number}"), "guess"), &[from]).await;
    assert_eq!(sign_in(&host, &form("bert", "another password"), &[from]).await.status, 429);
    let other = ("x-forwarded-for", "203.0.113.5, 203.0.113.6");
    assert_eq!(sign_in(&host, &form("bert", "another password"), &[other]).await.status, 303);
}

#[tokio::test]
async fn the_login_leads_to_own_pages_only() {
    let host = with_passwords(|_| {}).await;
    for next in ["//evil.example", "https://evil.example/", "/%5Cevil.example", "/%09/evil.example", "javascript:alert(1)", ""] {
        let answer = sign_in(&host, &format!("{}&next={next}", form("anna", PASSWORD)), &[]).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/"), "{next}");
    }
    let page = get(&host, "/login?next=%22%3E%3Cscript%3E", &[]).await;
    assert!(String::from_utf8_lossy(&page.body).contains(r#"name="next" value="/""#));
}

#[tokio::test]
async fn the_login_page_needs_no_script_and_speaks_two_languages() {
    let host = with_passwords(|_| {}).await;
    let page = get(&host, "/login", &[]).await;
    assert_eq!(page.status, 200);
    let policy = page.header("content-security-policy");
    assert_eq!(
        policy,
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    );
    assert_eq!((page.header("cache-control"), page.header("referrer-policy")), ("no-store", "same-origin"));
    let text = String::from_utf8_lossy(&page.body);
    assert!(text.contains("Sign in to Loredesk") && !text.contains("<script") && !text.contains("style=\""));
    assert_eq!(get(&host, "/login.css", &[]).await.header("content-type"), "text/css; charset=utf-8");
    let chinese = get(&host, "/login", &[("accept-language", "zh-CN,zh;q=0.9,en;q=0.8")]).await;
    assert!(String::from_utf8_lossy(&chinese.body).contains("登录 Loredesk"));
    assert_eq!(chinese.header("content-language"), "zh-CN");
    let framed = get(&host, "/login", &[("sec-fetch-dest", "iframe")]).await;
    assert!(String::from_utf8_lossy(&framed.body).contains("in a tab of its own"));
}

#[tokio::test]
async fn over_tls_the_cookie_is_for_tls_only() {
    let host = with_passwords(|_| {}).await;
    let tls = ("x-forwarded-proto", "https");
    let answer = sign_in(&host, &form("anna", PASSWORD), &[tls]).await;
    let set = answer.header("set-cookie");
    assert!(set.starts_with("__Host-loredesk=") && set.ends_with("; HttpOnly; SameSite=Strict; Secure"), "{set}");
    let session = cookie(&answer);
    assert_eq!(get(&host, "/config.json", &[tls, ("cookie", &session)]).await.status, 200);
    // A cookie without the prefix can be planted by a neighbouring site; it counts nothing where there is TLS.
    let plain = session.replace("__Host-", "");
    assert_eq!(get(&host, "/config.json", &[tls, ("cookie", &plain)]).await.status, 401);
}

#[tokio::test]
async fn a_session_ends_with_the_password_that_began_it() {
    let host = with_passwords(|_| {}).await;
    let anna = cookie(&sign_in(&host, &form("anna", PASSWORD), &[]).await);
    let bert = cookie(&sign_in(&host, &form("bert", "another password"), &[]).await);
    write_passwords(&host.folder.0, &[line("anna", "a new password"), "# nobody else\n".to_owned()]);
    assert_eq!(get(&host, "/config.json", &[("cookie", &anna)]).await.status, 401, "another password");
    assert_eq!(get(&host, "/config.json", &[("cookie", &bert)]).await.status, 401, "no longer in the file");
    assert_eq!(sign_in(&host, &form("anna", PASSWORD), &[]).await.status, 401);
    assert_eq!(sign_in(&host, &form("anna", "a new password"), &[]).await.status, 303);
}

#[tokio::test]
async fn the_name_of_a_trusted_proxy_counts_and_nobody_elses() {
    let trusted = |range: &'static str| {
        TestHost::with(move |config| {
            config.login.trusted_header = Some("x-forwarded-user".to_owned());
            config.login.trusted_from = vec![range.parse().unwrap()];
        })
    };
    let host = trusted("127.0.0.1/32").await;
    let user = ("x-forwarded-user", "Zoë");
    let config = get(&host, "/config.json", &[user]).await.json();
    assert_eq!(config["user"], json!({ "name": "Zoë", "sign_out": "" }));
    assert_eq!(get(&host, "/api/local/datasets", &[user]).await.status, 200);
    for headers in [&[][..], &[user, user], &[("x-forwarded-user", "")], &[("x-forwarded-user", " ")]] {
        let answer = get(&host, "/api/local/datasets", headers).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (401, "login_required"), "{headers:?}");
        assert!(answer.message().contains("proxy"), "{}", answer.message());
    }
    let page = get(&host, "/", &[("accept", "text/html")]).await;
    assert_eq!(page.status, 401);
    assert!(String::from_utf8_lossy(&page.body).contains("You are not signed in"));
    assert_eq!(sign_in(&host, &form("anna", PASSWORD), &[]).await.status, 404, "there is no password to give");

    let host = trusted("10.1.0.0/16").await;
    assert_eq!(get(&host, "/api/local/datasets", &[user]).await.status, 401, "from an address that is not trusted");
}

#[tokio::test]
async fn an_address_that_others_reach_needs_a_login_or_a_loud_word() {
    let folder = Folder::new();
    let open = || Config {
        listen: "0.0.0.0:0".parse().unwrap(),
        data: folder.0.join("data"),
        app: folder.0.join("app"),
        ..Config::default()
    };
    let refused = start(open()).await.unwrap_err().to_string();
    assert!(refused.contains("there is no login"), "{refused}");
    start(Config { insecure: true, ..open() }).await.unwrap().stop().await;
    write_passwords(&folder.0, &[line("anna", PASSWORD)]);
    let mut with_login = open();
    with_login.login.password_file = Some(folder.0.join("passwords"));
    start(with_login.clone()).await.unwrap().stop().await;
    write_passwords(&folder.0, &["anna:secret\n".to_owned()]);
    let refused = start(with_login).await.unwrap_err().to_string();
    assert!(refused.contains("line 1") && !refused.contains("secret"), "{refused}");
}
