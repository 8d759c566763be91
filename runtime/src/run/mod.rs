//! Every source at once, for as long as it is let.
//!
//! Each log of each source has two lanes (`lane`), the live one and the backfill, and none waits for another: not for another
//! source's, nor for another log's, nor the live one for the backfill. All of them run on one thread, as futures that the loop here polls; what they
//! share is the state, the sink, and the account's [budget](crate::budget).
//!
//! ```text
//! signals ─ stop ───→ gates close → answers under way come in and are committed → end
//!         └ reload ─→ configuration read → what changed is stopped the same way, and begins anew
//! ```
//!
//! To drop a lane is to stop it: it never waits between a delivery and its commit, so whatever it was at, the state is whole.
//! The gates only make sure that an answer that was asked for is not thrown away.

mod lane;
pub(crate) mod meter;
mod reload;
mod retry;
pub mod signals;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use logwright::event::Profile;
use tokio::sync::Notify;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::account::Account;
use crate::alarm::Alarms;
use crate::budget::Budget;
use crate::clock::Clock;
use crate::config::{Config, SourceConfig};
use crate::failure::Failure;
use crate::gate::Gate;
use crate::metrics::Metrics;
use crate::sink::{Delivery, Sink};
use crate::state::State;
use meter::Meter;
pub use signals::Signal;

/// How long answers under way are waited for at a stop. With what remains to be done, that ends within 5 seconds.
const GRACE: Duration = Duration::from_secs(4);
/// How often alarms are looked at when nothing happens.
const LOOK: Duration = Duration::from_secs(60);

/// What a run needs from outside.
pub struct Surroundings<'r> {
    /// Time and chance.
    pub clock: &'r dyn Clock,
    /// What the system or the user tells it to do.
    pub signals: UnboundedReceiver<Signal>,
    /// Reads the configuration again.
    pub reload: &'r dyn Fn() -> Result<Config, Failure>,
    /// Where the backfill's progress is shown.
    pub(crate) meter: &'r Meter<'r>,
    /// Where everything is counted.
    pub metrics: Metrics,
}

/// What all lanes share.
struct Shared<'r> {
    state: &'r State,
    sink: Arc<Mutex<Box<dyn Sink>>>,
    profile: Profile,
    clock: &'r dyn Clock,
    meter: &'r Meter<'r>,
    alarms: Alarms<'r>,
    metrics: Metrics,
    /// By account, whatever the names of its sources.
    budgets: RefCell<BTreeMap<String, Arc<Budget>>>,
    /// Told when whatever is in trouble is to be tried at once.
    at_once: Notify,
}

/// A source at work.
struct Running<'r> {
    config: Rc<SourceConfig>,
    gate: Arc<Gate>,
    /// Ends only with what ends the whole run.
    work: Pin<Box<dyn Future<Output = Failure> + 'r>>,
}

/// The sink as one of many lanes has it.
#[derive(Clone)]
struct SharedSink(Arc<Mutex<Box<dyn Sink>>>);

/// Pulls from every source of `config` until it is told to stop.
///
/// # Errors
/// When a second signal cuts the stop short, or the reader of standard output has gone. Whatever else goes wrong is told and tried again.
pub async fn run(
    mut config: Config,
    state: &State,
    sink: Box<dyn Sink>,
    mut surroundings: Surroundings<'_>,
) -> Result<(), Failure> {
    let shared = Shared {
        state,
        sink: Arc::new(Mutex::new(sink)),
        profile: config.output.profile,
        clock: surroundings.clock,
        meter: surroundings.meter,
        alarms: Alarms::new(&config.tell, state, surroundings.clock, surroundings.metrics.clone()),
        metrics: surroundings.metrics,
        budgets: RefCell::default(),
        at_once: Notify::new(),
    };
    let mut running: Vec<_> =
        std::mem::take(&mut config.sources).into_iter().map(|source| start(Rc::new(source), &shared)).collect();
    let mut telling = pin!(shared.alarms.tell());
    loop {
        let signal = tokio::select! {
            // In this order, so that work has begun when the first signal is seen.
            biased;
            failure = drive(&mut running) => return Err(failure),
            signal = surroundings.signals.recv() => signal,
            () = &mut telling => continue,
            // By the machine's own clock, since all that waits may wait for hours. What is said is by the injected one.
            () = tokio::time::sleep(LOOK) => {
                shared.alarms.look();
                continue;
            }
        };
        match signal {
            Some(Signal::Reload) => {
                reload::reload(&config, &mut running, &shared, surroundings.reload).await?;
                // Whoever sends the signal has mended something, perhaps what the configuration only points to.
                shared.at_once.notify_waiters();
            }
            Some(Signal::Stop) | None => break,
        }
    }
    tracing::info!("stopping; what was asked for is still taken");
    tokio::select! {
        ended = end(&mut running, |_| true, shared.clock) => ended,
        () = signals::second_stop(&mut surroundings.signals) => Err(Failure::Outside(
            "stopped at once; what was not committed is asked for again at the next start".to_owned(),
        )),
    }
}

/// Begins to work on a source.
fn start<'r>(config: Rc<SourceConfig>, shared: &'r Shared<'r>) -> Running<'r> {
    let gate = Arc::new(Gate::default());
    let work = Box::pin(lane::source(Rc::clone(&config), shared, Arc::clone(&gate)));
    Running { config, gate, work }
}

/// Works on every source, until one of them ends the run.
async fn drive(running: &mut [Running<'_>]) -> Failure {
    poll_fn(|context| poll_all(running, context)).await
}

fn poll_all(running: &mut [Running<'_>], context: &mut Context<'_>) -> Poll<Failure> {
    for one in running {
        if let Poll::Ready(failure) = one.work.as_mut().poll(context) {
            return Poll::Ready(failure);
        }
    }
    Poll::Pending
}

/// Ends the sources that `ends` names, while the others go on: no request begins, and those under way are waited for.
async fn end(
    running: &mut Vec<Running<'_>>,
    ends: impl Fn(&SourceConfig) -> bool,
    clock: &dyn Clock,
) -> Result<(), Failure> {
    let ending = |one: &Running<'_>| ends(&one.config);
    running.iter().filter(|one| ending(one)).for_each(|one| one.gate.close());
    let quiet = poll_fn(|context| match poll_all(running, context) {
        Poll::Ready(failure) => Poll::Ready(Err(failure)),
        Poll::Pending if running.iter().filter(|one| ending(one)).all(|one| one.gate.is_quiet()) => Poll::Ready(Ok(())),
        Poll::Pending => Poll::Pending,
    });
    tokio::select! {
        biased;
        quiet = quiet => quiet?,
        () = clock.sleep(GRACE) => {}
    }
    running.retain(|one| !ends(&one.config));
    Ok(())
}

impl Shared<'_> {
    fn sink(&self) -> SharedSink {
        SharedSink(Arc::clone(&self.sink))
    }

    /// The budget of an account, which all its sources share.
    fn budget(&self, account: &Account) -> Arc<Budget> {
        Arc::clone(self.budgets.borrow_mut().entry(account.identity()).or_default())
    }
}

impl Sink for SharedSink {
    fn deliver(&mut self, page: &Delivery<'_>) -> Result<(), Failure> {
        // Nobody is kept waiting: a delivery does not wait, and all lanes are on one thread.
        self.0.lock().unwrap_or_else(PoisonError::into_inner).deliver(page)
    }
}

impl fmt::Debug for Surroundings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Surroundings").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
