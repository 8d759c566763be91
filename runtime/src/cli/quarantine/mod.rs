//! `logwright quarantine`: records that could not be parsed, and what to do with them.

mod list;
mod release;
mod show;

use std::collections::BTreeMap;
use std::path::Path;

use crate::clock::Clock;
use crate::config::{self, Config, SourceConfig};
use crate::failure::Failure;
use crate::identity::source_id;
use crate::state::{Held, Quarantine};

use super::ConfigOptions;

/// How many digits of an id are shown. Any number that names one record alone is taken.
const SHOWN_DIGITS: usize = 10;
/// The fewest digits that are taken for an id.
const FEWEST_DIGITS: usize = 4;

/// Options of `quarantine`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// List what is in quarantine, the newest first; also while `run` is at work.
    List(list::Options),
    /// Show all that is known of a record, and its bytes; also while `run` is at work.
    Show(show::Options),
    /// Parse records again, by the schemas that this program has now; deliver what fits, once.
    Replay(release::ReplayOptions),
    /// Remove records for good.
    Drop(release::DropOptions),
}

/// Which records.
#[derive(Debug, clap::Args)]
struct Filters {
    #[command(flatten)]
    config: ConfigOptions,
    /// Only records of this log type.
    #[arg(short = 't', long, value_name = "NAME")]
    log_type: Option<String>,
    /// Only records that were refused with this code, such as `time` or `required`.
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
}

/// A record in quarantine, and the configured source that it is of, where there still is one.
#[derive(Clone, Copy)]
struct Entry<'e> {
    held: &'e Held,
    source: Option<&'e SourceConfig>,
}

pub(super) fn run(options: &Options, clock: &dyn Clock) -> Result<(), Failure> {
    match &options.action {
        Action::List(options) => list::run(options, clock),
        Action::Show(options) => show::run(options, clock),
        Action::Replay(options) => release::replay(options, clock),
        Action::Drop(options) => release::drop_for_good(options, clock),
    }
}

impl Filters {
    /// The configuration; a source that is asked for is one of its sources.
    fn load(&self, clock: &dyn Clock) -> Result<Config, Failure> {
        let config = config::load(&self.config.config, clock.now())?;
        config.select(self.config.source.as_deref())?;
        Ok(config)
    }

    fn any(&self) -> bool {
        self.config.source.is_some() || self.log_type.is_some() || self.code.is_some()
    }

    /// The records that fit, in their order.
    fn of<'e>(&self, held: &'e [Held], config: &'e Config) -> Vec<Entry<'e>> {
        let sources: BTreeMap<String, &SourceConfig> =
            config.sources.iter().map(|source| (source_id(&source.name), source)).collect();
        let entries = held.iter().map(|held| Entry { held, source: sources.get(&held.source_id).copied() });
        let fits = |entry: &Entry<'_>| {
            self.config.source.as_deref().is_none_or(|name| entry.source.is_some_and(|source| source.name == name))
                && self.log_type.as_ref().is_none_or(|log_type| *log_type == entry.held.log_type)
                && self.code.as_ref().is_none_or(|code| *code == entry.held.code)
        };
        entries.filter(fits).collect()
    }
}

impl<'e> Entry<'e> {
    /// The source's name, or its id where the configuration has it no more.
    fn source_name(&self) -> &'e str {
        self.source.map_or(&self.held.source_id, |source| &source.name)
    }

    /// The short form of its id.
    fn id(&self) -> &'e str {
        let digits = digits(&self.held.key);
        digits.get(..SHOWN_DIGITS).unwrap_or(digits)
    }

    /// Where and why.
    fn reason(&self) -> String {
        let Held { pointer, message, .. } = self.held;
        if pointer.is_empty() { message.clone() } else { format!("{pointer}: {message}") }
    }
}

/// What is there to look at: everything in the state, or nothing where there is no state yet.
fn held(quarantine: Option<&Quarantine>) -> Result<Vec<Held>, Failure> {
    quarantine.map_or(Ok(Vec::new()), Quarantine::held)
}

/// The records with these ids, each once; all where no id is given.
fn named<'e>(entries: Vec<Entry<'e>>, ids: &[String]) -> Result<Vec<Entry<'e>>, Failure> {
    if ids.is_empty() {
        return Ok(entries);
    }
    let mut named: Vec<Entry<'e>> = Vec::new();
    for id in ids {
        let found = one(&entries, id)?;
        if !named.iter().any(|entry| std::ptr::eq(entry.held, found.held)) {
            named.push(found);
        }
    }
    Ok(named)
}

fn one<'e>(entries: &[Entry<'e>], id: &str) -> Result<Entry<'e>, Failure> {
    let wanted = digits(id).to_ascii_lowercase();
    if wanted.len() < FEWEST_DIGITS || !wanted.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Failure::Configuration(format!(
            "`{}` is no id: give at least its first {FEWEST_DIGITS} hexadecimal digits; `logwright quarantine list` shows them",
            safe(id)
        )));
    }
    let found: Vec<_> = entries.iter().filter(|entry| digits(&entry.held.key).starts_with(&wanted)).collect();
    match found[..] {
        [one] => Ok(*one),
        [] => Err(Failure::Configuration(format!(
            "no record {wanted} is in quarantine, or none that fits; `logwright quarantine list` shows what is"
        ))),
        [first, .., last] if first.held.key == last.held.key => Err(Failure::Configuration(format!(
            "the record {wanted} is in quarantine for {} logs; choose with --source or --log-type",
            found.len()
        ))),
        _ => Err(Failure::Configuration(format!(
            "{} records begin with {wanted}; give more digits: `logwright quarantine list --json` has all in `key`",
            found.len()
        ))),
    }
}

/// The digits of a fingerprint.
fn digits(key: &str) -> &str {
    key.strip_prefix("sha256:").unwrap_or(key)
}

/// `text` for a terminal: whatever could command it is shown as an escape.
fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        if is_command(character) { safe.extend(character.escape_unicode()) } else { safe.push(character) }
    }
    safe
}

/// The same for bytes that may not be UTF-8; line breaks and tabs stay.
fn safe_bytes(bytes: &[u8]) -> String {
    let mut safe = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            let stays = matches!(character, '\n' | '\t') || !is_command(character);
            if stays { safe.push(character) } else { safe.extend(character.escape_unicode()) }
        }
        chunk.invalid().iter().for_each(|byte| safe.extend(format!("\\x{byte:02x}").chars()));
    }
    safe
}

/// Control characters, and those that turn the direction of text, so that it reads as something else.
fn is_command(character: char) -> bool {
    let turns = matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    character.is_control() || turns || matches!(character, '\u{2028}' | '\u{2029}')
}

/// The configuration as an option of a command, for hints that can be pasted.
fn config_option(file: &Path) -> String {
    if file == Path::new("logwright.yml") { String::new() } else { format!(" --config {}", file.display()) }
}

#[cfg(test)]
mod tests;
