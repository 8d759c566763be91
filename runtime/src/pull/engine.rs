//! A log's lanes, from window to window.
//!
//! An [`Engine`] works on one lane at a time. `pull` uses one for both, `run` one for each, beside each other; what they share is
//! in the state.

use std::time::Duration;

use logwright::contract::Log;
use logwright::time::Timestamp;

use super::{Halt, Pull, Summary, plan, replay};
use crate::clock;
use crate::failure::Failure;
use crate::state::{Gap, OpenWindow, Progress, StreamId};

/// How far the server's clock may be ahead of this machine's. The look back over rare lateness makes good for less.
const MOST_AHEAD: Duration = Duration::from_secs(24 * 3600);

/// A log on its way.
pub(crate) struct Engine<'p> {
    pub(super) pull: Pull<'p>,
    pub(super) stream: StreamId,
    pub(super) summary: Summary,
    pub(super) largest_lateness: Option<Duration>,
    /// Whether the next page may have been delivered before, by a pull that was stopped before it could commit it.
    pub(super) again: bool,
}

impl<'p> Engine<'p> {
    /// The log as the state knows it, or as a new one there.
    ///
    /// # Errors
    /// When the state or the sink fails; with what there is to pull, so that it can be tried again.
    pub(crate) fn new(mut pull: Pull<'p>) -> Result<Self, (Pull<'p>, Failure)> {
        match enter(&mut pull) {
            Ok((stream, covered_to)) => {
                let summary = Summary { covered_to, ..Summary::default() };
                Ok(Self { pull, stream, summary, largest_lateness: None, again: false })
            }
            Err(failure) => Err((pull, failure)),
        }
    }

    /// Takes back pages that were delivered and are not in the state, so that they do not stand beside what the other lane may
    /// bring of them meanwhile.
    pub(crate) fn take_back(&mut self) -> Result<(), Failure> {
        let (name, log_type) = (&self.pull.api.account.name, self.log().log_type);
        replay::take_back(self.pull.state, self.pull.sink, name, log_type, self.stream)
    }

    /// Its place in the state.
    pub(crate) const fn stream(&self) -> StreamId {
        self.stream
    }

    /// What it did.
    pub(crate) fn into_summary(self) -> Summary {
        self.summary
    }

    /// What it has done so far.
    pub(crate) const fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Both lanes, the past first, so that events come in the order of their times.
    pub(super) async fn once(&mut self) -> Result<(), Halt> {
        self.note_gap()?;
        self.past().await?;
        self.live().await?;
        // A live window of an earlier run may have hidden a gap behind it.
        self.past().await
    }

    /// The backfill lane, to its end.
    pub(super) async fn past(&mut self) -> Result<(), Halt> {
        while self.backfill().await? {}
        Ok(())
    }

    /// Notes what is new as a gap for the backfill, when it is long. A live window under way goes first: what it asks for is not
    /// asked for twice.
    pub(crate) fn note_gap(&mut self) -> Result<(), Halt> {
        let progress = self.pull.state.progress(self.stream)?;
        let now = self.pull.api.server_now();
        let gap = plan::gap(self.log(), &progress, now).filter(|_| progress.open.is_none());
        if let Some(gap) = gap {
            self.refuse_a_clock_far_behind(now)?;
            self.pull.state.open_gap(self.stream, &gap)?;
        }
        Ok(())
    }

    /// The live lane: first the window that an earlier run left, then windows up to the server's time now.
    pub(crate) async fn live(&mut self) -> Result<(), Halt> {
        loop {
            self.note_gap()?;
            let progress = self.pull.state.progress(self.stream)?;
            self.summary.covered_to = progress.covered_to;
            let resumed = progress.open.is_some();
            let window = match &progress.open {
                Some(window) => plan::resumed(self.log(), window.clone()),
                None => self.begin_live(&progress)?,
            };
            self.tell_window(&window, resumed);
            self.again = resumed;
            let end = window.end;
            self.drain(window, progress.covered_to).await?;
            // The first window may have been planned by this machine's clock, and the server's may be ahead.
            let reached = clock::between(end, self.pull.api.server_now()) <= clock::SKEW;
            if !resumed && reached {
                self.tell_lateness();
                return Ok(());
            }
        }
    }

