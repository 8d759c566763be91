//! A stand-in, a collector, a disk and a clock, all inside one process and one thread; and the oracle.
//!
//! Nothing waits: the clock jumps. So a pull of ten pages with an hour of back-off takes some milliseconds, and the same seed does
//! the same again.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use logwright::event::Profile;
use logwright::log_types::zendesk::audit::SCHEMA;
use logwright::log_types::zendesk::source::SOURCE;
use logwright::time::Timestamp;
use logwright_runtime::account::Account;
use logwright_runtime::api::{Api, Patience};
use logwright_runtime::clock::{Clock, Manual};
use logwright_runtime::http::{Ask, Carry, Fault, Http, Reply};
use logwright_runtime::pull::{Pull, Summary, pull_once};
use logwright_runtime::simulator::{Behaviour, Options, Record, Simulator};
use logwright_runtime::sink::{Files, Lines, Sink};
use logwright_runtime::{Failure, State};
use secrecy::SecretString;

use super::disk::{Loss, MemoryDisk};
use super::fuse::Fuse;

/// The log that is pulled.
pub const LOG: &str = "Zendesk.Audit";
const FOLDER: &str = "/events";

/// Where events go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// The files sink, on a disk in memory.
    Files,
    /// Standard output, each process with one of its own.
    Stdout,
}

/// What the whole of a test is made of.
pub struct Scene {
    /// The clock of both sides.
    pub clock: Arc<Manual>,
    /// The API.
    pub simulator: Arc<Simulator>,
    /// What counts the steps of the collector at its disk and state.
    pub fuse: Fuse,
    /// What was delivered before.
    pub state: State,
    /// Called before each request, with the simulator and the clock.
    pub on_request: OnRequest,
    to: To,
    disk: MemoryDisk,
    printed: Printed,
    account: Account,
    process: Option<Box<dyn Sink>>,
    covered_to: Option<Timestamp>,
    /// How often the process ended otherwise than it should.
    pub crashes: u64,
    /// How many processes there were.
    pub processes: u64,
}

type OnRequest = Arc<dyn Fn(&Simulator, &Manual) + Send + Sync>;

impl Scene {
    /// A collector that begins `back` before the server's time now, which is noon or somewhere near.
    ///
    /// # Errors
    /// Never but for our own mistakes; in words.
    pub fn new(to: To, events: u64, seed: u64, back: Duration, behaviour: Behaviour) -> Result<Self, String> {
        let noon: Timestamp = "2026-01-10T12:00:00Z".parse().map_err(|_| "noon is no time")?;
        let clock = Arc::new(Manual::new(noon));
        let hands = Arc::clone(&clock);
        let offset = behaviour.clock_offset;
        let span = back / 2;
        let now = Arc::new(move || hands.now());
        let options = Options { events, seed, span, clock: now, behaviour };
        let simulator = Simulator::unconnected(&SOURCE, &[&SCHEMA], options).map_err(|error| error.to_string())?;
        let credentials = &simulator.credentials()[0];
        let secrets = credentials.inputs.iter().map(|(name, value)| (*name, SecretString::from(value.as_str())));
        let base_url = simulator.base_url().parse().map_err(|error| format!("{error}"))?;
        let inputs = BTreeMap::from([("subdomain", "acme".to_owned())]);
        let mut account = Account::new("acme", &SOURCE, &SOURCE.sign_in[0], inputs, secrets.collect(), base_url);
        account.start = Some(shifted(noon, offset - i64::try_from(back.as_secs()).unwrap_or(0)));
        let fuse = Fuse::default();
        let state = State::in_memory().map_err(|error| error.to_string())?;
        let burns = fuse.clone();
        state.watch(move |_| burns.step().map_err(|error| Failure::Outside(error.to_string())));
        Ok(Self {
            clock,
            simulator: Arc::new(simulator),
            disk: MemoryDisk::new(fuse.clone()),
            printed: Printed::new(fuse.clone()),
            fuse,
            state,
            on_request: Arc::new(|_, _| {}),
            to,
            account,
            process: None,
            covered_to: None,
            crashes: 0,
            processes: 0,
        })
    }

    /// One pull, in the process that is there or in a new one. When the fuse burns down in it, the process is gone.
    ///
    /// # Errors
    /// When an invariant does not hold after it; in words. A pull that fails is no error.
    pub fn poll(&mut self, loss: Loss<'_>) -> Result<(Summary, Result<(), Failure>), String> {
        let done = self.pull();
        if self.fuse.has_ended() {
            self.process = None;
            self.crashes += 1;
            self.fuse.never();
            self.disk.restart(loss);
            self.printed.next_process();
        }
        self.check_nothing_is_doubled()?;
        self.check_cover()?;
        done
    }

