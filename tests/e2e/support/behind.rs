//! Desks as they are deployed: behind a web server with the files of `deploy/`, or of the one program.

use super::{
    Desk, Folder, Kind, Setup, WebServer, WebSite, needed,
    programs::{start_host, start_program},
};

impl Desk {
    /// A desk whose pages come from a web server with the files of `deploy/`, in front of a host that serves its API only.
    pub async fn behind(kind: Kind, base: &'static str) -> Self {
        Self::behind_site(kind, &[], WebSite { base, app: needed("LOREDESK_DIST"), ..WebSite::default() }).await
    }

    /// The same in front of a host that serves everything.
    pub async fn behind_in_front_of_host(kind: Kind, base: &'static str) -> Self {
        let arguments = ["--base", base].map(str::to_owned);
        Self::behind_site(kind, &arguments, WebSite { base, is_host: true, ..WebSite::default() }).await
    }

    /// The same with what people fill in, and arguments of the host.
    pub async fn behind_site(kind: Kind, arguments: &[String], site: WebSite) -> Self {
        let mut setup = Setup::default();
        if site.is_tls {
            // The test's certificate is its own.
            setup.browser_arguments.push("--ignore-certificate-errors".to_owned());
        }
        let folder = Folder::new();
        let (host, origin) = start_host(&folder.path("data"), 0, arguments).await;
        // The host says its base path too.
        let upstream = origin.split('/').take(3).collect::<Vec<_>>().join("/");
        let pages = site.base.trim_end_matches('/');
        let web_server = WebServer::start(kind, &WebSite { upstream, ..site.clone() }).await;
        let pages = format!("{}{pages}", web_server.origin);
        Self { pages, _web_server: Some(web_server), ..Self::around(folder, setup, Some(host), origin).await }
    }

    /// A desk whose host is that program with those arguments.
    pub async fn of(mut program: tokio::process::Command) -> Self {
        let (folder, setup) = (Folder::new(), Setup::default());
        program.arg("--data").arg(folder.path("data"));
        let (host, origin) = start_program(program).await;
        // With the base path, which the host says too.
        Self::around(folder, setup, Some(host), origin.trim_end_matches('/').to_owned()).await
    }
}
