//! Time and chance, injected: the engine never asks the system for either.
//!
//! [`System`] is the real thing. [`Manual`] stands still until somebody sleeps, then jumps; with it
//! an hour of back-off takes no time in a test, and every wait can be looked at afterwards.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use logwright::time::Timestamp;

/// A difference between the server's clock and ours that is worth a warning, and that no request takes.
pub const SKEW: Duration = Duration::from_secs(60);

/// A sleep that can be awaited.
pub type Sleep<'c> = Pin<Box<dyn Future<Output = ()> + Send + 'c>>;

/// Where time and chance come from.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Timestamp;

    /// Waits.
    fn sleep(&self, duration: Duration) -> Sleep<'_>;

    /// A number from 0 to 1, for spreading waits so that many clients do not come back together.
    fn chance(&self) -> f64;
}

/// The machine's own clock and its randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

impl Clock for System {
    fn now(&self) -> Timestamp {
        Timestamp::from_system(SystemTime::now())
    }

    fn sleep(&self, duration: Duration) -> Sleep<'_> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn chance(&self) -> f64 {
        // The standard library seeds every `RandomState` differently; nothing better is needed for spreading.
        let number = RandomState::new().build_hasher().finish() >> 32;
        f64::from(u32::try_from(number).unwrap_or(u32::MAX)) / f64::from(u32::MAX)
    }
}

/// A clock that stands still: sleeping moves it at once. Chance is always one half.
#[derive(Debug)]
pub struct Manual {
    state: Mutex<(Timestamp, Vec<Duration>)>,
}

impl Manual {
    /// A clock that shows `start`.
    pub fn new(start: Timestamp) -> Self {
        Self { state: Mutex::new((start, Vec::new())) }
    }

    /// Moves the clock forward without a sleep.
    pub fn advance(&self, duration: Duration) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.0 = later(state.0, duration);
    }

    /// Every sleep so far, in order.
    pub fn waits(&self) -> Vec<Duration> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).1.clone()
    }
}

impl Clock for Manual {
    fn now(&self) -> Timestamp {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).0
    }

    fn sleep(&self, duration: Duration) -> Sleep<'_> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.0 = later(state.0, duration);
        state.1.push(duration);
        Box::pin(std::future::ready(()))
    }

    fn chance(&self) -> f64 {
        0.5
    }
}

/// `time` moved forward; held at the greatest time there is.
pub fn later(time: Timestamp, by: Duration) -> Timestamp {
    from_nanos(nanos(time).saturating_add(i64::try_from(by.as_nanos()).unwrap_or(i64::MAX)))
}

/// `time` moved back.
pub fn earlier(time: Timestamp, by: Duration) -> Timestamp {
    from_nanos(nanos(time).saturating_sub(i64::try_from(by.as_nanos()).unwrap_or(i64::MAX)))
}

/// How long after `earlier` `later` is; zero when it is not after.
pub fn between(earlier: Timestamp, later: Timestamp) -> Duration {
    Duration::from_nanos(u64::try_from(nanos(later).saturating_sub(nanos(earlier))).unwrap_or(0))
}

/// `time` without its fraction of a second.
pub fn whole_seconds(time: Timestamp) -> Timestamp {
    Timestamp::from_unix(time.unix_seconds(), 0).unwrap_or(time)
}

/// Nanoseconds since 1970, held within the years 1678 to 2261: the form in which state keeps a time.
pub fn nanos(time: Timestamp) -> i64 {
    time.unix_seconds().saturating_mul(1_000_000_000).saturating_add(i64::from(time.subsec_nanos()))
}

/// The time of [`nanos`].
pub fn from_nanos(nanos: i64) -> Timestamp {
    let since = Duration::from_nanos(nanos.unsigned_abs());
    let epoch = SystemTime::UNIX_EPOCH;
    let time = if nanos < 0 { epoch.checked_sub(since) } else { epoch.checked_add(since) };
    Timestamp::from_system(time.unwrap_or(epoch))
}

/// `time` as RFC 3339 in UTC, for messages and file names.
pub fn text(time: Timestamp) -> String {
    let mut out = Vec::new();
    time.write_rfc3339_utc(&mut out);
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn nanoseconds_go_there_and_back_before_and_after_1970() {
        for time in ["1969-12-31T23:59:59.25Z", "1970-01-01T00:00:00Z", "2026-11-22T10:00:00.000000001Z"] {
            assert_eq!(from_nanos(nanos(at(time))), at(time));
        }
    }

    #[test]
    fn moving_is_exact_and_a_difference_is_never_negative() {
        let noon = at("2026-11-22T12:00:00Z");
        assert_eq!(later(noon, Duration::from_secs(60)), at("2026-11-22T12:01:00Z"));
        assert_eq!(earlier(noon, Duration::from_millis(1)), at("2026-11-22T11:59:59.999Z"));
        assert_eq!(between(noon, earlier(noon, Duration::from_secs(1))), Duration::ZERO);
    }

    #[test]
    fn a_sleep_moves_the_manual_clock_and_is_noted() {
        let clock = Manual::new(at("2026-11-22T12:00:00Z"));
        drop(clock.sleep(Duration::from_secs(3)));
        assert_eq!(clock.now(), at("2026-11-22T12:00:03Z"));
        assert_eq!(clock.waits(), [Duration::from_secs(3)]);
    }

    #[test]
    fn chance_is_from_zero_to_one() {
        for _ in 0..100 {
            assert!((0.0..=1.0).contains(&System.chance()));
        }
    }
}
