//! Where events go.
//!
//! A sink takes one page at a time and returns only when the page is safe with it: that is the acknowledgement on which
//! state is committed. After a crash between the two, the same page comes again under the same [`Segment`], so that a
//! sink that keeps segments apart overwrites, and nothing doubles.

mod compression;
mod files;
mod stdout;

use std::fmt;

use logwright::time::Timestamp;

use crate::config::{Destination, Output};
use crate::failure::Failure;

pub use compression::Compression;
pub use files::Files;
pub use stdout::Lines;

/// A place that takes events.
pub trait Sink: Send {
    /// Takes a page of events for good. Where the sink keeps segments apart, the page takes the place of whatever an earlier
    /// attempt left under its segment; a page without events does that alone.
    ///
    /// # Errors
    /// When it cannot; none of the page may then be relied on to be there.
    fn deliver(&mut self, page: &Delivery<'_>) -> Result<(), Failure>;
}

/// One page of events.
#[derive(Clone, Copy)]
pub struct Delivery<'d> {
    /// The configured name of the source.
    pub source_name: &'d str,
    /// The log type.
    pub log_type: &'d str,
    /// What names the page.
    pub segment: Segment,
    /// Whether a page may have been delivered under this segment before, by a pull that was stopped before its commit.
    pub again: bool,
    /// The time of each event, in the order of `lines`.
    pub times: &'d [Timestamp],
    /// The events, one JSON object a line.
    pub lines: &'d [u8],
}

/// What names a page: it follows from the state alone, and no other page of the source and log type has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The end of the window.
    pub window_end: Timestamp,
    /// The number of the window, counted over the life of the state.
    pub window: u64,
    /// The number of the page within the window.
    pub page: u64,
}

/// The sink that a configuration names.
///
/// # Errors
/// When the folder for files cannot be made.
pub fn open(output: &Output) -> Result<Box<dyn Sink>, Failure> {
    Ok(match &output.to {
        Destination::Stdout => Box::new(Lines::new(std::io::stdout())),
        Destination::Files { folder, compression } => Box::new(Files::new(folder)?.packed(*compression)),
    })
}

impl fmt::Debug for Delivery<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("source_name", &self.source_name)
            .field("log_type", &self.log_type)
            .field("segment", &self.segment)
            .field("events", &self.times.len())
            .finish_non_exhaustive()
    }
}
