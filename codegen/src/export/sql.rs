//! `CREATE TABLE` for four stores.
//!
//! What a store cannot hold becomes the nearest that it can: Snowflake gets `ARRAY` and `OBJECT` without their contents,
//! `BigQuery` gets `JSON` for a list of lists, `ClickHouse` no null for lists and structs, which it does not know.

use std::fmt::Write as _;

use super::columns::{Column, Kind, columns};
use super::prose::printable;
use crate::json::quoted;
use crate::lower::names;
use crate::model::Schema;

/// Which SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum), value(rename_all = "lower"))]
pub enum Dialect {
    /// For duckdb.com.
    DuckDb,
    /// For clickhouse.com, with the engine `MergeTree`.
    ClickHouse,
    /// For snowflake.com.
    Snowflake,
    /// For Google's `BigQuery`.
    BigQuery,
}

/// The statement that creates a log type's table, with the descriptions as comments on the columns.
///
/// # Errors
/// See [`columns`].
pub fn sql(schema: &Schema, dialect: Dialect) -> Result<String, String> {
    let columns = columns(schema)?;
    let table = dialect.quote(&names::table(&schema.log_type));
    let lines: Vec<_> = columns.iter().map(|column| dialect.column(column)).collect();
    let mut text = format!("-- {}: events in the profile `lake`\n", schema.log_type);
    renamed(&columns, "", &mut text);
    let _ = write!(text, "CREATE TABLE {table} (\n  {}\n)", lines.join(",\n  "));
    text += &dialect.table_options(&schema.description);
    text += ";\n";
    if dialect == Dialect::DuckDb {
        if !schema.description.is_empty() {
            let _ = writeln!(text, "COMMENT ON TABLE {table} IS {};", literal(&printable(&schema.description)));
        }
        for column in columns.iter().filter(|column| !column.description.is_empty()) {
            let name = dialect.quote(&column.name);
            let _ = writeln!(text, "COMMENT ON COLUMN {table}.{name} IS {};", literal(&printable(&column.description)));
        }
    }
    Ok(text)
}

impl Dialect {
    pub(super) fn quote(self, name: &str) -> String {
        // A column's name has no quotes: section 4.4 of the language replaces them.
        match self {
            Self::DuckDb | Self::Snowflake => format!("\"{name}\""),
            Self::ClickHouse | Self::BigQuery => format!("`{name}`"),
        }
    }

    fn column(self, column: &Column) -> String {
        let mut line = format!("{} {}", self.quote(&column.name), self.type_of(&column.kind, column.required));
        // That store says it in the type.
        if column.required && self != Self::ClickHouse {
            line += " NOT NULL";
        }
        if !column.description.is_empty() {
            let text = escaped_literal(&printable(&column.description));
            // Writing to a text cannot fail.
            let _ = match self {
                // Its comments are statements of their own.
                Self::DuckDb => Ok(()),
                Self::ClickHouse | Self::Snowflake => write!(line, " COMMENT {text}"),
                Self::BigQuery => write!(line, " OPTIONS(description={text})"),
            };
        }
        line
    }

    pub(super) fn type_of(self, kind: &Kind, required: bool) -> String {
        match (self, kind) {
            (Self::ClickHouse, Kind::List(element)) => format!("Array({})", self.type_of(element, false)),
            (Self::ClickHouse, Kind::Struct(members)) => format!("Tuple({})", self.members(members)),
            (Self::ClickHouse, _) if required => self.scalar(kind).to_owned(),
            (Self::ClickHouse, _) => format!("Nullable({})", self.scalar(kind)),
            (Self::DuckDb, Kind::List(element)) => format!("{}[]", self.type_of(element, false)),
            (Self::DuckDb, Kind::Struct(members)) => format!("STRUCT({})", self.members(members)),
            (Self::BigQuery, Kind::List(element)) if matches!(**element, Kind::List(_)) => "JSON".to_owned(),
            (Self::BigQuery, Kind::List(element)) => format!("ARRAY<{}>", self.type_of(element, false)),
            (Self::BigQuery, Kind::Struct(members)) => format!("STRUCT<{}>", self.members(members)),
            _ => self.scalar(kind).to_owned(),
        }
    }

