//! .

pub mod indicators;
pub mod time;
pub mod validate;
