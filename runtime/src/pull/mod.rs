//! The pull: from a contract and a state to everything that is new, delivered.
//!
//! [`plan`] says which window is next; [`request`] what to send; [`page`] takes an answer apart; [`records`] makes events of
//! it; the engine here brings them to the sink and commits them, a page at a time, so that memory is bounded by a page.
//!
//! ```text
//! window begun in state → page asked → records → sink acknowledges → seen, quarantine and cursor committed → …
//!                                                                   └ last page: covered_to moves, window closed
//! ```

pub mod page;
pub mod plan;
pub mod records;
pub mod request;

use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use logwright::event::Profile;
use logwright::time::Timestamp;

use crate::account::Stream;
use crate::api::{Api, Stop};
use crate::clock;
use crate::failure::Failure;
use crate::sink::{Delivery, Segment, Sink};
use crate::state::{self, OpenWindow, State, StreamId, Then, WindowKind};
use page::Page;
use records::Batch;

/// How often a window is begun anew because the API does not take its own cursor, before giving up.
const MOST_RESTARTS: u32 = 3;

/// How far the server's clock may be ahead of this machine's. The look back over rare lateness makes good for less.
const MOST_AHEAD: Duration = Duration::from_secs(24 * 3600);

/// What to pull, and with what.
pub struct Pull<'p> {
    /// The account's API.
    pub api: &'p Api<'p>,
    /// Which of its logs.
    pub stream: Stream,
    /// What was delivered before.
    pub state: &'p mut State,
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
    /// The server's time up to which everything is delivered.
    pub covered_to: Option<Timestamp>,
}

/// Pulls everything that is new, once: first the window that an earlier run left, then windows up to the server's time now.
///
/// What was delivered stays delivered when it fails: the summary tells how much, and the next pull goes on from there.
pub async fn pull_once(pull: Pull<'_>) -> (Summary, Result<(), Failure>) {
    let (began, clock) = (pull.api.clock.now(), pull.api.clock);
    let mut engine = Engine { pull, summary: Summary::default(), largest_lateness: None, unsure: false };
    let result = engine.run().await;
    let mut summary = engine.summary;
    summary.time = clock::between(began, clock.now());
    (summary, result)
}

struct Engine<'p> {
    pull: Pull<'p>,
    summary: Summary,
    largest_lateness: Option<Duration>,
    /// Whether the next page may have been delivered by a pull that was stopped before it could commit it.
    unsure: bool,
}

