//! `cargo gen check`: whether the code on disk is what the YAML gives.

use std::io::{self, Write};
use std::process::ExitCode;

use super::generate::{self, Destination};
use super::streams::{answers, tell};
use super::{Format, Input, fault};
use crate::json::Json;
use crate::tree::Change;

pub(super) const HELP: &str = "\
Examples:
  cargo gen check                  in continuous integration: exit 0 fresh, 1 stale or mistakes in the YAML
  cargo gen check --format json    an object for each stale file: file, to_do (write or remove), diff";

pub(super) fn run(input: &Input, destination: &Destination) -> io::Result<ExitCode> {
    let Some(generated) = generate::compile(input, destination, &input.schemas)? else { return Ok(fault()) };
    let changes = generate::changes(input, destination, &generated)?;
    let mut out = answers();
    for change in &changes {
        match input.format {
            Format::Text => write!(out, "{}", change.diff())?,
            Format::Json => writeln!(out, "{}", report(change))?,
        }
    }
    if changes.is_empty() {
        tell(format_args!("{} files, all up to date", generated.files.len()));
        return Ok(ExitCode::SUCCESS);
    }
    tell(format_args!(
        "error: {} of the generated files are stale; run `cargo gen` and commit what it writes",
        changes.len()
    ));
    Ok(fault())
}

/// A stale file for programs.
fn report(change: &Change) -> Json {
    let to_do = if change.after.is_some() { "write" } else { "remove" };
    Json::object([
        ("file", Json::text(change.path.display().to_string().replace('\\', "/"))),
        ("to_do", Json::text(to_do)),
        ("diff", Json::text(change.diff())),
    ])
}
