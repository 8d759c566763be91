//! Compiles log schemas and pull contracts, written in YAML, to Rust.

pub mod compile;
pub mod contract;
pub mod diagnostic;
pub mod emit;
pub mod format;
pub mod lower;
pub mod model;
pub mod raw;
pub mod source;
pub mod yaml;
