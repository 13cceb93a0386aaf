//! The self-contained program of a release: the host, and the app that it serves.

use loredesk_host::app_files::EmbeddedFile;

/// The files of the built app. Where it is not built there are none, and the program says so to whoever opens the page.
#[derive(rust_embed::Embed)]
#[folder = "$LOREDESK_EMBED_APP"]
#[allow_missing = true]
struct App;

fn main() -> std::process::ExitCode {
    loredesk_host::server::main_with(Some(find))
}

fn find(name: &str) -> Option<EmbeddedFile> {
    let file = App::get(name)?;
    let kind = file.metadata.mimetype().to_owned();
    Some(EmbeddedFile { digest: file.metadata.sha256_hash(), kind, bytes: file.data })
}
