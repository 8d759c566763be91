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

fn bad(key: &str) -> Quarantined<'static> {
    Quarantined {
        key: key.into(),
        raw: b"\xff{",
        pointer: "/id".into(),
        code: "type_mismatch",
        message: "expected a number".into(),
        schema: "0123",
        at: noon(),
    }
}

#[test]
fn a_window_under_way_outlives_the_process_and_a_done_one_moves_the_cover() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep").join("state");
    let start = earlier(noon(), Duration::from_secs(86_400));
    {
        let mut state = State::open(&path).unwrap();
        let stream = state.stream("s", "L", "a", start).unwrap();
        state.begin(stream, &window(1), Some(noon())).unwrap();
        let next = OpenWindow { next: Some("cursor".into()), page: 1, ..window(1) };
        let seen = [("1".to_owned(), noon())];
        let page = Page { seen: &seen, quarantined: &[], then: Then::GoOn(&next) };
        state.commit(stream, &page).unwrap();
    }
    let mut state = State::open(&path).unwrap();
    // A later start does not move what has begun.
    let stream = state.stream("s", "L", "a", noon()).unwrap();
    let progress = state.progress(stream).unwrap();
    let open = progress.open.unwrap();
    assert_eq!((open.next.as_deref(), open.page, progress.start), (Some("cursor"), 1, start));
    assert!(state.has_seen(stream, "1").unwrap() && !state.has_seen(stream, "2").unwrap());

    let forget_before = Some(later(noon(), Duration::from_secs(1)));
    let done = Then::Done { window: &open, forget_before, cursor: None };
    state.commit(stream, &Page { seen: &[], quarantined: &[], then: done }).unwrap();
    let progress = state.progress(stream).unwrap();
    assert_eq!((progress.covered_to, progress.open, progress.windows), (Some(noon()), None, 1));
    // The window was begun; from here the hours to the next reconciliation count.
    assert_eq!((progress.reconciled_at, progress.forgotten_before), (Some(noon()), forget_before));
    assert!(!state.has_seen(stream, "1").unwrap());
}

#[test]
fn a_record_goes_to_quarantine_once_with_its_bytes() {
    let mut state = State::in_memory().unwrap();
    let stream = state.stream("s", "L", "a", noon()).unwrap();
    let open = window(1);
    let commit = |state: &mut State, quarantined: &[Quarantined<'_>]| {
        state.commit(stream, &Page { seen: &[], quarantined, then: Then::GoOn(&open) }).unwrap()
    };
    assert_eq!(commit(&mut state, &[bad("1"), bad("2"), bad("1")]), 2);
    assert_eq!(commit(&mut state, &[bad("1")]), 0);
    assert_eq!(state.quarantined(stream).unwrap(), 2);
    let (raw, message) = state.quarantined_record(stream, "1").unwrap().unwrap();
    assert_eq!((raw.as_slice(), message.as_str()), (b"\xff{".as_slice(), "expected a number"));
}

#[test]
fn streams_do_not_share_what_they_saw() {
    let mut state = State::in_memory().unwrap();
    let one = state.stream("s", "L", "a", noon()).unwrap();
    let other = state.stream("s", "M", "a", noon()).unwrap();
    let seen = [("1".to_owned(), noon())];
    let open = window(1);
    let page = Page { seen: &seen, quarantined: &[], then: Then::GoOn(&open) };
    state.commit(one, &page).unwrap();
    assert!(state.has_seen(one, "1").unwrap() && !state.has_seen(other, "1").unwrap());
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
    let mut state = State::in_memory().unwrap();
    state.stream("s", "L", "subdomain=acme", noon()).unwrap();
    let Err(Failure::Configuration(message)) = state.stream("s", "L", "subdomain=other", noon()) else { panic!() };
    assert!(message.contains("another `name`"), "{message}");
}

#[test]
fn what_is_covered_never_shrinks() {
    let mut state = State::in_memory().unwrap();
    let stream = state.stream("s", "L", "a", noon()).unwrap();
    for covers_to in [noon(), earlier(noon(), Duration::from_secs(86_400))] {
        let window = OpenWindow { covers_to, ..window(1) };
        let then = Then::Done { window: &window, forget_before: Some(covers_to), cursor: None };
        state.commit(stream, &Page { seen: &[], quarantined: &[], then }).unwrap();
    }
    let progress = state.progress(stream).unwrap();
    assert_eq!((progress.covered_to, progress.forgotten_before), (Some(noon()), Some(noon())));
}
