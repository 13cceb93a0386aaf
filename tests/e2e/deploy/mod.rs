//! What people deploy: the files of `deploy/` in real nginx and real Caddy, the scripts beside them, and the one program.
//!
//! `cargo xtask test deploy` brings the servers and sets the environment; docs/deployment.md is what these tests run.

mod answers;
mod http;
mod install;
mod main_job;
mod operations;
mod passing;
mod program;
mod services;
mod tls;
mod uploads;
mod upstream;

use std::path::{Path, PathBuf};

use crate::support::{Folder, Kind};

/// Both servers: what holds for one holds for the other.
const BOTH: [Kind; 2] = [Kind::Nginx, Kind::Caddy];

/// A built app in small: each kind of file, and compressed copies that one can tell from the plain ones.
fn small_app(folder: &Folder) -> PathBuf {
    let app = folder.path("small-app");
    let write = |name: &str, text: &str| {
        let path: &Path = &app.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("index.html", "<!doctype html><base href=\"/\"><title>Loredesk</title>");
    for (name, text) in [
        ("boot.js", "boot, plain"),
        ("app-0123456789abcdef.js", "script, plain"),
        ("app-0123456789abcdef_bg.wasm", "wasm, plain"),
        ("pages/documents-0123456789abcdef.wasm", "page, plain"),
    ] {
        write(name, text);
        write(&format!("{name}.br"), "br");
        write(&format!("{name}.gz"), "gzip");
    }
    app
}
