//! A walk: a seeded random life of a collector and its API, with an oracle at every step.
//!
//! The seed decides everything: which switches of the stand-in are on and for which requests, when events arrive and how late,
//! when the collector polls, where its process ends and what the power cut takes along. At the end the API gets well, time
//! passes, and what was delivered must be what was ever visible.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use logwright::contract::SignIn;
use logwright::time::Timestamp;
use logwright_runtime::clock::{Clock, Manual};
use logwright_runtime::simulator::{Behaviour, Random, SWITCHES, Simulator, turn_on};
use logwright_runtime::sink::Compression;

use super::disk::Loss;
use super::scene::{Scene, To, shifted};
use super::subject::Subject;

const MINUTE: u64 = 60;
const HOUR: u64 = 3600;

/// How late an event may become visible and still be found, in seconds: `lateness.rare` of the contract.
const LATEST: u64 = 24 * HOUR;

/// What a walk did, for a summary of many.
#[derive(Clone, Copy, Debug, Default)]
pub struct Walked {
    /// Events delivered.
    pub events: u64,
    /// Requests sent.
    pub requests: u64,
    /// Processes that ended otherwise than they should.
    pub crashes: u64,
    /// Pulls that failed.
    pub failures: u64,
    /// Tokens that a refresh token was spent for, or a person agreed to.
    pub tokens: u64,
}

/// The logs that are walked with: pages by time, by a link of arrival, and by a cursor kept across polls.
const LOGS: [&str; 3] = ["Zendesk.Audit", "Okta.SystemLog", "OnePassword.SignInAttempt"];

/// Does the walk of a seed. Seeds from 0 on turn on one switch alone, each in its turn, for each contract in its turn; those
/// after them random pairs.
///
/// # Errors
/// What does not hold, with the switches that were on.
pub fn walk(seed: u64) -> Result<Walked, String> {
    let mut random = Random::new(seed, 0);
    let alone = seed / SWITCHES.len() as u64;
    let log = if alone < LOGS.len() as u64 { alone } else { random.below(LOGS.len() as u64) };
    let subject = Subject::of(LOGS[usize::try_from(log).unwrap_or(0)])?;
    let switches = switches(subject, seed, &mut random);
    let names = format!("{} with {}", subject.log.log_type, switches.join(" "));
    Walk::new(subject, seed, &switches, random).and_then(Walk::run).map_err(|error| format!("{names}: {error}"))
}

/// The switches of a walk, with values and ranges.
fn switches(subject: Subject, seed: u64, random: &mut Random) -> Vec<String> {
    let all = SWITCHES.len() as u64;
    let one = (seed < all * LOGS.len() as u64).then(|| &SWITCHES[usize::try_from(seed % all).unwrap_or(0)]);
    let chosen: Vec<_> = match one {
        Some(switch) => vec![switch],
        None => (0..2).filter_map(|_| SWITCHES.get(usize::try_from(random.below(all)).unwrap_or(0))).collect(),
    };
    let mut texts: Vec<String> = Vec::new();
    for switch in chosen {
        if switch.is_of_answers() {
            // Some are over soon, and some outlast the collector's patience.
            let from = random.below(12);
            let to = from + 1 + if random.one_in(4) { random.below(16) } else { random.below(3) };
            texts.push(format!("{}@{from}..{to}", switch.text()));
        } else {
            texts.push(switch.text());
        }
    }
    for text in &mut texts {
        // What is an integer of one contract is a text of others, and those take it from a number.
        if subject.log.log_type != LOGS[0] {
            *text = text.replace("2:key-float,", "");
        }
        // Okta's events must have a type.
        if subject.log.log_type == LOGS[1] {
            *text = text.replace("0:nulls,1:bare,", "");
        }
        // Where the answer is the records alone, such bytes are in one of them, which goes to quarantine as it came.
        if subject.log.records.is_empty() && text.starts_with("invalid-utf8") {
            *text = text.replace("invalid-utf8", "half-body");
        }
        // Where a page without a link is the last one, nothing tells a numbered page that is empty from the end.
        if subject.log.log_type == LOGS[1] && text.starts_with("numbered-pages") {
            *text = text.replace("numbered-pages", "next-repeated@2..4");
        }
        // Nothing helps where the only token there is has been revoked.
        if subject.log.log_type != LOGS[0] && text.starts_with("token-revoked") {
            *text = text.replace("token-revoked", "scope-missing");
        }
    }
    // A megabyte that is read at every look back takes as long as twenty walks; one walk has it always.
    if one.is_none() && !random.one_in(8) {
        for text in &mut texts {
            *text = text.replace("3:long-text,", "");
        }
    }
    if !texts.iter().any(|text| text.starts_with("page-size")) {
        texts.push(format!("page-size={}", 3 + random.below(8)));
    }
    texts
}

