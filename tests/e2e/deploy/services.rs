//! The host as a service and in a container: what can be checked without systemd in charge and without a container engine.

use tokio::process::Command;

use crate::support::{Folder, deploy, needed, run};

fn read(name: &str) -> String {
    std::fs::read_to_string(deploy().join(name)).unwrap()
}

/// What the host says of a settings file, with the paths of the machine that it is for replaced.
async fn check(text: &str) {
    let folder = Folder::new();
    let file = folder.path("loredesk.toml");
    for secret in ["passwords", "dify-key", "dify_key"] {
        std::fs::write(folder.path(secret), "mira:$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$x\n").unwrap();
    }
    let here = folder.path("").display().to_string();
    let text = text.replace("/run/secrets/", &here).replace("/run/credentials/loredesk.service/", &here).replace("/data", &here);
    std::fs::write(&file, text).unwrap();
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
