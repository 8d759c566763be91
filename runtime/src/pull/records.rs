//! The records of a page become events, or go to quarantine; none is dropped for its time or its form.

use std::collections::HashSet;
use std::fmt::Display;

use logwright::contract::Log;
use logwright::event::{Envelope, Origin, ParseTime, Profile, write_event};
use logwright::indicators::Indicators;
use logwright::json::{self, Buffer, Error};
use logwright::log_type::{Record, join_key};
use logwright::page::{Element, Records};
use logwright::time::Timestamp;

use super::page::MOST_RECORDS;
use super::plan::Bounds;
use crate::account::Stream;
use crate::failure::Failure;
use crate::identity::{fingerprint, row_id};
use crate::state::{Quarantined, Seen};

/// What a page holds that is new.
#[derive(Debug, Default)]
pub struct Batch {
    /// The events, one JSON object a line.
    pub lines: Buffer,
    /// What to remember: each event, and what was there before but is served beside what was asked for.
    pub seen: Vec<Seen>,
    /// The time of each event, in the order of `lines`.
    pub times: Vec<Timestamp>,
    /// What could not be parsed.
    pub quarantined: Vec<Quarantined>,
    /// Records that were there before.
    pub repeats: u64,
}

/// What the two clocks show when a page is taken apart.
#[derive(Clone, Copy, Debug)]
pub struct Clocks {
    /// This machine's.
    pub here: Timestamp,
    /// The server's.
    pub server: Timestamp,
}

/// Takes the records of a page, which was asked for by `bounds`. `was_seen` tells whether a key and time were delivered before.
///
/// A record with a time before the bounds is remembered as of the time at which it is served, and anew whenever it is served: an API that serves it beside
/// the window will do so again, and its own time may be long forgotten. Where the API's order is that of arrival, every record is
/// remembered so: the bounds of a window are times of arrival there, and a record's own time may be a day before that.
///
/// A record never fails: it goes to quarantine.
pub struct Reading<'r, F> {
    origin: Origin<'r>,
    stream: Stream,
    profile: Profile,
    bounds: &'r Bounds,
    clocks: Clocks,
    was_seen: F,
    batch: Batch,
    in_page: HashSet<(String, Timestamp)>,
    indicators: Indicators,
    records: usize,
    failure: Option<Failure>,
}

impl<'r, F: Fn(&str, Timestamp) -> Result<bool, Failure>> Reading<'r, F> {
    /// Nothing has been taken yet.
    pub fn new(
        origin: Origin<'r>,
        stream: Stream,
        profile: Profile,
        bounds: &'r Bounds,
        clocks: Clocks,
        was_seen: F,
    ) -> Self {
        let (batch, in_page, indicators) = (Batch::default(), HashSet::new(), Indicators::default());
        let (records, failure) = (0, None);
        Self { origin, stream, profile, bounds, clocks, was_seen, batch, in_page, indicators, records, failure }
    }

    /// What has been taken.
    ///
    /// # Errors
    /// What `was_seen` gave.
    pub fn finish(self) -> Result<Batch, Failure> {
        self.failure.map_or(Ok(self.batch), Err)
    }

    /// Takes a record that is no part of a longer text.
    pub fn read_alone(&mut self, raw: &[u8]) {
        let log_type = self.stream.log_type;
        self.read(|take| (raw, log_type.parse(raw, take)));
    }

    /// Takes the record whose bytes `parse` returns, and which it hands on if it can be parsed.
    fn read<'a>(&mut self, parse: impl FnOnce(&mut dyn FnMut(&dyn Record)) -> (&'a [u8], Result<(), Error>)) {
        let Self { batch, in_page, indicators, stream, bounds, .. } = self;
        let schema = stream.log_type.schema();
        let (now, served_at) = (self.clocks.here, self.clocks.here.max(self.clocks.server));
        let of_arrival = stream.log.order.is_some_and(|order| order.is_of_arrival());
        let mut found = Ok(false);
        let mut keyless = false;
        let mut take = |record: &dyn Record| {
            let Some(key) = record.key().filter(|key| !key.is_empty()) else {
                keyless = true;
                return;
            };
            let time = record.time().unwrap_or(now);
            let beside = time < bounds.start;
            let as_of = (beside || of_arrival).then_some(served_at);
            let named = (key, time);
            found = if in_page.contains(&named) { Ok(true) } else { (self.was_seen)(&named.0, time) };
            if !matches!(found, Ok(false)) {
                if beside && found.is_ok() {
                    batch.seen.push(Seen { key: named.0, time, as_of, delivered: false });
                }
                return;
            }
            let row_id = row_id(self.origin.source_id, schema.log_type, &named.0, time);
            let parse_time = ParseTime::from(now);
            let envelope = Envelope { row_id, parse_time, origin: Some(self.origin), profile: self.profile };
            write_event(record, &envelope, indicators, &mut batch.lines);
            batch.lines.push(b'\n');
            batch.times.push(time);
            batch.seen.push(Seen { key: named.0.clone(), time, as_of, delivered: true });
            in_page.insert(named);
        };
        let (raw, parsed) = parse(&mut take);
        match found {
            Ok(found) => batch.repeats += u64::from(found),
            Err(failure) => {
                self.failure = Some(failure);
                return;
            }
        }
        let (pointer, code, message) = match parsed {
            Ok(()) if !keyless => return,
            Ok(()) => (String::new(), "key", "the record has no key".to_owned()),
            Err(error) => (error.pointer().to_owned(), error.code().name(), error.message().to_owned()),
        };
        batch.quarantined.push(Quarantined {
            // By its bytes, not by its key, which may be what is wrong with it.
            key: fingerprint(raw),
            raw: raw.to_vec(),
            pointer,
            code,
            message,
            schema: schema.fingerprint,
            at: now,
            record_key: key_of(raw, stream.log),
        });
    }
}

/// The records of an answer as the walk comes to them. An answer that has more than is taken is refused in the end.
impl<F: Fn(&str, Timestamp) -> Result<bool, Failure>> Records for Reading<'_, F> {
    fn begin(&mut self) {
        (self.batch, self.records) = (Batch::default(), 0);
        self.in_page.clear();
    }

    fn next(&mut self, element: Element<'_, '_>) {
        self.records += 1;
        if self.records <= MOST_RECORDS && self.failure.is_none() {
            let log_type = self.stream.log_type;
            self.read(|take| element.parse(log_type, take));
        }
    }
}

/// The key of a record that could not be parsed, as [`Record::key`] would give it, where its fields can be read all the same.
fn key_of(raw: &[u8], log: &Log) -> Option<String> {
    let part = |field: &&str| {
        let pointer = format!("/{}", field.replace('~', "~0").replace('/', "~1"));
        let value = json::find(raw, &pointer).ok()??.trim_ascii();
        let text = json::decode_string(value).map(String::from);
        text.or_else(|| std::str::from_utf8(value).ok().filter(|text| text.parse::<i64>().is_ok()).map(str::to_owned))
    };
    let parts: Vec<String> = log.key.iter().map(part).collect::<Option<_>>()?;
    match &parts[..] {
        [] => None,
        [one] => Some(one.clone()),
        several => {
            let several: Vec<&dyn Display> = several.iter().map(|part| part as &dyn Display).collect();
            Some(join_key(&several))
        }
    }
}
