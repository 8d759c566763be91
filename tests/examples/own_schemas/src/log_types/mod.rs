//! Every log type and every source.
//!
//! @generated from `schemas/` by `logwright-codegen`. Edit the YAML instead.

use ::logwright::contract::Source;
use ::logwright::log_type::LogType;

/// Log types of `acme`.
pub mod acme;

/// Every log type, ordered by name.
pub const ALL: &[&dyn LogType] = &[&acme::door::LOG_TYPE, &acme::login::LOG_TYPE];

/// Every source, ordered by name.
pub const SOURCES: &[&Source] = &[];
