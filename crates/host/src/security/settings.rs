//! What the gate is told, and whether the host may start with it.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use axum::http::HeaderName;
use ipnet::IpNet;

use crate::config::Config;

/// What the gate is told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the host listens; its address is a name that requests may ask for.
    pub listen: SocketAddr,
    /// The path that the desk is served under, with a slash at both ends.
    pub base: String,
    /// Names beyond loopback under which the desk is asked, with or without a port.
    pub hosts: Vec<String>,
    /// Origins whose pages may hold the desk in a frame.
    pub portal_origins: Vec<String>,
    /// Serve without a login on any address.
    pub insecure: bool,
    /// The file of names and password hashes.
    pub passwords: Option<PathBuf>,
    /// How long a session lasts at most.
    pub session: Duration,
    /// The header in which a proxy in front tells who asks.
    pub trusted: Option<TrustedHeader>,
}

/// A header that is believed when it comes from certain addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedHeader {
    /// Its name.
    pub name: HeaderName,
    /// The addresses of the proxies that set it.
    pub from: Vec<IpNet>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 8484).into(),
            base: "/".to_owned(),
            hosts: Vec::new(),
            portal_origins: Vec::new(),
            insecure: false,
            passwords: None,
            session: Duration::from_secs(12 * 3600),
            trusted: None,
        }
    }
}

impl Settings {
    /// What the configuration says about who gets in.
    ///
    /// # Errors
    /// A sentence: a name that no header can have.
    pub fn of(config: &Config) -> Result<Self, String> {
        let login = &config.login;
        let header = |name: &String| {
            let name = HeaderName::from_bytes(name.as_bytes());
            let name = name.map_err(|_| "trusted_header in [login] is no name of a header.".to_owned())?;
            Ok::<_, String>(TrustedHeader { name, from: login.trusted_from.clone() })
        };
        Ok(Self {
            listen: config.listen,
            base: config.base.to_string(),
            hosts: config.hosts.clone(),
            portal_origins: config.portal_origins.clone(),
            insecure: config.insecure,
            passwords: login.password_file.clone(),
            session: login.session,
            trusted: login.trusted_header.as_ref().map(header).transpose()?,
        })
    }

    /// Whether anybody has to sign in.
    #[must_use]
    pub fn has_login(&self) -> bool {
        self.passwords.is_some() || self.trusted.is_some()
    }

    /// Whether the host may start so.
    ///
    /// # Errors
    /// A sentence: an address that others reach, and no login.
    pub fn check_start(&self) -> Result<(), String> {
        let address = self.listen;
        if address.ip().is_loopback() || self.has_login() || self.insecure {
            return Ok(());
        }
        Err(format!(
            "{address} is reached from other computers, and there is no login. Set up one in the configuration, under [login]: \
             password_file (make its lines with loredesk-host hash-password), or trusted_header with trusted_from behind a proxy \
             that signs people in. Or listen on 127.0.0.1. --insecure serves without a login all the same."
        ))
    }

    /// Whether a Host header names this host.
    pub(super) fn knows_host(&self, host: &str) -> bool {
        let (name, port) = split_port(host);
        let is_named = |known: &String| match split_port(known) {
            (known_name, Some(known_port)) => known_name.eq_ignore_ascii_case(name) && Some(known_port) == port,
            (known_name, None) => known_name.eq_ignore_ascii_case(name),
        };
        is_loopback_name(name)
            || self.hosts.iter().any(is_named)
            // An address is no name that a foreign page could have rebound to this computer.
            || bare(name).parse::<IpAddr>().is_ok_and(|ip| ip == self.listen.ip() || self.listen.ip().is_unspecified())
    }

    /// Whether proxies of that address are believed about who asks them, and how.
    pub(super) fn trusts(&self, peer: Option<IpAddr>) -> bool {
        let trusted = self.trusted.as_ref();
        peer.is_some_and(|peer| trusted.is_some_and(|trusted| trusted.from.iter().any(|range| range.contains(&peer))))
    }
}

/// A name and a port; an IPv6 address keeps its brackets.
pub(super) fn split_port(host: &str) -> (&str, Option<&str>) {
    let end = host.find(']').map_or(0, |at| at + 1);
    match host[end..].rfind(':') {
        Some(at) => (&host[..end + at], Some(&host[end + at + 1..])),
        None => (host, None),
    }
}

fn bare(name: &str) -> &str {
    name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(name)
}

fn is_loopback_name(name: &str) -> bool {
    name.eq_ignore_ascii_case("localhost")
        || name.to_ascii_lowercase().ends_with(".localhost")
        || bare(name).parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn only_known_names_pass() {
        let settings = Settings { hosts: vec!["kb.example.org".into(), "b.example:8443".into()], ..Settings::default() };
        for host in ["127.0.0.1:8484", "localhost", "LOCALHOST:1", "[::1]:8484", "127.1.2.3", "kb.localhost:80"] {
            assert!(settings.knows_host(host), "{host}");
        }
        for host in ["kb.example.org", "KB.example.org:80", "kb.example.org:8484", "b.example:8443"] {
            assert!(settings.knows_host(host), "{host}");
        }
        for host in ["", "example.org", "127.0.0.1.example.org", "localhost.example.org:8484", "10.0.0.1", "[::2]", "0.0.0.0"] {
            assert!(!settings.knows_host(host), "{host}");
        }
        for host in ["b.example", "b.example:80", "akb.example.org", "kb.example.org.evil.example", "kb.example.org@evil.example"]
        {
            assert!(!settings.knows_host(host), "{host}");
        }
    }

    #[test]
    fn the_own_address_is_a_name_too() {
        let at = |listen: &str| Settings { listen: listen.parse().unwrap(), ..Settings::default() };
        assert!(at("10.0.0.5:8484").knows_host("10.0.0.5:8484"));
        assert!(!at("10.0.0.5:8484").knows_host("10.0.0.6:8484"));
        assert!(at("0.0.0.0:8484").knows_host("192.168.1.7:8484"));
        assert!(at("[::]:8484").knows_host("[fd00::1]:8484"));
        assert!(!at("0.0.0.0:8484").knows_host("evil.example:8484"));
    }

    #[test]
    fn an_open_address_needs_a_login() {
        let open = Settings { listen: "0.0.0.0:8484".parse().unwrap(), ..Settings::default() };
        assert!(open.check_start().unwrap_err().contains("there is no login"));
        let insecure = Settings { insecure: true, ..open.clone() };
        assert_eq!(insecure.check_start(), Ok(()));
        let with_login = Settings { passwords: Some("passwords".into()), ..open };
        assert_eq!(with_login.check_start(), Ok(()));
        assert_eq!(Settings::default().check_start(), Ok(()));
        assert_eq!(Settings { listen: "[::1]:1".parse().unwrap(), ..Settings::default() }.check_start(), Ok(()));
    }
}
