//! Each alarm turns on once and off once, at the right second, also over restarts.

use super::*;
use crate::clock::later;
use crate::testing::noon;

fn at(minutes: u64) -> Timestamp {
    later(noon(), MINUTE * u32::try_from(minutes).unwrap())
}

fn watch() -> Watch {
    Watch::new(Rules::USUAL, [], noon(), noon())
}

fn events(events: u64) -> Counts {
    Counts { events, ..Counts::default() }
}

fn bad(quarantined: u64, events: u64) -> Counts {
    Counts { quarantined, events, late: 0 }
}

/// The turns, as `+name` and `-name`.
fn turns(watch: &mut Watch, now: Timestamp) -> Vec<String> {
    let sign = |turn: &Turn| if turn.on { '+' } else { '-' };
    watch.look(now).iter().map(|turn| format!("{}{}", sign(turn), turn.kind.name())).collect()
}

#[test]
fn silence_is_told_once_at_its_second_and_is_over_with_the_next_event() {
    let mut watch = watch();
    watch.tried(None);
    assert!(watch.look(at(24 * 60 - 1)).is_empty());
    let turn = watch.look(at(24 * 60)).remove(0);
    assert_eq!((turn.kind, turn.on, turn.since), (Kind::NoEvents, true, at(24 * 60)));
    assert_eq!(turn.detail, "no event since 2026-11-22T12:00:00Z, which is longer than 24 h");
    assert!(watch.look(at(25 * 60)).is_empty());
    // Pages without events change nothing.
    watch.page(events(0), at(26 * 60));
    assert!(watch.look(at(26 * 60)).is_empty());
    watch.page(events(1), at(27 * 60));
    let turn = watch.look(at(27 * 60)).remove(0);
    assert_eq!((turn.on, turn.since), (false, at(24 * 60)));
    assert!(watch.look(at(27 * 60)).is_empty());
    // And it begins anew from there.
    assert!(watch.look(at(27 * 60 + 24 * 60 - 1)).is_empty());
    assert_eq!(turns(&mut watch, at(27 * 60 + 24 * 60)), ["+no_events"]);
}

#[test]
fn the_silence_clock_goes_on_over_a_restart_but_waits_for_the_first_attempt() {
    let two_days = 2 * 24 * 60;
    let mut restarted = Watch::new(Rules::USUAL, [], noon(), at(two_days));
    assert!(restarted.look(at(two_days)).is_empty(), "nobody has asked for two days");
    restarted.tried(None);
    assert_eq!(turns(&mut restarted, at(two_days)), ["+no_events"]);

    let mut kept_waiting = Watch::new(Rules::USUAL, [], noon(), at(two_days));
    assert!(kept_waiting.look(at(two_days + 59)).is_empty());
    assert_eq!(turns(&mut kept_waiting, at(two_days + 60)), ["+no_events"]);

    let on = [(Kind::NoEvents, at(24 * 60), "why".to_owned())];
    let mut again = Watch::new(Rules::USUAL, on, noon(), at(two_days));
    again.tried(None);
    assert!(again.look(at(two_days)).is_empty(), "it was told before the restart");
    again.page(events(1), at(two_days + 1));
    let over = again.look(at(two_days + 1)).remove(0);
    assert_eq!((over.on, over.since, over.detail.as_str()), (false, at(24 * 60), "why"));
}

#[test]
fn what_is_switched_off_is_over_and_does_not_come() {
    let off = Rules { no_events_for: None, quarantine_above: None };
    let on = [(Kind::NoEvents, noon(), String::new()), (Kind::Quarantine, noon(), String::new())];
    let mut watch = Watch::new(off, on, noon(), noon());
    watch.tried(None);
    assert_eq!(turns(&mut watch, noon()), ["-no_events", "-quarantine"]);
    watch.page(bad(100, 0), at(1));
    assert!(watch.look(at(100 * 24 * 60)).is_empty());
}

#[test]
fn a_refused_sign_in_is_told_once_and_is_over_with_the_next_answer() {
    let mut watch = watch();
    for minute in [0, 15, 30] {
        watch.tried(Some("HTTP 401".into()));
        let turns = watch.look(at(minute));
        assert_eq!(turns.len(), usize::from(minute == 0));
    }
    // Trouble of another kind says nothing about the credentials.
    watch.tried(None);
    assert!(watch.look(at(45)).is_empty());
    watch.page(events(0), at(60));
    assert_eq!(turns(&mut watch, at(60)), ["-sign_in"]);

    let on = [(Kind::SignIn, noon(), String::new())];
    let mut restarted = Watch::new(Rules::USUAL, on, noon(), at(1));
    assert!(restarted.look(at(1)).is_empty(), "not tried yet");
    restarted.page(events(0), at(2));
    assert_eq!(turns(&mut restarted, at(2)), ["-sign_in"]);
}

