//! The same job by other means: validate an event, normalise it, write it with its `p_` fields.
//!
//! All of them get their ids, their clock, the reading and writing of times, and the finding of addresses and names from
//! Logwright, so that what is compared is the work on JSON and lines.

#[macro_use]
mod derive;
pub mod audit;
pub mod deep;
pub mod lines;
pub mod value;
#[cfg(feature = "vrl")]
pub mod vector;
pub mod wide;

use logwright::indicators::Indicators;
use logwright::time::{TimeFormat, Timestamp, parse_text};

use crate::Stamps;

/// What every event gets, as texts whose room is used again.
#[derive(Debug, Default)]
struct Standard {
    stamps: Stamps,
    row_id: String,
    event_time: String,
    parse_time: String,
    indicators: Indicators,
}

impl Standard {
    /// The standard fields of an event that happened at `time`, in RFC 3339.
    fn next(&mut self, time: &str) -> Option<()> {
        self.stamp(parse_text(&[TimeFormat::Rfc3339], time)?);
        Some(())
    }

    /// The standard fields of an event that happened at `time`.
    fn stamp(&mut self, time: Timestamp) {
        let envelope = self.stamps.next(time);
        write_to(&mut self.row_id, |out| out.extend_from_slice(envelope.row_id.to_string().as_bytes()));
        write_lake(time, &mut self.event_time);
        if self.parse_time.is_empty() {
            write_lake(self.stamps.now, &mut self.parse_time);
        }
    }
}

fn write_lake(time: Timestamp, text: &mut String) {
    write_to(text, |out| time.write_lake(out));
}

fn write_to(text: &mut String, write: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = std::mem::take(text).into_bytes();
    bytes.clear();
    write(&mut bytes);
    *text = String::from_utf8(bytes).expect("times and ids are ASCII");
}
