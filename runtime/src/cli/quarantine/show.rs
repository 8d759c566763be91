//! `logwright quarantine show`: all that is known of a record.

use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _};

use logwright::log_types::ALL;
use serde_json::json;

use super::super::{flush, print};
use super::list::{self, shown};
use super::{Entry, Filters, config_option, held, named, safe, safe_bytes};
use crate::clock::Clock;
use crate::failure::{self, Failure};
use crate::parse::hex;
use crate::state::Quarantine;

/// Options of `quarantine show`.
#[derive(Debug, clap::Args)]
#[command(after_help = "To try a schema that you have changed on a record, without building anything:\n  \
                        logwright quarantine show --raw ID | cargo gen try schemas/zendesk/audit.yml")]
pub(super) struct Options {
    /// The ids, or their first digits.
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    /// The bytes alone, exactly as they came; between several records a line break. Not to a terminal.
    #[arg(long, conflicts_with = "json")]
    raw: bool,
    /// One JSON object a line, for programs: as `list --json`, and the bytes in `raw`, or in `raw_hex` where they are not UTF-8.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(options: &Options, clock: &dyn Clock) -> Result<(), Failure> {
    if options.raw && std::io::stdout().is_terminal() {
        let message = "--raw writes bytes that a terminal may take for commands; send them to a file or a pipe";
        return Err(Failure::Configuration(message.to_owned()));
    }
    let config = options.filters.load(clock)?;
    let quarantine = Quarantine::read(&config.state)?;
    let held = held(quarantine.as_ref())?;
    let entries = named(options.filters.of(&held, &config), &options.ids)?;
    let mut stdout = std::io::stdout().lock();
    for (index, entry) in entries.iter().enumerate() {
        // What was replayed between the two readings has no bytes any more.
        let raw = quarantine.as_ref().map_or(Ok(None), |quarantine| quarantine.raw(entry.held))?.unwrap_or_default();
        let between = if index == 0 { "" } else { "\n" };
        if options.raw {
            let written = stdout.write_all(between.as_bytes()).and_then(|()| stdout.write_all(&raw));
            written.map_err(|error| failure::output(&error))?;
        } else if options.json {
            print(&format!("{}\n", with_raw(entry, &raw)))?;
        } else {
            print(&format!("{between}{}", text(entry, &raw, &config_option(&options.filters.config.config))))?;
        }
    }
    flush(&mut stdout)
}

fn with_raw(entry: &Entry<'_>, raw: &[u8]) -> serde_json::Value {
    let mut object = list::json(entry);
    match std::str::from_utf8(raw) {
        Ok(text) => object["raw"] = json!(text),
        Err(_) => object["raw_hex"] = json!(hex(raw)),
    }
    object
}

/// Everything, for people. The bytes come last, since they may be many.
fn text(entry: &Entry<'_>, raw: &[u8], config: &str) -> String {
    let held = entry.held;
    let place = if held.pointer.is_empty() { "the record as a whole" } else { &held.pointer };
    let mut text = String::new();
    for (name, value) in [
        ("id", held.key.as_str()),
        ("source", entry.source_name()),
        ("log type", &held.log_type),
        ("pulled at", &shown(held.at)),
        ("place", place),
        ("code", &held.code),
        ("reason", &held.message),
        ("schema", &schema(entry, config)),
        ("bytes", &held.bytes.to_string()),
    ] {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{name:10} {}", safe(value));
    }
    let raw = safe_bytes(raw);
    let _ = write!(text, "\n{raw}{}", if raw.ends_with('\n') { "" } else { "\n" });
    text
}

/// The schema that refused it, and whether the program has another now.
fn schema(entry: &Entry<'_>, config: &str) -> String {
    let held = entry.held;
    let now = ALL.iter().map(|log_type| log_type.schema()).find(|schema| schema.log_type == held.log_type);
    match now {
        None => format!("{} (this program has no such log type)", held.schema),
        Some(now) if now.fingerprint == held.schema => format!("{} (still that of this program)", held.schema),
        Some(now) => format!(
            "{}; this program has {}: try `logwright quarantine replay {}{config}`",
            held.schema,
            now.fingerprint,
            entry.id()
        ),
    }
}
