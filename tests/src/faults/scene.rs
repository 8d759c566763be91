//! A stand-in, a collector, a disk and a clock, all inside one process and one thread; and the oracle.
//!
//! Nothing waits: the clock jumps. So a pull of ten pages with an hour of back-off takes some milliseconds, and the same seed does
//! the same again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use logwright::contract::SignIn;
use logwright::event::{Origin, Profile};
use logwright::time::Timestamp;
use logwright_runtime::account::Account;
use logwright_runtime::api::{Api, Patience};
use logwright_runtime::clock::{Clock, Manual};
use logwright_runtime::http::{Ask, Carry, Fault, Http, Reply};
use logwright_runtime::pull::replay::Replay;
use logwright_runtime::pull::{Pull, Summary, pull_once};
use logwright_runtime::simulator::{Behaviour, Options, Random, Record, Simulator};
use logwright_runtime::sink::{Compression, Files, Lines, Sink};
use logwright_runtime::{Failure, State};
use secrecy::SecretString;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

use super::disk::{Loss, MemoryDisk};
use super::fuse::Fuse;
use super::packed::lines_of;
use super::person::agree;
use super::printed::Printed;
use super::subject::Subject;
use super::turns::Turns;

/// The log that is pulled where one will do.
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
    /// What is pulled.
    pub subject: Subject,
    /// How the lanes of the next pull go: in turn, or beside each other by this choice.
    pub beside: Option<Random>,
    /// How the next process packs its files.
    pub compression: Compression,
    /// The clock of both sides.
    pub clock: Arc<Manual>,
    /// The API.
    pub simulator: Arc<Simulator>,
    /// What counts the steps of the collector at its disk and state, and its requests.
    pub fuse: Fuse,
    /// What was delivered before.
    pub state: State,
    /// Called before each request, with the simulator and the clock.
    pub on_request: OnRequest,
    /// Called with each answer that the process does not live to see.
    pub on_unseen: OnUnseen,
    to: To,
    disk: MemoryDisk,
    printed: Printed,
    account: Account,
    /// Signs in, where a person has to.
    person: Option<Person>,
    runtime: Runtime,
    process: Option<Box<dyn Sink>>,
    covered_to: Option<Timestamp>,
    /// How often the process ended otherwise than it should.
    pub crashes: u64,
    /// How many processes there were.
    pub processes: u64,
}

/// Who agrees in a browser, and where the tokens are: on the real disk, for no event depends on them.
struct Person {
    client_id: String,
    folder: TempDir,
}

type OnRequest = Arc<dyn Fn(&Simulator, &Manual) + Send + Sync>;
type OnUnseen = Arc<dyn Fn(&Ask, &Reply) + Send + Sync>;

