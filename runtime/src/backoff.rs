//! How long to wait before the next request.
//!
//! A server that says when to come back is believed: [`asked`] takes the longest of what its headers say. One that
//! says nothing is asked again after [`exponential`] waits. And before a limit is reached at all, [`pace`] slows down.

use std::time::Duration;

use logwright::contract::Limits;
use logwright::time::Timestamp;

use crate::clock;
use crate::http::Reply;

/// The longest wait without advice of the server.
const LONGEST: f64 = 60.0;
/// No server's advice is followed for longer than this at a time; then it is asked again.
const LONGEST_ASKED: Duration = Duration::from_secs(3600);
/// Numbers from here on are read as Unix time; smaller ones as seconds from now.
const UNIX_TIME: u64 = 1_000_000_000;
/// The period of a limit whose end the server does not tell.
pub const PERIOD: Duration = Duration::from_secs(60);

/// The wait that `Retry-After` asks for: seconds, or an HTTP date against `now`, the server's time. `None` where there is no such header or it cannot be read.
pub fn retry_after(reply: &Reply, now: Timestamp) -> Option<Duration> {
    wait(reply.header("retry-after")?, now)
}

/// The wait that a reply to too many requests asks for: the longest of `Retry-After` and the contract's reset headers.
pub fn asked(reply: &Reply, limits: &Limits, now: Timestamp) -> Option<Duration> {
    retry_after(reply, now).max(reset(reply, limits, now))
}

/// The wait after that many failures in a row (from 1): 1, 2, 4 … 60 seconds, spread by a quarter to both sides by `chance` (0 to 1).
pub fn exponential(failures: u32, chance: f64) -> Duration {
    let exponent = i32::try_from(failures.saturating_sub(1)).unwrap_or(i32::MAX).min(6);
    let whole = 2_f64.powi(exponent).min(LONGEST);
    Duration::from_secs_f64((whole * (0.75 + 0.5 * chance)).clamp(1.0, LONGEST))
}

/// The wait before the next request while less than a tenth of the limit is left. `None` where the reply does not tell what is left.
pub fn pace(reply: &Reply, limits: &Limits, now: Timestamp) -> Option<Duration> {
    let number = |names: &[&str]| names.iter().find_map(|name| reply.header(name)?.trim().parse::<u32>().ok());
    let remaining = number(limits.remaining_headers)?;
    let limit = number(limits.limit_headers).unwrap_or(limits.requests_per_minute);
    Some(spread(remaining, limit, reset(reply, limits, now).unwrap_or(PERIOD)))
}

/// What is left of a limit, once that is less than a tenth, spread over the rest of its period.
pub fn spread(remaining: u32, limit: u32, rest: Duration) -> Duration {
    if u64::from(remaining) * 10 >= u64::from(limit) {
        return Duration::ZERO;
    }
    (rest / remaining.saturating_add(1)).min(PERIOD)
}

/// The server's time in the `Date` header.
pub fn date(reply: &Reply) -> Option<Timestamp> {
    http_date(reply.header("date")?)
}

fn reset(reply: &Reply, limits: &Limits, now: Timestamp) -> Option<Duration> {
    let waits = limits.reset_headers.iter().filter_map(|name| wait(reply.header(name)?, now));
    waits.max()
}

/// A wait in one of the forms that servers use. Never longer than an hour.
fn wait(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim();
    let wait = if let Ok(number) = text.parse::<u64>() {
        match i64::try_from(number).ok().and_then(|number| Timestamp::from_unix(number, 0)) {
            Some(time) if number >= UNIX_TIME => clock::between(now, time),
            _ => Duration::from_secs(number),
        }
    } else if let Ok(seconds) = text.parse::<f64>() {
        Duration::try_from_secs_f64(seconds).ok()?
    } else {
        let time = http_date(text).or_else(|| text.parse().ok())?;
        clock::between(now, time)
    };
    Some(wait.min(LONGEST_ASKED))
}

fn http_date(text: &str) -> Option<Timestamp> {
    httpdate::parse_http_date(text).ok().map(Timestamp::from_system)
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

    const LIMITS: Limits = Limits {
        requests_per_minute: 700,
        remaining_headers: &["ratelimit-remaining", "x-rate-limit-remaining"],
        limit_headers: &["ratelimit-limit"],
        reset_headers: &["ratelimit-reset"],
    };

    fn reply(headers: &[(&'static str, &str)]) -> Reply {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        }
        Reply { status: 429, headers: map, body: Vec::new() }
    }

    fn now() -> Timestamp {
        "2026-11-22T12:00:00Z".parse().unwrap()
    }

    fn asks(headers: &[(&'static str, &str)]) -> Option<u64> {
        asked(&reply(headers), &LIMITS, now()).map(|wait| wait.as_secs())
    }

    #[test]
    fn every_form_of_advice_is_read_and_the_longest_wins() {
        assert_eq!(asks(&[]), None);
        assert_eq!(asks(&[("retry-after", "0")]), Some(0));
        assert_eq!(asks(&[("retry-after", "7")]), Some(7));
        assert_eq!(asks(&[("retry-after", "Sun, 22 Nov 2026 12:00:30 GMT")]), Some(30));
        assert_eq!(asks(&[("retry-after", "Sun, 22 Nov 2026 11:00:00 GMT")]), Some(0));
        assert_eq!(asks(&[("retry-after", "soon")]), None);
        assert_eq!(asks(&[("ratelimit-reset", "2026-11-22T12:00:40Z")]), Some(40));
        assert_eq!(asks(&[("ratelimit-reset", "1795348850")]), Some(50));
        assert_eq!(asks(&[("retry-after", "7"), ("ratelimit-reset", "9")]), Some(9));
        assert_eq!(asks(&[("retry-after", "11"), ("ratelimit-reset", "9")]), Some(11));
        assert_eq!(asks(&[("retry-after", "999999999")]), Some(3600));
        assert_eq!(asks(&[("retry-after", "18446744073709551615")]), Some(3600));
    }

    #[test]
    fn exponential_waits_stay_between_one_and_sixty_seconds() {
        let middle: Vec<_> = (1..=9).map(|n| exponential(n, 0.5).as_secs()).collect();
        assert_eq!(middle, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert!(exponential(4, 0.0) < exponential(4, 1.0));
        for chance in [0.0, 1.0] {
            assert!(exponential(1, chance) >= Duration::from_secs(1));
            assert!(exponential(u32::MAX, chance) <= Duration::from_secs(60));
        }
    }

    #[test]
    fn below_a_tenth_the_rest_is_spread_over_the_period() {
        let wait = |headers: &[_]| pace(&reply(headers), &LIMITS, now()).unwrap();
        assert_eq!(pace(&reply(&[]), &LIMITS, now()), None);
        assert_eq!(wait(&[("ratelimit-remaining", "70")]), Duration::ZERO);
        assert_eq!(wait(&[("ratelimit-remaining", "69")]), Duration::from_secs(60) / 70);
        let headers = [("x-rate-limit-remaining", "4"), ("ratelimit-limit", "100"), ("ratelimit-reset", "20")];
        assert_eq!(wait(&headers), Duration::from_secs(4));
        assert_eq!(wait(&[("ratelimit-remaining", "0"), ("ratelimit-reset", "30")]).as_secs(), 30);
    }
}
