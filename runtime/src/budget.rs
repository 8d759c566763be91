//! How fast an account may be asked: one budget for everything that asks it.
//!
//! A vendor's limit holds for the account, however many logs, lanes and sources of ours share it. So each request takes its
//! [turn](Budget::turn) here. Above a tenth of the limit the turn is at once; below it, turns are spaced so that what is left lasts for the rest
//! of the period; after a 429 nobody has a turn until the wait is over. What is left is taken from the answers' headers. Where there are
//! none, our own requests are counted against the contract's `requests_per_minute`.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use logwright::contract::Limits;
use logwright::time::Timestamp;

use crate::backoff;
use crate::clock::Clock;
use crate::clock::{between, later};
use crate::http::Reply;

/// The budget of an account.
#[derive(Debug, Default)]
pub struct Budget(Mutex<Account>);

#[derive(Debug, Default)]
struct Account {
    /// Between two turns.
    space: Duration,
    /// The next turn that nobody has.
    free_at: Option<Timestamp>,
    /// When an answer last told what is left.
    told_at: Option<Timestamp>,
    /// After a 429: no turn before this.
    closed_until: Option<Timestamp>,
    /// The minute in which requests are counted, and how many there were.
    minute: Option<Timestamp>,
    sent: u32,
}

impl Budget {
    /// Waits until the next request may be sent.
    pub async fn turn(&self, clock: &dyn Clock) {
        let turn = self.account().take_turn(clock.now());
        loop {
            let now = clock.now();
            // It may have been closed while this waited.
            let wait = between(now, turn.max(self.account().closed_until.unwrap_or(turn)));
            if wait.is_zero() {
                return;
            }
            tracing::debug!(?wait, "near or at the rate limit");
            clock.sleep(wait).await;
        }
    }

    /// Learns from an answer what is left. One that does not say, such as a gateway's for a server that is not well, changes
    /// nothing of what was said in the same period.
    pub fn heard(&self, reply: &Reply, limits: &Limits, now: Timestamp) {
        let server_now = backoff::date(reply).unwrap_or(now);
        let told = backoff::pace(reply, limits, server_now);
        let mut account = self.account();
        account.space = match told {
            None if account.told_at.is_some_and(|at| between(at, now) < backoff::PERIOD) => return,
            None => account.counted(limits, now),
            Some(space) => {
                account.told_at = Some(now);
                space
            }
        };
        let next = (!account.space.is_zero()).then(|| later(now, account.space));
        account.free_at = next.max(account.free_at.filter(|_| next.is_some()));
    }

    /// No turn for as long as this.
    pub fn close(&self, wait: Duration, now: Timestamp) {
        let mut account = self.account();
        account.closed_until = account.closed_until.max(Some(later(now, wait)));
        // This wait is the pace that the reply asks for.
        (account.space, account.free_at) = (Duration::ZERO, None);
    }

    fn account(&self) -> MutexGuard<'_, Account> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Account {
    fn take_turn(&mut self, now: Timestamp) -> Timestamp {
        let turn = self.free_at.map_or(now, |free_at| free_at.max(now));
        // It counts in the minute in which it will be sent.
        if self.minute.is_none_or(|began| between(began, turn) >= backoff::PERIOD || began > turn) {
            (self.minute, self.sent) = (Some(turn), 0);
        }
        self.sent = self.sent.saturating_add(1);
        self.free_at = (!self.space.is_zero()).then(|| later(turn, self.space));
        turn
    }

    /// The space between turns by our own count.
    fn counted(&self, limits: &Limits, now: Timestamp) -> Duration {
        let limit = limits.requests_per_minute;
        let ends = later(self.minute.unwrap_or(now), backoff::PERIOD);
        backoff::spread(limit.saturating_sub(self.sent), limit, between(now, ends))
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderMap, HeaderValue};

    use super::*;
    use crate::clock::Manual;
    use crate::testing::{noon, zendesk};

    fn reply(headers: &[(&'static str, &'static str)]) -> Reply {
        let headers = headers
            .iter()
            .map(|(name, value)| (reqwest::header::HeaderName::from_static(name), HeaderValue::from_static(value)));
        Reply { status: 200, headers: headers.collect::<HeaderMap>(), body: Vec::new() }
    }

    fn seconds(clock: &Manual) -> Vec<u64> {
        clock.waits().iter().map(Duration::as_secs).collect()
    }

    #[tokio::test]
    async fn below_a_tenth_those_who_ask_at_once_get_turns_one_after_the_other() {
        let (budget, clock) = (Budget::default(), Manual::new(noon()));
        let limits = &zendesk().limits;
        budget.turn(&clock).await;
        let low = [("ratelimit-remaining", "4"), ("ratelimit-limit", "700"), ("ratelimit-reset", "20")];
        budget.heard(&reply(&low), limits, noon());
        let turns: Vec<_> = (0..3).map(|_| budget.account().take_turn(noon())).collect();
        assert_eq!(turns, [4, 8, 12].map(|after| later(noon(), Duration::from_secs(after))));
        // With the next period the limit is far again.
        budget.heard(&reply(&[("ratelimit-remaining", "600"), ("ratelimit-limit", "700")]), limits, noon());
        budget.turn(&clock).await;
        assert!(clock.waits().is_empty());
    }

    #[tokio::test]
    async fn an_answer_that_does_not_say_what_is_left_is_no_licence_to_hurry() {
        let (budget, limits) = (Budget::default(), &zendesk().limits);
        let low = [("ratelimit-remaining", "4"), ("ratelimit-limit", "700"), ("ratelimit-reset", "20")];
        budget.heard(&reply(&low), limits, noon());
        budget.heard(&reply(&[]), limits, noon());
        let space = |budget: &Budget| budget.account().space.as_secs();
        assert_eq!(space(&budget), 4);
        // In the next period it no longer holds.
        budget.heard(&reply(&[]), limits, later(noon(), backoff::PERIOD));
        assert_eq!(space(&budget), 0);
    }

    #[tokio::test]
    async fn without_headers_our_own_requests_of_the_minute_count() {
        let (budget, clock) = (Budget::default(), Manual::new(noon()));
        let limits =
            Limits { requests_per_minute: 20, remaining_headers: &["left"], limit_headers: &[], reset_headers: &[] };
        for _ in 0..41 {
            budget.turn(&clock).await;
            budget.heard(&reply(&[]), &limits, clock.now());
        }
        // 18 at once; with less than a tenth left, the rest of the minute is shared out; then the next minute.
        assert_eq!(seconds(&clock), [30, 30, 30, 30], "{:?}", clock.waits());
    }

    #[tokio::test]
    async fn a_429_closes_it_for_all_and_the_longest_wait_counts() {
        let (budget, clock) = (Budget::default(), Manual::new(noon()));
        budget.close(Duration::from_secs(17), noon());
        budget.close(Duration::from_secs(3), noon());
        tokio::join!(budget.turn(&clock), budget.turn(&clock));
        assert_eq!(seconds(&clock), [17]);
    }
}
