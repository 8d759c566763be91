//! A schema from samples (section 5.3 of the language).
//!
//! [`Samples`] looks at one event after another and keeps counts, never values: memory follows the number of different
//! keys. [`Samples::schema`] then writes YAML, with the reason for each choice as a comment.
//!
//! | in the samples | type |
//! |---|---|
//! | integers | `bigint`; `string` where one does not fit 64 bits |
//! | numbers | `float` |
//! | strings | `timestamp` if all are RFC 3339, else `string`, with one indicator if all are of its kind |
//! | scalars of several kinds | `string` |
//! | scalars and composites, or objects and arrays | `json` |
//! | objects with more than 200 keys, or nested too deep | `json` |
//! | nothing but null, `[]` or `{}` | `json` |
//!
//! Samples may also be records of cells under a header ([`Samples::header`]). Their texts are taken for what they look like,
//! and the schema gets a csv parser:
//!
//! | in the cells of a column | type |
//! |---|---|
//! | integers as a number is written: `7`, `-7` | `bigint`; `string` for `007`, `+7`, and beyond 64 bits |
//! | these and decimals | `float` |
//! | `true` and `false` alone | `boolean` |
//! | anything else | as for strings |

mod shape;
mod table;
mod write;

use logwright::json::{Error, Reader};

use crate::lower::names;
use shape::{Budget, Shape};
use table::Table;

/// Events that were looked at, and what is known of them.
///
/// ```
/// use logwright_codegen::infer::Samples;
///
/// let mut samples = Samples::default();
/// samples.add(br#"{"id": 1, "time": "2026-03-01T11:32:44Z", "ip": "203.0.113.7"}"#)?;
/// samples.add(br#"{"id": 2, "time": "2026-03-01T11:32:45Z"}"#)?;
/// let schema = samples.schema("Acme.Login").unwrap();
/// assert!(schema.contains("- name: id\n    required: true # in all 2 samples\n    type: bigint # 2 integers\n"));
/// assert!(schema.contains("indicators: [ip]"));
/// # Ok::<(), logwright::json::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Samples {
    event: Shape,
    budget: Budget,
    table: Option<Table>,
}

impl Samples {
    /// Looks at one event, a JSON object.
    ///
    /// # Errors
    /// When `line` is not one JSON object.
    pub fn add(&mut self, line: &[u8]) -> Result<(), Error> {
        let Self { event, budget, .. } = self;
        Reader::read(line, |reader| event.members(reader, budget, 0))
    }

    /// How many events there were.
    pub fn count(&self) -> u64 {
        self.event.objects
    }

    /// The schema, as YAML.
    ///
    /// # Errors
    /// With what to do about it: when there was no event, when the name is none, when there are too many keys.
    pub fn schema(&self, log_type: &str) -> Result<String, String> {
        check_name(log_type)?;
        if self.budget.exceeded {
            let limit = shape::LIMIT;
            return Err(format!(
                "the samples have more than {limit} different keys; keys that are data cannot be fields"
            ));
        }
        if self.event.objects == 0 || !write::has_fields(&self.event, true) {
            return Err("there is no event in the samples with a key that can be a field".to_owned());
        }
        Ok(write::schema(&self.event, self.table.as_ref(), log_type))
    }
}

/// Whether a log type may have this name.
///
/// # Errors
/// With what to do about it.
pub fn check_name(log_type: &str) -> Result<(), String> {
    let help =
        "write `--name Vendor.Log`: parts of letters and digits, each of two characters or more with a capital first";
    let message = || format!("`{log_type}` cannot be the name of a log type; {help}");
    if names::is_log_type(log_type) { Ok(()) } else { Err(message()) }
}

#[cfg(test)]
mod table_tests;
#[cfg(test)]
mod tests;
