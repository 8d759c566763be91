//! `logwright parse`: good lines come out, bad lines are told, and none is lost.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use serde_json::json;

use super::{events, exit_code, logwright, ndjson, run, run_with_input, stderr};

const PARSE: [&str; 3] = ["parse", "--log-type", "Zendesk.Audit"];

fn good(id: i64) -> String {
    format!(r#"{{"id":{id},"created_at":"2021-05-28T18:39:50Z"}}"#)
}

#[test]
fn one_event_from_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let input = b"{\"id\":1,\"created_at\":\"2021-05-28T18:39:50Z\",\"ip_address\":\"127.0.0.1\"}\n";
    let output = run_with_input(folder.path(), &PARSE, input);
    assert_eq!((exit_code(&output), stderr(&output).as_str()), (0, ""));
    let events = events(&output);
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["p_log_type"], "Zendesk.Audit");
    assert_eq!(events[0]["p_event_time"], "2021-05-28 18:39:50.000000000");
    assert_eq!(events[0]["p_any_ip_addresses"], json!(["127.0.0.1"]));
    assert!(events[0]["p_row_id"].is_string() && events[0]["p_parse_time"].is_string());
}

#[test]
fn the_source_profile_keeps_times_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = [&PARSE[..], &["--profile", "source"]].concat();
    let output = run_with_input(folder.path(), &arguments, br#"{"id":1,"created_at":"2021-05-28T20:39:50.5+02:00"}"#);
    let event = &events(&output)[0];
    assert_eq!(event["created_at"], "2021-05-28T20:39:50.5+02:00");
    assert_eq!(event["p_event_time"], "2021-05-28T18:39:50.5Z");
}

#[test]
fn every_kind_of_bad_line_is_told_with_its_place_and_no_good_line_is_lost() {
    let bad: [(&str, Vec<u8>); 11] = [
        ("/id: expected a value", br#"{"created_at":"2021-05-28T18:39:50Z"}"#.to_vec()),
        ("/created_at: expected a value", br#"{"id":1,"created_at":null}"#.to_vec()),
        ("/id: expected a 64-bit integer, found 1.0", br#"{"id":1.0,"created_at":"2021-05-28T18:39:50Z"}"#.to_vec()),
        (
            "/id: expected a 64-bit integer",
            br#"{"id":99999999999999999999,"created_at":"2021-05-28T18:39:50Z"}"#.to_vec(),
        ),
        ("/created_at: expected an RFC 3339 time", br#"{"id":1,"created_at":"2021-05-28T25:39:50Z"}"#.to_vec()),
        ("not UTF-8", b"{\"id\":1,\"action\":\"\xff\"}".to_vec()),
        ("the end of the input", br#"{"id":1,"created_at":"2021"#.to_vec()),
        ("the end of the line", [good(1), good(2)].concat().into_bytes()),
        ("deeper than 128", [b"{\"x\":".to_vec(), b"[".repeat(100_000)].concat()),
        ("found an array", b"[]".to_vec()),
        ("expected a JSON object", b"hello".to_vec()),
    ];
    let mut input = Vec::new();
    let mut expected = Vec::new();
    for (index, (id, (reason, line))) in (0..).zip(&bad).enumerate() {
        input.extend_from_slice(good(id).as_bytes());
        input.extend_from_slice(b"\r\n\n");
        input.extend_from_slice(line);
        input.push(b'\n');
        expected.push((index * 3 + 3, *reason));
    }
    input.extend_from_slice(good(9_007_199_254_740_993).as_bytes());

    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("raw.ndjson"), &input).unwrap();
    let output = run(folder.path(), &[&PARSE[..], &["raw.ndjson"]].concat());
    assert_eq!(exit_code(&output), 1);
    let ids: Vec<i64> = events(&output).iter().map(|event| event["id"].as_i64().unwrap()).collect();
    let wanted: Vec<i64> = (0..11).chain([9_007_199_254_740_993]).collect();
    assert_eq!(ids, wanted);
    let told = stderr(&output);
    for (line, reason) in &expected {
        let found = told.lines().find(|text| text.contains(&format!("raw.ndjson:{line}:")));
        assert!(found.is_some_and(|text| text.contains(reason)), "line {line}, {reason:?}: {told}");
    }

    let quarantined = run(folder.path(), &[&PARSE[..], &["--quarantine", "bad.ndjson", "raw.ndjson"]].concat());
    assert_eq!(exit_code(&quarantined), 1);
    assert_eq!(events(&quarantined).len(), wanted.len());
    let reports = ndjson(&fs::read(folder.path().join("bad.ndjson")).unwrap());
    assert_eq!(reports.len(), bad.len());
    for ((report, (line, _)), (_, raw)) in reports.iter().zip(&expected).zip(&bad) {
        assert_eq!(report["line"], *line);
        assert!(report["pointer"].is_string() && report["code"].is_string() && report["message"].is_string());
        if let Ok(text) = std::str::from_utf8(raw) {
            assert_eq!(report["raw"], text);
        } else {
            let digits: Vec<String> = raw.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(report["raw_hex"], digits.concat());
        }
    }
}

#[test]
fn a_line_of_fifty_megabytes_is_an_event() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("raw.ndjson");
    let mut file = fs::File::create(&path).unwrap();
    let text = "x".repeat(50_000_000);
    writeln!(file, r#"{{"id":1,"created_at":"2021-05-28T18:39:50Z","change_description":"{text}"}}"#).unwrap();
    writeln!(file, "{}", good(2)).unwrap();
    drop(file);
    let output = run(folder.path(), &[&PARSE[..], &["raw.ndjson"]].concat());
    assert_eq!(exit_code(&output), 0, "{}", stderr(&output));
    let events = events(&output);
    assert_eq!(events[0]["change_description"].as_str().map(str::len), Some(50_000_000));
    assert_eq!(events[1]["id"], 2);
}

#[test]
fn an_empty_file_is_no_event_and_no_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("empty"), "").unwrap();
    let output = run(folder.path(), &[&PARSE[..], &["empty"]].concat());
    assert_eq!((exit_code(&output), output.stdout.len(), stderr(&output).as_str()), (0, 0, ""));
}

#[test]
fn what_cannot_be_opened_is_named_and_the_other_files_are_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("directory")).unwrap();
    fs::write(folder.path().join("good"), good(7)).unwrap();
    for wrong in ["directory", "missing"] {
        let output = run(folder.path(), &[&PARSE[..], &[wrong, "good"]].concat());
        assert_eq!(exit_code(&output), 2);
        assert_eq!(events(&output).len(), 1);
        assert!(stderr(&output).contains(wrong), "{}", stderr(&output));
    }
}

