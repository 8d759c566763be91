//! What stops a command, and the exit code that tells a script whose fault it was.

use std::fmt;

/// Why a command did not do all that it was asked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The input is at fault: events that cannot be read. Exit code 1.
    Input(String),
    /// The command line or the configuration is at fault, as far as this machine alone can tell. Exit code 2.
    Configuration(String),
    /// The world outside is at fault: network, disk, or an API that is not well or refuses; the message says what to do. Exit code 3.
    Outside(String),
    /// Whoever reads our output has gone, such as `head`. Nothing to report. Exit code 0.
    ReaderGone,
}

impl Failure {
    /// The exit code, from 0 to 3.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::ReaderGone => 0,
            Self::Input(_) => 1,
            Self::Configuration(_) => 2,
            Self::Outside(_) => 3,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(message) | Self::Configuration(message) | Self::Outside(message) => f.write_str(message),
            Self::ReaderGone => f.write_str("the reader of the output has gone"),
        }
    }
}

impl std::error::Error for Failure {}

/// An input or output fault on the machine itself, as a [`Failure::Outside`].
pub(crate) fn io(doing: impl fmt::Display) -> impl FnOnce(std::io::Error) -> Failure {
    move |error| Failure::Outside(format!("cannot {doing}: {error}"))
}

/// A fault of standard output, or of whatever else events are written to.
pub(crate) fn output(error: &std::io::Error) -> Failure {
    match error.kind() {
        std::io::ErrorKind::BrokenPipe => Failure::ReaderGone,
        _ => Failure::Outside(format!("cannot write the output: {error}")),
    }
}
