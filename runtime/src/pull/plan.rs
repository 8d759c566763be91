//! What the contract's facts mean for pulling: how far to look back, how long to remember, which window is next.
//!
//! [`Plan::of`] derives it, the functions here are all that the engine knows of time, and [`words`] tells the same plan to people.
//!
//! | number | from |
//! |---|---|
//! | overlap of every window with what is covered | `lateness.usual` |
//! | look back of the hourly reconciliation | `lateness.rare` |
//! | memory of seen records | `lateness.rare` and an hour |
//! | widening of a window at an end that is not inclusive | `time.granularity` |
//! | going on by the last cursor, without a look back | `paging.lasting`; beyond the hour, too, where `order` is that of arrival |

pub mod words;

use std::time::Duration;

use logwright::contract::{Bound, Log, Paging};
use logwright::time::Timestamp;

use crate::clock::{between, earlier, later};
use crate::state::{Gap, OpenWindow, Progress, WindowKind};

/// How far back the first pull goes when nothing is configured.
pub const DEFAULT_LOOK_BACK: Duration = DAY.saturating_mul(7);
/// The past is pulled in pieces of this length, so that an interruption costs little.
pub const PIECE: Duration = DAY;
/// How often to look back over rare lateness.
const RECONCILE_EVERY: Duration = HOUR;
pub(super) const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(86_400);

/// How a log is pulled: all that follows from its facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Where a pull begins.
    pub begins: Begins,
    /// The length of the pieces in which the past is pulled; `None` where it comes in one, since no end can be given.
    pub piece: Option<Duration>,
    /// The longest span that can be asked for, before it is widened.
    pub longest: Option<Duration>,
    /// How far a window looks back before what is covered.
    pub overlap: Duration,
    /// How far one window an hour looks back; `None` where nothing can appear behind what was pulled.
    pub reconcile: Option<Duration>,
    /// How much earlier than the window's start is asked for.
    pub widen_start: Duration,
    /// How much later than the window's end is asked for.
    pub widen_end: Duration,
    /// How long delivered records are remembered behind what is covered; `None` is for ever.
    pub memory: Option<Duration>,
    /// Whether a window that a run left goes on at its next page, or begins anew.
    pub resumes: bool,
}

/// Where a pull begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begins {
    /// At the start of the log: it cannot be asked for by time.
    AtTheStart,
    /// At a time, before what is covered.
    ByTime,
    /// Where the last window ended, by its cursor or link; once an hour, and where the cursor is not taken, by time.
    WhereTheLastEnded,
    /// Always where the last window ended; by time only where the cursor is not taken.
    AlwaysWhereTheLastEnded,
}

impl Plan {
    /// What follows from the facts of `log`.
    pub fn of(log: &Log) -> Self {
        let window = log.window.as_ref();
        let of_arrival = log.order.is_some_and(|order| order.is_of_arrival());
        let begins = match (log.paging.is_lasting(), of_arrival, window) {
            (true, true, _) => Begins::AlwaysWhereTheLastEnded,
            (true, false, _) => Begins::WhereTheLastEnded,
            (false, _, Some(_)) => Begins::ByTime,
            (false, _, None) => Begins::AtTheStart,
        };
        let goes_on = !matches!(begins, Begins::AtTheStart | Begins::ByTime);
        let widened = |bound| if bound == Bound::Inclusive { Duration::ZERO } else { log.time.granularity };
        let widen_start = window.map_or(Duration::ZERO, |window| widened(window.start));
        let end = window.and_then(|window| window.end);
        let widen_end = end.map_or(Duration::ZERO, widened);
        let longest = window.and_then(|window| window.longest);
        Self {
            begins,
            piece: end.map(|_| PIECE),
            longest: longest.map(|longest| longest.saturating_sub(widen_start + widen_end)),
            // A window that goes on looks back at nothing. Only one whose cursor is not taken asks for its start, and then for all that may be late.
            overlap: if goes_on { log.lateness.rare } else { log.lateness.usual },
            reconcile: (begins != Begins::AlwaysWhereTheLastEnded).then_some(log.lateness.rare),
            widen_start,
            widen_end,
            memory: window.map(|_| log.lateness.rare + HOUR),
            // A count of records says where they were, and while nobody asked some may have gone.
            resumes: !matches!(log.paging, Paging::Offset { .. }),
        }
    }

