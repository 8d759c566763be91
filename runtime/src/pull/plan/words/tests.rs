//! The plan of every source, and of two more that page by URL and by count, as files to read.

use std::fs;
use std::path::Path;

use logwright::contract::Source;
use logwright::log_types::SOURCES;

use super::super::tests::copy;
use super::*;

#[expect(unreachable_pub, reason = "the file is a module of another crate's test as well")]
#[rustfmt::skip]
#[path = "../../../../../tests/contracts/doors/source.rs"]
mod doors;
#[expect(unreachable_pub, reason = "the file is a module of another crate's test as well")]
#[rustfmt::skip]
#[path = "../../../../../tests/contracts/helpdesk/source.rs"]
mod helpdesk;

/// `UPDATE_FIXTURES=1 cargo test -p logwright-runtime words` writes the files anew.
#[test]
fn every_sources_plan_is_as_it_was_read_and_approved() {
    let others: [&Source; 2] = [&doors::SOURCE, &helpdesk::SOURCE];
    for source in SOURCES.iter().copied().chain(others) {
        let said = |line: Line| format!("{}: {}\n", line.about, line.text);
        let logs = source.logs.iter().map(|log| {
            let lines: String = plan(log).into_iter().map(said).collect();
            format!("{}\n{lines}", log.log_type)
        });
        let text = logs.collect::<Vec<_>>().join("\n");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/pull/plan/golden/{}.txt", source.name));
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            fs::write(&path, &text).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap_or_default(), text, "{}", path.display());
    }
}

#[test]
fn what_cannot_be_asked_by_time_is_not_said_to_be() {
    let onepassword = SOURCES.iter().find(|source| source.name == "onepassword").unwrap();
    let log = Log { window: None, ..copy(&onepassword.logs[0]) };
    let said = plan(&log);
    let about = |name| said.iter().find(|line| line.about == name).map(|line| &*line.text).unwrap_or_default();
    assert!(about("windows").starts_with("The first pull asks from the start of the log."), "{}", about("windows"));
    assert!(about("windows").contains("which reads the whole log"));
    assert!(about("overlap").contains("every hour the whole log is read anew"), "{}", about("overlap"));
    assert!(said.iter().all(|line| !line.text.contains("by time")), "{said:?}");
}

#[test]
fn durations_are_said_in_the_largest_whole_unit() {
    let said = [1500, 1_000, 90_000, 3_600_000, 86_400_000, 172_800_000].map(Duration::from_millis).map(in_words);
    assert_eq!(said, ["1500 milliseconds", "1 second", "90 seconds", "1 hour", "24 hours", "2 days"]);
}
