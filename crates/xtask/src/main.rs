//! `cargo xtask …`: set-up, start, test, build and bench, with nothing to install first.
//!
//! This file knows only the command line. Each command has its module; `tools` owns what has to be on the machine.
//! Nothing here knows what the app or the host do, only how they are built and run.

mod arguments;
mod bench;
mod compress;
mod coverage;
mod css;
mod dist;
mod page_modules;
mod project;
mod run;
mod serve;
mod shared_modules;
mod start;
mod test;
mod tools;

use arguments::Request;
use std::process::ExitCode;

fn main() -> ExitCode {
    if page_modules::is_wasm_bindgen() {
        return exit(page_modules::wasm_bindgen());
    }
    let request = match arguments::parse(std::env::args().skip(1)) {
        Ok(request) => request,
        Err(sentence) => {
            eprintln!("{sentence}\n\n{}", arguments::HELP);
            return ExitCode::from(2);
        }
    };
    exit(perform(request))
}

fn exit(result: Result<(), run::Failure>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}

fn perform(request: Request) -> Result<(), run::Failure> {
    if let Request::Help = request {
        println!("{}", arguments::HELP);
        return Ok(());
    }
    let project = project::Project::find()?;
    match request {
        Request::Help => Ok(()),
        Request::Setup => tools::set_up(&project),
        Request::Start(options) => start::start(&project, &options),
        Request::OpenWhenUp(port) => start::open_when_up(port),
        Request::Build => dist::build_release(&project),
        Request::Css => css::bundle(&project),
        Request::Serve => serve::serve(&project),
        Request::Test(options) => test::test(&project, &options),
        Request::Coverage => coverage::write(&project),
        Request::Bench => bench::bench(&project),
    }
}
