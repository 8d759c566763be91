//! .
pub mod contract;
pub mod diagnostic;
pub mod emit;
pub mod format;
pub mod lower;
pub mod model;
pub mod source;
pub mod yaml;