    fn members(self, members: &[Column]) -> String {
        // A member of an object may lack with the object, so none of them is `NOT NULL`.
        let member = |member: &Column| format!("{} {}", self.quote(&member.name), self.type_of(&member.kind, false));
        members.iter().map(member).collect::<Vec<_>>().join(", ")
    }

    fn scalar(self, kind: &Kind) -> &'static str {
        let [duckdb, clickhouse, snowflake, bigquery] = match kind {
            Kind::Text | Kind::Json => ["VARCHAR", "String", "VARCHAR", "STRING"],
            Kind::SmallInt => ["SMALLINT", "Int16", "SMALLINT", "INT64"],
            Kind::Int => ["INTEGER", "Int32", "INTEGER", "INT64"],
            Kind::BigInt => ["BIGINT", "Int64", "BIGINT", "INT64"],
            Kind::Float => ["DOUBLE", "Float64", "DOUBLE", "FLOAT64"],
            Kind::Boolean => ["BOOLEAN", "Bool", "BOOLEAN", "BOOL"],
            Kind::Timestamp => ["TIMESTAMP_NS", "DateTime64(9, 'UTC')", "TIMESTAMP_NTZ(9)", "TIMESTAMP"],
            // Of these only Snowflake comes here.
            Kind::List(_) => ["", "", "ARRAY", ""],
            Kind::Struct(_) => ["", "", "OBJECT", ""],
        };
        match self {
            Self::DuckDb => duckdb,
            Self::ClickHouse => clickhouse,
            Self::Snowflake => snowflake,
            Self::BigQuery => bigquery,
        }
    }

    /// What follows the columns.
    fn table_options(self, description: &str) -> String {
        let described = !description.is_empty();
        match self {
            Self::ClickHouse => {
                let comment = if described {
                    format!("\nCOMMENT {}", escaped_literal(&printable(description)))
                } else {
                    String::new()
                };
                format!("\nENGINE = MergeTree\nPARTITION BY toDate(`p_event_time`)\nORDER BY `p_event_time`{comment}")
            }
            Self::Snowflake if described => format!("\nCOMMENT = {}", escaped_literal(&printable(description))),
            Self::DuckDb | Self::Snowflake => String::new(),
            Self::BigQuery => {
                let options = if described {
                    format!("\nOPTIONS(description={})", escaped_literal(&printable(description)))
                } else {
                    String::new()
                };
                format!("\nPARTITION BY DATE(`p_event_time`){options}")
            }
        }
    }
}

/// Tells the columns, and the members of structs, that are not named as their keys are: whoever loads events must know.
fn renamed(columns: &[Column], within: &str, text: &mut String) {
    for column in columns {
        let path = format!("{within}{}", column.name);
        if column.name != column.key {
            let _ = writeln!(text, "-- {path} is the key {}", printable(&quoted(&column.key)));
        }
        let mut kind = &column.kind;
        while let Kind::List(element) = kind {
            kind = element;
        }
        if let Kind::Struct(members) = kind {
            renamed(members, &format!("{path}."), text);
        }
    }
}

/// A text by the standard: a quote is written twice.
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A text where the backslash escapes, in one line.
pub(super) fn escaped_literal(text: &str) -> String {
    let mut out = String::from("'");
    for mark in text.chars() {
        match mark {
            '\\' | '\'' => out.extend(['\\', mark]),
            '\n' => out.push_str("\\n"),
            mark if mark.is_ascii_control() => {
                let _ = write!(out, "\\x{:02x}", u32::from(mark));
            }
            mark => out.push(mark),
        }
    }
    out.push('\'');
    out
}
