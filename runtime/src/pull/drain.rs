//! A window from its first page, or the one where an earlier run left it, to its last: each page delivered, then committed.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use logwright::event::Origin;
use logwright::time::Timestamp;

use super::engine::Engine;
use super::page::{self, Page};
use super::plan::Bounds;
use super::records::{Batch, Clocks, Reading};
use super::{Halt, memory, plan, request};
use crate::api::Stop;
use crate::clock;
use crate::failure::Failure;
use crate::sink::{Delivery, Segment};
use crate::state::{self, Gap, OpenWindow, Then, WindowKind};

/// How often a window is begun anew because the API does not take its own cursor, before giving up.
const MOST_RESTARTS: u32 = 3;

impl Engine<'_> {
    /// Pulls one window to its end. `covered_to` serves to tell which of its events are late; there are none in the past.
    pub(super) async fn drain(&mut self, mut window: OpenWindow, covered_to: Option<Timestamp>) -> Result<(), Halt> {
        let account = self.pull.api.account;
        let log = self.log();
        let bounds = plan::bounds(log, &window);
        // Hashes, since a long window has many pages.
        let mut passed: HashSet<u64> = HashSet::new();
        let hasher = RandomState::new();
        let mut restarts = 0;
        // A cursor from an earlier run may be what is wrong; one from this run has just been given.
        let mut inherited = window.next.is_some();
        let mut answered = false;
        loop {
            let first = window.next.is_none();
            let ask = request::page(account, log, &bounds, window.next.as_deref())
                .map_err(|why| Failure::Outside(format!("{}: {why}", account.name)))?;
            let skipped = window.next.as_deref().and_then(|next| next.parse().ok()).unwrap_or(0);
            // From the first key that is looked up to the commit nothing waits.
            let read = |reply| {
                let mut reading = self.reading(&bounds);
                let page = page::read(&reply, log, &account.base_url, skipped, &mut reading)?;
                match &page.next {
                    Some(next) if Some(next) == window.next.as_ref() || passed.contains(&hasher.hash_one(next)) => {
                        Err("the answer leads back to a page that was there before".to_owned())
                    }
                    _ => Ok((page, reading.finish())),
                }
            };
            let (page, batch) = match self.pull.api.send(&ask, read).await {
                Ok(answer) => answer,
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
            if !answered {
                answered = true;
                // What the server's clock has not reached cannot be covered, whatever was asked for.
                window.covers_to = window.covers_to.min(self.pull.api.server_now());
            }
            passed.extend(window.next.as_ref().map(|next| hasher.hash_one(next)));
            self.deliver(&mut window, &page, &batch?, covered_to)?;
            (self.pull.on_page)(&self.summary);
            if page.next.is_none() {
                return Ok(());
            }
        }
    }

    /// Takes the records of an answer that has just come.
    fn reading<'r>(
        &'r self,
        bounds: &'r Bounds,
    ) -> Reading<'r, impl Fn(&str, Timestamp) -> Result<bool, Failure> + 'r> {
        let account = self.pull.api.account;
        let clocks = Clocks { here: self.pull.api.clock.now(), server: self.pull.api.server_now() };
        let origin = Origin { source_id: &account.id, source_label: &account.name };
        let was_seen = |key: &str, time| self.pull.state.has_seen(self.stream, key, time);
        Reading::new(origin, self.pull.stream, self.pull.profile, bounds, clocks, was_seen)
    }

    /// Delivers what is new of a page, then commits the page.
    fn deliver(
        &mut self,
        window: &mut OpenWindow,
        page: &Page,
        batch: &Batch,
        covered_to: Option<Timestamp>,
    ) -> Result<(), Failure> {
        let (account, log, state) = (self.pull.api.account, self.log(), self.pull.state);
        let (now, server_now) = (self.pull.api.clock.now(), self.pull.api.server_now());
        // A page that was delivered and then not committed is replaced, even where nothing of it comes again.
        if !batch.times.is_empty() || self.again {
            let delivery = Delivery {
                source_name: &account.name,
                log_type: log.log_type,
                segment: Segment { window_end: window.end, window: window.number, page: window.page },
                times: &batch.times,
                again: self.again,
                lines: batch.lines.as_bytes(),
            };
            self.pull.sink.deliver(&delivery)?;
            self.again = false;
            window.page += u64::from(!batch.times.is_empty());
        }
        // A last page that says nothing of what follows can be asked again itself.
        let asked = std::mem::replace(&mut window.next, page.next.clone()).filter(|_| log.paging.is_lasting());
        let then = match window.next {
            Some(_) => Then::GoOn(window),
            None => Then::Done { window, cursor: page.last.as_deref().or(asked.as_deref()) },
        };
        let progress = state.progress(self.stream)?;
        let forget = memory::forgettable(log, &progress, now.min(server_now));
        let (seen, quarantined) = (&batch.seen[..], &batch.quarantined[..]);
        let commit = state::Page { seen, quarantined, then, answered_at: now, server_now, forget: &forget };
        let quarantined = state.commit(self.stream, &commit)?;
        self.tell_quarantine(batch, quarantined);
        self.count(batch, quarantined, covered_to, &progress.gaps);
        self.note_progress(window, batch);
        Ok(())
    }

    /// Tells the first record of a run that went to quarantine; the summary counts them all.
    fn tell_quarantine(&self, batch: &Batch, quarantined: usize) {
        if let (0, Some(first)) = (self.summary.quarantined, batch.quarantined.first())
            && quarantined > 0
        {
            let (source, why) = (&self.pull.api.account.name, &first.message);
            let place = if first.pointer.is_empty() { String::new() } else { format!("{}: ", first.pointer) };
            tracing::warn!(source, "a record went to quarantine (`logwright quarantine list` shows it): {place}{why}");
        }
    }

    fn count(&mut self, batch: &Batch, quarantined: usize, covered_to: Option<Timestamp>, gaps: &[Gap]) {
        self.summary.pages += 1;
        self.summary.events += batch.times.len() as u64;
        self.summary.repeats += batch.repeats;
        self.summary.quarantined += quarantined as u64;
        if let Some(covered_to) = covered_to {
            // Behind the overlap: no usual window would have found them. What the backfill has yet to bring is not late.
            let to_come = |time: Timestamp| gaps.iter().any(|gap| (gap.filled_to..gap.end).contains(&time));
            let overlap = clock::earlier(covered_to, self.log().lateness.usual);
            let now = self.pull.api.server_now();
            let api = self.pull.api;
            for time in batch.times.iter().copied().filter(|time| !to_come(*time)) {
                let lateness = clock::between(time, now);
                api.metrics.lateness(&api.account.name, self.log().log_type, lateness);
                if time < overlap {
                    self.summary.late += 1;
                    self.largest_lateness = self.largest_lateness.max(Some(lateness));
                }
            }
        }
    }

    /// Notes in the summary how far the lane has come. Within a backfill's window the events tell, where they come in order.
    fn note_progress(&mut self, window: &OpenWindow, batch: &Batch) {
        let done = window.next.is_none();
        self.summary.windows += u64::from(done);
        let Some(gap) = self.summary.gap.as_mut().filter(|_| window.kind == WindowKind::Backfill) else {
            self.summary.covered_to = if done { Some(window.covers_to) } else { self.summary.covered_to };
            return;
        };
        if done {
            gap.filled_to = window.covers_to;
        } else if self.pull.stream.log.order.is_some_and(|order| order.ascending) {
            let last = batch.times.iter().copied().max();
            gap.filled_to = gap.filled_to.max(last.unwrap_or(gap.filled_to).min(window.end));
        }
    }
}
