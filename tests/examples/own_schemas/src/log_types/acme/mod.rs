//! The log types of `acme`.
//!
//! @generated from `schemas/acme/` by `logwright-codegen`. Edit the YAML instead.

pub mod door;
pub mod login;

pub use self::door::Door;
pub use self::login::Login;
