//! [`Timestamp`]: an instant, the offset it was written in, and what it takes to write it back.
//!
//! Sixteen bytes, copied freely. Two timestamps are equal when they name the same instant, whatever
//! their offsets; so they sort and hash by the instant alone.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

use super::rfc3339::{self, QUOTED_LAKE};

/// 0000-01-01T00:00:00Z.
const MIN: i64 = -62_167_219_200;
/// 9999-12-31T23:59:59Z.
const MAX: i64 = 253_402_300_799;
/// An offset reaches from -23:59 to +23:59 (RFC 3339, section 5.6).
const MAX_OFFSET: i16 = 23 * 60 + 59;

/// An instant between the years 0000 and 9999, to the nanosecond.
///
/// ```
/// use logwright::time::Timestamp;
///
/// let time: Timestamp = "2021-05-28T20:39:50.500+02:00".parse()?;
/// assert_eq!(time.unix_seconds(), 1_622_227_190);
/// assert_eq!(time, "2021-05-28T18:39:50.5Z".parse()?);
/// assert_eq!(time.to_string(), "2021-05-28T20:39:50.5+02:00");
/// # Ok::<(), logwright::time::NotRfc3339>(())
/// ```
#[derive(Clone, Copy, Default)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
    offset_minutes: i16,
    /// Index of the format that matched in the field's list of formats.
    format: u8,
    /// What that format needs to write the time back: a unit, or a zone name and a digit count.
    detail: u8,
}

impl Timestamp {
    /// The instant `seconds` and `nanos` after 1970-01-01T00:00:00Z.
    ///
    /// None outside the years 0000 to 9999, or when `nanos` makes a second.
    pub const fn from_unix(seconds: i64, nanos: u32) -> Option<Self> {
        Self::with_offset(seconds, nanos, 0)
    }

    /// The instant of the system's clock, held within the years 0000 to 9999.
    pub fn from_system(time: SystemTime) -> Self {
        let (seconds, nanos) = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => (i64::try_from(after.as_secs()).unwrap_or(MAX), after.subsec_nanos()),
            Err(before) => {
                let before = before.duration();
                let seconds = i64::try_from(before.as_secs()).unwrap_or(-MIN);
                match before.subsec_nanos() {
                    0 => (-seconds, 0),
                    nanos => (-seconds - 1, 1_000_000_000 - nanos),
                }
            }
        };
        let seconds = seconds.clamp(MIN, MAX);
        Self { seconds, nanos, offset_minutes: 0, format: 0, detail: 0 }
    }

    /// The time that `YYYY-MM-DDTHH:MM:SSZ` is. None for what is none, and for some that are.
    #[inline]
    pub(crate) fn from_plain_rfc3339(text: &[u8; 20]) -> Option<Self> {
        rfc3339::plain(text)
    }

    /// Whole seconds since the Unix epoch, rounded down.
    pub const fn unix_seconds(&self) -> i64 {
        self.seconds
    }

    /// Nanoseconds since [`unix_seconds`](Self::unix_seconds), below 1,000,000,000.
    pub const fn subsec_nanos(&self) -> u32 {
        self.nanos
    }

    /// Minutes east of UTC of the zone the time was written in; 0 when none was.
    pub const fn offset_minutes(&self) -> i16 {
        self.offset_minutes
    }

    /// Whole milliseconds since the Unix epoch, rounded down.
    pub const fn unix_millis(&self) -> i64 {
        self.seconds * 1_000 + (self.nanos / 1_000_000) as i64
    }

    /// Writes `YYYY-MM-DD HH:MM:SS.nnnnnnnnn` in UTC, without quotes.
    pub fn write_lake(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.quoted_lake()[1..QUOTED_LAKE - 1]);
    }

    /// The same in quotes.
    pub(crate) fn quoted_lake(&self) -> [u8; QUOTED_LAKE] {
        rfc3339::quoted_lake(self)
    }

    /// Writes RFC 3339 in the time's own offset, `Z` for none, with the fraction's trailing zeros cut.
    pub fn write_rfc3339(&self, out: &mut Vec<u8>) {
        rfc3339::write(self, self.offset_minutes, out);
    }

    /// Writes RFC 3339 in UTC, with the fraction's trailing zeros cut.
    pub fn write_rfc3339_utc(&self, out: &mut Vec<u8>) {
        rfc3339::write(self, 0, out);
    }

    /// None when the instant, or the clock at that offset, is outside the years 0000 to 9999.
    pub(super) const fn with_offset(seconds: i64, nanos: u32, offset_minutes: i16) -> Option<Self> {
        if seconds < MIN || seconds > MAX || nanos > 999_999_999 {
            return None;
        }
        if offset_minutes < -MAX_OFFSET || offset_minutes > MAX_OFFSET {
            return None;
        }
        let local = seconds + offset_minutes as i64 * 60;
        if local < MIN || local > MAX {
            return None;
        }
        Some(Self { seconds, nanos, offset_minutes, format: 0, detail: 0 })
    }

    /// The instant `total` nanoseconds after the Unix epoch.
    pub(super) fn from_total_nanos(total: i128) -> Option<Self> {
        let seconds = i64::try_from(total.div_euclid(1_000_000_000)).ok()?;
        let nanos = u32::try_from(total.rem_euclid(1_000_000_000)).ok()?;
        Self::from_unix(seconds, nanos)
    }

    /// Nanoseconds since the Unix epoch.
    pub(super) fn total_nanos(&self) -> i128 {
        i128::from(self.seconds) * 1_000_000_000 + i128::from(self.nanos)
    }

    pub(super) const fn format(&self) -> u8 {
        self.format
    }

    pub(super) const fn detail(&self) -> u8 {
        self.detail
    }

    pub(super) const fn read_by(self, format: u8) -> Self {
        Self { format, ..self }
    }

    pub(super) const fn with_detail(self, detail: u8) -> Self {
        Self { detail, ..self }
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        (self.seconds, self.nanos) == (other.seconds, other.nanos)
    }
}

