//! `cargo gen language-schema`: the JSON Schema of our YAML, for editors.

use std::io::{self, Write};
use std::process::ExitCode;

use crate::language;

pub(super) const HELP: &str = "\
Examples:
  cargo gen language-schema > log-schema.json
  cargo gen language-schema contract > contract.json

Then the first line of a schema tells the editor:
  # yaml-language-server: $schema=../log-schema.json";

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Of which files.
    #[arg(value_enum, default_value_t = Language::LogSchema)]
    language: Language,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Language {
    /// Log schemas.
    LogSchema,
    /// Pull contracts, source.yml.
    Contract,
}

pub(super) fn run(Arguments { language }: &Arguments) -> io::Result<ExitCode> {
    let text = match language {
        Language::LogSchema => language::LOG_SCHEMA,
        Language::Contract => language::CONTRACT,
    };
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
