//! From YAML nodes to documents, one to one: every shape error is found here, and every leaf keeps its place.
//!
//! [`schema`] reads log schemas, with [`parser`] for their parsers and [`transform`] for transformations; [`read`] has the typed readers that contracts use too.

pub mod parser;
pub mod read;
pub mod schema;
pub mod transform;
