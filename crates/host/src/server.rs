//! Puts the parts together: start, routes, stop.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::api::{self, Shared};
use crate::config::{self, Config, Request, USAGE};
use crate::embeddings::Embeddings;
use crate::extract::{ExtractLimits, helper_main};
use crate::indexing::{self, Queue, Tools};
use crate::retrieval::hits::Hits;
use crate::security::{self, Gate, Settings};
use crate::store::{Store, StoreError};
use crate::{app_files, config_json, drain};

/// How long open requests and the indexing get to end when the host stops.
const FAREWELL: Duration = Duration::from_secs(5);

/// Why the host did not start.
#[derive(Debug)]
pub enum StartError {
    /// The data folder.
    Store(StoreError),
    /// The login.
    Login(String),
    /// The port.
    Port(u16, std::io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Login(sentence) => f.write_str(sentence),
            Self::Port(port, error) => write!(f, "Port {port} cannot be used: {error}. Choose another one with --port."),
        }
    }
}

impl std::error::Error for StartError {}

/// A host that runs.
#[derive(Debug)]
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    server: JoinHandle<std::io::Result<()>>,
    background: JoinHandle<()>,
}

impl Running {
    /// Stops: no new requests, open ones end, a document that is being indexed goes on at the next start.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        let both = async { tokio::join!(self.server, self.background) };
        // A client that never finishes its request must not keep the host alive.
        let _in_time = tokio::time::timeout(FAREWELL, both).await;
    }
}

/// Starts the host.
pub async fn start(config: Config) -> Result<Running, StartError> {
    let folder = config.data.clone();
    let opened = tokio::task::spawn_blocking(move || {
        std::fs::create_dir_all(&folder)?;
        Store::open(&folder)
    });
    let store = opened.await.map_err(|_| StartError::Store(StoreError::Stopped))?.map_err(StartError::Store)?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, config.port));
    let listener = TcpListener::bind(address).await.map_err(|error| StartError::Port(config.port, error))?;
    let address = listener.local_addr().map_err(|error| StartError::Port(config.port, error))?;

    let (stop, stopping) = watch::channel(false);
    let queue = Queue::default();
    let embeddings = config.embeddings.clone().map(Embeddings::new);
    let limits = limits(&config);
    let tools = Tools { store: store.clone(), limits, embeddings: embeddings.clone() };
    let hits = Hits::default();
    let counting = hits.clone().keep_writing(store.clone(), stopping.clone());
    let indexing = indexing::start(&queue, &tools, &stopping);
    let background = tokio::spawn(async move {
        tokio::join!(counting, async { drop(indexing.await) });
    });
    let gate = Gate::new(Settings { listen: address, ..Settings::default() }).map_err(StartError::Login)?;
    let router = router(Arc::new(Shared { config, store, queue, embeddings, hits }), &gate);
    let mut asked = stopping;
    let server =
        axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).with_graceful_shutdown(async move {
            let _asked_or_gone = asked.wait_for(|stop| *stop).await;
        });
    Ok(Running { address, stop, server: tokio::spawn(server.into_future()), background })
}

fn limits(config: &Config) -> ExtractLimits {
    let own = if config.reads_in_helper { ExtractLimits::with_own_program() } else { ExtractLimits::default() };
    let upload = usize::try_from(config.max_upload_bytes).unwrap_or(usize::MAX);
    ExtractLimits { max_text_bytes: upload.max(32 << 20), ..own }
}

fn router(host: api::Host, gate: &Arc<Gate>) -> Router {
    let api = api::router();
    let router = Router::new()
        .nest("/api/local", api.clone())
        .nest("/v1", api)
        .route("/config.json", get(config_json::get))
        .fallback_service(app_files::router(&host.config.app))
        .with_state(host)
        .merge(gate.routes());
    let router = gate.admit(router);
    #[cfg(feature = "faults")]
    let router = crate::faults::around(router);
    gate.protect(router).layer(from_fn(drain::rest))
}

/// The whole program: arguments, start, wait for a signal, stop.
pub fn main() -> ExitCode {
    if let Some(code) = helper_main() {
        return code;
    }
    if let Some(code) = security::hash_password_main(std::env::args_os().skip(1)) {
        return code;
    }
    let key = std::env::var("LOREDESK_EMBEDDINGS_KEY").ok();
    let config = match config::read(std::env::args_os().skip(1), key) {
        Ok(Request::Run(config)) => Config { reads_in_helper: true, ..config },
        Ok(Request::Help) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(sentence) => {
            eprintln!("{sentence}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let runtime =
        match tokio::runtime::Builder::new_multi_thread().worker_threads(2).max_blocking_threads(16).enable_all().build() {
            Ok(runtime) => runtime,
            Err(error) => {
                eprintln!("loredesk-host: the runtime could not be started: {error}");
                return ExitCode::FAILURE;
            }
        };
    let code = runtime.block_on(run(config));
    // A parser that hangs within its own time limit must not delay the end.
    runtime.shutdown_timeout(Duration::from_millis(200));
    code
}

async fn run(config: Config) -> ExitCode {
    let running = match start(config).await {
        Ok(running) => running,
        Err(error) => {
            eprintln!("loredesk-host: {error}");
            return ExitCode::FAILURE;
        }
    };
    println!("listening on http://{}", running.address);
    signal().await;
    running.stop().await;
    ExitCode::SUCCESS
}

/// Waits until somebody asks the program to end.
#[cfg(unix)]
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
        }
        // Then only Ctrl-C ends it in order; every other way is like a crash, which it survives.
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
}

#[cfg(not(unix))]
async fn signal() {
    drop(tokio::signal::ctrl_c().await);
}
