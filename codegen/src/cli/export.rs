//! `cargo gen export`: a log type in the words of another tool.

use std::io::{self, Write};
use std::process::ExitCode;

use super::streams::tell;
use super::{Input, fault, usage};
use crate::diagnostic::suggest;
use crate::export::{self, Dialect};
use crate::model::Schema;

pub(super) const HELP: &str = "\
Examples:
  cargo gen export sql Zendesk.Audit --dialect clickhouse | clickhouse-client
  cargo gen export sql GitHub.Audit | duckdb logs.db
  cargo gen export sql GitHub.Audit --load 'events/**/*.ndjson' | duckdb logs.db
  cargo gen export json-schema Zendesk.Audit > audit.schema.json
  cargo gen export arrow Zendesk.Audit       the Arrow schema as JSON
  cargo gen export markdown Zendesk.Audit    a page of documentation

All describe the normalised event in the profile `lake`, with the standard p_ fields.";

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Which format.
    target: Target,
    /// The log type, such as Zendesk.Audit.
    name: String,
    /// Which SQL; for `sql` alone.
    #[arg(long, value_enum)]
    dialect: Option<Dialect>,
    /// Write the statement that loads events into the table rather than the one that makes it; for `sql` alone.
    ///
    /// FROM is what the store reads: a path or a pattern of paths for duckdb and clickhouse, or `-` for standard input;
    /// `@STAGE/PATH` for snowflake; `gs://BUCKET/PATH` for bigquery. Events are in the profile `lake`, one a line.
    #[arg(long, value_name = "FROM")]
    load: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Target {
    /// JSON Schema, draft 2020-12.
    JsonSchema,
    /// CREATE TABLE; duckdb unless --dialect says otherwise.
    Sql,
    /// The Arrow schema, as JSON.
    Arrow,
    /// A page of documentation.
    Markdown,
}

pub(super) fn run(input: &Input, arguments: &Arguments) -> io::Result<ExitCode> {
    if arguments.dialect.is_some() && arguments.target != Target::Sql {
        return usage("`--dialect` belongs to `export sql`");
    }
    if arguments.load.is_some() && arguments.target != Target::Sql {
        return usage("`--load` belongs to `export sql`");
    }
    let dialect = arguments.dialect.unwrap_or(Dialect::DuckDb);
    if let Some(Err(reason)) = arguments.load.as_deref().map(|from| export::can_load(dialect, from)) {
        return usage(reason);
    }
    let Some(schemas) = input.log_types(&input.schemas) else { return Ok(fault()) };
    let schema = find(&schemas, &arguments.name)?;
    let text = match arguments.target {
        Target::JsonSchema => Ok(export::json_schema(schema)),
        Target::Sql => match &arguments.load {
            Some(from) => export::load(schema, dialect, from),
            None => export::sql(schema, dialect),
        },
        Target::Arrow => export::arrow(schema),
        Target::Markdown => Ok(export::markdown(schema)),
    };
    match text {
        Ok(text) => io::stdout().lock().write_all(text.as_bytes())?,
        Err(reason) => {
            tell(format_args!("error: {reason}"));
            return Ok(fault());
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The log type of that name.
fn find<'s>(schemas: &'s [Schema], name: &str) -> io::Result<&'s Schema> {
    if let Some(schema) = schemas.iter().find(|schema| schema.log_type == name) {
        return Ok(schema);
    }
    let names = || schemas.iter().map(|schema| schema.log_type.as_str());
    let help = match suggest(name, names()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("there are: {}", names().collect::<Vec<_>>().join(", ")),
    };
    usage(format!("there is no log type `{name}`; {help}"))
}
