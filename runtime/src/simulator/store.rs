//! The records of one log, in the order in which the API serves them.
//!
//! Each has a time from which it is visible, which is later than its own time for a late record. A page is cut from the records
//! that are visible at that moment, after a position, inside a window.

use logwright::contract::{Bound, Log};
use logwright::log_type::{Kind, Schema};
use logwright::time::Timestamp;
use serde_json::Value;

use super::behaviour::{Damage, Oddity};
use super::clock::time_of;
use super::cursor::{Part, Position};

/// One record as the stand-in holds it.
#[derive(Clone, Debug)]
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
    /// By ascending position.
    records: Vec<Record>,
    ascending: bool,
    /// Records are ordered, and asked for, by the time from which they are visible instead of their own.
    of_arrival: bool,
}

impl Store {
    pub(super) fn new(log: &Log, records: Vec<Record>) -> Self {
        let ascending = log.order.is_none_or(|order| order.ascending);
        let of_arrival = log.order.is_some_and(|order| order.is_of_arrival());
        let mut store = Self { records: Vec::new(), ascending, of_arrival };
        store.records = records.into_iter().map(|record| store.placed(record)).collect();
        store.records.sort_by(|a, b| a.position.cmp(&b.position));
        store
    }

    pub(super) fn records(&self) -> &[Record] {
        &self.records
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
    pub(super) fn page(&self, wanted: &Wanted, now: Timestamp) -> (Vec<&Record>, bool) {
        let upwards = self.ascending != wanted.reversed;
        let behind = wanted.after.as_ref().map_or(if upwards { 0 } else { self.records.len() }, |after| {
            self.records
                .partition_point(|record| if upwards { record.position <= *after } else { record.position < *after })
        });
        let fits = |record: &&Record| {
            let time = if self.of_arrival { record.visible_from } else { record.time };
            record.visible_from <= now && within(time, wanted)
        };
        let size = wanted.size.saturating_add(1);
        let mut page: Vec<&Record> = if upwards {
            self.records[behind..].iter().filter(fits).skip(wanted.skip).take(size).collect()
        } else {
            self.records[..behind].iter().rev().filter(fits).skip(wanted.skip).take(size).collect()
        };
        let more = page.len() > wanted.size;
        page.truncate(wanted.size);
        (page, more)
    }
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
    use super::super::fixtures::{AUDIT, LOG, time};
    use super::*;

    const EVERYTHING: Wanted = Wanted { start: None, end: None, reversed: false, after: None, skip: 0, size: 100 };

    fn record(id: i64, at: &str) -> Record {
        Record::new(&format!(r#"{{"id":{id},"created_at":"2026-01-01T00:00:{at}Z"}}"#), LOG, AUDIT).unwrap()
    }

    fn store() -> Store {
        Store::new(LOG, vec![record(5, "03"), record(9, "01"), record(2, "02"), record(3, "01"), record(1, "03")])
    }

    fn keys(page: &[&Record]) -> Vec<String> {
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
