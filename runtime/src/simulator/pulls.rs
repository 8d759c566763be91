//! The engine against the stand-in: what is delivered is what was ever visible, whatever goes wrong on the way.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use logwright::event::Profile;
use logwright::log_types::zendesk::source::SOURCE;
use secrecy::SecretString;
use tokio::net::TcpListener;

use super::fixtures::{AUDIT, time};
use super::*;
use crate::account::Account;
use crate::api::{Api, Patience};
use crate::clock::{Clock as _, Manual};
use crate::pull::{Pull, Summary, pull_once};
use crate::sink::Lines;
use crate::state::State;

/// A stand-in and a collector that share one clock, which moves only when somebody waits.
struct Scene {
    clock: Arc<Manual>,
    simulator: Simulator,
    state: State,
    /// The ids that were delivered, in order.
    delivered: Vec<String>,
}

impl Scene {
    async fn new(behaviour: Behaviour) -> Self {
        let clock = Arc::new(Manual::new(time(1_767_225_600)));
        let hands = Arc::clone(&clock);
        let options = Options {
            events: 350,
            span: Duration::from_secs(3600),
            clock: Arc::new(move || hands.now()),
            behaviour,
            ..Options::default()
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let simulator = Simulator::start(listener, &SOURCE, &[AUDIT], options).unwrap();
        Self { clock, simulator, state: State::in_memory().unwrap(), delivered: Vec::new() }
    }

    /// One pull of everything that is new, signed in by client credentials.
    async fn pull(&mut self) -> (Summary, Result<(), crate::Failure>) {
        let credentials = &self.simulator.credentials()[0];
        let secrets = credentials.inputs.iter().map(|(name, value)| (*name, SecretString::from(value.as_str())));
        let mut account = Account::new(
            "stand-in",
            &SOURCE,
            &SOURCE.sign_in[0],
            BTreeMap::from([("subdomain", "acme".to_owned())]),
            secrets.collect(),
            self.simulator.base_url().parse().unwrap(),
        );
        account.start = Some(time(1_767_225_600 - 3600));
        let api = Api::new(&account, &*self.clock, Patience::ONE_RUN).unwrap();
        let (stream, mut sink) = (account.streams()[0], Lines::new(Vec::new()));
        let (state, on_page) = (&self.state, &mut |_: &Summary| {});
        let pull = Pull { api: &api, stream, state, sink: &mut sink, profile: Profile::Lake, on_page };
        let result = pull_once(pull).await;
        let lines = String::from_utf8(sink.into_inner()).unwrap();
        let id = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].to_string();
        self.delivered.extend(lines.lines().map(id));
        result
    }

    /// The keys of the records that are whole, sorted.
    fn expected(&self) -> Vec<String> {
        let records = self.simulator.records("Zendesk.Audit").into_iter();
        let mut keys: Vec<_> = records.filter(|record| record.damage.is_none()).map(|record| record.key).collect();
        keys.sort();
        keys
    }

    fn sorted(&self) -> Vec<String> {
        let mut delivered = self.delivered.clone();
        delivered.sort();
        delivered
    }
}

#[tokio::test]
async fn a_fault_on_the_way_loses_and_doubles_nothing() {
    for fault in [
        Fault::Status(429, RetryAfter::Missing),
        Fault::Status(429, RetryAfter::Seconds(0)),
        Fault::Status(429, RetryAfter::Seconds(90)),
        Fault::Status(429, RetryAfter::Date(30)),
        Fault::Status(429, RetryAfter::Reset(5)),
        Fault::Status(500, RetryAfter::Missing),
        Fault::Status(503, RetryAfter::Seconds(4)),
        Fault::TokenRevoked,
        Fault::Html,
        Fault::HalfBody,
        Fault::NullBody,
        Fault::NullRecords,
        Fault::RecordsNotAList,
        Fault::NoRecords,
        Fault::NextMissing,
        Fault::NextRepeated,
        Fault::NextOverlaps,
        Fault::EmptyPage,
        Fault::RecordsTwice,
        Fault::RecordsReversed,
    ] {
        // The second page: it has one before it and some after it.
        let faults = vec![(1..2, fault.clone())];
        let mut scene = Scene::new(Behaviour { faults, ..Behaviour::default() }).await;
        let (summary, result) = scene.pull().await;
        assert_eq!(result, Ok(()), "{fault:?}");
        assert_eq!(scene.sorted(), scene.expected(), "{fault:?}");
        assert_eq!((summary.events, summary.quarantined), (350, 0), "{fault:?}");
    }
}

