//! 1Password: its log types, and how they are pulled.
//!
//! @generated from `schemas/onepassword/` by `cargo gen`. Edit the YAML instead.

pub mod audit_event;
pub mod item_usage;
pub mod sign_in_attempt;
pub mod source;

pub use self::audit_event::AuditEvent;
pub use self::item_usage::ItemUsage;
pub use self::sign_in_attempt::SignInAttempt;