struct Walk {
    scene: Scene,
    random: Random,
    offset: i64,
    /// Whether every 429 comes from the limit of requests, and not from a switch.
    counts_refusals: bool,
    /// Whether a person has to agree in a browser.
    by_person: bool,
    /// Whether a refresh token that was spent is a mistake of ours, and not of the stand-in.
    counts_spent_tokens: bool,
    /// Whether a process ended between a renewal's answer and its file: then it is neither's.
    lost_pair: Arc<AtomicBool>,
    failures: u64,
}

impl Walk {
    fn new(subject: Subject, seed: u64, switches: &[String], mut random: Random) -> Result<Self, String> {
        let mut behaviour = Behaviour::default();
        for switch in switches {
            turn_on(&mut behaviour, switch)?;
        }
        let offset = behaviour.clock_offset;
        let to = if random.one_in(5) { To::Stdout } else { To::Files };
        let back = [2 * HOUR, 26 * HOUR, 4 * 24 * HOUR][usize::try_from(random.below(3)).unwrap_or(0)];
        let events = 6 + random.below(16);
        let renews = switches.iter().any(|switch| switch.starts_with("token"));
        let mut scene = Scene::new(subject, renews, to, events, seed, Duration::from_secs(back), behaviour)?;
        let arrivals = Mutex::new(Random::new(seed, 1));
        scene.on_request = Arc::new(move |simulator, clock| {
            let mut random = arrivals.lock().unwrap_or_else(PoisonError::into_inner);
            clock.advance(Duration::from_millis(random.below(1500)));
            if random.one_in(4) {
                arrive(subject, simulator, clock, offset, &mut random);
            }
        });
        let lost_pair = Arc::new(AtomicBool::new(false));
        scene.on_unseen = Arc::new({
            let lost_pair = Arc::clone(&lost_pair);
            move |ask, _| _ = lost_pair.fetch_or(is_of_tokens(ask.url.path()), Ordering::Relaxed)
        });
        let by_person = subject.source.sign_in.iter().any(SignIn::needs_browser) && random.one_in(5);
        let loses_renewals = by_person && random.one_in(2);
        if by_person {
            scene.sign_in_by_person()?;
            let (life, told, lost) = (random.below(60 * MINUTE) + 1, random.one_in(2), random.below(4));
            scene.simulator.change(|behaviour| {
                behaviour.token_lifetime = Some(Duration::from_secs(life));
                behaviour.tells_lifetime = told;
                behaviour.lost_renewals = if loses_renewals { lost..lost + 1 } else { 0..0 };
            });
            // If the stand-in is not well, somebody tries again later.
            let _ = scene.agree();
        }
        let counts_spent_tokens =
            by_person && !loses_renewals && !switches.iter().any(|switch| switch.starts_with("token"));
        let counts_refusals = !switches.iter().any(|switch| switch.starts_with("429"));
        Ok(Self { scene, random, offset, counts_refusals, by_person, counts_spent_tokens, lost_pair, failures: 0 })
    }

    fn run(mut self) -> Result<Walked, String> {
        for _ in 0..4 + self.random.below(4) {
            self.live()?;
        }
        self.get_well()?;
        let requests = self.scene.simulator.requests();
        let refused = requests.count(429) as u64;
        // A process does not know what the one before it has used up of the minute.
        if self.counts_refusals && refused > self.scene.processes + self.scene.crashes {
            return Err(format!("{refused} requests were over the limit, by {} processes", self.scene.processes));
        }
        let of_tokens = |status: u16| {
            let all = requests.all();
            let oauth = all.iter().filter(|request| request.method == "POST" && is_of_tokens(&request.target));
            oauth.filter(|request| request.status == status).count() as u64
        };
        if self.counts_spent_tokens && !self.lost_pair.load(Ordering::Relaxed) && of_tokens(400) > 0 {
            return Err(format!("a refresh token that was spent was sent {} times", of_tokens(400)));
        }
        Ok(Walked {
            events: self.scene.delivered()?.len() as u64,
            requests: requests.all().len() as u64,
            crashes: self.scene.crashes,
            failures: self.failures,
            tokens: if self.by_person { of_tokens(200) + of_tokens(201) } else { 0 },
        })
    }

