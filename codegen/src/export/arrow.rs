//! The Arrow schema, in the JSON that Arrow's own implementations exchange for their integration tests.

use super::columns::{Column, Kind, columns};
use crate::json::Json;
use crate::model::Schema;

/// The Arrow schema of a log type's table, as JSON. A column whose name is not its key keeps the key as metadata.
///
/// # Errors
/// See [`columns`].
pub fn arrow(schema: &Schema) -> Result<String, String> {
    let fields = columns(schema)?.iter().map(field).collect();
    let facts = [("log_type", &schema.log_type), ("schema_fingerprint", &schema.fingerprint)];
    Ok(Json::object([
        ("fields", Json::List(fields)),
        ("metadata", metadata(&facts.map(|(key, value)| (key, value.as_str())))),
    ])
    .pretty())
}

fn field(column: &Column) -> Json {
    let mut facts = Vec::new();
    if column.key != column.name {
        facts.push(("key", column.key.as_str()));
    }
    if !column.description.is_empty() {
        facts.push(("description", column.description.as_str()));
    }
    named(&column.name, !column.required, &column.kind, &facts)
}

fn named(name: &str, nullable: bool, kind: &Kind, facts: &[(&str, &str)]) -> Json {
    let children = match kind {
        // Null elements of arrays stay null.
        Kind::List(element) => vec![named("item", true, element, &[])],
        Kind::Struct(members) => members.iter().map(field).collect(),
        _ => Vec::new(),
    };
    let mut members = vec![
        ("name", Json::text(name)),
        ("nullable", Json::Boolean(nullable)),
        ("type", type_of(kind)),
        ("children", Json::List(children)),
    ];
    if !facts.is_empty() {
        members.push(("metadata", metadata(facts)));
    }
    Json::object(members)
}

fn metadata(facts: &[(&str, &str)]) -> Json {
    let fact = |(key, value): &(&str, &str)| Json::object([("key", Json::text(*key)), ("value", Json::text(*value))]);
    Json::List(facts.iter().map(fact).collect())
}

fn type_of(kind: &Kind) -> Json {
    let integer = |bits| {
        Json::object([
            ("name", Json::text("int")),
            ("bitWidth", Json::Integer(bits)),
            ("isSigned", Json::Boolean(true)),
        ])
    };
    let plain = |name: &str| Json::object([("name", Json::text(name))]);
    match kind {
        Kind::Text | Kind::Json => plain("utf8"),
        Kind::SmallInt => integer(16),
        Kind::Int => integer(32),
        Kind::BigInt => integer(64),
        Kind::Float => Json::object([("name", Json::text("floatingpoint")), ("precision", Json::text("DOUBLE"))]),
        Kind::Boolean => plain("bool"),
        Kind::Timestamp => Json::object([
            ("name", Json::text("timestamp")),
            ("unit", Json::text("NANOSECOND")),
            ("timezone", Json::text("UTC")),
        ]),
        Kind::List(_) => plain("list"),
        Kind::Struct(_) => plain("struct"),
    }
}
