//! What the contract's facts mean for pulling: how far to look back, how long to remember, which window is next.
//!
//! | number | from |
//! |---|---|
//! | overlap of every window with what is covered | `lateness.usual` |
//! | look back of the hourly reconciliation | `lateness.rare` |
//! | memory of seen records | `lateness.rare` and an hour |
//! | widening of a window at an end that is not inclusive | `time.granularity` |

use std::time::Duration;

use logwright::contract::{Bound, Log};
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
    log.window.as_ref()?.end?;
    let from = progress.live_from();
    if later(from, PIECE) >= now {
        return None;
    }
    // A record may have become visible during the pause, so the gap looks back, too.
    let start = look_back(log, progress, from, true).max(floor(log, progress, now)).min(now);
    Some(Gap { start, end: now, filled_to: start })
}

/// The live window to pull after `progress`, when it is `now` at the server. There always is one: asking again is how late records are found.
pub fn live_window(log: &Log, progress: &Progress, now: Timestamp) -> OpenWindow {
    let reconciles = reconciliation_is_due(progress, now);
    let kind = if reconciles { WindowKind::Reconcile } else { WindowKind::Tail };
    // A server whose clock was wrong for a while may have been covered to a time that has yet to come.
    let from = progress.live_from().min(now);
    let start = look_back(log, progress, from, reconciles).max(floor(log, progress, now)).min(now);
    OpenWindow { number: progress.windows + 1, kind, start, end: now, covers_to: now, next: None, page: 0 }
}

/// The next piece of a gap: a day, which looks back over usual lateness as the live windows do.
pub fn backfill_window(log: &Log, progress: &Progress, gap: &Gap, now: Timestamp) -> OpenWindow {
    let kept_since = log.retention.map_or(gap.start, |kept| earlier(now, kept));
    let from = gap.filled_to.max(kept_since);
    let end = later(from, PIECE).min(gap.end);
    let start = earlier(from, log.lateness.usual).max(gap.start).max(kept_since).min(end);
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
fn look_back(log: &Log, progress: &Progress, from: Timestamp, rare: bool) -> Timestamp {
    match progress.reconciled_at {
        Some(at) if rare => earlier(from.min(at), log.lateness.rare),
        _ => earlier(from, log.lateness.usual),
    }
}

/// The bounds of a window, one step wider at each end whose record the API may not serve.
pub fn bounds(log: &Log, window: &OpenWindow) -> Bounds {
    let step = log.time.granularity;
    let widened = |bound: Bound| if bound == Bound::Inclusive { Duration::ZERO } else { step };
    let declared = log.window.as_ref();
    let start = declared.map_or(Duration::ZERO, |declared| widened(declared.start));
    let end = declared.and_then(|declared| declared.end).map_or(Duration::ZERO, widened);
    Bounds { start: earlier(window.start, start), end: later(window.end, end) }
}

/// How much the API has dropped of what is to be pulled from `from` on, if anything.
pub fn lost(log: &Log, from: Timestamp, now: Timestamp) -> Option<Duration> {
    let dropped = between(from, earlier(now, log.retention?));
    (!dropped.is_zero()).then_some(dropped)
}

/// Whether the hour to the next reconciliation begins when the next live window does.
pub fn starts_the_hour(progress: &Progress, now: Timestamp) -> bool {
    progress.reconciled_at.is_none() || reconciliation_is_due(progress, now)
}

/// Whether the next window looks back over rare lateness: once an hour, the hour counted from the first window.
fn reconciliation_is_due(progress: &Progress, now: Timestamp) -> bool {
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
        let endless = Window { format: TimeFormat::Rfc3339, start: Bound::Inclusive, end: None };
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
        let inclusive = Window { format: TimeFormat::Rfc3339, start: Bound::Inclusive, end: Some(Bound::Exclusive) };
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

    /// A contract with the same facts, to change some of.
    fn copy(log: &'static Log) -> Log {
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
