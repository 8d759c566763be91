//! `logwright quarantine`, from a pull to the last record: looked at beside its holder, replayed once, dropped.

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

use logwright_runtime::State;
use logwright_runtime::identity::fingerprint;
use rusqlite::{Connection, params};

use super::pull::{FILES, Simulated, configure, ids_below, pull};
use super::{exit_code, logwright, ndjson, run, stderr};

const NEW: &str = r#"{"id":7,"created_at":"2026-11-20T10:00:00Z","action":"login"}"#;
const BAD: &[u8] = b"{\"id\":9,\"created_at\":\"\x1b]0;owned\x07\xff\"}";

/// A folder with a configuration and a state from which 20 events were pulled, and in whose quarantine an older program
/// left three records: one that fits now, one that was delivered meanwhile with another time, and one that never will.
fn folder(api: &Simulated) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("secret"), api.credential("access_token")).unwrap();
    configure(folder.path(), &api.base_url, "{method: oauth_token, access_token: {file: secret}}", FILES);
    assert_eq!(exit_code(&pull(folder.path())), 0);
    let connection = Connection::open(folder.path().join("state/state.sqlite")).unwrap();
    // One that is still remembered.
    let delivered: String = connection.query_row("SELECT max(key) FROM seen", [], |row| row.get(0)).unwrap();
    let known = format!(r#"{{"id":{delivered},"created_at":"2026-11-20T10:00:00Z"}}"#);
    let key = delivered.as_str();
    for (raw, code, at, key) in
        [(NEW.as_bytes(), "type", 3_i64, "7"), (known.as_bytes(), "type", 2, key), (BAD, "time", 1, "9")]
    {
        let insert = "INSERT INTO quarantine (stream, key, raw, pointer, code, message, schema, at, record_key)
                      VALUES (1, ?1, ?2, '/action', ?3, 'expected a string', 'older', ?4, ?5)";
        connection.execute(insert, params![fingerprint(raw), raw, code, at * 86_400_000_000_000, key]).unwrap();
    }
    folder
}

fn quarantine(folder: &Path, arguments: &[&str]) -> Output {
    run(folder, &[&["quarantine"], arguments].concat())
}

fn stdout(output: &Output) -> String {
    assert_eq!(exit_code(output), 0, "{}", stderr(output));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn what_is_in_quarantine_is_listed_shown_and_counted_beside_its_holder() {
    let api = Simulated::start(20);
    let folder = folder(&api);
    let folder = folder.path();
    let _holder = State::open(&folder.join("state")).unwrap();
    let list = stdout(&quarantine(folder, &["list"]));
    let lines: Vec<_> = list.lines().collect();
    assert_eq!(lines.len(), 4);
    assert!(lines[1].contains("1970-01-04T00:00:00Z") && lines[1].contains("/action: expected a string"), "{list}");
    let count = stdout(&quarantine(folder, &["list", "--count"]));
    assert!(count.lines().nth(1).unwrap().starts_with("2 ") && count.contains("acme Zendesk.Audit"), "{count}");

    let json = quarantine(folder, &["list", "--json", "--code", "time", "--source", "acme", "-t", "Zendesk.Audit"]);
    let records = ndjson(&json.stdout);
    let id = records[0]["id"].as_str().unwrap();
    assert_eq!((records.len(), id), (1, &fingerprint(BAD)["sha256:".len()..][..10]));
    let show = stdout(&quarantine(folder, &["show", &id[..6]]));
    assert!(show.contains(r#"{"id":9,"created_at":"\u{1b}]0;owned\u{7}\xff"}"#), "{show}");
    assert!(show.contains("older; this program has") && !show.contains('\u{1b}'), "{show}");
    assert_eq!(quarantine(folder, &["show", "--raw", id]).stdout, BAD);

    for changes in [&["replay", "--all"][..], &["drop", id, "--yes"]] {
        let refused = quarantine(folder, changes);
        let told = stderr(&refused);
        assert_eq!(exit_code(&refused), 3, "{told}");
        assert!(told.contains(&format!("in use by process {}", std::process::id())), "{told}");
    }
}

#[test]
fn a_replay_delivers_once_and_a_drop_asks() {
    let api = Simulated::start(20);
    let folder = folder(&api);
    let folder = folder.path();
    assert_eq!(exit_code(&quarantine(folder, &["replay"])), 2);
    let replay = quarantine(folder, &["replay", "--all"]);
    assert_eq!(exit_code(&replay), 1, "{}", stderr(&replay));
    assert!(stderr(&replay).contains("1 delivered, 1 still in quarantine, 1 delivered before"), "{}", stderr(&replay));
    let ids = ids_below(&folder.join("events"));
    assert_eq!((ids.len(), ids[0]), (21, 7));
    assert_eq!(exit_code(&quarantine(folder, &["replay", "--all"])), 1);
    assert_eq!(exit_code(&pull(folder)), 0);
    assert_eq!(ids_below(&folder.join("events")), ids);

    let drop = |arguments: &[&str]| exit_code(&quarantine(folder, &[&["drop"], arguments].concat()));
    assert_eq!((drop(&["--before", "1970-01-01", "--yes"]), drop(&[]), drop(&["--before", "1970-01-03"])), (0, 2, 2));
    assert_eq!(stdout(&quarantine(folder, &["list"])).lines().count(), 2);
    assert_eq!(drop(&["--before", "1970-01-03", "--yes"]), 0);
    assert_eq!(stdout(&quarantine(folder, &["list"])), "");
}

#[test]
fn a_quarantine_file_is_parsed_again() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("raw.ndjson"), [BAD, b"\n", NEW.as_bytes(), b"\n{\"id\":8}\n"].concat()).unwrap();
    let parse = |more: &[&str]| run(folder, &[&["parse", "-t", "Zendesk.Audit"], more].concat());
    assert_eq!(exit_code(&parse(&["--quarantine", "bad.ndjson", "raw.ndjson"])), 1);
    // What was wrong is mended.
    let text = fs::read_to_string(folder.join("bad.ndjson")).unwrap();
    fs::write(folder.join("bad.ndjson"), text.replace(r#"{\"id\":8}"#, &NEW.replace('"', "\\\""))).unwrap();
    let again = parse(&["--from-quarantine", "--quarantine", "still.ndjson", "bad.ndjson"]);
    assert_eq!((exit_code(&again), super::events(&again).len()), (1, 1), "{}", stderr(&again));
    let still = ndjson(&fs::read(folder.join("still.ndjson")).unwrap());
    assert_eq!((still.len(), still[0]["raw_hex"].as_str().unwrap().len()), (1, BAD.len() * 2));
    assert_eq!(exit_code(&parse(&["--quarantine", "bad.ndjson", "./bad.ndjson"])), 2);
    let mut piped = logwright(folder, &["parse", "-t", "Zendesk.Audit", "--from-quarantine"]);
    assert_eq!(exit_code(&piped.stdin(Stdio::null()).output().unwrap()), 0);
}