impl Engine<'_> {
    async fn run(&mut self) -> Result<(), Failure> {
        let account = self.pull.api.account;
        let log = self.pull.stream.log;
        let start =
            account.start.unwrap_or_else(|| clock::earlier(self.pull.api.server_now(), plan::DEFAULT_LOOK_BACK));
        let stream = self.pull.state.stream(&account.id, log.log_type, &account.identity(), start)?;
        let began = self.pull.state.progress(stream)?.start;
        if account.start.is_some_and(|start| start < began) {
            let source = &account.name;
            tracing::warn!(
                source,
                "`start` is before {began}, where this source began; what is before that is not pulled. A source with another `name` begins anew"
            );
        }
        loop {
            let progress = self.pull.state.progress(stream)?;
            self.summary.covered_to = progress.covered_to;
            let resumed = progress.open.is_some();
            self.unsure = resumed;
            let window = match &progress.open {
                Some(window) => window.clone(),
                None => self.begin(stream, &progress)?,
            };
            let (kind, end) = (window.kind, window.end);
            tracing::debug!(source = account.name, ?kind, from = %window.start, to = %window.end, resumed, "window");
            self.drain(stream, window, progress.covered_to).await?;
            // The first window may have been planned by this machine's clock, and the server's may be ahead.
            let reached = clock::between(end, self.pull.api.server_now()) <= clock::SKEW;
            if kind != WindowKind::Backfill && !resumed && reached {
                self.tell_lateness();
                return Ok(());
            }
        }
    }

    /// Plans the next window, and notes it in the state before anything is asked.
    fn begin(&mut self, stream: StreamId, progress: &state::Progress) -> Result<OpenWindow, Failure> {
        let log = self.pull.stream.log;
        let now = self.pull.api.server_now();
        self.refuse_a_clock_far_behind(now)?;
        if let Some(gap) = plan::lost(log, progress, now) {
            let (source, hours) = (&self.pull.api.account.name, gap.as_secs() / 3600);
            tracing::warn!(source, "the API has dropped {hours} h of records that were never pulled");
        }
        let window = plan::next_window(log, progress, now);
        let starts_the_hour = plan::starts_the_hour(progress, now).then_some(now);
        self.pull.state.begin(stream, &window, starts_the_hour)?;
        Ok(window)
    }

    /// One of two clocks that are a day apart is wrong. If it is the server's, what is covered by it is not covered.
    fn refuse_a_clock_far_behind(&self, server_now: Timestamp) -> Result<(), Failure> {
        let ahead = clock::between(self.pull.api.clock.now(), server_now);
        if ahead < MOST_AHEAD {
            return Ok(());
        }
        let (name, hours) = (&self.pull.api.account.name, ahead.as_secs() / 3600);
        Err(Failure::Outside(format!(
            "{name}: the server's clock is {hours} h ahead of this machine's; nothing more is pulled until they agree, \
             so that nothing is lost; set this machine's clock"
        )))
    }

    /// Pulls one window to its end.
    async fn drain(
        &mut self,
        stream: StreamId,
        mut window: OpenWindow,
        covered_to: Option<Timestamp>,
    ) -> Result<(), Failure> {
        let account = self.pull.api.account;
        let log = self.pull.stream.log;
        let bounds = plan::bounds(log, &window);
        // Hashes, since a long window has many pages.
        let mut passed: HashSet<u64> = HashSet::new();
        let hasher = RandomState::new();
        let mut restarts = 0;
        // A cursor from an earlier run may be what is wrong; one from this run has just been given.
        let mut inherited = window.next.is_some();
        loop {
            let first = window.next.is_none();
            let ask = request::page(account, log, &bounds, window.next.as_deref())
                .map_err(|why| Failure::Outside(format!("{}: {why}", account.name)))?;
            let skipped = window.next.as_deref().and_then(|next| next.parse().ok()).unwrap_or(0);
            let read = |reply| {
                let page = page::read(reply, log, &account.base_url, skipped)?;
                match &page.next {
                    Some(next) if Some(next) == window.next.as_ref() || passed.contains(&hasher.hash_one(next)) => {
                        Err("the answer leads back to a page that was there before".to_owned())
                    }
                    _ => Ok(page),
                }
            };
            let page = match self.pull.api.send(&ask, read).await {
                Ok(page) => page,
                Err(Stop::BadRequest(why)) if !first && restarts < MOST_RESTARTS => {
                    restarts += 1;
                    tracing::warn!(
                        source = account.name,
                        "the cursor is no longer taken; the window begins anew: {why}"
                    );
                    window.next = None;
                    passed.clear();
                    continue;
                }
                Err(Stop::Malformed(why)) if inherited => {
                    inherited = false;
                    tracing::warn!(source = account.name, "the window begins anew: {why}");
                    window.next = None;
                    continue;
                }
                Err(stop) => return Err(stop.into()),
            };
            inherited = false;
            if first {
                // What the server's clock has not reached cannot be covered, whatever was asked for.
                window.covers_to = window.end.min(self.pull.api.server_now());
            }
            passed.extend(window.next.take().map(|next| hasher.hash_one(next)));
            let next = page.next.clone();
            self.deliver(stream, &mut window, next, &page, covered_to)?;
            (self.pull.on_page)(&self.summary);
            if page.next.is_none() {
                self.summary.windows += 1;
                self.summary.covered_to = Some(window.covers_to);
                return Ok(());
            }
        }
    }

    /// Delivers a page, then commits it.
    fn deliver(
        &mut self,
        stream: StreamId,
        window: &mut OpenWindow,
        next: Option<String>,
        page: &Page,
        covered_to: Option<Timestamp>,
    ) -> Result<(), Failure> {
        let account = self.pull.api.account;
        let log = self.pull.stream.log;
        let now = self.pull.api.clock.now();
        let batch = records::read(page, account, self.pull.stream, self.pull.profile, now, |key| {
            self.pull.state.has_seen(stream, key)
        })?;
        // A page that was delivered and then not committed is replaced, even where nothing of it comes again.
        if !batch.seen.is_empty() || self.unsure {
            let delivery = Delivery {
                source_name: &account.name,
                log_type: log.log_type,
                segment: Segment { window_end: window.end, window: window.number, page: window.page },
                events: &batch.seen,
                lines: &batch.lines,
            };
            self.pull.sink.deliver(&delivery)?;
            self.unsure = false;
            window.page += u64::from(!batch.seen.is_empty());
        }
        window.next = next;
        let forget_before = plan::forget_before(log, window.covers_to, now);
        let then = match window.next {
            Some(_) => Then::GoOn(window),
            None => Then::Done { window, forget_before },
        };
        let commit = state::Page { seen: &batch.seen, quarantined: &batch.quarantined, then };
        let quarantined = self.pull.state.commit(stream, &commit)?;
        self.tell_quarantine(&batch, quarantined);
        self.count(&batch, quarantined, covered_to);
        Ok(())
    }

    /// Tells the first record of a run that went to quarantine; the summary counts them all.
    fn tell_quarantine(&self, batch: &Batch<'_>, quarantined: usize) {
        if let (0, Some(first)) = (self.summary.quarantined, batch.quarantined.first())
            && quarantined > 0
        {
            let (source, place) = (&self.pull.api.account.name, &first.pointer);
            let why = &first.message;
            tracing::warn!(source, "a record went to quarantine, the table of that name in the state: {place}: {why}");
        }
    }

    fn count(&mut self, batch: &Batch<'_>, quarantined: usize, covered_to: Option<Timestamp>) {
        self.summary.pages += 1;
        self.summary.events += batch.seen.len() as u64;
        self.summary.repeats += batch.repeats;
        self.summary.quarantined += quarantined as u64;
        if let Some(covered_to) = covered_to {
            // Behind the overlap: no usual window would have found them.
            let overlap = clock::earlier(covered_to, self.pull.stream.log.lateness.usual);
            let now = self.pull.api.server_now();
            for (_, time) in batch.seen.iter().filter(|(_, time)| *time < overlap) {
                self.summary.late += 1;
                let lateness = clock::between(*time, now);
                self.largest_lateness = self.largest_lateness.max(Some(lateness));
            }
        }
    }

    fn tell_lateness(&self) {
        if let Some(lateness) = self.largest_lateness {
            tracing::warn!(
                source = self.pull.api.account.name,
                late = self.summary.late,
                largest_minutes = lateness.as_secs() / 60,
                "events came later than the usual lateness of the contract and were found by reconciliation; if this goes on, raise `lateness.usual`"
            );
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
