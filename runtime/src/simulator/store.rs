//! The records of one log, in the order in which the API serves them.
//!
//! Each has a time from which it is visible, which is later than its own time for a late record. A page is cut from the records
//! that are visible at that moment, after a position, inside a window.

use std::borrow::Cow;
use std::iter;

use logwright::contract::{Bound, Log};
use logwright::log_type::{Kind, Schema};
use logwright::time::Timestamp;
use serde_json::Value;

use super::behaviour::{Damage, Oddity};
use super::clock::time_of;
use super::cursor::{Part, Position};
use super::made::Made;

/// One record as the stand-in holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What is sent, byte for byte; not always valid JSON where a [`Damage`] was asked for.
    pub json: Vec<u8>,
    /// The values of its key fields, joined by `/`.
    pub key: String,
    /// Its own time.
    pub time: Timestamp,
    /// When the API begins to serve it.
    pub visible_from: Timestamp,
    /// What is wrong with it.
    pub damage: Option<Damage>,
    pub(super) position: Position,
}

impl Record {
    /// The record that `json` is, visible from its own time on.
    ///
    /// # Errors
    /// When `json` is not an object that has the log's key and time; the message says what is missing.
    pub fn new(json: &str, log: &Log, schema: &Schema) -> Result<Self, String> {
        let value: Value = serde_json::from_str(json).map_err(|error| format!("the record is not JSON: {error}"))?;
        let member = |name: &str| value.get(name).ok_or_else(|| format!("the record has no `{name}`"));
        let field = schema.fields.iter().find(|field| field.name == log.time.field);
        let Some(Kind::Timestamp(formats)) = field.map(|field| field.kind) else {
            return Err(format!("`{}` is not a timestamp of {}", log.time.field, schema.log_type));
        };
        let time = time_of(formats, member(log.time.field)?)
            .ok_or_else(|| format!("`{}` is not a time of {}", log.time.field, schema.log_type))?;
        let by_time = [log.time.field];
        let ordered = log.order.filter(|order| !order.is_of_arrival()).map_or(&by_time[..], |order| order.by);
        let mut position = Position::new();
        for name in ordered.iter().chain(log.key) {
            position.push(if *name == log.time.field { part_of_time(time) } else { part(member(name)?) });
        }
        let key: Result<Vec<String>, String> = log.key.iter().map(|name| Ok(text(member(name)?))).collect();
        let json = json.as_bytes().to_vec();
        Ok(Self { json, key: key?.join("/"), time, visible_from: time, damage: None, position })
    }

    /// The same record with what is unusual about it. Its key and time stay what they are.
    #[must_use]
    pub fn odd(mut self, oddity: Oddity, log: &Log) -> Self {
        let Ok(Value::Object(mut object)) = serde_json::from_slice(&self.json) else { return self };
        let kept = |name: &str| log.key.contains(&name) || name == log.time.field;
        match oddity {
            Oddity::Nulls => {
                object.iter_mut().filter(|(name, _)| !kept(name)).for_each(|(_, value)| *value = Value::Null);
            }
            Oddity::Bare => object.retain(|name, _| kept(name)),
            Oddity::UnknownField => drop(object.insert("unheard_of".to_owned(), Value::from(vec![1, 2]))),
            Oddity::LongText => {
                let text = object.iter().find(|(name, value)| !kept(name) && value.is_string());
                let name = text.map_or("unheard_of", |(name, _)| name).to_owned();
                object.insert(name, Value::from("long text ".repeat(100_000)));
            }
            // Where there is one already, it is not unusual.
            Oddity::FractionalSeconds if has_fraction(&object, log) => {}
            Oddity::FractionalSeconds => rewrite_time(&mut object, log, "Z", ".0Z"),
            Oddity::Offset => rewrite_time(&mut object, log, "Z", "+00:00"),
        }
        self.json = Value::Object(object).to_string().into_bytes();
        self
    }

