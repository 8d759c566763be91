//! An account: a configured source with its secrets at hand, ready to be asked.
//!
//! The secrets are read when it is opened, and again by [`Account::reload`] whenever it has to sign in anew: one that was
//! replaced in its file serves without a restart.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use logwright::contract::{Input, Log, Piece, SignIn, Source, Template};
use logwright::log_type::LogType;
use logwright::log_types;
use logwright::time::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::aside::aside;
use crate::config::{Credential, SourceConfig};
use crate::failure::Failure;
use crate::identity;
use crate::secret;

/// One account at one source. Its `Debug` shows no credential.
pub struct Account {
    /// The configured name, `p_source_label` of its events.
    pub name: String,
    /// `p_source_id`: a UUID that follows from the name.
    pub id: String,
    /// The contract of the source.
    pub source: &'static Source,
    /// The way to sign in.
    pub sign_in: &'static SignIn,
    /// Scheme and host of every request.
    pub base_url: Url,
    /// How far back the first pull goes; 7 days where it is not said.
    pub start: Option<Timestamp>,
    /// The file for the tokens of a way to sign in that needs a person at a browser; `None` where there is no place for one.
    pub tokens: Option<PathBuf>,
    inputs: BTreeMap<&'static str, String>,
    credentials: RwLock<Credentials>,
    /// What it was opened from; `None` for an account of values at hand.
    config: Option<SourceConfig>,
}

/// The credentials that serve now, and those that did.
#[derive(Default)]
struct Credentials {
    values: BTreeMap<&'static str, SecretString>,
    /// Replaced values, which no message may show either; a few of the last.
    former: Vec<SecretString>,
    /// Counts the replacements.
    generation: u64,
}

/// How many replaced secrets are remembered, so as to strike them out of messages.
const MOST_FORMER: usize = 16;

/// A log of an account, and the log type that reads it.
#[derive(Clone, Copy)]
pub struct Stream {
    /// The contract of the log.
    pub log: &'static Log,
    /// The log type of its records.
    pub log_type: &'static dyn LogType,
}

impl Stream {
    /// The log with its log type, where this build can read it.
    pub fn of(log: &'static Log) -> Option<Self> {
        let named = |candidate: &&&dyn LogType| candidate.schema().log_type == log.log_type;
        log_types::ALL.iter().find(named).map(|log_type| Self { log, log_type: *log_type })
    }
}

impl Account {
    /// An account from values at hand. `credentials` are by the name of the sign-in way's inputs.
    pub fn new(
        name: &str,
        source: &'static Source,
        sign_in: &'static SignIn,
        inputs: BTreeMap<&'static str, String>,
        credentials: BTreeMap<&'static str, SecretString>,
        base_url: Url,
    ) -> Self {
        let credentials = RwLock::new(Credentials { values: credentials, ..Credentials::default() });
        let (name, id) = (name.to_owned(), identity::source_id(name));
        Self { name, id, source, sign_in, base_url, start: None, tokens: None, inputs, credentials, config: None }
    }

    /// The account of a configured source; its secrets are read now.
    ///
    /// # Errors
    /// [`Failure::Configuration`] with every secret that cannot be read or has the wrong form.
    pub fn open(config: &SourceConfig) -> Result<Self, Failure> {
        let credentials = read_all(config).map_err(Failure::Configuration)?;
        let mut account = Self::new(
            &config.name,
            config.source,
            config.sign_in,
            config.inputs.clone(),
            credentials,
            config.base_url.clone(),
        );
        account.start = config.start;
        account.tokens = Some(config.tokens.clone());
        account.config = Some(config.clone());
        Ok(account)
    }

    /// Reads the secrets again; whether any has changed. One that cannot be read stays as it was, with a warning: a file that is
    /// being replaced may be away for a moment.
    pub async fn reload(&self) -> bool {
        let Some(config) = self.config.clone() else { return false };
        match aside(move || read_all(&config)).await {
            Some(Ok(values)) => self.replace(values),
            Some(Err(why)) => {
                tracing::warn!(source = self.name, "the credentials stay as they were: {why}");
                false
            }
            None => false,
        }
    }

    /// How often the credentials have changed.
    pub(crate) fn generation(&self) -> u64 {
        self.credentials().generation
    }

    /// The command by which a person agrees in a browser, for messages.
    pub(crate) fn authorise_command(&self) -> String {
        let file = self.config.as_ref().map_or(Path::new("logwright.yml"), |config| &config.file);
        format!("logwright auth {} --config {}", self.name, file.display())
    }

    /// The logs of the source that this build can read, which is all of them in a build that was generated whole.
    pub fn streams(&self) -> Vec<Stream> {
        self.source.logs.iter().filter_map(Stream::of).collect()
    }

    /// Which account it is, whatever its name, address or credentials: the source and its inputs.
    pub fn identity(&self) -> String {
        let inputs = self.inputs.iter().map(|(name, value)| format!(" {name}={value}"));
        std::iter::once(self.source.name.to_owned()).chain(inputs).collect()
    }

