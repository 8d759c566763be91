//! `logwright parse`: raw events to normalised events, on this machine alone.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use logwright::event::Profile;
use logwright::log_type::LogType;
use logwright::log_types::ALL;

use super::{tell, told};
use crate::clock::Clock;
use crate::failure::{Failure, io};
use crate::parse::{Parser, Reports};
use crate::printable::printable;
use crate::suggest;

/// Options of `parse`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A file of --quarantine has one JSON object for each bad line: `file` and `line`, where it was; `pointer`, \
                  the place in the event; `code` and `message`, the reason; `raw`, the line, or `raw_hex` where it is not \
                  UTF-8; of several log types, `reasons`, what each said. --from-quarantine parses the lines in it again, once \
                  the schema is mended."
)]
pub(super) struct Options {
    /// The log type of every line, such as `Zendesk.Audit`; `logwright types` lists them. Given several times, each line is
    /// of the first that it fits.
    #[arg(short = 't', long = "log-type", value_name = "NAME", required = true)]
    log_types: Vec<String>,
    /// How times are written: for a data lake, or as the source wrote them.
    #[arg(short, long, value_enum, default_value_t = Times::Lake)]
    profile: Times,
    /// Append bad lines to this file as JSON, with their place and reason, instead of telling them on standard error.
    #[arg(short, long, value_name = "FILE")]
    quarantine: Option<PathBuf>,
    /// The files were written by `--quarantine`, or by `logwright quarantine show --json`: parse the lines that they hold.
    #[arg(long)]
    from_quarantine: bool,
    /// The files; `-` or none for standard input.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Times {
    /// `2021-05-28 18:39:50.000000000`, in UTC.
    Lake,
    /// As they were read.
    Source,
}

/// Parses each input. One that cannot be opened does not keep the others from being parsed.
pub(super) fn run(options: &Options, clock: &dyn Clock) -> Result<(), Failure> {
    let log_types = log_types(&options.log_types)?;
    let profile = match options.profile {
        Times::Lake => Profile::Lake,
        Times::Source => Profile::Source,
    };
    let quarantine = options.quarantine.as_deref().map(private_file).transpose()?;
    let stdin = [PathBuf::from("-")];
    let files = if options.files.is_empty() { &stdin[..] } else { &options.files };
    refuse_circles(files, quarantine.as_ref())?;
    let mut quarantine = quarantine.map(BufWriter::new);
    let mut stderr = std::io::stderr();
    let reports = match &mut quarantine {
        Some(file) => Reports::Quarantine(file),
        None => Reports::Text(&mut stderr),
    };
    let mut output = BufWriter::with_capacity(128 * 1024, std::io::stdout());
    let mut parser = Parser::new(&log_types, profile, clock, &mut output, reports);
    if options.from_quarantine {
        parser = parser.of_quarantine();
    }
    let mut failures = Vec::new();
    for path in files {
        let read = open(path).and_then(|input| parser.read(&name(path), input));
        match read {
            Err(Failure::Configuration(message)) => {
                let failure = Failure::Configuration(message);
                tell(&failure);
                failures.push(failure);
            }
            read => read?,
        }
    }
    let counts = parser.counts();
    super::flush(&mut output)?;
    if let Some(file) = &mut quarantine {
        file.flush().map_err(io("write the quarantine"))?;
    }
    if counts.bad > 0 {
        let failure =
            Failure::Input(format!("{} of {} lines could not be parsed", counts.bad, counts.bad + counts.events));
        tell(&failure);
        failures.push(failure);
    }
    told(&failures)
}

/// The log types with these names, in the same order.
fn log_types(names: &[String]) -> Result<Vec<&'static dyn LogType>, Failure> {
    let mut seen = std::collections::BTreeSet::new();
    if let Some(twice) = names.iter().find(|name| !seen.insert(*name)) {
        return Err(Failure::Configuration(format!("the log type `{twice}` is named twice; name it once")));
    }
    names.iter().map(|name| log_type(name)).collect()
}

/// The log type with this name.
fn log_type(name: &str) -> Result<&'static dyn LogType, Failure> {
    let names = ALL.iter().map(|log_type| log_type.schema().log_type);
    ALL.iter()
        .find(|log_type| log_type.schema().log_type == name)
        .copied()
        .ok_or_else(|| Failure::Configuration(format!("there is no log type `{name}`{}", suggest::hint(name, names))))
}

/// An input's name in reports.
fn name(path: &Path) -> String {
    if path.as_os_str() == "-" { "standard input".to_owned() } else { printable(&path.to_string_lossy()).into_owned() }
}

fn open(path: &Path) -> Result<Box<dyn Read + Send>, Failure> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(std::io::stdin()));
    }
    let shown = path.display();
    if path.is_dir() {
        return Err(Failure::Configuration(format!("cannot read {shown}: it is a folder; name the files in it")));
    }
    match File::open(path) {
        Ok(file) => Ok(Box::new(file)),
        Err(error) => Err(Failure::Configuration(format!("cannot read {shown}: {error}"))),
    }
}

/// The quarantine, for its owner alone: it holds raw events.
fn private_file(path: &Path) -> Result<File, Failure> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
        .open(path)
        .map_err(|error| Failure::Configuration(format!("cannot write the quarantine {}: {error}", path.display())))
}

/// Refuses to read what it writes, which would never end, and to mix events and reports in one file.
#[cfg(unix)]
fn refuse_circles(files: &[PathBuf], quarantine: Option<&File>) -> Result<(), Failure> {
    use std::os::fd::AsFd;
    use std::os::unix::fs::MetadataExt;

    /// What tells a regular file from every other. Anything else, such as a terminal, may be read and written.
    fn place(metadata: std::io::Result<std::fs::Metadata>) -> Option<(u64, u64)> {
        metadata.ok().filter(std::fs::Metadata::is_file).map(|metadata| (metadata.dev(), metadata.ino()))
    }
    fn stream(stream: &impl AsFd) -> Option<(u64, u64)> {
        place(stream.as_fd().try_clone_to_owned().and_then(|stream| File::from(stream).metadata()))
    }

    let output = stream(&std::io::stdout());
    let quarantine = quarantine.and_then(|file| place(file.metadata()));
    if output.is_some() && output == quarantine {
        let message = "the output and the quarantine are one file; name another with `--quarantine`";
        return Err(Failure::Configuration(message.into()));
    }
    for path in files {
        let input = if path.as_os_str() == "-" { stream(&std::io::stdin()) } else { place(std::fs::metadata(path)) };
        let is = |other: Option<(u64, u64)>| input.is_some() && input == other;
        let (what, to) = match () {
            () if is(output) => ("output", "send the events elsewhere"),
            () if is(quarantine) => ("quarantine", "name another file for `--quarantine`"),
            () => continue,
        };
        return Err(Failure::Configuration(format!("{} is read, and cannot be the {what} as well; {to}", name(path))));
    }
    Ok(())
}

/// Where files cannot be told apart by number, nothing is refused.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "on Unix it can fail")]
fn refuse_circles(_files: &[PathBuf], _quarantine: Option<&File>) -> Result<(), Failure> {
    Ok(())
}