    /// The same record, damaged where its bytes are, but still known by its true key and time.
    #[must_use]
    pub fn damaged(mut self, damage: Damage, log: &Log) -> Self {
        let Ok(Value::Object(mut object)) = serde_json::from_slice(&self.json) else { return self };
        let key = log.key.first().copied().unwrap_or_default();
        match damage {
            Damage::KeyMissing => drop(object.remove(key)),
            Damage::KeyNull => drop(object.insert(key.to_owned(), Value::Null)),
            Damage::KeyFloat => drop(object.insert(key.to_owned(), Value::from(1.0))),
            Damage::TimeMissing => drop(object.remove(log.time.field)),
            Damage::TimeMalformed => drop(object.insert(log.time.field.to_owned(), Value::from("yesterday"))),
            Damage::InvalidUtf8 | Damage::NotAnObject => {}
        }
        self.json = match damage {
            Damage::NotAnObject => b"42".to_vec(),
            // Into the time: every record has it, and every reader looks at it.
            Damage::InvalidUtf8 => {
                object.insert(log.time.field.to_owned(), Value::from("\u{1}\u{1}"));
                let text = Value::Object(object).to_string();
                let (head, tail) = text.split_once("\\u0001\\u0001").unwrap_or((&text, ""));
                [head.as_bytes(), b"\xff\xfe", tail.as_bytes()].concat()
            }
            _ => Value::Object(object).to_string().into_bytes(),
        };
        self.damage = Some(damage);
        self
    }
}

fn has_fraction(object: &serde_json::Map<String, Value>, log: &Log) -> bool {
    object.get(log.time.field).and_then(Value::as_str).is_some_and(|time| time.contains('.'))
}

/// Writes the time otherwise where it is a text with that ending.
fn rewrite_time(object: &mut serde_json::Map<String, Value>, log: &Log, ending: &str, by: &str) {
    if let Some(Value::String(time)) = object.get_mut(log.time.field)
        && let Some(start) = time.strip_suffix(ending)
    {
        *time = format!("{start}{by}");
    }
}

/// Which records are asked for, in which direction, and how many.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// The start of the window.
    pub(super) start: Option<(Timestamp, Bound)>,
    /// The end of the window.
    pub(super) end: Option<(Timestamp, Bound)>,
    /// Newest first, or whatever is the other direction of the log's order.
    pub(super) reversed: bool,
    /// The last record that was already served.
    pub(super) after: Option<Position>,
    /// How many records to leave out.
    pub(super) skip: usize,
    /// How many records to give.
    pub(super) size: usize,
}

/// The records of one log.
#[derive(Debug)]
pub(super) struct Store {
    /// Those that are kept, by ascending position.
    records: Vec<Record>,
    /// Those that are made when they are asked for.
    made: Option<Made>,
    ascending: bool,
    /// Records are ordered, and asked for, by the time from which they are visible instead of their own.
    of_arrival: bool,
}

impl Store {
    pub(super) fn new(log: &Log, records: Vec<Record>, made: Option<Made>) -> Self {
        let ascending = log.order.is_none_or(|order| order.ascending);
        let of_arrival = log.order.is_some_and(|order| order.is_of_arrival());
        let mut store = Self { records: Vec::new(), made, ascending, of_arrival };
        store.records = records.into_iter().map(|record| store.placed(record)).collect();
        store.records.sort_by(|a, b| a.position.cmp(&b.position));
        store
    }

    /// Every record, by ascending position; those that are made on demand are made for this.
    pub(super) fn records(&self) -> Vec<Record> {
        let made = self.made.iter().flat_map(|made| made.between(None, None, true));
        merged(self.records.iter(), made, true).map(Cow::into_owned).collect()
    }

    /// The time of the first record.
    pub(super) fn earliest(&self) -> Option<Timestamp> {
        let made = self.made.as_ref().and_then(Made::earliest);
        self.records.iter().map(|record| record.time).chain(made).min()
    }

    pub(super) fn insert(&mut self, record: Record) {
        let record = self.placed(record);
        let place = self.records.partition_point(|other| other.position <= record.position);
        self.records.insert(place, record);
    }

    /// The record with the position that it has here.
    fn placed(&self, mut record: Record) -> Record {
        if self.of_arrival {
            record.position[0] = part_of_time(record.visible_from);
        }
        record
    }

    /// The position before every record of `start` or later.
    pub(super) fn before(start: Timestamp) -> Position {
        vec![part_of_time(start)]
    }

    /// The records that are wanted and visible at `now`, and whether more follow.
    pub(super) fn page(&self, wanted: &Wanted, now: Timestamp) -> (Vec<Cow<'_, Record>>, bool) {
        let upwards = self.ascending != wanted.reversed;
        let behind = wanted.after.as_ref().map_or(if upwards { 0 } else { self.records.len() }, |after| {
            self.records
                .partition_point(|record| if upwards { record.position <= *after } else { record.position < *after })
        });
        let fits = |record: &Cow<'_, Record>| {
            let time = if self.of_arrival { record.visible_from } else { record.time };
            record.visible_from <= now && within(time, wanted)
        };
        let made = self.made.iter().flat_map(|made| made_for(made, wanted, now, upwards));
        let size = wanted.size.saturating_add(1);
        let mut page: Vec<_> = if upwards {
            merged(self.records[behind..].iter(), made, upwards).filter(fits).skip(wanted.skip).take(size).collect()
        } else {
            let kept = self.records[..behind].iter().rev();
            merged(kept, made, upwards).filter(fits).skip(wanted.skip).take(size).collect()
        };
        let more = page.len() > wanted.size;
        page.truncate(wanted.size);
        (page, more)
    }
}

