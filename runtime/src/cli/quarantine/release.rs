//! `logwright quarantine replay` and `drop`: the two ways out.

use std::collections::BTreeMap;
use std::io::{BufRead, IsTerminal, Write as _};

use logwright::event::Origin;
use logwright::time::Timestamp;

use super::super::{plural, say, tell, told};
use super::{Entry, Filters, config_option, named};
use crate::account::Stream;
use crate::clock::Clock;
use crate::config::SourceConfig;
use crate::failure::Failure;
use crate::identity::source_id;
use crate::pull::replay::{Outcome, Replay};
use crate::sink;
use crate::state::{Held, State};

/// Options of `quarantine replay`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "What fits is delivered to the configured output and leaves quarantine; what does not stays, with its new \
                        reason. A record that was delivered meanwhile, by its key, leaves without being delivered again.\n\n\
                        Exit code 0 when all fit, 1 when some do not, 3 while another process uses the state: stop `run` first."
)]
pub(super) struct ReplayOptions {
    /// The ids, or their first digits.
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    /// Everything.
    #[arg(long)]
    all: bool,
}

/// Options of `quarantine drop`.
#[derive(Debug, clap::Args)]
#[command(after_help = "A record that the vendor serves again, which may be for a day, comes to quarantine again.")]
pub(super) struct DropOptions {
    /// The ids, or their first digits.
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    /// Only records that were pulled before this day or time, such as 2026-11-01 or 2026-11-01T12:00:00Z.
    #[arg(long, value_name = "DATE", value_parser = date)]
    before: Option<Timestamp>,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
}

/// Parses again, log by log.
pub(super) fn replay(options: &ReplayOptions, clock: &dyn Clock) -> Result<(), Failure> {
    let ReplayOptions { ids, filters, all } = options;
    if ids.is_empty() && !filters.any() && !all {
        let message = "say what to replay: ids, --source, --log-type or --code; or everything, by --all";
        return Err(Failure::Configuration(message.to_owned()));
    }
    let config = filters.load(clock)?;
    let state = State::open(&config.state)?;
    let mut held = state.held()?;
    // In the order in which they came.
    held.reverse();
    let entries = named(filters.of(&held, &config), ids)?;
    if entries.is_empty() {
        say("nothing that fits is in quarantine");
        return Ok(());
    }
    let mut sink = sink::open(&config.output)?;
    let (mut failures, mut still, mut logs) = (Vec::new(), 0, BTreeMap::<_, Vec<Entry<'_>>>::new());
    for entry in &entries {
        logs.entry((entry.source_name(), &entry.held.log_type)).or_default().push(*entry);
    }
    for ((name, log_type), entries) in logs {
        let (source, stream) = match readable(&entries[0], name) {
            Ok(readable) => readable,
            Err(failure) => {
                tell(&failure);
                failures.push(failure);
                continue;
            }
        };
        let (id, profile) = (source_id(&source.name), config.output.profile);
        let origin = Origin { source_id: &id, source_label: &source.name };
        let replay = Replay { origin, stream, state: &state, sink: sink.as_mut(), profile, now: clock.now() };
        let outcome = match replay.run(&held_of(&entries)) {
            Err(Failure::ReaderGone) => {
                let message = "the reader of standard output has gone; what it did not take stays in quarantine";
                return Err(Failure::Outside(message.to_owned()));
            }
            outcome => outcome?,
        };
        say(&format!("{name} {log_type}: {}", text(&outcome)));
        still += outcome.still;
    }
    if still > 0 {
        let failure = Failure::Input(format!(
            "{still} of {} still cannot be parsed; `logwright quarantine list{}` says why",
            plural(entries.len() as u64, "record"),
            config_option(&filters.config.config)
        ));
        tell(&failure);
        failures.push(failure);
    }
    told(&failures)
}

/// The source and the log of a record, where this program and this configuration have both.
fn readable<'e>(entry: &Entry<'e>, name: &str) -> Result<(&'e SourceConfig, Stream), Failure> {
    let Some(source) = entry.source else {
        return Err(Failure::Configuration(format!(
            "the configuration has no source with the p_source_id {name} any more; put it back to replay its records, or drop them"
        )));
    };
    let log = source.source.logs.iter().find(|log| log.log_type == entry.held.log_type);
    let stream = log.and_then(Stream::of).ok_or_else(|| {
        Failure::Configuration(format!("{name}: this program has no log type {}", entry.held.log_type))
    })?;
    Ok((source, stream))
}

/// Asks, then removes.
pub(super) fn drop_for_good(options: &DropOptions, clock: &dyn Clock) -> Result<(), Failure> {
    let DropOptions { ids, filters, before, yes } = options;
    if ids.is_empty() && !filters.any() && before.is_none() {
        let message = "say what to drop: ids, --before, --source, --log-type or --code";
        return Err(Failure::Configuration(message.to_owned()));
    }
    let config = filters.load(clock)?;
    let state = State::open(&config.state)?;
    let held = state.held()?;
    let mut entries = named(filters.of(&held, &config), ids)?;
    entries.retain(|entry| before.is_none_or(|before| entry.held.at < before));
    if entries.is_empty() {
        say("nothing that fits is in quarantine");
        return Ok(());
    }
    let records = plural(entries.len() as u64, "record");
    if !yes && !agreed(&records)? {
        say("nothing was dropped");
        return Ok(());
    }
    let dropped = state.drop_held(&held_of(&entries))?;
    say(&format!("{} dropped", plural(dropped as u64, "record")));
    Ok(())
}

/// Asks the person at the terminal.
fn agreed(records: &str) -> Result<bool, Failure> {
    if !std::io::stdin().is_terminal() {
        return Err(Failure::Configuration(format!("{records} would be dropped for good; say --yes if that is meant")));
    }
    let mut stderr = std::io::stderr();
    // Where nobody can be asked, nobody agrees.
    let asked = write!(stderr, "Drop {records} for good? [y/N] ").and_then(|()| stderr.flush());
    let mut answer = String::new();
    let answered = asked.and_then(|()| std::io::stdin().lock().read_line(&mut answer));
    Ok(answered.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn held_of<'e>(entries: &[Entry<'e>]) -> Vec<&'e Held> {
    entries.iter().map(|entry| entry.held).collect()
}

fn text(outcome: &Outcome) -> String {
    let mut parts = vec![format!("{} delivered", outcome.delivered), format!("{} still in quarantine", outcome.still)];
    if outcome.meanwhile > 0 {
        parts.push(format!("{} delivered before and now out of quarantine", outcome.meanwhile));
    }
    if outcome.no_events > 0 {
        parts.push(format!("{} out of quarantine, since the schema passes them over", outcome.no_events));
    }
    parts.join(", ")
}

/// A day, in UTC, or a time.
fn date(text: &str) -> Result<Timestamp, String> {
    let whole = if text.contains('T') { text.to_owned() } else { format!("{text}T00:00:00Z") };
    whole.parse().map_err(|_| "give a day, such as 2026-11-01, or a time, such as 2026-11-01T12:00:00Z".to_owned())
}