    /// Ends the process as somebody does who stops it between two pulls.
    pub fn restart(&mut self) {
        self.process = None;
        self.printed.next_process();
    }

    fn pull(&mut self) -> Result<(Summary, Result<(), Failure>), String> {
        let mut sink = match self.process.take() {
            Some(sink) => sink,
            None => match self.open() {
                Ok(sink) => sink,
                Err(failure) => return Ok((Summary::default(), Err(failure))),
            },
        };
        let clock = Arc::clone(&self.clock);
        let within = self.simulator.within(move |time| clock.advance(time));
        let carrier = Busy {
            within,
            simulator: Arc::clone(&self.simulator),
            clock: Arc::clone(&self.clock),
            on_request: Arc::clone(&self.on_request),
        };
        let http = Http::within(&self.account.base_url, Arc::new(carrier));
        let api = Api::over(http, &self.account, &*self.clock, Patience::ONE_RUN);
        let stream = self.account.streams()[0];
        let (state, on_page) = (&self.state, &mut |_: &Summary| {});
        let pull = Pull { api: &api, stream, state, sink: &mut *sink, profile: Profile::Lake, on_page };
        let done = at_once(pull_once(pull))?;
        self.process = Some(sink);
        Ok(done)
    }

    fn open(&mut self) -> Result<Box<dyn Sink>, Failure> {
        self.processes += 1;
        Ok(match self.to {
            To::Files => Box::new(Files::on(Box::new(self.disk.clone()), Path::new(FOLDER))?),
            To::Stdout => Box::new(Lines::new(self.printed.clone())),
        })
    }

    /// The ids that can be seen where events go, each as often as it is there.
    ///
    /// # Errors
    /// When there is something else than whole lines.
    pub fn delivered(&self) -> Result<BTreeMap<String, u64>, String> {
        let mut delivered = BTreeMap::new();
        let texts: Vec<Vec<u8>> = match self.to {
            To::Files => self.disk.files().into_iter().map(|(_, bytes)| bytes).collect(),
            To::Stdout => vec![self.printed.lines()],
        };
        for text in texts {
            let text = String::from_utf8(text).map_err(|error| error.to_string())?;
            if !text.is_empty() && !text.ends_with('\n') {
                return Err(format!("a file that is not whole: {text:?}"));
            }
            for line in text.lines() {
                *delivered.entry(id(line)?).or_insert(0) += 1;
            }
        }
        Ok(delivered)
    }

    /// The server's time.
    pub fn server_now(&self, behaviour_offset: i64) -> Timestamp {
        shifted(self.clock.now(), behaviour_offset)
    }

    /// Holds what was delivered against what the API has shown up to `now`, which is the server's time.
    ///
    /// # Errors
    /// When an event is missing, or one is there that was never shown, or too many are in quarantine or too few.
    pub fn check_all_is_there(&mut self, now: Timestamp) -> Result<(), String> {
        let records = self.simulator.records(LOG);
        let shown = records.iter().filter(|record| record.visible_from <= now);
        let (whole, damaged): (Vec<&Record>, Vec<&Record>) = shown.partition(|record| record.damage.is_none());
        let expected: BTreeSet<&str> = whole.iter().map(|record| &*record.key).collect();
        let delivered = self.delivered()?;
        // What happened before the start is not asked for.
        let due = |record: &&&Record| Some(record.time) >= self.account.start;
        let missing: Vec<_> = whole.iter().filter(due).filter(|record| !delivered.contains_key(&record.key)).collect();
        if let Some(first) = missing.first() {
            return Err(format!(
                "{} of {} events are lost, such as {} of {}, visible from {}, at {now}",
                missing.len(),
                whole.len(),
                first.key,
                first.time,
                first.visible_from
            ));
        }
        if let Some(strange) = delivered.keys().find(|id| !expected.contains(&***id)) {
            return Err(format!("{strange} was delivered and is none of the API's"));
        }
        let stream = self.stream()?;
        let quarantined = self.state.quarantined(stream).map_err(|error| error.to_string())?;
        if quarantined != damaged.len() as u64 {
            return Err(format!("{quarantined} records are in quarantine, and {} are damaged", damaged.len()));
        }
        Ok(())
    }

