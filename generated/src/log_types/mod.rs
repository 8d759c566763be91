//! Every log type and every source that this build links.
use crate::contract::Source;
use crate::log_type::LogType;
#[cfg(feature = "zendesk")]
pub mod zendesk;
/// Every log type, ordered by name.
pub const ALL: &[&dyn LogType] = &[];
/// Every source, ordered by name.
pub const SOURCES: &[&Source] = &[
    #[cfg(feature = "zendesk")]
    &zendesk::source::SOURCE,
];
