//! A count of steps, at the end of which something happens: the process is gone, or the disk is full.

use std::io::{Error, ErrorKind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts the steps of a process at its disk and its state, and its requests. A clone counts the same.
#[derive(Clone, Debug, Default)]
pub struct Fuse(Arc<Steps>);

#[derive(Debug, Default)]
struct Steps {
    taken: AtomicU64,
    /// The step at which the process ends; 0 for none. Nothing happens at it or after it.
    end: AtomicU64,
    /// The step from which on the disk takes no more bytes; 0 for none.
    full: AtomicU64,
}

impl Fuse {
    /// Counts from 1 again, and ends the process at step `end`.
    pub fn end_at(&self, end: u64) {
        self.set(end, 0);
    }

    /// Counts from 1 again, and has the disk full from step `full` on.
    pub fn full_from(&self, full: u64) {
        self.set(0, full);
    }

    /// Counts from 1 again, and nothing happens.
    pub fn never(&self) {
        self.set(0, 0);
    }

    /// The steps so far.
    pub fn taken(&self) -> u64 {
        self.0.taken.load(Ordering::Relaxed)
    }

    /// Whether the process is gone.
    pub fn has_ended(&self) -> bool {
        let end = self.0.end.load(Ordering::Relaxed);
        end != 0 && self.taken() >= end
    }

    /// A step that writes nothing new.
    ///
    /// # Errors
    /// When the process is gone.
    pub fn step(&self) -> Result<(), Error> {
        self.0.taken.fetch_add(1, Ordering::Relaxed);
        if self.has_ended() { Err(Error::other("the process is gone")) } else { Ok(()) }
    }

    /// A step that needs room on the disk.
    ///
    /// # Errors
    /// When the process is gone, or the disk is full.
    pub fn step_with_bytes(&self) -> Result<(), Error> {
        self.step()?;
        let full = self.0.full.load(Ordering::Relaxed);
        if full != 0 && self.taken() >= full { Err(ErrorKind::StorageFull.into()) } else { Ok(()) }
    }

    fn set(&self, end: u64, full: u64) {
        self.0.taken.store(0, Ordering::Relaxed);
        self.0.end.store(end, Ordering::Relaxed);
        self.0.full.store(full, Ordering::Relaxed);
    }
}
