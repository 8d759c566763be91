//! Runs against the stand-in, on a clock that jumps from wait to wait.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::ProgressBar;
use logwright::log_types::zendesk::source::SOURCE;
use logwright::time::Timestamp;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::*;
use crate::clock::{Manual, Sleep, earlier, later};
use crate::config;
use crate::simulator::{self, Behaviour, Fault, RetryAfter, Simulator};
use crate::state::StreamId;
use crate::testing::noon;

const HOUR: Duration = Duration::from_secs(3600);

/// What is done at the first wait that is longer than this, and what the run is told then. That wait is never over.
type Stuck = (Duration, Box<dyn FnOnce() -> Option<Signal> + Send>);

/// A clock on which a run ends: the first wait beyond its end stops the run, and is never over.
struct Until {
    time: Arc<Manual>,
    end: Timestamp,
    stopped: AtomicBool,
    stuck: Mutex<Option<Stuck>>,
    signals: UnboundedSender<Signal>,
}

impl Clock for Until {
    fn now(&self) -> Timestamp {
        self.time.now()
    }

    fn sleep(&self, duration: Duration) -> Sleep<'_> {
        if let Some((_, tell)) = self.stuck.lock().unwrap().take_if(|(shorter, _)| duration > *shorter) {
            if let Some(signal) = tell() {
                self.signals.send(signal).unwrap();
            }
            return Box::pin(std::future::pending());
        }
        if later(self.now(), duration) < self.end {
            return self.time.sleep(duration);
        }
        if !self.stopped.swap(true, Ordering::SeqCst) {
            self.signals.send(Signal::Stop).unwrap();
        }
        Box::pin(std::future::pending())
    }

    fn chance(&self) -> f64 {
        0.5
    }
}

/// Keeps the events in the order in which they came, each page under its segment as files are kept.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<Segment>>>);

/// A name, and the ids of the events under it.
type Segment = (String, Vec<String>);

impl Sink for Kept {
    fn deliver(&mut self, page: &Delivery<'_>) -> Result<(), Failure> {
        let lines = std::str::from_utf8(page.lines).unwrap().lines();
        let id = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].to_string();
        let name = format!("{} {:?}", page.source_name, page.segment);
        let mut pages = self.0.lock().unwrap();
        pages.retain(|(other, _)| *other != name);
        pages.push((name, lines.map(id).collect()));
        Ok(())
    }
}

impl Kept {
    fn ids(&self) -> Vec<String> {
        self.0.lock().unwrap().iter().flat_map(|(_, ids)| ids.clone()).collect()
    }
}

/// A stand-in with 700 events of the last 72 hours, a state, a sink.
struct Scene {
    time: Arc<Manual>,
    simulator: Simulator,
    state: State,
    kept: Kept,
    metrics: Metrics,
    stuck: RefCell<Option<Stuck>>,
}

