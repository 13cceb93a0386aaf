//! The whole program: arguments, start, wait for a signal, stop.

use std::process::ExitCode;
use std::time::Duration;

use super::{check, start};
use crate::app_files::Find;
use crate::config::{self, Config, Request};
use crate::extract::helper_main;
use crate::{log, security};

/// Runs the host until it is told to stop.
pub fn main() -> ExitCode {
    main_with(None)
}

/// The same with the app inside the program.
pub fn main_with(embedded_app: Option<Find>) -> ExitCode {
    if let Some(code) = helper_main() {
        return code;
    }
    if let Some(code) = security::hash_password_main(std::env::args_os().skip(1)) {
        return code;
    }
    let config = match config::read(std::env::args_os().skip(1), &|name| std::env::var(name).ok()) {
        Ok(Request::Run(config)) => {
            // A folder that is named wins over what is inside.
            let embedded_app = embedded_app.filter(|_| config.app == Config::default().app);
            Config { reads_in_helper: true, embedded_app, ..*config }
        }
        Ok(Request::Checked(config)) => return checked(&config),
        Ok(Request::Help) => {
            print!("{}", config::usage());
            return ExitCode::SUCCESS;
        }
        Ok(Request::Version) => {
            println!("loredesk-host {}", env!("CARGO_PKG_VERSION"));
            return ExitCode::SUCCESS;
        }
        Err(sentence) => return refused(&sentence),
    };
    log::begin(config.log);
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

fn refused(sentence: &str) -> ExitCode {
    eprintln!("loredesk-host: {sentence}");
    ExitCode::from(2)
}

/// `--check-config`: the files that are named are read as well.
fn checked(config: &Config) -> ExitCode {
    if let Err(sentence) = check(config) {
        return refused(&sentence);
    }
    println!("The configuration is right. The desk would be at http://{}{}", config.listen, config.base);
    for connection in &config.connections {
        let server = connection.server.upstream().map_or("in this host".to_owned(), |upstream| format!("at {}", upstream.url));
        let limit = if connection.read_only { ", read-only" } else { "" };
        println!("  {}: {} {server}{limit}", connection.id, connection.name);
    }
    ExitCode::SUCCESS
}

async fn run(config: Config) -> ExitCode {
    if config.insecure && !config.listen.ip().is_loopback() {
        eprintln!(
            "loredesk-host: INSECURE: whoever can reach {} can read, change and delete everything, without signing in.",
            config.listen
        );
    }
    let running = match start(config).await {
        Ok(running) => running,
        Err(error) => {
            eprintln!("loredesk-host: {error}");
            return ExitCode::FAILURE;
        }
    };
    println!("listening on {}", running.url());
    signal().await;
    tokio::select! {
        () = running.stop() => {}
        // Asked twice, it does not wait for uploads.
        () = signal() => {}
    }
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
