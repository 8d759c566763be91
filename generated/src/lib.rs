//! .
pub mod contract;
pub mod event;
pub mod indicators;
pub mod json;
pub mod log_type;
pub mod log_types;
pub mod time;
pub mod validate;
