//! What an address of the host is, for the rules that differ by it.

use super::Gate;

/// What an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The Knowledge API of a connection.
    Api,
    /// The configuration of the app.
    Config,
    /// The page and the form of signing in, and its style.
    Login,
    /// Signing out.
    Logout,
    /// Whether the host is alive; in the host of the browser tests also its fault layer.
    Health,
    /// The file that a portal's page loads.
    Embed,
    /// A file or screen of the app.
    App,
}

impl Gate {
    pub(super) fn place(&self, path: &str) -> Place {
        Place::of(&self.settings.base, path)
    }
}

impl Place {
    /// The place of a path under a base.
    pub(super) fn of(base: &str, path: &str) -> Self {
        let inside = path.strip_prefix(base).unwrap_or(path).trim_start_matches('/');
        match inside {
            "config.json" => Self::Config,
            "login" | "login.css" => Self::Login,
            "logout" => Self::Logout,
            "healthz" => Self::Health,
            "embed.js" => Self::Embed,
            _ => match inside.split('/').next() {
                Some("api" | "v1") => Self::Api,
                #[cfg(feature = "faults")]
                Some("_faults") => Self::Health,
                _ => Self::App,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn addresses_are_told_apart() {
        for (path, place) in [
            ("/", Place::App),
            ("/kb/", Place::App),
            ("/kb/api/local/datasets", Place::Api),
            ("/api/local/datasets", Place::Api),
            ("/kb//api/local/datasets", Place::Api),
            ("/kb/v1", Place::Api),
            ("/kb/apis", Place::App),
            ("/kb/local/knowledge-bases/api", Place::App),
            ("/kb/config.json", Place::Config),
            ("/kb/login", Place::Login),
            ("/kb/login/knowledge-bases", Place::App),
            ("/kb/logout", Place::Logout),
            ("/healthz", Place::Health),
        ] {
            assert_eq!(Place::of("/kb/", path), place, "{path}");
        }
    }
}
