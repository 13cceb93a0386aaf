//! The host as people run it: without the fault layer.

fn main() -> std::process::ExitCode {
    loredesk_host::server::main()
}
