//! Whether the events of one log type are taken by another of its folder as well, so that their order alone decides.
//!
//! Told with care, since most log types of a vendor share some keys: only for JSON, only within a folder, only where every
//! event of the one satisfies the other, and only where at least half of the other's fields are the one's as well. Each log
//! type is told of once. Where a folder has a contract, each log comes by a request of its own, and nothing has to be told apart.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Field, Object, Parser, Rule, Schema, Type, Validate};
use crate::source::Span;

/// Checks the log types of each folder against each other, unless the folder is one of `contracts`; `names` has the place of
/// each one's name.
pub fn check(schemas: &[Schema], names: &[Span], contracts: &BTreeSet<&str>, diagnostics: &mut Diagnostics) {
    let is_told = |schema: &Schema| schema.parser == Parser::Json && !contracts.contains(&*schema.source);
    let all: Vec<_> = schemas.iter().zip(names).filter(|(schema, _)| is_told(schema)).collect();
    for (number, (schema, name)) in all.iter().enumerate() {
        let mut before = all[..number].iter().filter(|(other, _)| other.source == schema.source);
        let found = before.find_map(|(other, place)| Some((overlap(schema, other)?, *place)));
        let Some(((one, other), place)) = found else { continue };
        let message = format!("events of `{one}` are taken by `{other}` as well");
        let help = "Say what tells them apart: `validate: {allow: […]}` on a field that names the kind of event, or \
                    `required: true` on a field that only the other has.";
        let diagnostic = Diagnostic::warning(Code::LW0604, **name, message).also(*place, "the other log type");
        diagnostics.push(diagnostic.at("schema").help(help));
    }
}

/// The log type whose events are taken by the other as well, and that other.
fn overlap<'s>(left: &'s Schema, right: &'s Schema) -> Option<(&'s str, &'s str)> {
    let names = |one: &'s Schema, other: &'s Schema| takes(other, one).then_some((&*one.log_type, &*other.log_type));
    names(left, right).or_else(|| names(right, left))
}

/// Whether `taker` takes every event of `schema`, and makes something of it.
fn takes(taker: &Schema, schema: &Schema) -> bool {
    let (wanted, given) = (&taker.objects[0], &schema.objects[0]);
    // Most end at the first required field that the other lacks, before all fields are counted.
    fits((taker, wanted), (schema, given)) && {
        let shared = wanted.fields.iter().filter(|field| find(given, field).is_some()).count();
        shared * 2 >= wanted.fields.len()
    }
}

/// Whether every object of the second kind is one of the first.
fn fits((taker, wanted): (&Schema, &Object), (schema, given): (&Schema, &Object)) -> bool {
    wanted.fields.iter().all(|field| match find(given, field) {
        None => !field.required,
        Some(found) => (found.required || !field.required) && decodes((taker, &field.value), (schema, &found.value)),
    })
}

fn find<'o>(object: &'o Object, field: &Field) -> Option<&'o Field> {
    object.fields.iter().find(|found| found.name == field.name)
}

/// Whether every value of the second type decodes as the first.
fn decodes((taker, wanted): (&Schema, &Type), (schema, given): (&Schema, &Type)) -> bool {
    use Type::{Array, BigInt, Boolean, Float, Int, Json, SmallInt, String, Timestamp};
    match (wanted, given) {
        (String { validate, .. }, String { validate: given, .. }) => passes(validate.as_ref(), given.as_ref()),
        (Json, _)
        | (String { validate: None, .. }, SmallInt | Int | BigInt | Float | Boolean | Timestamp { .. })
        | (Float, SmallInt | Int | BigInt | Float)
        | (BigInt, SmallInt | Int | BigInt)
        | (Int, SmallInt | Int)
        | (SmallInt, SmallInt)
        | (Boolean, Boolean) => true,
        (Timestamp { formats: wanted, .. }, Timestamp { formats: given, .. }) => {
            given.iter().all(|format| wanted.contains(format))
        }
        (Array(wanted), Array(given)) => decodes((taker, wanted), (schema, given)),
        (Type::Object(wanted), Type::Object(given)) => {
            fits((taker, &taker.objects[*wanted]), (schema, &schema.objects[*given]))
        }
        _ => false,
    }
}

