//! `cargo gen new`: the files of a new log type.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use super::streams::tell;
use super::{Input, usage};
use crate::compile;
use crate::lower::names;
use crate::scaffold;
use crate::source::SourceMap;

pub(super) const HELP: &str = "\
Examples:
  cargo gen new Acme.Login                  schemas/acme/login.yml and login_tests.yml
  cargo gen new Acme.Login --source acme_eu schemas/acme_eu/login.yml

Edit both, then `cargo gen lint` and `cargo gen`. `cargo gen infer` writes a schema from samples.";

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The log type: Vendor.Log, such as Acme.Login.
    name: String,
    /// The folder of its source; the vendor in lower case if not given.
    #[arg(long)]
    source: Option<String>,
}

pub(super) fn run(input: &Input, Arguments { name, source }: &Arguments) -> io::Result<ExitCode> {
    let scaffold = scaffold::scaffold(name, source.as_deref()).map_err(io::Error::other)?;
    let (sources, _) = SourceMap::read(&input.schemas);
    let (schemas, _) = compile::compile(&sources, &input.options());
    if let Some(other) = schemas.iter().find(|other| names::table(&other.log_type) == names::table(name)) {
        return usage(format!("there is a log type {} already, in {}", other.log_type, other.file));
    }
    let files = [scaffold.schema, scaffold.tests].map(|(path, text)| (input.schemas.join(path), text));
    if let Some((path, _)) = files.iter().find(|(path, _)| path.exists()) {
        return usage(format!("{} is there already; nothing was written", path.display()));
    }
    for (path, text) in &files {
        create(path, text).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
        tell(format_args!("wrote {}", path.display()));
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes a file that must not be there yet.
fn create(path: &PathBuf, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}
