//! The program from outside: exit codes, what goes to which stream, and what a user reads.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const GOOD: &str = r#"{"id":9007199254740993,"created_at":"2021-05-28T18:39:50Z","ip_address":"127.0.0.1"}"#;

fn logwright(arguments: &[&str], folder: &Path, input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_logwright"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // On a thread of its own, so that neither side waits for the other with a full pipe.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn run(arguments: &[&str], folder: &Path, input: &[u8]) -> (Option<i32>, String, String) {
    let output = logwright(arguments, folder, input);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_good_line_becomes_an_event() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["parse", "--log-type", "Zendesk.Audit"];
    let (code, out, err) = run(&arguments, folder.path(), format!("{GOOD}\n").as_bytes());
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let event: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(event["id"], 9_007_199_254_740_993_u64);
    assert_eq!(event["p_log_type"], "Zendesk.Audit");
    assert_eq!(event["p_event_time"], "2021-05-28 18:39:50.000000000");
    assert_eq!(event["p_any_ip_addresses"], serde_json::json!(["127.0.0.1"]));
    assert!(event["p_row_id"].is_string() && event["p_parse_time"].is_string());
}

#[test]
fn bad_input_is_quarantined_or_told_and_the_good_lines_come_out() {
    let folder = tempfile::tempdir().unwrap();
    let deep = "[".repeat(100_000);
    let lines = ["{", &deep, "{}{}", r#"{"id":1.0,"created_at":"2021-05-28T18:39:50Z"}"#, GOOD];
    fs::write(folder.path().join("in"), lines.join("\n")).unwrap();
    fs::write(folder.path().join("empty"), "").unwrap();
    let arguments = ["parse", "-t", "Zendesk.Audit", "--quarantine", "bad", "in", "empty"];
    let (code, out, err) = run(&arguments, folder.path(), b"");
    assert_eq!((code, out.lines().count()), (Some(1), 1));
    assert!(err.contains("4 of 5 lines could not be parsed"), "{err}");
    let bad = fs::read_to_string(folder.path().join("bad")).unwrap();
    let bad: Vec<serde_json::Value> = bad.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(bad.iter().map(|report| report["line"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert_eq!((bad[3]["file"].as_str(), bad[3]["pointer"].as_str()), (Some("in"), Some("/id")));

    let (code, out, err) = run(&["parse", "-t", "Zendesk.Audit", "in"], folder.path(), b"");
    assert_eq!((code, out.lines().count()), (Some(1), 1));
    assert!(err.lines().any(|line| line.starts_with("in:4: /id: expected")), "{err}");
}

#[test]
fn a_line_of_50_megabytes_is_one_event() {
    let folder = tempfile::tempdir().unwrap();
    let long = "x".repeat(50_000_000);
    let line = format!(r#"{{"id":1,"created_at":"2021-05-28T18:39:50Z","change_description":"{long}"}}"#);
    let output = logwright(&["parse", "-t", "Zendesk.Audit"], folder.path(), line.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout.len() > long.len());
}

#[test]
fn a_folder_and_a_missing_file_are_said_and_the_other_files_are_parsed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in"), GOOD).unwrap();
    let (code, out, err) = run(&["parse", "-t", "Zendesk.Audit", ".", "none", "in"], folder.path(), b"");
    assert_eq!((code, out.lines().count()), (Some(2), 1));
    assert!(err.contains("it is a folder") && err.contains("cannot read none"), "{err}");
}

#[test]
fn a_misspelled_name_gets_a_suggestion() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&["parse", "-t", "Zendesk.Audits"][..], &["describe", "zendesk.audit"]] {
        let (code, out, err) = run(arguments, folder.path(), b"");
        assert_eq!((code, out.as_str()), (Some(2), ""));
        assert!(err.contains("did you mean `Zendesk.Audit`?"), "{err}");
    }
}

#[test]
fn types_and_describe_say_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, _) = run(&["types"], folder.path(), b"");
    assert!(code == Some(0) && out.contains("Zendesk.Audit  zendesk"), "{out}");
    let (_, out, _) = run(&["describe", "Zendesk.Audit"], folder.path(), b"");
    assert!(out.contains("created_at") && out.contains("required, event time"), "{out}");
    let (_, out, _) = run(&["describe", "zendesk"], folder.path(), b"");
    assert!(out.contains("client_secret  secret") && out.contains("ends 2027-04-30"), "{out}");
    for arguments in
        [&["types", "--json"][..], &["describe", "zendesk", "--json"], &["describe", "Zendesk.Audit", "--json"]]
    {
        let (_, out, _) = run(arguments, folder.path(), b"");
        assert!(serde_json::from_str::<serde_json::Value>(&out).is_ok(), "{out}");
    }
}

#[test]
fn mistakes_in_the_configuration_come_all_at_once_with_their_places() {
    let folder = tempfile::tempdir().unwrap();
    let text = "sources:\n  - name: a\n    source: zendesc\n    auth: {}\noutput: {type: pipe}\n";
    fs::write(folder.path().join("logwright.yml"), text).unwrap();
    for command in ["pull", "check"] {
        let (code, out, err) = run(&[command, "--config", "logwright.yml"], folder.path(), b"");
        assert_eq!((code, out.as_str()), (Some(2), ""));
        assert!(err.contains("logwright.yml:3:13: there is no source `zendesc`; did you mean `zendesk`?"), "{err}");
        assert!(err.contains("logwright.yml:5:16: there is no output of type `pipe`"), "{err}");
    }
    assert!(!folder.path().join("state").exists());
}

#[test]
fn a_check_of_a_host_that_is_not_there_says_so_at_once() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("token"), "s3cret\n").unwrap();
    // No test gets port 1, so nobody listens there.
    let text = "sources:
  - name: a
    source: zendesk
    inputs: {subdomain: acme}
    auth: {method: oauth_token, access_token: {file: token}}
    base_url: http://127.0.0.1:1
";
    fs::write(folder.path().join("logwright.yml"), text).unwrap();
    let (code, out, err) = run(&["check", "-v"], folder.path(), b"");
    assert_eq!(code, Some(3));
    assert!(out.contains("the configuration is good") && err.contains("a (Zendesk): cannot be reached"), "{out}{err}");
    assert!(!out.contains("s3cret") && !err.contains("s3cret"));
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in"), format!("{GOOD}\n").repeat(20_000)).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_logwright"))
        .args(["parse", "-t", "Zendesk.Audit", "in"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}
