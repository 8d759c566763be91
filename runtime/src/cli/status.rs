//! `logwright status`: how every source is, from the state alone. Nothing is asked, locked or written.

use std::fmt::Write as _;
use std::time::Duration;

use logwright::time::Timestamp;
use serde_json::{Value, json};

use super::table::{row, table};
use super::{ConfigOptions, print};
use crate::clock::{self, Clock, between, whole_seconds};
use crate::config::{self, SourceConfig};
use crate::failure::Failure;
use crate::identity::source_id;
use crate::sign_in;
use crate::state::{Alarm, Gap, Report, StreamReport};

/// The longest name that the table shows whole, so that its lines have at most 100 characters.
const LONGEST_NAME: usize = 30;
/// Where lines of text are folded.
const WIDTH: usize = 100;

/// Options of `status`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "It reads the state and nothing else, also while `logwright run` is at work. The keys of --json are in \
                        runtime/docs/operations.md."
)]
pub(super) struct Options {
    #[command(flatten)]
    config: ConfigOptions,
    /// One JSON object, for programs.
    #[arg(long)]
    json: bool,
}

/// A log of a configured source, and what the state says about it.
struct Log<'s> {
    source: &'s SourceConfig,
    /// The log type.
    records: &'static str,
    report: Option<&'s StreamReport>,
    alarms: Vec<&'s Alarm>,
}

/// Tells how every source is.
pub(super) fn run(options: &Options, clock: &dyn Clock) -> Result<(), Failure> {
    let now = clock.now();
    let config = config::load(&options.config.config, now)?;
    let sources = config.select(options.config.source.as_deref())?;
    let report = Report::read(&config.state)?.unwrap_or_default();
    let logs: Vec<_> = sources.into_iter().flat_map(|source| logs(source, &report)).collect();
    print(&if options.json { format!("{:#}\n", as_json(&logs, now)) } else { text(&logs, now) })
}

fn logs<'s>(source: &'s SourceConfig, report: &'s Report) -> Vec<Log<'s>> {
    let id = source_id(&source.name);
    let of = |log_type| report.streams.iter().find(|one| one.source_id == id && one.log_type == log_type);
    let alarms = || report.alarms.iter().filter(|alarm| alarm.source_id == id).collect();
    let types = source.source.logs.iter().map(|log| log.log_type);
    types.map(|records| Log { source, records, report: of(records), alarms: alarms() }).collect()
}

fn text(logs: &[Log<'_>], now: Timestamp) -> String {
    let mut rows = vec![row(["SOURCE AND LOG", "COVERED TO", "LAG", "LAST EVENT", "BACKFILL", "BAD"])];
    rows.extend(logs.iter().map(|log| log.row(now)));
    let mut text = table(&rows);
    let mut told: Vec<String> = Vec::new();
    for log in logs {
        told.extend(log.remarks(now).into_iter().filter(|remark| !told.contains(remark)).collect::<Vec<_>>());
    }
    for remark in told {
        let _ = write!(text, "\n{}", folded(&remark));
    }
    text
}

impl Log<'_> {
    fn row(&self, now: Timestamp) -> Vec<String> {
        let short = |time: Option<Timestamp>| time.map_or("-".to_owned(), |time| clock::text(whole_seconds(time)));
        let name = shortened(&format!("{} {}", self.source.name, self.records));
        let Some(report) = self.report else { return [name].into_iter().chain(["-"; 5].map(str::to_owned)).collect() };
        let lag = report.covered_to.map_or("-".to_owned(), |time| length(between(time, now)));
        let backfill = match share(report) {
            None => "-".to_owned(),
            Some(100) => "done".to_owned(),
            Some(share) => format!("{share} %"),
        };
        let (covered_to, last_event) = (short(report.covered_to), short(report.last_event));
        vec![name, covered_to, lag, last_event, backfill, report.quarantined.to_string()]
    }

    /// What there is to say in words, each a paragraph.
    fn remarks(&self, now: Timestamp) -> Vec<String> {
        let name = &self.source.name;
        let mut remarks = Vec::new();
        let method = self.source.sign_in.method;
        match self.report {
            None => remarks.push(format!("{name}: nothing was pulled yet")),
            Some(report) => {
                remarks.extend(self.sign_in_remark(report, method));
                if let (Some(since), Some(why)) = (report.failing_since, &report.failure) {
                    let last = report.failed_at.unwrap_or(since);
                    remarks.push(format!("{name}: in trouble since {}, last at {}: {why}", shown(since), shown(last)));
                }
                for gap in &report.gaps {
                    let (from, to, at) = (shown(gap.start), shown(gap.end), shown(gap.filled_to));
                    remarks.push(format!("{name}: {} backfill from {from} to {to} has come to {at}", self.records));
                }
            }
        }
        if let Some(warning) = sign_in::ends(self.source.sign_in, now) {
            remarks.push(format!("{name}: {warning}"));
        }
        for alarm in &self.alarms {
            remarks.push(format!("{name}: alarm {} since {}: {}", alarm.name, shown(alarm.since), alarm.detail));
        }
        remarks
    }

    fn sign_in_remark(&self, report: &StreamReport, method: &str) -> Option<String> {
        let name = &self.source.name;
        match (report.answered_at, report.failing_since.filter(|_| report.failed_sign_in)) {
            (_, Some(since)) => Some(format!("{name}: sign-in by `{method}` is rejected since {}", shown(since))),
            (Some(at), None) => Some(format!("{name}: sign-in by `{method}` last worked at {}", shown(at))),
            (None, None) => None,
        }
    }
}

