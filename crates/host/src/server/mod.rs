//! Puts the parts together: start here, routes in `routes`, the loop in `serve`, the program around it in `program`.

mod embedded;
mod program;
mod routes;
mod serve;

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use program::{main, main_with};

use crate::config::{BasePath, Config};
use crate::requests::Requests;
use crate::security::{self, Gate};
use crate::store::StoreError;

/// How long open requests that are no uploads, and the indexing, get to end when the host stops.
const FAREWELL: Duration = Duration::from_secs(5);
/// How long the answer to the last upload gets to leave.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// Why the host did not start.
#[derive(Debug)]
pub enum StartError {
    /// The data folder.
    Store(StoreError),
    /// The address.
    Listen(SocketAddr, std::io::Error),
    /// Something that the configuration names, as a sentence.
    Configuration(String),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Listen(address, error) => {
                write!(f, "{address} cannot be used: {error}. Choose another one with --listen or --port.")
            }
            Self::Configuration(sentence) => f.write_str(sentence),
        }
    }
}

impl std::error::Error for StartError {}

/// A host that runs.
#[derive(Debug)]
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    base: BasePath,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
    background: JoinHandle<()>,
    requests: Requests,
    /// How long uploads get to end.
    patience: Duration,
}

impl Running {
    /// The address of the desk, without the slash where it is the whole origin.
    pub fn url(&self) -> String {
        let base = if self.base.is_root() { "" } else { self.base.as_str() };
        format!("http://{}{base}", self.address)
    }

    /// Stops: nothing new is accepted, open requests end, uploads get more time for it, and a document that is being indexed goes on
    /// at the next start.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        let all = async { drop(tokio::join!(self.server, self.background)) };
        let mut all = std::pin::pin!(all);
        // A client that never finishes its request must not keep the host alive.
        if tokio::time::timeout(FAREWELL.min(self.patience), &mut all).await.is_ok() {
            return;
        }
        let rest = self.patience.saturating_sub(FAREWELL);
        tokio::select! {
            () = &mut all => return,
            _ = tokio::time::timeout(rest, self.requests.no_uploads()) => {}
        }
        let _in_time = tokio::time::timeout(LAST_WORDS, all).await;
    }
}

/// Starts the host.
///
/// # Errors
/// Why it did not start.
pub async fn start(config: Config) -> Result<Running, StartError> {
    let config = Arc::new(config);
    let (stop, stopping) = watch::channel(false);
    let proxies = routes::proxies(&config).map_err(StartError::Configuration)?;
    let mut settings = security::Settings::of(&config).map_err(StartError::Configuration)?;
    settings.check_start().map_err(StartError::Configuration)?;
    // The address first: another host may be at work on the same folder.
    let taken = |error| StartError::Listen(config.listen, error);
    let listener = TcpListener::bind(config.listen).await.map_err(taken)?;
    let address = listener.local_addr().map_err(taken)?;
    settings.listen = address;
    let gate = Gate::new(settings).map_err(StartError::Configuration)?;
    let (host, background) = match config.embedded() {
        Some(_) => {
            let (host, background) = embedded::start(&config, &stopping).await?;
            (Some(host), background)
        }
        None => (None, tokio::spawn(async {})),
    };
    let requests = Requests::new(config.base.clone());
    let router = routes::router(&config, host, proxies, requests.clone(), &gate);
    let server = tokio::spawn(serve::serve(listener, router, stopping));
    Ok(Running { address, base: config.base.clone(), stop, server, background, requests, patience: config.time_outs.stop })
}

/// Says what is wrong with the files that the configuration names.
pub(crate) fn check(config: &Config) -> Result<(), String> {
    routes::proxies(config)?;
    let settings = security::Settings::of(config)?;
    settings.check_start()?;
    Gate::new(settings)?;
    match &config.embeddings {
        Some(service) => embedded::check(service, config),
        None => Ok(()),
    }
}
