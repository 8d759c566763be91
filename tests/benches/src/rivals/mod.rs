//! The same job by other means: validate an audit event, normalise it, write it with its `p_` fields.
//!
//! All of them get their ids, their clock, and the reading and writing of times from Logwright, so that what is compared is
//! the work on JSON and lines.

pub mod derive;
pub mod lines;
pub mod value;

use logwright::time::{TimeFormat, Timestamp, parse_text};
use serde::Serialize;

use crate::Stamps;

/// What every event gets, as texts whose room is used again.
#[derive(Debug, Default)]
struct Standard {
    stamps: Stamps,
    row_id: String,
    event_time: String,
    parse_time: String,
}

impl Standard {
    /// The standard fields of an event that happened at `time`, in RFC 3339.
    fn next(&mut self, time: &str) -> Option<()> {
        self.stamp(parse_text(&[TimeFormat::Rfc3339], time)?);
        Some(())
    }

    /// The standard fields of an event that happened at `time`.
    fn stamp(&mut self, time: Timestamp) {
        let envelope = self.stamps.next(time);
        write_to(&mut self.row_id, |out| out.extend_from_slice(envelope.row_id.to_string().as_bytes()));
        write_lake(time, &mut self.event_time);
        if self.parse_time.is_empty() {
            write_lake(self.stamps.now, &mut self.parse_time);
        }
    }
}

fn write_lake(time: Timestamp, text: &mut String) {
    write_to(text, |out| time.write_lake(out));
}

fn write_to(text: &mut String, write: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = std::mem::take(text).into_bytes();
    bytes.clear();
    write(&mut bytes);
    *text = String::from_utf8(bytes).expect("times and ids are ASCII");
}

/// The list of one address, or nothing.
fn addresses(ip: Option<&str>) -> Option<[&str; 1]> {
    ip.filter(|ip| ip.parse::<std::net::IpAddr>().is_ok()).map(|ip| [ip])
}

/// The event as all that use serde write it, in the order of ours.
#[derive(Serialize)]
struct Event<'e> {
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action_label: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor_name: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change_description: Option<&'e str>,
    created_at: &'e str,
    id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    ip_address: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_label: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_type: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'e str>,
    p_log_type: &'static str,
    p_row_id: &'e str,
    p_event_time: &'e str,
    p_parse_time: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    p_any_ip_addresses: Option<[&'e str; 1]>,
}
