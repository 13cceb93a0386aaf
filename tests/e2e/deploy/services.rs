//! The host as a service and in a container: what can be checked without systemd in charge and without a container engine.

use std::{path::PathBuf, process::Stdio};

use tokio::{io::AsyncWriteExt, process::Command};

use super::http::get;
use crate::support::{Folder, deploy, needed, run, start_program};

fn read(name: &str) -> String {
    std::fs::read_to_string(deploy().join(name)).unwrap()
}

/// The settings with the places of the machine that they are for replaced, and a person who may sign in.
async fn placed(folder: &Folder, text: &str) -> PathBuf {
    let mut program = Command::new(needed("LOREDESK_PROGRAM"));
    program.args(["hash-password", "mira"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut asking = program.spawn().unwrap();
    asking.stdin.take().unwrap().write_all(b"open sesame now\n").await.unwrap();
    let line = asking.wait_with_output().await.unwrap().stdout;
    assert!(line.starts_with(b"mira:$argon2id$"), "{}", String::from_utf8_lossy(&line));
    std::fs::write(folder.path("passwords"), line).unwrap();
    for key in ["dify-key", "dify_key"] {
        std::fs::write(folder.path(key), "dataset-the-key\n").unwrap();
    }
    let here = folder.path("").display().to_string();
    let text = text.replace("/run/secrets/", &here).replace("/run/credentials/loredesk.service/", &here);
    let file = folder.path("loredesk.toml");
    std::fs::write(&file, text.replace("\"/data\"", &format!("\"{here}data\""))).unwrap();
    file
}

/// What the host says of a settings file.
async fn check(text: &str) {
    let folder = Folder::new();
    let file = placed(&folder, text).await;
    run(Command::new(needed("LOREDESK_PROGRAM")).arg("--check-config").arg("--config").arg(&file)).await;
}

/// The examples in comments count as well: each `# [table]` and `# key = value` line, as people would take the sign away.
fn with_examples(text: &str) -> String {
    let is_example = |line: &str| line.starts_with('[') || line.split_once('=').is_some_and(|(key, _)| !key.trim().contains(' '));
    let line = |line: &str| match line.strip_prefix("# ") {
        Some(rest) if is_example(rest) => format!("{rest}\n"),
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

#[tokio::test]
async fn the_settings_of_service_and_container_are_right() {
    for name in ["systemd/loredesk.toml", "container/loredesk.toml"] {
        check(&read(name)).await;
        check(&with_examples(&read(name))).await;
    }
}

#[tokio::test]
async fn systemd_takes_the_unit_and_finds_it_well_shut() {
    let folder = Folder::new();
    let unit = folder.path("loredesk.service");
    let program = needed("LOREDESK_PROGRAM").display().to_string();
    // The program is looked for, and the notes in comments count as well.
    let text = read("systemd/loredesk.service")
        .replace("/usr/local/bin/loredesk", &program)
        .replace("#LoadCredential", "LoadCredential");
    std::fs::write(&unit, text).unwrap();
    let output = Command::new("systemd-analyze").arg("verify").arg(&unit).output().await.unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !words.contains("loredesk"), "{words}");
    let mut security = Command::new("systemd-analyze");
    run(security.args(["security", "--offline=true", "--threshold=20"]).arg(&unit)).await;
}

#[tokio::test]
async fn the_container_files_are_sound_and_fit_each_other() {
    let containerfile = deploy().join("container/Containerfile");
    let words = run(Command::new("node").arg(needed("LOREDESK_CONTAINERFILE_LINTER")).arg("lint").arg(&containerfile)).await;
    assert!(words.is_empty(), "{}", String::from_utf8_lossy(&words));

    let script = "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))";
    let file = deploy().join("container/compose.yaml");
    let json = run(Command::new(needed("LOREDESK_PYTHON")).args(["-c", script]).arg(file)).await;
    let compose: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let service = &compose["services"]["loredesk"];
    let containerfile = std::fs::read_to_string(containerfile).unwrap();
    let listed = |value: &serde_json::Value| -> Vec<String> {
        value.as_array().into_iter().flatten().map(|item| item.as_str().unwrap_or_default().to_owned()).collect()
    };
    // The settings that are mounted are those that the program is started with, and the port is the one that they name.
    assert!(containerfile.contains("CMD [\"--config\", \"/etc/loredesk/loredesk.toml\"]"));
    assert!(listed(&service["volumes"]).contains(&"./loredesk.toml:/etc/loredesk/loredesk.toml:ro".to_owned()));
    assert!(listed(&service["volumes"]).contains(&"data:/data".to_owned()) && containerfile.contains("VOLUME /data"));
    assert_eq!(listed(&service["ports"]), ["127.0.0.1:8484:8484"]);
    assert!(read("container/loredesk.toml").contains("listen = \"0.0.0.0:8484\"") && containerfile.contains("EXPOSE 8484"));
    // The secrets that the settings name are given to the service, and exist.
    for secret in listed(&service["secrets"]) {
        assert!(compose["secrets"][&secret]["file"].is_string(), "{secret}");
        assert!(read("container/loredesk.toml").contains(&format!("/run/secrets/{secret}")), "{secret}");
    }
    assert_eq!((&service["read_only"], listed(&service["cap_drop"])), (&serde_json::json!(true), vec!["ALL".to_owned()]));
    assert!(containerfile.contains("USER 10001:10001"), "not root");
}

#[tokio::test]
async fn the_container_runs_healthy_and_asks_who_comes() {
    let folder = Folder::new();
    let file = placed(&folder, &read("container/loredesk.toml")).await;
    let mut program = Command::new(needed("LOREDESK_PROGRAM"));
    // On every address, as in the container, but on a free port.
    program.arg("--config").arg(file).args(["--listen", "0.0.0.0:0"]);
    let (_program, address) = start_program(program).await;
    let port = address.rsplit(':').next().unwrap().trim_end_matches('/').to_owned();
    let origin = format!("http://127.0.0.1:{port}");

    let containerfile = read("container/Containerfile");
    let line = containerfile.lines().skip_while(|line| !line.starts_with("HEALTHCHECK")).nth(1).unwrap();
    let words: Vec<String> = serde_json::from_str(line.trim().strip_prefix("CMD ").unwrap()).unwrap();
    let probe = |port: &str| {
        let mut command = Command::new(&words[0]);
        command.args(words[1..].iter().map(|word| word.replace("8484", port)));
        command
    };
    run(&mut probe(&port)).await;
    assert!(!probe("1").output().await.unwrap().status.success(), "nobody is there");

    let answer = get(&origin, "/api/local/datasets", &[]).await;
    assert_eq!((answer.status, answer.code().as_str()), (401, "login_required"), "{answer:?}");
}