fn as_json(logs: &[Log<'_>], now: Timestamp) -> Value {
    let logs: Vec<_> = logs.iter().map(|log| log_json(log, now)).collect();
    json!({"time": shown(now), "logs": logs})
}

fn log_json(log: &Log<'_>, now: Timestamp) -> Value {
    let time = |time: fn(&StreamReport) -> Option<Timestamp>| log.report.and_then(time).map(shown);
    let report = log.report;
    let lag = report.and_then(|report| report.covered_to).map(|time| between(time, now).as_secs());
    let gap = |gap: &Gap| json!({"start": shown(gap.start), "end": shown(gap.end), "filled_to": shown(gap.filled_to)});
    let alarm = |alarm: &&Alarm| json!({"name": alarm.name, "since": shown(alarm.since), "detail": alarm.detail});
    let failing = report.filter(|report| report.failing_since.is_some());
    json!({
        "source": log.source.name,
        "product": log.source.source.name,
        "log_type": log.records,
        "covered_to": time(|report| report.covered_to),
        "lag_seconds": lag,
        "last_event": time(|report| report.last_event),
        "delivered_at": time(|report| report.delivered_at),
        "backfill": report.map(|report| report.gaps.iter().map(gap).collect::<Vec<_>>()).unwrap_or_default(),
        "backfill_percent": report.and_then(share),
        "quarantined": report.map_or(0, |report| report.quarantined),
        "sign_in": {
            "method": log.source.sign_in.method,
            "worked_at": time(|report| report.answered_at),
            "rejected_since": failing.filter(|report| report.failed_sign_in).and_then(|report| report.failing_since).map(shown),
            "ends_on": log.source.sign_in.ends.as_ref().map(|ends| ends.on),
        },
        "trouble": failing.map(|report| json!({
            "since": report.failing_since.map(shown),
            "last_at": report.failed_at.map(shown),
            "why": report.failure,
        })),
        "alarms": log.alarms.iter().map(alarm).collect::<Vec<_>>(),
    })
}

/// How much of the past has come, in whole percent, and 100 only when all has; `None` before it is known how much there is.
fn share(report: &StreamReport) -> Option<u64> {
    let gaps = &report.gaps;
    if gaps.is_empty() {
        return report.covered_to.map(|_| 100);
    }
    let sum = |part: fn(&Gap) -> Duration| gaps.iter().map(|gap| part(gap).as_secs()).sum::<u64>();
    let whole = sum(|gap| between(gap.start, gap.end));
    Some((sum(|gap| between(gap.start, gap.filled_to)) * 100 / whole.max(1)).min(99))
}

fn shown(time: Timestamp) -> String {
    clock::text(whole_seconds(time))
}

/// A length of time in its greatest unit.
fn length(length: Duration) -> String {
    match length.as_secs() {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds @ 120..7200 => format!("{} min", seconds / 60),
        seconds @ 7200..172_800 => format!("{} h", seconds / 3600),
        seconds => format!("{} d", seconds / 86_400),
    }
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST_NAME {
        return name.to_owned();
    }
    name.chars().take(LONGEST_NAME - 1).chain(['…']).collect()
}

/// A paragraph in lines of at most 100 characters, but for words that are longer; all but the first are indented.
fn folded(paragraph: &str) -> String {
    let mut lines = String::new();
    let mut length = 0;
    for word in paragraph.split_whitespace() {
        let more = word.chars().count() + 1;
        if length > 0 && length + more > WIDTH {
            lines.push_str("\n  ");
            length = 2;
        } else if length > 0 {
            lines.push(' ');
        }
        lines.push_str(word);
        length += more;
    }
    lines + "\n"
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::clock::earlier;
    use crate::testing::noon;

    fn config() -> config::Config {
        let text = "sources:\n  - name: acme-support-with-quite-a-long-name\n    source: zendesk\n    \
                    inputs: {subdomain: acme}\n    \
                    auth: {method: api_token, email: me@acme.example, api_token: {env: TOKEN}}\n";
        config::parse(text, Path::new("logwright.yml"), noon()).unwrap()
    }

    fn ago(seconds: u64) -> Timestamp {
        earlier(noon(), Duration::from_secs(seconds))
    }

    fn report() -> Report {
        let start = ago(100 * 3600);
        let stream = StreamReport {
            source_id: source_id("acme-support-with-quite-a-long-name"),
            log_type: "Zendesk.Audit".into(),
            start,
            covered_to: Some(ago(35)),
            last_event: Some(ago(600)),
            delivered_at: Some(ago(500)),
            answered_at: Some(ago(300)),
            failing_since: Some(ago(200)),
            failed_at: Some(ago(100)),
            failed_sign_in: true,
            failure: Some(
                "credentials rejected (HTTP 401): check the token and what else there is to check ".repeat(2),
            ),
            gaps: vec![Gap { start, end: noon(), filled_to: ago(60 * 3600) }],
            quarantined: 123_456,
        };
        let alarm = Alarm {
            source_id: stream.source_id.clone(),
            name: "no_events".into(),
            since: ago(9000),
            detail: "none for 24 h".into(),
        };
        Report { streams: vec![stream], alarms: vec![alarm] }
    }

    #[test]
    fn every_line_fits_100_characters_and_says_what_is_the_matter() {
        let (config, report) = (config(), report());
        let text = text(&logs(&config.sources[0], &report), noon());
        assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
        let second = text.lines().nth(1).unwrap();
        let expected =
            "acme-support-with-quite-a-lon…  2026-11-22T11:59:25Z  35 s  2026-11-22T11:50:00Z  40 %      123456";
        assert_eq!(second, expected);
        for part in [
            "is rejected since 2026-11-22T11:56:40Z",
            "in trouble since 2026-11-22T11:56:40Z, last at 2026-11-22T11:58:20Z: credentials",
            "has come to 2026-11-20T00:00:00Z",
            "`api_token` ends on 2027-04-30, in 159 days",
            "alarm no_events since 2026-11-22T09:30:00Z: none for 24 h",
        ] {
            assert!(text.split_whitespace().collect::<Vec<_>>().join(" ").contains(part), "{part} is not in {text}");
        }
    }

    #[test]
    fn json_has_the_same_for_programs() {
        let (config, report) = (config(), report());
        let json = as_json(&logs(&config.sources[0], &report), noon());
        let log = &json["logs"][0];
        assert_eq!((log["lag_seconds"].as_u64(), log["backfill_percent"].as_u64()), (Some(35), Some(40)));
        assert_eq!(log["sign_in"]["rejected_since"], "2026-11-22T11:56:40Z");
        assert_eq!(log["sign_in"]["ends_on"], "2027-04-30");
        assert_eq!(log["trouble"]["last_at"], "2026-11-22T11:58:20Z");
        assert_eq!(log["alarms"][0]["name"], "no_events");
    }

    #[test]
    fn a_source_that_was_never_pulled_is_shown_as_such() {
        let (config, report) = (config(), Report::default());
        let logs = logs(&config.sources[0], &report);
        assert!(text(&logs, noon()).contains("nothing was pulled yet"));
        let json = as_json(&logs, noon());
        assert_eq!((&json["logs"][0]["covered_to"], &json["logs"][0]["trouble"]), (&Value::Null, &Value::Null));
    }
}
