//! Instants and the formats in which logs write them.
use std::time::SystemTime;
/// An instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp { seconds: i64, nanos: u32 }
impl Timestamp {
    /// From Unix time.
    pub const fn from_unix(seconds: i64, nanos: u32) -> Option<Self> { Some(Self { seconds, nanos }) }
    /// Whole seconds since 1970.
    pub const fn unix_seconds(self) -> i64 { self.seconds }
    /// Nanoseconds of the second.
    pub const fn subsec_nanos(self) -> u32 { self.nanos }
    /// From the system's clock.
    pub fn from_system(time: SystemTime) -> Self { let d = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default(); Self { seconds: d.as_secs() as i64, nanos: d.subsec_nanos() } }
}
/// How a log writes instants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeFormat<'p> {
    /// RFC 3339.
    Rfc3339,
    /// Unix seconds.
    Unix,
    /// A pattern.
    Pattern(&'p [Part<'p>]),
}
/// A part of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'p> {
    /// Text.
    Literal(&'p str),
}
