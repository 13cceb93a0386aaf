//! What passes between the browser and the server behind nginx and Caddy: the key one way, cookies neither.

use super::{
    BOTH,
    http::{OWN, get, send},
    small_app,
    upstream::Upstream,
};
use crate::support::{Folder, Kind, WebServer, WebServerSetup, free_port};

#[tokio::test(flavor = "multi_thread")]
async fn the_key_is_added_and_the_browsers_own_secrets_stay() {
    let (folder, upstream) = (Folder::new(), Upstream::start().await);
    for kind in BOTH {
        let site = WebServerSetup { app: small_app(&folder), upstream: upstream.origin.clone(), ..WebServerSetup::default() };
        let server = WebServer::start(kind, &site).await;
        let headers = [
            OWN,
            ("Cookie", "portal=secret"),
            ("Authorization", "Bearer of-the-browser"),
            ("Origin", server.origin.as_str()),
            ("Referer", "http://127.0.0.1/somewhere"),
            ("Sec-Fetch-WebServerSetup", "same-origin"),
            ("X-Forwarded-For", "203.0.113.9"),
            ("Content-Type", "application/json"),
        ];
        let answer = send(&server.origin, "POST", "/api/local/datasets", &headers, "{\"name\":\"x\"}").await;
        assert_eq!(answer.status, 200, "{kind:?}: {answer:?}");
        let seen = upstream.take().remove(0);
        assert_eq!(seen.header("authorization"), Some("Bearer dataset-the-key-of-the-test"), "{kind:?}: {seen:?}");
        assert_eq!(seen.header("content-type"), Some("application/json"), "{kind:?}: {seen:?}");
        assert_eq!(seen.header("host").map(|host| format!("http://{host}")), Some(upstream.origin.clone()), "{kind:?}: {seen:?}");
        for name in ["cookie", "origin", "referer", "sec-fetch-site", "x-forwarded-for", "x-loredesk"] {
            assert_eq!(seen.header(name), None, "{kind:?} {name}: {seen:?}");
        }
        for name in ["set-cookie", "access-control-allow-origin"] {
            assert_eq!(answer.header(name), "", "{kind:?}: {answer:?}");
        }
        assert_eq!(answer.header("cache-control"), "no-store", "{kind:?}: {answer:?}");
        assert_eq!(answer.header("x-frame-options"), "SAMEORIGIN", "{kind:?}: {answer:?}");
        assert!(!format!("{answer:?}").contains("the-key"), "{kind:?}");
        let own = [("nginx", "keys/local.conf"), ("caddy", "Caddyfile")];
        for target in own.map(|(folder, file)| format!("/{folder}/{file}")).iter().map(String::as_str).chain(["/config.json"]) {
            let answer = get(&server.origin, target, &[]).await;
            assert!(!answer.body.contains("the-key"), "{kind:?} {target}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_other_sites_and_other_names_are_refused() {
    let (folder, upstream) = (Folder::new(), Upstream::start().await);
    for kind in BOTH {
        let site = WebServerSetup { app: small_app(&folder), upstream: upstream.origin.clone(), ..WebServerSetup::default() };
        let server = WebServer::start(kind, &site).await;
        let refused = async |method: &str, headers: &[(&str, &str)]| {
            let answer = send(&server.origin, method, "/api/local/datasets", headers, "").await;
            assert_eq!((answer.status, answer.code().as_str()), (403, "forbidden"), "{kind:?} {method} {headers:?}: {answer:?}");
            assert_eq!(upstream.take().len(), 0, "{kind:?} {method} {headers:?}");
        };
        refused("POST", &[]).await;
        refused("POST", &[("x-loredesk", "yes")]).await;
        refused("POST", &[OWN, ("Sec-Fetch-WebServerSetup", "cross-site")]).await;
        refused("POST", &[OWN, ("Sec-Fetch-WebServerSetup", "same-site")]).await;
        refused("GET", &[("Sec-Fetch-WebServerSetup", "cross-site")]).await;
        // The question that a browser asks before it sends the header for a foreign page.
        let asked = [("Origin", "http://evil.example"), ("Access-Control-Request-Headers", "x-loredesk")];
        let answer = send(&server.origin, "OPTIONS", "/api/local/datasets", &asked, "").await;
        assert!(answer.status == 404 && answer.header("access-control-allow-headers").is_empty(), "{kind:?}: {answer:?}");
        // Rebinding: a foreign name that leads here.
        for target in ["/", "/config.json", "/api/local/datasets"] {
            let answer = get(&server.origin, target, &[("Host", "evil.example")]).await;
            // Caddy has no site of that name, and says so with an empty answer.
            let is_nothing = answer.status == 421 || (kind == Kind::Caddy && answer.body.is_empty());
            assert!(is_nothing && upstream.take().is_empty(), "{kind:?} {target}: {answer:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_not_there_is_told_in_the_apis_own_form() {
    let folder = Folder::new();
    for kind in BOTH {
        let upstream = format!("http://127.0.0.1:{}", free_port());
        let server =
            WebServer::start(kind, &WebServerSetup { app: small_app(&folder), upstream, ..WebServerSetup::default() }).await;
        let answer = get(&server.origin, "/api/local/datasets", &[]).await;
        assert_eq!((answer.status, answer.code().as_str()), (502, "upstream_unreachable"), "{kind:?}: {answer:?}");
        assert_eq!(answer.header("content-type"), "application/json", "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_asked_for_and_does_not_reach_the_server() {
    let (folder, upstream) = (Folder::new(), Upstream::start().await);
    for kind in BOTH {
        let site = WebServerSetup {
            app: small_app(&folder),
            upstream: upstream.origin.clone(),
            login: "password",
            ..WebServerSetup::default()
        };
        let server = WebServer::start(kind, &site).await;
        // mira:wrong and mira:open sesame
        for (headers, status) in [
            (vec![], 401),
            (vec![("Authorization", "Basic bWlyYTp3cm9uZw==")], 401),
            (vec![("Authorization", "Basic bWlyYTpvcGVuIHNlc2FtZQ==")], 200),
        ] {
            for target in ["/", "/config.json", "/boot.js", "/api/local/datasets"] {
                let answer = get(&server.origin, target, &headers).await;
                assert_eq!(answer.status, status, "{kind:?} {target}: {answer:?}");
                assert_eq!(answer.header("www-authenticate").is_empty(), status == 200, "{kind:?} {target}: {answer:?}");
            }
        }
        let seen = upstream.take();
        let keys: Vec<_> = seen.iter().map(|seen| seen.header("authorization")).collect();
        assert_eq!(keys, [Some("Bearer dataset-the-key-of-the-test")], "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_signs_people_in_is_asked_first() {
    for base in ["/", "/kb/"] {
        for kind in BOTH {
            let (folder, upstream) = (Folder::new(), Upstream::start().await);
            let site = WebServerSetup {
                base,
                app: small_app(&folder),
                upstream: upstream.origin.clone(),
                login: "single-sign-on",
                ..WebServerSetup::default()
            };
            let server = WebServer::start(kind, &site).await;
            for page in ["", "config.json", "local/knowledge-bases"] {
                let target = format!("{base}{page}");
                let answer = get(&server.origin, &target, &[]).await;
                let there = format!("/oauth2/start?rd={target}");
                assert_eq!((answer.status, answer.header("location")), (302, there), "{kind:?} {target}: {answer:?}");
                let answer = get(&server.origin, &target, &[("Cookie", "session=mira")]).await;
                assert_eq!(answer.status, 200, "{kind:?} {target}: {answer:?}");
            }
            upstream.take();
            let target = format!("{base}api/local/datasets");
            let answer = get(&server.origin, &target, &[]).await;
            assert_eq!((answer.status, answer.code().as_str()), (401, "login_required"), "{kind:?}: {answer:?}");
            assert!(upstream.take().iter().all(|seen| seen.line.contains("/oauth2/auth")), "{kind:?}");
            let answer = get(&server.origin, &target, &[("Cookie", "session=mira")]).await;
            assert_eq!(answer.status, 200, "{kind:?}: {answer:?}");
            let seen = upstream.take();
            assert_eq!(
                seen.last().map(|seen| (seen.line.as_str(), seen.header("cookie"))),
                Some(("GET /v1/datasets", None)),
                "{kind:?}"
            );
            // Its own page is there without signing in.
            let answer = get(&server.origin, "/oauth2/start?rd=/", &[]).await;
            assert_eq!(answer.status, 200, "{kind:?}: {answer:?}");
        }
    }
}