impl Eq for Timestamp {}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.seconds, self.nanos).cmp(&(other.seconds, other.nanos))
    }
}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.seconds, self.nanos).hash(state);
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Vec::with_capacity(35);
        self.write_rfc3339(&mut text);
        f.pad(str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Timestamp {
    type Err = NotRfc3339;

    fn from_str(text: &str) -> Result<Self, NotRfc3339> {
        rfc3339::parse(text.as_bytes()).ok_or(NotRfc3339)
    }
}

/// A text that was to be an RFC 3339 time and is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotRfc3339;

impl fmt::Display for NotRfc3339 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an RFC 3339 time; write it like 2026-11-01T00:00:00Z")
    }
}

impl std::error::Error for NotRfc3339 {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use std::time::Duration;

    #[test]
    fn is_sixteen_bytes() {
        assert_eq!(size_of::<Timestamp>(), 16);
    }

    #[test]
    fn the_range_is_what_four_digits_of_year_can_write() {
        assert_eq!(Timestamp::from_unix(MIN, 0).unwrap().to_string(), "0000-01-01T00:00:00Z");
        let last = Timestamp::from_unix(MAX, 999_999_999).unwrap();
        assert_eq!(last.to_string(), "9999-12-31T23:59:59.999999999Z");
        assert!(Timestamp::from_unix(MIN - 1, 0).is_none());
        assert!(Timestamp::from_unix(MAX + 1, 0).is_none());
        assert!(Timestamp::from_unix(0, 1_000_000_000).is_none());
        assert!(Timestamp::with_offset(MAX, 0, 1).is_none());
        assert!(Timestamp::with_offset(MIN, 0, -1).is_none());
        assert!(Timestamp::with_offset(0, 0, 24 * 60).is_none());
    }

    #[test]
    fn compares_and_hashes_by_instant() {
        let east: Timestamp = "2021-05-28T20:39:50+02:00".parse().unwrap();
        let utc: Timestamp = "2021-05-28T18:39:50Z".parse().unwrap();
        let later: Timestamp = "2021-05-28T18:39:50.000000001Z".parse().unwrap();
        assert_eq!(east, utc);
        assert_eq!(HashSet::from([east, utc]).len(), 1);
        assert!(east < later && later > utc);
        assert_eq!((east.offset_minutes(), utc.offset_minutes()), (120, 0));
    }

    #[test]
    fn milliseconds_round_down() {
        let before = Timestamp::from_unix(-1, 999_999_999).unwrap();
        assert_eq!((before.unix_seconds(), before.unix_millis()), (-1, -1));
        assert_eq!(Timestamp::from_unix(1, 999_999_999).unwrap().unix_millis(), 1_999);
    }

    #[test]
    fn the_system_clock_converts_on_both_sides_of_the_epoch() {
        let half = Duration::from_millis(500);
        let after = Timestamp::from_system(UNIX_EPOCH + half);
        let before = Timestamp::from_system(UNIX_EPOCH - half);
        assert_eq!(after.to_string(), "1970-01-01T00:00:00.5Z");
        assert_eq!(before.to_string(), "1969-12-31T23:59:59.5Z");
        let far = UNIX_EPOCH + Duration::from_secs(366 * 86_400 * 9_000);
        assert_eq!(Timestamp::from_system(far).unix_seconds(), MAX);
    }
}
