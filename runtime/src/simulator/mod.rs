//! A stand-in for a vendor's API, on loopback: the pull contract turned round.
//!
//! A collector reads a contract to know what to ask; the stand-in reads the same contract to know what it is asked, and answers
//! with events made from the log type's schema. It knows no vendor, so every source has a stand-in from the day it has a contract.
//! It serves the demonstration, the `simulate` command, and the tests, which switch faults on by [`Behaviour`] and compare what
//! was delivered with [`Simulator::records`].
//!
//! ```text
//! server   a socket, or none (within)           → service
//! service  path, sign-in, rate limit, fault     → listing  (sign_in, rate, reply)
//! listing  parameters, window, cursor           → page     (request, store, cursor)
//! events   schema, seed, number                 → records  (values, random, made)
//! ```
//!
//! What it does not do: telling apart tenants; TLS. The page on which a person agrees has no buttons: it leads straight back.

mod behaviour;
mod clock;
mod cursor;
mod events;
#[cfg(test)]
mod fixtures;
mod grants;
#[cfg(test)]
mod lasting;
mod listing;
mod made;
mod page;
#[cfg(test)]
mod pulls;
mod random;
mod rate;
mod reply;
mod request;
mod request_log;
mod server;
mod service;
mod sign_in;
mod store;
mod switches;
#[cfg(test)]
mod tests;
mod values;
mod wire;
mod within;

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use logwright::contract::{Log, Source};
use logwright::log_type::Schema;
use logwright::time::Timestamp;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use behaviour::{Behaviour, Damage, Fault, Oddity, RetryAfter};
pub use clock::{Clock, system_clock};
pub use events::Events;
pub use random::Random;
pub use request_log::{RequestLog, Seen};
pub use sign_in::Credentials;
pub use store::Record;
pub use switches::{SWITCHES, Switch, turn_on};

use crate::http::Carry;
use made::Made;
use service::{Counts, Service, read};
use store::Store;

/// What a stand-in is made of.
#[derive(Clone)]
pub struct Options {
    /// How many events each log has.
    pub events: u64,
    /// Another seed makes other events and other credentials.
    pub seed: u64,
    /// How long before now the first event lies; the last one lies at now.
    pub span: Duration,
    /// The server's clock, before [`Behaviour::clock_offset`].
    pub clock: Clock,
    /// What differs from an API in good health.
    pub behaviour: Behaviour,
}

impl Default for Options {
    /// 1,000 events of the last seven days, by the clock of this computer, from an API in good health.
    fn default() -> Self {
        Self {
            events: 1000,
            seed: 1,
            span: Duration::from_secs(7 * 86_400),
            clock: system_clock(),
            behaviour: Behaviour::default(),
        }
    }
}

/// A running stand-in. It stops when it is dropped.
pub struct Simulator {
    service: Arc<Service>,
    address: SocketAddr,
    server: Option<JoinHandle<()>>,
}

impl Simulator {
    /// Serves `source` on `listener`, with events made from `schemas`. A log whose schema is not among them is not served.
    ///
    /// Must be called inside a tokio runtime, on which the server then runs.
    ///
    /// # Errors
    /// When the listener has no address, or when a schema does not hold the key and the time that the contract states.
    pub fn start(
        listener: TcpListener,
        source: &'static Source,
        schemas: &[&'static Schema],
        options: Options,
    ) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let service = Arc::new(Self::service(source, schemas, options, format!("http://{address}"))?);
        let server = Some(tokio::spawn(server::serve(listener, Arc::clone(&service))));
        Ok(Self { service, address, server })
    }

