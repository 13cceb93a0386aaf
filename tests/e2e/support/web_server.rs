//! A real nginx or Caddy on a free port, with the files of `deploy/` as they are: what is a test's own is what
//! docs/deployment.md lets people fill in.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use tokio::{
    net::TcpStream,
    process::{Child, Command},
};

use super::{Folder, PATIENCE, needed};

/// Which server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// nginx.
    Nginx,
    /// Caddy.
    Caddy,
}

/// What people fill in.
#[derive(Clone, Debug)]
pub struct WebSite {
    /// The base path.
    pub base: &'static str,
    /// The folder of the built app; it is copied.
    pub app: PathBuf,
    /// The origin of the server behind `api/local`, whose API is under `/v1`.
    pub upstream: String,
    /// Whether that is the project's own host, which serves everything: then these are the files for standing in front of it.
    pub is_host: bool,
    /// `write` or `read`.
    pub access: &'static str,
    /// The id of the only knowledge base; empty for all.
    pub knowledge_base: &'static str,
    /// A file of the folder `access`.
    pub login: &'static str,
    /// Origins of portals.
    pub portals: &'static str,
    /// Whether it speaks TLS, with a certificate of the test's own.
    pub is_tls: bool,
}

impl Default for WebSite {
    fn default() -> Self {
        let (app, upstream) = (PathBuf::new(), String::new());
        Self {
            base: "/",
            app,
            upstream,
            is_host: false,
            access: "write",
            knowledge_base: "",
            login: "loopback",
            portals: "",
            is_tls: false,
        }
    }
}

/// A server that runs; it ends with this.
pub struct WebServer {
    /// Its address without a slash at its end.
    pub origin: String,
    /// The address of plain HTTP; the same one where there is no TLS.
    pub plain_origin: String,
    /// Its process.
    pub process: Child,
    folder: Folder,
}

/// The key that the server is told, and that browsers must never see.
const KEY: &str = "dataset-the-key-of-the-test";

/// The folder of the files that are tested.
pub fn deploy() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy")
}

