//! What has to be remembered of delivered records, so that none is delivered twice; all else is forgotten.
//!
//! The overlap of windows brings records again, and only their keys tell. A record must be remembered for as long as either
//! lane may ask for its time again:
//!
//! - The live lane asks from `live_from` − usual lateness on, and once an hour from the last reconciliation − rare
//!   lateness. The next reconciliation begins at the latest with the first window an hour after the last one, so it never
//!   asks for less than `live_from` − rare lateness − 1 hour. That is the *horizon*, or the start of the window under way, which
//!   was planned before a pause's gap moved `live_from` and may reach back further. Where records come in the order of arrival,
//!   the latest event takes the place of `live_from` if it is earlier ([`plan::asks_from`]).
//! - The backfill asks, for each gap, from `filled_to` − usual lateness to the gap's end, each widened by a step. With an hour to
//!   spare at the front and a step at the back, that is the gap's *zone*.
//!
//! So a record may be forgotten when its time is before the horizon and in no zone.
//!
//! Zones overlap: a gap looks back over rare lateness, and after a second pause the second gap begins a day before the first one
//! ends, whether that is closed or not. While the first is being closed, what the second will ask for again must stay. Therefore
//! the front of a zone is never after that of a later one.
//!
//! A gap is a reconciliation: it begins at the last one − rare lateness, and every piece of it is asked for after it was
//! noted, so what had become visible by then is found, and the next one looks back from the gap's end. Were it otherwise, the live
//! lane would go through the whole pause beside the backfill; and where the live lane has not begun before the next pause, nobody
//! would look for what became visible behind the backfill.
//!
//! At the seam, the gap's end: what the live lane delivered there is in the zone until the last piece of the gap is done, days
//! later perhaps. What the backfill delivered near it is behind the horizon's front until the live lane cannot come back to it.
//! And when live reconciliation reaches into an open gap, it delivers what the backfill has not come to, and the zone keeps that.
//! Both lanes look a key up, deliver, and commit without an `await` in between, so none acts on what the other is about to do.
//!
//! Across a restart nothing changes, since gaps, `filled_to`, and `live_from` are in the state and move in the same transaction
//! as the keys. When a pause ends, everything from the horizon on is still remembered, and no window asks for what is older than what was forgotten ([`super::plan`]).
//!
//! While a backfill runs, the zone's front moves with it, so that it remembers the day it is at, an hour before it, and the
//! horizon: the table does not grow with the length of the backfill.

use logwright::contract::Log;
use logwright::time::Timestamp;

use super::plan::{self, HOUR, Plan};
use crate::clock::{earlier, later};
use crate::state::{Forget, Progress};