    /// The same without a socket: it is reached through [`Simulator::within`] alone, and answers without any wait.
    ///
    /// # Errors
    /// When a schema does not hold the key and the time that the contract states.
    pub fn unconnected(source: &'static Source, schemas: &[&'static Schema], options: Options) -> io::Result<Self> {
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let service = Arc::new(Self::service(source, schemas, options, "http://127.0.0.1".to_owned())?);
        Ok(Self { service, address, server: None })
    }

    /// What carries requests to the stand-in without a socket. Where an answer would keep the client waiting, `wait` is called
    /// with the time, for the test to move its clock by.
    pub fn within(&self, wait: impl Fn(Duration) + Send + Sync + 'static) -> Arc<dyn Carry> {
        Arc::new(within::Within { service: Arc::clone(&self.service), wait })
    }

    fn service(
        source: &'static Source,
        schemas: &[&'static Schema],
        options: Options,
        base_url: String,
    ) -> io::Result<Service> {
        let mut logs = Vec::new();
        for log in source.logs {
            if let Some(schema) = schemas.iter().find(|schema| schema.log_type == log.log_type) {
                let store = store(log, schema, &options).map_err(|error| {
                    io::Error::new(io::ErrorKind::InvalidData, format!("{}: {error}", log.log_type))
                })?;
                logs.push((log, *schema, RwLock::new(store)));
            }
        }
        Ok(Service {
            source,
            logs,
            gate: sign_in::Gate::new(source, options.seed),
            behaviour: RwLock::new(options.behaviour),
            clock: options.clock,
            seed: options.seed,
            events: options.events,
            base_url,
            requests: RequestLog::default(),
            counts: Mutex::new(Counts::default()),
        })
    }

    /// Where it listens; port 0 where it does not.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Scheme and host of its requests, such as `http://127.0.0.1:8081`; it stands for the contract's base URL.
    pub fn base_url(&self) -> &str {
        &self.service.base_url
    }

    /// Credentials for every way to sign in, in the contract's order.
    pub fn credentials(&self) -> &[Credentials] {
        self.service.gate.credentials()
    }

    /// What it was asked so far.
    pub fn requests(&self) -> RequestLog {
        self.service.requests.clone()
    }

    /// Every record of `log_type`, also those that are not visible yet, in the order of the API.
    pub fn records(&self, log_type: &str) -> Vec<Record> {
        let log = self.service.logs.iter().find(|(log, ..)| log.log_type == log_type);
        log.map(|(_, _, store)| read(store).records()).unwrap_or_default()
    }

    /// The time of the first record of all logs.
    pub fn earliest(&self) -> Option<Timestamp> {
        self.service.logs.iter().filter_map(|(_, _, store)| read(store).earliest()).min()
    }

    /// Adds a record while the stand-in runs, visible from its own time or from `visible_from`.
    ///
    /// # Errors
    /// When there is no such log, or when `json` is not an object with the log's key and time.
    pub fn add(&self, log_type: &str, json: &str, visible_from: Option<Timestamp>) -> Result<(), String> {
        let log = self.service.logs.iter().find(|(log, ..)| log.log_type == log_type);
        let (log, schema, store) = log.ok_or_else(|| format!("{log_type} is not served"))?;
        let mut record = Record::new(json, log, schema)?;
        record.visible_from = visible_from.unwrap_or(record.time);
        store.write().unwrap_or_else(PoisonError::into_inner).insert(record);
        Ok(())
    }

    /// Changes how the stand-in behaves from the next request on. Late and damaged records are made at the start only.
    pub fn change(&self, change: impl FnOnce(&mut Behaviour)) {
        change(&mut self.service.behaviour.write().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.server.iter().for_each(JoinHandle::abort);
    }
}

impl fmt::Debug for Simulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simulator")
            .field("source", &self.service.source.name)
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// A log of more events than this keeps only those with something unusual about them.
const MOST_KEPT: u64 = 100_000;

fn store(log: &'static Log, schema: &'static Schema, options: &Options) -> Result<Store, String> {
    let end = clock::shift((options.clock)(), options.behaviour.clock_offset);
    let events = Events { schema, log, seed: options.seed, count: options.events, end, span: options.span };
    let Behaviour { late, odd, damaged, one_second, .. } = &options.behaviour;
    let second = one_second.start..one_second.end.min(options.events);
    let record = |n: u64| {
        let mut record = if second.contains(&n) {
            Events::at(schema, log, options.seed, n, events.time(second.start)).record(n)?
        } else {
            events.record(n)?
        };
        if let Some(late) = late.get(&n) {
            let late = i64::try_from(late.as_secs()).unwrap_or(i64::MAX);
            record.visible_from = clock::shift(record.time, late);
        }
        if let Some(oddity) = odd.get(&n) {
            record = record.odd(*oddity, log);
        }
        Ok(match damaged.get(&n) {
            Some(damage) => record.damaged(*damage, log),
            None => record,
        })
    };
    if options.events <= MOST_KEPT || !made::is_by_time(log) {
        return Ok(Store::new(log, (0..options.events).map(record).collect::<Result<_, String>>()?, None));
    }
    let unusual = late.keys().chain(odd.keys()).chain(damaged.keys()).copied().chain(second.clone());
    // The first as well: if it cannot be made, none can.
    let kept: BTreeSet<u64> = unusual.chain([0]).filter(|n| *n < options.events).collect();
    let records = kept.iter().map(|n| record(*n)).collect::<Result<_, String>>()?;
    Ok(Store::new(log, records, Some(Made::new(events, kept))))
}
