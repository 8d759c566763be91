//! The guarantee under faults: what is delivered is what was ever visible, in files once, on standard output at most a page twice.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use logwright_tests::faults::kills::kill;
use logwright_tests::faults::points::{What, every_point};
use logwright_tests::faults::renewals::every_point_of_a_renewal;
use logwright_tests::faults::replays::every_point_of_a_replay;
use logwright_tests::faults::scene::To;
use logwright_tests::faults::walk::walk;

/// Pages by time, with a gap of the past or without, a link of arrival, and a cursor kept across polls; first pulls and later ones.
fn every_pull(to: To) -> u64 {
    let zendesk = [What::First, What::Gap, What::Next].map(|what| ("Zendesk.Audit", what));
    let lasting = ["Okta.SystemLog", "OnePassword.SignInAttempt"].map(|log_type| (log_type, What::Next));
    zendesk.iter().chain(&lasting).map(|(log_type, what)| every_point(log_type, *what, to).unwrap()).sum()
}

#[test]
fn a_pull_that_is_stopped_at_any_step_loses_and_doubles_nothing_in_files() {
    assert!(every_pull(To::Files) > 2_500);
}

#[test]
fn a_pull_that_is_stopped_at_any_step_repeats_at_most_a_page_on_standard_output() {
    assert!(every_pull(To::Stdout) > 500);
}

#[test]
fn a_replay_that_is_stopped_at_any_step_delivers_each_record_once() {
    let stopped: u64 = [To::Files, To::Stdout].into_iter().map(|to| every_point_of_a_replay(to).unwrap()).sum();
    assert!(stopped > 400, "{stopped}");
}

#[test]
fn a_pull_that_is_stopped_as_it_renews_tokens_goes_on_or_says_who_has_to_agree() {
    for to in [To::Files, To::Stdout] {
        let (stopped, spent) = every_point_of_a_renewal(to).unwrap();
        assert!(stopped > 50 && spent == 5, "{stopped}, {spent}");
    }
}

#[test]
fn two_thousand_walks_lose_and_double_nothing() {
    let next = AtomicU64::new(0);
    let worker = || {
        let (mut crashes, mut tokens) = (0, 0);
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= 2_000 {
                return (crashes, tokens);
            }
            let walked = walk(seed).unwrap_or_else(|error| {
                panic!("{error}\nto see it alone: cargo run -p logwright-tests --bin soak -- --replay {seed}")
            });
            crashes += walked.crashes;
            tokens += walked.tokens;
        }
    };
    let (crashes, tokens) = thread::scope(|scope| {
        let workers = [scope.spawn(worker), scope.spawn(worker)].map(|worker| worker.join().unwrap());
        workers.into_iter().fold((0, 0), |sum, done| (sum.0 + done.0, sum.1 + done.1))
    });
    // A matrix in which nothing goes wrong shows nothing.
    assert!(crashes > 2_000 && tokens > 500, "{crashes}, {tokens}");
}

#[test]
fn the_real_program_killed_twenty_times_loses_and_doubles_nothing() {
    // Called with `pull`, this program is the real one.
    let killed = kill(Path::new(env!("CARGO_BIN_EXE_soak")), 20, 1).unwrap();
    assert_eq!(killed.kills, 20);
    assert!(killed.events >= 600);
}
