//! The real program on a real disk against a stand-in on a real socket, killed with SIGKILL at random moments.
//!
//! Each round begins with an empty state and a log of some days. The program pulls it and is killed again and again, while more
//! events arrive; then it may finish, and its files are held against what the stand-in has shown. Now and then there are records in
//! quarantine that it can parse, and it is killed as it replays them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime};

use logwright::log_types::zendesk::audit::SCHEMA;
use logwright::log_types::zendesk::source::SOURCE;
use logwright::time::Timestamp;
use logwright_runtime::identity::source_id;
use logwright_runtime::simulator::{Behaviour, Options, Random, Simulator};
use logwright_runtime::state::WindowKind;
use logwright_runtime::{Failure, State};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::packed::lines_of;
use super::replays::hold;
use super::scene::{LOG, shifted};
use super::subject::Subject;

/// Kills in a round.
const KILLS: u64 = 20;
/// Events in the log at the start of a round, of which each page has [`PAGE`].
const EVENTS: u64 = 600;
const PAGE: usize = 5;
/// The longest time before a kill, in milliseconds.
const LONGEST: u64 = 400;

const PULL: &[&str] = &["pull", "--config", "logwright.yml"];
const REPLAY: &[&str] = &["quarantine", "replay", "--all", "--config", "logwright.yml"];
/// The id of the first record in quarantine; those of the API are all far from it.
const HELD: u64 = 9_000_000_000_000_000;

/// What was done.
#[derive(Clone, Copy, Debug, Default)]
pub struct Killed {
    /// Processes that were killed at work.
    pub kills: u64,
    /// Processes that were done before they could be.
    pub finished: u64,
    /// Events delivered, over all rounds.
    pub events: u64,
}

/// Kills `program` that many times; with `pull` and `quarantine` it must do as `logwright` does.
///
/// # Errors
/// When an event is lost or doubled, or the program fails when it is left alone.
pub fn kill(program: &Path, kills: u64, seed: u64) -> Result<Killed, String> {
    let mut done = Killed::default();
    let mut number = 0;
    while done.kills < kills {
        let wanted = KILLS.min(kills - done.kills);
        let mut round = Round::new(program, seed.wrapping_add(number))?;
        round.run(wanted, &mut done).map_err(|error| format!("round {number} of seed {seed}: {error}"))?;
        number += 1;
    }
    Ok(done)
}

struct Round<'r> {
    program: &'r Path,
    api: Api,
    folder: tempfile::TempDir,
    start: Timestamp,
    /// How many records were put into quarantine.
    held: u64,
    random: Random,
}

impl<'r> Round<'r> {
    fn new(program: &'r Path, seed: u64) -> Result<Self, String> {
        let api = Api::start(seed)?;
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let start = shifted(Timestamp::from_system(SystemTime::now()), -4 * 86_400);
        Ok(Self { program, api, folder, start, held: 0, random: Random::new(seed, 0) })
    }

    /// Writes the configuration, in which the way that files are packed may be another than before.
    fn configure(&mut self) -> Result<(), String> {
        let (base_url, start) = (self.api.simulator.base_url(), self.start);
        let compression = if self.random.one_in(2) { "zstd" } else { "none" };
        let yaml = format!(
            "sources:\n  - name: acme\n    source: zendesk\n    inputs: {{subdomain: acme}}\n    \
             auth: {{method: oauth_token, access_token: {{env: TOKEN}}}}\n    base_url: {base_url}\n    start: {start}\n\
             output: {{type: files, path: ./events, compression: {compression}}}\n",
        );
        fs::write(self.folder.path().join("logwright.yml"), yaml).map_err(|error| error.to_string())
    }

    fn run(&mut self, kills: u64, done: &mut Killed) -> Result<(), String> {
        let mut killed = 0;
        while killed < kills {
            for _ in 0..self.random.below(8) {
                self.arrive()?;
            }
            let held = self.random.one_in(3) && self.hold()?;
            let work = if held { REPLAY } else { PULL };
            let mut child = self.start(work, Stdio::null())?;
            // A replay is over sooner.
            let longest = if held { LONGEST / 4 } else { LONGEST };
            thread::sleep(Duration::from_micros(self.random.below(longest * 1000)));
            // On Unix this is SIGKILL: no line of the program runs after it.
            let finished = child.try_wait().map_err(|error| error.to_string())?.is_some();
            child.kill().map_err(|error| error.to_string())?;
            child.wait().map_err(|error| error.to_string())?;
            killed += u64::from(!finished);
            done.finished += u64::from(finished);
            self.delivered()?;
        }
        done.kills += killed;
        for work in [PULL, REPLAY] {
            let output = self.start(work, Stdio::piped())?.wait_with_output().map_err(|error| error.to_string())?;
            if !output.status.success() {
                return Err(format!("{work:?} fails: {}", String::from_utf8_lossy(&output.stderr)));
            }
        }
        let delivered = self.delivered()?;
        let mut expected: BTreeSet<String> =
            self.api.simulator.records(LOG).into_iter().map(|record| record.key).collect();
        expected.extend((0..self.held).map(|number| (HELD + number).to_string()));
        done.events += delivered.len() as u64;
        let lost: Vec<_> = expected.difference(&delivered).collect();
        let strange = delivered.difference(&expected).count();
        if lost.is_empty() && strange == 0 {
            return Ok(());
        }
        Err(format!("{} events are lost, such as {:?}; {strange} are none of the API's", lost.len(), lost.first()))
    }

