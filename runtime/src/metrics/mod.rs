//! What is measured, for Prometheus, and whether the sources are ready.
//!
//! [`Metrics`] is handed to whoever has something to count; all hands are on one table. `families` has the names, `serve` the
//! port. Nothing is sent to anybody: who wants to know asks.

mod families;
pub(crate) mod serve;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use logwright::time::Timestamp;

use crate::clock::{self, between};
use crate::config::SourceConfig;
use crate::http::Reply;
use crate::pull::Summary;
use families::{Family, Kind};

/// A log is ready when it was pulled to its end within the last so many polls.
const POLLS: u32 = 3;
/// What the pull itself may take beside.
const LEEWAY: Duration = Duration::from_secs(60);

/// Why a request waits, or is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// The API wants to be asked less often.
    RateLimit,
    /// It is not there or not well.
    Unavailable,
    /// Its answer cannot be used.
    Malformed,
    /// The token has been renewed.
    Token,
}

/// Where everything is counted. Its clones count together.
#[derive(Clone, Debug, Default)]
pub struct Metrics(Arc<Mutex<Table>>);

#[derive(Debug, Default)]
struct Table {
    values: BTreeMap<&'static str, BTreeMap<Vec<String>, Value>>,
    logs: BTreeMap<(String, &'static str), Log>,
}

#[derive(Debug)]
enum Value {
    Count(u64),
    Seconds(Duration),
    /// The time, in seconds since 1970.
    At(Timestamp),
    /// The time since then.
    Since(Timestamp),
    Histogram(Histogram),
}

#[derive(Debug, Default)]
struct Histogram {
    /// How many are at or below each bound, and above the one before.
    counts: Vec<u64>,
    count: u64,
    sum: Duration,
}

/// A log that is to be pulled.
#[derive(Clone, Copy, Debug)]
struct Log {
    poll: Duration,
    drained_at: Option<Timestamp>,
}

impl Metrics {
    /// A source begins: its counters are there from the start, at zero.
    pub(crate) fn begin(&self, source: &SourceConfig) {
        let mut table = self.table();
        for log in source.source.logs {
            let labels = [source.name.as_str(), log.log_type];
            table.logs.insert((source.name.clone(), log.log_type), Log { poll: source.poll, drained_at: None });
            let counters =
                [&families::EVENTS, &families::REPEATS, &families::QUARANTINED, &families::LATE, &families::PAGES];
            for family in counters {
                table.add(family, &labels, 0);
            }
        }
        table.add(&families::BYTES, &[&source.name], 0);
    }

    /// A source is gone. What it counted stays, since counters only grow.
    pub(crate) fn gone(&self, source: &str) {
        let mut table = self.table();
        table.logs.retain(|(name, _), _| name != source);
        for family in [&families::LAG, &families::SUCCESS, &families::ALARMS] {
            if let Some(values) = table.values.get_mut(family.name) {
                values.retain(|labels, _| labels[0] != source);
            }
        }
    }

    /// A page of a log is committed; `before` and `after` are its lane's summaries.
    pub(crate) fn page(&self, source: &str, log_type: &str, before: &Summary, after: &Summary) {
        let (labels, mut table) = ([source, log_type], self.table());
        for (family, before, after) in [
            (&families::EVENTS, before.events, after.events),
            (&families::REPEATS, before.repeats, after.repeats),
            (&families::QUARANTINED, before.quarantined, after.quarantined),
            (&families::LATE, before.late, after.late),
            (&families::PAGES, before.pages, after.pages),
        ] {
            table.add(family, &labels, after.saturating_sub(before));
        }
        if let Some(covered_to) = after.covered_to {
            // The lane of the past knows only how far the present was when it began.
            if let Value::Since(before) = table.value(&families::LAG, &labels, || Value::Since(covered_to)) {
                *before = covered_to.max(*before);
            }
        }
    }

    /// An event of the live pull was delivered so long after its time.
    pub(crate) fn lateness(&self, source: &str, log_type: &str, lateness: Duration) {
        self.table().observe(&families::LATENESS, &[source, log_type], lateness);
    }

    /// The live pull of a log has come to its end.
    pub(crate) fn drained(&self, source: &str, log_type: &'static str, now: Timestamp) {
        let mut table = self.table();
        table.set(&families::SUCCESS, &[source, log_type], Value::At(now));
        if let Some(log) = table.logs.get_mut(&(source.to_owned(), log_type)) {
            log.drained_at = Some(now);
        }
    }

    /// A request has had its answer, or none.
    pub(crate) fn request(&self, source: &str, reply: Option<&Reply>, took: Duration) {
        let mut table = self.table();
        let status = reply.map_or("none".to_owned(), |reply| reply.status.to_string());
        table.add(&families::REQUESTS, &[source, &status], 1);
        table.observe(&families::DURATION, &[source], took);
        table.add(&families::BYTES, &[source], reply.map_or(0, |reply| reply.body.len() as u64));
    }

    /// A request is sent again.
    pub(crate) fn retry(&self, source: &str, reason: Reason) {
        self.table().add(&families::RETRIES, &[source, reason.name()], 1);
    }

