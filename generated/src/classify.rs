//! Which of several log types a line is of.
//!
//! Log types are tried in the order in which they are given; the first that the line fits is its own. A line that fits none
//! is refused with the reason of each. The order is all that decides, so the same lines always give the same events.
//!
//! ```
//! # #[cfg(all(feature = "zendesk", feature = "aws"))] {
//! use logwright::classify::Classifier;
//! use logwright::log_types::{aws, zendesk};
//!
//! let mut lines = Classifier::new(&[&zendesk::audit::LOG_TYPE, &aws::vpc_flow::LOG_TYPE]);
//! let mut names = Vec::new();
//! for line in [r#"{"id": 7, "created_at": "2026-03-01T11:32:44Z"}"#, "bytes start", "40 1772364764"] {
//!     lines.parse(line.as_bytes(), &mut |record| names.push(record.schema().log_type)).unwrap();
//! }
//! assert_eq!(names, ["Zendesk.Audit", "AWS.VPCFlow"]);
//!
//! let error = lines.parse(b"40 then", &mut |_| ()).unwrap_err();
//! assert_eq!(error.to_string(), "no log type fits: \
//!     Zendesk.Audit: byte 0: expected a JSON object, found a number; \
//!     AWS.VPCFlow: /start: expected Unix seconds, found \"then\"");
//! # }
//! ```

use std::fmt;

use crate::json::Error;
use crate::log_type::{Lines, LogType, Record};

/// Parses the lines of one stream, each of one of several log types. It remembers the header of the stream for each log
/// type that has one.
#[derive(Clone, Debug)]
pub struct Classifier {
    candidates: Vec<Candidate>,
}

#[derive(Clone, Debug)]
struct Candidate {
    log_type: &'static str,
    lines: Lines,
}

impl Classifier {
    /// A classifier among `log_types`, in this order.
    pub fn new(log_types: &[&dyn LogType]) -> Self {
        let candidate =
            |log_type: &&dyn LogType| Candidate { log_type: log_type.schema().log_type, lines: log_type.lines() };
        Self { candidates: log_types.iter().map(candidate).collect() }
    }

    /// Parses the next line by the first log type that it fits, and hands the record to `then`, unless the line is no event
    /// of that log type: a header, a comment, or blank. Where the first log type fits, nothing is allocated.
    ///
    /// # Errors
    /// When the line fits none of the log types. `then` has not been called. The next line can be parsed all the same.
    pub fn parse(&mut self, line: &[u8], then: &mut dyn FnMut(&dyn Record)) -> Result<(), Misfit> {
        // A stream that is not shared is the log type's own, with its first line and all.
        let shared = self.candidates.len() > 1;
        let mut reasons = Vec::new();
        for Candidate { log_type, lines } in &mut self.candidates {
            match if shared { lines.parse_own(line, then) } else { lines.parse(line, then) } {
                Ok(()) => return Ok(()),
                Err(error) => reasons.push(Reason { log_type, error }),
            }
        }
        Err(Misfit { reasons })
    }

    /// Parses the first line of `block` and leaves the others in it, where [that is plain to do](Lines::parse_first) and
    /// there is one log type.
    pub fn parse_first(&self, block: &mut &[u8], then: &mut dyn FnMut(&dyn Record)) -> bool {
        matches!(&self.candidates[..], [only] if only.lines.parse_first(block, then))
    }
}

/// Why a line fits none of the log types that were tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    reasons: Vec<Reason>,
}

/// Why a line does not fit one log type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The log type, such as `Zendesk.Audit`.
    pub log_type: &'static str,
    /// What its parser said.
    pub error: Error,
}

