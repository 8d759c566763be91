//! The state through crashes, repeats and other processes.

use std::time::Duration;

use super::*;
use crate::clock::{earlier, later};

fn noon() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

fn window(number: u64) -> OpenWindow {
    OpenWindow {
        number,
        kind: WindowKind::Tail,
        start: earlier(noon(), Duration::from_secs(900)),
        end: noon(),
        covers_to: noon(),
        next: None,
        page: 0,
    }
}

fn bad(key: &str) -> Quarantined {
    Quarantined {
        key: key.into(),
        raw: b"\xff{".to_vec(),
        pointer: "/id".into(),
        code: "type_mismatch",
        message: "expected a number".into(),
        schema: "0123",
        at: noon(),
        record_key: Some(key.into()),
    }
}

fn seen(key: &str) -> Seen {
    Seen { key: key.into(), time: noon(), as_of: None, delivered: true }
}

fn page<'p>(seen: &'p [Seen], quarantined: &'p [Quarantined], then: Then<'p>) -> Page<'p> {
    Page { seen, quarantined, then, answered_at: noon(), server_now: noon(), forget: &[] }
}

#[test]
fn a_window_under_way_outlives_the_process_and_a_done_one_moves_the_cover() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep").join("state");
    let start = earlier(noon(), Duration::from_secs(86_400));
    {
        let state = State::open(&path).unwrap();
        let stream = state.stream("s", "L", "a", start).unwrap();
        state.begin(stream, &window(1), Some(noon())).unwrap();
        let next = OpenWindow { next: Some("cursor".into()), page: 1, ..window(1) };
        state.commit(stream, &page(&[seen("1")], &[], Then::GoOn(&next))).unwrap();
    }
    let state = State::open(&path).unwrap();
    // A later start does not move what has begun.
    let stream = state.stream("s", "L", "a", noon()).unwrap();
    let progress = state.progress(stream).unwrap();
    let open = progress.open.unwrap();
    assert_eq!((open.next.as_deref(), open.page, progress.start), (Some("cursor"), 1, start));
    assert!(state.has_seen(stream, "1", noon()).unwrap() && !state.has_seen(stream, "2", noon()).unwrap());

    let before = later(noon(), Duration::from_secs(1));
    let forget = [Forget { from: None, before }];
    state
        .commit(stream, &Page { forget: &forget, ..page(&[], &[], Then::Done { window: &open, cursor: None }) })
        .unwrap();
    let progress = state.progress(stream).unwrap();
    assert_eq!((progress.covered_to, progress.open, progress.windows), (Some(noon()), None, 1));
    // The window was begun; from here the hours to the next reconciliation count.
    assert_eq!((progress.reconciled_at, progress.forgotten_before), (Some(noon()), Some(before)));
    assert!(!state.has_seen(stream, "1", noon()).unwrap());
}

#[test]
fn a_record_goes_to_quarantine_once_with_its_bytes() {
    let state = State::in_memory().unwrap();
    let stream = state.stream("s", "L", "a", noon()).unwrap();
    let open = window(1);
    let commit =
        |quarantined: &[Quarantined]| state.commit(stream, &page(&[], quarantined, Then::GoOn(&open))).unwrap();
    assert_eq!(commit(&[bad("1"), bad("2"), bad("1")]), 2);
    assert_eq!(commit(&[bad("1")]), 0);
    assert_eq!(state.quarantined(stream).unwrap(), 2);
    let held = state.held().unwrap();
    assert_eq!((held[0].key.as_str(), held[0].message.as_str(), held[0].bytes), ("2", "expected a number", 2));
    assert_eq!(state.raw(&held[1]).unwrap().unwrap(), b"\xff{");
    assert_eq!(state.drop_held(&[&held[0], &held[0]]), Ok(1));
    assert_eq!((state.quarantined(stream), state.raw(&held[0])), (Ok(1), Ok(None)));
}

#[test]
fn a_key_is_remembered_as_long_as_a_record_in_quarantine_may_have_it() {
    let state = State::in_memory().unwrap();
    let stream = state.stream("s", "L", "a", noon()).unwrap();
    let open = window(1);
    let forget = [Forget { from: None, before: later(noon(), Duration::from_secs(1)) }];
    state.commit(stream, &page(&[seen("1"), seen("2")], &[bad("1")], Then::GoOn(&open))).unwrap();
    state.commit(stream, &Page { forget: &forget, ..page(&[], &[], Then::GoOn(&open)) }).unwrap();
    assert_eq!((state.has_seen(stream, "1", noon()), state.has_seen(stream, "2", noon())), (Ok(true), Ok(false)));
    let held = state.held().unwrap();
    state.drop_held(&[&held[0]]).unwrap();
    state.commit(stream, &Page { forget: &forget, ..page(&[], &[], Then::GoOn(&open)) }).unwrap();
    assert_eq!(state.has_seen(stream, "1", noon()), Ok(false));
}