    /// A request has waited.
    pub(crate) fn waited(&self, source: &str, reason: Reason, wait: Duration) {
        if !wait.is_zero() {
            self.table().add_seconds(&families::WAITS, &[source, reason.name()], wait);
        }
    }

    /// An alarm is on, or off.
    pub(crate) fn alarm(&self, source: &str, alarm: &str, on: bool) {
        self.table().set(&families::ALARMS, &[source, alarm], Value::Count(on.into()));
    }

    /// Everything, in Prometheus' text format.
    pub fn text(&self, now: Timestamp) -> String {
        let mut table = self.table();
        table.set(&families::BUILD, &[env!("CARGO_PKG_VERSION")], Value::Count(1));
        let mut text = String::new();
        for family in families::ALL {
            table.write(family, now, &mut text);
        }
        text
    }

    /// What is not ready, a line for each log; empty when all is.
    pub(crate) fn not_ready(&self, now: Timestamp) -> Vec<String> {
        let table = self.table();
        let lines = table.logs.iter().filter_map(|((source, log_type), log)| match log.drained_at {
            None => Some(format!("{source} {log_type}: not pulled to its end yet")),
            Some(at) if between(at, now) > log.poll * POLLS + LEEWAY => Some(format!(
                "{source} {log_type}: last pulled to its end at {}",
                clock::text(clock::whole_seconds(at))
            )),
            Some(_) => None,
        });
        lines.collect()
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reason {
    const fn name(self) -> &'static str {
        match self {
            Self::RateLimit => "rate_limit",
            Self::Unavailable => "unavailable",
            Self::Malformed => "malformed",
            Self::Token => "token",
        }
    }
}

impl Table {
    fn value(&mut self, family: &Family, labels: &[&str], first: impl FnOnce() -> Value) -> &mut Value {
        debug_assert_eq!(family.labels.len(), labels.len(), "{}", family.name);
        let labels = labels.iter().map(|&label| label.to_owned()).collect();
        self.values.entry(family.name).or_default().entry(labels).or_insert_with(first)
    }

    fn add(&mut self, family: &Family, labels: &[&str], more: u64) {
        if let Value::Count(count) = self.value(family, labels, || Value::Count(0)) {
            *count = count.saturating_add(more);
        }
    }

    fn add_seconds(&mut self, family: &Family, labels: &[&str], more: Duration) {
        if let Value::Seconds(sum) = self.value(family, labels, || Value::Seconds(Duration::ZERO)) {
            *sum = sum.saturating_add(more);
        }
    }

    fn set(&mut self, family: &Family, labels: &[&str], to: Value) {
        *self.value(family, labels, || Value::Count(0)) = to;
    }

    fn observe(&mut self, family: &Family, labels: &[&str], seen: Duration) {
        let Kind::Histogram(bounds) = family.kind else { return };
        let fresh = || Value::Histogram(Histogram { counts: vec![0; bounds.len()], ..Histogram::default() });
        if let Value::Histogram(histogram) = self.value(family, labels, fresh) {
            let place = bounds.iter().position(|bound| seen <= Duration::from_secs((*bound).into()));
            if let Some(count) = place.and_then(|place| histogram.counts.get_mut(place)) {
                *count += 1;
            }
            histogram.count += 1;
            histogram.sum = histogram.sum.saturating_add(seen);
        }
    }

    fn write(&self, family: &Family, now: Timestamp, text: &mut String) {
        let Family { name, help, .. } = family;
        let kind = match family.kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram(_) => "histogram",
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
        for (values, value) in self.values.get(name).into_iter().flatten() {
            let pairs =
                family.labels.iter().zip(values).map(|(label, value)| format!("{label}=\"{}\"", escaped(value)));
            let labels = pairs.collect::<Vec<_>>().join(",");
            let _ = match value {
                Value::Count(count) => writeln!(text, "{name}{{{labels}}} {count}"),
                Value::Seconds(sum) => writeln!(text, "{name}{{{labels}}} {}", sum.as_secs_f64()),
                Value::At(at) => writeln!(text, "{name}{{{labels}}} {}", at.unix_seconds()),
                Value::Since(since) => writeln!(text, "{name}{{{labels}}} {}", between(*since, now).as_secs_f64()),
                Value::Histogram(histogram) => histogram.write(family, &labels, text),
            };
        }
    }
}

impl Histogram {
    fn write(&self, family: &Family, labels: &str, text: &mut String) -> std::fmt::Result {
        let (name, Kind::Histogram(bounds)) = (family.name, family.kind) else { return Ok(()) };
        let mut below = 0;
        for (bound, count) in bounds.iter().zip(&self.counts) {
            below += count;
            writeln!(text, "{name}_bucket{{{labels},le=\"{bound}\"}} {below}")?;
        }
        writeln!(text, "{name}_bucket{{{labels},le=\"+Inf\"}} {}", self.count)?;
        writeln!(text, "{name}_sum{{{labels}}} {}", self.sum.as_secs_f64())?;
        writeln!(text, "{name}_count{{{labels}}} {}", self.count)
    }
}

/// A label's value as the format wants it.
fn escaped(value: &str) -> String {
    value.replace('\\', r"\\").replace('"', "\\\"").replace('\n', r"\n")
}

#[cfg(test)]
mod tests;
