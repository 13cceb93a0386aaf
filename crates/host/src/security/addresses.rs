//! Who is at the other end of a request: its peer, and what a trusted proxy says of the one behind it.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::HeaderMap;

use super::Settings;

/// The address that the connection came from.
pub(super) fn peer(request: &Request) -> Option<IpAddr> {
    let info = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
    // An IPv4 caller of a socket for both kinds is that IPv4 address.
    Some(info.0.ip().to_canonical())
}

/// The address of whoever asks: the peer, or behind trusted proxies the last address that none of them has.
pub(super) fn client(settings: &Settings, peer: Option<IpAddr>, headers: &HeaderMap) -> Option<IpAddr> {
    if !believes(settings, peer) {
        return peer;
    }
    let all = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let named: Vec<&str> = all.flat_map(|value| value.split(',')).map(str::trim).collect();
    for name in named.into_iter().rev() {
        let Ok(address) = name.parse::<IpAddr>() else { return peer };
        if !believes(settings, Some(address.to_canonical())) {
            return Some(address.to_canonical());
        }
    }
    peer
}

/// Whether the person's own connection is by TLS, which a proxy in front ends.
pub(super) fn is_tls(settings: &Settings, peer: Option<IpAddr>, headers: &HeaderMap) -> bool {
    believes(settings, peer)
        && headers.get("x-forwarded-proto").is_some_and(|scheme| scheme.as_bytes().eq_ignore_ascii_case(b"https"))
}

/// Programs of this computer are believed about addresses too: most proxies are, and they can reach everything anyway.
fn believes(settings: &Settings, peer: Option<IpAddr>) -> bool {
    settings.trusts(peer) || peer.is_some_and(|peer| peer.is_loopback())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::security::TrustedHeader;

    #[test]
    fn only_trusted_proxies_are_believed() {
        let trusted = TrustedHeader { name: "x-user".parse().unwrap(), from: vec!["10.0.0.0/24".parse().unwrap()] };
        let settings = Settings { trusted: Some(trusted), ..Settings::default() };
        let ask = |peer: &str, forwarded: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", forwarded.parse().unwrap());
            headers.insert("x-forwarded-proto", "https".parse().unwrap());
            let peer = Some(peer.parse().unwrap());
            (client(&settings, peer, &headers).unwrap().to_string(), is_tls(&settings, peer, &headers))
        };
        assert_eq!(ask("10.0.0.9", "203.0.113.5"), ("203.0.113.5".to_owned(), true));
        assert_eq!(ask("127.0.0.1", "1.1.1.1, 203.0.113.5, 10.0.0.3"), ("203.0.113.5".to_owned(), true));
        assert_eq!(ask("203.0.113.7", "1.1.1.1"), ("203.0.113.7".to_owned(), false));
        assert_eq!(ask("10.0.0.9", "nonsense"), ("10.0.0.9".to_owned(), true));
    }
}
