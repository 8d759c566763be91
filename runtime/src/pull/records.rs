//! The records of a page become events, or go to quarantine; none is dropped for its time or its form.

use std::collections::HashSet;

use logwright::event::{Envelope, Origin, ParseTime, Profile, write_event};
use logwright::indicators::Indicators;
use logwright::log_type::Record;
use logwright::time::Timestamp;

use super::page::Page;
use super::plan::Bounds;
use crate::account::{Account, Stream};
use crate::failure::Failure;
use crate::identity::{fingerprint, row_id};
use crate::state::{Quarantined, Seen};

/// What a page holds that is new.
#[derive(Debug, Default)]
pub struct Batch<'p> {
    /// The events, one JSON object a line.
    pub lines: Vec<u8>,
    /// What to remember: each event, and what was there before but is served beside what was asked for.
    pub seen: Vec<Seen>,
    /// The time of each event, in the order of `lines`.
    pub times: Vec<Timestamp>,
    /// What could not be parsed.
    pub quarantined: Vec<Quarantined<'p>>,
    /// Records that were there before.
    pub repeats: u64,
}

/// Reads the records of `page`, which was asked for by `bounds`. `was_seen` tells whether a key was delivered before.
///
/// A record with a time before the bounds is remembered by the time at which it was served, and anew whenever it is: an API that
/// serves it beside the window will do so again, and its own time may be long forgotten.
///
/// # Errors
/// What `was_seen` gives. A record never fails: it goes to quarantine.
pub fn read<'p>(
    page: &'p Page,
    account: &Account,
    stream: Stream,
    profile: Profile,
    bounds: &Bounds,
    now: Timestamp,
    was_seen: impl Fn(&str) -> Result<bool, Failure>,
) -> Result<Batch<'p>, Failure> {
    let mut batch = Batch::default();
    let mut in_page = HashSet::new();
    let mut indicators = Indicators::default();
    let origin = Origin { source_id: &account.id, source_label: &account.name };
    let parse_time = ParseTime::from(now);
    let schema = stream.log_type.schema();
    for raw in page.records() {
        let mut found = Ok(false);
        let mut keyless = false;
        let mut take = |record: &dyn Record| {
            let Some(key) = record.key().filter(|key| !key.is_empty()) else {
                keyless = true;
                return;
            };
            let time = record.time().unwrap_or(now);
            let beside = time < bounds.start;
            let remembered = if beside { now } else { time };
            found = if in_page.contains(&key) { Ok(true) } else { was_seen(&key) };
            if !matches!(found, Ok(false)) {
                if beside && found.is_ok() {
                    batch.seen.push(Seen { key, remembered, delivered: None });
                }
                return;
            }
            let row_id = row_id(&account.id, schema.log_type, &key, time);
            let envelope = Envelope { row_id, parse_time, origin: Some(origin), profile };
            write_event(record, &envelope, &mut indicators, &mut batch.lines);
            batch.lines.push(b'\n');
            in_page.insert(key.clone());
            batch.times.push(time);
            batch.seen.push(Seen { key, remembered, delivered: Some(time) });
        };
        let parsed = stream.log_type.parse(raw, &mut take);
        batch.repeats += u64::from(found?);
        let (pointer, code, message) = match parsed {
            Ok(()) if !keyless => continue,
            Ok(()) => (String::new(), "key", "the record has no key".to_owned()),
            Err(error) => (error.pointer().to_owned(), error.code().name(), error.message().to_owned()),
        };
        batch.quarantined.push(Quarantined {
            // By its bytes, not by its key, which may be what is wrong with it.
            key: fingerprint(raw),
            raw,
            pointer,
            code,
            message,
            schema: schema.fingerprint,
            at: now,
        });
    }
    Ok(batch)
}
