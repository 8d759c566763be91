//! Log lines on standard error: text, plain in a pipe and in colour on a terminal, or JSON; never across the line of progress.

use std::io::{IsTerminal, Write, stderr};

use indicatif::ProgressBar;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::clock::{self, Clock as _};

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// For people.
    Text,
    /// For programs: an object a line, with its time.
    Json,
}

/// Starts logging. Only our own lines are shown: libraries might show more of a request than we want.
pub(super) fn start(verbose: u8, format: Format, progress: ProgressBar) {
    let level = match verbose {
        0 => LevelFilter::INFO,
        1 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    let lines = tracing_subscriber::fmt::layer().with_writer(BesideProgress(progress)).with_target(false);
    let lines = match format {
        // The journal knows the time.
        Format::Text => lines.with_ansi(stderr().is_terminal()).without_time().boxed(),
        Format::Json => lines.json().flatten_event(true).with_current_span(false).with_timer(Rfc3339).boxed(),
    };
    let ours = Targets::new().with_target("logwright_runtime", level);
    let started = tracing_subscriber::registry().with(lines.with_filter(ours)).try_init();
    // A second start, by a program that links this library and logs already, changes nothing.
    drop(started);
}

/// The time as everywhere else.
struct Rfc3339;

impl FormatTime for Rfc3339 {
    fn format_time(&self, line: &mut Writer<'_>) -> std::fmt::Result {
        line.write_str(&clock::text(clock::System.now()))
    }
}

/// Writes to standard error while the line of progress is out of the way.
struct BesideProgress(ProgressBar);

impl<'w> MakeWriter<'w> for BesideProgress {
    type Writer = &'w Self;

    fn make_writer(&'w self) -> &'w Self {
        self
    }
}

impl Write for &BesideProgress {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.suspend(|| stderr().write(bytes))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        stderr().flush()
    }
}
