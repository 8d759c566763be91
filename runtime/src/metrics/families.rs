//! Everything that is measured, by its name in the Prometheus format. The guide for operations has the same table.

/// How the values of a family behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// They only grow, from the start of the program.
    Counter,
    /// They come and go.
    Gauge,
    /// They are counted by their size, up to each of these bounds, in seconds.
    Histogram(&'static [u32]),
}

/// A name under which something is measured.
#[derive(Debug)]
pub(crate) struct Family {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) labels: &'static [&'static str],
    pub(crate) help: &'static str,
}

const LOG: &[&str] = &["source", "log_type"];

macro_rules! families {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $kind:expr, $labels:expr, $help:literal;)*) => {
        $(pub(crate) const $name: Family = Family { name: $text, kind: $kind, labels: $labels, help: $help };)*
        /// All of them, in the order in which they are served.
        pub(crate) const ALL: &[Family] = &[$($name),*];
    };
}

families! {
    EVENTS = "logwright_events_total", Kind::Counter, LOG, "Events delivered.";
    REPEATS = "logwright_repeats_total", Kind::Counter, LOG, "Records that were delivered before and came again.";
    QUARANTINED = "logwright_quarantined_records_total", Kind::Counter, LOG, "Records that could not be parsed.";
    LATE = "logwright_late_events_total", Kind::Counter, LOG, "Events that came later than every pull looks back.";
    PAGES = "logwright_pages_total", Kind::Counter, LOG, "Pages committed.";
    LATENESS = "logwright_event_lateness_seconds", Kind::Histogram(&[10, 30, 60, 120, 300, 900, 3600, 14_400, 86_400]), LOG,
        "From the time of an event to its delivery by the live pull.";
    LAG = "logwright_lag_seconds", Kind::Gauge, LOG, "How long ago the time is up to which everything was delivered.";
    SUCCESS = "logwright_last_success_timestamp_seconds", Kind::Gauge, LOG, "When the live pull last came to its end.";
    REQUESTS = "logwright_requests_total", Kind::Counter, &["source", "status"],
        "Requests to the API by HTTP status; `none` without an answer.";
    DURATION = "logwright_request_duration_seconds", Kind::Histogram(&[1, 2, 5, 10, 30, 60, 180]), &["source"],
        "From a request to the end of its answer.";
    BYTES = "logwright_received_bytes_total", Kind::Counter, &["source"], "Bytes of answers, decompressed.";
    RETRIES = "logwright_retries_total", Kind::Counter, &["source", "reason"],
        "Requests that are asked again: `rate_limit`, `unavailable`, `malformed`, `token`.";
    WAITS = "logwright_wait_seconds_total", Kind::Counter, &["source", "reason"],
        "Time spent waiting before requests: `rate_limit`, `unavailable`, `malformed`.";
    ALARMS = "logwright_alarms_active", Kind::Gauge, &["source", "alarm"], "1 while the alarm is on.";
    BUILD = "logwright_build_info", Kind::Gauge, &["version"], "1, with the version of the program.";
}