impl Scene {
    async fn new(behaviour: Behaviour) -> Self {
        crate::testing::capture();
        let time = Arc::new(Manual::new(noon()));
        let hands = Arc::clone(&time);
        let options = simulator::Options {
            events: 700,
            span: 72 * HOUR,
            clock: Arc::new(move || hands.now()),
            behaviour,
            ..simulator::Options::default()
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let schemas: Vec<_> = logwright::log_types::ALL.iter().map(|one| one.schema()).collect();
        let simulator = Simulator::start(listener, &SOURCE, &schemas, options).unwrap();
        let (state, kept) = (State::in_memory().unwrap(), Kept::default());
        Self { time, simulator, state, kept, metrics: Metrics::default(), stuck: RefCell::default() }
    }

    /// A source of this name at the stand-in, asked every so many minutes.
    fn source(&self, name: &str, minutes: u64) -> SourceConfig {
        let start = earlier(noon(), 72 * HOUR + Duration::from_secs(1));
        let text = format!(
            "poll: {minutes}m\nsources:\n  - name: {name}\n    source: zendesk\n    inputs: {{subdomain: acme}}\n    \
             auth: {{method: oauth_token, access_token: {{command: [printf, '%s', '{}']}}}}\n    \
             start: {start}\n    base_url: {}\n",
            self.token(),
            self.simulator.base_url()
        );
        config::parse(&text, Path::new("logwright.yml"), self.time.now()).unwrap().sources.remove(0)
    }

    fn token(&self) -> String {
        let ways = self.simulator.credentials();
        let inputs = ways.iter().flat_map(|way| &way.inputs);
        inputs.filter(|(name, _)| *name == "access_token").map(|(_, value)| value.clone()).next().unwrap()
    }

    /// The place of `acme` in the state.
    fn stream(&self) -> StreamId {
        let account = Account::open(&self.source("acme", 1)).unwrap();
        self.state.stream(&account.id, "Zendesk.Audit", &account.identity(), account.start.unwrap()).unwrap()
    }

    /// At the first long wait of the next run, somebody mends what is wrong and has the configuration read again.
    fn mends(&self, mend: impl FnOnce() + Send + 'static) {
        let tell = move || {
            mend();
            Some(Signal::Reload)
        };
        self.stuck.replace(Some((Duration::from_secs(600), Box::new(tell))));
    }

    async fn run(&self, sources: Vec<SourceConfig>, hours: f64) -> Result<(), Failure> {
        let no_reload = || Err(Failure::Configuration("nobody reloads".into()));
        self.run_with(sources, hours, &no_reload, &[]).await
    }

    async fn run_with(
        &self,
        sources: Vec<SourceConfig>,
        hours: f64,
        reload: &dyn Fn() -> Result<Config, Failure>,
        told: &[Signal],
    ) -> Result<(), Failure> {
        self.run_into(Box::new(self.kept.clone()), sources, hours, reload, told).await
    }

    async fn run_into(
        &self,
        sink: Box<dyn Sink>,
        sources: Vec<SourceConfig>,
        hours: f64,
        reload: &dyn Fn() -> Result<Config, Failure>,
        told: &[Signal],
    ) -> Result<(), Failure> {
        let (sender, signals) = unbounded_channel();
        for signal in told {
            sender.send(*signal).unwrap();
        }
        let end = later(self.time.now(), HOUR.mul_f64(hours));
        let stuck = Mutex::new(self.stuck.take());
        let clock =
            Until { time: Arc::clone(&self.time), end, stopped: AtomicBool::new(false), stuck, signals: sender };
        let bar = ProgressBar::hidden();
        let meter = Meter::new(&bar, &clock);
        let config = configuration(sources);
        let surroundings =
            Surroundings { clock: &clock, signals, reload, meter: &meter, metrics: self.metrics.clone() };
        run(config, &self.state, sink, surroundings).await
    }

    /// Every record was delivered, and none twice.
    fn assert_whole(&self, what: &str) {
        let mut delivered = self.kept.ids();
        let all = delivered.len();
        delivered.sort();
        delivered.dedup();
        let records = self.simulator.records("Zendesk.Audit");
        let missing = records.iter().filter(|record| delivered.binary_search(&record.key).is_err()).count();
        assert_eq!((missing, all - delivered.len()), (0, 0), "missing and doubled, {what}");
    }
}

fn configuration(sources: Vec<SourceConfig>) -> Config {
    let output = config::Output { to: config::Destination::Stdout, profile: Profile::Lake };
    Config { state: "state".into(), sources, output, tell: config::Tell::default(), metrics: None }
}

#[tokio::test]
async fn the_present_comes_at_once_and_the_past_beside_it_and_nothing_twice() {
    let scene = Scene::new(Behaviour::default()).await;
    scene.run(vec![scene.source("acme", 1)], 0.5).await.unwrap();
    scene.assert_whole("in the end");
    // The newest record is of now; had the past come first, it would be the last.
    let newest = scene.simulator.records("Zendesk.Audit").into_iter().max_by_key(|record| record.time).unwrap();
    let place = scene.kept.ids().iter().position(|id| *id == newest.key).unwrap();
    assert!(place < 500, "the newest event came at place {place} of 700");
}

#[tokio::test]
async fn a_source_in_trouble_is_tried_slowly_and_delays_no_other() {
    let scene = Scene::new(Behaviour::default()).await;
    let mut refused = scene.source("refused", 1);
    let wrong = config::Credential::Plain("wrong".to_owned());
    refused.credentials = BTreeMap::from([("access_token", wrong)]);
    scene.run(vec![refused, scene.source("well", 1)], 10.0).await.unwrap();
    scene.assert_whole("in the end");
    let refusals = scene.simulator.requests().count(401);
    // Two lanes, each four times an hour at most, and fewer where one of them waits for both.
    assert!((10..=82).contains(&refusals), "{refusals} refused requests in ten hours");
}

#[tokio::test]
async fn a_secret_that_cannot_be_read_is_told_and_ends_nothing() {
    let scene = Scene::new(Behaviour::default()).await;
    let mut unreadable = scene.source("unreadable", 1);
    unreadable.credentials = BTreeMap::new();
    scene.run(vec![unreadable], 2.0).await.unwrap();
    assert!(crate::testing::log().contains("unreadable: `access_token` is missing; trying again in 900 s"));
}

#[tokio::test]
async fn what_a_run_does_is_counted_and_silence_and_refusals_are_alarms() {
    let scene = Scene::new(Behaviour::default()).await;
    let mut refused = scene.source("refused", 30);
    refused.credentials = BTreeMap::from([("access_token", config::Credential::Plain("wrong".to_owned()))]);
    let well = || scene.source("well", 30);
    scene.run(vec![well(), refused.clone()], 23.0).await.unwrap();
    let alarms = |name| {
        let alarms = scene.state.alarms(&crate::identity::source_id(name)).unwrap();
        alarms.into_iter().map(|alarm| alarm.name).collect::<Vec<_>>()
    };
    assert_eq!((alarms("well"), alarms("refused")), (vec![], vec!["sign_in".to_owned()]));
    let text = scene.metrics.text(scene.time.now());
    for part in [
        r#"events_total{source="well",log_type="Zendesk.Audit"} 700"#,
        r#"alarms_active{source="refused",alarm="sign_in"} 1"#,
        r#"alarms_active{source="well",alarm="sign_in"} 0"#,
        r#"requests_total{source="refused",status="401"}"#,
        r#"last_success_timestamp_seconds{source="well",log_type="Zendesk.Audit"}"#,
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    // The clock of silence goes on over the stop: without it, it would be a day from here.
    refused.credentials = well().credentials;
    scene.run(vec![well(), refused], 25.0).await.unwrap();
    assert_eq!((alarms("well"), alarms("refused")), (vec!["no_events".to_owned()], vec![]));
}

#[tokio::test]
async fn that_a_person_has_to_agree_is_an_alarm_which_says_how() {
    let scene = Scene::new(Behaviour::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let text = format!(
        "sources:\n  - {{name: acme, source: zendesk, inputs: {{subdomain: acme}}, base_url: '{}', \
         auth: {{method: oauth_code, client_id: logwright}}}}\n",
        scene.simulator.base_url()
    );
    let config = config::parse(&text, &folder.path().join("logwright.yml"), scene.time.now()).unwrap();
    scene.run(config.sources, 2.0).await.unwrap();
    let alarms = scene.state.alarms(&crate::identity::source_id("acme")).unwrap();
    assert_eq!(alarms.iter().map(|alarm| alarm.name.as_str()).collect::<Vec<_>>(), ["sign_in"]);
    let log = crate::testing::log();
    assert!(log.contains("nobody has agreed in a browser yet; run: logwright auth acme"), "{log}");
}

#[tokio::test]
async fn a_limit_that_lasts_for_hours_ends_nothing() {
    let faults = vec![(0..60, Fault::Status(429, RetryAfter::Seconds(600)))];
    let scene = Scene::new(Behaviour { faults, ..Behaviour::default() }).await;
    scene.run(vec![scene.source("acme", 1)], 24.0).await.unwrap();
    scene.assert_whole("in the end");
}

#[tokio::test]
async fn sources_of_one_account_stay_under_its_limit_together() {
    // Twice 70 pages are far more than a minute allows; trouble of two kinds in between is no licence to hurry.
    let faults =
        vec![(20..24, Fault::Status(503, RetryAfter::Missing)), (30..33, Fault::Status(429, RetryAfter::Seconds(90)))];
    let (page_size, requests_per_minute) = (Some(10), Some(60));
    let scene = Scene::new(Behaviour { faults, page_size, requests_per_minute, ..Behaviour::default() }).await;
    scene.run(["one", "two"].map(|name| scene.source(name, 1)).into(), 2.0).await.unwrap();
    assert_eq!(scene.kept.ids().len(), 1400);
    let requests = scene.simulator.requests();
    let mut minutes: BTreeMap<i64, u32> = BTreeMap::new();
    for request in requests.all() {
        *minutes.entry(request.at.unix_seconds().div_euclid(60)).or_default() += 1;
    }
    // What one of them is told holds for the other as well.
    let all: Vec<_> = requests.all().iter().map(|request| (request.status, request.at.unix_seconds())).collect();
    for (_, told) in all.iter().filter(|(status, _)| *status == 429).take(3) {
        assert!(!all.iter().any(|(_, at)| (told + 1..told + 90).contains(at)), "asked within 90 s of {told}");
    }
    let most = minutes.values().max().copied().unwrap_or(0);
    assert!((40..=67).contains(&most), "{most} in a minute");
    // Three were to come. A lane may have had its turn before the answer that would have had it wait a second more.
    let refused = requests.count(429);
    assert!((3..=4).contains(&refused), "{refused} refused");
}

#[tokio::test]
async fn a_bad_configuration_is_told_and_the_old_one_goes_on_and_a_good_one_is_taken() {
    let scene = Scene::new(Behaviour::default()).await;
    let bad = || Err(Failure::Configuration("a mistake".into()));
    scene.run_with(vec![scene.source("acme", 1)], 0.5, &bad, &[Signal::Reload]).await.unwrap();
    scene.assert_whole("in the end");
    assert!(crate::testing::log().contains("the old one goes on"));

    // `acme` goes, `other` comes: the same events under another name.
    let asked = scene.simulator.requests().all().len();
    let good = || Ok(configuration(vec![scene.source("other", 1)]));
    scene.run_with(vec![scene.source("acme", 1)], 0.5, &good, &[Signal::Reload]).await.unwrap();
    assert_eq!(scene.kept.ids().len(), 1400);
    assert!(scene.simulator.requests().all().len() > asked);
}

#[tokio::test]
async fn a_source_in_trouble_is_tried_at_once_when_the_configuration_is_read_again() {
    let scene = Scene::new(Behaviour::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let (file, token) = (folder.path().join("token"), scene.token());
    std::fs::write(&file, "wrong").unwrap();
    let mut source = scene.source("acme", 1);
    let reference = config::Credential::Reference(crate::secret::SecretRef::File(file.clone()));
    source.credentials = BTreeMap::from([("access_token", reference)]);
    scene.mends(move || std::fs::write(&file, token).unwrap());
    // The configuration is the same as before: only what it points to has changed.
    let same = || Ok(configuration(vec![source.clone()]));
    let run = scene.run_with(vec![source.clone()], 0.5, &same, &[]);
    // Without the signal it would wait for the clock, which stands still.
    tokio::time::timeout(Duration::from_secs(30), run).await.unwrap().unwrap();
    scene.assert_whole("in the end");
}

#[tokio::test]
async fn a_log_that_the_sink_does_not_let_begin_begins_when_it_does() {
    /// Cannot take anything back before it is mended.
    struct Broken(Kept, Arc<AtomicBool>);
    impl Sink for Broken {
        fn deliver(&mut self, page: &Delivery<'_>) -> Result<(), Failure> {
            if !self.1.load(Ordering::SeqCst) {
                return Err(Failure::Outside("the disk is full".into()));
            }
            self.0.deliver(page)
        }
    }
    let scene = Scene::new(Behaviour::default()).await;
    scene.run(vec![scene.source("acme", 1)], 0.0).await.unwrap();
    // A page under way, as a stop leaves it.
    assert!(!scene.state.under_way(scene.stream()).unwrap().is_empty());
    let mended = Arc::new(AtomicBool::new(false));
    let mend = Arc::clone(&mended);
    scene.mends(move || mend.store(true, Ordering::SeqCst));
    let same = || Ok(configuration(vec![scene.source("acme", 1)]));
    let sink = Box::new(Broken(scene.kept.clone(), mended));
    let run = scene.run_into(sink, vec![scene.source("acme", 1)], 4.0, &same, &[]);
    tokio::time::timeout(Duration::from_secs(30), run).await.unwrap().unwrap();
    scene.assert_whole("in the end");
}

#[tokio::test]
async fn what_could_not_be_committed_does_not_stand_while_its_lane_waits() {
    /// Has the commit of the first page of the first window fail.
    struct Fails(Kept, Arc<AtomicBool>);
    impl Sink for Fails {
        fn deliver(&mut self, page: &Delivery<'_>) -> Result<(), Failure> {
            let first = (page.segment.window, page.segment.page) == (1, 0) && !page.times.is_empty();
            self.1.store(first, Ordering::SeqCst);
            self.0.deliver(page)
        }
    }
    let scene = Scene::new(Behaviour::default()).await;
    let fails = Arc::new(AtomicBool::new(false));
    let sink = Box::new(Fails(scene.kept.clone(), Arc::clone(&fails)));
    let failed = Arc::new(AtomicBool::new(false));
    let noted = Arc::clone(&failed);
    scene.state.watch(move |_| {
        if !fails.swap(false, Ordering::SeqCst) {
            return Ok(());
        }
        noted.store(true, Ordering::SeqCst);
        Err(Failure::Outside("the disk is full".into()))
    });
    // The live lane waits, and the backfill brings all that it has to, also where the two overlap.
    scene.stuck.replace(Some((Duration::from_secs(30), Box::new(|| None))));
    let no_reload = || Err(Failure::Configuration("nobody reloads".into()));
    let run = scene.run_into(sink, vec![scene.source("acme", 1)], 1.0, &no_reload, &[]);
    let stream = scene.stream();
    let brought = async {
        while scene.state.progress(stream).unwrap().covered_to.is_none() {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        ended = run => panic!("{ended:?}"),
        () = brought => {}
    }
    let (ids, failed) = (scene.kept.ids(), failed.load(Ordering::SeqCst));
    let once: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!((ids.len(), failed), (once.len(), true));
    scene.run(vec![scene.source("acme", 1)], 0.5).await.unwrap();
    scene.assert_whole("in the end");
}

#[tokio::test]
async fn what_waits_for_a_restart_is_named_and_the_rest_is_taken() {
    let scene = Scene::new(Behaviour::default()).await;
    let told =
        || Ok(Config { metrics: Some(([127, 0, 0, 1], 1).into()), ..configuration(vec![scene.source("other", 1)]) });
    scene.run_with(vec![scene.source("acme", 1)], 0.5, &told, &[Signal::Reload]).await.unwrap();
    assert!(crate::testing::log().contains("`metrics`: what has changed there takes a restart"));
    assert!(crate::testing::log().contains("stopped: it is no longer in the configuration"));
    scene.assert_whole("of another name");
}

#[tokio::test]
async fn another_state_or_output_is_not_taken_under_way() {
    let scene = Scene::new(Behaviour::default()).await;
    let moved = || Ok(Config { state: "elsewhere".into(), ..configuration(vec![scene.source("other", 1)]) });
    scene.run_with(vec![scene.source("acme", 1)], 0.5, &moved, &[Signal::Reload]).await.unwrap();
    scene.assert_whole("in the end");
}

#[tokio::test]
async fn a_second_signal_ends_it_at_once() {
    // An answer that never comes keeps the first from ending it.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let scene = Scene::new(Behaviour::default()).await;
    let mut source = scene.source("acme", 1);
    source.base_url = format!("http://{}", silent.local_addr().unwrap()).parse().unwrap();
    let no_reload = || Err(Failure::Configuration("nobody reloads".into()));
    let result = scene.run_with(vec![source], 0.0, &no_reload, &[Signal::Stop, Signal::Stop]).await;
    assert!(matches!(result, Err(Failure::Outside(why)) if why.contains("stopped at once")));
}

/// Numbers that look random, the same at each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Stops in the middle of a backfill, pauses of more than a day, late records: over all of them the seams hold.
#[tokio::test]
async fn whatever_is_stopped_and_however_late_records_are_each_comes_once() {
    for seed in 0..5 {
        let mut numbers = Numbers(seed);
        let late = (0..60).map(|_| (numbers.below(700), Duration::from_secs(60 * numbers.below(20 * 60)))).collect();
        let scene = Scene::new(Behaviour { late, ..Behaviour::default() }).await;
        for _ in 0..4 {
            let minutes = numbers.below(300);
            scene.run(vec![scene.source("acme", 20)], f64::from(u32::try_from(minutes).unwrap()) / 60.0).await.unwrap();
            scene.time.advance(Duration::from_secs(60 * numbers.below(40 * 60)));
        }
        scene.run(vec![scene.source("acme", 20)], 27.0).await.unwrap();
        scene.assert_whole(&format!("seed {seed}"));
    }
}
