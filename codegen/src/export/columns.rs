//! A log type as a table: columns with names that every store takes, objects opened, standard fields included.

use logwright::indicators::IndicatorList;

use crate::lower::names;
use crate::model::{Schema, Type};

/// How many columns a table may have, those inside structs included. A definition that is used twice is there twice, so
/// that a short file can describe a table that fits no store.
pub const LIMIT: usize = 20_000;

/// A column of a table, or a member of a struct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, by section 4.4 of the language.
    pub name: String,
    /// The key in the JSON.
    pub key: String,
    /// What it is; empty when the schema does not say.
    pub description: String,
    /// Whether it always has a value.
    pub required: bool,
    /// What it holds.
    pub kind: Kind,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the language's types")]
pub enum Kind {
    Text,
    SmallInt,
    Int,
    BigInt,
    Float,
    Boolean,
    Timestamp,
    Json,
    List(Box<Self>),
    Struct(Vec<Column>),
}

/// The columns of a log type, in the order of its events: its own, then the standard ones.
///
/// # Errors
/// With what to do about it, where there are more than [`LIMIT`].
pub fn columns(schema: &Schema) -> Result<Vec<Column>, String> {
    let mut left = LIMIT;
    let own = object(schema, 0, &mut left).ok_or_else(|| {
        format!(
            "{} has more than {LIMIT} columns once its definitions are opened; use `type: json` for some of them",
            schema.log_type
        )
    })?;
    Ok(own.into_iter().chain(standard()).collect())
}

/// The standard columns, in the order of events.
pub fn standard() -> impl Iterator<Item = Column> {
    let column = |name: &str, description: &str, required, kind| Column {
        name: name.to_owned(),
        key: name.to_owned(),
        description: description.to_owned(),
        required,
        kind,
    };
    let lists = IndicatorList::ALL.iter().map(move |list| {
        let what = list.name().trim_start_matches("p_any_").replace('_', " ");
        column(list.name(), &format!("The {what} found in the event"), false, Kind::List(Box::new(Kind::Text)))
    });
    [
        column("p_log_type", "The log type", true, Kind::Text),
        column("p_row_id", "Identifies the event; sorts by time", true, Kind::Text),
        column("p_event_time", "When the event was", true, Kind::Timestamp),
        column("p_parse_time", "When the event was parsed", true, Kind::Timestamp),
        column("p_source_id", "Identifies the source that the event was pulled from", false, Kind::Text),
        column("p_source_label", "The name of that source", false, Kind::Text),
    ]
    .into_iter()
    .chain(lists)
}

fn object(schema: &Schema, index: usize, left: &mut usize) -> Option<Vec<Column>> {
    let column = |field: &crate::model::Field| {
        *left = left.checked_sub(1)?;
        Some(Column {
            name: names::column(&field.name),
            key: field.name.clone(),
            description: field.description.clone(),
            // An empty array is not written, so that even a required one may lack.
            required: field.required && !matches!(field.value.opened(), Type::Array(_)),
            kind: kind(schema, &field.value, left)?,
        })
    };
    schema.objects[index].fields.iter().map(column).collect()
}

fn kind(schema: &Schema, value: &Type, left: &mut usize) -> Option<Kind> {
    Some(match value {
        Type::String { .. } => Kind::Text,
        Type::SmallInt => Kind::SmallInt,
        Type::Int => Kind::Int,
        Type::BigInt => Kind::BigInt,
        Type::Float => Kind::Float,
        Type::Boolean => Kind::Boolean,
        Type::Timestamp { .. } => Kind::Timestamp,
        Type::Json => Kind::Json,
        Type::Embedded(inner) => self::kind(schema, inner, left)?,
        Type::Array(element) => Kind::List(Box::new(kind(schema, element, left)?)),
        Type::Object(index) => Kind::Struct(object(schema, *index, left)?),
    })
}