impl Misfit {
    /// The reason of each log type, in the order in which they were tried.
    pub fn reasons(&self) -> &[Reason] {
        &self.reasons
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no log type fits")?;
        for (at, Reason { log_type, error }) in self.reasons.iter().enumerate() {
            write!(f, "{} {log_type}: {error}", if at == 0 { ":" } else { ";" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Misfit {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Code, ObjectWriter, Reader, Slot};
    use crate::log_type::{Object, ParsedBy, Schema};
    use crate::text::Header;

    /// An event that is known by one key, which is the name of its log type too.
    struct Keyed(&'static Schema);

    impl Object for Keyed {
        fn write_fields(&self, _: &mut ObjectWriter<'_>) {}
    }

    impl Record for Keyed {
        fn schema(&self) -> &'static Schema {
            self.0
        }
    }

    const fn schema(log_type: &'static str) -> Schema {
        Schema { log_type, description: "", reference_url: "", fingerprint: "", fields: &[] }
    }

    static ONE: Schema = schema("one");
    static TWO: Schema = schema("two");
    static LIST: Schema = schema("list");

    fn keyed(schema: &'static Schema, input: &[u8], then: &mut dyn FnMut(&dyn Record)) -> Result<(), Error> {
        let found: Slot<i64> = Reader::read(input, |reader| {
            let mut found = Slot::Empty;
            while let Some(key) = reader.key()? {
                if *key == *schema.log_type { found = reader.bigint()? } else { reader.skip()? }
            }
            Ok(found)
        })?;
        found.required(schema.log_type)?;
        then(&Keyed(schema));
        Ok(())
    }

    fn one(input: &[u8], then: &mut dyn FnMut(&dyn Record)) -> Result<(), Error> {
        keyed(&ONE, input, then)
    }

    fn two(input: &[u8], then: &mut dyn FnMut(&dyn Record)) -> Result<(), Error> {
        keyed(&TWO, input, then)
    }

    /// A line after a header, as long as it is no JSON.
    fn list(header: &mut Header, line: &[u8], then: &mut dyn FnMut(&dyn Record)) -> Result<(), Error> {
        let first = header.drop_first();
        if line.starts_with(b"{") {
            return Err(Error::mismatch(Code::Pattern, "cells", "an object"));
        }
        if !first {
            then(&Keyed(&LIST));
        }
        Ok(())
    }

    fn log_types() -> [ParsedBy; 3] {
        [ParsedBy::new(&ONE, one), ParsedBy::new(&TWO, two), ParsedBy::after_header(&LIST, list)]
    }

    /// What became of a line: the log type, `-` where it is no event, or the reasons.
    fn parse(lines: &mut Classifier, line: &str) -> String {
        let mut found = "-".to_owned();
        match lines.parse(line.as_bytes(), &mut |record| record.schema().log_type.clone_into(&mut found)) {
            Ok(()) => found,
            Err(misfit) => misfit.to_string(),
        }
    }

    #[test]
    fn the_first_that_fits_wins() {
        let [one, two, list] = &log_types();
        let both = r#"{"one": 1, "two": 2}"#;
        assert_eq!(parse(&mut Classifier::new(&[one, two]), both), "one");
        assert_eq!(parse(&mut Classifier::new(&[two, one]), both), "two");
        let mut lines = Classifier::new(&[one, two, list]);
        assert_eq!(parse(&mut lines, r#"{"two": 2}"#), "two");
        assert_eq!(parse(&mut lines, "head"), "-", "the stream of a log type is what others have left to it");
        assert_eq!(parse(&mut lines, r#"{"one": 2}"#), "one");
        assert_eq!(parse(&mut lines, "cells"), "list");
    }

    #[test]
    fn a_line_of_another_log_type_is_not_taken_for_the_header() {
        let [one, _, list] = &log_types();
        let mut lines = Classifier::new(&[list, one]);
        let found: Vec<_> = [r#"{"one": 1}"#, "head", "cells"].iter().map(|line| parse(&mut lines, line)).collect();
        assert_eq!(found, ["one", "-", "list"]);
    }

    #[test]
    fn what_fits_none_is_refused_with_each_reason_in_order() {
        let [one, two, list] = &log_types();
        let mut lines = Classifier::new(&[two, one, list]);
        let misfit = lines.parse(br#"{"one": true}"#, &mut |_| panic!("no event")).unwrap_err();
        let told: Vec<_> = misfit.reasons().iter().map(|reason| (reason.log_type, reason.error.pointer())).collect();
        assert_eq!(told, [("two", "/two"), ("one", "/one"), ("list", "")]);
        assert_eq!(
            misfit.to_string(),
            "no log type fits: two: /two: expected a value (the field is required), found null or nothing; \
             one: /one: expected a 64-bit integer, found true; list: expected cells, found an object"
        );
        assert_eq!(parse(&mut Classifier::new(&[]), "{}"), "no log type fits");
    }
}
