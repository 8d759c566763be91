//! `cargo gen generate`: the YAML becomes code on disk.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::streams::tell;
use super::{Input, fault, usage};
use crate::emit::Home;
use crate::generate::{self, Generated};
use crate::source::SourceMap;
use crate::tree;

pub(super) const HELP: &str = "\
Examples:
  cargo gen                        edit a file below schemas/, then this
  cargo gen --schemas DIR --into CRATE
  cargo gen generate --schemas DIR --out src/log_types
                                   log types of your own in a crate of your own that depends on logwright;
                                   it takes them by `pub mod log_types;`";

/// Where the code goes.
#[derive(clap::Args, Default)]
pub(super) struct Destination {
    /// Write the code into this folder of another crate, which depends on `logwright`. It has no features, and the crate's
    /// Cargo.toml is left alone.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// The path by which that crate knows `logwright`; `::logwright` if not given.
    #[arg(long, value_name = "PATH", requires = "out")]
    kernel: Option<String>,
    /// Derive `Serialize` and `Deserialize`: that crate depends on serde too, and on `logwright` with its feature `serde`.
    #[arg(long, requires = "out")]
    serde: bool,
}

impl Destination {
    fn home(&self) -> io::Result<Home> {
        if self.out.is_none() {
            return Ok(Home::ours());
        }
        Home::users(self.kernel.as_deref().unwrap_or("::logwright"), self.serde).or_else(usage)
    }
}

pub(super) fn run(input: &Input, destination: &Destination) -> io::Result<ExitCode> {
    let Some(generated) = compile(input, destination, &input.schemas)? else { return Ok(fault()) };
    let changes = changes(input, destination, &generated)?;
    for change in &changes {
        change.apply().map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", change.path.display())))?;
        tell(format_args!("{} {}", if change.after.is_some() { "wrote" } else { "removed" }, change.path.display()));
    }
    if changes.is_empty() {
        tell(format_args!("{} files, nothing changed", generated.files.len()));
    }
    Ok(ExitCode::SUCCESS)
}

/// Generates in memory and tells the diagnostics; `None` where they have errors.
pub(super) fn compile(input: &Input, destination: &Destination, schemas: &Path) -> io::Result<Option<Generated>> {
    let home = destination.home()?;
    let (sources, mut diagnostics) = SourceMap::read(schemas);
    let (generated, more) = generate::generate(&sources, &input.options(), &home);
    diagnostics.append(more);
    input.report(&sources, &diagnostics);
    Ok((!diagnostics.has_errors()).then_some(generated))
}

/// What has to change on disk.
pub(super) fn changes(
    input: &Input,
    destination: &Destination,
    generated: &Generated,
) -> io::Result<Vec<tree::Change>> {
    if let Some(out) = &destination.out {
        return tree::compare(out, &generated.files);
    }
    let mut changes = tree::compare(&input.into.join("src/log_types"), &generated.files)?;
    changes.extend(tree::compare_features(&input.into.join("Cargo.toml"), &generated.features)?);
    Ok(changes)
}