/// The records that are not kept, from where the request goes on to where its window ends.
fn made_for(made: &Made, wanted: &Wanted, now: Timestamp, upwards: bool) -> impl Iterator<Item = Record> {
    let after = wanted.after.as_ref().and_then(|after| match after.first()? {
        Part::Integer(nanos) => {
            let (seconds, nanos) = (nanos.div_euclid(1_000_000_000), nanos.rem_euclid(1_000_000_000));
            Timestamp::from_unix(seconds.try_into().ok()?, nanos.try_into().ok()?)
        }
        Part::Text(_) => None,
    });
    let (start, end) = (wanted.start.map(|(start, _)| start), wanted.end.map_or(now, |(end, _)| end.min(now)));
    let (from, to) = if upwards { (start.max(after), end) } else { (start, after.map_or(end, |after| after.min(end))) };
    made.between(from, Some(to), upwards).filter(move |record| match &wanted.after {
        Some(after) if upwards => record.position > *after,
        Some(after) => record.position < *after,
        None => true,
    })
}

/// Both in one order, which is that of each.
fn merged<'s>(
    kept: impl Iterator<Item = &'s Record>,
    made: impl Iterator<Item = Record>,
    upwards: bool,
) -> impl Iterator<Item = Cow<'s, Record>> {
    let (mut kept, mut made) = (kept.peekable(), made.peekable());
    iter::from_fn(move || {
        let is_made_next = match (kept.peek(), made.peek()) {
            (Some(kept), Some(made)) => (made.position < kept.position) == upwards,
            (kept, _) => kept.is_none(),
        };
        if is_made_next { made.next().map(Cow::Owned) } else { kept.next().map(Cow::Borrowed) }
    })
}

fn within(time: Timestamp, wanted: &Wanted) -> bool {
    let after_start =
        wanted.start.is_none_or(|(start, bound)| time > start || (time == start && bound != Bound::Exclusive));
    let before_end = wanted.end.is_none_or(|(end, bound)| time < end || (time == end && bound != Bound::Exclusive));
    after_start && before_end
}

fn part(value: &Value) -> Part {
    value.as_i64().map_or_else(|| Part::Text(text(value)), |number| Part::Integer(number.into()))
}

