//! What is served is well-formed, is what happened, and is what the guide says.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use reqwest::header::HeaderMap;
use url::Url;

use super::*;
use crate::clock::{Manual, earlier, later};
use crate::config;
use crate::http::{Ask, Http};
use crate::testing::noon;

const GUIDE: &str = include_str!("../../docs/operations.md");

fn source(name: &str) -> SourceConfig {
    let text = format!(
        "sources:\n  - name: {name}\n    source: zendesk\n    inputs: {{subdomain: acme}}\n    \
         auth: {{method: oauth_token, access_token: {{env: NONE}}}}\n"
    );
    config::parse(&text, Path::new("logwright.yml"), noon()).unwrap().sources.remove(0)
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Metrics in which something of every family happened.
fn busy() -> Metrics {
    let metrics = Metrics::default();
    metrics.begin(&source("acme"));
    let covered_to = Some(earlier(noon(), seconds(35)));
    let after = Summary { events: 40, repeats: 7, quarantined: 2, late: 1, pages: 3, covered_to, ..Summary::default() };
    metrics.page("acme", "Zendesk.Audit", &Summary::default(), &after);
    metrics.page("acme", "Zendesk.Audit", &after, &Summary { events: 42, ..after.clone() });
    // The lane of the past has an older view of the present.
    let past = Summary { covered_to: Some(earlier(noon(), seconds(9000))), ..Summary::default() };
    metrics.page("acme", "Zendesk.Audit", &past, &past);
    for lateness in [5, 10, 11, 100_000] {
        metrics.lateness("acme", "Zendesk.Audit", seconds(lateness));
    }
    metrics.drained("acme", "Zendesk.Audit", noon());
    let reply = Reply { status: 429, headers: HeaderMap::new(), body: vec![0; 123] };
    metrics.request("acme", Some(&reply), Duration::from_millis(1500));
    metrics.request("acme", None, seconds(180));
    metrics.retry("acme", Reason::RateLimit);
    metrics.waited("acme", Reason::RateLimit, Duration::from_millis(2500));
    metrics.alarm("acme", "no_events", true);
    metrics
}

#[test]
fn what_happened_is_what_is_served() {
    let text = busy().text(noon());
    for line in [
        "# TYPE logwright_events_total counter",
        r#"logwright_events_total{source="acme",log_type="Zendesk.Audit"} 42"#,
        r#"logwright_repeats_total{source="acme",log_type="Zendesk.Audit"} 7"#,
        r#"logwright_quarantined_records_total{source="acme",log_type="Zendesk.Audit"} 2"#,
        r#"logwright_late_events_total{source="acme",log_type="Zendesk.Audit"} 1"#,
        r#"logwright_pages_total{source="acme",log_type="Zendesk.Audit"} 3"#,
        r#"logwright_event_lateness_seconds_bucket{source="acme",log_type="Zendesk.Audit",le="10"} 2"#,
        r#"logwright_event_lateness_seconds_bucket{source="acme",log_type="Zendesk.Audit",le="86400"} 3"#,
        r#"logwright_event_lateness_seconds_bucket{source="acme",log_type="Zendesk.Audit",le="+Inf"} 4"#,
        r#"logwright_event_lateness_seconds_count{source="acme",log_type="Zendesk.Audit"} 4"#,
        r#"logwright_event_lateness_seconds_sum{source="acme",log_type="Zendesk.Audit"} 100026"#,
        r#"logwright_lag_seconds{source="acme",log_type="Zendesk.Audit"} 35"#,
        r#"logwright_last_success_timestamp_seconds{source="acme",log_type="Zendesk.Audit"} 1795348800"#,
        r#"logwright_requests_total{source="acme",status="429"} 1"#,
        r#"logwright_requests_total{source="acme",status="none"} 1"#,
        r#"logwright_request_duration_seconds_bucket{source="acme",le="2"} 1"#,
        r#"logwright_received_bytes_total{source="acme"} 123"#,
        r#"logwright_retries_total{source="acme",reason="rate_limit"} 1"#,
        r#"logwright_wait_seconds_total{source="acme",reason="rate_limit"} 2.5"#,
        r#"logwright_alarms_active{source="acme",alarm="no_events"} 1"#,
        concat!(r#"logwright_build_info{version=""#, env!("CARGO_PKG_VERSION"), r#""} 1"#),
    ] {
        assert!(text.lines().any(|served| served == line), "{line} is not in\n{text}");
    }
}

#[test]
fn each_documented_metric_is_served_and_each_served_one_is_documented() {
    let documented: BTreeSet<String> = GUIDE
        .lines()
        .filter_map(|line| line.strip_prefix("| `logwright_"))
        .map(|row| {
            let cells: Vec<_> = row.split('|').map(str::trim).collect();
            format!("logwright_{} {} {}", cells[0].trim_end_matches('`'), cells[1], cells[2].replace(['`', ' '], ""))
        })
        .collect();
    let text = busy().text(noon());
    let served: BTreeSet<String> = text
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE "))
        .map(|line| {
            let (name, kind) = line.split_once(' ').unwrap();
            let series = text.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("no {name}"));
            let labels = series.split_once('{').unwrap().1.split_once('}').unwrap().0;
            let labels: Vec<_> = labels.split(',').map(|pair| pair.split_once('=').unwrap().0).collect();
            let labels: Vec<_> = labels.into_iter().filter(|label| *label != "le").collect();
            format!("{name} {kind} {}", labels.join(","))
        })
        .collect();
    assert_eq!(documented, served);
    // By the conventions: units in the name, and counters end in `total`.
    for family in families::ALL {
        assert_eq!(family.name.ends_with("_total"), family.kind == Kind::Counter, "{family:?}");
        assert_eq!(
            matches!(family.kind, Kind::Histogram(_)),
            family.name.ends_with("seconds") && family.kind != Kind::Gauge
        );
    }
}

#[test]
fn counters_begin_at_zero_and_a_source_that_is_gone_has_no_gauges() {
    let metrics = busy();
    metrics.begin(&source("other"));
    let text = metrics.text(noon());
    assert!(text.contains(r#"logwright_events_total{source="other",log_type="Zendesk.Audit"} 0"#), "{text}");
    // Beginning anew takes nothing back.
    metrics.begin(&source("acme"));
    metrics.gone("acme");
    let text = metrics.text(noon());
    assert!(text.contains(r#"logwright_events_total{source="acme",log_type="Zendesk.Audit"} 42"#), "{text}");
    for gauge in ["logwright_lag_seconds{", "logwright_alarms_active{", "logwright_last_success_timestamp_seconds{"] {
        assert!(!text.contains(gauge), "{text}");
    }
}

#[test]
fn a_label_cannot_break_out_of_its_quotes() {
    assert_eq!(escaped("a\"} 1\n\\"), r#"a\"} 1\n\\"#);
}

#[test]
fn a_log_is_ready_once_it_was_pulled_to_its_end_and_for_three_polls_after() {
    let metrics = Metrics::default();
    assert!(metrics.not_ready(noon()).is_empty(), "there is nothing to wait for");
    metrics.begin(&source("acme"));
    assert_eq!(metrics.not_ready(noon()), ["acme Zendesk.Audit: not pulled to its end yet"]);
    metrics.drained("acme", "Zendesk.Audit", noon());
    assert!(metrics.not_ready(later(noon(), seconds(240))).is_empty());
    let late = metrics.not_ready(later(noon(), seconds(241)));
    assert_eq!(late, ["acme Zendesk.Audit: last pulled to its end at 2026-11-22T12:00:00Z"]);
    metrics.gone("acme");
    assert!(metrics.not_ready(later(noon(), seconds(241))).is_empty());
}

#[derive(Clone)]
struct Shared(Arc<Manual>);

impl crate::clock::Clock for Shared {
    fn now(&self) -> Timestamp {
        self.0.now()
    }

    fn sleep(&self, duration: Duration) -> clock::Sleep<'_> {
        self.0.sleep(duration)
    }

    fn chance(&self) -> f64 {
        self.0.chance()
    }
}

#[tokio::test]
async fn the_port_serves_text_health_and_readiness() {
    let (metrics, clock) = (Metrics::default(), Arc::new(Manual::new(noon())));
    metrics.begin(&source("acme"));
    let address =
        serve::start(metrics.clone(), "127.0.0.1:0".parse().unwrap(), Shared(Arc::clone(&clock))).await.unwrap();
    let base_url = Url::parse(&format!("http://{address}")).unwrap();
    let http = Http::new(&base_url).unwrap();
    let get = |path: &str| {
        let (url, http) = (base_url.join(path).unwrap(), http.clone());
        async move {
            let reply = http.send(&Ask { url, body: None }, None).await.unwrap();
            let kind = reply.header("content-type").unwrap_or_default().to_owned();
            (reply.status, kind, String::from_utf8(reply.body).unwrap())
        }
    };
    let (status, kind, text) = get("/metrics").await;
    assert_eq!((status, kind.as_str()), (200, "text/plain; version=0.0.4; charset=utf-8"));
    assert!(text.contains("logwright_build_info"), "{text}");
    assert_eq!(get("/healthz").await.0, 200);
    let (status, _, text) = get("/readyz").await;
    assert_eq!((status, text.as_str()), (503, "acme Zendesk.Audit: not pulled to its end yet\n"));
    metrics.drained("acme", "Zendesk.Audit", noon());
    assert_eq!(get("/readyz").await.0, 200);
    clock.advance(seconds(3600));
    assert_eq!(get("/readyz").await.0, 503);
    assert_eq!(get("/secrets").await.0, 404);
    let taken = serve::start(metrics, address, crate::clock::System).await.unwrap_err().to_string();
    assert!(taken.contains("give `metrics` another port"), "{taken}");
}