#[test]
fn streams_do_not_share_what_they_saw() {
    let state = State::in_memory().unwrap();
    let one = state.stream("s", "L", "a", noon()).unwrap();
    let other = state.stream("s", "M", "a", noon()).unwrap();
    state.commit(one, &page(&[seen("1")], &[], Then::GoOn(&window(1)))).unwrap();
    assert!(state.has_seen(one, "1", noon()).unwrap() && !state.has_seen(other, "1", noon()).unwrap());
}

#[cfg(unix)]
#[test]
fn the_folder_and_the_file_are_for_the_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let _state = State::open(&path).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o700);
    assert_eq!(mode(&path.join("state.sqlite")), 0o600);
}

#[test]
fn a_second_holder_is_refused_by_name_and_a_newer_state_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let state = State::open(folder.path()).unwrap();
    let refused = State::open(folder.path()).unwrap_err().to_string();
    assert!(refused.contains(&format!("process {}", std::process::id())), "{refused}");
    state.connection.execute_batch("PRAGMA user_version = 99").unwrap();
    drop(state);
    let refused = State::open(folder.path()).unwrap_err().to_string();
    assert!(refused.contains("version 99"), "{refused}");
}

#[test]
fn a_name_that_now_means_another_account_is_refused() {
    let state = State::in_memory().unwrap();
    state.stream("s", "L", "subdomain=acme", noon()).unwrap();
    let Err(Failure::Configuration(message)) = state.stream("s", "L", "subdomain=other", noon()) else { panic!() };
    assert!(message.contains("another `name`"), "{message}");
}

#[test]
fn what_is_covered_never_shrinks() {
    let state = State::in_memory().unwrap();
    let stream = state.stream("s", "L", "a", noon()).unwrap();
    for covers_to in [noon(), earlier(noon(), Duration::from_secs(86_400))] {
        let window = OpenWindow { covers_to, ..window(1) };
        let forget = [Forget { from: None, before: covers_to }];
        state
            .commit(stream, &Page { forget: &forget, ..page(&[], &[], Then::Done { window: &window, cursor: None }) })
            .unwrap();
    }
    let progress = state.progress(stream).unwrap();
    assert_eq!((progress.covered_to, progress.forgotten_before), (Some(noon()), Some(noon())));
}

#[test]
fn what_was_planned_by_a_clock_that_is_ahead_looks_back_from_the_servers_time() {
    let state = State::in_memory().unwrap();
    let stream = state.stream("s", "L", "a", noon()).unwrap();
    state.begin(stream, &window(1), Some(later(noon(), Duration::from_secs(7200)))).unwrap();
    state.commit(stream, &page(&[], &[], Then::GoOn(&window(1)))).unwrap();
    assert_eq!(state.progress(stream).unwrap().reconciled_at, Some(noon()));
}

#[test]
fn the_lanes_have_windows_of_their_own_and_a_gap_is_closed_piece_by_piece() {
    let state = State::in_memory().unwrap();
    let day = Duration::from_secs(86_400);
    let start = earlier(noon(), 2 * day);
    let stream = state.stream("s", "L", "a", start).unwrap();
    let gap = Gap { start, end: noon(), filled_to: start };
    state.open_gap(stream, &gap).unwrap();
    let progress = state.progress(stream).unwrap();
    assert_eq!((progress.live_from(), progress.reconciled_at), (noon(), Some(noon())));
    let live = window(1);
    let piece = |number, end| OpenWindow { kind: WindowKind::Backfill, start, end, covers_to: end, ..window(number) };
    state.begin(stream, &live, Some(noon())).unwrap();
    state.begin(stream, &piece(2, later(start, day)), None).unwrap();
    let progress = state.progress(stream).unwrap();
    assert_eq!((progress.open.as_ref(), progress.windows), (Some(&live), 2));
    assert_eq!(progress.backfill, Some(piece(2, later(start, day))));

    // The live lane is done first; then the gap's first day; then the rest of it.
    let done = |window: &OpenWindow| {
        assert_eq!(state.commit(stream, &page(&[], &[], Then::Done { window, cursor: None })), Ok(0));
    };
    done(&live);
    done(&piece(2, later(start, day)));
    let progress = state.progress(stream).unwrap();
    assert_eq!((progress.covered_to, progress.open, progress.backfill), (Some(noon()), None, None));
    assert_eq!(progress.gaps, [Gap { filled_to: later(start, day), ..gap }]);
    done(&piece(3, noon()));
    let progress = state.progress(stream).unwrap();
    assert_eq!((progress.gaps, progress.covered_to), (vec![], Some(noon())));
}

