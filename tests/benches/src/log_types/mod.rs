//! Every log type and every source.
//!
//! @generated from `tests/benches/schemas/` by `logwright-codegen`. Edit the YAML instead.

use ::logwright::contract::Source;
use ::logwright::log_type::LogType;

/// Log types of `web`.
pub mod web;

/// Every log type, ordered by name.
pub const ALL: &[&dyn LogType] = &[&web::access::LOG_TYPE];

/// Every source, ordered by name.
pub const SOURCES: &[&Source] = &[];
