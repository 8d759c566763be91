//! `cargo gen infer`: a schema from samples.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{Input, fault};
use crate::compile::{self, Options};
use crate::infer::Samples;
use crate::interpret::Interpreter;
use crate::model::Schema;
use crate::source::SourceMap;

pub(super) const HELP: &str = "\
Examples:
  cargo gen infer events.ndjson --name Acme.Login > schemas/acme/login.yml
  zcat old.gz | cargo gen infer - --name Acme.Login

One JSON object a line. The schema goes to standard output, with the reason for each choice as a comment. Files are read
a second time, to prove that every sample parses under the schema; of standard input, the first 64 MiB are kept for that.";

/// How much of standard input is kept to be parsed under the schema.
const KEPT: usize = 64 * 1024 * 1024;

/// The longest line, in bytes. An end to memory, beyond any event.
const LINE: u64 = 64 * 1024 * 1024;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Files of samples; `-` is standard input.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The log type.
    #[arg(long, default_value = "Vendor.Log")]
    name: String,
}

/// A line of a file.
struct Place<'f> {
    name: &'f str,
    number: u64,
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.name, self.number)
    }
}

/// Why there is no schema.
enum Trouble {
    /// The samples are at fault.
    Samples(String),
    Io(io::Error),
}

pub(super) fn run(input: &Input, arguments: &Arguments) -> io::Result<ExitCode> {
    match infer(input, arguments) {
        Ok(schema) => {
            io::stdout().lock().write_all(schema.as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
        Err(Trouble::Samples(reason)) => {
            eprintln!("error: {reason}");
            Ok(fault())
        }
        Err(Trouble::Io(error)) => Err(error),
    }
}

fn infer(input: &Input, Arguments { files, name }: &Arguments) -> Result<String, Trouble> {
    let mut samples = Samples::default();
    let mut kept = Vec::new();
    for file in files {
        let standard_input = file.as_os_str() == "-";
        each_line(input, file, "looked at", |place, line| {
            if standard_input && kept.len() + line.len() < KEPT {
                kept.extend_from_slice(line);
                kept.push(b'\n');
            }
            samples.add(line).map_err(|error| Trouble::Samples(format!("{place}: {error}")))
        })?;
    }
    let text = samples.schema(name).map_err(Trouble::Samples)?;
    let schema = compile(&text)?;
    let interpreter = Interpreter::new(&schema);
    let check = |place: Place<'_>, line: &[u8]| match interpreter.parse(line) {
        Ok(_) => Ok(()),
        Err(error) => Err(Trouble::Samples(format!("{place}: does not parse under the inferred schema: {error}"))),
    };
    for file in files.iter().filter(|file| file.as_os_str() != "-") {
        each_line(input, file, "proved", check)?;
    }
    lines(&mut kept.as_slice(), "-", "proved", check)?;
    Ok(text)
}

/// The schema that was written. That it compiles is ours to see to.
fn compile(text: &str) -> Result<Schema, Trouble> {
    let sources = SourceMap::from_texts([("inferred/schema.yml", text)]);
    let (mut schemas, diagnostics) = compile::compile(&sources, &Options::default());
    let message = || format!("the inferred schema does not compile:\n{}", diagnostics.render_text(&sources, false));
    schemas.pop().ok_or_else(|| Trouble::Samples(message()))
}

fn each_line(
    input: &Input,
    file: &Path,
    verb: &str,
    mut then: impl FnMut(Place<'_>, &[u8]) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    if file.as_os_str() == "-" {
        return lines(&mut io::stdin().lock(), "-", verb, then);
    }
    let shown = file.display().to_string();
    let open = File::open(input.path(file));
    let open = open.map_err(|error| Trouble::Io(io::Error::new(error.kind(), format!("{shown}: {error}"))))?;
    lines(&mut BufReader::with_capacity(1 << 18, open), &shown, verb, &mut then)
}

/// Calls `then` with the place and the bytes of each line that is not blank.
fn lines(
    from: &mut dyn BufRead,
    name: &str,
    verb: &str,
    mut then: impl FnMut(Place<'_>, &[u8]) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    let terminal = io::stderr().is_terminal();
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        let length = io::Read::take(&mut *from, LINE).read_until(b'\n', &mut line).map_err(Trouble::Io)?;
        if length == 0 {
            break;
        }
        if length as u64 == LINE {
            return Err(Trouble::Samples(format!("{name}:{number}: the line is longer than 64 MiB")));
        }
        let event = line.trim_ascii();
        if !event.is_empty() {
            then(Place { name, number }, event)?;
        }
        if terminal && number.is_multiple_of(100_000) {
            eprint!("\r{name}: {number} lines {verb}");
        }
    }
    if terminal {
        eprint!("\r\u{1b}[K");
    }
    Ok(())
}
