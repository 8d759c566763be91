//! A source's lanes: each pulls, waits, and pulls again, whatever happens to the others.

use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tokio::sync::Notify;

use super::retry::{Retry, Verdict};
use super::{Shared, SharedSink};
use crate::account::{Account, Stream};
use crate::api::{Api, Patience};
use crate::clock;
use crate::config::SourceConfig;
use crate::failure::Failure;
use crate::gate::Gate;
use crate::pull::engine::Engine;
use crate::pull::{Halt, Pull, Summary};
use crate::sign_in;

/// What a lane needs.
#[derive(Clone, Copy)]
struct Lane<'l> {
    shared: &'l Shared<'l>,
    api: &'l Api<'l>,
    stream: Stream,
    poll: Duration,
    /// Told when there is a gap for the backfill.
    gap: &'l Notify,
}

/// Works on a source until something ends the whole run.
pub(super) async fn source(config: Rc<SourceConfig>, shared: &Shared<'_>, gate: Arc<Gate>) -> Failure {
    shared.alarms.watch(&config);
    shared.metrics.begin(&config);
    let mut retry = Retry::default();
    let account = loop {
        match Account::open(&config) {
            Ok(account) => break account,
            Err(failure) => {
                if let Some(end) = pause(&config.name, failure.into(), &mut retry, shared).await {
                    return end;
                }
            }
        }
    };
    if let Some(warning) = sign_in::warning(&account, shared.clock.now()) {
        tracing::warn!(source = account.name, "{warning}");
    }
    let api = match Api::new(&account, shared.clock, Patience::ONE_RUN) {
        Ok(api) => api.sharing(shared.budget(&account), gate).measuring(shared.metrics.clone()),
        Err(failure) => return failure,
    };
    let streams = account.streams();
    let gaps: Vec<_> = streams.iter().map(|_| Notify::new()).collect();
    let mut lanes: Vec<Pin<Box<dyn Future<Output = Failure> + '_>>> = Vec::new();
    for (stream, gap) in streams.iter().zip(&gaps) {
        let lane = Lane { shared, api: &api, stream: *stream, poll: config.poll, gap };
        lanes.push(Box::pin(live(lane)));
        lanes.push(Box::pin(backfill(lane)));
    }
    poll_fn(|context| {
        let ended = lanes.iter_mut().find_map(|lane| match lane.as_mut().poll(context) {
            Poll::Ready(failure) => Some(failure),
            Poll::Pending => None,
        });
        ended.map_or(Poll::Pending, Poll::Ready)
    })
    .await
}

/// The present, again and again.
async fn live(lane: Lane<'_>) -> Failure {
    let Lane { shared, api, stream, .. } = lane;
    let name = &api.account.name;
    let title = format!("{name} {}", stream.log.log_type);
    let (mut sink, mut retry, mut counted) = (shared.sink(), Retry::default(), Summary::default());
    let mut on_page = |summary: &Summary| {
        shared.meter.page(&title, summary);
        lane.count(summary, &mut counted);
    };
    let pull = lane.pull(&mut sink, &mut on_page);
    let mut engine = match begin(pull, &lane, &mut retry).await {
        Ok(engine) => engine,
        Err(end) => return end,
    };
    let mut before = Summary::default();
    loop {
        let began = shared.clock.now();
        let noted = engine.note_gap();
        lane.gap.notify_one();
        let pulled = match noted {
            Ok(()) => engine.live().await,
            Err(halt) => Err(halt),
        };
        shared.meter.ended(&title);
        let after = engine.summary();
        let (events, pages) = (after.events - before.events, after.pages - before.pages);
        if events > 0 {
            tracing::info!(source = name, "{}: {events} events from {pages} pages", stream.log.log_type);
        }
        before = after.clone();
        match pulled {
            Ok(()) => {
                retry.well();
                shared.alarms.tried(name, Ok(()));
                shared.metrics.drained(name, stream.log.log_type, shared.clock.now());
                let next = clock::later(began, lane.poll);
                shared.clock.sleep(clock::between(shared.clock.now(), next)).await;
            }
            Err(halt) => {
                note(&mut engine, &halt, shared);
                if let Some(end) = pause(name, halt, &mut retry, shared).await {
                    return end;
                }
            }
        }
    }
}

