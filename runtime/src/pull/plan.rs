//! What the contract's facts mean for pulling: how far to look back, how long to remember, which window is next.
//!
//! | number | from |
//! |---|---|
//! | overlap of every window with what is covered | `lateness.usual` |
//! | look back of the hourly reconciliation | `lateness.rare` and an hour: what comes late just after one has an hour until the next |
//! | memory of seen records | the look back of the reconciliation and an hour |
//! | widening of a window at an end that is not inclusive | `time.granularity` |

use std::time::Duration;

use logwright::contract::{Bound, Log};
use logwright::time::Timestamp;

use crate::clock::{between, earlier, later};
use crate::state::{OpenWindow, Progress, WindowKind};

/// How far back the first pull goes when nothing is configured.
pub const DEFAULT_LOOK_BACK: Duration = DAY.saturating_mul(7);
/// The past is pulled in pieces of this length, so that an interruption costs little.
const PIECE: Duration = DAY;
/// How often to look back over rare lateness.
const RECONCILE_EVERY: Duration = HOUR;
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(86_400);

/// The bounds to ask the API for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The start.
    pub start: Timestamp,
    /// The end.
    pub end: Timestamp,
}

/// The window to pull after `progress`, when it is `now` at the server. There always is one: asking again is how late records are found.
pub fn next_window(log: &Log, progress: &Progress, now: Timestamp) -> OpenWindow {
    // What the API has dropped cannot be asked for, and what was forgotten could not be told from a repeat.
    let kept_since = log.retention.map_or(progress.start, |kept| earlier(now, kept));
    // One step after it, since a window may be widened by a step.
    let remembered_since = progress.forgotten_before.map_or(progress.start, |at| later(at, log.time.granularity));
    let floor = progress.start.max(kept_since).max(remembered_since);
    // A server whose clock was wrong for a while may have been covered to a time that has yet to come.
    let covered_to = progress.covered_to.unwrap_or(progress.start).min(now).max(kept_since);
    let piece_end = later(covered_to, PIECE);
    let has_end = log.window.as_ref().is_some_and(|window| window.end.is_some());
    let reconciles = reconciliation_is_due(progress, now);
    let (kind, end) = match (has_end && piece_end < now, reconciles) {
        (true, _) => (WindowKind::Backfill, piece_end),
        (false, true) => (WindowKind::Reconcile, now),
        (false, false) => (WindowKind::Tail, now),
    };
    // After a pause, too, the first window looks back far: a record may have become visible during the pause.
    let look_back = if reconciles { log.lateness.rare + RECONCILE_EVERY } else { log.lateness.usual };
    let start = earlier(covered_to, look_back).max(floor).min(end);
    OpenWindow { number: progress.windows + 1, kind, start, end, covers_to: end, next: None, page: 0 }
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

/// The time before which seen records may be forgotten once a log is covered to `covered_to`, when it is `now` on this
/// machine: whichever of the two clocks is behind decides, so that a wrong one forgets nothing too early. `None` where the API cannot be
/// asked by time, and so serves every record again each time.
pub fn forget_before(log: &Log, covered_to: Timestamp, now: Timestamp) -> Option<Timestamp> {
    log.window.as_ref()?;
    Some(earlier(covered_to.min(now), log.lateness.rare + RECONCILE_EVERY + HOUR))
}

/// The records that the API has dropped before they could be pulled, if any: the length of the gap.
pub fn lost(log: &Log, progress: &Progress, now: Timestamp) -> Option<Duration> {
    let gap = between(progress.covered_to?, earlier(now, log.retention?));
    (!gap.is_zero()).then_some(gap)
}

/// Whether the hour to the next reconciliation begins when the next window does.
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
        }
    }

    fn next(progress: &Progress, now: &str) -> (WindowKind, String, String) {
        let window = next_window(log(), progress, at(now));
        assert_eq!(window.number, 4);
        (window.kind, window.start.to_string(), window.end.to_string())
    }

    #[test]
    fn the_past_comes_in_days_that_overlap_by_the_usual_lateness() {
        let first = next(&progress(None, None), "2026-11-10T00:00:00Z");
        let expected = (WindowKind::Backfill, "2026-11-01T00:00:00Z".into(), "2026-11-02T00:00:00Z".into());
        assert_eq!(first, expected);
        let second = next(&progress(Some("2026-11-02T00:00:00Z"), None), "2026-11-10T00:00:00Z");
        let expected = (WindowKind::Backfill, "2026-11-01T23:45:00Z".into(), "2026-11-03T00:00:00Z".into());
        assert_eq!(second, expected);
    }

    #[test]
    fn the_present_looks_back_15_minutes_and_once_an_hour_a_day_and_that_hour() {
        let covered = Some("2026-11-09T23:30:00Z");
        let tail = next(&progress(covered, Some("2026-11-09T23:30:00Z")), "2026-11-10T00:00:00Z");
        let expected = (WindowKind::Tail, "2026-11-09T23:15:00Z".into(), "2026-11-10T00:00:00Z".into());
        assert_eq!(tail, expected);
        assert_eq!(next(&progress(covered, None), "2026-11-10T00:00:00Z"), expected);
        let hourly = next(&progress(covered, Some("2026-11-09T23:00:00Z")), "2026-11-10T00:00:00Z");
        let expected = (WindowKind::Reconcile, "2026-11-08T22:30:00Z".into(), "2026-11-10T00:00:00Z".into());
        assert_eq!(hourly, expected);
    }

    #[test]
    fn after_a_pause_the_first_window_looks_back_a_day_and_an_hour() {
        let paused = progress(Some("2026-11-06T12:00:00Z"), Some("2026-11-06T11:30:00Z"));
        let first = next(&paused, "2026-11-09T12:00:00Z");
        let expected = (WindowKind::Backfill, "2026-11-05T11:00:00Z".into(), "2026-11-07T12:00:00Z".into());
        assert_eq!(first, expected);
        assert!(starts_the_hour(&paused, at("2026-11-09T12:00:00Z")));
    }

    #[test]
    fn no_window_reaches_back_to_what_was_forgotten() {
        let mut progress = progress(Some("2026-11-09T23:30:00Z"), Some("2026-11-09T20:00:00Z"));
        progress.forgotten_before = Some(at("2026-11-09T10:00:00Z"));
        assert_eq!(next(&progress, "2026-11-10T00:00:00Z").1, "2026-11-09T10:00:01Z");
        let window = next_window(log(), &progress, at("2026-11-10T00:00:00Z"));
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
        let window = next_window(log(), &progress(None, None), at("2026-11-01T10:00:00Z"));
        let unknown = bounds(log(), &window);
        assert_eq!(unknown.start, at("2026-10-31T23:59:59Z"));
        assert_eq!(unknown.end, at("2026-11-01T10:00:01Z"));
        let inclusive = Window { format: TimeFormat::Rfc3339, start: Bound::Inclusive, end: Some(Bound::Exclusive) };
        let log = Log { window: Some(inclusive), ..copy(log()) };
        let half = bounds(&log, &window);
        assert_eq!((half.start, half.end), (window.start, at("2026-11-01T10:00:01Z")));
    }

    #[test]
    fn memory_outlasts_reconciliation_by_an_hour_and_retention_tells_a_gap() {
        let covered = at("2026-11-10T00:00:00Z");
        assert_eq!(forget_before(log(), covered, covered), Some(at("2026-11-08T22:00:00Z")));
        let behind = at("2026-11-09T00:00:00Z");
        assert_eq!(forget_before(log(), covered, behind), Some(at("2026-11-07T22:00:00Z")));
        assert_eq!(lost(log(), &progress(Some("2026-11-02T00:00:00Z"), None), covered), None);
        let short = Log { retention: Some(DAY), window: None, ..copy(log()) };
        assert_eq!(forget_before(&short, covered, covered), None);
        assert_eq!(lost(&short, &progress(Some("2026-11-08T00:00:00Z"), None), covered), Some(DAY));
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
            window: None,
            lateness: log.lateness,
            retention: log.retention,
            key: log.key,
            examples: log.examples,
        }
    }
}
