//! The pull: from a contract and a state to everything that is new, delivered.
//!
//! A log has two lanes. The live lane follows the present, each window from a little before what is covered up to the server's
//! time now. When more than a day is new, at the first pull and after a pause, the live lane begins at the present, and what lies
//! between is a gap that the backfill lane closes, a day at a time, beside it and not before it.
//!
//! [`plan`] says which window is next; [`request`] what to send; [`page`] takes an answer apart; [`records`] makes events of
//! it; `engine` leads a lane from window to window and `drain` a window from page to page: to the sink, then into the state,
//! so that memory is bounded by a page; [`memory`] says which keys have to be remembered. [`replay`] is the
//! way back out of quarantine.
//!
//! ```text
//! window begun in state → page asked → records → sink acknowledges → seen, quarantine and cursor committed → …
//!                                                                   └ last page: covered_to moves, window closed
//! ```

mod drain;
pub(crate) mod engine;
pub mod memory;
pub mod page;
pub mod plan;
pub mod records;
pub mod replay;
pub mod request;

use std::fmt;
use std::time::Duration;

use logwright::event::Profile;
use logwright::time::Timestamp;

use crate::account::Stream;
use crate::api::{Api, Stop};
use crate::clock;
use crate::failure::Failure;
use crate::sink::Sink;
use crate::state::{Gap, State};
use engine::Engine;

/// What to pull, and with what.
pub struct Pull<'p> {
    /// The account's API.
    pub api: &'p Api<'p>,
    /// Which of its logs.
    pub stream: Stream,
    /// What was delivered before.
    pub state: &'p State,
    /// Where events go.
    pub sink: &'p mut dyn Sink,
    /// How times are written.
    pub profile: Profile,
    /// Called after every page that was committed.
    pub on_page: &'p mut dyn FnMut(&Summary),
}

/// What a pull did, up to now or to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Events delivered.
    pub events: u64,
    /// Answers with records or without.
    pub pages: u64,
    /// Records that were delivered before and came again.
    pub repeats: u64,
    /// Records that are new in quarantine.
    pub quarantined: u64,
    /// Events so late that only reconciliation found them.
    pub late: u64,
    /// Windows drained.
    pub windows: u64,
    /// How long it took.
    pub time: Duration,
    /// The server's time up to which everything is delivered, but for what the backfill has yet to bring.
    pub covered_to: Option<Timestamp>,
    /// The gap that the backfill is closing, how far it has come within its window included.
    pub gap: Option<Gap>,
}

/// Why a lane stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Halt {
    /// The API.
    Api(Stop),
    /// This machine: the sink, the state, the configuration, the clock.
    Here(Failure),
}

/// Pulls everything that is new, once: the past first, gap by gap, then the present up to the server's time now.
///
/// What was delivered stays delivered when it fails: the summary tells how much, and the next pull goes on from there.
pub async fn pull_once(pull: Pull<'_>) -> (Summary, Result<(), Failure>) {
    let (summary, result) = pull_to_halt(pull).await;
    (summary, result.map_err(Failure::from))
}

/// The same, with what stopped it as it is.
pub(crate) async fn pull_to_halt(pull: Pull<'_>) -> (Summary, Result<(), Halt>) {
    let (began, clock) = (pull.api.clock.now(), pull.api.clock);
    let mut engine = match Engine::new(pull) {
        Ok(engine) => engine,
        Err((_, failure)) => return (Summary::default(), Err(failure.into())),
    };
    let result = engine.once().await;
    let mut summary = engine.into_summary();
    summary.time = clock::between(began, clock.now());
    (summary, result)
}

/// One of the two lanes of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// The present. It notes the gaps that the other closes.
    Live,
    /// The past.
    Backfill,
}

/// Pulls what is new in one lane, once. Two of these on one thread may go on beside each other, as in `run`.
///
/// # Errors
/// Why it stopped. What was delivered stays delivered.
pub async fn pull_lane(pull: Pull<'_>, lane: Lane) -> Result<(), Failure> {
    let mut engine = Engine::new(pull).map_err(|(_, failure)| failure)?;
    let result = match lane {
        Lane::Live => engine.live().await,
        Lane::Backfill => engine.past().await,
    };
    result.map_err(Failure::from)
}

impl From<Stop> for Halt {
    fn from(stop: Stop) -> Self {
        Self::Api(stop)
    }
}

impl From<Failure> for Halt {
    fn from(failure: Failure) -> Self {
        Self::Here(failure)
    }
}

impl From<Halt> for Failure {
    fn from(halt: Halt) -> Self {
        match halt {
            Halt::Api(stop) => stop.into(),
            Halt::Here(failure) => failure,
        }
    }
}

impl fmt::Debug for Pull<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pull").field("stream", &self.stream).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
