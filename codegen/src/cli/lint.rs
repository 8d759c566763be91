//! `cargo gen lint`: everything there is to say about the YAML.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use super::{Input, fault, generate};

pub(super) const HELP: &str = "\
Examples:
  cargo gen lint                             all of schemas/
  cargo gen lint --lenient ~/their/schemas   schemas that were written for another tool
  cargo gen lint --format json               one object a line, for editors and bots

`cargo gen explain LW0201` says more about a code.";

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folders to look at instead of --schemas.
    paths: Vec<PathBuf>,
}

pub(super) fn run(input: &Input, Arguments { paths }: &Arguments) -> io::Result<ExitCode> {
    let default = [input.schemas.clone()];
    let mut faults = false;
    for path in if paths.is_empty() { &default } else { &paths[..] } {
        faults |= generate::compile(input, &generate::Destination::default(), &input.path(path))?.is_none();
    }
    Ok(if faults { fault() } else { ExitCode::SUCCESS })
}
