//! The command line of the generator, known in the workspace as `cargo gen`.
//!
//! Exit codes: 0 done, 1 the YAML or the generated code is at fault, 2 usage or files.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use logwright_codegen::compile::Options;
use logwright_codegen::diagnostic::Diagnostics;
use logwright_codegen::generate::{Generated, generate};
use logwright_codegen::source::SourceMap;
use logwright_codegen::tree;
use quote::quote;

/// Compiles log schemas and pull contracts to Rust.
///
/// Without a command it generates: edit a file below schemas/, run `cargo gen`, and the parsers follow.
#[derive(Parser)]
#[command(name = "cargo gen", bin_name = "cargo gen", version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    input: Input,
}

#[derive(Subcommand)]
enum Command {
    /// Write the generated code. What did not change is not touched; what is no longer generated is removed.
    Generate,
    /// Compare the generated code with what is on disk. Exit 1 and a diff when it is stale.
    Check,
    /// Say everything there is to say about the YAML, warnings too, and write nothing.
    Lint {
        /// Folders to look at instead of --schemas.
        paths: Vec<PathBuf>,
    },
}

#[derive(Args)]
struct Input {
    /// The folder of YAML, one folder in it for each source.
    #[arg(long, global = true, value_name = "FOLDER", default_value = "schemas")]
    schemas: PathBuf,
    /// The crate that the code is generated into: `src/log_types` and the features in Cargo.toml.
    #[arg(long, global = true, value_name = "FOLDER", default_value = "generated")]
    into: PathBuf,
    /// Make unknown keys, and keys that do not belong to a type, warnings instead of errors.
    #[arg(long, global = true)]
    lenient: bool,
    /// How diagnostics are written.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people, with the place in the file.
    Text,
    /// One JSON object a line.
    Json,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    enter_workspace(&arguments.input.schemas);
    let result = match arguments.command.unwrap_or(Command::Generate) {
        Command::Generate => write(&arguments.input),
        Command::Check => check(&arguments.input),
        Command::Lint { paths } => lint(&arguments.input, &paths),
    };
    result.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::from(2)
    })
}

/// Relative paths are meant from the root of the workspace, wherever in it the command is run.
fn enter_workspace(schemas: &Path) {
    let Ok(here) = std::env::current_dir() else { return };
    if let Some(root) = here.ancestors().find(|folder| folder.join(schemas).is_dir()) {
        // Where this fails the folder is simply not found, which is then reported with its name.
        let _ = std::env::set_current_dir(root);
    }
}

fn write(input: &Input) -> io::Result<ExitCode> {
    let Some(generated) = compile(input, &input.schemas)? else { return Ok(ExitCode::from(1)) };
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

fn check(input: &Input) -> io::Result<ExitCode> {
    let Some(generated) = compile(input, &input.schemas)? else { return Ok(ExitCode::from(1)) };
    let changes = changes(input, &generated)?;
    let mut out = io::stdout().lock();
    for change in &changes {
        write!(out, "{}", change.diff())?;
    }
    if changes.is_empty() {
        eprintln!("{} files, all up to date", generated.files.len());
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("error: {} of the generated files are stale; run `cargo gen` and commit what it writes", changes.len());
    Ok(ExitCode::from(1))
}

fn lint(input: &Input, paths: &[PathBuf]) -> io::Result<ExitCode> {
    let default = [input.schemas.clone()];
    let mut faults = false;
    for path in if paths.is_empty() { &default } else { paths } {
        faults |= compile(input, path)?.is_none();
    }
    Ok(if faults { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Generates in memory and prints the diagnostics; `None` where they have errors.
fn compile(input: &Input, schemas: &Path) -> io::Result<Option<Generated>> {
    let (sources, mut diagnostics) = SourceMap::read(schemas);
    let options = Options { lenient: input.lenient };
    let (generated, more) = generate(&sources, &options, &quote!(crate));
    diagnostics.append(more);
    report(input, &sources, &diagnostics)?;
    Ok((!diagnostics.has_errors()).then_some(generated))
}

fn report(input: &Input, sources: &SourceMap, diagnostics: &Diagnostics) -> io::Result<()> {
    let mut out = io::stderr().lock();
    let text = match input.format {
        Format::Text => diagnostics.render_text(sources, out.is_terminal()),
        Format::Json => diagnostics.render_json(sources),
    };
    out.write_all(text.as_bytes())
}

fn changes(input: &Input, generated: &Generated) -> io::Result<Vec<tree::Change>> {
    let mut changes = tree::compare(&input.into.join("src/log_types"), &generated.files)?;
    changes.extend(tree::compare_features(&input.into.join("Cargo.toml"), &generated.features)?);
    Ok(changes)
}
