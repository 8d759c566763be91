//! .

pub mod lower;
