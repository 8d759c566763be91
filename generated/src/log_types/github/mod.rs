//! The log types of `github`.
//!
//! @generated from `schemas/github/` by `cargo gen`. Edit the YAML instead.

pub mod audit;

pub use self::audit::Audit;
