//! Makes the configuration of what was said, or a sentence of what is wrong with it.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use hyper::Uri;
use hyper::header::HeaderName;
use ipnet::IpNet;

use super::check_connection::connections;
use super::wishes::{Given, Wishes};
use super::{BasePath, Config, EmbeddingService, Limits, LogFormat, Login, Secret, TimeOuts};

/// Where environment variables are looked up.
pub(super) type Environment<'e> = &'e dyn Fn(&str) -> Option<String>;

/// The longest time that can be configured; more is a mistake in the unit.
const LONGEST_SECONDS: u64 = 24 * 3600;
/// The variable that holds the key of the embedding service where no other is named.
const EMBEDDINGS_KEY: &str = "LOREDESK_EMBEDDINGS_KEY";

/// Checks everything that was said.
pub(super) fn check(wishes: Wishes, environment: Environment<'_>) -> Result<Config, String> {
    let default = Config::default();
    let config = Config {
        listen: listen(&wishes)?.unwrap_or(default.listen),
        base: read(&wishes.base, |text| BasePath::parse(text))?.unwrap_or_default(),
        insecure: wishes.insecure.as_ref().is_some_and(|given| given.value),
        hosts: each(&wishes.hosts, host)?.unwrap_or_default(),
        portal_origins: each(&wishes.portal_origins, origin)?.unwrap_or_default(),
        languages: each(&wishes.languages, language)?.unwrap_or_default(),
        log: read(&wishes.log, |text| log(text))?.unwrap_or(default.log),
        limits: limits(&wishes)?,
        embeddings: embeddings(&wishes, environment)?,
        login: login(&wishes)?,
        time_outs: time_outs(&wishes)?,
        connections: connections(&wishes.connections, environment)?,
        data: wishes.data.map_or(default.data, |given| given.value),
        app: wishes.app.map_or(default.app, |given| given.value),
        reads_in_helper: false,
    };
    if !config.listen.ip().is_loopback() && !config.login.is_required() && !config.insecure {
        let place = wishes.listen.map_or_else(|| "--listen".to_owned(), |given| given.place);
        return Err(format!(
            "{place}: {} can be reached from other computers, and nobody would have to sign in. Name a password_file or a \
             trusted_header under [login], or listen on 127.0.0.1. To serve without login all the same, say insecure = true.",
            config.listen
        ));
    }
    Ok(config)
}

fn read<T, V>(given: &Option<Given<T>>, check: impl FnOnce(&T) -> Result<V, String>) -> Result<Option<V>, String> {
    given.as_ref().map(|given| given.read(check)).transpose()
}

fn each<V>(given: &Option<Given<Vec<String>>>, check: impl Fn(&str) -> Result<V, String>) -> Result<Option<Vec<V>>, String> {
    read(given, |list| list.iter().map(|text| check(text)).collect())
}

fn listen(wishes: &Wishes) -> Result<Option<SocketAddr>, String> {
    let port = read(&wishes.port, |&port| {
        let port = u16::try_from(port).map_err(|_| format!("{port} is not a port. Write a number from 0 to 65535."))?;
        Ok(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
    })?;
    let listen = read(&wishes.listen, |text| {
        text.parse().map_err(|_| {
            format!("{text:?} is no address with a port. Write one such as \"127.0.0.1:8484\", \"0.0.0.0:80\" or \"[::1]:8484\".")
        })
    })?;
    // The port is the shorter wish of the command line; a listen beside it can only be the file's.
    Ok(match (&wishes.port, &wishes.listen) {
        (Some(port), Some(listen)) if listen.place == "--listen" => {
            return Err(port.wrong("--listen names the port already. Leave out one of the two."));
        }
        _ => port.or(listen),
    })
}

fn host(name: &str) -> Result<String, String> {
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-._:[]".contains(c));
    let has_port = name.rsplit_once(':').is_some_and(|(name, _)| !name.contains(':'));
    if !is_name || has_port {
        return Err(format!("{name:?} is no host name. Write it without scheme, port and path, such as \"kb.example.org\"."));
    }
    Ok(name.to_ascii_lowercase())
}

/// An origin: scheme, host, perhaps a port, nothing more.
pub(super) fn origin(text: &str) -> Result<String, String> {
    let uri: Option<Uri> = text.parse().ok();
    let is_origin = uri.is_some_and(|uri| {
        let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
        let has_no_user = uri.authority().is_some_and(|authority| !authority.as_str().contains('@'));
        is_web && has_no_user && uri.path_and_query().is_none_or(|path| path == "/") && !text.ends_with('/')
    });
    if !is_origin || text.contains(['*', ';', ',', '\'', '"']) {
        return Err(format!("{text:?} is no origin. Write scheme and host without a path, such as \"https://portal.example\"."));
    }
    Ok(text.to_ascii_lowercase())
}

fn language(code: &str) -> Result<String, String> {
    match code {
        "en" | "zh" => Ok(code.to_owned()),
        _ => Err(format!("There is no language {code:?}. Write \"en\" or \"zh\".")),
    }
}

fn log(text: &str) -> Result<LogFormat, String> {
    match text {
        "json" => Ok(LogFormat::Json),
        "plain" => Ok(LogFormat::Plain),
        "off" => Ok(LogFormat::Off),
        _ => Err(format!("There is no log {text:?}. Write \"json\", \"plain\" or \"off\".")),
    }
}

fn limits(wishes: &Wishes) -> Result<Limits, String> {
    let default = Limits::default();
    let bytes = read(&wishes.max_upload_bytes, |&bytes| match bytes {
        1..=0x100_0000_0000 => Ok(bytes),
        _ => Err(format!("{bytes} is not a number of bytes for a file. Write one from 1 to 1099511627776.")),
    })?;
    let extensions = each(&wishes.extensions, |text| {
        let extension = text.strip_prefix('.').unwrap_or(text).to_ascii_lowercase();
        if extension.is_empty() || !extension.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Err(format!("{text:?} is no type of file. Write its extension, such as \"pdf\"."));
        }
        Ok(extension)
    })?;
    Ok(Limits {
        max_upload_bytes: bytes.unwrap_or(default.max_upload_bytes),
        extensions: extensions.filter(|list| !list.is_empty()).unwrap_or(default.extensions),
    })
}

