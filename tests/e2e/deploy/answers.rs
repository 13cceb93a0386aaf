//! How nginx and Caddy serve the files: compressed, cached by their names, deep links, headers.

use super::{
    BOTH,
    http::{Answer, get},
    small_app,
    upstream::Upstream,
};
use crate::support::{Desk, Folder, Kind, WebServer, WebServerSetup};

const HTML: (&str, &str) = ("Accept", "text/html,application/xhtml+xml");

async fn servers(base: &'static str, portals: &'static str) -> Vec<(Kind, WebServer, Upstream, Folder)> {
    let mut servers = Vec::new();
    for kind in BOTH {
        let (folder, upstream) = (Folder::new(), Upstream::start().await);
        let site = WebServerSetup {
            base,
            portals,
            app: small_app(&folder),
            upstream: upstream.origin.clone(),
            ..WebServerSetup::default()
        };
        servers.push((kind, WebServer::start(kind, &site).await, upstream, folder));
    }
    servers
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_sent_compressed_and_kept_by_their_names() {
    for (kind, server, ..) in servers("/kb/", "").await {
        for (name, kind_of_file) in [
            ("app-0123456789abcdef.js", "javascript"),
            ("app-0123456789abcdef_bg.wasm", "application/wasm"),
            ("pages/documents-0123456789abcdef.wasm", "application/wasm"),
        ] {
            for (accepted, encoding) in [("gzip, deflate, br, zstd", "br"), ("gzip, deflate", "gzip"), ("identity", "")] {
                let answer = get(&server.origin, &format!("/kb/{name}"), &[("Accept-Encoding", accepted)]).await;
                let what = format!("{kind:?} {name} {accepted}: {answer:?}");
                assert_eq!((answer.status, answer.header("content-encoding").as_str()), (200, encoding), "{what}");
                assert_eq!(answer.body.ends_with("plain"), encoding.is_empty(), "{what}");
                assert!(answer.header("content-type").contains(kind_of_file), "{what}");
                assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable, no-transform", "{what}");
                assert!(encoding.is_empty() || answer.header("vary").contains("Accept-Encoding"), "{what}");
            }
        }
        for name in ["boot.js", "config.json", ""] {
            let target = format!("/kb/{name}");
            let answer = get(&server.origin, &target, &[]).await;
            assert_eq!(
                (answer.status, answer.header("cache-control").as_str()),
                (200, "no-cache"),
                "{kind:?} {target}: {answer:?}"
            );
            let tag = answer.header("etag");
            let again = get(&server.origin, &target, &[("If-None-Match", &tag)]).await;
            assert_eq!((again.status, again.body.as_str()), (304, ""), "{kind:?} {target}: {again:?}");
            assert_eq!(again.header("cache-control"), "no-cache", "{kind:?} {target}: {again:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn deep_links_lead_to_the_page_and_mistakes_to_nothing() {
    for base in ["/", "/kb/", "/a/b/"] {
        for (kind, server, ..) in servers(base, "").await {
            let at = async |path: &str, headers: &[(&str, &str)]| get(&server.origin, &format!("{base}{path}"), headers).await;
            let is_page = |answer: &Answer| {
                answer.status == 200
                    && answer.body.contains(&format!("<base href=\"{base}\">"))
                    && answer.header("cache-control") == "no-cache"
            };
            for (path, headers) in [
                ("", &[][..]),
                ("", &[HTML]),
                ("local/knowledge-bases/5/documents", &[HTML]),
                ("local/knowledge-bases/file.with.dots?q=a.b", &[HTML]),
                ("local/knowledge-bases", &[]),
            ] {
                let answer = at(path, headers).await;
                assert!(is_page(&answer), "{kind:?} {base} {path}: {answer:?}");
            }
            for path in ["nope.js", "app-0123456789abcdee.js", "pages/nope-0123456789abcdee.wasm"] {
                let answer = at(path, &[]).await;
                assert_eq!(answer.status, 404, "{kind:?} {base} {path}: {answer:?}");
                assert!(!answer.header("cache-control").contains("immutable"), "{kind:?} {base} {path}: {answer:?}");
            }
            if base != "/" {
                let bare = base.trim_end_matches('/');
                let answer = get(&server.origin, bare, &[HTML]).await;
                assert!(answer.status == 308 && answer.header("location").ends_with(base), "{kind:?} {bare}: {answer:?}");
                for outside in ["/", "/boot.js", "/api/local/datasets", "/kbx/"] {
                    let answer = get(&server.origin, outside, &[HTML]).await;
                    assert_eq!(answer.status, 404, "{kind:?} {base} {outside}: {answer:?}");
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_headers_are_those_of_the_host() {
    let desk = Desk::start().await;
    for portals in ["", "https://portal.example https://other.example"] {
        for (kind, server, ..) in servers("/", portals).await {
            for target in ["/", "/local/knowledge-bases", "/boot.js", "/api/local/datasets", "/config.json"] {
                let own = get(&desk.origin, target, &[HTML]).await;
                let answer = get(&server.origin, target, &[HTML]).await;
                let what = format!("{kind:?} {portals:?} {target}");
                for name in ["x-content-type-options", "referrer-policy", "permissions-policy", "cross-origin-opener-policy"] {
                    assert_eq!(answer.header(name), own.header(name), "{what} {name}");
                }
                // The order and the blanks of a policy mean nothing.
                let policy = |text: &str| {
                    let mut parts: Vec<_> = text
                        .split(';')
                        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
                        .filter(|p| !p.is_empty())
                        .collect();
                    parts.sort();
                    parts
                };
                let is_data = target.starts_with("/api/") || target == "/config.json";
                let mut wanted = own.header("content-security-policy");
                if !is_data {
                    wanted = wanted.replace("frame-ancestors 'self'", format!("frame-ancestors 'self' {portals}").trim_end());
                }
                assert_eq!(policy(&answer.header("content-security-policy")), policy(&wanted), "{what}");
                let framing = if portals.is_empty() { "SAMEORIGIN" } else { "" };
                assert_eq!(answer.header("x-frame-options"), framing, "{what}");
                let is_page = ["/", "/local/knowledge-bases"].contains(&target);
                let resource = if is_page && !portals.is_empty() { "cross-origin" } else { "same-origin" };
                assert_eq!(answer.header("cross-origin-resource-policy"), resource, "{what}");
            }
        }
    }
    desk.finish(&[]).await;
}
