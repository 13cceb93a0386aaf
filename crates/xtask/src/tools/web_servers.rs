//! nginx and Caddy, for the tests of the files in `deploy/`. Debian's packages are unpacked into the tools' folder and not
//! installed: an installed one would start a server on port 80 of this machine.

use super::apt::Lists;
use super::cache::{self, Scratch};
use super::which;
use crate::project::Project;
use crate::run::{self, Failure, say};
use std::path::{Path, PathBuf};

/// The servers, and what goes with them.
pub struct WebServers {
    /// The program nginx.
    pub nginx: PathBuf,
    /// nginx' table of file types.
    pub mime_types: PathBuf,
    /// nginx' module that sends `.br` files.
    pub brotli_module: PathBuf,
    /// The program caddy.
    pub caddy: PathBuf,
    /// The folder of the program brotli, which `deploy/set-base.sh` wants on its PATH.
    pub brotli_folder: PathBuf,
}

const PACKAGES: [&str; 5] = ["nginx", "nginx-common", "libnginx-mod-http-brotli-static", "caddy", "brotli"];

/// nginx of some releases comes in flavours, of which this one has the program.
const OLDER: &str = "nginx-light";

const STEP: &str = "bringing nginx and Caddy for the tests of deploy/";

/// Unpacks what is not there yet, on Debian and Ubuntu.
pub fn ensure(project: &Project) -> Result<WebServers, Failure> {
    let by_hand = "run these tests on Debian or Ubuntu; the others do not need nginx and Caddy";
    if which("apt-get").is_none() || which("dpkg").is_none() {
        return Err(Failure::new(STEP, "nginx and Caddy come from Debian's packages, and this system has no apt-get", by_hand));
    }
    let home = cache::ensure(project, "web-servers", |folder| {
        say("fetching nginx, Caddy and brotli, which the tests of deploy/ start");
        let scratch = Scratch::new(project, "web-servers-lists")?;
        let lists = Lists::fetch(&scratch, &[])?;
        PACKAGES.iter().try_for_each(|package| lists.unpack(package, folder))?;
        if !folder.join("usr/sbin/nginx").is_file() {
            lists.unpack(OLDER, folder)?;
        }
        try_all(folder)
    })?;
    Ok(servers(&home))
}

fn servers(home: &Path) -> WebServers {
    WebServers {
        nginx: home.join("usr/sbin/nginx"),
        mime_types: home.join("etc/nginx/mime.types"),
        brotli_module: home.join("usr/lib/nginx/modules/ngx_http_brotli_static_module.so"),
        caddy: home.join("usr/bin/caddy"),
        brotli_folder: home.join("usr/bin"),
    }
}

/// Unpacked and not installed, a program may miss a library that the package would have brought.
fn try_all(home: &Path) -> Result<(), Failure> {
    let found = servers(home);
    for (program, flag) in [(found.nginx, "-v"), (found.caddy, "version"), (found.brotli_folder.join("brotli"), "--version")] {
        let by_hand = format!("install what its package depends on: apt-cache depends {}", program.display());
        run::capture(STEP, run::command(&program).arg(flag), &by_hand)?;
    }
    Ok(())
}