    /// Whether a pull goes on at the last cursor, if there is one.
    pub const fn goes_on(&self) -> bool {
        matches!(self.begins, Begins::WhereTheLastEnded | Begins::AlwaysWhereTheLastEnded)
    }

    /// Whether the next window looks back over rare lateness: once an hour, the hour counted from the first window.
    fn reconciles(&self, progress: &Progress, now: Timestamp) -> bool {
        self.reconcile.is_some() && an_hour_is_over(progress, now)
    }
}

/// The bounds to ask the API for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The start.
    pub start: Timestamp,
    /// The end.
    pub end: Timestamp,
}

/// The stretch of the past to pull beside the present, when what is new is more than a day long: at the first pull, and
/// after a pause. `None` where there is no such stretch, or the API takes no end of a window, so that nothing can be asked for in pieces.
pub fn gap(log: &Log, progress: &Progress, now: Timestamp) -> Option<Gap> {
    let plan = Plan::of(log);
    let piece = plan.piece?;
    let from = progress.live_from();
    // Where a cursor leads on, it leads through all that is new.
    if later(from, piece) >= now || (plan.goes_on() && progress.cursor.is_some()) {
        return None;
    }
    // A record may have become visible during the pause, so the gap looks back, too.
    let start = look_back(&plan, log, progress, from, true).max(floor(log, progress, now)).min(now);
    Some(Gap { start, end: now, filled_to: start })
}

/// The live window to pull after `progress`, when it is `now` at the server. There always is one: asking again is how late records are found.
pub fn live_window(log: &Log, progress: &Progress, now: Timestamp) -> OpenWindow {
    let plan = Plan::of(log);
    let reconciles = plan.reconciles(progress, now);
    let kind = if reconciles { WindowKind::Reconcile } else { WindowKind::Tail };
    // A server whose clock was wrong for a while may have been covered to a time that has yet to come.
    let from = asks_from(&plan, progress).min(now);
    // A window that goes on asks for its start only when its cursor is not taken, and then for all that may be late.
    let rare = reconciles || plan.goes_on();
    let start = look_back(&plan, log, progress, from, rare).max(floor(log, progress, now)).min(now);
    let end = plan.longest.map_or(now, |longest| now.min(later(start, longest)));
    let next = progress.cursor.clone().filter(|_| plan.goes_on() && !reconciles);
    OpenWindow { number: progress.windows + 1, kind, start, end, covers_to: end, next, page: 0 }
}

/// Up to where the live lane need not ask by time again, but to look back.
///
/// Where the order is that of arrival, what is covered says only when the cursor last led to nothing new. All that lies behind the
/// cursor arrived after the latest event that was delivered, which happened before it arrived: so that is where to begin if the cursor
/// is not taken any more, and what an API kept back behind empty pages, for however long, is not lost with it.
pub fn asks_from(plan: &Plan, progress: &Progress) -> Timestamp {
    let covered = progress.live_from();
    match plan.begins {
        Begins::AlwaysWhereTheLastEnded => covered.min(progress.last_event.unwrap_or(progress.start)),
        _ => covered,
    }
}

/// The window that an earlier run left, as it goes on.
pub fn resumed(log: &Log, window: OpenWindow) -> OpenWindow {
    let next = window.next.filter(|_| Plan::of(log).resumes);
    OpenWindow { next, ..window }
}

/// The next piece of a gap: a day, which looks back over usual lateness as the live windows do.
pub fn backfill_window(log: &Log, progress: &Progress, gap: &Gap, now: Timestamp) -> OpenWindow {
    let kept_since = log.retention.map_or(gap.start, |kept| earlier(now, kept));
    let from = gap.filled_to.max(kept_since);
    let plan = Plan::of(log);
    let end = later(from, plan.piece.unwrap_or(PIECE)).min(gap.end);
    let start = earlier(from, plan.overlap).max(gap.start).max(kept_since).min(end);
    let end = plan.longest.map_or(end, |longest| end.min(later(start, longest)));
    let kind = WindowKind::Backfill;
    OpenWindow { number: progress.windows + 1, kind, start, end, covers_to: end, next: None, page: 0 }
}

/// What the API has dropped cannot be asked for, and what was forgotten could not be told from a repeat.
fn floor(log: &Log, progress: &Progress, now: Timestamp) -> Timestamp {
    let kept_since = log.retention.map_or(progress.start, |kept| earlier(now, kept));
    // One step after it, since a window may be widened by a step.
    let remembered_since = progress.forgotten_before.map_or(progress.start, |at| later(at, log.time.granularity));
    progress.start.max(kept_since).max(remembered_since)
}

