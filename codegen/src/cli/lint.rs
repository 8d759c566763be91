//! `cargo gen lint`: everything there is to say about the YAML.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{Input, fault, generate as command};
use crate::emit::Home;
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

pub(super) fn run(input: &Input, Arguments { paths }: &Arguments) -> io::Result<ExitCode> {
    if paths.is_empty() {
        let generated = command::compile(input, &command::Destination::default(), &input.schemas)?;
        return Ok(if generated.is_some() { ExitCode::SUCCESS } else { fault() });
    }
    let mut faults = false;
    for path in paths {
        faults |= has_faults(input, &input.path(path));
    }
    Ok(if faults { fault() } else { ExitCode::SUCCESS })
}

/// Tells what there is to say about a folder or a file; true where there is a mistake.
fn has_faults(input: &Input, path: &Path) -> bool {
    let (sources, mut diagnostics) = if path.is_file() { SourceMap::read_file(path) } else { SourceMap::read(path) };
    let sources = sources.adopt();
    let (_, more) = generate::generate(&sources, &input.options(), &Home::ours());
    diagnostics.append(more);
    input.report(&sources, &diagnostics);
    diagnostics.has_errors()
}
