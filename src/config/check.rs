//! Reading `config.json`: every mistake at once, each with its place. What is wrong is data here; the words are the app's.

use serde_json::{Map, Value};

use super::{Config, Connection, ConnectionKind, Limits, ServerInfo, User};

/// Why a text is no configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A page, such as a web server answers for every address that it does not know.
    Html,
    /// No JSON.
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column in it, from 1.
        column: usize,
        /// What the reader says about it, in English.
        said: String,
    },
    /// JSON, with these mistakes in it.
    Mistakes(Vec<Mistake>),
}

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where: `connections[0].base`. For something that is missing, where it should be.
    pub place: String,
    /// What is wrong there.
    pub kind: MistakeKind,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MistakeKind {
    /// A key that means nothing; these would.
    UnknownKey(&'static [&'static str]),
    /// A value of another type than is read here.
    WrongType(Expected),
    /// A key that has to be there is not, or is empty.
    Missing,
    /// There is no connection.
    NoConnections,
    /// A connection's id that cannot stand in an address.
    BadId,
    /// An id that a connection before has too.
    RepeatedId,
    /// A kind that is none of these.
    UnknownKind(&'static [&'static str]),
    /// A path that leads out of the desk's own origin or base address.
    LeavesOrigin,
    /// No UUID.
    NotUuid,
    /// An origin with more than scheme, host and port; this is what it should be.
    MoreThanOrigin(String),
    /// An origin with a wildcard: the desk speaks with pages that are named.
    WildcardOrigin,
    /// Nothing like an origin.
    NotOrigin,
    /// A language that the desk does not have; it has these.
    UnknownLanguage(&'static [&'static str]),
    /// A limit of nothing.
    NotPositive,
    /// An extension that is not written as lower-case letters without a dot; this is what it should be.
    BadExtension(String),
}

/// The type that is read at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// `"…"`
    Text,
    /// `true` or `false`
    Truth,
    /// A whole number.
    Number,
    /// `[…]`
    List,
    /// `{…}`
    Object,
}

const TOP: &[&str] = &["connections", "limits", "languages", "portal_origins", "embed", "server", "user"];
const CONNECTION: &[&str] = &["id", "name", "kind", "base", "read_only", "knowledge_base", "embedded"];
const LIMITS: &[&str] = &["max_upload_bytes", "extensions"];
const USER: &[&str] = &["name", "sign_out"];
const KINDS: &[&str] = &["dify", "cognee"];
const LANGUAGES: &[&str] = &["en", "zh"];

impl Config {
    /// Reads a configuration.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Broken> {
        if text.trim_start().starts_with('<') {
            return Err(Broken::Html);
        }
        let value: Value = serde_json::from_str(text).map_err(|error| Broken::NotJson {
            line: error.line(),
            column: error.column(),
            said: without_place(&error.to_string()),
        })?;
        let mut reader = Reader::default();
        let config = reader.config(&value);
        if reader.0.is_empty() { Ok(config) } else { Err(Broken::Mistakes(reader.0)) }
    }
}

/// The reader's sentence without its "at line 1 column 2", which is shown beside it.
fn without_place(said: &str) -> String {
    said.rfind(" at line ").map_or(said, |at| &said[..at]).to_owned()
}

/// Reads, and notes what is wrong on the way. What is absent or null has its default.
#[derive(Default)]
struct Reader(Vec<Mistake>);

impl Reader {
    #[inline(never)]
    fn note(&mut self, place: impl Into<String>, kind: MistakeKind) {
        self.0.push(Mistake { place: place.into(), kind });
    }