#[test]
fn what_is_between_two_stretches_to_forget_is_remembered_and_what_is_met_again_is_longer() {
    let state = State::in_memory().unwrap();
    let stream = state.stream("s", "L", "a", noon()).unwrap();
    let minute = |minute: u64| later(noon(), Duration::from_secs(60 * minute));
    let all: Vec<_> = (0..6).map(|at| Seen { time: minute(at), ..seen(&at.to_string()) }).collect();
    let open = window(1);
    let again = Seen { time: minute(1), as_of: Some(minute(9)), delivered: false, ..seen("1") };
    let forget = [Forget { from: None, before: minute(2) }, Forget { from: Some(minute(4)), before: minute(5) }];
    state.commit(stream, &page(&all, &[], Then::GoOn(&open))).unwrap();
    state.commit(stream, &Page { forget: &forget, ..page(&[again], &[], Then::GoOn(&open)) }).unwrap();
    let left: Vec<_> = (0..6).filter(|at| state.has_seen(stream, &at.to_string(), minute(*at)).unwrap()).collect();
    assert_eq!(left, [1, 2, 3, 5]);
}

#[test]
fn forgetting_takes_no_more_than_its_share_of_a_commit_and_goes_on_with_the_next() {
    let state = State::in_memory().unwrap();
    let stream = state.stream("s", "L", "a", noon()).unwrap();
    let all: Vec<_> = (0..7000).map(|at| seen(&at.to_string())).collect();
    let open = window(1);
    state.commit(stream, &page(&all, &[], Then::GoOn(&open))).unwrap();
    let forget = [Forget { from: None, before: later(noon(), Duration::from_secs(1)) }];
    let left = || state.connection.query_row("SELECT count(*) FROM seen", [], |row| row.get::<_, i64>(0)).unwrap();
    for expected in [2000, 0] {
        state.commit(stream, &Page { forget: &forget, ..page(&[], &[], Then::GoOn(&open)) }).unwrap();
        assert_eq!(left(), expected);
    }
}

/// The tables of version 1, with a log whose second day of the past was under way, and one that followed the present.
const VERSION_1: &str = "
CREATE TABLE stream (
    id INTEGER PRIMARY KEY, source_id TEXT NOT NULL, log_type TEXT NOT NULL, account TEXT NOT NULL, start INTEGER NOT NULL,
    covered_to INTEGER, reconciled_at INTEGER, forgotten_before INTEGER, windows INTEGER NOT NULL, window_kind INTEGER,
    window_start INTEGER, window_end INTEGER, window_covers_to INTEGER, next TEXT, page INTEGER, UNIQUE (source_id, log_type)
) STRICT;
CREATE TABLE seen (stream INTEGER NOT NULL REFERENCES stream (id), key TEXT NOT NULL, time INTEGER NOT NULL,
    PRIMARY KEY (stream, key)) STRICT, WITHOUT ROWID;
CREATE INDEX seen_by_time ON seen (stream, time);
CREATE TABLE quarantine (stream INTEGER NOT NULL REFERENCES stream (id), key TEXT NOT NULL, raw BLOB NOT NULL,
    pointer TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, schema TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (stream, key)) STRICT;
INSERT INTO stream VALUES (1, 's', 'Past', 'a', 1000, 2000, 500, NULL, 2, 1, 1900, 3000, 3000, 'cursor', 4);
INSERT INTO stream VALUES (2, 's', 'Present', 'a', 1000, 2000, 500, 100, 9, 2, 1900, 3000, 3000, NULL, 0);
INSERT INTO seen VALUES (1, 'k', 1950);
PRAGMA user_version = 1;
";

#[test]
fn a_state_of_version_1_is_brought_up_to_date_with_all_that_it_knew() {
    let folder = tempfile::tempdir().unwrap();
    let old = Connection::open(folder.path().join("state.sqlite")).unwrap();
    old.execute_batch(VERSION_1).unwrap();
    drop(old);
    assert!(Report::read(folder.path()).unwrap_err().to_string().contains("older version"));

    let state = State::open(folder.path()).unwrap();
    let past = state.stream("s", "Past", "a", noon()).unwrap();
    let progress = state.progress(past).unwrap();
    let time = from_nanos;
    assert_eq!((progress.start, progress.covered_to, progress.windows), (time(1000), Some(time(2000)), 2));
    assert_eq!(progress.gaps, [Gap { start: time(1900), end: time(3000), filled_to: time(2000) }]);
    let open = progress.backfill.unwrap();
    assert_eq!((open.number, open.next.as_deref(), open.page, progress.open), (2, Some("cursor"), 4, None));
    assert!(state.has_seen(past, "k", noon()).unwrap());

    let present = state.stream("s", "Present", "a", noon()).unwrap();
    let progress = state.progress(present).unwrap();
    assert_eq!((progress.open.unwrap().number, progress.backfill, progress.gaps), (9, None, vec![]));
    let report = Report::read(folder.path()).unwrap().unwrap();
    assert_eq!((report.streams[0].last_event, report.streams[1].last_event), (Some(time(1950)), None));
}