    /// Puts some records into quarantine, where a replay that was killed has not left something of its own to take back.
    fn hold(&mut self) -> Result<bool, String> {
        let now = Timestamp::from_system(SystemTime::now());
        let count = 1 + self.random.below(250);
        let records = (self.held..self.held + count).map(|number| {
            let (id, at) = (HELD + number, shifted(now, -i64::try_from(number * 60).unwrap_or(0)));
            let at = Timestamp::from_unix(at.unix_seconds(), 0).unwrap_or(at);
            (id.to_string(), format!(r#"{{"id":{id},"created_at":"{at}"}}"#))
        });
        let held = || -> Result<bool, Failure> {
            let state = State::open(&self.folder.path().join("state"))?;
            let stream = state.stream(&source_id("acme"), LOG, "zendesk subdomain=acme", self.start)?;
            let free = state.under_way(stream)?.iter().all(|window| window.kind != WindowKind::Replay);
            if free {
                hold(&state, stream, records, now)?;
            }
            Ok(free)
        };
        let held = held().map_err(|failure| failure.to_string())?;
        self.held += if held { count } else { 0 };
        // What a replay has left is there for the next one.
        Ok(true)
    }

    fn start(&mut self, work: &[&str], stderr: Stdio) -> Result<Child, String> {
        self.configure()?;
        let mut command = Command::new(self.program);
        command.args(work).current_dir(self.folder.path()).env("TOKEN", &self.api.token);
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(stderr).spawn();
        child.map_err(|error| format!("cannot start {}: {error}", self.program.display()))
    }

    /// An event of the last minutes.
    fn arrive(&mut self) -> Result<(), String> {
        let now = Timestamp::from_system(SystemTime::now());
        let at = shifted(now, -i64::try_from(self.random.below(600)).unwrap_or(0));
        let at = Timestamp::from_unix(at.unix_seconds(), 0).unwrap_or(at);
        let id = 20_000_000_000_000 + self.random.below(1 << 50);
        self.api.simulator.add(LOG, &format!(r#"{{"id":{id},"created_at":"{at}"}}"#), None)
    }

    /// The ids in the files.
    fn delivered(&self) -> Result<BTreeSet<String>, String> {
        let (mut ids, subject) = (BTreeSet::new(), Subject::of(LOG)?);
        for file in files(&self.folder.path().join("events")).map_err(|error| error.to_string())? {
            let bytes = fs::read(&file).map_err(|error| error.to_string())?;
            let text = String::from_utf8(lines_of(&file, bytes)?).map_err(|error| error.to_string())?;
            if !text.ends_with('\n') {
                return Err(format!("{} is not whole", file.display()));
            }
            for line in text.lines() {
                let id = subject.id(line)?;
                if !ids.insert(id.clone()) {
                    return Err(format!("{id} is there twice, the second time in {}", file.display()));
                }
            }
        }
        Ok(ids)
    }
}

/// The files of events below a folder. Those that are not finished have folders whose names begin with a dot.
fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        for entry in entries {
            let path = entry?.path();
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            match path.is_dir() {
                _ if hidden => {}
                true => folders.push(path),
                false => found.push(path),
            }
        }
    }
    Ok(found)
}

/// A stand-in on a thread of its own.
struct Api {
    simulator: Simulator,
    token: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Api {
    fn start(seed: u64) -> Result<Self, String> {
        let (started, wait) = mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let Ok(runtime) = runtime else { return };
            runtime.block_on(async move {
                // Whoever has started it waits for this, and has gone only if it has failed itself.
                let _ = started.send(simulator(seed).await);
                let _ = stopped.await;
            });
        });
        let simulator = wait.recv().map_err(|_| "the stand-in did not start")??;
        let ways = simulator.credentials().iter().find(|way| way.method == "oauth_token");
        let token = ways.and_then(|way| way.inputs.first()).map(|(_, value)| value.clone()).unwrap_or_default();
        Ok(Self { simulator, token, stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Api {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // It has nothing to say at its end.
            let _ = thread.join();
        }
    }
}

async fn simulator(seed: u64) -> Result<Simulator, String> {
    let behaviour = Behaviour { page_size: Some(PAGE), requests_per_minute: Some(u32::MAX), ..Behaviour::default() };
    let span = Duration::from_secs(3 * 86_400);
    let options = Options { events: EVENTS, seed, span, behaviour, ..Options::default() };
    let listener = TcpListener::bind("127.0.0.1:0").await.map_err(|error| error.to_string())?;
    Simulator::start(listener, &SOURCE, &[&SCHEMA], options).map_err(|error| error.to_string())
}
