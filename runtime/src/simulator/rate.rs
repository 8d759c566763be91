//! The rate limit: requests are counted by the minute of the server's clock, and the rest are refused.

use logwright::time::Timestamp;

/// The count of the current minute.
#[derive(Debug, Default)]
pub(super) struct Rate {
    minute: i64,
    used: u32,
}

/// What is left after a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Left {
    /// Requests that a minute allows.
    pub(super) limit: u32,
    /// Requests left in this minute.
    pub(super) remaining: u32,
    /// Seconds until the next minute begins.
    pub(super) reset: u64,
    /// Whether this request was one too many.
    pub(super) exceeded: bool,
}

impl Rate {
    /// Counts a request at `now`, of which `limit` are allowed per minute.
    pub(super) fn count(&mut self, now: Timestamp, limit: u32) -> Left {
        let (minute, second) = (now.unix_seconds().div_euclid(60), now.unix_seconds().rem_euclid(60));
        if minute != self.minute {
            *self = Self { minute, used: 0 };
        }
        let exceeded = self.used >= limit;
        self.used = self.used.saturating_add(u32::from(!exceeded));
        let reset = u64::try_from(60 - second).unwrap_or(60);
        Left { limit, remaining: limit.saturating_sub(self.used), reset, exceeded }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::time;
    use super::*;

    #[test]
    fn a_minute_allows_its_number_of_requests_and_the_next_one_allows_them_again() {
        let mut rate = Rate::default();
        let minute = 1_767_225_600;
        assert_eq!(rate.count(time(minute), 2).remaining, 1);
        assert!(!rate.count(time(minute + 1), 2).exceeded);
        let refused = rate.count(time(minute + 50), 2);
        assert_eq!((refused.exceeded, refused.remaining, refused.reset), (true, 0, 10));
        assert!(!rate.count(time(minute + 60), 2).exceeded);
    }
}
