//! What an event costs in allocations: none, once the buffers have grown to the largest. So for an audit event of Zendesk, which
//! is JSON, for a line of a web server, which a pattern takes apart, and for a flow record, whose cells a header names.
//! And what the worst of events costs in memory.

use allocation_counter::measure;
use logwright::event::{Envelope, Profile, RowId, write_event};
use logwright::indicators::Indicators;
use logwright::json::Buffer;
use logwright::log_type::LogType;
use logwright::log_types::{aws, okta, web, zendesk};
use logwright::time::Timestamp;

const AUDIT: &[&str] = &[
    r#"{"id":498483,"url":"https://acme.zendesk.com/api/v2/audit_logs/498483.json","actor_id":1234,"actor_name":"Zoë",
        "source_id":3456,"source_type":"user","source_label":"Jane \"J\" Doe\n\u00e9\/","action":"login","ip_address":"203.0.113.7",
        "action_label":"Signed in","change_description":"","created_at":"2026-03-01T11:32:44Z","undeclared":{"a":[1,{}]}}"#,
    r#"{"created_at":"2026-03-01T11:32:44.5+02:00","ip_address":"2001:db8::1","id":9223372036854775807,"action":null}"#,
];

const ACCESS: &[&str] = &[
    r#"203.0.113.7 - jane [01/Mar/2026:11:32:44 +0000] "GET /a?b=c HTTP/1.1" 200 5120 "https://www.example.com/start" "curl/8.5.0""#,
    // The common format, a name that is no address, a quote in a value, no size.
    r#"bücher.example - - [01/Mar/2026:11:32:44 -0730] "GET /x"y HTTP/1.1" 304 -"#,
];

const FLOW_HEADER: &str = "version account-id srcaddr dstaddr srcport bytes start end action other";
const FLOW: &[&str] = &[
    "2 123456789012 203.0.113.7 198.51.100.9 443 1000000 1772364764 1772364790 ACCEPT x",
    "2 - 2001:db8::1 - - - 1772364764.5 1772364790 \"REJECT\" -",
];

/// Parses and writes the events over and over.
fn check(log_type: &dyn LogType, header: Option<&str>, events: &[&str]) {
    let now = Timestamp::from_unix(1_772_366_000, 0).unwrap();
    let mut lines = log_type.lines();
    if let Some(header) = header {
        lines.parse(header.as_bytes(), &mut |_| {}).unwrap();
    }
    let (mut indicators, mut out) = (Indicators::default(), Buffer::default());
    let mut pass = || {
        out.clear();
        for event in events {
            let parsed = lines.parse(event.as_bytes(), &mut |record| {
                let row_id = RowId::new(record.event_time().unwrap_or(now), [7; 10]);
                let envelope = Envelope { row_id, parse_time: now.into(), origin: None, profile: Profile::Lake };
                write_event(record, &envelope, &mut indicators, &mut out);
            });
            parsed.unwrap();
        }
    };
    let first = measure(&mut pass);
    assert!(first.count_total > 0, "the counter counts: the first pass makes the buffers");
    let steady = measure(|| (0..100).for_each(|_| pass()));
    assert_eq!(steady.count_total, 0, "{steady:?}");
}

#[test]
fn an_audit_event_is_parsed_and_written_without_an_allocation() {
    check(&zendesk::audit::LOG_TYPE, None, AUDIT);
}

#[test]
fn a_line_of_a_web_server_is_parsed_and_written_without_an_allocation() {
    check(&web::access::LOG_TYPE, None, ACCESS);
}

#[test]
fn a_flow_record_is_parsed_and_written_without_an_allocation() {
    check(&aws::vpc_flow::LOG_TYPE, Some(FLOW_HEADER), FLOW);
}

#[test]
fn an_event_that_is_all_elements_fills_no_memory() {
    let head = r#"{"uuid":"a","published":"2026-03-01T11:32:44Z","eventType":"x","target":["#;
    for count in [65_536, 2_000_000] {
        let event = [head, &vec!["{}"; count].join(","), "]}"].concat();
        let parse = || drop(okta::system_log::LOG_TYPE.parse(event.as_bytes(), &mut |_| {}));
        // The longest list that is taken, and half of it once more while it grows.
        assert!(measure(parse).bytes_max < 24 << 20, "{count}: {:?}", measure(parse));
    }
}
