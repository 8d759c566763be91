//! Sources whose cursors outlast a pull, from their contracts alone: Okta's links go by arrival, 1Password's cursors by nothing stated.
//!
//! Each test compares what was delivered with what was ever visible.

use std::sync::Arc;
use std::time::Duration;

use logwright::contract::Source;
use logwright::event::Profile;
use logwright::log_types::{ALL, SOURCES};
use secrecy::SecretString;
use tokio::net::TcpListener;

use super::events::Events;
use super::fixtures::time;
use super::*;
use crate::account::Account;
use crate::api::{Api, Patience};
use crate::clock::{Clock as _, Manual, earlier};
use crate::pull::{Pull, Summary, pull_once};
use crate::sink::Lines;
use crate::state::{Progress, State};

const BEGIN: Timestamp = time(1_767_225_600);
const SPAN: Duration = Duration::from_secs(3 * 86_400);
/// A page of both sources has a thousand.
const EVENTS: u64 = 1040;

const fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(60 * minutes)
}

/// A stand-in for one source, and what a collector got of its first log.
struct Scene {
    source: &'static Source,
    clock: Arc<Manual>,
    simulator: Simulator,
    state: State,
    /// Where the state is, for a test that ends the process.
    folder: Option<tempfile::TempDir>,
    /// The keys that were delivered, in order.
    delivered: Vec<String>,
}

impl Scene {
    async fn new(source: &str, events: u64, behaviour: Behaviour) -> Self {
        let source = SOURCES.iter().find(|known| known.name == source).unwrap();
        let clock = Arc::new(Manual::new(BEGIN));
        let hands = Arc::clone(&clock);
        let behaviour = Behaviour { requests_per_minute: Some(u32::MAX), ..behaviour };
        let clock_of_server: super::Clock = Arc::new(move || hands.now());
        let options = Options { events, span: SPAN, clock: clock_of_server, behaviour, ..Options::default() };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let schemas: Vec<_> = ALL.iter().map(|log_type| log_type.schema()).collect();
        let simulator = Simulator::start(listener, source, &schemas, options).unwrap();
        Self { source, clock, simulator, state: State::in_memory().unwrap(), folder: None, delivered: Vec::new() }
    }

    fn account(&self) -> Account {
        let credentials = &self.simulator.credentials()[0];
        let secrets = credentials.inputs.iter().map(|(name, value)| (*name, SecretString::from(value.as_str())));
        let inputs = self.source.inputs.iter().map(|input| (input.name, input.example.to_owned()));
        let base_url = self.simulator.base_url().parse().unwrap();
        let way = &self.source.sign_in[0];
        let mut account = Account::new("stand-in", self.source, way, inputs.collect(), secrets.collect(), base_url);
        account.start = Some(earlier(BEGIN, SPAN));
        account
    }

    /// The same with a state on disk.
    async fn on_disk(source: &str, events: u64, behaviour: Behaviour) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path()).unwrap();
        Self { state, folder: Some(folder), ..Self::new(source, events, behaviour).await }
    }

    /// The process ends, and another begins.
    fn restart(&mut self) {
        // The lock is held until the state is closed.
        self.state = State::in_memory().unwrap();
        self.state = State::open(self.folder.as_ref().unwrap().path()).unwrap();
    }

    /// One pull of everything that is new.
    async fn pull(&mut self) -> (Summary, Result<(), crate::Failure>) {
        let account = self.account();
        let api = Api::new(&account, &*self.clock, Patience::ONE_RUN).unwrap();
        let (stream, mut sink) = (account.streams()[0], Lines::new(Vec::new()));
        let on_page = &mut |_: &Summary| {};
        let pull = Pull { api: &api, stream, state: &mut self.state, sink: &mut sink, profile: Profile::Lake, on_page };
        let result = pull_once(pull).await;
        let lines = String::from_utf8(sink.into_inner()).unwrap();
        let key =
            |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["uuid"].as_str().unwrap().to_owned();
        self.delivered.extend(lines.lines().map(key));
        result
    }

    /// How many new events a pull brings that must succeed.
    async fn pulled(&mut self) -> u64 {
        let (summary, result) = self.pull().await;
        assert_eq!(result, Ok(()));
        assert_eq!(summary.quarantined, 0);
        summary.events
    }

    fn progress(&mut self) -> Progress {
        let account = self.account();
        let log_type = self.log_type();
        let stream = self.state.stream(&account.id, log_type, &account.identity(), BEGIN).unwrap();
        self.state.progress(stream).unwrap()
    }

    fn log_type(&self) -> &'static str {
        self.source.logs[0].log_type
    }

    /// New events, the last one now; visible after `late`.
    fn happen(&self, seed: u64, count: u64, late: Duration) {
        let log = &self.source.logs[0];
        let schema = ALL.iter().map(|log_type| log_type.schema()).find(|schema| schema.log_type == log.log_type);
        let end = self.clock.now();
        let events = Events { schema: schema.unwrap(), log, seed, count, end, span: Duration::from_secs(20) };
        for n in 0..count {
            let visible = crate::clock::later(events.time(n), late);
            self.simulator.add(log.log_type, &events.json(n), Some(visible)).unwrap();
        }
    }

    /// Everything that is visible was delivered, and nothing twice.
    fn check(&self) {
        let now = self.clock.now();
        let records = self.simulator.records(self.log_type()).into_iter();
        let mut visible: Vec<_> =
            records.filter(|record| record.visible_from <= now).map(|record| record.key).collect();
        visible.sort();
        let mut delivered = self.delivered.clone();
        delivered.sort();
        assert!(delivered == visible, "{} delivered, {} visible", delivered.len(), visible.len());
    }

    fn targets(&self) -> Vec<String> {
        self.simulator.requests().all().into_iter().map(|seen| seen.target).collect()
    }
}