    /// `template` with the inputs of the source in place. Credentials are not to be had here, so that none gets into a URL.
    ///
    /// # Errors
    /// When the template names an input that the account has not.
    pub fn fill(&self, template: &Template) -> Result<String, String> {
        fill(template, |name| self.inputs.get(name).map(String::as_str))
    }

    /// `template` with inputs and credentials in place.
    ///
    /// # Errors
    /// When the template names an input that the account has not.
    pub fn fill_secret(&self, template: &Template) -> Result<SecretString, String> {
        let credentials = self.credentials();
        let filled = fill(template, |name| {
            let secret = credentials.values.get(name).map(ExposeSecret::expose_secret);
            secret.or_else(|| self.inputs.get(name).map(String::as_str))
        })?;
        Ok(SecretString::from(filled))
    }

    /// `text` with every secret struck out, for servers that repeat what they were sent.
    pub(crate) fn redact(&self, text: &str) -> String {
        let credentials = self.credentials();
        let secret = self.sign_in.inputs.iter().filter(|input| input.secret);
        let secrets = secret.filter_map(|input| credentials.values.get(input.name)).chain(&credentials.former);
        secrets.fold(text.to_owned(), |text, secret| secret::strike(&text, secret.expose_secret()))
    }

    fn replace(&self, values: BTreeMap<&'static str, SecretString>) -> bool {
        let mut credentials = self.credentials.write().unwrap_or_else(PoisonError::into_inner);
        let same = |name| match (credentials.values.get(name), values.get(name)) {
            (Some(old), Some(new)) => old.expose_secret() == new.expose_secret(),
            (old, new) => old.is_none() && new.is_none(),
        };
        let changed: Vec<_> = self.sign_in.inputs.iter().filter(|input| !same(input.name)).collect();
        if changed.is_empty() {
            return false;
        }
        let secret = changed.iter().filter(|input| input.secret);
        let former: Vec<_> = secret.filter_map(|input| credentials.values.get(input.name).cloned()).collect();
        credentials.former.extend(former);
        let too_many = credentials.former.len().saturating_sub(MOST_FORMER);
        credentials.former.drain(..too_many);
        credentials.values = values;
        credentials.generation += 1;
        true
    }

    fn credentials(&self) -> RwLockReadGuard<'_, Credentials> {
        self.credentials.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("name", &self.name)
            .field("source", &self.source.name)
            .field("sign_in", &self.sign_in.method)
            .field("base_url", &self.base_url.as_str())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Stream").field(&self.log.log_type).finish()
    }
}

/// `template` with the values that `value_of` knows.
///
/// # Errors
/// When a value is missing, or the template speaks of a window.
pub(crate) fn fill<'v>(template: &Template, value_of: impl Fn(&str) -> Option<&'v str>) -> Result<String, String> {
    let mut text = String::new();
    for piece in template.0 {
        match piece {
            Piece::Text(fixed) => text.push_str(fixed),
            Piece::Input(name) => {
                text.push_str(value_of(name).ok_or_else(|| format!("needs the input `{name}`"))?);
            }
            Piece::WindowStart | Piece::WindowEnd => {
                return Err("speaks of a window where there is none".into());
            }
        }
    }
    Ok(text)
}

/// The credentials of a configured source.
///
/// # Errors
/// Every one that cannot be read, one a line, with its place in the configuration.
fn read_all(config: &SourceConfig) -> Result<BTreeMap<&'static str, SecretString>, String> {
    let mut credentials = BTreeMap::new();
    let mut wrong = Vec::new();
    for input in config.sign_in.inputs {
        let place =
            config.places.get(input.name).map(|at| format!("{}:{}:{}: ", config.file.display(), at.line, at.column));
        let place = format!("{}{}: `{}`", place.unwrap_or_default(), config.name, input.name);
        match config.credentials.get(input.name).map(|given| read(given, input)) {
            Some(Ok(value)) => drop(credentials.insert(input.name, value)),
            Some(Err(why)) => wrong.push(format!("{place}: {why}")),
            None => wrong.push(format!("{place} is missing")),
        }
    }
    if wrong.is_empty() { Ok(credentials) } else { Err(wrong.join("\n")) }
}

fn read(credential: &Credential, input: &Input) -> Result<SecretString, String> {
    let value = match credential {
        Credential::Plain(value) => SecretString::from(value.as_str()),
        Credential::Reference(place) => place.read()?,
    };
    if !input.format.accepts(value.expose_secret()) {
        return Err(format!("what was read is not {}", input.format.describe()));
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;

    #[test]
    fn a_secret_that_cannot_be_read_is_named_with_its_place() {
        let yaml = "sources:\n  - name: acme\n    source: zendesk\n    inputs: {subdomain: acme}\n    \
                    auth: {method: oauth_client, client_id: c, client_secret: {file: none}}\n";
        let config = config::parse(yaml, Path::new("etc/logwright.yml"), crate::testing::noon()).unwrap();
        let failure = Account::open(&config.sources[0]).unwrap_err();
        assert_eq!(failure.exit_code(), 2);
        let told = failure.to_string();
        let place = "etc/logwright.yml:5:63: acme: `client_secret`: cannot read the secret file etc/none";
        assert!(told.starts_with(place), "{told}");
    }
}
