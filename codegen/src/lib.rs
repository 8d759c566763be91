//! Compiles log schemas and pull contracts, written in YAML, to Rust.
//!
//! Data goes one way, and each step is a function from one plain type to the next:
//!
//! | step | module | from | to |
//! |---|---|---|---|
//! | find | [`source`] | a folder | texts, sorted |
//! | parse | [`yaml`] | a text | nodes with places |
//! | read | [`raw`] | nodes | a document, one to one with the YAML |
//! | resolve | [`lower`] | documents | the [`model`], with nothing left open |
//! | emit | [`emit`] | the model | tokens |
//! | lay out | [`mod@format`] | tokens | text |
//! | compare, write | [`tree`] | texts | files on disk |
//!
//! [`mod@compile`] takes log schemas as far as the model, [`contract`] does the same for pull contracts, and [`generate`] does
//! it all; [`build`] does it for a build script. Whatever is wrong with the YAML becomes a [`diagnostic`]: all of one run together, each with its place.
//!
//! [`interpret`] takes the model and runs it on events as they are, without Rust in between; [`schema_tests`] runs the
//! `*_tests.yml` beside the schemas by it.
//!
//! Whoever writes schemas has tools: [`scaffold`] and [`infer`] write one, [`diff`](mod@diff) says what a change breaks,
//! [`export`] tells it to other tools, [`language`] tells the language to editors. The module `cli` is all of it as `cargo gen`.
//!
//! The same input gives the same bytes: no clock, network, subprocess or hash order has a part in it.

pub mod build;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compile;
pub mod contract;
pub mod diagnostic;
pub mod diff;
pub mod emit;
pub mod export;
pub mod format;
pub mod generate;
pub mod infer;
pub mod interpret;
pub mod json;
pub mod language;
pub mod lower;
pub mod model;
mod model_words;
pub mod raw;
pub mod scaffold;
pub mod schema_tests;
pub mod source;
pub mod tree;
pub mod yaml;

pub use build::compile;