#[tokio::test]
async fn late_records_are_delivered_once_they_are_visible() {
    let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
    let late = BTreeMap::from([(349, minutes(4)), (340, minutes(30)), (100, minutes(360))]);
    let mut scene = Scene::new(Behaviour { late, ..Behaviour::default() }).await;
    assert_eq!(scene.pull().await.0.events, 347);
    scene.clock.advance(minutes(5));
    assert_eq!(scene.pull().await.0.events, 1);
    scene.clock.advance(minutes(400));
    let (summary, result) = scene.pull().await;
    assert_eq!((result, summary.events), (Ok(()), 2));
    assert_eq!(scene.sorted(), scene.expected());
}

#[tokio::test]
async fn a_late_record_is_found_after_days_of_pause() {
    let hours = |hours: u64| Duration::from_secs(3600 * hours);
    let mut scene = Scene::new(Behaviour { late: BTreeMap::from([(100, hours(6))]), ..Behaviour::default() }).await;
    assert_eq!(scene.pull().await.0.events, 349);
    scene.clock.advance(hours(72));
    let (summary, result) = scene.pull().await;
    assert_eq!((result, summary.events), (Ok(()), 1));
    assert_eq!(scene.sorted(), scene.expected());
}

#[tokio::test]
async fn damaged_records_are_quarantined_once_and_the_others_delivered() {
    let damaged = BTreeMap::from([
        (5, Damage::KeyMissing),
        (55, Damage::KeyNull),
        (105, Damage::KeyFloat),
        (155, Damage::TimeMissing),
        (205, Damage::TimeMalformed),
        (255, Damage::InvalidUtf8),
        (349, Damage::NotAnObject),
    ]);
    let mut scene = Scene::new(Behaviour { damaged, ..Behaviour::default() }).await;
    let (summary, result) = scene.pull().await;
    assert_eq!((result, summary.events, summary.quarantined), (Ok(()), 343, 7));
    assert_eq!(scene.sorted(), scene.expected());
    scene.clock.advance(Duration::from_secs(60));
    let (summary, _) = scene.pull().await;
    assert_eq!(
        (summary.events, summary.quarantined),
        (0, 0),
        "what comes again is neither delivered nor quarantined again"
    );
}

#[tokio::test]
async fn bounds_that_are_left_out_lose_nothing() {
    let bound = logwright::contract::Bound::Exclusive;
    let mut scene = Scene::new(Behaviour { start_bound: bound, end_bound: bound, ..Behaviour::default() }).await;
    scene.pull().await.1.unwrap();
    assert_eq!(scene.sorted(), scene.expected());
}

#[tokio::test]
async fn a_wrong_clock_may_delay_an_event_but_loses_none() {
    for clock_offset in [-7200, 7200] {
        let mut scene = Scene::new(Behaviour { clock_offset, ..Behaviour::default() }).await;
        scene.pull().await.1.unwrap();
        let added = |id: u8, at: &str| format!(r#"{{"id":{id},"created_at":"{at}"}}"#);
        // Both are behind the first pull by the collector's clock, and before it by the server's, or the other way round.
        scene.simulator.add("Zendesk.Audit", &added(1, "2025-12-31T23:30:00Z"), None).unwrap();
        scene.simulator.add("Zendesk.Audit", &added(2, "2026-01-01T01:30:00Z"), None).unwrap();
        scene.clock.advance(Duration::from_secs(3 * 3600));
        scene.pull().await.1.unwrap();
        scene.clock.advance(Duration::from_secs(3 * 3600));
        scene.pull().await.1.unwrap();
        let first = time(1_767_225_600 - 3600);
        let records = scene.simulator.records("Zendesk.Audit").into_iter();
        let due: Vec<String> = records.filter(|record| record.time >= first).map(|record| record.key).collect();
        let missing: Vec<_> = due.iter().filter(|key| !scene.delivered.contains(key)).collect();
        assert_eq!((missing.len(), scene.delivered.len()), (0, due.len()), "{clock_offset} s");
    }
}

#[tokio::test]
async fn a_token_without_a_lifetime_is_used_for_the_whole_pull() {
    let behaviour = Behaviour { tells_lifetime: false, token_status: 201, ..Behaviour::default() };
    let mut scene = Scene::new(behaviour).await;
    scene.pull().await.1.unwrap();
    assert_eq!(scene.sorted(), scene.expected());
    let tokens = scene.simulator.requests().all();
    assert_eq!(tokens.iter().filter(|seen| seen.target == "/oauth/tokens" && seen.status == 201).count(), 1);
}

#[tokio::test]
async fn a_wrong_scope_ends_the_pull_with_what_to_do() {
    let behaviour = Behaviour { granted_scope: Some("read".to_owned()), ..Behaviour::default() };
    let (_, result) = Scene::new(behaviour).await.pull().await;
    let message = result.unwrap_err().to_string();
    assert!(message.contains("scope"), "{message}");
}
