//! `cargo gen infer`: a schema from samples.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use logwright::text::line as text_of_line;

use super::streams::tell;
use super::{Input, fault, usage};
use crate::compile::{self, Options};
use crate::infer;
use crate::interpret::Interpreter;
use crate::interpret::lines::LONGEST;
use crate::model::Schema;
use crate::source::SourceMap;

pub(super) const HELP: &str = "\
Examples:
  cargo gen infer events.ndjson --name Acme.Login > schemas/acme/login.yml
  zcat old.gz | cargo gen infer - --name Acme.Login
  cargo gen infer logins.csv --name Acme.Login              the first line names the columns
  cut -f1-5 big.tsv | cargo gen infer - --input tsv

Samples are one JSON object a line, or records of comma-separated values under a header: by the files' ending, or as
--input says. The schema goes to standard output, with the reason for each choice as a comment. Go through it: samples
cannot say what always holds, only what held so far.

In a table, cells are taken for what they look like: 7 is a bigint, 0.5 a float, true and false are booleans, RFC 3339
texts are timestamps; 007 and +7 stay strings, so that nothing is lost. An empty cell is no value, and nor is - where it
stands among numbers, times or addresses. What stands between the columns is told from the header: , ; | or a tab.

Files are read a second time, to prove that every sample parses under the schema; of standard input, the first 64 MiB
are kept for that. Where one does not, there is no schema, and the line is named.
Exit codes: 0 done, 1 a sample is at fault, 2 usage or files.";

/// How much of standard input is kept to be parsed under the schema.
const KEPT: usize = 64 * 1024 * 1024;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Files of samples; `-` is standard input.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The log type.
    #[arg(long, default_value = "Vendor.Log")]
    name: String,
    /// What the samples are; by the files' ending where it is not said.
    #[arg(long, value_enum)]
    input: Option<Samples>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Samples {
    /// One JSON object a line.
    Json,
    /// Comma-separated values under a header; semicolons, tabs and bars are told from it.
    Csv,
    /// Values between tabs, under a header.
    Tsv,
}

/// What standard input is called in messages.
const STANDARD_INPUT: &str = "standard input";

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
            tell(format_args!("error: {reason}"));
            Ok(fault())
        }
        Err(Trouble::Io(error)) => Err(error),
    }
}

fn infer(input: &Input, arguments: &Arguments) -> Result<String, Trouble> {
    let Arguments { files, name, .. } = arguments;
    let kind = kind(arguments).map_err(Trouble::Io)?;
    infer::check_name(name).map_err(Trouble::Samples)?;
    let mut samples = infer::Samples::default();
    let mut kept = Vec::new();
    for file in files {
        let standard_input = file.as_os_str() == "-";
        let mut is_first = true;
        each_line(input, file, "looked at", |place, line| {
            if standard_input && kept.len() + line.len() < KEPT {
                kept.extend_from_slice(line);
                kept.push(b'\n');
            }
            let first = std::mem::take(&mut is_first);
            add(&mut samples, kind, first, line).map_err(|error| Trouble::Samples(format!("{place}: {error}")))
        })?;
    }
    let text = samples.schema(name).map_err(Trouble::Samples)?;
    let schema = compile(&text)?;
    let interpreter = Interpreter::new(&schema);
    for file in files.iter().filter(|file| file.as_os_str() != "-") {
        each_line(input, file, "proved", prove(&interpreter))?;
    }
    lines(&mut kept.as_slice(), STANDARD_INPUT, "proved", prove(&interpreter))?;
    Ok(text)
}

/// What the samples are, by the option or the ending of each file.
fn kind(Arguments { files, input, .. }: &Arguments) -> io::Result<Samples> {
    let by_ending = |file: &PathBuf| match file.extension().and_then(|ending| ending.to_str()) {
        Some(ending) if ending.eq_ignore_ascii_case("csv") => Samples::Csv,
        Some(ending) if ending.eq_ignore_ascii_case("tsv") => Samples::Tsv,
        _ => Samples::Json,
    };
    let mut kinds = files.iter().map(|file| input.unwrap_or_else(|| by_ending(file)));
    let first = kinds.next().unwrap_or(Samples::Json);
    if kinds.any(|kind| kind != first) {
        return usage("the files are of different kinds by their endings; say with --input what all of them are");
    }
    Ok(first)
}

/// Looks at one line; of a table, the first is the header.
fn add(samples: &mut infer::Samples, kind: Samples, first: bool, line: &[u8]) -> Result<(), String> {
    let delimiter = match kind {
        Samples::Json => return samples.add(line).map_err(|error| error.to_string()),
        Samples::Csv => None,
        Samples::Tsv => Some('\t'),
    };
    let Some(text) = text_of_line(line, "").map_err(|error| error.to_string())? else { return Ok(()) };
    if first { samples.header(text, delimiter) } else { samples.record(text) }
}

/// Parses each line of a stream under the schema that was inferred.
fn prove<'i>(interpreter: &'i Interpreter<'i>) -> impl FnMut(Place<'_>, &[u8]) -> Result<(), Trouble> {
    let mut parser = interpreter.lines();
    move |place, line| match parser.parse(line) {
        Ok(_) => Ok(()),
        Err(error) => Err(Trouble::Samples(format!("{place}: does not parse under the inferred schema: {error}"))),
    }
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
        return lines(&mut io::stdin().lock(), STANDARD_INPUT, verb, then);
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
        let length = io::Read::take(&mut *from, LONGEST).read_until(b'\n', &mut line).map_err(Trouble::Io)?;
        if length == 0 {
            break;
        }
        if length as u64 == LONGEST {
            return Err(Trouble::Samples(format!("{name}:{number}: the line is longer than 64 MiB")));
        }
        if !line.trim_ascii().is_empty() {
            let line = line.strip_suffix(b"\n").unwrap_or(&line);
            then(Place { name, number }, line.strip_suffix(b"\r").unwrap_or(line))?;
        }
        if terminal && number.is_multiple_of(100_000) {
            let _ = write!(io::stderr(), "\r{name}: {number} lines {verb}");
        }
    }
    if terminal {
        let _ = write!(io::stderr(), "\r\u{1b}[K");
    }
    Ok(())
}
