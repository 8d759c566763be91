//! Lines to a pipe or a terminal. A pipe keeps nothing apart: after a crash at most one page comes twice.

use std::fmt;
use std::io::Write;

use super::{Delivery, Sink};
use crate::failure::{self, Failure};

/// Writes events to any writer, such as standard output.
pub struct Lines<W> {
    to: W,
}

impl<W: Write + Send> Lines<W> {
    /// A sink that writes to `to`.
    pub const fn new(to: W) -> Self {
        Self { to }
    }

    /// The writer.
    pub fn into_inner(self) -> W {
        self.to
    }
}

impl<W: Write + Send> Sink for Lines<W> {
    fn deliver(&mut self, page: &Delivery<'_>) -> Result<(), Failure> {
        let written = self.to.write_all(page.lines).and_then(|()| self.to.flush());
        written.map_err(|error| failure::output(&error))
    }
}

impl<W> fmt::Debug for Lines<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lines").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::Segment;
    use logwright::time::Timestamp;
    use std::io::ErrorKind;

    struct Broken;

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn lines_are_written_and_a_reader_that_has_gone_is_known() {
        let window_end = Timestamp::from_unix(0, 0).unwrap();
        let segment = Segment { window_end, window: 1, page: 0 };
        let times = [window_end];
        let page = Delivery { source_name: "a", log_type: "L", segment, again: false, times: &times, lines: b"{}\n" };
        let mut sink = Lines::new(Vec::new());
        sink.deliver(&page).unwrap();
        assert_eq!(sink.into_inner(), b"{}\n");
        assert_eq!(Lines::new(Broken).deliver(&page), Err(Failure::ReaderGone));
    }
}