    /// Holds what was delivered against what the API had shown at `then`, before the last pull began, no later than usual.
    ///
    /// # Errors
    /// When an event is missing.
    pub fn check_punctual(&self, then: Timestamp) -> Result<(), String> {
        let delivered = self.delivered()?;
        let usual = i64::try_from(SOURCE.logs[0].lateness.usual.as_secs()).unwrap_or(0);
        let due = |record: &Record| {
            let late = record.visible_from.unix_seconds() - record.time.unix_seconds();
            record.damage.is_none()
                && record.visible_from <= then
                && late <= usual
                && Some(record.time) >= self.account.start
        };
        let records = self.simulator.records(LOG);
        let missing = records.iter().find(|record| due(record) && !delivered.contains_key(&record.key));
        match missing {
            None => Ok(()),
            Some(record) => {
                Err(format!("{} of {} is not there at {then}, though it was in time", record.key, record.time))
            }
        }
    }

    fn check_nothing_is_doubled(&self) -> Result<(), String> {
        let doubled: u64 = self.delivered()?.values().map(|times| times - 1).sum();
        let allowed = if self.to == To::Stdout { self.crashes * self.printed.largest_page() } else { 0 };
        if doubled > allowed {
            let found = self.delivered()?.into_iter().find(|(_, times)| *times > 1);
            let needle = format!("\"id\":{},", found.map(|(id, _)| id).unwrap_or_default());
            for (path, bytes) in self.disk.files() {
                if String::from_utf8_lossy(&bytes).contains(&needle) {
                    eprintln!("{needle} in {}", path.display());
                }
            }
            return Err(format!(
                "{doubled} events are there twice; after {} crashes at most {allowed} may",
                self.crashes
            ));
        }
        Ok(())
    }

    fn check_cover(&mut self) -> Result<(), String> {
        let stream = self.stream()?;
        let covered_to = self.state.progress(stream).map_err(|error| error.to_string())?.covered_to;
        if covered_to < self.covered_to {
            return Err(format!("covered to {covered_to:?} after {:?}", self.covered_to));
        }
        self.covered_to = covered_to;
        Ok(())
    }

    fn stream(&mut self) -> Result<logwright_runtime::state::StreamId, String> {
        let (account, start) = (&self.account, self.account.start.ok_or("the account has no start")?);
        self.state.stream(&account.id, LOG, &account.identity(), start).map_err(|error| error.to_string())
    }
}

/// The way to the API, with what happens there meanwhile.
struct Busy {
    within: Arc<dyn Carry>,
    simulator: Arc<Simulator>,
    clock: Arc<Manual>,
    on_request: OnRequest,
}

impl Carry for Busy {
    fn carry(&self, ask: &Ask, authorization: Option<&str>) -> Result<Reply, Fault> {
        (self.on_request)(&self.simulator, &self.clock);
        self.within.carry(ask, authorization)
    }
}

/// What was printed, by all processes: whole lines, for a line that a process did not end is no event.
#[derive(Clone, Debug)]
struct Printed {
    fuse: Fuse,
    text: Arc<Mutex<(Vec<u8>, u64)>>,
}

impl Printed {
    fn new(fuse: Fuse) -> Self {
        Self { fuse, text: Arc::default() }
    }

    fn next_process(&self) {
        let text = &mut self.text.lock().unwrap_or_else(PoisonError::into_inner).0;
        let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        text.truncate(whole);
    }

    fn lines(&self) -> Vec<u8> {
        self.text.lock().unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    fn largest_page(&self) -> u64 {
        self.text.lock().unwrap_or_else(PoisonError::into_inner).1
    }
}

impl Write for Printed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut text = self.text.lock().unwrap_or_else(PoisonError::into_inner);
        let lines = bytes.split(|byte| *byte == b'\n').count() as u64 - 1;
        text.1 = text.1.max(lines);
        let half = bytes.len() / 2;
        for part in [&bytes[..half], &bytes[half..]] {
            self.fuse.step()?;
            text.0.extend_from_slice(part);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.fuse.step()
    }
}

/// Runs a future that has nothing to wait for.
fn at_once<T>(future: impl Future<Output = T>) -> Result<T, String> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => Ok(done),
        Poll::Pending => Err("the pull waits for something else than its clock".to_owned()),
    }
}

/// `time`, so many seconds later.
pub fn shifted(time: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_unix(time.unix_seconds() + seconds, time.subsec_nanos()).unwrap_or(time)
}

/// The id in an event. Inside a text its quotes would be escaped, so this is it.
pub(super) fn id(line: &str) -> Result<String, String> {
    let number = line.split_once(r#""id":"#).map(|(_, rest)| rest.split([',', '}']).next().unwrap_or_default());
    number.map(str::to_owned).ok_or_else(|| format!("an event without an id: {line}"))
}
