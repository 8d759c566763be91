//! An account: a configured source with its secrets at hand, ready to be asked.

use std::collections::BTreeMap;
use std::fmt;

use logwright::contract::{Input, Log, Piece, SignIn, Source, Template};
use logwright::log_type::LogType;
use logwright::log_types;
use logwright::time::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::config::{Credential, SourceConfig};
use crate::failure::Failure;
use crate::identity;

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
    inputs: BTreeMap<&'static str, String>,
    credentials: BTreeMap<&'static str, SecretString>,
}

/// A log of an account, and the log type that reads it.
#[derive(Clone, Copy)]
pub struct Stream {
    /// The contract of the log.
    pub log: &'static Log,
    /// The log type of its records.
    pub log_type: &'static dyn LogType,
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
        let (id, start) = (identity::source_id(name), None);
        Self { name: name.to_owned(), id, source, sign_in, base_url, start, inputs, credentials }
    }

    /// The account of a configured source; its secrets are read now.
    ///
    /// # Errors
    /// [`Failure::Configuration`] with every secret that cannot be read or has the wrong form.
    pub fn open(config: &SourceConfig) -> Result<Self, Failure> {
        let mut credentials = BTreeMap::new();
        let mut wrong = Vec::new();
        for input in config.sign_in.inputs {
            match config.credentials.get(input.name).map(|given| read(given, input)) {
                Some(Ok(value)) => drop(credentials.insert(input.name, value)),
                Some(Err(why)) => wrong.push(format!("{}: `{}`: {why}", config.name, input.name)),
                None => wrong.push(format!("{}: `{}` is missing", config.name, input.name)),
            }
        }
        if !wrong.is_empty() {
            return Err(Failure::Configuration(wrong.join("\n")));
        }
        let mut account = Self::new(
            &config.name,
            config.source,
            config.sign_in,
            config.inputs.clone(),
            credentials,
            config.base_url.clone(),
        );
        account.start = config.start;
        Ok(account)
    }

    /// The logs of the source that this build can read, which is all of them in a build that was generated whole.
    pub fn streams(&self) -> Vec<Stream> {
        let streams = self.source.logs.iter().filter_map(|log| {
            let named = |candidate: &&&dyn LogType| candidate.schema().log_type == log.log_type;
            let log_type = *log_types::ALL.iter().find(named)?;
            Some(Stream { log, log_type })
        });
        streams.collect()
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
        let filled = fill(template, |name| {
            let secret = self.credentials.get(name).map(ExposeSecret::expose_secret);
            secret.or_else(|| self.inputs.get(name).map(String::as_str))
        })?;
        Ok(SecretString::from(filled))
    }

    /// `text` with every secret struck out, for servers that repeat what they were sent.
    pub(crate) fn redact(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for input in self.sign_in.inputs.iter().filter(|input| input.secret) {
            if let Some(secret) = self.credentials.get(input.name) {
                text = text.replace(secret.expose_secret(), "[REDACTED]");
            }
        }
        text
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
