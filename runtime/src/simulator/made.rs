//! Events that are made when they are asked for, so that ten million of them take no memory.
//!
//! Times never fall with the number of an event. So a page is found by its time, and only the events of one second have to be
//! put in order. Those with something unusual about them are made at the start, and kept by the store.

use std::collections::BTreeSet;
use std::iter;

use logwright::contract::Log;
use logwright::time::Timestamp;

use super::events::Events;
use super::store::Record;

/// The events of a log that are not kept.
#[derive(Debug)]
pub(super) struct Made {
    events: Events,
    /// The numbers of those that are.
    kept: BTreeSet<u64>,
}

impl Made {
    /// All `events` but those that are `kept`. Their log must be [ordered by time](is_by_time).
    pub(super) fn new(events: Events, kept: BTreeSet<u64>) -> Self {
        Self { events, kept }
    }

    /// The time of the first event.
    pub(super) fn earliest(&self) -> Option<Timestamp> {
        (self.events.count > 0).then(|| self.events.time(0))
    }

    /// The records whose time is in this span, both ends included, in the order of the API or in the other.
    pub(super) fn between(
        &self,
        from: Option<Timestamp>,
        to: Option<Timestamp>,
        upwards: bool,
    ) -> impl Iterator<Item = Record> {
        let start = from.map_or(0, |from| self.count(|time| time < from));
        let mut left = start..to.map_or(self.events.count, |to| self.count(|time| time <= to));
        let seconds = iter::from_fn(move || {
            let next = if upwards { left.start } else { left.end.checked_sub(1)? };
            if !left.contains(&next) {
                return None;
            }
            let time = self.events.time(next);
            let second = self.count(|other| other < time)..self.count(|other| other <= time);
            left = if upwards { second.end..left.end } else { left.start..second.start };
            // What one event of the log lacks, the first would have lacked; it was made at the start.
            let made = second.filter(|n| !self.kept.contains(n)).filter_map(|n| self.events.record(n).ok());
            let mut records: Vec<Record> = made.collect();
            records.sort_by(|a, b| if upwards { a.position.cmp(&b.position) } else { b.position.cmp(&a.position) });
            Some(records)
        });
        seconds.flatten()
    }

    /// How many events there are before the first of whose time this does not hold.
    fn count(&self, holds: impl Fn(Timestamp) -> bool) -> u64 {
        let (mut low, mut high) = (0, self.events.count);
        while low < high {
            let middle = low.midpoint(high);
            if holds(self.events.time(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }
}

/// Whether the records of a log come by their time before all else.
pub(super) fn is_by_time(log: &Log) -> bool {
    log.order.is_none_or(|order| order.is_of_arrival() || order.by.first() == Some(&log.time.field))
}
