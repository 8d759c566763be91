//! The configuration file: what to pull, how to sign in, where events go.
//!
//! [`load`] reads a file and either gives a [`Config`] in which everything has been checked that can be
//! checked without a network, or [`Mistakes`]: all of them, each with its line and column. Secrets are
//! not read here, only where they lie.
//!
//! ```
//! use std::path::Path;
//! use logwright_runtime::config;
//!
//! let text = "
//! sources:
//!   - name: acme-support
//!     source: zendesk
//!     inputs: {subdomain: acme}
//!     auth: {method: api_token, email: admin@acme.example, api_token: {env: ZENDESK_TOKEN}}
//! ";
//! let now = "2026-11-22T00:00:00Z".parse()?;
//! let config = config::parse(text, Path::new("logwright.yml"), now)?;
//! assert_eq!(config.sources[0].base_url.as_str(), "https://acme.zendesk.com/");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod alarm;
pub(crate) mod base_url;
mod duration;
mod fields;
mod listen;
mod mistake;
mod node;
mod output;
mod source;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use logwright::contract::{SignIn, Source};
use logwright::time::Timestamp;
use url::Url;

use crate::alarm::Rules;
use crate::failure::Failure;
use crate::secret::SecretRef;
use crate::suggest;
pub use alarm::{Tell, Webhook};
use fields::{Fields, text};
use mistake::Findings;
pub use mistake::{Mistake, Mistakes, Place};
use node::{Node, Value};
pub use output::{Destination, Output};

/// How often `run` asks for what is new, where it is not said.
const DEFAULT_POLL: Duration = Duration::from_secs(60);
/// The largest file that is read, in bytes: some thousand sources.
const MOST_BYTES: u64 = 1 << 20;

/// A configuration without mistakes. Paths are absolute or relative to the working directory.
#[derive(Debug)]
pub struct Config {
    /// The folder that holds the state.
    pub state: PathBuf,
    /// What to pull; at least one.
    pub sources: Vec<SourceConfig>,
    /// Where events go.
    pub output: Output,
    /// Who is told of alarms.
    pub tell: Tell,
    /// The address on this machine at which `run` serves what it measures, if it does.
    pub metrics: Option<SocketAddr>,
}

/// One account at one source.
#[derive(Clone, Debug)]
pub struct SourceConfig {
    /// The name; it goes into events as `p_source_label`.
    pub name: String,
    /// The contract.
    pub source: &'static Source,
    /// The contract's inputs, by name.
    pub inputs: BTreeMap<&'static str, String>,
    /// The way to sign in.
    pub sign_in: &'static SignIn,
    /// What that way needs, by name.
    pub credentials: BTreeMap<&'static str, Credential>,
    /// How far back the first pull goes, if the configuration says.
    pub start: Option<Timestamp>,
    /// Scheme and host of every request.
    pub base_url: Url,
    /// How often `run` asks for what is new.
    pub poll: Duration,
    /// What is borne before an alarm.
    pub alarm: Rules,
    /// The file for the tokens of a way to sign in that needs a person at a browser; it lies in the state's folder.
    pub tokens: PathBuf,
    /// The configuration file, for messages.
    pub file: PathBuf,
    /// Where in that file each credential is named, for messages about one that cannot be read.
    pub places: BTreeMap<&'static str, Place>,
}

impl PartialEq for SourceConfig {
    /// Contracts and ways to sign in are constants, and the same when their names are. Where a credential stands in the file
    /// is for messages alone.
    fn eq(&self, other: &Self) -> bool {
        let names = |one: &Self| (one.source.name, one.sign_in.method);
        names(self) == names(other)
            && (&self.name, &self.inputs, &self.credentials) == (&other.name, &other.inputs, &other.credentials)
            && (self.start, &self.base_url, self.poll, self.alarm)
                == (other.start, &other.base_url, other.poll, other.alarm)
            && self.tokens == other.tokens
    }
}

/// A value that a way to sign in needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// The value itself; never for a secret.
    Plain(String),
    /// Where the value lies.
    Reference(SecretRef),
}

impl Config {
    /// The sources to work on: the one with this name, or all.
    ///
    /// # Errors
    /// When no source has the name.
    pub fn select(&self, name: Option<&str>) -> Result<Vec<&SourceConfig>, Failure> {
        let Some(name) = name else {
            return Ok(self.sources.iter().collect());
        };
        let found = self.sources.iter().find(|source| source.name == name);
        found.map(|source| vec![source]).ok_or_else(|| {
            let names = self.sources.iter().map(|source| source.name.as_str());
            let hint = suggest::hint(name, names);
            Failure::Configuration(format!("the configuration has no source named `{name}`{hint}"))
        })
    }
}

