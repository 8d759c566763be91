//! Every log type and every source that this build links, by the features that are on.
//!
//! @generated from `schemas/` by `cargo gen`. Edit the YAML instead.

use crate::contract::Source;
use crate::log_type::LogType;

/// Log types of `aws`.
#[cfg(feature = "aws")]
pub mod aws;

/// Log types of `github`.
#[cfg(feature = "github")]
pub mod github;

/// Log types of `host`.
#[cfg(feature = "host")]
pub mod host;

/// Log types and pull contract of Okta.
#[cfg(feature = "okta")]
pub mod okta;

/// Log types and pull contract of 1Password.
#[cfg(feature = "onepassword")]
pub mod onepassword;

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
    #[cfg(feature = "github")]
    &github::audit::LOG_TYPE,
    #[cfg(feature = "host")]
    &host::auth::LOG_TYPE,
    #[cfg(feature = "okta")]
    &okta::system_log::LOG_TYPE,
    #[cfg(feature = "onepassword")]
    &onepassword::audit_event::LOG_TYPE,
    #[cfg(feature = "onepassword")]
    &onepassword::item_usage::LOG_TYPE,
    #[cfg(feature = "onepassword")]
    &onepassword::sign_in_attempt::LOG_TYPE,
    #[cfg(feature = "web")]
    &web::access::LOG_TYPE,
    #[cfg(feature = "zendesk")]
    &zendesk::audit::LOG_TYPE,
];

/// Every source, ordered by name.
pub const SOURCES: &[&Source] = &[
    #[cfg(feature = "okta")]
    &okta::source::SOURCE,
    #[cfg(feature = "onepassword")]
    &onepassword::source::SOURCE,
    #[cfg(feature = "zendesk")]
    &zendesk::source::SOURCE,
];
