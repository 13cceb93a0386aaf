//! What the host is told at start. Knows the flags, not what they are used for.

use std::ffi::OsString;
use std::path::PathBuf;

/// How the host is used; printed by `--help` and after a wrong flag.
pub const USAGE: &str = "\
Usage: loredesk-host [--port 8484] [--data DIR] [--app DIR] [--max-upload-bytes N]
                     [--embeddings-url URL --embeddings-model NAME]

  --port              port on 127.0.0.1; 0 takes a free one (default 8484)
  --data              folder of the database and the original files (default ./data)
  --app               folder of the built app (default ./dist)
  --max-upload-bytes  largest file that is accepted (default 15728640, that is 15 MiB)
  --embeddings-url    OpenAI-compatible service, for example http://127.0.0.1:11434/v1; plain http only
  --embeddings-model  the model asked for there; its key, if any, is read from LOREDESK_EMBEDDINGS_KEY";

/// Everything the host can be told.
#[derive(Clone, Debug)]
pub struct Config {
    /// Port on the loopback address; 0 takes a free one.
    pub port: u16,
    /// Folder of the database and the original files; made if missing.
    pub data: PathBuf,
    /// Folder of the built app.
    pub app: PathBuf,
    /// Largest file that is accepted.
    pub max_upload_bytes: u64,
    /// The embedding service, if there is one.
    pub embeddings: Option<EmbeddingService>,
    /// Whether the running program can read files in a process of its own, see [`crate::extract::helper_main`].
    pub reads_in_helper: bool,
    /// The app inside the program, which is then served in place of the folder.
    pub embedded_app: Option<crate::embedded_app::Find>,
}

/// An OpenAI-compatible embedding service.
#[derive(Clone, Debug)]
pub struct EmbeddingService {
    /// Its address up to and without `/embeddings`.
    pub url: String,
    /// The model asked for.
    pub model: String,
    /// Its key, sent as a bearer token.
    pub key: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            port: 8484,
            data: PathBuf::from("data"),
            app: PathBuf::from("dist"),
            max_upload_bytes: 15 * 1024 * 1024,
            embeddings: None,
            reads_in_helper: false,
            embedded_app: None,
        }
    }
}

/// What the arguments ask for.
#[derive(Debug)]
pub enum Request {
    /// Start with this.
    Run(Config),
    /// Print the usage.
    Help,
}

/// Reads the arguments after the program's name; the error is a sentence.
pub fn read(arguments: impl IntoIterator<Item = OsString>, embeddings_key: Option<String>) -> Result<Request, String> {
    let mut config = Config::default();
    let (mut url, mut model) = (None, None);
    let mut arguments = arguments.into_iter();
    while let Some(flag) = arguments.next() {
        let flag = flag.to_string_lossy().into_owned();
        if flag == "--help" || flag == "-h" {
            return Ok(Request::Help);
        }
        if !["--port", "--data", "--app", "--max-upload-bytes", "--embeddings-url", "--embeddings-model"].contains(&flag.as_str())
        {
            return Err(format!("There is no flag {flag}."));
        }
        let value = arguments.next().ok_or_else(|| format!("{flag} needs a value."))?;
        let text = value.to_string_lossy().into_owned();
        match flag.as_str() {
            "--port" => config.port = text.parse().map_err(|_| format!("--port {text} is not a port."))?,
            "--data" => config.data = value.into(),
            "--app" => config.app = value.into(),
            "--max-upload-bytes" => {
                config.max_upload_bytes = text
                    .parse()
                    .ok()
                    .filter(|bytes| (1..=1 << 40).contains(bytes))
                    .ok_or_else(|| format!("--max-upload-bytes {text} is not a number of bytes."))?;
            }
            "--embeddings-url" => url = Some(text),
            _ => model = Some(text),
        }
    }
    config.embeddings = match (url, model) {
        (Some(url), Some(model)) if url.starts_with("http://") => {
            Some(EmbeddingService { url: url.trim_end_matches('/').to_owned(), model, key: embeddings_key })
        }
        (Some(url), Some(_)) => return Err(format!("--embeddings-url {url} does not begin with http://.")),
        (None, None) => None,
        _ => return Err("--embeddings-url and --embeddings-model belong together.".to_owned()),
    };
    Ok(Request::Run(config))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::panic, reason = "tests")]
mod tests {
    use super::{Config, Request, read};

    fn run(arguments: &[&str]) -> Result<Config, String> {
        match read(arguments.iter().map(Into::into), None)? {
            Request::Run(config) => Ok(config),
            Request::Help => panic!("no help was asked for"),
        }
    }

    #[test]
    fn flags_are_read() {
        let config = run(&["--port", "0", "--data", "/d", "--max-upload-bytes", "99"]).unwrap();
        assert_eq!((config.port, config.max_upload_bytes), (0, 99));
        assert_eq!(config.data.to_str(), Some("/d"));
        let config = run(&["--embeddings-url", "http://h:1/v1/", "--embeddings-model", "m"]).unwrap();
        assert_eq!(config.embeddings.unwrap().url, "http://h:1/v1");
    }

    #[test]
    fn wrong_flags_are_named() {
        for (arguments, word) in [
            (&["--prot", "1"][..], "--prot"),
            (&["--port"], "needs a value"),
            (&["--port", "70000"], "70000"),
            (&["--max-upload-bytes", "0"], "number of bytes"),
            (&["--embeddings-url", "http://h"], "belong together"),
            (&["--embeddings-url", "ftp://h", "--embeddings-model", "m"], "http://"),
        ] {
            assert!(run(arguments).unwrap_err().contains(word), "{arguments:?}");
        }
    }
}
