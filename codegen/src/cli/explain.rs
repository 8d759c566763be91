//! `cargo gen explain`: what lies behind the code of a diagnostic.

use std::io::{self, Write};
use std::process::ExitCode;

use super::{Format, Input, usage};
use crate::diagnostic::{Code, suggest};
use crate::json::Json;

pub(super) const HELP: &str = "\
Examples:
  cargo gen explain LW0201    the rule, why it is there, a mistake and its mend
  cargo gen explain           every code in one line";

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The code in the brackets of a diagnostic, such as LW0201. Without one, all are listed.
    code: Option<String>,
}

pub(super) fn run(input: &Input, Arguments { code }: &Arguments) -> io::Result<ExitCode> {
    let mut out = io::stdout().lock();
    let Some(name) = code else {
        for code in Code::ALL {
            match input.format {
                Format::Text => writeln!(out, "{code}  {}", code.summary())?,
                Format::Json => writeln!(out, "{}", as_json(*code))?,
            }
        }
        return Ok(ExitCode::SUCCESS);
    };
    let Some(code) = Code::from_name(&name.to_ascii_uppercase()) else {
        let near = suggest(name, Code::ALL.iter().map(|code| code.name()));
        let help = near.map_or("`cargo gen explain` lists all".to_owned(), |near| format!("did you mean {near}?"));
        return usage(format!("there is no code `{name}`; {help}"));
    };
    match input.format {
        Format::Text => writeln!(out, "{code}: {}\n\n{}", code.summary(), code.explanation())?,
        Format::Json => writeln!(out, "{}", as_json(code))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn as_json(code: Code) -> Json {
    Json::object([
        ("code", Json::text(code.name())),
        ("summary", Json::text(code.summary())),
        ("explanation", Json::text(code.explanation())),
    ])
}
