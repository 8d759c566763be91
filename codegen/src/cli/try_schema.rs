//! `cargo gen try`: what a schema makes of events, with nothing generated or compiled.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use clap::ValueEnum;
use logwright::event::Profile;
use logwright::json::{Code, Error};
use logwright::time::Timestamp;

use super::streams::tell;
use super::{Format, Input, fault, usage};
use crate::compile;
use crate::diagnostic::suggest;
use crate::interpret::Interpreter;
use crate::interpret::lines::{Counts, Refused, normalise};
use crate::json::Json;
use crate::model::Schema;
use crate::source::SourceMap;

pub(super) const HELP: &str = "\
Examples:
  cargo gen try schemas/zendesk/audit.yml events.ndjson     a schema in a file
  cargo gen try Zendesk.Audit < events.ndjson               a log type in --schemas
  cargo gen try schemas/aws/vpc_flow.yml flow.log           lines of text, with their header
  cargo gen try login.yml --profile source events.ndjson    times as they were read

Events go to standard output, one a line; lines that do not fit go to standard error, each with its place and reason.
Exit codes: 0 all lines fit, 1 some did not, or the schema has mistakes.";

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The file of a schema, or the name of a log type in --schemas.
    schema: String,
    /// Events, one a line, as JSON or as the schema's parser has them; `-` or none for standard input.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How times are written: for a data lake, or as the source wrote them.
    #[arg(short, long, value_enum, default_value_t = Times::Lake)]
    profile: Times,
}

#[derive(Clone, Copy, ValueEnum)]
enum Times {
    /// `2021-05-28 18:39:50.000000000`, in UTC.
    Lake,
    /// As they were read.
    Source,
}

pub(super) fn run(input: &Input, Arguments { schema, files, profile }: &Arguments) -> io::Result<ExitCode> {
    let Some(schema) = find(input, schema)? else { return Ok(fault()) };
    let interpreter = Interpreter::new(&schema);
    let profile = match profile {
        Times::Lake => Profile::Lake,
        Times::Source => Profile::Source,
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut total = Counts::default();
    let stdin = [PathBuf::from("-")];
    for path in if files.is_empty() { &stdin[..] } else { files } {
        let (name, events) = open(input, path)?;
        let mut refused = |Refused { number, line, error }: Refused<'_>| {
            let help = (error.code() == Code::Pattern).then(|| interpreter.nearest(line)).flatten();
            let _ = io::stderr().write_all(report(input.format, &name, number, &error, help).as_bytes());
            Ok(())
        };
        let counts = normalise(
            &interpreter,
            events,
            profile,
            Timestamp::from_system(SystemTime::now()),
            &mut out,
            &mut refused,
        )?;
        total = Counts { events: total.events + counts.events, bad: total.bad + counts.bad };
    }
    out.flush()?;
    if total.bad == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    if input.format == Format::Text {
        tell(format_args!("error: {} of {} lines are not of {}", total.bad, total.bad + total.events, schema.log_type));
    }
    Ok(fault())
}

/// The schema, its mistakes and what a lenient run passes over told; `None` where it has mistakes.
fn find(input: &Input, wanted: &str) -> io::Result<Option<Schema>> {
    let path = input.path(Path::new(wanted));
    let is_file = path.is_file();
    if !is_file && (wanted.contains('/') || [".yml", ".yaml"].iter().any(|end| wanted.ends_with(end))) {
        return usage(format!(
            "there is no file {wanted}; name a schema's file, or a log type in {}",
            input.schemas.display()
        ));
    }
    let (sources, diagnostics) = if is_file { SourceMap::read_file(&path) } else { SourceMap::read(&input.schemas) };
    let (schemas, more) = compile::compile(&sources, &input.options());
    let mut found = schemas.iter().filter(|schema| is_file || schema.log_type == wanted);
    if let Some(schema) = found.next() {
        // What has no effect on the events that follow is said before them.
        if let Some((file, _)) = sources.iter().find(|(_, file)| file.path() == schema.file) {
            input.report(&sources, &more.passed_over(file));
        }
        return Ok(Some(schema.clone()));
    }
    let mut errors = diagnostics.errors();
    errors.append(more.errors());
    input.report(&sources, &errors);
    if !errors.is_empty() {
        return Ok(None);
    }
    let near = suggest(wanted, schemas.iter().map(|schema| schema.log_type.as_str()));
    let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
    if is_file {
        return usage(format!("{wanted} is the name of tests or of a pull contract, not of a log schema"));
    }
    usage(format!("there is no log type `{wanted}` in {}{hint}", input.schemas.display()))
}

/// An input, and its name in reports.
fn open(input: &Input, path: &Path) -> io::Result<(String, Box<dyn BufRead>)> {
    if path.as_os_str() == "-" {
        return Ok(("standard input".to_owned(), Box::new(io::stdin().lock())));
    }
    match File::open(input.path(path)) {
        Ok(file) => Ok((path.display().to_string(), Box::new(BufReader::new(file)))),
        Err(error) => usage(format!("cannot read {}: {error}", path.display())),
    }
}

fn report(format: Format, file: &str, line: u64, error: &Error, help: Option<String>) -> String {
    let (pointer, code) = (error.pointer(), error.code().name());
    let message = match error.offset() {
        Some(offset) => format!("{} at byte {offset}", error.message()),
        None => error.message().to_owned(),
    };
    let place = if pointer.is_empty() { String::new() } else { format!("{pointer}: ") };
    let told = help.as_ref().map_or(String::new(), |help| format!("  = help: {help}\n"));
    match format {
        Format::Text => format!("{file}:{line}: {place}{message} ({code})\n{told}"),
        Format::Json => {
            let members = [
                ("file", Json::text(file)),
                ("line", Json::Integer(line.cast_signed())),
                ("pointer", Json::text(pointer)),
                ("code", Json::text(code)),
                ("message", Json::text(message)),
            ];
            let help = help.map(|help| ("help", Json::text(help)));
            format!("{}\n", Json::object(members.into_iter().chain(help)))
        }
    }
}
