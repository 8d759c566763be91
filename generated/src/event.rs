//! The normalised event: a record's own fields, then the standard `p_` fields.
//!
//! What the record cannot know (its row id, when it was parsed, where it came from) comes in an [`Envelope`].
//!
//! ```
//! # #[cfg(feature = "zendesk")] {
//! use logwright::event::{Envelope, Profile, RowId, write_event};
//! use logwright::indicators::Indicators;
//! use logwright::json::Buffer;
//! use logwright::log_types::zendesk::Audit;
//! use logwright::time::Timestamp;
//!
//! let audit = Audit::parse(br#"{"id": 7, "created_at": "2026-03-01T11:32:44Z"}"#).unwrap();
//! let now = Timestamp::from_unix(1_772_366_000, 0).unwrap();
//! let envelope = Envelope { row_id: RowId::new(now, [7; 10]), parse_time: now.into(), origin: None, profile: Profile::Lake };
//!
//! let mut out = Buffer::default();
//! write_event(&audit, &envelope, &mut Indicators::default(), &mut out);
//! assert!(out.as_bytes().starts_with(br#"{"created_at":"2026-03-01 11:32:44.000000000","id":7,"p_log_type":"Zendesk.Audit""#));
//! # }
//! ```

use std::fmt;

use crate::indicators::{IndicatorList, Indicators};
use crate::json::{Buffer, Bytes, Key, ObjectWriter, write_bytes, write_plain, write_plain_with};
use crate::log_type::{Object, Record};
use crate::time::{QUOTED_LAKE, Timestamp, quoted};

/// How times are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// Every time as `YYYY-MM-DD HH:MM:SS.nnnnnnnnn` in UTC, ready for a data lake.
    #[default]
    Lake,
    /// Fields in the format in which they were read; `p_` times in RFC 3339 UTC.
    Source,
}

/// An event's id: unique, opaque, and sortable by the event's time. Printed as 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowId([u8; 16]);

impl RowId {
    /// An id whose head is `time` in milliseconds and whose tail tells events of one millisecond apart.
    ///
    /// The caller chooses the tail: random, or a hash of what identifies the event so that a repeat has the same id.
    /// Times before 1970 count as 1970.
    pub fn new(time: Timestamp, tail: [u8; 10]) -> Self {
        let head = u64::try_from(time.unix_millis()).unwrap_or(0).to_be_bytes();
        let mut id = [0; 16];
        id[..6].copy_from_slice(&head[2..]);
        id[6..].copy_from_slice(&tail);
        Self(id)
    }

    /// It as it is printed.
    fn digits(self) -> [u8; 32] {
        // Both halves of a byte side by side, then the digits of both at once: the compiler makes vectors of that.
        let pairs = self.0.map(|byte| {
            let both = u16::from(byte) * 0x0101;
            let halves = (both >> 4 & 0x000F) | (both & 0x0F00);
            let is_letter = (halves + 0x0606) >> 4 & 0x0101;
            (halves + 0x3030 + is_letter * u16::from(b'a' - b'0' - 10)).to_le_bytes()
        });
        let mut digits = [0; 32];
        digits.copy_from_slice(pairs.as_flattened());
        digits
    }
}

impl fmt::Display for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

/// What an event gets that is not in the record.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'e> {
    /// The event's `p_row_id`.
    pub row_id: RowId,
    /// When it was parsed, for `p_parse_time`.
    pub parse_time: ParseTime,
    /// Where it was pulled from, if it was.
    pub origin: Option<Origin<'e>>,
    /// How times are written.
    pub profile: Profile,
}

/// When events were parsed. It is the same for many of them, so its text is made once: make one for each batch.
#[derive(Clone, Copy, Debug)]
pub struct ParseTime {
    time: Timestamp,
    quoted_lake: [u8; QUOTED_LAKE],
}

impl From<Timestamp> for ParseTime {
    fn from(time: Timestamp) -> Self {
        Self { time, quoted_lake: time.quoted_lake() }
    }
}

/// The configured source that an event was pulled from.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'e> {
    /// `p_source_id`.
    pub source_id: &'e str,
    /// `p_source_label`.
    pub source_label: &'e str,
}

/// Appends `record` to `out` as one JSON object, without a line break. `indicators` is cleared, then used as work space. Both
/// are best kept for the next event: [clear](Buffer::clear) `out` when its bytes have gone where they should.
pub fn write_event(record: &dyn Record, envelope: &Envelope<'_>, indicators: &mut Indicators, out: &mut Buffer) {
    write_object_as_event(record.schema().log_type, record, envelope, indicators, out);
}

/// The same for an event whose schema is not part of the program: of `log_type` it needs the name alone.
pub fn write_object_as_event(
    log_type: &str,
    record: &(impl Object + ?Sized),
    envelope: &Envelope<'_>,
    indicators: &mut Indicators,
    out: &mut Buffer,
) {
    indicators.clear();
    let mut object = ObjectWriter::new(out, envelope.profile);
    object.begin();
    object.output().indicators = Some(indicators);
    let time = record.write_event(&mut object);
    // A log type is named with letters, digits and dots.
    if !write_plain_with(&P_LOG_TYPE, log_type.as_bytes(), object.output()) {
        write_plain(log_type.as_bytes(), object.member("p_log_type"));
    }
    let output = object.output();
    let row_id = envelope.row_id.digits();
    match envelope.profile {
        Profile::Lake => output.lake_fields(&row_id, time, &envelope.parse_time.quoted_lake),
        Profile::Source => {
            write_plain(&row_id, object.member("p_row_id"));
            let parse_time = envelope.parse_time.time;
            for (key, time) in [("p_event_time", time.unwrap_or(parse_time)), ("p_parse_time", parse_time)] {
                object.member(key).append(|bytes| quoted(bytes, |bytes| time.write_rfc3339_utc(bytes)));
            }
        }
    }
    if let Some(origin) = envelope.origin {
        write_bytes(origin.source_id.as_bytes(), object.member("p_source_id"));
        write_bytes(origin.source_label.as_bytes(), object.member("p_source_label"));
    }
    if let Some(indicators) = object.output().indicators.take() {
        write_indicators(indicators, &mut object);
    }
    object.finish();
}

/// The key of the first standard field.
static P_LOG_TYPE: Key = Key::new("p_log_type");

/// The lists' names as they stand in an event.
static LISTS: [Key; IndicatorList::ALL.len()] = {
    let mut keys = [Key::NONE; IndicatorList::ALL.len()];
    let mut at = 0;
    while at < keys.len() {
        keys[at] = Key::new(IndicatorList::ALL[at].name());
        at += 1;
    }
    keys
};

fn write_indicators(indicators: &mut Indicators, object: &mut ObjectWriter<'_>) {
    indicators.sort();
    for (list, texts) in indicators.lists_of_bytes() {
        let output = object.member_of(&LISTS[list as usize], list.name());
        for (index, (text, is_plain)) in texts.enumerate() {
            output.push(if index == 0 { b'[' } else { b',' });
            if is_plain { write_plain(text, output) } else { write_bytes(text, output) }
        }
        output.push(b']');
    }
}
