//! Test cases as YAML has them.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::raw::read::{Entry, MappingReader, Reading};
use crate::source::{FileId, SourceFile, SourceMap};
use crate::yaml;

/// An event, and what must come of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Where it is, such as `schemas/zendesk/audit_tests.yml:3`.
    pub place: String,
    /// What it is about.
    pub name: String,
    /// The log type.
    pub log_type: String,
    /// The raw event.
    pub input: String,
    /// What must come of it.
    pub expected: Expected,
}

/// What must come of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// These normalised events, as JSON.
    Events(Vec<String>),
    /// No event: it is refused, or passed over.
    Nothing,
    /// It is refused, and the error contains this text.
    Error(String),
}

/// Whether a file holds tests by its name.
pub fn is_test_file(file: &SourceFile) -> bool {
    file.name().rsplit_once('.').is_some_and(|(stem, _)| stem.ends_with("_tests"))
}

/// The cases of the test files among `sources` that are chosen, by file and order. A document with a mistake is reported
/// and gives no case.
pub fn cases(sources: &SourceMap, chosen: &dyn Fn(&SourceFile) -> bool) -> (Vec<Case>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let mut cases = Vec::new();
    for (id, _) in sources.iter().filter(|(_, file)| file.is_readable() && is_test_file(file) && chosen(file)) {
        for document in yaml::parse_documents(id, sources, &mut diagnostics) {
            // Between two separators there may be nothing but a comment.
            if !document.is_null() {
                let reading = Reading::new(false);
                cases.extend(case(&Entry::root(&document), id, sources, &reading));
                diagnostics.append(reading.into_diagnostics());
            }
        }
    }
    (cases, diagnostics)
}

fn case(document: &Entry<'_>, file: FileId, sources: &SourceMap, reading: &Reading) -> Option<Case> {
    let mut keys = reading.mapping(document)?;
    let file = sources.file(file);
    let place = format!("{}:{}", file.path(), file.position(keys.head().start).line);
    let name = keys.required_string("name");
    let log_type = keys.required_string("logType");
    let input = keys.required("input").and_then(|entry| reading.string(&entry));
    let expected = log_type.as_ref().and_then(|log_type| expected(&mut keys, &log_type.value, reading));
    keys.finish();
    let (name, log_type, input) = (name?.value, log_type?.value, input?.value);
    (!reading.has_errors()).then_some(Case { place, name, log_type, input, expected: expected? })
}

fn expected(keys: &mut MappingReader<'_, '_>, log_type: &str, reading: &Reading) -> Option<Expected> {
    let error = keys.string("error");
    let result = keys.string("result");
    let results = keys.strings("results");
    let stated = result.is_some() || results.is_some();
    let events = result.into_iter().chain(results.unwrap_or_default());
    let events: Vec<_> = events.map(|text| text.value.replace("{{.LogType}}", log_type)).collect();
    match error {
        Some(error) if stated => {
            let message = "an event is either refused or has a result";
            let help = "Remove `error`, or `result` and `results`.";
            reading.push(Diagnostic::error(Code::LW0207, error.span, message).at("error").help(help));
            None
        }
        Some(error) => Some(Expected::Error(error.value)),
        None if events.is_empty() => Some(Expected::Nothing),
        None => Some(Expected::Events(events)),
    }
}
