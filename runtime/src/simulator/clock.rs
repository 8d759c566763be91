//! The stand-in's clock, and times as its API writes and reads them.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use logwright::time::{TimeFormat, Timestamp, parse_number, parse_text};

/// Tells the time. A test passes one that it moves by hand.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The clock of this computer.
pub fn system_clock() -> Clock {
    Arc::new(|| Timestamp::from_system(SystemTime::now()))
}

/// `time`, `seconds` later, or earlier where they are negative; `time` itself where the calendar ends.
pub(super) fn shift(time: Timestamp, seconds: i64) -> Timestamp {
    time.unix_seconds()
        .checked_add(seconds)
        .and_then(|seconds| Timestamp::from_unix(seconds, time.subsec_nanos()))
        .unwrap_or(time)
}

/// The same instant for the standard library; times before 1970 count as 1970.
pub(super) fn to_system(time: Timestamp) -> SystemTime {
    let seconds = u64::try_from(time.unix_seconds()).unwrap_or(0);
    SystemTime::UNIX_EPOCH + Duration::new(seconds, time.subsec_nanos())
}

/// `time` as a JSON value in the first of `formats`.
pub(super) fn time_json(formats: &[TimeFormat<'static>], time: Timestamp) -> String {
    let mut json = Vec::new();
    TimeFormat::write(formats, &time, &mut json);
    String::from_utf8_lossy(&json).into_owned()
}

/// The time that a JSON value is in one of `formats`.
pub(super) fn time_of(formats: &[TimeFormat<'static>], value: &serde_json::Value) -> Option<Timestamp> {
    match value {
        serde_json::Value::String(text) => parse_text(formats, text),
        serde_json::Value::Number(number) => parse_number(formats, &number.to_string()),
        _ => None,
    }
}
