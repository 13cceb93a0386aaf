//! The scripts beside the files: filling in settings, the base path, installing, upgrading and going back.

use std::{
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use tokio::process::Command;

use crate::support::{Folder, copy_folder, deploy, run};

use super::small_app;

async fn refused(program: &mut Command, word: &str) {
    let output = program.output().await.unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && words.contains(word), "{program:?}: {words}");
}

fn script(name: &str) -> Command {
    let mut command = Command::new("sh");
    command.arg(deploy().join(name));
    command
}

#[tokio::test]
async fn settings_are_filled_in_and_mistakes_are_named() {
    let folder = Folder::new();
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path(name), text).unwrap();
        folder.path(name)
    };
    let settings = write("s.env", "# what is yours\n\nLOREDESK_BASE=/kb/\nLOREDESK_NAME=kb.example.org\nLOREDESK_PORTALS=\n");
    let template = write("t", "name ${LOREDESK_NAME}; bare ${LOREDESK_BASE_BARE};${LOREDESK_PORTALS_PART} $uri ${other}\n");
    let text = run(script("render.sh").args([&settings, &template])).await;
    assert_eq!(String::from_utf8_lossy(&text), "name kb.example.org; bare /kb; $uri ${other}\n");

    let missing = write("missing", "${LOREDESK_APP}\n");
    refused(script("render.sh").args([&settings, &missing]), "line 1: no settings file gives LOREDESK_APP").await;
    for (line, word) in [
        ("LOREDESK_BASE=/kb", "a slash at both ends"),
        ("LOREDESK_NAME=a; return 200", "a character that it cannot have"),
        ("LOREDESK_NAME=$host", "a character that it cannot have"),
        ("NAME=x", "no LOREDESK_NAME=VALUE"),
        ("LOREDESK_NAME", "no LOREDESK_NAME=VALUE"),
    ] {
        let wrong = write("wrong.env", &format!("{line}\n"));
        refused(script("render.sh").args([&wrong, &template]), word).await;
    }
    // The examples are complete.
    let own = |name: &str| deploy().join(name);
    for template in ["nginx/loredesk.conf.template", "nginx/connection.conf.template", "nginx/host.conf.template"] {
        run(script("render.sh").args([own("settings.env"), own("connection.env"), own(template)])).await;
    }
}

#[tokio::test]
async fn the_base_is_written_into_every_copy_of_the_page() {
    let folder = Folder::new();
    let app = small_app(&folder);
    let page = |name: &str| app.join(name);
    std::fs::write(page("index.html.gz"), "old").unwrap();
    std::fs::write(page("index.html.br"), "old").unwrap();
    for base in ["/kb/", "/a/b/", "/"] {
        run(script("set-base.sh").arg(&app).arg(base)).await;
        let wanted = format!("<!doctype html><base href=\"{base}\"><title>Loredesk</title>");
        assert_eq!(std::fs::read_to_string(page("index.html")).unwrap(), wanted);
        for (program, suffix) in [("gzip", "gz"), ("brotli", "br")] {
            let text = run(Command::new(program).arg("-dc").arg(page(&format!("index.html.{suffix}")))).await;
            assert_eq!(String::from_utf8_lossy(&text), wanted, "{suffix}");
        }
    }
    for base in ["kb/", "/kb", "/k b/", "/kb/\"><script>/", "//"] {
        refused(script("set-base.sh").arg(&app).arg(base), "a slash at both ends").await;
    }
    std::fs::write(page("index.html"), "<p>no base").unwrap();
    refused(script("set-base.sh").arg(&app).arg("/kb/"), "has no <base").await;
}

/// An archive as `cargo xtask dist` makes it, of a release whose files have that hash.
async fn release(folder: &Folder, version: &str, hash: &str) -> PathBuf {
    let name = format!("loredesk-{version}-static");
    let root = folder.path("made").join(&name);
    copy_folder(&deploy(), &root.join("deploy"));
    std::fs::create_dir_all(root.join("app")).unwrap();
    std::fs::write(root.join("app/index.html"), format!("<base href=\"/\"><script src=\"app-{hash}.js\">")).unwrap();
    std::fs::write(root.join(format!("app/app-{hash}.js")), version).unwrap();
    std::fs::write(root.join("app/icons.svg"), version).unwrap();
    let archive = format!("{name}.tar.gz");
    let made = folder.path("made");
    run(Command::new("tar").current_dir(&made).args(["-czf", &archive, &name])).await;
    let sum = run(Command::new("sha256sum").current_dir(&made).arg(&archive)).await;
    std::fs::write(made.join(format!("{archive}.sha256")), sum).unwrap();
    made.join(archive)
}

fn read(path: &Path) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

#[tokio::test]
async fn an_upgrade_keeps_the_files_of_open_pages_for_a_day_and_can_be_taken_back() {
    let folder = Folder::new();
    let first = release(&folder, "1.0.0", "1111111111111111").await;
    let second = release(&folder, "1.1.0", "2222222222222222").await;
    let root = folder.path("srv");
    let app = |name: &str| root.join("app").join(name);
    let install = |archive: &Path| {
        let mut command = script("install-static.sh");
        command.arg(archive).arg(&root).arg("/kb/");
        command
    };

    run(&mut install(&first)).await;
    assert!(read(&app("index.html")).unwrap().contains("href=\"/kb/\"><script src=\"app-1111"));
    assert!(app("index.html.gz").is_file());
    std::fs::write(app("config.json"), "mine").unwrap();

    run(&mut install(&second)).await;
    assert!(read(&app("index.html")).unwrap().contains("app-2222222222222222.js"));
    assert_eq!(read(&app("icons.svg")).as_deref(), Some("1.1.0"));
    assert_eq!(read(&app("app-1111111111111111.js")).as_deref(), Some("1.0.0"), "open pages still ask for it");
    assert_eq!(read(&app("config.json")).as_deref(), Some("mine"));

    // Back, and forth again: it is the same.
    run(&mut install(&first)).await;
    assert!(read(&app("index.html")).unwrap().contains("app-1111111111111111.js"));
    assert_eq!(read(&app("icons.svg")).as_deref(), Some("1.0.0"));
    run(&mut install(&second)).await;
    assert!(app("app-1111111111111111.js").is_file());

    // A day later.
    let left = std::fs::File::options().append(true).open(root.join("left-over")).unwrap();
    left.set_modified(SystemTime::now() - Duration::from_secs(25 * 3600)).unwrap();
    run(&mut install(&second)).await;
    assert!(!app("app-1111111111111111.js").exists() && app("app-2222222222222222.js").is_file());
    assert_eq!(read(&app("config.json")).as_deref(), Some("mine"));

    std::fs::write(&second, "half an archive").unwrap();
    refused(&mut install(&second), "is damaged").await;
    assert!(read(&app("index.html")).unwrap().contains("app-2222222222222222.js"), "what was there is untouched");
    std::fs::create_dir(root.join(".installing")).unwrap();
    refused(&mut install(&first), "another installation is under way").await;
}
