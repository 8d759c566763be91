//! `Zendesk.Audit` in Vector's language, VRL: a program that checks and normalises, compiled once and run for each event.

use vrl::compiler::state::RuntimeState;
use vrl::compiler::{Context, TargetValue, TimeZone, compile};
use vrl::value::{Secrets, Value};

use super::Standard;
use crate::{Job, by_line};

/// The whole job. Its row ids are of the time of parsing and not of the event, which only the program knows.
pub fn audit() -> Job {
    let functions = vrl::stdlib::all();
    let compiled = compile(include_str!("audit.vrl"), &functions).unwrap_or_else(|error| panic!("{error:?}"));
    let (mut state, timezone) = (RuntimeState::default(), TimeZone::default());
    let mut standard = Standard::default();
    by_line(move |line, out| {
        standard.stamp(standard.stamps.now);
        let object = |members: &[(&str, Value)]| {
            Value::Object(members.iter().map(|(key, value)| ((*key).into(), value.clone())).collect())
        };
        let row_id = ("row_id", Value::from(standard.row_id.as_str()));
        let parse_time = ("parse_time", Value::from(standard.parse_time.as_str()));
        let mut target = TargetValue {
            value: object(&[("line", Value::from(line))]),
            metadata: object(&[row_id, parse_time]),
            secrets: Secrets::default(),
        };
        state.clear();
        let mut context = Context::new(&mut target, &mut state, &timezone);
        let event = compiled.program.resolve(&mut context).unwrap_or_else(|error| panic!("{error:?}"));
        out.vector.extend_from_slice(event.as_bytes().expect("the program ends with text"));
        out.vector.push(b'\n');
    })
}
