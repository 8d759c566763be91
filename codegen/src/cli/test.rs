//! `cargo gen test`: the tests of schemas, with nothing generated or compiled.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::streams::{answers, tell};
use super::{Format, Input, fault, usage};
use crate::json::Json;
use crate::schema_tests::{Failure, Report, run_tests};
use crate::source::{SourceFile, SourceMap};

pub(super) const HELP: &str = "\
Examples:
  cargo gen test                                       all of --schemas
  cargo gen test schemas/zendesk                       one folder
  cargo gen test schemas/zendesk/audit_tests.yml       one file; the schemas beside it are what it tests

A test says `name`, `logType`, `input`, and what must come of it: `result` (or a list of `results`), or
`error` with a part of the message. With none of them, no event may come of it. The input is one JSON object or,
where the schema has a text parser, the lines of one stream from its first, header and all.
Exit codes: 0 all hold, 1 some do not, or the YAML has mistakes.";

#[derive(Default, clap::Args)]
pub(super) struct Arguments {
    /// Folders, or test files, instead of --schemas.
    paths: Vec<PathBuf>,
}

pub(super) fn run(input: &Input, Arguments { paths }: &Arguments) -> io::Result<ExitCode> {
    let default = [input.schemas.clone()];
    let (mut total, mut faults) = (Report::default(), false);
    for path in if paths.is_empty() { &default } else { &paths[..] } {
        let (report, mistakes) = run_path(input, &input.path(path));
        faults |= mistakes;
        total.passed += report.passed;
        total.failures.extend(report.failures);
    }
    let mut out = answers();
    for failure in &total.failures {
        out.write_all(shown(input.format, failure).as_bytes())?;
    }
    let (passed, failed) = (total.passed, total.failures.len());
    if passed + failed == 0 && !faults {
        return usage("there are no tests here; they are in files whose names end in `_tests.yml`");
    }
    tell(format_args!("{passed} passed, {failed} failed"));
    Ok(if faults || failed > 0 { fault() } else { ExitCode::SUCCESS })
}

/// Runs the tests of a folder, or of one file, and tells the mistakes in the YAML; true where there were any.
fn run_path(input: &Input, path: &Path) -> (Report, bool) {
    let is_file = path.is_file();
    let root = match path.parent() {
        Some(parent) if is_file && parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) if is_file => parent,
        _ => path,
    };
    let (sources, mut diagnostics) = SourceMap::read(root);
    let sources = sources.adopt();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let chosen = |file: &SourceFile| !is_file || file.relative_path() == name;
    let (report, more) = run_tests(&sources, &chosen, &input.options());
    diagnostics.append(more);
    let errors = diagnostics.errors();
    input.report(&sources, &errors);
    (report, !errors.is_empty())
}

fn shown(format: Format, failure: &Failure) -> String {
    if format == Format::Text {
        return format!("{failure}\n");
    }
    let Failure { place, name, log_type, differences } = failure;
    let report = Json::object([
        ("place", Json::text(place)),
        ("name", Json::text(name)),
        ("log_type", Json::text(log_type)),
        ("differences", Json::texts(differences)),
    ]);
    format!("{report}\n")
}