/// The past, as long as there is some.
async fn backfill(lane: Lane<'_>) -> Failure {
    let Lane { shared, api, stream, .. } = lane;
    let name = &api.account.name;
    let title = format!("{name} {}", stream.log.log_type);
    let (mut sink, mut retry) = (shared.sink(), Retry::default());
    let mut counted = Summary::default();
    let mut on_page = |summary: &Summary| {
        shared.meter.page(&title, summary);
        lane.count(summary, &mut counted);
    };
    // The live lane notes the gap, and with it the log in the state.
    lane.gap.notified().await;
    let pull = lane.pull(&mut sink, &mut on_page);
    let mut engine = match begin(pull, &lane, &mut retry).await {
        Ok(engine) => engine,
        Err(end) => return end,
    };
    loop {
        match engine.backfill().await {
            Ok(true) => retry.well(),
            Ok(false) => {
                shared.meter.done(&title);
                lane.gap.notified().await;
            }
            Err(halt) => {
                note(&mut engine, &halt, shared);
                if let Some(end) = pause(name, halt, &mut retry, shared).await {
                    return end;
                }
            }
        }
    }
}

/// The engine, once the state takes the log and the sink what has to be taken back.
async fn begin<'p>(mut pull: Pull<'p>, lane: &Lane<'_>, retry: &mut Retry) -> Result<Engine<'p>, Failure> {
    loop {
        let failure = match Engine::new(pull) {
            Ok(engine) => return Ok(engine),
            Err((back, failure)) => {
                pull = back;
                failure
            }
        };
        if let Some(end) = pause(&lane.api.account.name, failure.into(), retry, lane.shared).await {
            return Err(end);
        }
    }
}

/// Notes trouble for `status`, and takes back what trouble on this machine has left half done. A state that does not take the
/// note has trouble of its own, which is told; and then nothing is taken back, for a commit that failed may stand all the same
/// when the state is opened anew, unless another came after it.
fn note(engine: &mut Engine<'_>, halt: &Halt, shared: &Shared<'_>) {
    let why = Failure::from(halt.clone()).to_string();
    let noted = shared.state.failed(engine.stream(), Retry::is_sign_in(halt), &why, shared.clock.now());
    let noted = noted.and_then(|()| match halt {
        Halt::Here(_) => engine.take_back(),
        Halt::Api(_) => Ok(()),
    });
    if let Err(failure) = noted {
        tracing::error!("{failure}");
    }
}

/// Tells what went wrong and waits before the next attempt, until the configuration is read again at the longest; or gives what
/// ends the run.
async fn pause(name: &str, halt: Halt, retry: &mut Retry, shared: &Shared<'_>) -> Option<Failure> {
    shared.alarms.tried(name, Err(&halt));
    match retry.after(halt, shared.clock.chance()) {
        Verdict::End(failure) => Some(failure),
        Verdict::Again { after, why } => {
            tracing::error!(source = name, "{why}; trying again in {} s", after.as_secs());
            tokio::select! {
                () = shared.clock.sleep(after) => {}
                () = shared.at_once.notified() => {}
            }
            None
        }
    }
}

impl<'l> Lane<'l> {
    /// Takes note of a page; `counted` is what was counted before it.
    fn count(&self, summary: &Summary, counted: &mut Summary) {
        let name = &self.api.account.name;
        self.shared.metrics.page(name, self.stream.log.log_type, counted, summary);
        self.shared.alarms.page(name, summary.since(counted));
        counted.clone_from(summary);
    }

    fn pull<'p>(&self, sink: &'p mut SharedSink, on_page: &'p mut dyn FnMut(&Summary)) -> Pull<'p>
    where
        'l: 'p,
    {
        let Shared { state, profile, .. } = *self.shared;
        Pull { api: self.api, stream: self.stream, state, sink, profile, on_page }
    }
}
