//! Standard output and standard error, when whoever reads them leaves early, as `head` does.
//!
//! A command that writes files writes them all the same, and one whose exit code is an answer gives that answer. A command
//! that does nothing but print ends where nobody reads on.

use std::fmt::Display;
use std::io::{self, StdoutLock, Write};

/// Tells people something, on standard error. Where nobody listens it is not said.
pub(super) fn tell(text: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Standard output for commands that do more than print: what nobody reads is dropped.
pub(super) fn answers() -> impl Write {
    Patient(io::stdout().lock())
}

struct Patient<W = StdoutLock<'static>>(W);

impl<W: Write> Write for Patient<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        unless_closed(self.0.write(bytes), bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        unless_closed(self.0.flush(), ())
    }
}

fn unless_closed<T>(result: io::Result<T>, done: T) -> io::Result<T> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(done),
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fails(io::ErrorKind);

    impl Write for Fails {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(self.0.into())
        }
    }

    #[test]
    fn only_that_nobody_reads_is_passed_over() {
        let mut closed = Patient(Fails(io::ErrorKind::BrokenPipe));
        assert!(closed.write_all(b"line\n").is_ok() && closed.flush().is_ok());
        assert!(Patient(Fails(io::ErrorKind::StorageFull)).write_all(b"line\n").is_err());
    }
}
