//! Alarms: somebody is told when a source is not as it should be, and when it is again.
//!
//! [`rules`] says when an alarm is on. What turns is written to the log and, in one step with the state, into a queue for each
//! of the channels: a webhook or a command. A channel is told beside the pull, which never waits for it, and again
//! until it has taken the message or a day has passed; a restart loses nothing.
//!
//! ```text
//! page, end of an attempt ─→ watch ─ look ─→ turn ─→ log
//!                                              └ state: alarm + notice ─→ channel
//! ```

mod channel;
mod command;
pub mod rules;
mod webhook;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;

use serde_json::json;
use tokio::sync::Notify;

use crate::api::Stop;
use crate::clock::{self, Clock};
use crate::config::{SourceConfig, Tell};
use crate::failure::Failure;
use crate::identity::{fingerprint, source_id};
use crate::metrics::Metrics;
use crate::pull::{Halt, Summary};
use crate::state::{Alarm, State};
use channel::Channel;
pub use rules::{Counts, Kind, Rules, Share, Turn, Watch};

/// The alarms of all sources.
pub struct Alarms<'a> {
    state: &'a State,
    clock: &'a dyn Clock,
    metrics: Metrics,
    channels: Vec<Channel>,
    watches: RefCell<BTreeMap<String, Watched>>,
    /// For each channel, in the same order.
    fresh: Vec<Notify>,
}

/// A source that is watched.
struct Watched {
    id: String,
    product: &'static str,
    watch: Watch,
}

impl<'a> Alarms<'a> {
    /// Alarms of which `tell` is told, and which `metrics` shows; no source is watched yet.
    pub fn new(tell: &Tell, state: &'a State, clock: &'a dyn Clock, metrics: Metrics) -> Self {
        let channels = channel::all(tell);
        let names: Vec<_> = channels.iter().map(Channel::name).collect();
        // Who is no longer to be told is not told when he is again, a month later.
        if let Err(failure) = state.forget_notices_but(&names) {
            tracing::error!("{failure}");
        }
        let fresh = channels.iter().map(|_| Notify::new()).collect();
        Self { state, clock, metrics, channels, watches: RefCell::default(), fresh }
    }

    /// Watches a source from now on, with the alarms that were on.
    pub fn watch(&self, source: &SourceConfig) {
        let (id, now) = (source_id(&source.name), self.clock.now());
        // Whoever cannot read the state cannot pull either, and says so.
        let before = self.state.alarms(&id).unwrap_or_default();
        let silent_since = self.state.silent_since(&id, now).unwrap_or(now);
        let on = before.into_iter().filter_map(|alarm| Some((Kind::named(&alarm.name)?, alarm.since, alarm.detail)));
        let watch = Watch::new(source.alarm, on, silent_since, now);
        for kind in Kind::ALL {
            self.metrics.alarm(&source.name, kind.name(), watch.is_on(kind));
        }
        let watched = Watched { id, product: source.source.name, watch };
        self.watches.borrow_mut().insert(source.name.clone(), watched);
    }

    /// A source is no longer watched. Its alarms stay as they are, for when it comes back.
    pub fn gone(&self, source: &str) {
        self.watches.borrow_mut().remove(source);
    }

    /// A page of a source is committed.
    pub fn page(&self, source: &str, counts: Counts) {
        if let Some(watched) = self.watches.borrow_mut().get_mut(source) {
            watched.watch.page(counts, self.clock.now());
        }
        self.look_at(source);
    }

    /// An attempt to pull has come to its end.
    pub fn tried(&self, source: &str, result: Result<(), &Halt>) {
        if let Some(watched) = self.watches.borrow_mut().get_mut(source) {
            watched.watch.tried(result.err().and_then(refused));
        }
        self.look_at(source);
    }

    /// Looks at every source. Some alarms come on because nothing happens.
    pub fn look(&self) {
        let names: Vec<_> = self.watches.borrow().keys().cloned().collect();
        for name in &names {
            self.look_at(name);
        }
    }

    fn look_at(&self, source: &str) {
        let now = self.clock.now();
        let mut all = self.watches.borrow_mut();
        let Some(watched) = all.get_mut(source) else { return };
        for turn in watched.watch.look(now) {
            tell_log(source, &turn);
            self.metrics.alarm(source, turn.kind.name(), turn.on);
            if let Err(failure) = self.keep(source, watched, &turn) {
                tracing::error!(source, "{failure}");
            }
        }
    }

    /// Notes the turn in the state, and whom to tell.
    fn keep(&self, source: &str, watched: &Watched, turn: &Turn) -> Result<(), Failure> {
        let now = self.clock.now();
        let (name, since) = (turn.kind.name().to_owned(), turn.since);
        let alarm = Alarm { source_id: watched.id.clone(), name, since, detail: turn.detail.clone() };
        let names: Vec<_> = self.channels.iter().map(Channel::name).collect();
        let body = message(source, watched, turn, now);
        self.state.turn_alarm(&alarm, turn.on, &names, &body, now)?;
        self.fresh.iter().for_each(Notify::notify_one);
        Ok(())
    }
}

impl Summary {
    /// What the pages since `before` brought.
    pub(crate) const fn since(&self, before: &Self) -> Counts {
        Counts {
            events: self.events - before.events,
            quarantined: self.quarantined - before.quarantined,
            late: self.late - before.late,
        }
    }
}

impl fmt::Debug for Alarms<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Alarms").field("channels", &self.channels).finish_non_exhaustive()
    }
}

/// Why nobody is let in, where that is what it is: credentials that cannot be read let nobody in either.
fn refused(halt: &Halt) -> Option<String> {
    match halt {
        Halt::Api(Stop::Rejected(why) | Stop::AuthoriseAgain(why)) | Halt::Here(Failure::Configuration(why)) => {
            Some(why.clone())
        }
        Halt::Api(_) | Halt::Here(_) => None,
    }
}

fn tell_log(source: &str, turn: &Turn) {
    let (alarm, detail) = (turn.kind.name(), &turn.detail);
    let since = clock::text(clock::whole_seconds(turn.since));
    if turn.on {
        tracing::error!(source, alarm, "alarm: {detail}");
    } else {
        tracing::info!(source, alarm, "the alarm is over; it was on since {since}");
    }
}

/// What is sent: JSON, with an id by which whoever gets it twice can tell.
fn message(source: &str, watched: &Watched, turn: &Turn, now: logwright::time::Timestamp) -> String {
    let text = |time| clock::text(clock::whole_seconds(time));
    let (alarm, state) = (turn.kind.name(), if turn.on { "on" } else { "over" });
    let id = fingerprint(format!("{} {alarm} {state} {}", watched.id, clock::nanos(turn.since)).as_bytes());
    let message = json!({
        "id": id,
        "time": text(now),
        "alarm": alarm,
        "state": state,
        "since": text(turn.since),
        "source": source,
        "source_id": watched.id,
        "product": watched.product,
        "detail": turn.detail,
    });
    message.to_string()
}

#[cfg(test)]
mod tests;
