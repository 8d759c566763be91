//! Zendesk: its log types, and how they are pulled.
//!
//! @generated from `schemas/zendesk/` by `cargo gen`. Edit the YAML instead.

pub mod audit;
pub mod source;

pub use self::audit::Audit;
