//! Tests of the commands on quarantine: arguments, and what they say.

use super::*;
use crate::testing::noon;

fn record(key: &str) -> Held {
    Held {
        stream: crate::state::State::in_memory().unwrap().stream("s", "L", "a", noon()).unwrap(),
        source_id: "s".into(),
        log_type: "L".into(),
        key: format!("sha256:{key}"),
        pointer: "/id".into(),
        code: "time".into(),
        message: "expected \u{1b}[2J".into(),
        schema: "0123".into(),
        at: noon(),
        bytes: 3,
    }
}

#[test]
fn an_id_is_taken_from_four_digits_on_when_it_names_one_record() {
    let held = [record("abcd1234567890"), record("abcd9234567890"), record("ffff1234567890"), record("ffff1234567890")];
    let entries: Vec<_> = held.iter().map(|held| Entry { held, source: None }).collect();
    assert_eq!(entries[0].id(), "abcd123456");
    let find = |id: &str| one(&entries, id).map(|entry| entry.id().to_owned()).map_err(|failure| failure.to_string());
    assert_eq!(find("abcd1"), Ok("abcd123456".to_owned()));
    assert_eq!(find("sha256:ABCD9"), Ok("abcd923456".to_owned()));
    for (id, why) in [("abcd", "give more digits"), ("abc", "is no id"), ("zzzz", "is no id"), ("ffff", "--source")] {
        assert!(find(id).unwrap_err().contains(why), "{id}: {:?}", find(id));
    }
    assert!(find("0000").unwrap_err().contains("no record 0000"));
    let twice = named(entries.clone(), &["abcd1".to_owned(), "abcd12".to_owned()]).unwrap();
    assert_eq!(twice.len(), 1);
}

#[test]
fn nothing_that_could_command_a_terminal_is_shown() {
    assert_eq!(safe("a\u{1b}[31m\n\u{202e}ü"), "a\\u{1b}[31m\\u{a}\\u{202e}ü");
    assert_eq!(safe_bytes(b"{\"id\":\xff}\r\n\x07\t\xc2\x9b"), "{\"id\":\\xff}\\u{d}\n\\u{7}\t\\u{9b}");
}
