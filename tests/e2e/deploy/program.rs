//! The one program of a release: from an empty folder, with nothing beside it.

use tokio::process::Command;

use super::{http::get, main_job};
use crate::support::{Desk, Folder, needed};

const HTML: (&str, &str) = ("Accept", "text/html");

/// The program, alone in a folder.
fn alone(folder: &Folder) -> Command {
    let place = folder.path("alone");
    std::fs::create_dir_all(&place).unwrap();
    let program = place.join("loredesk");
    std::fs::copy(needed("LOREDESK_PROGRAM"), &program).unwrap();
    let mut command = Command::new(program);
    command.current_dir(place).args(["--port", "0"]).env_remove("LOREDESK_EMBED_APP");
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn the_main_job_with_nothing_beside_it() {
    let folder = Folder::new();
    main_job::run(Desk::of(alone(&folder)).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_main_job_under_a_path() {
    let folder = Folder::new();
    let mut program = alone(&folder);
    program.args(["--base", "/kb/"]);
    main_job::run(Desk::of(program).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_answers_as_from_a_folder() {
    let folder = Folder::new();
    let (inside, beside) = (Desk::of(alone(&folder)).await, Desk::start().await);
    let mut names: Vec<String> =
        ["", "boot.js", "icons.svg", "local/knowledge-bases", "nope.js", "nope-0123456789abcdef.js"].map(str::to_owned).to_vec();
    let entries = std::fs::read_dir(needed("LOREDESK_DIST")).unwrap();
    let files = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.extend(files.filter(|name| name.ends_with(".js") || name.ends_with(".css") || name.ends_with(".wasm")));
    assert!(names.len() >= 9, "{names:?}");
    for name in names {
        for accepted in ["gzip, deflate, br", "gzip", "identity"] {
            let headers =
                if name.contains('.') { vec![("Accept-Encoding", accepted)] } else { vec![HTML, ("Accept-Encoding", accepted)] };
            let target = format!("/{name}");
            let (one, other) = (get(&inside.origin, &target, &headers).await, get(&beside.origin, &target, &headers).await);
            assert_eq!((one.status, one.body == other.body), (other.status, true), "{target} {accepted}: {:?}", one.headers);
            for header in ["content-type", "content-encoding", "cache-control", "content-security-policy", "content-length"] {
                assert_eq!(one.header(header), other.header(header), "{target} {accepted} {header}");
            }
            if one.status == 200 {
                let tag = one.header("etag");
                let again = get(&inside.origin, &target, &[headers.as_slice(), &[("If-None-Match", &tag)]].concat()).await;
                assert_eq!((again.status, again.body.as_str()), (304, ""), "{target} {accepted} {tag}");
            }
        }
    }
    inside.finish(&[]).await;
    beside.finish(&[]).await;
}
