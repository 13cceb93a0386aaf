//! Checks the connections, and reads their keys.

use hyper::Uri;
use uuid::Uuid;

use super::check::{Environment, origin, web_address};
use super::wishes::{ConnectionWish, Given};
use super::{Connection, Secret, Server, Upstream};

/// The connections that were said, or the one to the embedded server.
pub(super) fn connections(wishes: &[ConnectionWish], environment: Environment<'_>) -> Result<Vec<Connection>, String> {
    if wishes.is_empty() {
        return Ok(vec![Connection::local()]);
    }
    let mut connections: Vec<Connection> = Vec::with_capacity(wishes.len());
    for wish in wishes {
        let connection = connection(wish, environment)?;
        if connections.iter().any(|other| other.id == connection.id) {
            return Err(wish.id.wrong(format!("Two connections have the id {:?}. Give each its own.", connection.id)));
        }
        let is_embedded = |connection: &Connection| matches!(connection.server, Server::Embedded);
        if is_embedded(&connection) && connections.iter().any(is_embedded) {
            return Err(wish
                .kind
                .wrong("There is one embedded server, so one connection of this kind. Take the second one out."));
        }
        connections.push(connection);
    }
    Ok(connections)
}

fn connection(wish: &ConnectionWish, environment: Environment<'_>) -> Result<Connection, String> {
    let id = wish.id.read(|id| id_of(id))?;
    let server = match wish.kind.value.as_str() {
        "embedded" => embedded(wish)?,
        "dify" => Server::Dify(upstream(&id, wish, environment)?),
        "cognee" => Server::Cognee(upstream(&id, wish, environment)?),
        other => return Err(wish.kind.wrong(format!("There is no kind {other:?}. Write \"dify\", \"cognee\" or \"embedded\"."))),
    };
    let knowledge_base = wish.knowledge_base.as_ref().map(|given| knowledge_base(given, &server)).transpose()?;
    let name = wish.name.as_ref().map(|given| given.value.trim()).filter(|name| !name.is_empty());
    let name = name.map_or_else(|| id.clone(), str::to_owned);
    Ok(Connection { id, name, server, read_only: wish.read_only.as_ref().is_some_and(|given| given.value), knowledge_base })
}

/// The first part of the desk's addresses; two of them are the host's own.
fn id_of(id: &str) -> Result<String, String> {
    let is_plain = !id.is_empty() && id.len() <= 64 && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if !is_plain {
        return Err(format!("{id:?} is no id. Write letters, digits, - and _, 64 at most."));
    }
    if ["api", "v1"].contains(&id) {
        return Err(format!("The id {id:?} is taken by the host's own addresses. Write another one."));
    }
    Ok(id.to_owned())
}

/// Everything about another server has no meaning here: it would be read as if it had.
fn embedded(wish: &ConnectionWish) -> Result<Server, String> {
    let sentence = "The embedded server is in this host: it has no address and no key. Take this out, or write another kind.";
    let texts = [&wish.url, &wish.key_env].into_iter().flatten().map(|given| given.wrong(sentence));
    let paths = [&wish.key_file, &wish.ca_file].into_iter().flatten().map(|given| given.wrong(sentence));
    let origins = wish.file_origins.iter().map(|given| given.wrong(sentence));
    texts.chain(paths).chain(origins).next().map_or(Ok(Server::Embedded), Err)
}

fn upstream(id: &str, wish: &ConnectionWish, environment: Environment<'_>) -> Result<Upstream, String> {
    let url = wish.url.as_ref().ok_or_else(|| {
        wish.id.wrong(format!(
            "The connection {id:?} has no url. Write where the server answers, such as \"https://dify.example/v1\"."
        ))
    })?;
    let url: Uri = url.read(|text| web_address(text)?.parse().map_err(|error| format!("{text:?} is no address: {error}.")))?;
    let missing = |error: String| format!("The key of the connection {id:?} is missing: {error}.");
    let key = match (&wish.key_env, &wish.key_file) {
        (Some(name), None) => name.read(|name| Secret::from_environment(name, environment).map_err(missing))?,
        (None, Some(path)) => path.read(|path| Secret::from_file(path).map_err(missing))?,
        (Some(name), Some(_)) => return Err(name.wrong("key_env and key_file both name the key. Leave out one of the two.")),
        (None, None) => {
            return Err(wish.id.wrong(format!(
                "The connection {id:?} has no key. Write key_env with the environment variable that holds it, or key_file with the file."
            )));
        }
    };
    let file_origins = wish.file_origins.as_ref().map(|given| given.read(|list| list.iter().map(|text| origin(text)).collect()));
    Ok(Upstream {
        url,
        key,
        ca_file: wish.ca_file.as_ref().map(|given| given.value.clone()),
        file_origins: file_origins.transpose()?.unwrap_or_default(),
    })
}

fn knowledge_base(given: &Given<String>, server: &Server) -> Result<Uuid, String> {
    if matches!(server, Server::Cognee(_)) {
        return Err(given.wrong(
            "Cognee takes the dataset in the body of a request, where it cannot be limited. Take this out, and give its user rights on one dataset only.",
        ));
    }
    given.read(|text| {
        Uuid::try_parse(text).map_err(|_| {
            format!(
                "{text:?} is no id of a knowledge base. Copy the UUID from the desk's address while the knowledge base is open."
            )
        })
    })
}
