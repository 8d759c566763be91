//! The records of a page become events, or go to quarantine; none is dropped for its time or its form.

use std::collections::HashSet;

use logwright::event::{Envelope, Origin, Profile, write_event};
use logwright::indicators::Indicators;
use logwright::json;
use logwright::log_type::Record;
use logwright::time::Timestamp;

use super::page::Page;
use crate::account::{Account, Stream};
use crate::failure::Failure;
use crate::identity::{fingerprint, row_id};
use crate::state::Quarantined;

/// A key longer than this is not kept as it is.
const LONGEST_KEY: usize = 1024;

/// What a page holds that is new.
#[derive(Debug, Default)]
pub struct Batch<'p> {
    /// The events, one JSON object a line.
    pub lines: Vec<u8>,
    /// The key and the time of each event.
    pub seen: Vec<(String, Timestamp)>,
    /// What could not be parsed.
    pub quarantined: Vec<Quarantined<'p>>,
    /// Records that were there before.
    pub repeats: u64,
}

/// Reads the records of `page`. `was_seen` tells whether a key was delivered before.
///
/// # Errors
/// What `was_seen` gives. A record never fails: it goes to quarantine.
pub fn read<'p>(
    page: &'p Page,
    account: &Account,
    stream: Stream,
    profile: Profile,
    now: Timestamp,
    was_seen: impl Fn(&str) -> Result<bool, Failure>,
) -> Result<Batch<'p>, Failure> {
    let mut batch = Batch::default();
    let mut in_page = HashSet::new();
    let mut indicators = Indicators::default();
    let origin = Origin { source_id: &account.id, source_label: &account.name };
    let schema = stream.log_type.schema();
    for raw in page.records() {
        let mut found = Ok(false);
        let mut keyless = false;
        let mut take = |record: &dyn Record| {
            let Some(key) = record.key() else {
                keyless = true;
                return;
            };
            found = if in_page.contains(&key) { Ok(true) } else { was_seen(&key) };
            if !matches!(found, Ok(false)) {
                return;
            }
            let time = record.event_time().unwrap_or(now);
            let row_id = row_id(&account.id, schema.log_type, &key, time);
            let envelope = Envelope { row_id, parse_time: now, origin: Some(origin), profile };
            write_event(record, &envelope, &mut indicators, &mut batch.lines);
            batch.lines.push(b'\n');
            in_page.insert(key.clone());
            batch.seen.push((key, time));
        };
        let parsed = stream.log_type.parse(raw, &mut take);
        batch.repeats += u64::from(found?);
        let (pointer, code, message) = match parsed {
            Ok(()) if !keyless => continue,
            Ok(()) => (String::new(), "key", "the record has no key".to_owned()),
            Err(error) => (error.pointer().to_owned(), error.code().name(), error.message().to_owned()),
        };
        batch.quarantined.push(Quarantined {
            key: key_in(raw, stream.log.key),
            raw,
            pointer,
            code,
            message,
            schema: schema.fingerprint,
            at: now,
        });
    }
    Ok(batch)
}

/// What identifies a record that does not parse: its key where it can be found, else a fingerprint of its bytes.
fn key_in(raw: &[u8], fields: &[&str]) -> String {
    let mut parts = Vec::new();
    for field in fields {
        let pointer = format!("/{}", field.replace('~', "~0").replace('/', "~1"));
        match json::find(raw, &pointer).ok().flatten().map(std::str::from_utf8) {
            Some(Ok(value)) if value != "null" => parts.push(value),
            _ => return fingerprint(raw),
        }
    }
    let key = parts.join("/");
    if parts.is_empty() || key.len() > LONGEST_KEY { fingerprint(raw) } else { key }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_record_is_known_by_its_key_or_else_by_its_bytes() {
        assert_eq!(key_in(br#"{"id": 7, "created_at": 1}"#, &["id"]), "7");
        assert_eq!(key_in(br#"{"id": "a", "n": 2}"#, &["id", "n"]), r#""a"/2"#);
        for raw in [&br#"{"id": null}"#[..], b"{}", b"7", b"{\"id\": \"\xff\"}", b""] {
            assert_eq!(key_in(raw, &["id"]), fingerprint(raw));
        }
    }
}