/// How far a window that goes on at `from` looks back. Over rare lateness it counts from the last time that it did, for
/// what has become visible since then is what it looks for.
fn look_back(plan: &Plan, log: &Log, progress: &Progress, from: Timestamp, rare: bool) -> Timestamp {
    match progress.reconciled_at {
        Some(at) if rare => earlier(from.min(at), log.lateness.rare),
        _ => earlier(from, plan.overlap),
    }
}

/// The bounds of a window, one step wider at each end whose record the API may not serve.
pub fn bounds(log: &Log, window: &OpenWindow) -> Bounds {
    let plan = Plan::of(log);
    Bounds { start: earlier(window.start, plan.widen_start), end: later(window.end, plan.widen_end) }
}

/// How much the API has dropped of what is to be pulled from `from` on, if anything.
pub fn lost(log: &Log, from: Timestamp, now: Timestamp) -> Option<Duration> {
    let dropped = between(from, earlier(now, log.retention?));
    (!dropped.is_zero()).then_some(dropped)
}

/// Whether the hour to the next reconciliation begins when the next live window does.
pub fn starts_the_hour(progress: &Progress, now: Timestamp) -> bool {
    progress.reconciled_at.is_none() || an_hour_is_over(progress, now)
}

fn an_hour_is_over(progress: &Progress, now: Timestamp) -> bool {
    progress.reconciled_at.is_some_and(|at| between(at, now) >= RECONCILE_EVERY || at > now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use logwright::contract::Window;
    use logwright::log_types::SOURCES;
    use logwright::time::TimeFormat;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn log() -> &'static Log {
        &SOURCES.iter().find(|source| source.name == "zendesk").unwrap().logs[0]
    }

    fn progress(covered_to: Option<&str>, reconciled_at: Option<&str>) -> Progress {
        Progress {
            start: at("2026-11-01T00:00:00Z"),
            covered_to: covered_to.map(at),
            reconciled_at: reconciled_at.map(at),
            forgotten_before: None,
            windows: 3,
            cursor: None,
            last_event: None,
            open: None,
            gaps: Vec::new(),
            backfill: None,
        }
    }

    fn next(progress: &Progress, now: &str) -> (WindowKind, String, String) {
        let window = live_window(log(), progress, at(now));
        assert_eq!(window.number, 4);
        (window.kind, window.start.to_string(), window.end.to_string())
    }

    fn piece(progress: &Progress, now: &str) -> (String, String) {
        let window = backfill_window(log(), progress, &progress.gaps[0], at(now));
        assert_eq!((window.number, window.kind), (4, WindowKind::Backfill));
        (window.start.to_string(), window.end.to_string())
    }

    #[test]
    fn the_past_comes_in_days_that_overlap_by_the_usual_lateness_beside_the_present() {
        let now = "2026-11-03T06:00:00Z";
        let mut progress = progress(None, None);
        let gap = gap(log(), &progress, at(now)).unwrap();
        assert_eq!(gap, Gap { start: progress.start, end: at(now), filled_to: progress.start });
        progress.gaps.push(gap);
        assert_eq!(super::gap(log(), &progress, at(now)), None);
        let live = next(&progress, now);
        assert_eq!(live, (WindowKind::Tail, "2026-11-03T05:45:00Z".into(), now.into()));
        assert_eq!(piece(&progress, now), ("2026-11-01T00:00:00Z".into(), "2026-11-02T00:00:00Z".into()));
        progress.gaps[0].filled_to = at("2026-11-02T00:00:00Z");
        assert_eq!(piece(&progress, now), ("2026-11-01T23:45:00Z".into(), "2026-11-03T00:00:00Z".into()));
        progress.gaps[0].filled_to = at("2026-11-03T00:00:00Z");
        assert_eq!(piece(&progress, now), ("2026-11-02T23:45:00Z".into(), now.into()));
    }

    #[test]
    fn an_api_that_takes_no_end_is_pulled_in_one_window() {
        let endless = Window { format: TimeFormat::Rfc3339, start: Bound::Inclusive, end: None, longest: None };
        let log = Log { window: Some(endless), ..copy(log()) };
        assert_eq!(gap(&log, &progress(None, None), at("2026-11-03T06:00:00Z")), None);
        let window = live_window(&log, &progress(None, None), at("2026-11-03T06:00:00Z"));
        assert_eq!(window.start, at("2026-11-01T00:00:00Z"));
    }

    #[test]
    fn the_present_looks_back_15_minutes_and_once_an_hour_a_day_from_when_it_last_did() {
        let covered = Some("2026-11-09T23:30:00Z");
        let tail = next(&progress(covered, Some("2026-11-09T23:30:00Z")), "2026-11-10T00:00:00Z");
        let expected = (WindowKind::Tail, "2026-11-09T23:15:00Z".into(), "2026-11-10T00:00:00Z".into());
        assert_eq!(tail, expected);
        assert_eq!(next(&progress(covered, None), "2026-11-10T00:00:00Z"), expected);
        let hourly = next(&progress(covered, Some("2026-11-09T23:00:00Z")), "2026-11-10T00:00:00Z");
        let expected = (WindowKind::Reconcile, "2026-11-08T23:00:00Z".into(), "2026-11-10T00:00:00Z".into());
        assert_eq!(hourly, expected);
    }

    #[test]
    fn what_an_api_of_arrival_keeps_back_for_days_is_asked_for_where_its_cursor_is_not_taken() {
        let okta = &SOURCES.iter().find(|source| source.name == "okta").unwrap().logs[0];
        let covered = progress(Some("2026-11-09T23:30:00Z"), Some("2026-11-09T23:00:00Z"));
        let start = |last_event| {
            let progress = Progress { last_event, ..covered.clone() };
            live_window(okta, &progress, at("2026-11-10T00:00:00Z")).start.to_string()
        };
        assert_eq!(start(Some(at("2026-11-05T08:00:00Z"))), "2026-11-04T08:00:00Z");
        assert_eq!(start(None), "2026-11-01T00:00:00Z");
        // By a clock that was ahead.
        assert_eq!(start(Some(at("2026-12-01T00:00:00Z"))), "2026-11-08T23:00:00Z");
    }

    #[test]
    fn after_a_pause_the_gap_looks_back_a_day() {
        let paused = progress(Some("2026-11-06T12:00:00Z"), Some("2026-11-06T11:30:00Z"));
        let gap = gap(log(), &paused, at("2026-11-09T12:00:00Z")).unwrap();
        assert_eq!((gap.start, gap.end), (at("2026-11-05T11:30:00Z"), at("2026-11-09T12:00:00Z")));
        assert!(starts_the_hour(&paused, at("2026-11-09T12:00:00Z")));
    }

    #[test]
    fn no_window_reaches_back_to_what_was_forgotten() {
        let mut progress = progress(Some("2026-11-09T23:30:00Z"), Some("2026-11-09T20:00:00Z"));
        progress.forgotten_before = Some(at("2026-11-09T10:00:00Z"));
        assert_eq!(next(&progress, "2026-11-10T00:00:00Z").1, "2026-11-09T10:00:01Z");
        let window = live_window(log(), &progress, at("2026-11-10T00:00:00Z"));
        assert_eq!(bounds(log(), &window).start, at("2026-11-09T10:00:00Z"));
    }

    #[test]
    fn no_window_begins_before_the_start_or_ends_before_it_begins() {
        let window = next(&progress(Some("2026-11-01T00:10:00Z"), None), "2026-11-01T00:20:00Z");
        assert_eq!(window.1, "2026-11-01T00:00:00Z");
        let back_in_time = next(&progress(Some("2026-11-09T00:00:00Z"), None), "2026-10-01T00:00:00Z");
        assert_eq!(back_in_time.1, back_in_time.2);
    }

    #[test]
    fn only_an_inclusive_bound_is_not_widened() {
        let window = live_window(log(), &progress(None, None), at("2026-11-01T10:00:00Z"));
        let unknown = bounds(log(), &window);
        assert_eq!(unknown.start, at("2026-10-31T23:59:59Z"));
        assert_eq!(unknown.end, at("2026-11-01T10:00:01Z"));
        let inclusive =
            Window { format: TimeFormat::Rfc3339, start: Bound::Inclusive, end: Some(Bound::Exclusive), longest: None };
        let log = Log { window: Some(inclusive), ..copy(log()) };
        let half = bounds(&log, &window);
        assert_eq!((half.start, half.end), (window.start, at("2026-11-01T10:00:01Z")));
    }

    #[test]
    fn retention_tells_what_is_lost() {
        let now = at("2026-11-10T00:00:00Z");
        assert_eq!(lost(log(), at("2026-11-02T00:00:00Z"), now), None);
        let short = Log { retention: Some(DAY), ..copy(log()) };
        assert_eq!(lost(&short, at("2026-11-08T00:00:00Z"), now), Some(DAY));
    }

    #[test]
    fn a_cursor_that_lasts_is_gone_on_by_until_the_hour_is_over() {
        let facts = Log { window: Some(without_end()), paging: lasting(), ..copy(log()) };
        let mut progress = progress(Some("2026-11-09T23:30:00Z"), Some("2026-11-09T23:30:00Z"));
        progress.cursor = Some("c".to_owned());
        let next = live_window(&facts, &progress, at("2026-11-10T00:00:00Z"));
        assert_eq!((next.kind, next.next.as_deref()), (WindowKind::Tail, Some("c")));
        // What to ask for if the cursor is refused.
        assert_eq!(next.start, at("2026-11-08T23:30:00Z"));
        let hourly = live_window(&facts, &progress, at("2026-11-10T00:30:00Z"));
        assert_eq!((hourly.kind, hourly.next), (WindowKind::Reconcile, None));
        let arrival = logwright::contract::Order { by: &[], ascending: true };
        let facts = Log { order: Some(arrival), ..facts };
        let now = at("2026-11-19T00:00:00Z");
        let always = live_window(&facts, &progress, now);
        assert_eq!(gap(&facts, &progress, now), None);
        assert_eq!((always.kind, always.next.as_deref()), (WindowKind::Tail, Some("c")));
    }

    #[test]
    fn no_window_is_longer_than_the_api_takes() {
        let declared = Window {
            format: TimeFormat::Rfc3339,
            start: Bound::Inclusive,
            end: Some(Bound::Exclusive),
            longest: Some(DAY + 2 * HOUR + Duration::from_secs(2)),
        };
        let facts = Log { window: Some(declared), ..copy(log()) };
        let step = Duration::from_secs(1);
        let mut progress = progress(Some("2026-11-05T00:00:00Z"), Some("2026-11-05T00:00:00Z"));
        let now = at("2026-11-10T00:00:00Z");
        let mut windows = 0;
        loop {
            let window = live_window(&facts, &progress, now);
            let asked = bounds(&facts, &window);
            assert!(between(asked.start, asked.end) <= DAY + 2 * HOUR + 2 * step, "{window:?}");
            assert!(window.end >= later(progress.covered_to.unwrap(), step) || window.end == now, "{window:?}");
            if window.end == now {
                break;
            }
            // As the engine does when the window begins.
            progress.reconciled_at = Some(now);
            (progress.covered_to, windows) = (Some(window.end), windows + 1);
        }
        assert!(windows < 100);
    }

    #[test]
    fn a_count_of_records_does_not_outlive_the_run_that_counted() {
        let offset = Paging::Offset { send: logwright::contract::Place::Query("skip"), page_size: 10, most: None };
        let window = OpenWindow {
            next: Some("20".to_owned()),
            ..live_window(log(), &progress(None, None), at("2026-11-01T10:00:00Z"))
        };
        assert_eq!(resumed(log(), window.clone()).next.as_deref(), Some("20"));
        assert_eq!(resumed(&Log { paging: offset, ..copy(log()) }, window).next, None);
    }

    fn lasting() -> Paging {
        let send = logwright::contract::Place::Query("cursor");
        Paging::Cursor { at: "/c", send, alone: false, lasting: true, end: logwright::contract::End::EmptyPage }
    }

    fn without_end() -> Window {
        Window { format: TimeFormat::Rfc3339, start: Bound::Inclusive, end: None, longest: None }
    }

    /// A contract with the same facts, to change some of.
    pub(super) fn copy(log: &'static Log) -> Log {
        Log {
            log_type: log.log_type,
            request: logwright::contract::Request {
                method: log.request.method,
                path: log.request.path,
                query: log.request.query,
                body: log.request.body,
            },
            response: log.response,
            records: log.records,
            paging: log.paging,
            order: log.order,
            time: log.time,
            window: log.window.as_ref().map(|window| Window { ..*window }),
            lateness: log.lateness,
            retention: log.retention,
            key: log.key,
            examples: log.examples,
        }
    }
}