    /// An object's fields; none where it is something else. `known` are the keys that mean something.
    #[inline(never)]
    fn object<'a>(&mut self, value: Option<&'a Value>, place: &str, known: &'static [&'static str]) -> Fields<'a> {
        let map = match value {
            Some(Value::Object(map)) => Some(map),
            None | Some(Value::Null) => None,
            Some(_) => {
                self.note(place, MistakeKind::WrongType(Expected::Object));
                None
            }
        };
        let fields = Fields { map, place: place.to_owned() };
        for key in map.into_iter().flat_map(Map::keys).filter(|_| !known.is_empty()) {
            if !known.contains(&key.as_str()) {
                self.note(fields.at(key), MistakeKind::UnknownKey(known));
            }
        }
        fields
    }

    #[inline(never)]
    fn text(&mut self, fields: &Fields, key: &str) -> String {
        match fields.get(key) {
            None => String::new(),
            Some(Value::String(text)) => text.trim().to_owned(),
            Some(_) => {
                self.note(fields.at(key), MistakeKind::WrongType(Expected::Text));
                String::new()
            }
        }
    }

    /// A text that has to be there; empty is as good as absent.
    #[inline(never)]
    fn needed(&mut self, fields: &Fields, key: &str) -> String {
        let before = self.0.len();
        let text = self.text(fields, key);
        if text.is_empty() && self.0.len() == before {
            self.note(fields.at(key), MistakeKind::Missing);
        }
        text
    }

    #[inline(never)]
    fn truth(&mut self, fields: &Fields, key: &str) -> bool {
        let value = fields.get(key);
        if value.is_some_and(|value| !value.is_boolean()) {
            self.note(fields.at(key), MistakeKind::WrongType(Expected::Truth));
        }
        value == Some(&Value::Bool(true))
    }

    #[inline(never)]
    fn list<'a>(&mut self, fields: &Fields<'a>, key: &str) -> &'a [Value] {
        match fields.get(key) {
            None => &[],
            Some(Value::Array(items)) => items,
            Some(_) => {
                self.note(fields.at(key), MistakeKind::WrongType(Expected::List));
                &[]
            }
        }
    }

    /// A list of texts, each with its place.
    #[inline(never)]
    fn texts(&mut self, fields: &Fields, key: &str) -> Vec<(String, String)> {
        let mut texts = Vec::new();
        for (index, item) in self.list(fields, key).iter().enumerate() {
            let place = format!("{}[{index}]", fields.at(key));
            match item {
                Value::String(text) => texts.push((place, text.trim().to_owned())),
                _ => self.note(place, MistakeKind::WrongType(Expected::Text)),
            }
        }
        texts
    }

    fn config(&mut self, value: &Value) -> Config {
        let fields = self.object(Some(value), "", TOP);
        let connections = self.connections(&fields);
        let limits = self.limits(&fields);
        let languages = self.texts(&fields, "languages");
        for (place, language) in &languages {
            if !LANGUAGES.contains(&language.as_str()) && language != "zh-CN" {
                self.note(place, MistakeKind::UnknownLanguage(LANGUAGES));
            }
        }
        let portal_origins = self.texts(&fields, "portal_origins");
        for (place, origin) in &portal_origins {
            if let Some(kind) = origin_mistake(origin) {
                self.note(place, kind);
            }
        }
        // What a program says of itself, and of newer ones more than this one knows.
        let server = self.object(fields.get("server"), "server", &[]);
        let server = ServerInfo { name: self.text(&server, "name"), version: self.text(&server, "version") };
        let user = self.user(&fields);
        let embed = self.truth(&fields, "embed");
        let words = |texts: Vec<(String, String)>| texts.into_iter().map(|(_, text)| text).collect();
        Config { connections, limits, languages: words(languages), portal_origins: words(portal_origins), server, user, embed }
    }

    fn connections(&mut self, fields: &Fields) -> Vec<Connection> {
        let before = self.0.len();
        let items = self.list(fields, "connections");
        if items.is_empty() && self.0.len() == before {
            self.note("connections", MistakeKind::NoConnections);
        }
        let mut connections: Vec<Connection> = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let connection = self.connection(item, &format!("connections[{index}]"), &connections);
            connections.push(connection);
        }
        connections
    }

    fn connection(&mut self, item: &Value, place: &str, before: &[Connection]) -> Connection {
        let known = self.0.len();
        // `null` is an absent value elsewhere; as an item of the list it is a connection without anything.
        let fields = self.object(Some(item), place, CONNECTION);
        if fields.map.is_none() {
            if self.0.len() == known {
                self.note(place, MistakeKind::WrongType(Expected::Object));
            }
            return Connection::default();
        }
        let id = self.needed(&fields, "id");
        if !id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
            self.note(fields.at("id"), MistakeKind::BadId);
        } else if !id.is_empty() && before.iter().any(|other| other.id == id) {
            self.note(fields.at("id"), MistakeKind::RepeatedId);
        }
        let kind = match self.text(&fields, "kind").as_str() {
            "" | "dify" => ConnectionKind::Dify,
            "cognee" => ConnectionKind::Cognee,
            _ => {
                self.note(fields.at("kind"), MistakeKind::UnknownKind(KINDS));
                ConnectionKind::Dify
            }
        };
        let base = self.needed(&fields, "base");
        if !is_own_path(&base) {
            self.note(fields.at("base"), MistakeKind::LeavesOrigin);
        }
        let knowledge_base = Some(self.text(&fields, "knowledge_base")).filter(|id| !id.is_empty());
        if knowledge_base.as_deref().is_some_and(|id| !is_uuid(id)) {
            self.note(fields.at("knowledge_base"), MistakeKind::NotUuid);
        }
        let name = self.needed(&fields, "name");
        let (read_only, embedded) = (self.truth(&fields, "read_only"), self.truth(&fields, "embedded"));
        Connection { id, name, kind, base, read_only, embedded, knowledge_base }
    }

    fn limits(&mut self, fields: &Fields) -> Limits {
        let mut limits = Limits::default();
        let fields = self.object(fields.get("limits"), "limits", LIMITS);
        match fields.get("max_upload_bytes").map(Value::as_u64) {
            None => {}
            Some(None) => self.note(fields.at("max_upload_bytes"), MistakeKind::WrongType(Expected::Number)),
            Some(Some(0)) => self.note(fields.at("max_upload_bytes"), MistakeKind::NotPositive),
            Some(Some(bytes)) => limits.max_upload_bytes = bytes,
        }
        let extensions = self.texts(&fields, "extensions");
        for (place, extension) in &extensions {
            let plain = extension.trim_start_matches(['*', '.']).to_ascii_lowercase();
            if plain != *extension || plain.is_empty() {
                self.note(place, MistakeKind::BadExtension(plain));
            }
        }
        if !extensions.is_empty() {
            limits.extensions = extensions.into_iter().map(|(_, extension)| extension).collect();
        }
        limits
    }

    fn user(&mut self, fields: &Fields) -> User {
        let fields = self.object(fields.get("user"), "user", USER);
        let user = User { name: self.text(&fields, "name"), sign_out: self.text(&fields, "sign_out") };
        if !is_own_path(&user.sign_out) {
            self.note(fields.at("sign_out"), MistakeKind::LeavesOrigin);
        }
        user
    }
}

