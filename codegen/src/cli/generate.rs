//! `cargo gen generate`: the YAML becomes code on disk.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use quote::quote;

use super::{Input, fault};
use crate::generate::{self, Generated};
use crate::source::SourceMap;
use crate::tree;

pub(super) const HELP: &str = "\
Examples:
  cargo gen                        edit a file below schemas/, then this
  cargo gen --schemas DIR --into CRATE";

pub(super) fn run(input: &Input) -> io::Result<ExitCode> {
    let Some(generated) = compile(input, &input.schemas)? else { return Ok(fault()) };
    let changes = changes(input, &generated)?;
    for change in &changes {
        change.apply().map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", change.path.display())))?;
        eprintln!("{} {}", if change.after.is_some() { "wrote" } else { "removed" }, change.path.display());
    }
    if changes.is_empty() {
        eprintln!("{} files, nothing changed", generated.files.len());
    }
    Ok(ExitCode::SUCCESS)
}

/// Generates in memory and tells the diagnostics; `None` where they have errors.
pub(super) fn compile(input: &Input, schemas: &Path) -> io::Result<Option<Generated>> {
    let (sources, mut diagnostics) = SourceMap::read(schemas);
    let (generated, more) = generate::generate(&sources, &input.options(), &quote!(crate));
    diagnostics.append(more);
    input.report(&sources, &diagnostics)?;
    Ok((!diagnostics.has_errors()).then_some(generated))
}

/// What has to change on disk.
pub(super) fn changes(input: &Input, generated: &Generated) -> io::Result<Vec<tree::Change>> {
    let mut changes = tree::compare(&input.into.join("src/log_types"), &generated.files)?;
    changes.extend(tree::compare_features(&input.into.join("Cargo.toml"), &generated.features)?);
    Ok(changes)
}
