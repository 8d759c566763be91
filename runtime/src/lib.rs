//! .
pub mod simulator;