/// A port that nobody has just now.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl WebServer {
    /// Installs the files and starts the server.
    pub async fn start(kind: Kind, site: &WebSite) -> Self {
        let folder = Folder::new();
        let (etc, app, port) = (folder.path("etc"), folder.path("app"), free_port());
        if !site.is_host {
            copy_folder(&site.app, &app);
            run(Command::new("sh").arg(deploy().join("set-base.sh")).arg(&app).arg(site.base)).await;
        }
        std::fs::create_dir_all(&etc).unwrap();
        let read_only = site.access == "read";
        let config = std::fs::read_to_string(deploy().join("config.json")).unwrap();
        let config = config.replace("\"dify\", \"name\"", "\"local\", \"name\"").replace("api/dify", "api/local");
        let config = config.replace("\"read_only\": false", &format!("\"read_only\": {read_only}"));
        std::fs::write(etc.join("config.json"), config).unwrap();
        // From `mira` and `open sesame`, by `openssl passwd -6` and by `caddy hash-password`.
        let crypted = "mira:$6$loredesk$X7OlIyMZI6kftHU9ofZYaisKqwe7Wh63y/uYmrbpc2gGpTstZC9sitVERZHs6uV4geltUevx1il43idvQJ7ny1\n";
        std::fs::write(etc.join("passwords"), crypted).unwrap();
        let hashed = "mira $2a$14$Fltrt/msaCny2h0RGE9twujiiemT1S0lpDnp51rBgtDVmL7Tr6PXi\n";
        std::fs::write(etc.join("passwords.caddy"), hashed).unwrap();

        let plain_port = if site.is_tls { free_port() } else { port };
        let scheme = if site.is_tls { "https" } else { "http" };
        if site.is_tls {
            write_certificate(&etc);
        }
        let settings = [
            ("LISTEN", format!("127.0.0.1:{plain_port}")),
            ("HTTP_PORT", plain_port.to_string()),
            ("SITE", format!("{scheme}://127.0.0.1:{port}")),
            ("NAME", "127.0.0.1".to_owned()),
            ("BASE", site.base.to_owned()),
            ("APP", app.display().to_string()),
            ("ETC", etc.display().to_string()),
            ("LOGIN", site.login.to_owned()),
            ("PORTALS", site.portals.to_owned()),
            ("FILES", String::new()),
            ("MAX_BODY", "115343360".to_owned()),
            ("HOST", site.upstream.clone()),
        ];
        let mut command = match kind {
            Kind::Nginx => nginx(&folder, &settings, site).await,
            Kind::Caddy => caddy(&folder, &settings, site),
        };
        if site.is_tls {
            place_certificate(kind, &etc, port);
        }
        let log = std::fs::File::create(folder.path("server.log")).unwrap();
        let process = command
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .expect("the web server starts");
        let plain_origin = format!("http://127.0.0.1:{plain_port}");
        let mut server = Self { origin: format!("{scheme}://127.0.0.1:{port}"), plain_origin, process, folder };
        server.wait(port).await;
        server
    }

    /// Waits until it listens.
    async fn wait(&mut self, port: u16) {
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            let ended = self.process.try_wait().unwrap();
            assert!(ended.is_none() && start.elapsed() < PATIENCE, "the web server does not start:\n{}", self.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// What it wrote.
    pub fn log(&self) -> String {
        let read = |name: &str| std::fs::read_to_string(self.folder.path(name)).unwrap_or_default();
        read("server.log") + &read("error.log")
    }

    /// The bytes of the files that it put away for a moment.
    pub fn bytes_put_away(&self) -> u64 {
        fn size(path: &Path) -> u64 {
            let entries = std::fs::read_dir(path).into_iter().flatten().filter_map(Result::ok);
            entries
                .map(|entry| if entry.path().is_dir() { size(&entry.path()) } else { entry.metadata().map_or(0, |m| m.len()) })
                .sum()
        }
        size(&self.folder.path("temporary"))
    }

    /// The most memory that it ever had, in kB.
    pub fn most_memory(&self) -> u64 {
        let pid = self.process.id().expect("it runs");
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a Linux with VmHWM");
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }
}

/// The files where docs/deployment.md puts them, and around them the main file that Debian's nginx brings of its own.
async fn nginx(folder: &Folder, settings: &[(&str, String)], site: &WebSite) -> Command {
    let etc = folder.path("etc");
    let own = etc.join("nginx");
    copy_folder(&deploy().join("nginx"), &own);
    sign_in_at(&own.join("access/single-sign-on.conf"), site);
    for name in ["connections", "keys"] {
        std::fs::create_dir_all(own.join(name)).unwrap();
    }
    let key = std::fs::read_to_string(own.join("keys.conf.example")).unwrap().replace("dataset-the-key", KEY);
    std::fs::write(own.join("keys/local.conf"), key).unwrap();

    let lines =
        |values: &[(&str, String)]| values.iter().map(|(name, value)| format!("LOREDESK_{name}={value}\n")).collect::<String>();
    let (settings_file, connection_file) = (etc.join("settings.env"), etc.join("connection.env"));
    std::fs::write(&settings_file, lines(settings)).unwrap();
    let connection = [
        ("CONNECTION", "local".to_owned()),
        ("UPSTREAM", site.upstream.clone()),
        ("UPSTREAM_PATH", "/v1".to_owned()),
        ("ACCESS", site.access.to_owned()),
        ("KNOWLEDGE_BASE", site.knowledge_base.to_owned()),
    ];
    std::fs::write(&connection_file, lines(&connection)).unwrap();
    let render = async |inputs: &[&Path], output: PathBuf| {
        let text = run(Command::new("sh").arg(deploy().join("render.sh")).args(inputs)).await;
        std::fs::write(output, text).unwrap();
    };
    let main = if site.is_host { "host.conf.template" } else { "loredesk.conf.template" };
    render(&[&settings_file, &own.join(main)], folder.path("loredesk.conf")).await;
    let connection = own.join("connection.conf.template");
    render(&[&settings_file, &connection_file, &connection], own.join("connections/local.conf")).await;

    let temporary = folder.path("temporary");
    std::fs::create_dir_all(&temporary).unwrap();
    let places: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|what| format!("    {what}_temp_path {}/{what};\n", temporary.display()))
        .concat();
    let root = folder.path("").display().to_string();
    // One process, so that its memory can be read.
    let main = format!(
        "daemon off;\nmaster_process off;\npid {root}nginx.pid;\nerror_log {root}error.log;\nload_module {};\nevents {{}}\n\
         http {{\n    include {};\n    default_type application/octet-stream;\n    access_log off;\n{places}    include {root}loredesk.conf;\n}}\n",
        needed("LOREDESK_BROTLI_MODULE").display(),
        needed("LOREDESK_MIME_TYPES").display(),
    );
    std::fs::write(folder.path("nginx.conf"), main).unwrap();
    let mut command = Command::new(needed("LOREDESK_NGINX"));
    command.arg("-e").arg(folder.path("error.log")).arg("-c").arg(folder.path("nginx.conf"));
    command
}

