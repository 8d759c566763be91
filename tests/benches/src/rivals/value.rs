//! Interpreters: `serde_json::Value` with a table of fields, and our own interpreter of schemas.

use logwright::event::Envelope;
use logwright::indicators::Indicators;
use logwright::log_type::{Field, Kind, Schema};
use logwright::time::parse_text;
use logwright_codegen::interpret::Interpreter;
use logwright_codegen::model;
use serde_json::{Map, Value};

use super::{Standard, write_lake};
use crate::{Job, Stamps, by_line};

/// The event as a map that is checked against the table of fields of its log type, changed in place, and written.
pub fn value(schema: &'static Schema) -> Job {
    let mut standard = Standard::default();
    by_line(move |line, out| {
        let Ok(Value::Object(mut event)) = serde_json::from_slice(line) else { panic!("a good event") };
        standard.indicators.clear();
        object(&mut event, schema.fields, &mut standard);
        event.insert("p_log_type".to_owned(), schema.log_type.into());
        event.insert("p_row_id".to_owned(), standard.row_id.as_str().into());
        event.insert("p_event_time".to_owned(), standard.event_time.as_str().into());
        event.insert("p_parse_time".to_owned(), standard.parse_time.as_str().into());
        standard.indicators.sort();
        for (list, texts) in standard.indicators.lists() {
            event.insert(list.name().to_owned(), texts.collect());
        }
        serde_json::to_writer(&mut out.vector, &event).expect("a Vec takes all");
        out.vector.push(b'\n');
    })
}

fn object(object: &mut Map<String, Value>, fields: &'static [Field], standard: &mut Standard) {
    object.retain(|key, value| !value.is_null() && fields.iter().any(|field| field.name == key));
    for field in fields {
        match object.get_mut(field.name) {
            Some(value) => fit(value, field.kind, field, standard),
            None => assert!(!field.required, "a good event"),
        }
    }
}

fn fit(value: &mut Value, kind: Kind, field: &'static Field, standard: &mut Standard) {
    let fits = match (kind, &mut *value) {
        (Kind::String, Value::String(text)) => {
            field.indicators.iter().for_each(|indicator| standard.indicators.scan(*indicator, text));
            true
        }
        (Kind::SmallInt, Value::Number(number)) => number.as_i64().is_some_and(|number| i16::try_from(number).is_ok()),
        (Kind::Int, Value::Number(number)) => number.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        (Kind::BigInt, Value::Number(number)) => number.is_i64(),
        (Kind::Float, Value::Number(_)) | (Kind::Boolean, Value::Bool(_)) | (Kind::Json, _) => true,
        (Kind::Timestamp(formats), Value::String(text)) => match parse_text(formats, text) {
            Some(time) => {
                if field.event_time {
                    standard.stamp(time);
                }
                write_lake(time, text);
                true
            }
            None => false,
        },
        (Kind::Array(element), Value::Array(elements)) => {
            elements
                .iter_mut()
                .filter(|value| !value.is_null())
                .for_each(|value| fit(value, *element, field, standard));
            true
        }
        (Kind::Object(fields), Value::Object(members)) => {
            object(members, fields, standard);
            true
        }
        _ => false,
    };
    assert!(fits, "a good event");
}

/// `logwright-codegen`'s interpreter of the schema.
pub fn interpreter(schema: &'static model::Schema) -> Job {
    let interpreter = Interpreter::new(schema);
    let mut stamps = Stamps::new();
    let mut indicators = Indicators::default();
    by_line(move |line, out| {
        let event = interpreter.parse(line).expect("a good event");
        let envelope: Envelope<'_> = stamps.next(event.event_time().unwrap_or(stamps.now));
        event.write(&envelope, &mut indicators, &mut out.buffer);
        out.buffer.push(b'\n');
    })
}
