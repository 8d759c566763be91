//! Zendesk: its log types, and how they are pulled.
//!
//! @generated from `schemas/zendesk/` by `cargo gen`. Edit that file, not this one.

pub mod audit;
pub mod source;

pub use audit::Audit;
