//! From YAML nodes to documents, one to one: every shape error is found here, and every leaf keeps its place.

pub mod read;
