//! `cargo gen try` and `cargo gen test` as their users run them, on schemas that were never generated.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const SCHEMA: &str = "\
schema: Acme.Login
fields:
  - {name: user, type: string, required: true, indicators: [username]}
  - {name: at, type: timestamp, timeFormat: unix, isEventTime: true}
";
const TESTS: &str = "\
name: holds
logType: Acme.Login
input: '{\"user\": \"jane\", \"at\": 5}'
result: '{\"user\": \"jane\", \"at\": 5.0, \"p_log_type\": \"{{.LogType}}\", \"p_event_time\": \"1970-01-01T00:00:05Z\", \"p_any_usernames\": [\"jane\"]}'
---
name: is refused
logType: Acme.Login
input: '{}'
error: '/user'
";

/// An empty folder of its own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    // With a folder of schemas it is a workspace of its own.
    fs::create_dir_all(folder.join("schemas/acme")).unwrap();
    fs::write(folder.join("login.yml"), SCHEMA).unwrap();
    fs::write(folder.join("login_tests.yml"), TESTS).unwrap();
    folder
}

/// Exit code, standard output, standard error.
fn run(folder: &Path, arguments: &[&str], input: &[u8]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_logwright-codegen"));
    command.args(arguments).current_dir(folder);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that ends without reading its input is not at fault here.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn try_prints_events_and_says_what_does_not_fit() {
    let folder = folder("try");
    let input = b"\xef\xbb\xbf{\"user\": \"jane\", \"at\": 1.5}\n\n{\"at\": 1}\r\n{\"user\": \"joe\"\n";
    let (code, out, told) = run(&folder, &["try", "login.yml", "--profile", "source"], input);
    assert_eq!(code, 1);
    assert!(out.starts_with(r#"{"user":"jane","at":1.5,"p_log_type":"Acme.Login","p_row_id":"#), "{out}");
    assert_eq!(out.lines().count(), 1);
    assert_eq!(
        told,
        "standard input:3: /user: expected a value (the field is required), found null or nothing (required)\n\
         standard input:4: expected `,` or `}`, found the end of the input at byte 14 (syntax)\n\
         error: 2 of 3 lines are not of Acme.Login\n"
    );

    fs::write(folder.join("events.ndjson"), "{\"user\": \"a\"}\n{\"user\": []}\n").unwrap();
    let (code, out, told) =
        run(&folder, &["try", "login.yml", "--format", "json", "events.ndjson", "-"], b"{\"user\": 1}");
    assert_eq!((code, out.lines().count()), (1, 2));
    assert_eq!(
        told,
        "{\"file\":\"events.ndjson\",\"line\":2,\"pointer\":\"/user\",\"code\":\"type\",\"message\":\"expected a string, found an array\"}\n"
    );

    let (code, _, told) = run(&folder, &["try", "login.yml"], b"{\"user\": \"a\"}");
    assert_eq!((code, told.as_str()), (0, ""));
}

#[test]
fn try_finds_log_types_by_name_and_refuses_what_is_none() {
    let folder = folder("try_by_name");
    fs::rename(folder.join("login.yml"), folder.join("schemas/acme/login.yml")).unwrap();
    let (code, out, _) = run(&folder, &["try", "Acme.Login"], b"{\"user\": \"a\"}");
    assert_eq!((code, out.lines().count()), (0, 1));
    // From inside the folder of schemas, a path is meant from there.
    let (code, out, _) = run(&folder.join("schemas/acme"), &["try", "login.yml"], b"{\"user\": \"a\"}");
    assert_eq!((code, out.lines().count()), (0, 1));

    let told = |wanted| {
        let (code, out, told) = run(&folder, &["try", wanted], b"");
        assert_eq!((code, out.as_str()), (2, ""), "{told}");
        told
    };
    assert!(told("Acme.Logon").contains("did you mean `Acme.Login`?"));
    assert!(told("missing.yml").contains("there is no file missing.yml"));
    assert!(told("login_tests.yml").contains("not of a log schema"));
    fs::write(folder.join("bad.yml"), SCHEMA.replace("unix", "'%Q'")).unwrap();
    let (code, out, told) = run(&folder, &["try", "bad.yml"], b"{}");
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(told.contains("LW0502"), "{told}");
}

#[test]
fn test_counts_and_shows_what_differs() {
    let folder = folder("test");
    for path in [".", "login_tests.yml"] {
        assert_eq!(run(&folder, &["test", path], b""), (0, String::new(), "2 passed, 0 failed\n".to_owned()));
    }
    fs::write(folder.join("login_tests.yml"), TESTS.replace("\"at\": 5.0", "\"at\": 6, \"x\": null")).unwrap();
    let (code, out, told) = run(&folder, &["test", "."], b"");
    assert_eq!((code, told.as_str()), (1, "1 passed, 1 failed\n"));
    assert_eq!(
        out,
        "login_tests.yml:1: holds (Acme.Login)\n  /at: expected 6, found 5\n  /x: expected null, found nothing\n\n"
    );
    let (_, out, _) = run(&folder, &["test", ".", "--format", "json"], b"");
    assert!(
        out.starts_with(r#"{"place":"login_tests.yml:1","name":"holds","log_type":"Acme.Login","differences":["/at: "#),
        "{out}"
    );

    fs::write(folder.join("login.yml"), SCHEMA.replace("string", "strin")).unwrap();
    let (code, _, told) = run(&folder, &["test", "."], b"");
    assert_eq!(code, 1);
    assert!(told.contains("Did you mean `string`?") && told.ends_with("0 passed, 2 failed\n"), "{told}");
    fs::remove_file(folder.join("login_tests.yml")).unwrap();
    fs::write(folder.join("login.yml"), SCHEMA).unwrap();
    let (code, _, told) = run(&folder, &["test", "."], b"");
    assert_eq!(code, 2);
    assert!(told.contains("there are no tests here"), "{told}");
}

const FLOW: &str = "\
schema: Acme.Flow
parser: {csv: {hasHeader: true, delimiter: ' ', skipPrefix: '#', emptyValues: ['-']}}
fields:
  - {name: from, type: string, required: true, indicators: [ip]}
  - {name: bytes, type: bigint}
";
const FLOW_TESTS: &str = "\
name: a stream
logType: Acme.Flow
input: |
  bytes from other
  # a comment
  5 203.0.113.7 x

  - 203.0.113.8 x
results:
  - '{\"from\": \"203.0.113.7\", \"bytes\": 5, \"p_log_type\": \"Acme.Flow\", \"p_any_ip_addresses\": [\"203.0.113.7\"]}'
  - '{\"from\": \"203.0.113.8\", \"p_log_type\": \"Acme.Flow\", \"p_any_ip_addresses\": [\"203.0.113.8\"]}'
---
name: too few cells
logType: Acme.Flow
input: \"bytes from\\n5\"
error: 2 cells
";

#[test]
fn lines_of_text_are_tried_and_tested_each_stream_with_its_header() {
    let folder = folder("text");
    fs::write(folder.join("flow.yml"), FLOW).unwrap();
    fs::write(folder.join("flow_tests.yml"), FLOW_TESTS).unwrap();
    assert_eq!(run(&folder, &["test", "."], b""), (0, String::new(), "4 passed, 0 failed\n".to_owned()));

    fs::write(folder.join("one.log"), "# a comment\nfrom bytes\n203.0.113.7 5\r\n\nx\n").unwrap();
    let (code, out, told) =
        run(&folder, &["try", "flow.yml", "one.log", "-"], b"\xef\xbb\xbfbytes from\n7 203.0.113.8\n");
    assert_eq!((code, out.lines().count()), (1, 2), "{told}");
    assert!(out.starts_with(r#"{"from":"203.0.113.7","bytes":5,"p_log_type":"Acme.Flow""#), "{out}");
    assert!(out.contains(r#"{"from":"203.0.113.8","bytes":7,"#), "{out}");
    assert_eq!(
        told,
        "one.log:5: expected 2 cells, as many as the header has, found 1 (pattern)\n\
         error: 1 of 3 lines are not of Acme.Flow\n"
    );
}

#[test]
fn try_says_how_far_a_pattern_fits() {
    let folder = folder("nearest");
    let schema = "\
schema: Acme.Login
parser: {fastmatch: {match: ['<%{user}> \"%{text}\" %{rest}', '%{user}: %{text}']}}
fields: [{name: user, type: string}, {name: text, type: string}, {name: rest, type: string}]
";
    fs::write(folder.join("login.yml"), schema).unwrap();
    let help = |line: &str| {
        let (code, _, told) = run(&folder, &["try", "login.yml"], line.as_bytes());
        assert_eq!(code, 1);
        told.lines().find_map(|line| line.strip_prefix("  = help: ")).unwrap_or_default().to_owned()
    };
    assert_eq!(
        help(r#"<jane> "say" "#.trim_end()),
        "of the 2 patterns, number 1 comes furthest: it fits as far as `%{text}`; the text after it, `\" `, does not come in `say\"`"
    );
    assert_eq!(
        help(r#"<jane> "say \q" x"#),
        "of the 2 patterns, number 1 comes furthest: it fits as far as `%{text}`; the text after it, `\" `, does not follow the \
         first mark without a backslash, or a backslash begins no escape, in `say \\q\" x`"
    );
    let (_, _, told) = run(&folder, &["try", "login.yml", "--format", "json"], b"jane\n");
    assert!(
        told.contains(r#""help":"of the 2 patterns, number 2 comes furthest: it fits as far as `%{user}`"#),
        "{told}"
    );
    // What is read otherwise has nothing to add.
    fs::write(folder.join("login.yml"), SCHEMA).unwrap();
    let (_, _, told) = run(&folder, &["try", "login.yml", "--format", "json"], b"jane\n");
    assert!(!told.contains("help"), "{told}");
}
