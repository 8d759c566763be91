//! Tests that cross Logwright's crates. Most are in `tests/`; what they share is here.
//!
//! | test | what it holds against what |
//! |---|---|
//! | `freshness` | the committed generated code against what the generator makes now |
//! | `golden` | every `*_tests.yml` below `schemas/` against the generated parsers and the interpreter |
//! | `language` | the interpreter against the examples of each rule of the language: [`language`] |
//! | `differential` | generated code of 225 random schemas, and of the rules of the language, against the interpreter, on random events and lines; and changed schemas against the generator |
//! | `json_oracle` | our JSON reader and writer against `serde_json` |
//! | `text` | lines of text through generated parsers against the events they must give |
//! | `time_jiff` | our clock against `jiff` |
//! | `time_patterns` | times in any pattern, written, read back, and against `jiff` |
//! | `allocations` | what an event costs in allocations against none |
//! | `round_trip` | events that were written against the events they were read from |
//! | `bad_input` | input of every bad kind against the error it must get |
//! | `bad_schemas` | hostile YAML against the error it must get, within a second |
//! | `compile_cost` | what 100 schemas cost to generate and to compile; a measurement |
//! | `linking` | crates as users write them, built and run |
//! | `contracts` | contracts of other kinds of APIs against the code that they must give |
//! | `faults` | what is delivered against what was ever visible, whatever goes wrong: [`faults`] |
//! | `ui` | mistakes in YAML against the reports they must get |
//!
//! The README and the page on schemas are compiled as well: their Rust examples are documentation tests of this crate.

pub mod faults;
pub mod language;

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../../codegen/docs/schemas.md")]
struct Schemas;