const BOTH: [&str; 2] = ["okta", "onepassword"];

#[tokio::test]
async fn the_first_pull_brings_everything_and_the_others_what_is_new() {
    for source in BOTH {
        let mut scene = Scene::new(source, EVENTS, Behaviour::default()).await;
        assert_eq!(scene.pulled().await, EVENTS, "{source}");
        scene.clock.advance(minutes(1));
        assert_eq!(scene.pulled().await, 0, "{source}");
        let cursor = scene.progress().cursor;
        assert!(cursor.is_some(), "{source}");
        scene.happen(7, 40, Duration::ZERO);
        assert_eq!(scene.pulled().await, 40, "{source}");
        assert_ne!(scene.progress().cursor, cursor, "{source}");
        scene.check();
    }
}

#[tokio::test]
async fn a_pull_goes_on_by_the_link_of_the_last_one_and_never_by_time() {
    let mut scene = Scene::new("okta", EVENTS, Behaviour::default()).await;
    scene.pulled().await;
    let first = scene.targets();
    assert!(!first[0].contains("after=") && first[0].contains("since=2025-12-29T00%3A00%3A00"), "{}", first[0]);
    // Two pages with records, and the empty one that ends them.
    assert_eq!(first.len(), 3);
    for pull in 0..3 {
        scene.clock.advance(minutes(70));
        scene.happen(100 + pull, 5, Duration::ZERO);
        assert_eq!(scene.pulled().await, 5);
    }
    assert!(scene.targets()[first.len()..].iter().all(|target| target.contains("after=")));
    scene.check();
}

#[tokio::test]
async fn a_process_that_ends_in_the_middle_goes_on_at_its_page() {
    for source in BOTH {
        let broken = vec![(1..40, Fault::Html)];
        let mut scene = Scene::on_disk(source, EVENTS, Behaviour { faults: broken, ..Behaviour::default() }).await;
        let (summary, result) = scene.pull().await;
        assert!(result.is_err() && summary.events == 1000, "{source}: {summary:?} {result:?}");
        let open = scene.progress().open.unwrap();
        assert!(open.next.is_some(), "{source}");
        scene.restart();
        scene.simulator.change(|behaviour| behaviour.faults.clear());
        scene.clock.advance(minutes(5));
        scene.happen(8, 30, Duration::ZERO);
        assert_eq!(scene.pulled().await, EVENTS - 1000 + 30, "{source}");
        scene.clock.advance(minutes(5));
        assert_eq!(scene.pulled().await, 0, "{source}");
        scene.check();
    }
}

#[tokio::test]
async fn what_is_late_comes_after_a_cursor_of_arrival_and_by_the_hour_after_another() {
    for (source, at_once) in [("okta", 3), ("onepassword", 0)] {
        let mut scene = Scene::new(source, 100, Behaviour::default()).await;
        scene.pulled().await;
        scene.clock.advance(minutes(1));
        scene.happen(9, 3, minutes(30));
        // The cursor moves beyond the time of what is not visible yet.
        scene.clock.advance(minutes(1));
        scene.happen(10, 2, Duration::ZERO);
        assert_eq!(scene.pulled().await, 2, "{source}");
        scene.clock.advance(minutes(31));
        assert_eq!(scene.pulled().await, at_once, "{source}");
        scene.clock.advance(minutes(40));
        assert_eq!(scene.pulled().await, 3 - at_once, "{source}");
        scene.check();
    }
}

#[tokio::test]
async fn a_cursor_that_has_expired_costs_a_look_back_and_no_event() {
    for source in BOTH {
        let mut scene = Scene::new(source, EVENTS, Behaviour::default()).await;
        scene.pulled().await;
        scene.clock.advance(minutes(3));
        scene.happen(11, 4, minutes(10));
        scene.clock.advance(minutes(20));
        scene.happen(12, 6, Duration::ZERO);
        let asked = scene.targets().len() as u64;
        let expired = vec![(asked..asked + 1, Fault::Status(400, RetryAfter::Missing))];
        scene.simulator.change(|behaviour| behaviour.faults = expired);
        let (summary, result) = scene.pull().await;
        assert_eq!((summary.events, result), (10, Ok(())), "{source}");
        assert!(summary.repeats > 50, "{source}: {summary:?}");
        scene.clock.advance(minutes(1));
        assert_eq!(scene.pulled().await, 0, "{source}");
        scene.check();
    }
}

#[tokio::test]
async fn a_log_that_is_empty_at_first_is_followed_from_its_start() {
    for source in BOTH {
        let mut scene = Scene::new(source, 0, Behaviour::default()).await;
        assert_eq!(scene.pulled().await, 0, "{source}");
        assert!(scene.progress().cursor.is_some(), "{source}");
        scene.clock.advance(minutes(2));
        scene.happen(13, 25, Duration::ZERO);
        assert_eq!(scene.pulled().await, 25, "{source}");
        scene.check();
    }
}

#[tokio::test]
async fn a_fault_on_the_way_loses_and_doubles_nothing() {
    for source in BOTH {
        for fault in
            [Fault::Status(429, RetryAfter::Reset(5)), Fault::HalfBody, Fault::NextMissing, Fault::NextOverlaps]
        {
            // Once on the way through the past, and once when a pull goes on.
            let faults = vec![(1..2, fault.clone()), (3..4, fault.clone())];
            let mut scene = Scene::new(source, EVENTS, Behaviour { faults, ..Behaviour::default() }).await;
            for _ in 0..3 {
                let (_, result) = scene.pull().await;
                assert_eq!(result, Ok(()), "{source}: {fault:?}");
                scene.check();
                scene.clock.advance(minutes(2));
            }
        }
    }
}
