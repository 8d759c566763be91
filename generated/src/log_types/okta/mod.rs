//! Okta: its log types, and how they are pulled.
//!
//! @generated from `schemas/okta/` by `cargo gen`. Edit the YAML instead.

pub mod system_log;
pub mod source;

pub use self::system_log::SystemLog;