    /// Some time passes, some events arrive, the collector polls and may be stopped, or its disk be full.
    fn live(&mut self) -> Result<(), String> {
        let random = &mut self.random;
        let pause = match random.below(10) {
            0 if random.one_in(4) => 9 * 24 * HOUR,
            0 => 30 * HOUR,
            1 => 3 * HOUR,
            2 | 3 => 50 * MINUTE,
            _ => MINUTE,
        };
        self.scene.clock.advance(Duration::from_secs(random.below(pause) + 1));
        for _ in 0..random.below(6) {
            arrive(self.scene.subject, &self.scene.simulator, &self.scene.clock, self.offset, random);
        }
        match random.below(8) {
            0..=3 => self.scene.fuse.end_at(1 + random.below(40)),
            4 => self.scene.fuse.full_from(1 + random.below(30)),
            5 => self.scene.restart(),
            _ => {}
        }
        // The configuration may change between any two processes.
        if self.random.one_in(2) {
            self.scene.compression = if self.random.one_in(2) { Compression::Zstd } else { Compression::None };
        }
        if self.random.one_in(2) {
            self.scene.beside = Some(Random::new(self.random.bits(), 0));
        }
        let loss = match self.random.below(3) {
            0 => Loss::Nothing,
            1 => Loss::Everything,
            _ => Loss::Some(&mut self.random),
        };
        let (_, result) = self.scene.poll(loss)?;
        self.failures += u64::from(result.is_err());
        if result.is_err_and(|failure| failure.to_string().contains("logwright auth acme")) && self.random.one_in(2) {
            let _ = self.scene.agree();
        }
        self.scene.fuse.never();
        Ok(())
    }

    /// The API is well, every event becomes visible, and the collector looks back as it does each hour.
    fn get_well(&mut self) -> Result<(), String> {
        self.scene.simulator.change(|behaviour| {
            behaviour.faults.clear();
            behaviour.token_faults.clear();
            behaviour.numbered_pages = false;
            behaviour.cursor_life = None;
            behaviour.link_base = None;
            behaviour.arrivals = None;
            behaviour.lost_renewals = 0..0;
        });
        self.scene.agree()?;
        // A collector polls on while it waits for those that are late.
        self.scene.on_request = Arc::new(|_, _| {});
        let last = self
            .scene
            .simulator
            .records(self.scene.subject.log.log_type)
            .iter()
            .map(|record| record.visible_from)
            .max();
        let end = last.map(|last| shifted(last, i64::try_from(HOUR + 5 * MINUTE).unwrap_or(0)));
        let mut polls = 0;
        while polls < 3 || end.is_some_and(|end| self.scene.server_now(self.offset) < end) {
            let pause = if self.random.one_in(3) { HOUR } else { 11 * HOUR };
            self.scene.clock.advance(Duration::from_secs(10 * MINUTE + self.random.below(pause)));
            let now = self.scene.server_now(self.offset);
            let (_, result) = self.scene.poll(Loss::Nothing)?;
            result.map_err(|failure| format!("the API is well, and the pull fails: {failure}"))?;
            self.scene.check_punctual(now)?;
            polls += 1;
        }
        let now = self.scene.server_now(self.offset);
        self.scene.check_all_is_there(now)
    }
}

fn is_of_tokens(target: &str) -> bool {
    target.contains("oauth")
}

/// An event arrives: now, or some time ago, or only later; sometimes several in one second.
fn arrive(subject: Subject, simulator: &Simulator, clock: &Manual, offset: i64, random: &mut Random) {
    let now = shifted(clock.now(), offset);
    let late = match random.below(10) {
        0 => random.below(LATEST),
        1 => random.below(HOUR),
        2 | 3 => random.below(15 * MINUTE),
        4 => 1,
        _ => 0,
    };
    // It happened now and shows later, or it shows now and happened before.
    let (time, visible_from) = if random.one_in(2) { (0, late) } else { (late, 0) };
    let shift = |seconds: u64, sign: i64| shifted(now, sign * i64::try_from(seconds).unwrap_or(0));
    let (time, visible_from) = (shift(time, -1), shift(visible_from, 1));
    for _ in 0..if random.one_in(6) { 4 } else { 1 } {
        // Not in the order of time, and hardly ever the same twice.
        let id = 20_000_000_000_000 + random.below(1 << 50);
        let at = Timestamp::from_unix(time.unix_seconds(), 0).unwrap_or(time);
        let json = subject.record(id, at);
        // It fails on a record that is none, and this one is.
        let _ = simulator.add(subject.log.log_type, &json, Some(visible_from));
    }
}