#[test]
fn a_report_is_read_beside_the_holder_and_tells_trouble_until_it_is_over() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(Report::read(folder.path()).unwrap(), None);
    let state = State::open(folder.path()).unwrap();
    let stream = state.stream("s", "L", "a", noon()).unwrap();
    let report = || Report::read(folder.path()).unwrap().unwrap().streams.remove(0);
    assert_eq!((report().covered_to, report().answered_at, report().failing_since), (None, None, None));
    let minute = later(noon(), Duration::from_secs(60));
    state.failed(stream, true, "rejected", noon()).unwrap();
    state.failed(stream, true, "rejected again", minute).unwrap();
    let failing = report();
    assert_eq!((failing.failing_since, failing.failed_at, failing.failed_sign_in), (Some(noon()), Some(minute), true));
    assert_eq!(failing.failure.as_deref(), Some("rejected again"));
    state.commit(stream, &page(&[seen("1")], &[bad("1")], Then::Done { window: &window(1), cursor: None })).unwrap();
    let well = report();
    assert_eq!((well.failing_since, well.failed_at, well.answered_at), (None, Some(minute), Some(noon())));
    assert_eq!((well.last_event, well.delivered_at, well.quarantined), (Some(noon()), Some(noon()), 1));
}

#[test]
fn what_a_state_of_version_2_had_seen_is_found_by_its_key_until_it_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let state = State::open(folder.path()).unwrap();
    let stream = state.stream("s", "L", "a", noon()).unwrap();
    let back = "DROP TABLE seen; DROP TABLE seen_as_of;
                CREATE TABLE seen (stream INTEGER NOT NULL REFERENCES stream (id), key TEXT NOT NULL, time INTEGER NOT NULL,
                    PRIMARY KEY (stream, key)) STRICT, WITHOUT ROWID;
                CREATE INDEX seen_by_time ON seen (stream, time);
                INSERT INTO seen VALUES (1, 'k', 1950);
                PRAGMA user_version = 2;";
    state.connection.execute_batch(back).unwrap();
    drop(state);

    let state = State::open(folder.path()).unwrap();
    assert_eq!(state.has_seen(stream, "k", noon()), Ok(true));
    let forget = [Forget { from: None, before: noon() }];
    let then = Then::GoOn(&window(1));
    state.commit(stream, &Page { forget: &forget, ..page(&[seen("1")], &[], then) }).unwrap();
    assert_eq!((state.has_seen(stream, "k", noon()), state.has_seen(stream, "1", noon())), (Ok(false), Ok(true)));
}

/// What is written for a record is its own bytes and its share of the page's blocks, however many are remembered: not a block of
/// its own for each, which would be 4096 bytes and more.
#[test]
fn a_record_among_many_costs_the_disk_no_block_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let state = State::open(folder.path()).unwrap();
    let stream = state.stream("s", "L", "a", noon()).unwrap();
    let open = window(1);
    let second = |at: u64| later(noon(), Duration::from_secs(at));
    // Keys in no order, as real ones are; what is older than 10,000 seconds is forgotten.
    let record =
        |at: u64| Seen { time: second(at), ..seen(&format!("{:016x}", at.wrapping_mul(0x9e37_79b9_7f4a_7c15))) };
    let commit = |from: u64, count: u64| {
        let seen: Vec<_> = (from..from + count).map(record).collect();
        let forget = [Forget { from: None, before: second(from.saturating_sub(10_000)) }];
        state.commit(stream, &Page { forget: &forget, ..page(&seen, &[], Then::GoOn(&open)) }).unwrap();
    };
    commit(0, 10_000);
    // Until it is emptied into the state, the log of writes holds all that was written.
    state.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA wal_autocheckpoint = 0").unwrap();
    (0..50).for_each(|number| commit(10_000 + 100 * number, 100));
    let written = fs::metadata(folder.path().join("state.sqlite-wal")).unwrap().len();
    assert!(written < 5_000 * 600, "{} bytes for each record", written / 5_000);
    assert_eq!((0..15_000).filter(|at| state.has_seen(stream, &record(*at).key, second(*at)).unwrap()).count(), 10_100);
}
