//! `logwright demo`, `types` and `describe`: what needs no preparation.

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde_json::Value;

use super::{events, exit_code, logwright, run, stderr};

#[test]
fn the_demo_delivers_every_event_once() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["demo"]);
    assert_eq!(exit_code(&output), 0, "{}", stderr(&output));
    let events = events(&output);
    assert_eq!(events.len(), 1000);
    let ids: HashSet<&str> = events.iter().map(|event| event["p_row_id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 1000);
    for event in &events {
        assert_eq!(event["p_log_type"], "Zendesk.Audit");
        assert_eq!(event["p_event_time"], event["created_at"]);
        assert!(event["id"].is_i64() && event["p_parse_time"].is_string() && event["p_source_id"].is_string());
    }
    let summary = stderr(&output);
    for part in ["1000 events", "pages", " s,", "0 quarantined"] {
        assert!(summary.contains(part), "{part:?} is not in {summary}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "the demo leaves nothing behind");
}

#[test]
fn every_source_has_a_demo_and_a_plan() {
    let folder = tempfile::tempdir().unwrap();
    for (source, log_types) in [
        ("okta", &["Okta.SystemLog"][..]),
        ("onepassword", &["OnePassword.SignInAttempt", "OnePassword.ItemUsage", "OnePassword.AuditEvent"]),
    ] {
        let output = run(folder.path(), &["demo", source, "--events", "30"]);
        assert_eq!(exit_code(&output), 0, "{}", stderr(&output));
        let events = events(&output);
        for log_type in log_types {
            assert_eq!(events.iter().filter(|event| event["p_log_type"] == *log_type).count(), 30, "{log_type}");
        }
        let ids: HashSet<&str> = events.iter().map(|event| event["p_row_id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), events.len());
        let output = run(folder.path(), &["describe", source, "--plan"]);
        let plan = String::from_utf8(output.stdout).unwrap();
        assert!(
            plan.contains(log_types[0])
                && plan.contains("\n  memory   `uuid` and the time together tell records apart."),
            "{plan}"
        );
        let output = run(folder.path(), &["describe", log_types[0], "--plan", "--json"]);
        let plan: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((&plan[0]["log_type"], &plan[0]["memory_seconds"]), (&log_types[0].into(), &90_000.0.into()));
    }
    let output = run(folder.path(), &["describe", "GitHub.Audit", "--plan"]);
    assert_eq!(exit_code(&output), 2);
    assert!(stderr(&output).contains("nothing is pulled under the name `GitHub.Audit`"), "{}", stderr(&output));
}

#[test]
fn the_demo_makes_as_many_events_as_it_is_told_and_the_seed_makes_them_others() {
    let folder = tempfile::tempdir().unwrap();
    let ids = |seed: &str| -> Vec<Value> {
        let output = run(folder.path(), &["demo", "--events", "25", "--seed", seed]);
        assert_eq!(exit_code(&output), 0);
        events(&output).iter().map(|event| event["id"].clone()).collect()
    };
    assert_eq!(ids("1").len(), 25);
    assert_eq!(ids("1"), ids("1"));
    assert_ne!(ids("1"), ids("2"));
    assert_eq!(events(&run(folder.path(), &["demo", "--events", "0"])), [] as [Value; 0]);
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = logwright(folder.path(), &["demo", "--events", "20000"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with('{'));
    let output = child.wait_with_output().unwrap();
    assert_eq!(exit_code(&output), 0, "{}", stderr(&output));
    assert!(!stderr(&output).contains("panicked"));
}

#[test]
fn what_is_built_in_is_listed_and_described() {
    let folder = tempfile::tempdir().unwrap();
    let table = String::from_utf8(run(folder.path(), &["types"]).stdout).unwrap();
    assert!(table.contains("Zendesk.Audit") && table.contains("zendesk"), "{table}");
    for arguments in
        [&["types", "--json"][..], &["describe", "Zendesk.Audit", "--json"], &["describe", "zendesk", "--json"]]
    {
        let output = run(folder.path(), arguments);
        assert_eq!(exit_code(&output), 0);
        serde_json::from_slice::<Value>(&output.stdout).unwrap();
    }
    let fields = String::from_utf8(run(folder.path(), &["describe", "Zendesk.Audit"]).stdout).unwrap();
    for part in ["created_at", "timestamp", "required, event time", "ip_address", "The item type being audited"] {
        assert!(fields.contains(part), "{part:?} is not in {fields}");
    }
    let unknown = run(folder.path(), &["describe", "Zendesk.Audi"]);
    assert_eq!(exit_code(&unknown), 2);
    assert!(
        stderr(&unknown).contains("did you mean") && stderr(&unknown).contains("Zendesk.Audit"),
        "{}",
        stderr(&unknown)
    );
}

#[test]
fn a_wrong_command_line_is_exit_2() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&[][..], &["demmo"], &["demo", "--events", "many"], &["parse"], &["simulate", "zendesq"]] {
        let output = run(folder.path(), arguments);
        assert_eq!(exit_code(&output), 2, "{arguments:?}: {}", stderr(&output));
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
}
