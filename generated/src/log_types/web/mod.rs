//! The log types of `web`.
//!
//! @generated from `schemas/web/` by `cargo gen`. Edit the YAML instead.

pub mod access;

pub use self::access::Access;