fn embeddings(wishes: &Wishes, environment: Environment<'_>) -> Result<Option<EmbeddingService>, String> {
    let (url, model) = match (&wishes.embeddings_url, &wishes.embeddings_model) {
        (None, None) => return Ok(None),
        (Some(url), Some(model)) => (url, model.value.clone()),
        (Some(one), None) | (None, Some(one)) => {
            return Err(one.wrong("The embedding service needs both its url and its model: they belong together."));
        }
    };
    let address = url.read(|text| web_address(text))?;
    let key = match (&wishes.embeddings_key_env, &wishes.embeddings_key_file) {
        (Some(name), _) => Some(name.read(|name| Secret::from_environment(name, environment).map_err(no_key))?),
        (None, Some(path)) => Some(path.read(|path| Secret::from_file(path).map_err(no_key))?),
        (None, None) if environment(EMBEDDINGS_KEY).is_some_and(|key| !key.trim().is_empty()) => {
            Some(Secret::from_environment(EMBEDDINGS_KEY, environment).map_err(|error| url.wrong(no_key(error)))?)
        }
        (None, None) => None,
    };
    let ca_file = wishes.embeddings_ca_file.as_ref().map(|given| given.value.clone());
    Ok(Some(EmbeddingService { url: address, model, key, ca_file }))
}

fn no_key(error: String) -> String {
    format!("The key of the embedding service is missing: {error}.")
}

/// An address of a server, without the slash at its end.
pub(super) fn web_address(text: &str) -> Result<String, String> {
    let uri: Option<Uri> = text.parse().ok();
    let is_address = uri.is_some_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.authority().is_some_and(|authority| !authority.as_str().contains('@') && !authority.host().is_empty())
            && uri.query().is_none()
    });
    if is_address {
        return Ok(text.trim_end_matches('/').to_owned());
    }
    Err(format!(
        "{text:?} is no address of a server. Write one that begins with http:// or https:// and has no user, question mark or \
         key in it, such as \"https://dify.example/v1\"."
    ))
}

fn login(wishes: &Wishes) -> Result<Login, String> {
    let default = Login::default();
    let session = read(&wishes.session_hours, |&hours| match hours {
        1..=8760 => Ok(Duration::from_secs(hours * 3600)),
        _ => Err(format!("A session cannot last {hours} hours. Write a number from 1 to 8760.")),
    })?;
    let trusted_header = read(&wishes.trusted_header, |name| {
        let name = name.parse::<HeaderName>();
        name.map(|name| name.as_str().to_owned())
            .map_err(|_| "This is no name of a header. Write one such as \"X-Forwarded-User\".".to_owned())
    })?;
    let trusted_from = each(&wishes.trusted_from, |range| {
        let address = range.parse::<std::net::IpAddr>().map(IpNet::from);
        range
            .parse::<IpNet>()
            .or(address)
            .map_err(|_| format!("{range:?} is no range of addresses. Write one such as \"127.0.0.1/32\"."))
    })?;
    let trusted_from = trusted_from.unwrap_or_default();
    match (&wishes.trusted_header, &wishes.trusted_from) {
        (Some(header), _) if trusted_from.is_empty() => Err(header.wrong(
            "Anybody could send this header. Say with trusted_from which addresses the proxy asks from, such as [\"127.0.0.1/32\"].",
        )),
        (None, Some(from)) => Err(from.wrong("There is no trusted_header that this range could be for. Name it, or take this out.")),
        _ => Ok(Login {
            password_file: wishes.password_file.as_ref().map(|given| given.value.clone()),
            session: session.unwrap_or(default.session),
            trusted_header,
            trusted_from,
        }),
    }
}

fn time_outs(wishes: &Wishes) -> Result<TimeOuts, String> {
    let default = TimeOuts::default();
    let seconds = |given: &Option<Given<u64>>, default: Duration| {
        let read = read(given, |&seconds| match seconds {
            1..=LONGEST_SECONDS => Ok(Duration::from_secs(seconds)),
            _ => Err(format!("{seconds} seconds are no time limit. Write a number from 1 to {LONGEST_SECONDS}.")),
        });
        read.map(|seconds| seconds.unwrap_or(default))
    };
    Ok(TimeOuts {
        connect: seconds(&wishes.connect_seconds, default.connect)?,
        answer: seconds(&wishes.answer_seconds, default.answer)?,
        upload: seconds(&wishes.upload_seconds, default.upload)?,
        stop: seconds(&wishes.stop_seconds, default.stop)?,
    })
}
