//! The log types of `web`.
//!
//! @generated from `tests/benches/schemas/web/` by `logwright-codegen`. Edit the YAML instead.

pub mod access;

pub use self::access::Access;