impl Scene {
    /// A collector that begins `back` before the server's time now, which is noon or somewhere near. If it must be able to renew
    /// its token, it signs in by the first way of the contract, and else by any.
    ///
    /// # Errors
    /// Never but for our own mistakes; in words.
    pub fn new(
        subject: Subject,
        renews: bool,
        to: To,
        events: u64,
        seed: u64,
        back: Duration,
        behaviour: Behaviour,
    ) -> Result<Self, String> {
        let Subject { source, schema, .. } = subject;
        let noon: Timestamp = "2026-01-10T12:00:00Z".parse().map_err(|_| "noon is no time")?;
        let clock = Arc::new(Manual::new(noon));
        let hands = Arc::clone(&clock);
        let offset = behaviour.clock_offset;
        let span = back / 2;
        let now = Arc::new(move || hands.now());
        let options = Options { events, seed, span, clock: now, behaviour };
        let simulator = Simulator::unconnected(source, &[schema], options).map_err(|error| error.to_string())?;
        let way = if renews { 0 } else { subject.sign_in(&mut Random::new(seed, 2)) };
        let credentials = &simulator.credentials()[way];
        let secrets = credentials.inputs.iter().map(|(name, value)| (*name, SecretString::from(value.as_str())));
        let base_url = simulator.base_url().parse().map_err(|error| format!("{error}"))?;
        // What is no secret has its place among the inputs, such as the name of a client.
        let own = credentials.inputs.iter().map(|(name, value)| (*name, value.clone()));
        let inputs = source.inputs.iter().map(|input| (input.name, input.example.to_owned())).chain(own);
        let sign_in = &source.sign_in[way];
        let mut account = Account::new("acme", source, sign_in, inputs.collect(), secrets.collect(), base_url);
        account.start = Some(shifted(noon, offset - i64::try_from(back.as_secs()).unwrap_or(0)));
        let fuse = Fuse::default();
        let state = State::in_memory().map_err(|error| error.to_string())?;
        let burns = fuse.clone();
        state.watch(move |_| burns.step().map_err(|error| Failure::Outside(error.to_string())));
        Ok(Self {
            subject,
            beside: None,
            compression: Compression::None,
            clock,
            simulator: Arc::new(simulator),
            disk: MemoryDisk::new(fuse.clone()),
            printed: Printed::new(fuse.clone()),
            fuse,
            state,
            on_request: Arc::new(|_, _| {}),
            on_unseen: Arc::new(|_, _| {}),
            to,
            account,
            person: None,
            runtime: runtime()?,
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
        self.look(loss)?;
        done
    }

    /// A replay of all that is in quarantine, in the same way.
    ///
    /// # Errors
    /// When an invariant does not hold after it; in words. A replay that fails is no error.
    pub fn replay(&mut self, loss: Loss<'_>) -> Result<Result<(), Failure>, String> {
        let done = self.replay_all();
        self.look(loss)?;
        Ok(done)
    }

    /// Has the process be gone if the fuse has burnt down in it, and looks whether all is as it must be.
    fn look(&mut self, loss: Loss<'_>) -> Result<(), String> {
        if self.fuse.has_ended() {
            self.process = None;
            // With what was begun beside the pull.
            self.runtime = runtime()?;
            self.crashes += 1;
            self.fuse.never();
            self.disk.restart(loss);
            self.printed.next_process();
        }
        self.check_nothing_is_doubled()?;
        self.check_cover()
    }

    /// The collector signs in as a person who agrees in a browser, from now on. Nobody has agreed yet.
    ///
    /// # Errors
    /// When the contract has no such way, or there is no place for tokens.
    pub fn sign_in_by_person(&mut self) -> Result<(), String> {
        let (source, ways) = (self.subject.source, self.simulator.credentials());
        let place = source.sign_in.iter().position(SignIn::needs_browser).ok_or("nobody has to agree")?;
        let client_id = ways[place].inputs.iter().find(|(name, _)| *name == "client_id");
        let client_id = client_id.ok_or("there is no client")?.1.clone();
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let inputs = source.inputs.iter().map(|input| (input.name, input.example.to_owned()));
        let inputs = inputs.chain([("client_id", client_id.clone())]).collect();
        let (sign_in, base_url) = (&source.sign_in[place], self.account.base_url.clone());
        let mut account = Account::new("acme", source, sign_in, inputs, BTreeMap::default(), base_url);
        account.start = self.account.start;
        account.tokens = Some(folder.path().join("acme.tokens.json"));
        (self.account, self.person) = (account, Some(Person { client_id, folder }));
        Ok(())
    }

    /// The person agrees, or agrees again; nothing where there is none.
    ///
    /// # Errors
    /// When the stand-in is not well.
    pub fn agree(&self) -> Result<(), String> {
        let Some(Person { client_id, folder }) = &self.person else { return Ok(()) };
        let (way, tokens) = (self.simulator.within(|_| {}), folder.path().join("acme.tokens.json"));
        agree(&*way, &self.account, client_id, &tokens, self.clock.now())
    }

    /// Where the tokens of the person are kept.
    pub fn tokens(&self) -> Option<&Path> {
        self.account.tokens.as_deref()
    }

    /// Ends the process as somebody does who stops it between two pulls.
    pub fn restart(&mut self) {
        self.process = None;
        self.printed.next_process();
    }

    fn replay_all(&mut self) -> Result<(), Failure> {
        let mut sink = self.process.take().map_or_else(|| self.open(), Ok)?;
        let (id, name, now) = (&self.account.id, &self.account.name, self.clock.now());
        let origin = Origin { source_id: id, source_label: name };
        let stream = self.account.streams()[self.subject.number];
        let held = self.state.held()?;
        let (state, profile) = (&self.state, Profile::Lake);
        let replay = Replay { origin, stream, state, sink: &mut *sink, profile, now };
        let replayed = replay.run(&held.iter().rev().collect::<Vec<_>>());
        self.process = Some(sink);
        replayed.map(drop)
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
            on_unseen: Arc::clone(&self.on_unseen),
            fuse: self.fuse.clone(),
        };
        let http = Http::within(&self.account.base_url, Arc::new(carrier));
        let api = Api::over(http, &self.account, &*self.clock, Patience::ONE_RUN);
        let stream = self.account.streams()[self.subject.number];
        let (state, on_page) = (&self.state, &mut |_: &Summary| {});
        let turns = Turns { runtime: &self.runtime, fuse: &self.fuse };
        let done = match self.beside.take() {
            None => {
                let pull = Pull { api: &api, stream, state, sink: &mut *sink, profile: Profile::Lake, on_page };
                turns.at_once(pull_once(pull))?
            }
            Some(mut random) => {
                let shared = Mutex::new(sink);
                let result = turns.lanes(&api, stream, state, &shared, &mut random)?;
                sink = shared.into_inner().unwrap_or_else(PoisonError::into_inner);
                result.map(|result| (Summary::default(), result))
            }
        };
        self.process = Some(sink);
        Ok(done.unwrap_or_else(|| (Summary::default(), Err(Failure::Outside("the process is gone".to_owned())))))
    }

    fn open(&mut self) -> Result<Box<dyn Sink>, Failure> {
        self.processes += 1;
        Ok(match self.to {
            To::Files => {
                let files = Files::on(Box::new(self.disk.clone()), Path::new(FOLDER))?;
                Box::new(files.packed(self.compression))
            }
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
            To::Files => {
                self.disk.files().into_iter().map(|(path, bytes)| lines_of(&path, bytes)).collect::<Result<_, _>>()?
            }
            To::Stdout => vec![self.printed.lines()],
        };
        for text in texts {
            let text = String::from_utf8(text).map_err(|error| error.to_string())?;
            if !text.is_empty() && !text.ends_with('\n') {
                return Err(format!("a file that is not whole: {text:?}"));
            }
            for line in text.lines() {
                *delivered.entry(self.subject.id(line)?).or_insert(0) += 1;
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
        let records = self.simulator.records(self.subject.log.log_type);
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
        if !self.subject.is_punctual() {
            return Ok(());
        }
        let usual = i64::try_from(self.subject.log.lateness.usual.as_secs()).unwrap_or(0);
        let due = |record: &Record| {
            let late = record.visible_from.unix_seconds() - record.time.unix_seconds();
            record.damage.is_none()
                && record.visible_from <= then
                && late <= usual
                && Some(record.time) >= self.account.start
        };
        let records = self.simulator.records(self.subject.log.log_type);
        let missing = records.iter().find(|record| due(record) && !delivered.contains_key(&record.key));
        match missing {
            None => Ok(()),
            Some(record) => Err(format!(
                "{} of {}, visible from {}, is not there at {then}, though it was in time",
                record.key, record.time, record.visible_from
            )),
        }
    }

    fn check_nothing_is_doubled(&self) -> Result<(), String> {
        let doubled: u64 = self.delivered()?.values().map(|times| times - 1).sum();
        let allowed = if self.to == To::Stdout { self.crashes * self.printed.largest_page() } else { 0 };
        if doubled > allowed {
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

    /// The log's place in the state.
    ///
    /// # Errors
    /// When the state cannot be used.
    pub fn stream(&self) -> Result<logwright_runtime::state::StreamId, String> {
        let (account, start) = (&self.account, self.account.start.ok_or("the account has no start")?);
        self.state
            .stream(&account.id, self.subject.log.log_type, &account.identity(), start)
            .map_err(|error| error.to_string())
    }
}

/// The way to the API, with what happens there meanwhile.
struct Busy {
    within: Arc<dyn Carry>,
    simulator: Arc<Simulator>,
    clock: Arc<Manual>,
    on_request: OnRequest,
    on_unseen: OnUnseen,
    fuse: Fuse,
}

impl Carry for Busy {
    fn carry(&self, ask: &Ask, authorization: Option<&str>) -> Result<Reply, Fault> {
        let step = || self.fuse.step().map_err(|error| Fault(error.to_string()));
        step()?;
        (self.on_request)(&self.simulator, &self.clock);
        let reply = self.within.carry(ask, authorization)?;
        step().inspect_err(|_| (self.on_unseen)(ask, &reply))?;
        Ok(reply)
    }
}

fn runtime() -> Result<Runtime, String> {
    Builder::new_current_thread().build().map_err(|error| error.to_string())
}

/// `time`, so many seconds later.
pub fn shifted(time: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_unix(time.unix_seconds() + seconds, time.subsec_nanos()).unwrap_or(time)
}
