//! Log lines on standard error: plain in a pipe, in colour on a terminal, and never across the line of progress.

use std::io::{IsTerminal, Write, stderr};

use indicatif::ProgressBar;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

/// Starts logging. Only our own lines are shown: libraries might show more of a request than we want.
pub(super) fn start(verbose: u8, progress: ProgressBar) {
    let level = match verbose {
        0 => LevelFilter::INFO,
        1 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(BesideProgress(progress))
        .with_ansi(stderr().is_terminal())
        .with_target(false)
        .without_time();
    let ours = Targets::new().with_target("logwright_runtime", level);
    let started = tracing_subscriber::registry().with(lines.with_filter(ours)).try_init();
    // A second start, by a program that links this library and logs already, changes nothing.
    drop(started);
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
