//! What is known of a server as text for a bug report: in English, whatever the desk speaks, and without contents or keys.

use std::fmt::Write;

use crate::{
    api::{Client, capabilities::Operation, exchange::Exchange},
    config::{Config, Connection},
    dom::format,
    model::access::Right,
    state::capabilities::{Capabilities, Known},
};

/// The text.
pub fn text(
    config: &Config,
    connection: &Connection,
    client: &Client,
    capabilities: Capabilities,
    requests: &[Exchange],
) -> String {
    let agent = leptos::prelude::window().navigator().user_agent().unwrap_or_default();
    let version = capabilities.version(&connection.id);
    let known = Operation::ALL.map(|operation| (operation, capabilities.known(client, operation)));
    let facts = Facts { config, connection, client, version, agent, known: &known, utc: format::utc };
    print(&facts, requests)
}

struct Facts<'a> {
    config: &'a Config,
    connection: &'a Connection,
    client: &'a Client,
    version: Option<String>,
    agent: String,
    known: &'a [(Operation, Known)],
    /// Epoch seconds in UTC.
    utc: fn(i64) -> String,
}

fn print(facts: &Facts<'_>, requests: &[Exchange]) -> String {
    let Facts { config, connection, client, version, agent, known, utc } = facts;
    #[expect(clippy::cast_possible_truncation, reason = "a time")]
    let time = |milliseconds: f64| utc((milliseconds / 1000.0) as i64);
    let access = client.access();
    let mut text = String::new();
    let mut line = |name: &str, value: &str| {
        // Writing into a text does not fail.
        let _ = writeln!(text, "{name}: {value}");
    };
    line("Desk", env!("CARGO_PKG_VERSION"));
    line("Host", format!("{} {}", config.server.name, config.server.version).trim());
    line("Connection", &format!("{} ({:?})", connection.id, connection.kind));
    line("Version", version.as_deref().unwrap_or("unknown"));
    line("Access", if access.may(Right::Change) { "read and write" } else { "read only" });
    line("Knowledge bases", if access.has_list() { "all" } else { "one" });
    line("Limits", &format!("{} bytes, {}", config.limits.max_upload_bytes, config.limits.extensions.join(" ")));
    line("Browser", agent);
    for (operation, known) in *known {
        let state = match known {
            Known::Nothing => "not tried".to_owned(),
            Known::Works(at) => format!("works, since {}", time(*at)),
            Known::Lacks(absence, at) => format!("not offered ({absence:?}), since {}", time(*at)),
        };
        line(&format!("{operation:?}"), &state);
    }
    for exchange in requests {
        let Exchange { method, path, status, code, milliseconds, at, request_id, .. } = exchange;
        let parts = format!("{} {method} {path} {status} {code} {milliseconds} ms {request_id}", utc(*at));
        let parts: Vec<&str> = parts.split_whitespace().collect();
        let _ = writeln!(text, "{}", parts.join(" "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        api::{capabilities::Absence, exchange::told},
        model::access::Access,
    };

    #[test]
    fn the_report_has_what_a_developer_asks_for_and_nothing_that_was_typed() {
        let connection = Connection { id: "dify".to_owned(), name: "Secret customer".to_owned(), ..Connection::default() };
        let client = Client::new("dify", "/api/dify", Access::new(true, None));
        let known = [(Operation::Download, Known::Lacks(Absence::UnknownPath, 60_000.0)), (Operation::Tags, Known::Nothing)];
        let facts = Facts {
            config: &Config::default(),
            connection: &connection,
            client: &client,
            version: Some("1.12.1".to_owned()),
            agent: "Browser".to_owned(),
            known: &known,
            utc: |seconds| format!("T{seconds}"),
        };
        let exchange = Exchange {
            method: "GET",
            path: told("datasets?page=1&keyword=secret"),
            status: 400,
            code: "invalid_param".to_owned(),
            milliseconds: 12,
            at: 7,
            request_id: "r1".to_owned(),
            ..Exchange::default()
        };
        let text = print(&facts, &[exchange]);
        for part in [
            "Version: 1.12.1\n",
            "Access: read only\n",
            "Download: not offered (UnknownPath), since T60\n",
            "Tags: not tried\n",
            "T7 GET datasets?page=1&keyword=… 400 invalid_param 12 ms r1\n",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
        assert!(!text.to_lowercase().contains("secret"), "{text}");
    }
}