fn part_of_time(time: Timestamp) -> Part {
    Part::Integer(i128::from(time.unix_seconds()) * 1_000_000_000 + i128::from(time.subsec_nanos()))
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::events::Events;
    use super::super::fixtures::{AUDIT, LOG, time};
    use super::*;

    const EVERYTHING: Wanted = Wanted { start: None, end: None, reversed: false, after: None, skip: 0, size: 100 };

    fn record(id: i64, at: &str) -> Record {
        Record::new(&format!(r#"{{"id":{id},"created_at":"2026-01-01T00:00:{at}Z"}}"#), LOG, AUDIT).unwrap()
    }

    fn store() -> Store {
        let records = vec![record(5, "03"), record(9, "01"), record(2, "02"), record(3, "01"), record(1, "03")];
        Store::new(LOG, records, None)
    }

    fn keys(page: &[Cow<'_, Record>]) -> Vec<String> {
        page.iter().map(|record| record.key.clone()).collect()
    }

    const LATER: Timestamp = time(1_800_000_000);

    #[test]
    fn records_come_by_time_and_by_key_inside_one_second() {
        assert_eq!(keys(&store().page(&EVERYTHING, LATER).0), ["3", "9", "2", "1", "5"]);
        assert_eq!(keys(&store().page(&Wanted { reversed: true, ..EVERYTHING }, LATER).0), ["5", "1", "2", "9", "3"]);
    }

    #[test]
    fn pages_one_after_the_other_are_the_whole() {
        for reversed in [false, true] {
            let store = store();
            let (whole, _) = store.page(&Wanted { reversed, ..EVERYTHING }, LATER);
            let (mut drained, mut after) = (Vec::new(), None);
            loop {
                let wanted = Wanted { reversed, after, size: 2, ..EVERYTHING };
                let (page, more) = store.page(&wanted, LATER);
                drained.extend(keys(&page));
                if !more {
                    break;
                }
                after = page.last().map(|record| record.position.clone());
            }
            assert_eq!(drained, keys(&whole));
        }
    }

    #[test]
    fn a_window_holds_its_bounds_or_not_as_told() {
        let (from, to) = (record(0, "01").time, record(0, "03").time);
        let window = |start, end| Wanted { start: Some((from, start)), end: Some((to, end)), ..EVERYTHING };
        let count = |wanted: &Wanted| store().page(wanted, LATER).0.len();
        assert_eq!(count(&window(Bound::Inclusive, Bound::Inclusive)), 5);
        assert_eq!(count(&window(Bound::Exclusive, Bound::Inclusive)), 3);
        assert_eq!(count(&window(Bound::Inclusive, Bound::Exclusive)), 3);
        assert_eq!(count(&window(Bound::Exclusive, Bound::Exclusive)), 1);
    }

    #[test]
    fn a_record_is_served_once_it_is_visible_and_never_behind_a_cursor() {
        let mut store = store();
        let mut late = record(4, "02");
        late.visible_from = time(1_767_225_700);
        store.insert(late.clone());
        let seen = |after, now| keys(&store.page(&Wanted { after, ..EVERYTHING }, time(now)).0);
        assert_eq!(seen(None, 1_767_225_699), ["3", "9", "2", "1", "5"]);
        assert_eq!(seen(None, 1_767_225_700), ["3", "9", "2", "4", "1", "5"]);
        assert_eq!(seen(Some(late.position), 1_767_225_700), ["1", "5"]);
    }

    #[test]
    fn what_is_made_on_demand_is_what_would_be_kept() {
        let end = time(1_767_225_600);
        let events = Events { schema: AUDIT, log: LOG, seed: 3, count: 300, end, span: Duration::from_secs(60) };
        let odd = |n: &u64| n % 50 == 7;
        let all = || (0..300).map(|n| events.record(n).unwrap()).collect();
        let kept_too = Made::new(events, (0..300).filter(odd).collect());
        let made = Store::new(LOG, (0..300).filter(odd).map(|n| events.record(n).unwrap()).collect(), Some(kept_too));
        let kept = Store::new(LOG, all(), None);
        assert_eq!(made.records(), kept.records());
        assert_eq!((made.earliest(), kept.earliest()), (Some(time(1_767_225_540)), Some(time(1_767_225_540))));
        let bound = |second: i64, bound| Some((time(1_767_225_540 + second), bound));
        let mut found = 0;
        for (reversed, start, end_at, now, skip) in [
            (false, None, None, end, 0),
            (true, None, None, end, 3),
            (false, bound(20, Bound::Inclusive), bound(40, Bound::Exclusive), end, 0),
            (true, bound(20, Bound::Exclusive), bound(40, Bound::Inclusive), end, 0),
            (true, bound(20, Bound::Exclusive), None, time(1_767_225_570), 1),
            (false, bound(55, Bound::Exclusive), None, time(1_767_225_570), 0),
        ] {
            let mut after = None;
            loop {
                let wanted = Wanted { start, end: end_at, reversed, after, skip, size: 7 };
                let (page, more) = made.page(&wanted, now);
                assert_eq!((&page, more), (&kept.page(&wanted, now).0, kept.page(&wanted, now).1), "{wanted:?}");
                found += page.len();
                after = page.last().map(|record| record.position.clone());
                if !more {
                    break;
                }
            }
        }
        assert!(found > 500, "{found}");
    }

    #[test]
    fn damage_changes_the_bytes_and_nothing_else() {
        let damaged = |damage| record(7, "09").damaged(damage, LOG);
        assert_eq!(damaged(Damage::KeyFloat).json, br#"{"created_at":"2026-01-01T00:00:09Z","id":1.0}"#);
        assert_eq!(damaged(Damage::KeyMissing).json, br#"{"created_at":"2026-01-01T00:00:09Z"}"#);
        assert_eq!(damaged(Damage::InvalidUtf8).json, b"{\"created_at\":\"\xff\xfe\",\"id\":7}");
        assert_eq!(damaged(Damage::TimeMalformed).key, "7");
        assert_eq!(damaged(Damage::NotAnObject).time, record(7, "09").time);
    }

    #[test]
    fn a_record_without_key_or_time_is_refused() {
        let refusal = |json: &str| Record::new(json, LOG, AUDIT).unwrap_err();
        assert!(refusal(r#"{"id":1}"#).contains("no `created_at`"));
        assert!(refusal(r#"{"created_at":"2026-01-01T00:00:00Z"}"#).contains("no `id`"));
        assert!(refusal(r#"{"id":1,"created_at":"today"}"#).contains("not a time"));
        assert!(refusal("[").contains("not JSON"));
    }
}
