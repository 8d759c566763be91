//! `cargo gen check`: whether the code on disk is what the YAML gives.

use std::io::{self, Write};
use std::process::ExitCode;

use super::generate::{self, Destination};
use super::{Input, fault};

pub(super) const HELP: &str = "\
Examples:
  cargo gen check                  in continuous integration: exit 0 fresh, 1 stale or mistakes in the YAML";

pub(super) fn run(input: &Input, destination: &Destination) -> io::Result<ExitCode> {
    let Some(generated) = generate::compile(input, destination, &input.schemas)? else { return Ok(fault()) };
    let changes = generate::changes(input, destination, &generated)?;
    let mut out = io::stdout().lock();
    for change in &changes {
        write!(out, "{}", change.diff())?;
    }
    if changes.is_empty() {
        eprintln!("{} files, all up to date", generated.files.len());
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("error: {} of the generated files are stale; run `cargo gen` and commit what it writes", changes.len());
    Ok(fault())
}