    /// The backfill lane: one window of the oldest gap. False where there is no gap.
    pub(crate) async fn backfill(&mut self) -> Result<bool, Halt> {
        let progress = self.pull.state.progress(self.stream)?;
        self.summary.gap = progress.gaps.first().copied();
        let Some(gap) = progress.gaps.first() else { return Ok(false) };
        let resumed = progress.backfill.is_some();
        let window = match &progress.backfill {
            Some(window) => plan::resumed(self.log(), window.clone()),
            None => self.begin_backfill(&progress, gap)?,
        };
        self.tell_window(&window, resumed);
        self.again = resumed;
        self.drain(window, None).await?;
        Ok(true)
    }

    /// Plans the next live window, and notes it in the state before anything is asked.
    fn begin_live(&self, progress: &Progress) -> Result<OpenWindow, Failure> {
        let now = self.pull.api.server_now();
        self.refuse_a_clock_far_behind(now)?;
        self.tell_lost(progress.live_from(), now);
        let window = plan::live_window(self.log(), progress, now);
        let starts_the_hour = plan::starts_the_hour(progress, now).then_some(now);
        self.pull.state.begin(self.stream, &window, starts_the_hour)?;
        Ok(window)
    }

    /// The same for the backfill.
    fn begin_backfill(&self, progress: &Progress, gap: &Gap) -> Result<OpenWindow, Failure> {
        let now = self.pull.api.server_now();
        self.refuse_a_clock_far_behind(now)?;
        self.tell_lost(gap.filled_to, now);
        let window = plan::backfill_window(self.log(), progress, gap, now);
        self.pull.state.begin(self.stream, &window, None)?;
        Ok(window)
    }

    pub(super) const fn log(&self) -> &'static Log {
        self.pull.stream.log
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

    fn tell_window(&self, window: &OpenWindow, resumed: bool) {
        let (source, kind) = (&self.pull.api.account.name, window.kind);
        tracing::debug!(source, ?kind, from = %window.start, to = %window.end, resumed, "window");
    }

    fn tell_lost(&self, from: Timestamp, now: Timestamp) {
        if let Some(dropped) = plan::lost(self.log(), from, now) {
            let (source, hours) = (&self.pull.api.account.name, dropped.as_secs() / 3600);
            tracing::warn!(source, "the API has dropped {hours} h of records that were never pulled");
        }
    }

    fn tell_lateness(&mut self) {
        if let Some(lateness) = self.largest_lateness.take() {
            tracing::warn!(
                source = self.pull.api.account.name,
                late = self.summary.late,
                largest_minutes = lateness.as_secs() / 60,
                "events came later than the usual lateness of the contract and were found by reconciliation; if this goes on, raise `lateness.usual`"
            );
        }
    }
}

/// The log's place in the state, and how far it was pulled. What was delivered and not committed is taken back.
fn enter(pull: &mut Pull<'_>) -> Result<(StreamId, Option<Timestamp>), Failure> {
    let (account, log) = (pull.api.account, pull.stream.log);
    let start = account.start.unwrap_or_else(|| clock::earlier(pull.api.server_now(), plan::DEFAULT_LOOK_BACK));
    let stream = pull.state.stream(&account.id, log.log_type, &account.identity(), start)?;
    replay::take_back(pull.state, pull.sink, &account.name, log.log_type, stream)?;
    let progress = pull.state.progress(stream)?;
    if account.start.is_some_and(|start| start < progress.start) {
        let (source, began) = (&account.name, progress.start);
        tracing::warn!(
            source,
            "`start` is before {began}, where this source began; what is before that is not pulled. A source with another `name` begins anew"
        );
    }
    Ok((stream, progress.covered_to))
}
