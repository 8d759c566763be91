//! The statement that loads events into the table of [`sql`](super::sql): where keys become columns.
//!
//! An event has the keys of its schema, `@timestamp` and `a-b` among them, and a table has columns (section 4.4 of the
//! language). Every store can rename while it loads, each in its own way. What a value needs follows its [`Kind`], and goes
//! into objects and lists: `DuckDB` is told the types of the keys, `Snowflake` keeps what is inside objects as it is, and
//! the others are given each event as text and take the values out of it.

use super::columns::{Column, Kind, columns};
use super::sql::{Dialect, escaped_literal, literal};
use crate::lower::names;
use crate::model::Schema;

/// The statement that loads events in the profile `lake` from `from`: a path or a pattern of paths for `DuckDB` and
/// `ClickHouse`, or `-` for the client's standard input, a stage for Snowflake, the address of files for `BigQuery`.
///
/// # Errors
/// See [`columns`] and [`can_load`].
pub fn load(schema: &Schema, dialect: Dialect, from: &str) -> Result<String, String> {
    can_load(dialect, from)?;
    let columns = columns(schema)?;
    let name = names::table(&schema.log_type);
    let table = dialect.quote(&name);
    let element = unused(&columns);
    let event = Value { text: dialect.event().to_owned(), element: &element, depth: 0 };
    let each = |of: &dyn Fn(&Column) -> String| columns.iter().map(of).collect::<Vec<_>>().join(",\n  ");
    let targets = each(&|column| dialect.quote(&column.name));
    let values = each(&|column| dialect.value(&event.member(dialect, &column.key), &column.kind));
    Ok(match dialect {
        Dialect::DuckDb => {
            let from = literal(if from == "-" { "/dev/stdin" } else { from });
            let keys = each(&|column| format!("{}: {}", literal(&column.key), literal(&as_sent(&column.kind))));
            format!(
                "INSERT INTO {table} (\n  {targets}\n)\nSELECT\n  {values}\nFROM read_json({from}, format = \
                 'newline_delimited', hive_partitioning = false, columns = {{\n  {keys}\n}});\n"
            )
        }
        Dialect::ClickHouse => {
            let source = match from {
                "-" => "input('event String')\nFORMAT JSONAsString\n".to_owned(),
                path => format!("file({}, 'JSONAsString', 'event String');\n", escaped_literal(path)),
            };
            format!("INSERT INTO {table} (\n  {targets}\n)\nSELECT\n  {values}\nFROM {source}")
        }
        Dialect::Snowflake => format!(
            "COPY INTO {table} (\n  {targets}\n)\nFROM (SELECT\n  {values}\nFROM {})\nFILE_FORMAT = (TYPE = JSON);\n",
            escaped_literal(from)
        ),
        Dialect::BigQuery => {
            let lines = dialect.quote(&format!("{name}_lines"));
            format!(
                "-- No event has the delimiter in it, so that each line is one text.\n\
                 LOAD DATA OVERWRITE {lines} (line STRING)\nFROM FILES (format = 'CSV', field_delimiter = '\\x01', quote = '', \
                 uris = [{}]);\nINSERT INTO {table} (\n  {targets}\n)\nSELECT\n  {values}\nFROM (SELECT PARSE_JSON(line, \
                 wide_number_mode => 'round') AS event FROM {lines});\nDROP TABLE {lines};\n",
                escaped_literal(from)
            )
        }
    })
}

/// Whether the store can read from there.
///
/// # Errors
/// With what to write instead, where it cannot.
pub fn can_load(dialect: Dialect, from: &str) -> Result<(), String> {
    let wanted = match dialect {
        Dialect::Snowflake if !from.starts_with('@') => "Snowflake loads from a stage: `--load @STAGE/PATH`",
        Dialect::BigQuery if !from.contains("://") => {
            "BigQuery loads from an address: `--load gs://BUCKET/PATH*.ndjson`"
        }
        _ if from.is_empty() => "`--load` needs to know from where",
        _ => return Ok(()),
    };
    Err(wanted.to_owned())
}

/// The start of a name that no column has: where keys are columns, they hide the elements of lists.
fn unused(columns: &[Column]) -> String {
    let mut name = "e".to_owned();
    while columns.iter().any(|column| column.key.to_lowercase().starts_with(&name)) {
        name.push('_');
    }
    name
}

/// What holds a value in SQL, how elements of lists are called, and in how many lists it is.
struct Value<'n> {
    text: String,
    element: &'n str,
    depth: usize,
}

