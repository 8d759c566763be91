//! Interpreters: `serde_json::Value` with a table of fields, and our own interpreter of schemas.

use logwright::event::Envelope;
use logwright::indicators::Indicators;
use logwright_codegen::interpret::Interpreter;
use logwright_codegen::model::Schema;
use serde_json::Value;

use super::{Standard, addresses};
use crate::{Job, Stamps, by_line};

enum Kind {
    Text,
    Integer,
    Time,
}

/// Name, type, and whether every event has it.
const FIELDS: &[(&str, Kind, bool)] = &[
    ("action", Kind::Text, false),
    ("action_label", Kind::Text, false),
    ("actor_id", Kind::Integer, false),
    ("actor_name", Kind::Text, false),
    ("change_description", Kind::Text, false),
    ("created_at", Kind::Time, true),
    ("id", Kind::Integer, true),
    ("ip_address", Kind::Text, false),
    ("source_id", Kind::Integer, false),
    ("source_label", Kind::Text, false),
    ("source_type", Kind::Text, false),
    ("url", Kind::Text, false),
];

/// The event as a map that is checked against the table, changed in place, and written.
pub fn value() -> Job {
    let mut standard = Standard::default();
    by_line(move |line, out| {
        let Ok(Value::Object(mut event)) = serde_json::from_slice(line) else { panic!("a good event") };
        event.retain(|key, value| !value.is_null() && FIELDS.iter().any(|(name, ..)| name == key));
        for (name, kind, required) in FIELDS {
            let Some(value) = event.get_mut(*name) else {
                assert!(!required, "a good event");
                continue;
            };
            match (kind, &*value) {
                (Kind::Text, Value::String(_)) => {}
                (Kind::Integer, Value::Number(number)) if number.is_i64() => {}
                (Kind::Time, Value::String(text)) => {
                    standard.next(text).expect("a good time");
                    *value = Value::from(standard.event_time.as_str());
                }
                _ => panic!("a good event"),
            }
        }
        let found = addresses(event.get("ip_address").and_then(Value::as_str)).map(|list| Value::from(list.to_vec()));
        if let Some(found) = found {
            event.insert("p_any_ip_addresses".to_owned(), found);
        }
        event.insert("p_log_type".to_owned(), "Zendesk.Audit".into());
        event.insert("p_row_id".to_owned(), standard.row_id.as_str().into());
        event.insert("p_event_time".to_owned(), standard.event_time.as_str().into());
        event.insert("p_parse_time".to_owned(), standard.parse_time.as_str().into());
        serde_json::to_writer(&mut *out, &event).expect("a Vec takes all");
        out.push(b'\n');
    })
}

/// `logwright-codegen`'s interpreter of the schema.
pub fn interpreter(schema: &'static Schema) -> Job {
    let interpreter = Interpreter::new(schema);
    let mut stamps = Stamps::new();
    let mut indicators = Indicators::default();
    by_line(move |line, out| {
        let event = interpreter.parse(line).expect("a good event");
        let envelope: Envelope<'_> = stamps.next(event.event_time().unwrap_or(stamps.now));
        event.write(&envelope, &mut indicators, out);
        out.push(b'\n');
    })
}