/// Reads the configuration in `file`. `now` serves to refuse a start in the future.
///
/// # Errors
/// [`Failure::Configuration`] with every mistake, one a line.
pub fn load(file: &Path, now: Timestamp) -> Result<Config, Failure> {
    let text = read_bounded(file).map_err(|error| {
        Failure::Configuration(format!("cannot read the configuration {}: {error}", file.display()))
    })?;
    parse(&text, file, now).map_err(|mistakes| {
        let heading = match mistakes.list.len() {
            1 => String::new(),
            count => format!("the configuration has {count} mistakes\n"),
        };
        Failure::Configuration(format!("{heading}{mistakes}"))
    })
}

/// The text of a file, which need not have a size that can be told beforehand.
fn read_bounded(file: &Path) -> io::Result<String> {
    let mut text = String::new();
    File::open(file)?.take(MOST_BYTES + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MOST_BYTES {
        return Err(io::Error::other("it is larger than 1 MiB, which no configuration is; name another with --config"));
    }
    Ok(text)
}

/// Reads a configuration from `text`; `file` is for messages and for the folder that relative paths start from.
///
/// # Errors
/// Every mistake.
pub fn parse(text: &str, file: &Path, now: Timestamp) -> Result<Config, Mistakes> {
    let mut findings = Findings::default();
    let config = match node::read(text) {
        Ok(root) => {
            let folder = file.parent().unwrap_or(Path::new(""));
            Reader { file, folder, now, poll: DEFAULT_POLL, alarm: Rules::USUAL }.config(&root, &mut findings)
        }
        Err(Mistake { at, message }) => {
            findings.add(at, message);
            None
        }
    };
    match (config, findings.into_mistakes(file)) {
        (Some(config), None) => Ok(config),
        (_, Some(mistakes)) => Err(mistakes),
        // Unreachable by construction: nothing is left out without a finding. Said rather than panicked.
        (None, None) => Err(Mistakes {
            file: file.to_owned(),
            list: vec![Mistake { at: Place::new(1, 1), message: "cannot be read".into() }],
        }),
    }
}

/// What reading needs to know beside the tree.
struct Reader<'r> {
    file: &'r Path,
    folder: &'r Path,
    now: Timestamp,
    /// For sources that say nothing else.
    poll: Duration,
    /// The same.
    alarm: Rules,
}

impl Reader<'_> {
    fn config(mut self, root: &Node, findings: &mut Findings) -> Option<Config> {
        let keys = ["state", "poll", "sources", "output", "alarm", "metrics"];
        let fields = Fields::of(root, "the configuration", &keys, findings)?;
        let state = match fields.get("state") {
            Some(node) => text(node, "`state`", findings).map(|path| self.folder.join(path)),
            None => Some(self.folder.join("state")),
        };
        let poll = duration::poll(fields, DEFAULT_POLL, findings);
        self.poll = poll.unwrap_or(DEFAULT_POLL);
        let alarm = self.alarm_of_all(fields, findings);
        self.alarm = alarm.as_ref().map_or(Rules::USUAL, |(rules, _)| *rules);
        let metrics = listen::metrics(fields, findings);
        let output = match fields.get("output") {
            Some(node) => self.output(node, findings),
            None => Some(Output::USUAL),
        };
        let put = "a list of at least one source";
        let sources = fields.need("sources", "the configuration", put, findings)?;
        let sources = self.sources(sources, findings);
        poll?;
        let (_, tell) = alarm?;
        let (state, mut sources) = (state?, sources?);
        for source in &mut sources {
            source.tokens = state.join(format!("{}.tokens.json", source.name));
        }
        Some(Config { state, sources, output: output?, tell, metrics: metrics? })
    }

    fn sources(&self, node: &Node, findings: &mut Findings) -> Option<Vec<SourceConfig>> {
        let items = match &node.value {
            Value::List(items) if !items.is_empty() => items,
            Value::List(_) => {
                findings.add(node.at, "`sources` is empty; it needs at least one source");
                return None;
            }
            other => {
                findings.add(node.at, format!("`sources` must be a list, found {}", other.kind()));
                return None;
            }
        };
        refuse_doubles(items, findings);
        // All are read before any is missed, so that the mistakes of all are found.
        let read: Vec<_> = items.iter().map(|item| self.source(item, findings)).collect();
        read.into_iter().collect()
    }
}

/// Reports every name that stands twice, whatever else is wrong with its source.
fn refuse_doubles(items: &[Node], findings: &mut Findings) {
    let names: Vec<_> = items.iter().filter_map(name_of).collect();
    for (index, (at, name)) in names.iter().enumerate() {
        // Without regard to case, since a file system may have none, and the name is a folder's name.
        let same = |(_, other): &&(Place, &str)| other.eq_ignore_ascii_case(name);
        if let Some((first, _)) = names[..index].iter().find(same) {
            let line = first.line;
            findings.add(
                *at,
                format!("a source named `{name}` stands on line {line} already; state is kept by name, so each needs its own"),
            );
        }
    }
}

fn name_of(item: &Node) -> Option<(Place, &str)> {
    let Value::Map(entries) = &item.value else { return None };
    let node = &entries.iter().find(|entry| entry.key == "name")?.node;
    let Value::Text(name) = &node.value else { return None };
    Some((node.at, name))
}

#[cfg(test)]
mod tests;