impl Value<'_> {
    /// The value of a key.
    fn member(&self, dialect: Dialect, key: &str) -> Self {
        let text = &self.text;
        let text = match dialect {
            // A table's name before it could be taken for that of a column.
            Dialect::DuckDb if text.is_empty() => quoted_identifier(key),
            Dialect::DuckDb => format!("{text}.{}", quoted_identifier(key)),
            Dialect::ClickHouse => format!("JSONExtractRaw({text}, {})", escaped_literal(key)),
            Dialect::Snowflake | Dialect::BigQuery => format!("{text}[{}]", escaped_literal(key)),
        };
        Self { text, ..*self }
    }

    /// An element of this list.
    fn element(&self) -> Self {
        Self { text: format!("{}{}", self.element, self.depth), depth: self.depth + 1, ..*self }
    }
}

impl Dialect {
    /// What an event is called; nothing where its keys are columns.
    fn event(self) -> &'static str {
        match self {
            Self::DuckDb => "",
            Self::Snowflake => "$1",
            Self::ClickHouse | Self::BigQuery => "event",
        }
    }

    /// A value as its column wants it.
    fn value(self, value: &Value<'_>, kind: &Kind) -> String {
        let text = &value.text;
        match self {
            Self::DuckDb if !renames(kind) => text.clone(),
            Self::DuckDb => match kind {
                Kind::List(element) => {
                    let each = value.element();
                    format!("[{} for {} in {text}]", self.value(&each, element), each.text)
                }
                Kind::Struct(members) => {
                    let members = self.members_of(value, members, |name, member| format!("{name} := {member}"));
                    format!("CASE WHEN {text} IS NOT NULL THEN struct_pack({members}) END")
                }
                _ => text.clone(),
            },
            Self::ClickHouse => match kind {
                // Not there, or a null in a list.
                Kind::Json => format!("nullIf(nullIf({text}, ''), 'null')"),
                Kind::List(element) => {
                    let each = value.element();
                    format!("arrayMap({} -> {}, JSONExtractArrayRaw({text}))", each.text, self.value(&each, element))
                }
                Kind::Struct(members) => format!("tuple({})", self.members_of(value, members, |_, member| member)),
                _ => format!("JSONExtract({text}, {})", escaped_literal(&self.type_of(kind, false))),
            },
            Self::Snowflake => match kind {
                Kind::Json => format!("TO_JSON({text})"),
                _ => format!("{text}::{}", self.type_of(kind, false)),
            },
            Self::BigQuery => self.big_query(value, kind),
        }
    }

    fn big_query(self, value: &Value<'_>, kind: &Kind) -> String {
        let text = &value.text;
        match kind {
            Kind::Text => format!("JSON_VALUE({text})"),
            Kind::Json => format!("IF({text} IS NULL, NULL, TO_JSON_STRING({text}))"),
            // That store has microseconds, and refuses texts that have more.
            Kind::Timestamp => format!("CAST(LEFT(JSON_VALUE({text}), 26) AS TIMESTAMP)"),
            Kind::List(element) if matches!(**element, Kind::List(_)) => text.clone(),
            // Nor does it hold nulls in lists.
            Kind::List(element) => {
                let each = value.element();
                format!(
                    "ARRAY(SELECT {} FROM UNNEST(JSON_QUERY_ARRAY({text})) AS {name} WITH OFFSET AS n{depth} \
                     WHERE JSON_TYPE({name}) != 'null' ORDER BY n{depth})",
                    self.value(&each, element),
                    name = each.text,
                    depth = value.depth
                )
            }
            Kind::Struct(members) => {
                let members = self.members_of(value, members, |name, member| format!("{member} AS {name}"));
                format!("IF({text} IS NULL, NULL, STRUCT({members}))")
            }
            _ => format!("CAST(JSON_VALUE({text}) AS {})", self.type_of(kind, false)),
        }
    }

    fn members_of(self, value: &Value<'_>, members: &[Column], written: impl Fn(String, String) -> String) -> String {
        let member = |member: &Column| {
            let value = self.value(&value.member(self, &member.key), &member.kind);
            written(self.quote(&member.name), value)
        };
        members.iter().map(member).collect::<Vec<_>>().join(", ")
    }
}

/// Whether a member in it is not called in the table as it is in the event.
fn renames(kind: &Kind) -> bool {
    match kind {
        Kind::List(element) => renames(element),
        Kind::Struct(members) => members.iter().any(|member| member.name != member.key || renames(&member.kind)),
        _ => false,
    }
}

/// `DuckDB`'s type of what an event has, with its keys.
fn as_sent(kind: &Kind) -> String {
    match kind {
        // So it stays as it was written, the quotes of a string too.
        Kind::Json => "JSON".to_owned(),
        Kind::List(element) => format!("{}[]", as_sent(element)),
        Kind::Struct(members) => {
            let member = |member: &Column| format!("{} {}", quoted_identifier(&member.key), as_sent(&member.kind));
            format!("STRUCT({})", members.iter().map(member).collect::<Vec<_>>().join(", "))
        }
        _ => Dialect::DuckDb.type_of(kind, false),
    }
}

/// A key as an identifier by the standard.
fn quoted_identifier(key: &str) -> String {
    format!("\"{}\"", key.replace('"', "\"\""))
}