#[test]
fn a_misspelt_log_type_is_met_with_the_right_one() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["parse", "--log-type", "zendesk.audit"]);
    assert_eq!(exit_code(&output), 2);
    assert!(stderr(&output).contains("Zendesk.Audit"), "{}", stderr(&output));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in"), format!("{}\n", good(7)).repeat(20_000)).unwrap();
    let mut command = logwright(folder.path(), &[&PARSE[..], &["in"]].concat());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((exit_code(&output), stderr(&output).as_str()), (0, ""));
}

#[cfg(unix)]
#[test]
fn what_is_written_is_not_read_and_a_file_is_for_events_or_for_reports() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("raw.ndjson");
    // Longer than any buffer, so that reading would meet what was written.
    let raw = "bad\n".repeat(100_000);
    fs::write(&path, &raw).unwrap();
    let append = || fs::OpenOptions::new().append(true).open(&path).unwrap();
    let told = |arguments: &[&str], stdout: Stdio| {
        let output = logwright(folder.path(), &[&PARSE[..], arguments].concat()).stdout(stdout).output().unwrap();
        assert_eq!((exit_code(&output), fs::read_to_string(&path).unwrap() == raw), (2, true));
        stderr(&output)
    };
    std::os::unix::fs::symlink(&path, folder.path().join("link")).unwrap();
    assert!(told(&["--quarantine", "link", "raw.ndjson"], Stdio::null()).contains("cannot be the quarantine as well"));
    assert!(told(&["raw.ndjson"], append().into()).contains("cannot be the output as well"));
    assert!(told(&["--quarantine", "raw.ndjson"], append().into()).contains("are one file"));
}

#[cfg(unix)]
#[test]
fn a_file_name_cannot_act_on_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let name = "a\u{1b}[2J\nerror: b\u{202e}.ndjson";
    fs::write(folder.path().join(name), "bad\n").unwrap();
    for name in [name, "missing\u{1b}[2J"] {
        let told = stderr(&run(folder.path(), &[&PARSE[..], &[name]].concat()));
        assert!(!told.contains(['\u{1b}', '\u{202e}']) && !told.contains("\nerror: b"), "{told:?}");
    }
}
