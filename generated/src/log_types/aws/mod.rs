//! The log types of `aws`.
//!
//! @generated from `schemas/aws/` by `cargo gen`. Edit the YAML instead.

pub mod vpc_flow;

pub use self::vpc_flow::VpcFlow;