#[test]
fn late_events_are_told_until_a_day_has_passed_without() {
    let late = Counts { events: 1, late: 1, quarantined: 0 };
    let mut watch = watch();
    watch.page(late, at(0));
    assert_eq!(turns(&mut watch, at(0)), ["+late_events"]);
    watch.page(late, at(60));
    watch.page(events(1), at(24 * 60));
    assert!(watch.look(at(24 * 60 + 59)).is_empty());
    assert_eq!(turns(&mut watch, at(24 * 60 + 60)), ["-late_events"]);

    let on = [(Kind::LateEvents, noon(), String::new())];
    let mut restarted = Watch::new(Rules::USUAL, on, at(30), at(30));
    restarted.tried(None);
    assert!(restarted.look(at(24 * 60)).is_empty());
}

#[test]
fn quarantine_is_told_above_its_share_and_not_for_one_or_two_records() {
    let mut watch = watch();
    watch.page(bad(2, 0), at(0));
    assert!(watch.look(at(0)).is_empty(), "two are too few");
    watch.page(bad(1, 297), at(1));
    assert!(watch.look(at(1)).is_empty(), "3 of 300 are not more than one percent");
    watch.page(bad(1, 0), at(1));
    let turn = watch.look(at(1)).remove(0);
    assert!(
        turn.detail.starts_with("4 of the last 301 records could not be parsed, which is more than 1 %"),
        "{turn:?}"
    );
    assert!(watch.look(at(2)).is_empty());
    watch.page(events(200), at(3));
    assert_eq!(turns(&mut watch, at(3)), ["-quarantine"]);
}

#[test]
fn the_share_is_of_the_last_hour_or_of_the_last_hundred_where_there_are_fewer() {
    let mut watch = watch();
    watch.page(bad(5, 0), at(0));
    assert_eq!(turns(&mut watch, at(0)), ["+quarantine"]);
    // A quiet log: the bad ones stay the last ones.
    watch.page(events(99), at(120));
    assert!(watch.look(at(120)).is_empty());
    // With a hundred after them they are past.
    watch.page(events(1), at(121));
    assert_eq!(turns(&mut watch, at(121)), ["-quarantine"]);

    watch.page(bad(5, 0), at(200));
    assert_eq!(turns(&mut watch, at(200)), ["+quarantine"]);
    watch.page(events(1), at(200 + 24 * 60 - 1));
    assert!(watch.look(at(200 + 24 * 60 - 1)).is_empty());
    assert_eq!(turns(&mut watch, at(200 + 24 * 60)), ["-quarantine"], "a day is the longest");
}

#[test]
fn after_a_restart_quarantine_is_not_over_before_something_was_seen() {
    let on = || [(Kind::Quarantine, noon(), String::new())];
    let mut watch = Watch::new(Rules::USUAL, on(), noon(), noon());
    watch.page(events(99), at(1));
    assert!(watch.look(at(1)).is_empty());
    watch.page(events(1), at(2));
    assert_eq!(turns(&mut watch, at(2)), ["-quarantine"]);
    let mut quiet = Watch::new(Rules::USUAL, on(), noon(), noon());
    assert!(quiet.look(at(59)).is_empty());
    assert_eq!(turns(&mut quiet, at(60)), ["-quarantine"]);
}

#[test]
fn whatever_happens_each_alarm_alternates() {
    let mut seed = 7_u64;
    let mut below = |end: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % end
    };
    let (mut watch, mut minute, mut turned) = (watch(), 0, 0);
    let mut on: BTreeMap<Kind, bool> = BTreeMap::new();
    for _ in 0..20_000 {
        minute += [0, 1, 20, 300][usize::try_from(below(4)).unwrap()];
        match below(7) {
            0 => watch.tried(Some("no".into())),
            1 => watch.tried(None),
            2 => watch.page(bad(below(5), below(100)), at(minute)),
            3 => watch.page(Counts { late: 1, ..events(1) }, at(minute)),
            4 => {
                let known: Vec<_> = watch.on.iter().map(|(kind, (since, why))| (*kind, *since, why.clone())).collect();
                watch = Watch::new(Rules::USUAL, known, watch.delivered_at, at(minute));
            }
            _ => watch.page(events(0), at(minute)),
        }
        for turn in watch.look(at(minute)) {
            assert_ne!(on.insert(turn.kind, turn.on).unwrap_or(false), turn.on, "{turn:?}");
            turned += 1;
        }
    }
    assert!(turned > 500 && on.len() == Kind::ALL.len(), "{turned} turns of {on:?}");
}
