//! Addresses of original files that servers gave, kept here under a token: the page may ask its own origin only, and a browser need
//! not reach where the server keeps its files.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use hyper::Uri;
use uuid::Uuid;

use crate::config::Upstream;

/// How long a token is good. Dify's own signatures last five minutes.
const KEPT: Duration = Duration::from_secs(600);
/// Tokens that are kept; the oldest goes first.
const MOST: usize = 10_000;

/// The tokens of one connection.
#[derive(Debug, Default)]
pub(super) struct Downloads(Mutex<HashMap<Uuid, (Uri, Instant)>>);

impl Downloads {
    /// Keeps the address if it is one that this host may ask: of the server's own origin, or of one that the configuration names.
    /// Anything else would let a server make the host ask its own neighbours.
    pub(super) fn offer(&self, upstream: &Upstream, url: &str) -> Option<Uuid> {
        let uri = resolve(upstream, url)?;
        let (token, now) = (Uuid::new_v4(), Instant::now());
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, (_, since)| now.duration_since(*since) < KEPT);
        if kept.len() >= MOST
            && let Some(oldest) = kept.iter().min_by_key(|(_, (_, since))| *since).map(|(token, _)| *token)
        {
            kept.remove(&oldest);
        }
        kept.insert(token, (uri, now));
        Some(token)
    }

    /// The address behind a token.
    pub(super) fn find(&self, token: &str) -> Option<Uri> {
        let token = Uuid::try_parse(token).ok()?;
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&token).filter(|(_, since)| since.elapsed() < KEPT).map(|(uri, _)| uri.clone())
    }
}

fn resolve(upstream: &Upstream, url: &str) -> Option<Uri> {
    let own = origin(&upstream.url)?;
    if url.starts_with('/') && !url.starts_with("//") {
        return format!("{own}{url}").parse().ok();
    }
    let uri: Uri = url.parse().ok()?;
    let origin = origin(&uri)?;
    (origin == own || upstream.file_origins.contains(&origin)).then_some(uri)
}

/// Scheme, host and port in lower case, the scheme's own port left out.
fn origin(uri: &Uri) -> Option<String> {
    let (scheme, authority) = (uri.scheme_str()?, uri.authority()?);
    if authority.as_str().contains('@') {
        return None;
    }
    let host = authority.host().to_ascii_lowercase();
    Some(match (scheme, authority.port_u16()) {
        ("http", None | Some(80)) => format!("http://{host}"),
        ("https", None | Some(443)) => format!("https://{host}"),
        ("http" | "https", Some(port)) => format!("{scheme}://{host}:{port}"),
        _ => return None,
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::{Downloads, resolve};
    use crate::config::Upstream;

    fn upstream() -> Upstream {
        Upstream {
            url: "https://Dify.example:443/v1".parse().unwrap(),
            key: String::from("k").into(),
            ca_file: None,
            file_origins: vec!["https://files.example".to_owned()],
        }
    }

    #[test]
    fn only_the_server_s_own_and_named_origins_are_asked() {
        let resolved = |url: &str| resolve(&upstream(), url).map(|uri| uri.to_string());
        assert_eq!(resolved("/files/1?sign=a").unwrap(), "https://dify.example/files/1?sign=a");
        assert!(resolved("https://dify.example/files/1").is_some() && resolved("https://files.example/1").is_some());
        for url in [
            "http://dify.example/files/1",
            "https://dify.example:444/1",
            "http://169.254.169.254/latest",
            "https://files.example.evil/1",
            "https://files.example@evil/1",
            "//evil/1",
            "ftp://dify.example/1",
            "files/1",
            "",
        ] {
            assert!(resolved(url).is_none(), "{url}");
        }
    }

    #[test]
    fn a_token_stands_for_its_address() {
        let downloads = Downloads::default();
        let token = downloads.offer(&upstream(), "/files/1").unwrap();
        assert_eq!(downloads.find(&token.to_string()).unwrap().path(), "/files/1");
        assert!(downloads.find("5f0c8c1e-3c7b-4a56-9d5c-1b2a3c4d5e6f").is_none());
    }
}
