//! Events made from a schema: what a stand-in serves when the real product is out of reach.
//!
//! The n-th event follows from the seed, the number n and the schema, and from nothing else, so that any of them can be made
//! again. They hold on purpose what real logs hold and naive readers trip over: several events in one second, keys that do not
//! follow time and do not fit a double, nulls and absent fields, escapes and line breaks in text, and a field that no schema
//! declares. Addresses and names are those reserved for documentation (RFC 2606, RFC 3849, RFC 5737).

use std::time::Duration;

use logwright::contract::Log;
use logwright::log_type::{Field, Kind, Schema};
use logwright::time::{TimeFormat, Timestamp};

use super::clock::{shift, time_json};
use super::random::Random;
use super::store::Record;
use super::values;

/// How many events follow each other under one draw of the "same second" dice.
const BURST: u64 = 8;

/// A run of made-up events of one log.
#[derive(Clone, Copy, Debug)]
pub struct Events {
    /// What the fields are.
    pub schema: &'static Schema,
    /// Which fields are the key and the time, and which values fields really take.
    pub log: &'static Log,
    /// Another seed makes other events.
    pub seed: u64,
    /// How many there are.
    pub count: u64,
    /// The time of the last one, to the second.
    pub end: Timestamp,
    /// How long before `end` the first one lies.
    pub span: Duration,
}

impl Events {
    /// Those of which the one with this number, the last, is at this time.
    pub(super) fn at(schema: &'static Schema, log: &'static Log, seed: u64, number: u64, time: Timestamp) -> Self {
        Self { schema, log, seed, count: number + 1, end: time, span: Duration::ZERO }
    }

    /// The time of the event with number `n`. Times never fall with growing `n`; several events may share a second.
    pub fn time(&self, n: u64) -> Timestamp {
        let last = self.count.saturating_sub(1);
        let block = n - n % BURST;
        // A quarter of the blocks falls into one second. The last block does not, so that the last event is at `end`.
        let burst = block + BURST <= last && Random::new(self.seed, block).one_in(4);
        let n = if burst { block } else { n };
        let span = u128::from(self.span.as_secs());
        let before = if last == 0 { 0 } else { span * u128::from(last.saturating_sub(n)) / u128::from(last) };
        let whole = Timestamp::from_unix(self.end.unix_seconds(), 0).unwrap_or(self.end);
        shift(whole, -i64::try_from(before).unwrap_or(i64::MAX))
    }

