//! What the programs of this package share: the workloads, and Logwright's own side of the race.

pub mod ours;
#[cfg(feature = "rivals")]
pub mod rivals;
pub mod workloads;

#[cfg(feature = "all")]
include!(concat!(env!("OUT_DIR"), "/logwright.rs"));

use logwright::event::{Envelope, ParseTime, Profile, RowId};
use logwright::json::Buffer;
use logwright::time::Timestamp;

/// The ids and the clock of a run: everyone stamps events from one of these, so that all write the same bytes.
#[derive(Clone, Debug)]
pub struct Stamps {
    /// When events are parsed.
    pub now: Timestamp,
    parse_time: ParseTime,
    count: u64,
}

impl Stamps {
    /// A new run: it gives the same ids as every other.
    pub fn new() -> Self {
        let now = Timestamp::from_unix(1_798_761_600, 123_456_789).unwrap_or_else(|| unreachable!());
        Self { now, parse_time: now.into(), count: 0 }
    }

    /// What the next event gets, where it happened at `time`.
    pub fn next(&mut self, time: Timestamp) -> Envelope<'static> {
        self.count += 1;
        let mut tail = [7; 10];
        tail[2..].copy_from_slice(&self.count.to_be_bytes());
        Envelope { row_id: RowId::new(time, tail), parse_time: self.parse_time, origin: None, profile: Profile::Lake }
    }
}

impl Default for Stamps {
    fn default() -> Self {
        Self::new()
    }
}

/// Something that parses and normalises each line of a block, and appends the events to the output, one a line.
pub type Job = Box<dyn FnMut(&[u8], &mut Out)>;

/// Where events are written to: a buffer by Logwright, a vector by all others.
#[derive(Default)]
pub struct Out {
    /// Logwright's.
    pub buffer: Buffer,
    /// The others'.
    pub vector: Vec<u8>,
}

impl Out {
    /// Forgets what has been written, and keeps the room.
    pub fn clear(&mut self) {
        self.buffer.clear();
        self.vector.clear();
    }

    /// What has been written.
    pub fn as_bytes(&self) -> &[u8] {
        if self.vector.is_empty() { self.buffer.as_bytes() } else { &self.vector }
    }
}

/// Writes where a value of a line starts and ends: what taking a line apart comes to, with no text copied.
///
/// # Panics
/// When the line is longer than 4 GiB.
#[cfg(feature = "rivals")]
pub fn write_place(start: usize, end: usize, out: &mut Vec<u8>) {
    let places = [start, end].map(|place| u32::try_from(place).expect("a short line").to_le_bytes());
    out.extend_from_slice(places.as_flattened());
}

/// The job that does this with every line.
pub fn by_line(mut each: impl FnMut(&[u8], &mut Out) + 'static) -> Job {
    Box::new(move |block, out| {
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', block) {
            each(&block[start..end], out);
            start = end + 1;
        }
    })
}
