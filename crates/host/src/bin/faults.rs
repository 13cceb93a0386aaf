//! The same host for the browser tests, with the fault layer that the feature `faults` compiles in.

fn main() -> std::process::ExitCode {
    loredesk_host::server::main()
}
