//! What is pulled: a log of one of the contracts, what its events look like, and which ways to sign in need nobody.

use logwright::contract::{Grant, Log, Scheme, SignIn, Source};
use logwright::log_type::Schema;
use logwright::log_types::{ALL, SOURCES};
use logwright::time::Timestamp;
use logwright_runtime::pull::plan::{Begins, Plan};
use logwright_runtime::simulator::Random;

/// A log of a source.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// The contract.
    pub source: &'static Source,
    /// The log, and its place in the contract.
    pub log: &'static Log,
    /// That place.
    pub number: usize,
    /// The schema of its records.
    pub schema: &'static Schema,
}

impl Subject {
    /// The log with this type.
    ///
    /// # Errors
    /// When no contract has it.
    pub fn of(log_type: &str) -> Result<Self, String> {
        let logs = SOURCES.iter().flat_map(|source| source.logs.iter().enumerate().map(move |log| (source, log)));
        let schemas = || ALL.iter().map(|one| one.schema());
        for (source, (number, log)) in logs.filter(|(_, (_, log))| log.log_type == log_type) {
            if let Some(schema) = schemas().find(|schema| schema.log_type == log_type) {
                return Ok(Self { source, log, number, schema });
            }
        }
        Err(format!("no contract has {log_type}"))
    }

    /// A record with nothing but what it must have.
    pub fn record(&self, id: u64, at: Timestamp) -> String {
        let (key, time) = (self.log.key[0], self.log.time.field);
        match self.source.name {
            "zendesk" => format!(r#"{{"{key}":{id},"{time}":"{at}"}}"#),
            _ => format!(r#"{{"{key}":"event-{id:020}","{time}":"{at}","eventType":"user.session.start"}}"#),
        }
    }

    /// The key in an event: the first member of that name, for schemas begin with it.
    ///
    /// # Errors
    /// When there is none.
    pub fn id(&self, line: &str) -> Result<String, String> {
        let name = format!(r#""{}":"#, self.log.key[0]);
        let value = line.split_once(&name).map(|(_, rest)| rest.split([',', '}']).next().unwrap_or_default());
        value.map(|id| id.trim_matches('"').to_owned()).ok_or_else(|| format!("an event without an id: {line}"))
    }

    /// A way to sign in that needs no person at a browser, by its place in the contract.
    pub fn sign_in(&self, random: &mut Random) -> usize {
        let alone = |way: &SignIn| match &way.scheme {
            Scheme::OAuth(oauth) => matches!(oauth.grant, Grant::ClientCredentials),
            _ => true,
        };
        let ways: Vec<_> =
            (0..).zip(self.source.sign_in).filter(|(_, way)| alone(way)).map(|(place, _)| place).collect();
        usize::try_from(random.below(ways.len() as u64)).ok().and_then(|one| ways.get(one).copied()).unwrap_or(0)
    }

    /// Whether a pull brings all that is there and no later than usual. Where a late record may be behind the cursor, it takes up to
    /// an hour.
    pub fn is_punctual(&self) -> bool {
        Plan::of(self.log).begins != Begins::WhereTheLastEnded
    }
}
