//! `cargo xtask start`: from a clone to the running desk. Knows the host only by its command line.

use crate::arguments::StartOptions;
use crate::dist::{self, Mode};
use crate::project::Project;
use crate::run::{self, Failure, say};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// Builds what is stale, then becomes the host.
pub fn start(project: &Project, options: &StartOptions) -> Result<(), Failure> {
    check_port(options.port)?;
    let mode = if options.dev { Mode::Dev } else { Mode::Release };
    let app = dist::build_if_stale(project, mode)?;
    let host = build_host(project, mode, &[], "loredesk-host")?;
    let data = options.data.clone().unwrap_or_else(|| project.root.join("data"));
    let mut command = run::command(host);
    command.arg("--port").arg(options.port.to_string()).arg("--data").arg(&data).arg("--app").arg(app);
    // On one's own computer the terminal shows what goes wrong, not every request.
    command.args(["--log", "off"]);
    say(format_args!("Loredesk: http://127.0.0.1:{}/  (data in {}; Ctrl-C stops it)", options.port, data.display()));
    if has_desktop() {
        spawn_opener(options.port);
    }
    become_host(&mut command)
}

/// Builds one of the host's programs and gives its place.
pub fn build_host(project: &Project, mode: Mode, features: &[&str], program: &str) -> Result<PathBuf, Failure> {
    let (profile, folder) = match mode {
        Mode::Release => ("host", "host"),
        Mode::Dev => ("dev", "debug"),
    };
    let mut cargo = run::cargo();
    cargo.current_dir(&project.root);
    cargo.args(["build", "--locked", "--profile", profile, "-p", "loredesk-host", "--bin", program]);
    if !features.is_empty() {
        cargo.args(["--features", &features.join(",")]);
    }
    run::run("building the host", &mut cargo, "read the compiler's words above")?;
    Ok(project.target.join(folder).join(format!("{program}{}", std::env::consts::EXE_SUFFIX)))
}

/// Taken ports are found before minutes of building.
fn check_port(port: u16) -> Result<(), Failure> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map(drop).map_err(|error| {
        let why = format!("port {port} on 127.0.0.1 cannot be used: {error}");
        Failure::new("starting the host", why, "stop the program on that port, or choose another with --port")
    })
}

/// The host takes this program's place, so that signals reach it and nothing is left behind.
#[cfg(unix)]
fn become_host(command: &mut Command) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(Failure::file("starting the host", std::path::Path::new(command.get_program()), &error))
}

#[cfg(not(unix))]
fn become_host(command: &mut Command) -> Result<(), Failure> {
    run::run("running the host", command, "read the host's words above")
}

fn has_desktop() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos")) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

fn spawn_opener(port: u16) {
    let Ok(program) = std::env::current_exe() else { return };
    if let Err(error) = run::command(program).args(["open-when-up", &port.to_string()]).spawn() {
        say(format_args!("the page could not be opened by itself: {error}"));
    }
}

/// Waits until the host answers, then opens its page in the user's browser.
pub fn open_when_up(port: u16) -> Result<(), Failure> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let up = |_| {
        let answers = TcpStream::connect_timeout(&address, Duration::from_millis(500)).is_ok();
        if !answers {
            std::thread::sleep(Duration::from_millis(200));
        }
        answers
    };
    let by_hand = "open the address in a browser";
    if !(0..100).any(up) {
        return Err(Failure::new("opening the page", format!("the host did not answer on port {port}"), by_hand));
    }
    let page = format!("http://127.0.0.1:{port}/");
    let mut open = if cfg!(target_os = "macos") {
        run::command("open")
    } else if cfg!(windows) {
        let mut open = run::command("cmd");
        open.args(["/C", "start", ""]);
        open
    } else {
        run::command("xdg-open")
    };
    run::capture("opening the page", open.arg(page), by_hand).map(|_| ())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_refused_with_its_number() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let failure = check_port(port).unwrap_err();
        assert!(failure.why().contains(&port.to_string()));
        drop(taken);
        assert!(check_port(port).is_ok());
    }
}
