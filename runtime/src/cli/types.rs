//! `logwright types`: what is built in.

use logwright::log_types::{ALL, SOURCES};
use serde_json::json;

use super::print;
use super::table::{fitted, row};
use crate::failure::Failure;

/// Options of `types`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// As JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(options: &Options) -> Result<(), Failure> {
    print(&if options.json { as_json() } else { as_table() })
}

fn as_table() -> String {
    let mut rows = vec![row(["LOG TYPE", "SOURCE", "FIELDS", "DESCRIPTION"])];
    for log_type in ALL {
        let schema = log_type.schema();
        let source = source_of(schema.log_type).unwrap_or("-");
        let fields = schema.fields.len().to_string();
        rows.push(row([schema.log_type, source, &fields, first_sentence(schema.description)]));
    }
    fitted(rows)
}

fn as_json() -> String {
    let types = ALL.iter().map(|log_type| {
        let schema = log_type.schema();
        json!({
            "log_type": schema.log_type,
            "source": source_of(schema.log_type),
            "fields": schema.fields.len(),
            "description": schema.description,
            "reference_url": schema.reference_url,
            "fingerprint": schema.fingerprint,
        })
    });
    format!("{:#}\n", types.collect::<serde_json::Value>())
}

/// The name of the source that serves a log type; some log types are only parsed.
fn source_of(log_type: &str) -> Option<&'static str> {
    let serves = |source: &&&logwright::contract::Source| source.logs.iter().any(|log| log.log_type == log_type);
    SOURCES.iter().find(serves).map(|source| source.name)
}

/// A description up to its first full stop; tables have no room for more.
fn first_sentence(text: &str) -> &str {
    text.split_once(". ").map_or(text, |(first, _)| first).trim_end_matches('.')
}
