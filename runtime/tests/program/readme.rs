//! What the README shows was run: here, every time.

use std::fs;
use std::path::Path;

use logwright::time::Timestamp;
use logwright_runtime::config;

use super::{exit_code, run, run_with_input, stderr};

/// A line of sshd.
const SSHD: &str = "2026-03-01T11:32:44Z web-1 sshd[4711]: Failed password for root from 203.0.113.7 port 50022 ssh2";

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md")).unwrap()
}

/// The contents of the fenced blocks in `language`, without their indentation.
fn blocks(language: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut indent = None;
    for line in readme().lines() {
        let text = line.trim_start();
        match indent {
            None if text == format!("```{language}") => {
                indent = Some(line.len() - text.len());
                blocks.push(String::new());
            }
            Some(_) if text == "```" => indent = None,
            Some(width) => {
                let block = blocks.last_mut().unwrap();
                block.push_str(line.get(width..).unwrap_or(""));
                block.push('\n');
            }
            None => {}
        }
    }
    blocks
}

/// The commands in `sh` blocks, without comments.
fn commands() -> Vec<String> {
    let lines = blocks("sh").concat();
    lines.lines().map(|line| line.split(" #").next().unwrap().trim().to_owned()).collect()
}

#[test]
fn the_commands_that_need_nothing_work() {
    let folder = tempfile::tempdir().unwrap();
    let event = r#"{"id": 1, "created_at": "2026-03-01T11:32:44Z"}"#;
    fs::write(folder.path().join("raw.ndjson"), event).unwrap();
    fs::write(folder.path().join("mixed.log"), format!("{event}\n{SSHD}\n")).unwrap();
    let mut ran = 0;
    for command in commands() {
        let arguments =
            command.strip_prefix("cargo run --release --bin logwright -- ").or(command.strip_prefix("logwright "));
        // The simulator runs until it is interrupted; the tests of `pull` run it.
        let Some(arguments) = arguments.filter(|arguments| !arguments.starts_with("simulate")) else { continue };
        let arguments: Vec<&str> = arguments.split(' ').collect();
        let output = run(folder.path(), &arguments);
        assert_eq!(exit_code(&output), 0, "{command}: {}", stderr(&output));
        assert!(!output.stdout.is_empty(), "{command}");
        ran += 1;
    }
    assert!(ran >= 4, "only {ran} commands were found");
}

#[test]
fn the_configuration_is_valid() {
    let folder = tempfile::tempdir().unwrap();
    let yaml = blocks("yaml").into_iter().find(|block| block.starts_with("state:")).unwrap();
    let path = folder.path().join("logwright.yml");
    fs::write(&path, &yaml).unwrap();
    let now = Timestamp::from_unix(1_795_348_800, 0).unwrap();
    let config = config::load(&path, now).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(config.sources.len(), 1);
}

#[test]
fn the_event_shown_is_one_that_the_parser_takes() {
    let shown = blocks("json").concat().replace('\n', "");
    let event: serde_json::Value = serde_json::from_str(&shown).unwrap();
    let raw = serde_json::json!({"id": event["id"], "action": event["action"], "ip_address": event["ip_address"],
        "created_at": event["created_at"].as_str().unwrap().replace(' ', "T") + "Z"});
    let folder = tempfile::tempdir().unwrap();
    let output = run_with_input(folder.path(), &["parse", "--log-type", "Zendesk.Audit"], raw.to_string().as_bytes());
    let parsed = &super::events(&output)[0];
    for key in ["action", "created_at", "id", "ip_address", "p_log_type", "p_event_time", "p_any_ip_addresses"] {
        assert_eq!(parsed[key], event[key], "{key}");
    }
}
