//! Signs in to cloud products, pulls their audit logs, and emits normalised events.
//!
//! One engine serves every source. What is true of a vendor's API is a pull contract
//! ([`logwright::contract`]), compiled from YAML; nothing about a vendor is written here. The way of
//! an event:
//!
//! ```text
//! config → account → sign_in → http → pull → sink
//!                                      └ state, committed only after the sink has acknowledged
//! ```
//!
//! A room for each thing to know:
//!
//! - [`cli`]: the commands, one file each; exit codes.
//! - [`config`]: the configuration file, every mistake with its place.
//! - [`account`]: a configured source with its secrets at hand; [`secret`] reads them.
//! - [`sign_in`]: credentials, or a person's consent, to an `Authorization` header, renewed in time.
//! - [`http`]: one request and its answer; [`api`]: what an answer means; [`backoff`]: how long to wait before the next.
//! - [`budget`]: how fast an account may be asked, by everything that asks it; [`gate`]: no more requests, at the end.
//! - [`run`]: every source at once, for as long as it is let; signals, reload, retries.
//! - [`pull`]: windows, pages, records; [`state`]: what was delivered; [`sink`]: where events go; [`disk`]: how files are made to last.
//! - [`alarm`]: when somebody is told that a source is not as it should be, and how; [`metrics`]: what is counted, for those who ask.
//! - [`parse`]: files of raw events, without any network.
//! - [`simulator`]: a stand-in for any source's API, on loopback.
//! - [`clock`], [`identity`], [`failure`]: time and chance, stable ids, what went wrong.

pub mod account;
pub mod alarm;
pub mod api;
mod aside;
pub mod backoff;
pub mod budget;
pub mod cli;
pub mod clock;
pub mod config;
pub mod disk;
#[cfg(test)]
mod egress;
pub mod failure;
pub mod gate;
pub mod http;
pub mod identity;
pub mod metrics;
pub mod parse;
mod printable;
mod program;
pub mod pull;
mod refusal;
pub mod run;
pub mod secret;
pub mod sign_in;
pub mod simulator;
pub mod sink;
pub mod state;
mod suggest;
#[cfg(test)]
mod testing;

pub use account::Account;
pub use failure::Failure;
pub use pull::{Summary, pull_once};
pub use sink::Sink;
pub use state::State;
