//! JSON Schema, draft 2020-12, of the normalised event.

use super::columns::{Column, Kind, standard};
use crate::json::Json;
use crate::model::{Field, Object, Rule, Schema, Type, Validate};

/// The JSON Schema of a log type's normalised events. Objects are definitions, named as in Rust.
pub fn json_schema(schema: &Schema) -> String {
    let (event, inner) = schema.objects.split_first().map_or((None, &[][..]), |(event, inner)| (Some(event), inner));
    let mut members = vec![
        ("$schema", Json::text("https://json-schema.org/draft/2020-12/schema")),
        ("title", Json::text(&schema.log_type)),
    ];
    if !schema.description.is_empty() {
        members.push(("description", Json::text(&schema.description)));
    }
    if let Some(event) = event {
        members.extend(object(event, schema, &standard().collect::<Vec<_>>(), schema.field_discovery));
    }
    if !inner.is_empty() {
        let definition = |inner: &Object| (inner.rust_name.clone(), Json::object(object(inner, schema, &[], false)));
        members.push(("$defs", Json::object(inner.iter().map(definition))));
    }
    Json::object(members).pretty()
}

fn object(object: &Object, schema: &Schema, standard: &[Column], open: bool) -> Vec<(&'static str, Json)> {
    let own = object
        .fields
        .iter()
        .map(|field| (field.name.clone(), described(value(&field.value, schema), &field.description)));
    let extra =
        standard.iter().map(|column| (column.name.clone(), described(of_standard(&column.kind), &column.description)));
    // An empty array is not written, so that a required one may lack.
    let written = |field: &&Field| field.required && !matches!(field.value.opened(), Type::Array(_));
    let required = object.fields.iter().filter(written).map(|field| field.name.clone());
    let required: Vec<_> =
        required.chain(standard.iter().filter(|column| column.required).map(|column| column.name.clone())).collect();
    let mut members = vec![("type", Json::text("object")), ("properties", Json::object(own.chain(extra)))];
    if !required.is_empty() {
        members.push(("required", Json::texts(required)));
    }
    members.push(("additionalProperties", Json::Boolean(open)));
    members
}

fn described(value: Vec<(&'static str, Json)>, description: &str) -> Json {
    let mut members = value;
    if !description.is_empty() {
        members.push(("description", Json::text(description)));
    }
    Json::object(members)
}

fn value(value: &Type, schema: &Schema) -> Vec<(&'static str, Json)> {
    let integer = |minimum: i64, maximum: i64| {
        vec![("type", Json::text("integer")), ("minimum", Json::Integer(minimum)), ("maximum", Json::Integer(maximum))]
    };
    match value {
        Type::String { validate, .. } => text(validate.as_ref()),
        Type::SmallInt => integer(i16::MIN.into(), i16::MAX.into()),
        Type::Int => integer(i32::MIN.into(), i32::MAX.into()),
        Type::BigInt => integer(i64::MIN, i64::MAX),
        Type::Float => vec![("type", Json::text("number"))],
        Type::Boolean => vec![("type", Json::text("boolean"))],
        Type::Timestamp { .. } => time(),
        Type::Json => Vec::new(),
        Type::Embedded(inner) => self::value(inner, schema),
        Type::Array(element) => {
            let element = Json::object(self::value(element, schema));
            // Null elements of arrays stay null.
            let items =
                Json::object([("anyOf", Json::List(vec![element, Json::object([("type", Json::text("null"))])]))]);
            vec![("type", Json::text("array")), ("items", items)]
        }
        Type::Object(index) => vec![("$ref", Json::text(format!("#/$defs/{}", schema.objects[*index].rust_name)))],
    }
}

fn text(validate: Option<&Validate>) -> Vec<(&'static str, Json)> {
    let mut members = vec![("type", Json::text("string"))];
    match validate.and_then(|validate| validate.rule.as_ref()) {
        Some(Rule::Allow(texts)) => members.push(("enum", Json::texts(texts))),
        Some(Rule::Deny(texts)) => members.push(("not", Json::object([("enum", Json::texts(texts))]))),
        None => {}
    }
    members
}

fn time() -> Vec<(&'static str, Json)> {
    let pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{9}$";
    vec![("type", Json::text("string")), ("pattern", Json::text(pattern))]
}

/// A standard field is a text, a time or a list of texts.
fn of_standard(kind: &Kind) -> Vec<(&'static str, Json)> {
    match kind {
        Kind::Timestamp => time(),
        Kind::List(_) => vec![
            ("type", Json::text("array")),
            ("minItems", Json::Integer(1)),
            ("uniqueItems", Json::Boolean(true)),
            ("items", Json::object(text(None))),
        ],
        _ => text(None),
    }
}
