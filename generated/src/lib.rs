//! Typed parsers for the audit logs of SaaS products, generated from schemas.
//!
//! A log type is a struct that borrows from the bytes it was parsed from. Parsing checks every field against the schema and
//! says exactly what is wrong with an event that does not fit; what fits can be read field by field, or written out as
//! one normalised JSON object with the standard `p_` fields.
//!
//! ```
//! # #[cfg(feature = "zendesk")] {
//! use logwright::log_types::zendesk::Audit;
//!
//! let line = br#"{"id": 498483, "action": "login", "created_at": "2026-03-01T11:32:44Z", "ip_address": "203.0.113.7"}"#;
//! let audit = Audit::parse(line)?;
//! assert_eq!(audit.action.unwrap(), "login");
//! assert_eq!(audit.created_at.unix_seconds(), 1_772_364_764);
//!
//! let error = Audit::parse(br#"{"id": "x1", "created_at": "2026-03-01T11:32:44Z"}"#).unwrap_err();
//! assert_eq!(error.to_string(), r#"/id: expected a 64-bit integer, found "x1""#);
//! # }
//! # Ok::<(), logwright::json::Error>(())
//! ```
//!
//! # What is here
//!
//! - [`log_types`] is generated: one module for each source, one file for each log type. Each source is behind the feature
//!   of its name, and none is on by default.
//! - The rest is the kernel, written by hand: [`json`] reads and writes, [`text`] takes lines of other forms apart, [`time`]
//!   knows the formats of timestamps, [`indicators`] finds addresses, names and hashes, [`event`] adds the standard fields, [`log_type`] lets programs choose
//!   at run time, [`page`] reads an API's answer, and [`contract`] says what is true of a vendor's API.
//!
//! # What it does not do
//!
//! It does not fetch anything, keep state, or know the clock: that is the work of `logwright-runtime`. It has no
//! dependencies by default. The feature `serde` adds one, and with it `Serialize` and `Deserialize` for every record; log
//! types that are read by regular expressions add the regex crate.

// Schemas nest up to 64 levels, and rustdoc looks through all of them.
#![recursion_limit = "256"]

pub mod classify;
pub mod contract;
pub mod event;
pub mod indicators;
pub mod json;
pub mod log_type;
#[rustfmt::skip]
pub mod log_types;
pub mod page;
mod scan;
mod sha256;
pub mod text;
pub mod time;
pub mod validate;