fn caddy(folder: &Folder, settings: &[(&str, String)], site: &WebSite) -> Command {
    let own = folder.path("etc").join("caddy");
    copy_folder(&deploy().join("caddy"), &own);
    sign_in_at(&own.join("access/single-sign-on.caddy"), site);
    let WebSite { upstream, access, knowledge_base, .. } = site;
    let only = if knowledge_base.is_empty() { "all" } else { knowledge_base };
    let line = format!("import connection.caddy local {upstream} /v1 {access} {only} {{env.DIFY_KEY}}\n");
    std::fs::write(own.join("connections.caddy"), line).unwrap();
    let mut command = Command::new(needed("LOREDESK_CADDY"));
    let main = if site.is_host { "host.Caddyfile" } else { "Caddyfile" };
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(own.join(main)).env("DIFY_KEY", KEY);
    command.envs(settings.iter().map(|(name, value)| (format!("LOREDESK_{name}"), value)));
    for place in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "TMPDIR"] {
        std::fs::create_dir_all(folder.path("temporary")).unwrap();
        command.env(place, folder.path("temporary"));
    }
    command
}

/// A certificate that nobody vouches for, as the test's browser is told.
fn write_certificate(etc: &Path) {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    std::fs::write(etc.join("certificate.pem"), made.cert.pem()).unwrap();
    std::fs::write(etc.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
}

/// The example with the certificate's place in it, on a port that one need not be root for.
fn place_certificate(kind: Kind, etc: &Path, port: u16) {
    let (example, file) = match kind {
        Kind::Nginx => ("nginx/tls.conf.example", "nginx/tls.conf"),
        Kind::Caddy => ("caddy/tls.caddy.example", "caddy/tls.caddy"),
    };
    let text = std::fs::read_to_string(deploy().join(example)).unwrap();
    let text = text.replace("/etc/ssl/kb.example.org.pem", &etc.join("certificate.pem").display().to_string());
    let text = text.replace("/etc/ssl/private/kb.example.org.key", &etc.join("key.pem").display().to_string());
    let own = match kind {
        Kind::Nginx => text.replace("listen 443 ", &format!("listen 127.0.0.1:{port} ")),
        // Tests are for this computer only.
        Kind::Caddy => text + "bind 127.0.0.1\n",
    };
    std::fs::write(etc.join(file), own).unwrap();
}

/// In these tests the server behind signs people in as well.
fn sign_in_at(file: &Path, site: &WebSite) {
    let text = std::fs::read_to_string(file).unwrap();
    std::fs::write(file, text.replace("127.0.0.1:4180", site.upstream.trim_start_matches("http://"))).unwrap();
}

/// Runs a program to its end and gives what it wrote.
pub async fn run(command: &mut Command) -> Vec<u8> {
    let folder = needed("LOREDESK_BROTLI_FOLDER");
    let path = format!("{}:{}", std::env::var("PATH").unwrap_or_default(), folder.display());
    let output = command.env("PATH", path).output().await.expect("the program runs");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Copies a folder with all that is in it.
pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display())) {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}