/// Whether every text that keeps the second rules keeps the first. No rules are kept by every text.
fn passes(wanted: Option<&Validate>, given: Option<&Validate>) -> bool {
    let Some(wanted) = wanted else { return true };
    let Some(given) = given else { return false };
    if wanted.ip.is_some() || wanted.cidr.is_some() {
        return wanted == given;
    }
    match (&wanted.rule, &given.rule) {
        (None, _) => true,
        (Some(Rule::Allow(wanted)), Some(Rule::Allow(given))) => given.iter().all(|text| wanted.contains(text)),
        (Some(Rule::Deny(wanted)), Some(Rule::Allow(given))) => given.iter().all(|text| !wanted.contains(text)),
        (Some(Rule::Deny(wanted)), Some(Rule::Deny(given))) => wanted.iter().all(|text| given.contains(text)),
        (Some(_), _) => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::compile::{Options, compile};
    use crate::diagnostic::Code;
    use crate::source::SourceMap;

    const TIME: &str = "{name: time, type: timestamp, timeFormat: rfc3339, required: true}";

    /// What is said of two log types of one folder with these fields beside the time.
    fn told(left: &str, right: &str) -> Option<String> {
        let schema = |name: &str, fields: &str| format!("schema: Acme.{name}\nfields: [{TIME}, {fields}]\n");
        let sources =
            SourceMap::from_texts([("acme/a.yml", schema("Left", left)), ("acme/b.yml", schema("Right", right))]);
        let (_, diagnostics) = compile(&sources, &Options::default());
        assert!(!diagnostics.has_errors(), "{}", diagnostics.render_text(&sources, false));
        diagnostics.sorted().into_iter().find(|told| told.code == Code::LW0604).map(|told| told.message.clone())
    }

    #[test]
    fn logs_that_come_by_requests_of_their_own_are_not_compared() {
        let schema = |name: &str| format!("schema: Acme.{name}\nfields: [{TIME}]\n");
        let files = |last| [("acme/a.yml", schema("Left")), ("acme/b.yml", schema("Right")), (last, String::new())];
        let told = |last| {
            let (_, diagnostics) = compile(&SourceMap::from_texts(files(last)), &Options::default());
            diagnostics.sorted().iter().any(|told| told.code == Code::LW0604)
        };
        assert!(told("acme/a_tests.yml") && !told("acme/source.yml"));
    }

    #[test]
    fn events_that_fit_both_are_told_whichever_takes_them() {
        let right = "events of `Acme.Right` are taken by `Acme.Left` as well";
        let left = "events of `Acme.Left` are taken by `Acme.Right` as well";
        for (one, other, expected) in [
            ("{name: id, type: string}", "{name: id, type: string}", right),
            ("{name: id, type: string}", "{name: id, type: bigint, required: true}", right),
            ("{name: id, type: int}", "{name: id, type: float}", left),
            (
                "{name: id, type: string, validate: {allow: [a]}}",
                "{name: id, type: string, validate: {allow: [a, b]}}",
                left,
            ),
            ("{name: o, type: object, fields: [{name: x, type: int}]}", "{name: o, type: json}", left),
            ("{name: l, type: array, element: {type: int}}", "{name: l, type: array, element: {type: bigint}}", left),
        ] {
            assert_eq!(told(one, other).as_deref(), Some(expected), "{one} and {other}");
        }
    }

    #[test]
    fn what_tells_them_apart_is_seen() {
        for (one, other) in [
            // A type, a rule, a required field of each.
            ("{name: id, type: bigint}", "{name: id, type: timestamp, timeFormat: rfc3339}"),
            ("{name: id, type: string, validate: {allow: [a]}}", "{name: id, type: string, validate: {allow: [b]}}"),
            ("{name: id, type: string, validate: {deny: [a]}}", "{name: id, type: string, validate: {allow: [a]}}"),
            ("{name: a, type: string, required: true}", "{name: b, type: string, required: true}"),
            (
                "{name: o, type: object, required: true, fields: [{name: x, type: int, required: true}]}",
                "{name: o, type: object, required: true, fields: [{name: y, type: int, required: true}]}",
            ),
            // Only the time is the same: hardly the same kind of event.
            (
                "{name: a, type: string}, {name: b, type: string}, {name: c, type: string}",
                "{name: d, type: string}, {name: e, type: string}, {name: f, type: string}",
            ),
        ] {
            assert_eq!(told(one, other), None, "{one} and {other}");
        }
    }
}
