//! Every log type and every source that this build links, by the features that are on.
//!
//! @generated from `schemas/` by `cargo gen`. Edit the YAML instead.

use crate::contract::Source;
use crate::log_type::LogType;

/// Log types of `aws`.
#[cfg(feature = "aws")]
pub mod aws;

/// Log types of `host`.
#[cfg(feature = "host")]
pub mod host;

/// Log types of `web`.
#[cfg(feature = "web")]
pub mod web;

/// Log types and pull contract of Zendesk.
#[cfg(feature = "zendesk")]
pub mod zendesk;

/// Every log type, ordered by name.
pub const ALL: &[&dyn LogType] = &[
    #[cfg(feature = "aws")]
    &aws::vpc_flow::LOG_TYPE,
    #[cfg(feature = "host")]
    &host::auth::LOG_TYPE,
    #[cfg(feature = "web")]
    &web::access::LOG_TYPE,
    #[cfg(feature = "zendesk")]
    &zendesk::audit::LOG_TYPE,
];

/// Every source, ordered by name.
pub const SOURCES: &[&Source] = &[#[cfg(feature = "zendesk")] &zendesk::source::SOURCE];
