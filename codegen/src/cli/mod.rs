//! The command line: `cargo gen`.
//!
//! One file for each command; what a command works with lives in the library, and is called from there. Here is what the
//! commands share: the arguments, where the YAML is, how diagnostics are told.
//!
//! Exit codes: 0 done, 1 the YAML, the samples or the generated code is at fault, 2 usage or files. What a program reads
//! goes to standard output, what people read about it to standard error.

mod check;
mod diff;
mod explain;
mod export;
mod generate;
mod infer;
mod language_schema;
mod lint;
mod new;
mod streams;
mod test;
mod try_schema;
mod watch;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use streams::tell;

use crate::compile::{self, Options};
use crate::diagnostic::Diagnostics;
use crate::model::Schema;
use crate::source::SourceMap;

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
    #[command(after_help = generate::HELP)]
    Generate(generate::Destination),
    /// Compare the generated code with what is on disk. Exit 1 and a diff when it is stale.
    #[command(after_help = check::HELP)]
    Check(generate::Destination),
    /// Say everything there is to say about the YAML, warnings too, and write nothing.
    #[command(after_help = lint::HELP)]
    Lint(lint::Arguments),
    /// Write the files of a new log type: a schema and its tests.
    #[command(after_help = new::HELP)]
    New(new::Arguments),
    /// Write a schema from samples, with the reason for each choice.
    #[command(after_help = infer::HELP)]
    Infer(infer::Arguments),
    /// Compare schemas: what breaks, and what a change means for stored data. Exit 1 when something breaks.
    #[command(after_help = diff::HELP)]
    Diff(diff::Arguments),
    /// Write a log type as JSON Schema, SQL, Arrow schema or documentation.
    #[command(after_help = export::HELP)]
    Export(export::Arguments),
    /// Write the JSON Schema of the YAML itself, for editors.
    #[command(after_help = language_schema::HELP)]
    LanguageSchema(language_schema::Arguments),
    /// Generate and test on every save, until Ctrl-C.
    #[command(after_help = watch::HELP)]
    Watch(generate::Destination),
    /// Say what a code means: the rule, a mistake, its mend.
    #[command(after_help = explain::HELP)]
    Explain(explain::Arguments),
    /// Normalise events by a schema that need not be generated: see at once what it makes of them.
    #[command(after_help = try_schema::HELP)]
    Try(try_schema::Arguments),
    /// Run the tests in `*_tests.yml` on schemas that need not be generated.
    #[command(after_help = test::HELP)]
    Test(test::Arguments),
}

/// What every command is given.
#[derive(Args)]
struct Input {
    /// The folder of YAML, one folder in it for each source.
    #[arg(long, global = true, value_name = "FOLDER", default_value = "schemas")]
    schemas: PathBuf,
    /// The crate that the code is generated into: `src/log_types` and the features in Cargo.toml.
    #[arg(long, global = true, value_name = "FOLDER", default_value = "generated")]
    into: PathBuf,
    /// Pass over what is not of this language, with a warning: unknown keys, and keys that do not belong to a type.
    ///
    /// For schemas that were written for another tool. Such a key has no effect, here as in the generated code: see in
    /// `lint --lenient` whether one matters. Every other mistake stays an error.
    #[arg(long, global = true)]
    lenient: bool,
    /// How results and diagnostics are written.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Where the command was started.
    #[arg(skip)]
    here: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, with the place in the file.
    Text,
    /// For programs: JSON, one object a line where there can be several.
    Json,
}

/// Runs the command that the arguments of this process name, and gives its exit code.
pub fn main() -> ExitCode {
    let Arguments { command, mut input } = Arguments::parse();
    input.here = std::env::current_dir().unwrap_or_default();
    enter_workspace(&input.schemas);
    let result = match command.unwrap_or_else(|| Command::Generate(generate::Destination::default())) {
        Command::Generate(destination) => generate::run(&input, &destination),
        Command::Check(destination) => check::run(&input, &destination),
        Command::Lint(arguments) => Ok(lint::run(&input, &arguments)),
        Command::New(arguments) => new::run(&input, &arguments),
        Command::Infer(arguments) => infer::run(&input, &arguments),
        Command::Diff(arguments) => diff::run(&input, &arguments),
        Command::Export(arguments) => export::run(&input, &arguments),
        Command::LanguageSchema(arguments) => language_schema::run(&arguments),
        Command::Watch(destination) => watch::run(&input, &destination),
        Command::Explain(arguments) => explain::run(&input, &arguments),
        Command::Try(arguments) => try_schema::run(&input, &arguments),
        Command::Test(arguments) => test::run(&input, &arguments),
    };
    match result {
        Ok(code) => code,
        // Whoever reads our output has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            tell(format_args!("error: {error}"));
            ExitCode::from(2)
        }
    }
}

/// Relative paths are meant from the root of the workspace, wherever in it the command is run.
fn enter_workspace(schemas: &Path) {
    let Ok(here) = std::env::current_dir() else { return };
    if let Some(root) = here.ancestors().find(|folder| folder.join(schemas).is_dir()) {
        // Where this fails the folder is simply not found, which is then reported with its name.
        let _ = std::env::set_current_dir(root);
    }
}

impl Input {
    fn options(&self) -> Options {
        Options { lenient: self.lenient }
    }

    /// A path as the user meant it: from where the command was started, or else from the root of the workspace.
    fn path(&self, path: &Path) -> PathBuf {
        let at_root = std::env::current_dir().is_ok_and(|root| root == self.here);
        let from_here = self.here.join(path);
        if at_root || !from_here.exists() { path.to_owned() } else { from_here }
    }

    /// Tells the diagnostics, on standard error.
    fn report(&self, sources: &SourceMap, diagnostics: &Diagnostics) {
        let mut out = io::stderr().lock();
        let text = match self.format {
            Format::Text => diagnostics.render_text(sources, out.is_terminal()),
            Format::Json => diagnostics.render_json(sources),
        };
        // Where nobody listens the work is done all the same.
        let _ = out.write_all(text.as_bytes());
    }

    /// Every log type of a folder, its diagnostics told; `None` where they have errors.
    fn log_types(&self, schemas: &Path) -> Option<Vec<Schema>> {
        let (sources, mut diagnostics) = SourceMap::read(schemas);
        let (schemas, more) = compile::compile(&sources, &self.options());
        diagnostics.append(more);
        self.report(&sources, &diagnostics);
        (!diagnostics.has_errors()).then_some(schemas)
    }
}

/// The exit code of a command whose input was at fault.
fn fault() -> ExitCode {
    ExitCode::from(1)
}

/// An error of usage or files, which ends the command with 2.
fn usage<T>(message: impl Into<String>) -> io::Result<T> {
    Err(io::Error::other(message.into()))
}