    /// The event with number `n`, as one JSON object without line breaks.
    ///
    /// The same event for the same seed, whatever was asked before.
    pub fn json(&self, n: u64) -> String {
        let mut random = Random::new(self.seed, n ^ (1 << 63)); // Away from the streams of the bursts.
        let mut members = Vec::new();
        for field in self.schema.fields {
            let value = if self.log.key.contains(&field.name) {
                key(field.kind, self.seed, n)
            } else if field.name == self.log.time.field {
                time(field.kind, self.time(n))
            } else {
                match if field.required { u64::MAX } else { random.below(16) } {
                    0 => continue,
                    1 => "null".to_owned(),
                    _ => self.value(field, n, &mut random),
                }
            };
            members.push(member(field.name, &value));
        }
        if random.one_in(8) {
            members.push(member("undeclared_by_schema", r#"{"list":[1,2.5,null],"text":"}]"}"#));
        }
        format!("{{{}}}", members.join(","))
    }

    /// The same as the stand-in holds it.
    pub(super) fn record(&self, n: u64) -> Result<Record, String> {
        Record::new(&self.json(n), self.log, self.schema)
    }

    fn value(&self, field: &Field, n: u64, random: &mut Random) -> String {
        if let Some(example) = self.example(field.name, n) {
            return scalar(field.kind, example);
        }
        // A label is the value that it stands for, as a person reads it.
        let labelled = field.name.strip_suffix("_label").and_then(|name| self.example(name, n));
        match labelled.and_then(|example| example.split_at_checked(1)) {
            Some((head, tail)) => values::plain(&format!("{}{tail}", head.to_uppercase())),
            None => self.made(field.name, field.kind, field, n, random),
        }
    }

    /// One of the contract's examples for the field `name`, the same each time for the same event.
    fn example(&self, name: &str, n: u64) -> Option<&'static str> {
        let (_, examples) = self.log.examples.iter().find(|(field, _)| *field == name)?;
        let stream = name.bytes().fold(n, |stream, byte| stream.wrapping_mul(31).wrapping_add(u64::from(byte)));
        Random::new(self.seed, stream).pick(examples)
    }

    /// A value of `kind` for `field`; for the elements of an array, `kind` is theirs.
    fn made(&self, name: &str, kind: Kind, field: &Field, n: u64, random: &mut Random) -> String {
        match kind {
            Kind::String => values::quoted(&values::text(name, field.indicators, n, random), random),
            Kind::SmallInt => random.below(1 << 15).to_string(),
            Kind::Int => random.below(1 << 31).to_string(),
            Kind::BigInt => (1_000_000_000_000 + random.below(1 << 40)).to_string(),
            Kind::Float => format!("{}.{}", random.below(1000), 1 + random.below(9)),
            Kind::Boolean => random.one_in(2).to_string(),
            Kind::Timestamp(_) => {
                let earlier = i64::try_from(random.below(3600)).unwrap_or(0);
                time(kind, shift(self.time(n), -earlier))
            }
            Kind::Array(element) => {
                let elements = 0..random.below(4);
                let elements: Vec<_> = elements.map(|_| self.made(name, *element, field, n, random)).collect();
                format!("[{}]", elements.join(","))
            }
            Kind::Object(fields) => {
                let mut members = Vec::new();
                for field in fields {
                    if field.required || !random.one_in(8) {
                        members.push(member(field.name, &self.value(field, n, random)));
                    }
                }
                format!("{{{}}}", members.join(","))
            }
            Kind::Json => {
                let choices = [r#"{"before":{"value":1},"after":[true,null]}"#, "[]", r#""as text""#, "3.25"];
                random.pick(&choices).unwrap_or("null").to_owned()
            }
        }
    }
}

/// A value that no other `n` has, and whose order is not that of `n`.
fn key(kind: Kind, seed: u64, n: u64) -> String {
    // An odd factor permutes the numbers below a power of two, so that no two keys are equal.
    let shuffled =
        |bits: u32| (n.wrapping_mul(0x9e37_79b9).wrapping_add(seed.wrapping_mul(0x85eb))) & ((1 << bits) - 1);
    match kind {
        Kind::SmallInt => shuffled(15).to_string(),
        Kind::Int => shuffled(31).to_string(),
        // 14 digits; now and then beyond 2^53, where a double is no longer exact.
        Kind::BigInt if n % 16 == 7 => (9_007_199_254_740_993 + shuffled(36)).to_string(),
        Kind::BigInt => (10_000_000_000_000 + shuffled(36)).to_string(),
        _ => format!("\"{:026x}\"", u128::from(shuffled(48)) << 40 | u128::from(seed & 0xff_ffff)),
    }
}

fn time(kind: Kind, time: Timestamp) -> String {
    match kind {
        Kind::Timestamp(formats) => time_json(formats, time),
        _ => time_json(&[TimeFormat::Rfc3339], time),
    }
}

fn scalar(kind: Kind, example: &str) -> String {
    match kind {
        Kind::SmallInt | Kind::Int | Kind::BigInt | Kind::Float | Kind::Boolean | Kind::Json => example.to_owned(),
        _ => values::plain(example),
    }
}

fn member(name: &str, value: &str) -> String {
    format!("{}:{value}", values::plain(name))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use logwright::log_types::zendesk::Audit;

    use super::super::fixtures::{AUDIT, LOG, TICKET_LOG, TICKETS, time};
    use super::*;

    const EVENTS: Events = Events {
        schema: AUDIT,
        log: LOG,
        seed: 7,
        count: 2000,
        end: time(1_767_225_600),
        span: Duration::from_secs(7 * 86_400),
    };

    fn parsed(events: &Events) -> Vec<serde_json::Value> {
        (0..events.count)
            .map(|n| {
                serde_json::from_str(&events.json(n)).unwrap_or_else(|error| panic!("{error}: {}", events.json(n)))
            })
            .collect()
    }

    #[test]
    fn the_same_seed_makes_the_same_events_in_any_order() {
        assert_eq!(EVENTS.json(1234), EVENTS.json(1234));
        assert_ne!(EVENTS.json(1234), Events { seed: 8, ..EVENTS }.json(1234));
    }

    #[test]
    fn keys_are_unique_whole_numbers_of_14_digits_and_more_out_of_time_order() {
        let keys: Vec<i64> = parsed(&EVENTS).iter().map(|event| event["id"].as_i64().unwrap()).collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
        assert!(keys.iter().all(|key| *key >= 10_000_000_000_000));
        assert!(keys.iter().any(|key| *key > 1 << 53));
        assert!(!keys.is_sorted());
    }

    #[test]
    fn times_rise_to_the_end_and_some_seconds_hold_several_events() {
        let times: Vec<Timestamp> = (0..EVENTS.count).map(|n| EVENTS.time(n)).collect();
        assert!(times.is_sorted());
        assert_eq!(times.last(), Some(&EVENTS.end));
        assert_eq!(times[0].unix_seconds(), EVENTS.end.unix_seconds() - 7 * 86_400);
        assert!(times.windows(8).any(|run| run[0] == run[7]), "no second with 8 events");
    }

    #[test]
    fn every_kind_of_field_comes_out_as_json_with_what_real_logs_have() {
        let events = parsed(&EVENTS);
        let some = |test: &dyn Fn(&serde_json::Value) -> bool| events.iter().any(test);
        assert!(some(&|event| event["ip_address"].as_str().is_some_and(|ip| ip.starts_with("192.0.2."))));
        assert!(some(&|event| event["ip_address"].as_str().is_some_and(|ip| ip.starts_with("2001:db8::"))));
        assert!(some(&|event| event.get("action").is_none()));
        assert!(some(&|event| event.get("action").is_some_and(serde_json::Value::is_null)));
        assert!(some(&|event| event["change_description"].as_str().is_some_and(|text| text.contains('\n'))));
        assert!(some(&|event| event.get("undeclared_by_schema").is_some()));
        assert!(events.iter().all(|event| event["created_at"].is_string() && event["id"].is_i64()));
    }

    #[test]
    fn a_label_goes_with_the_value_that_it_stands_for() {
        let events = parsed(&EVENTS);
        let labels = |action: &str| -> BTreeSet<String> {
            let events = events.iter().filter(|event| event["action"] == action);
            events.filter_map(|event| event["action_label"].as_str().map(str::to_owned)).collect()
        };
        assert_eq!(labels("login"), BTreeSet::from(["Login".to_owned()]));
        assert_eq!(labels("update"), BTreeSet::from(["Update".to_owned()]));
    }

    #[test]
    fn the_log_types_own_parser_takes_every_event() {
        for n in 0..EVENTS.count {
            let event = EVENTS.json(n);
            if let Err(error) = Audit::parse(event.as_bytes()) {
                panic!("{error}: {event}");
            }
        }
    }

    #[test]
    fn nested_fields_are_made_as_the_schema_nests_them() {
        let events = parsed(&Events { schema: TICKETS, log: TICKET_LOG, count: 200, ..EVENTS });
        assert!(events.iter().all(|event| event["number"].is_string() && event["at"].is_i64()));
        assert!(events.iter().any(|event| event["user"]["name"].is_string()));
        assert!(events.iter().any(|event| event["tags"].as_array().is_some_and(|tags| tags.len() > 1)));
    }
}
