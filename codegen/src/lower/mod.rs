//! .

pub mod go_layout;
pub mod time_pattern;