/// The times of seen records that may be forgotten, when it is `now` by this machine's clock or the server's, whichever is
/// behind, so that a wrong one forgets nothing too early. None where the API cannot be asked by time, and so serves every
/// record again each time.
pub fn forgettable(log: &Log, progress: &Progress, now: Timestamp) -> Vec<Forget> {
    // Before the first window is done and without a gap, nothing was delivered long ago.
    if progress.covered_to.is_none() && progress.gaps.is_empty() {
        return Vec::new();
    }
    let plan = Plan::of(log);
    let Some(memory) = plan.memory else { return Vec::new() };
    let step = log.time.granularity;
    let ahead = earlier(plan::asks_from(&plan, progress).min(now), memory);
    let under_way = progress.open.as_ref().map(|window| earlier(window.start, step));
    let horizon = under_way.map_or(ahead, |start| start.min(ahead));
    let mut forgettable = Vec::new();
    let mut from = None;
    // The oldest first, as the state gives them. A later one may have begun before an earlier one is closed, and further back.
    for (number, gap) in progress.gaps.iter().enumerate() {
        let filled_to = progress.gaps[number..].iter().map(|gap| gap.filled_to).min().unwrap_or(gap.filled_to);
        let front = earlier(filled_to, log.lateness.usual + HOUR).min(horizon);
        if from.is_none_or(|from| from < front) {
            forgettable.push(Forget { from, before: front });
        }
        from = from.max(Some(later(gap.end, step * 2)));
    }
    if from.is_none_or(|from| from < horizon) {
        forgettable.push(Forget { from, before: horizon });
    }
    forgettable
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::state::Gap;
    use crate::testing::{noon, zendesk};

    #[test]
    fn nothing_is_forgotten_that_the_window_under_way_asks_for() {
        use crate::state::{OpenWindow, WindowKind};
        let (kind, covers_to) = (WindowKind::Reconcile, noon());
        let open = OpenWindow { number: 8, kind, start: days_ago(3), end: noon(), covers_to, next: None, page: 1 };
        let progress = Progress { open: Some(open), ..progress(&[]) };
        let before = earlier(days_ago(3), Duration::from_secs(1));
        assert_eq!(forgettable(&zendesk().logs[0], &progress, noon()), [Forget { from: None, before }]);
    }

    const DAY: Duration = Duration::from_secs(86_400);

    fn days_ago(days: u32) -> Timestamp {
        earlier(noon(), DAY * days)
    }

    fn progress(gaps: &[(u32, u32, u32)]) -> Progress {
        let gap = |&(start, filled_to, end)| Gap {
            start: days_ago(start),
            filled_to: days_ago(filled_to),
            end: days_ago(end),
        };
        Progress {
            start: days_ago(30),
            covered_to: Some(noon()),
            reconciled_at: None,
            forgotten_before: None,
            windows: 0,
            cursor: None,
            last_event: None,
            open: None,
            gaps: gaps.iter().map(gap).collect(),
            backfill: None,
        }
    }

    fn forgotten(progress: &Progress, now: Timestamp) -> Vec<(Option<Timestamp>, Timestamp)> {
        let all = forgettable(&zendesk().logs[0], progress, now);
        all.into_iter().map(|forget| (forget.from, forget.before)).collect()
    }

    #[test]
    fn without_a_gap_it_is_rare_lateness_and_an_hour_by_the_clock_that_is_behind() {
        let horizon = earlier(noon(), DAY + HOUR);
        assert_eq!(forgotten(&progress(&[]), noon()), [(None, horizon)]);
        assert_eq!(forgotten(&progress(&[]), days_ago(1)), [(None, earlier(horizon, DAY))]);
    }

    #[test]
    fn a_gap_keeps_its_zone_from_just_before_the_backfill_to_just_after_the_seam() {
        let seam = later(days_ago(2), Duration::from_secs(2));
        let front = earlier(days_ago(5), Duration::from_secs(900 + 3600));
        let horizon = earlier(noon(), DAY + HOUR);
        assert_eq!(forgotten(&progress(&[(7, 5, 2)]), noon()), [(None, front), (Some(seam), horizon)]);
    }

    #[test]
    fn the_backfill_forgets_nothing_that_the_live_lane_may_ask_for() {
        // The gap ends now, and is nearly closed: what live reconciliation looks back over stays.
        let nearly = progress(&[(7, 0, 0)]);
        assert_eq!(forgotten(&nearly, noon()), [(None, earlier(noon(), DAY + HOUR))]);
    }

    #[test]
    fn two_gaps_keep_two_zones() {
        let two = progress(&[(20, 18, 10), (9, 9, 4)]);
        let all = forgotten(&two, noon());
        assert_eq!(all.len(), 3, "{all:?}");
        assert_eq!(all[1].0, Some(later(days_ago(10), Duration::from_secs(2))));
        assert_eq!(all[1].1, earlier(days_ago(9), Duration::from_secs(900 + 3600)));
    }

    #[test]
    fn a_gap_that_is_being_closed_forgets_nothing_that_a_later_one_asks_for() {
        // After a second pause: the later gap begins a day before the first one ends, where the backfill has nearly come to.
        let (filled, reaches_back) = (5, 6);
        let front = earlier(days_ago(reaches_back), Duration::from_secs(900 + 3600));
        let overlapping = progress(&[(9, filled, 5), (reaches_back, reaches_back, 2)]);
        assert_eq!(forgotten(&overlapping, noon())[0], (None, front));
    }

    #[test]
    fn a_log_that_cannot_be_asked_by_time_forgets_nothing_and_a_new_one_neither() {
        let new = Progress { covered_to: None, ..progress(&[]) };
        assert_eq!(forgotten(&new, noon()), []);
    }
}
