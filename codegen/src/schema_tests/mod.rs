//! Schema tests: the `*_tests.yml` beside the schemas, each document an event and what must come of it.
//!
//! [`run_tests`] runs them by the interpreter, so schemas are tested the moment they are saved. [`run`] is the same for any
//! other engine: our own tests run every case through the generated code as well.
//!
//! ```
//! use logwright_codegen::compile::Options;
//! use logwright_codegen::schema_tests::run_tests;
//! use logwright_codegen::source::SourceMap;
//!
//! let sources = SourceMap::from_texts([
//!     ("acme/login.yml", "schema: Acme.Login\nfields: [{name: n, type: int, required: true}]\n"),
//!     ("acme/login_tests.yml", "name: a number\nlogType: Acme.Login\ninput: '{\"n\": \"007\"}'\nresult: '{\"n\": 8, \"p_log_type\": \"Acme.Login\"}'\n"),
//! ]);
//! let (report, _) = run_tests(&sources, &|_| true, &Options::default());
//! assert_eq!((report.passed, report.failures.len()), (0, 1));
//! assert_eq!(report.failures[0].differences, ["/n: expected 8, found 7"]);
//! ```

mod case;
mod compare;
mod json;

use std::collections::BTreeMap;
use std::fmt;
use std::time::{Duration, UNIX_EPOCH};

use logwright::event::{Envelope, Profile, RowId};
use logwright::indicators::Indicators;
use logwright::json::Buffer;
use logwright::time::Timestamp;

use crate::compile::{Options, compile};
use crate::diagnostic::{Diagnostics, suggest};
use crate::interpret::Interpreter;
use crate::model::Parser;
use crate::source::{SourceFile, SourceMap};

pub use case::{Case, Expected, cases, is_test_file};
pub use compare::differences;

/// What came of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many cases held.
    pub passed: usize,
    /// Those that did not, in the order of files and documents.
    pub failures: Vec<Failure>,
}

/// A case that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Where the case is, such as `schemas/zendesk/audit_tests.yml:3`.
    pub place: String,
    /// What it is about.
    pub name: String,
    /// The log type.
    pub log_type: String,
    /// What differs, one place each.
    pub differences: Vec<String>,
}

/// The place and name of the case, then what differs, a line each.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {} ({})", self.place, self.name, self.log_type)?;
        self.differences.iter().try_for_each(|difference| writeln!(f, "  {difference}"))
    }
}

/// What an engine makes of an event of a log type: normalised events in the `source` profile, or the error. `None` where
/// it has no such log type.
pub type Engine<'e> = dyn Fn(&str, &[u8]) -> Option<Result<Vec<Vec<u8>>, String>> + 'e;

/// Runs the tests in the files that are chosen, by the interpreter, on the schemas of `sources`.
///
/// Mistakes in schemas and in test files come as diagnostics; the cases without one are run all the same.
pub fn run_tests(
    sources: &SourceMap,
    chosen: &dyn Fn(&SourceFile) -> bool,
    options: &Options,
) -> (Report, Diagnostics) {
    let (schemas, mut diagnostics) = compile(sources, options);
    let (cases, more) = cases(sources, chosen);
    diagnostics.append(more);
    let interpreters: BTreeMap<_, _> =
        schemas.iter().map(|schema| (schema.log_type.as_str(), Interpreter::new(schema))).collect();
    let engine = |log_type: &str, input: &[u8]| Some(interpret(interpreters.get(log_type)?, input));
    let mut report = run(&cases, &engine);
    for failure in report.failures.iter_mut().filter(|failure| !interpreters.contains_key(failure.log_type.as_str())) {
        let near = suggest(&failure.log_type, interpreters.keys().copied());
        failure.differences.extend(near.map(|near| format!("did you mean `{near}`?")));
    }
    (report, diagnostics)
}

/// Runs `cases` by `engine`.
pub fn run(cases: &[Case], engine: &Engine<'_>) -> Report {
    let mut report = Report::default();
    for case in cases {
        let differences = check(case, engine);
        if differences.is_empty() {
            report.passed += 1;
            continue;
        }
        let Case { place, name, log_type, .. } = case.clone();
        report.failures.push(Failure { place, name, log_type, differences });
    }
    report
}

/// What is put around the event of a test: nothing of it is compared.
pub fn envelope(event_time: Option<Timestamp>) -> Envelope<'static> {
    // A time at which no event of a test is likely to have happened: 2105.
    let parse_time = Timestamp::from_system(UNIX_EPOCH + Duration::from_secs(1 << 32));
    let row_id = RowId::new(event_time.unwrap_or(parse_time), [0; 10]);
    Envelope { row_id, parse_time: parse_time.into(), origin: None, profile: Profile::Source }
}

/// What the interpreter makes of the input of a test: one JSON object, or a stream of lines of text.
///
/// # Errors
/// With the first line that is not of the log type.
pub fn interpret(interpreter: &Interpreter<'_>, input: &[u8]) -> Result<Vec<Vec<u8>>, String> {
    if input.trim_ascii().is_empty() {
        return Ok(Vec::new());
    }
    let lines = match interpreter.schema().parser {
        Parser::Json => vec![input],
        Parser::Text(_) => input.split(|byte| *byte == b'\n').collect(),
    };
    let (mut parser, mut events) = (interpreter.lines(), Vec::new());
    for line in lines {
        let Some(event) = parser.parse(line).map_err(|error| error.to_string())? else { continue };
        let mut out = Buffer::default();
        event.write(&envelope(event.event_time()), &mut Indicators::default(), &mut out);
        events.push(out.into_vec());
    }
    Ok(events)
}

/// What is not as the case expects; nothing when it holds.
fn check(case: &Case, engine: &Engine<'_>) -> Vec<String> {
    let Some(found) = engine(&case.log_type, case.input.as_bytes()) else {
        return vec![format!("there is no log type `{}` without mistakes", case.log_type)];
    };
    match (&case.expected, found) {
        (Expected::Events(expected), Ok(found)) => compare_all(&found, expected),
        (Expected::Events(_), Err(error)) => vec![format!("expected an event, found the error: {error}")],
        (Expected::Error(expected), Err(error)) if error.contains(expected) => Vec::new(),
        (Expected::Error(expected), Err(error)) => {
            vec![format!("expected the error: {expected}"), format!("found the error: {error}")]
        }
        (Expected::Nothing, Err(_)) => Vec::new(),
        (Expected::Nothing, Ok(found)) => {
            found.iter().map(|event| format!("expected no event, found {}", shown(event))).collect()
        }
        (Expected::Error(_), Ok(found)) if found.is_empty() => vec!["expected an error, found no event".to_owned()],
        (Expected::Error(_), Ok(found)) => {
            found.iter().map(|event| format!("expected an error, found {}", shown(event))).collect()
        }
    }
}

fn compare_all(found: &[Vec<u8>], expected: &[String]) -> Vec<String> {
    let mut all = Vec::new();
    if found.len() != expected.len() {
        all.push(format!("expected {} events, found {}", expected.len(), found.len()));
    }
    for (number, (event, result)) in found.iter().zip(expected).enumerate() {
        let differences = differences(&shown(event), result);
        let numbered = |difference| format!("event {}: {difference}", number + 1);
        match expected.len() {
            1 => all.extend(differences),
            _ => all.extend(differences.into_iter().map(numbered)),
        }
    }
    all
}

fn shown(event: &[u8]) -> String {
    String::from_utf8_lossy(event).into_owned()
}

#[cfg(test)]
mod tests;
