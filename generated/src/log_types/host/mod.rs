//! The log types of `host`.
//!
//! @generated from `schemas/host/` by `cargo gen`. Edit the YAML instead.

pub mod auth;

pub use self::auth::Auth;