/// The fields of an object and where it stands.
struct Fields<'a> {
    map: Option<&'a Map<String, Value>>,
    place: String,
}

impl<'a> Fields<'a> {
    #[inline(never)]
    fn get(&self, key: &str) -> Option<&'a Value> {
        self.map?.get(key).filter(|value| !value.is_null())
    }

    #[inline(never)]
    fn at(&self, key: &str) -> String {
        if self.place.is_empty() { key.to_owned() } else { format!("{}.{key}", self.place) }
    }
}

/// Whether a path stays under the desk's own address. Browsers read `\` as `/`.
fn is_own_path(path: &str) -> bool {
    !path.starts_with("//")
        && !path.contains(['\\', ':', '?', '#'])
        && !path.chars().any(char::is_whitespace)
        && !path.split('/').any(|part| part == "..")
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// What is wrong with an origin: only `https://host` or `https://host:port` is one.
fn origin_mistake(text: &str) -> Option<MistakeKind> {
    if text.contains('*') {
        return Some(MistakeKind::WildcardOrigin);
    }
    let Some(rest) = ["https://", "http://"].into_iter().find_map(|scheme| text.strip_prefix(scheme)) else {
        return Some(MistakeKind::NotOrigin);
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, port) = match rest[..end].rsplit_once(':') {
        // The colons of an IPv6 address stand in brackets.
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (&rest[..end], None),
    };
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '[' | ']' | ':');
    let has_port = port.is_none_or(|port| port.parse::<u16>().is_ok());
    if host.is_empty() || !host.chars().all(is_host) || !has_port {
        return Some(MistakeKind::NotOrigin);
    }
    let is_secure = text.starts_with("https");
    let is_default_port = port == Some(if is_secure { "443" } else { "80" });
    let scheme_end = text.len() - rest.len();
    let shown = if is_default_port { host } else { &rest[..end] };
    let right = format!("{}{}", &text[..scheme_end], shown.to_ascii_lowercase());
    // Browsers write an origin in lower case and without the port that its scheme has anyway.
    (right != text).then_some(MistakeKind::MoreThanOrigin(right))
}

#[cfg(test)]
mod tests;
