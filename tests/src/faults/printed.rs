//! Standard output, in memory: what a process printed stays when it ends.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use super::fuse::Fuse;

/// What was printed, by all processes: whole lines, for a line that a process did not end is no event.
#[derive(Clone, Debug)]
pub(super) struct Printed {
    fuse: Fuse,
    text: Arc<Mutex<(Vec<u8>, u64)>>,
}

impl Printed {
    pub(super) fn new(fuse: Fuse) -> Self {
        Self { fuse, text: Arc::default() }
    }

    pub(super) fn next_process(&self) {
        let text = &mut self.text.lock().unwrap_or_else(PoisonError::into_inner).0;
        let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        text.truncate(whole);
    }

    pub(super) fn lines(&self) -> Vec<u8> {
        self.text.lock().unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    pub(super) fn largest_page(&self) -> u64 {
        self.text.lock().unwrap_or_else(PoisonError::into_inner).1
    }
}

impl Write for Printed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut text = self.text.lock().unwrap_or_else(PoisonError::into_inner);
        let lines = bytes.split(|byte| *byte == b'\n').count() as u64 - 1;
        text.1 = text.1.max(lines);
        let half = bytes.len() / 2;
        for part in [&bytes[..half], &bytes[half..]] {
            self.fuse.step()?;
            text.0.extend_from_slice(part);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.fuse.step()
    }
}
