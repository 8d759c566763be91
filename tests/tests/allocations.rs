//! What an event costs in allocations: for an audit event of Zendesk, none, once the buffers have grown to the largest.

use allocation_counter::measure;
use logwright::event::{Envelope, Profile, RowId, write_event};
use logwright::indicators::Indicators;
use logwright::log_type::LogType;
use logwright::log_types::zendesk::audit::LOG_TYPE;
use logwright::time::Timestamp;

const EVENTS: &[&str] = &[
    r#"{"id":498483,"url":"https://acme.zendesk.com/api/v2/audit_logs/498483.json","actor_id":1234,"actor_name":"Zoë",
        "source_id":3456,"source_type":"user","source_label":"Jane \"J\" Doe\n\u00e9\/","action":"login","ip_address":"203.0.113.7",
        "action_label":"Signed in","change_description":"","created_at":"2026-03-01T11:32:44Z","undeclared":{"a":[1,{}]}}"#,
    r#"{"created_at":"2026-03-01T11:32:44.5+02:00","ip_address":"2001:db8::1","id":9223372036854775807,"action":null}"#,
];

#[test]
fn an_audit_event_is_parsed_and_written_without_an_allocation() {
    let now = Timestamp::from_unix(1_772_366_000, 0).unwrap();
    let mut lines = LOG_TYPE.lines();
    let (mut indicators, mut out) = (Indicators::default(), Vec::new());
    let mut pass = || {
        out.clear();
        for event in EVENTS {
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
