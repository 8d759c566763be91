//! `cargo gen lint`: everything there is to say about the YAML.

use std::path::PathBuf;
use std::process::ExitCode;

use super::streams::tell;
use super::{Format, Input, fault};
use crate::diagnostic::Diagnostics;
use crate::generate;
use crate::source::SourceMap;

pub(super) const HELP: &str = "\
Examples:
  cargo gen lint                             all of schemas/
  cargo gen lint schemas/acme/login.yml      one file, or one folder
  cargo gen lint --lenient ~/their/schemas   schemas that were written for another tool
  cargo gen lint --format json               one object a line, for editors and bots

`cargo gen explain LW0201` says more about a code.";

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folders or files to look at instead of --schemas. Their schemas need lie in no folder of a source.
    paths: Vec<PathBuf>,
}

pub(super) fn run(input: &Input, Arguments { paths }: &Arguments) -> ExitCode {
    let mut faults = false;
    if paths.is_empty() {
        faults = has_faults(input, SourceMap::read(&input.schemas));
    }
    // `schemas/acme/.` is called `schemas/acme` too.
    for path in paths.iter().map(|path| input.path(path).components().collect::<PathBuf>()) {
        // Without the schemas beside it, a contract has nothing that it can be checked against.
        let is_contract = path.file_name().is_some_and(|name| name == "source.yml" || name == "source.yaml");
        let path = path.parent().filter(|_| is_contract).unwrap_or(&path);
        let (sources, unread) = if path.is_file() { SourceMap::read_file(path) } else { SourceMap::read(path) };
        faults |= has_faults(input, (sources.adopt(), unread));
    }
    if faults { fault() } else { ExitCode::SUCCESS }
}

/// Tells what there is to say about files, after what was wrong with reading them; true where there is a mistake.
fn has_faults(input: &Input, (sources, mut diagnostics): (SourceMap, Diagnostics)) -> bool {
    if sources.iter().next().is_none() && diagnostics.is_empty() && input.format == Format::Text {
        tell("there is no schema here; each lies in the folder of its source, such as schemas/acme/login.yml");
    }
    diagnostics.append(generate::lint(&sources, &input.options()));
    input.report(&sources, &diagnostics);
    diagnostics.has_errors()
}
