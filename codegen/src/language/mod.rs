//! The JSON Schema of our YAML, draft 2020-12, by which editors complete and check what is typed.
//!
//! It knows the shape alone: which keys there are, where, and with what kind of value. `cargo gen lint` knows the rest. The
//! tests hold it to the readers: the same keys at every place, and every schema and contract here conforms.

#[cfg(test)]
mod tests;

/// The JSON Schema of log schemas.
pub const LOG_SCHEMA: &str = include_str!("log-schema.json");

/// The JSON Schema of pull contracts, `source.yml`.
pub const CONTRACT: &str = include_str!("contract.json");
