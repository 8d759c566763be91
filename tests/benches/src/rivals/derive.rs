//! Structs that derive serde's traits, read by `serde_json`, by sonic-rs and by simd-json.

use std::borrow::Cow;
use std::ops::Deref;

use serde::Deserialize;

use super::{Event, Standard, addresses};
use crate::{Job, by_line};

/// A text that borrows where it can. (`Option<Cow<str>>` alone never does, whatever its attributes say.)
#[derive(Deserialize)]
struct Borrowed<'a>(#[serde(borrow)] Cow<'a, str>);

impl Deref for Borrowed<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// The event with texts of type `T`.
#[derive(Deserialize)]
struct Audit<T> {
    action: Option<T>,
    action_label: Option<T>,
    actor_id: Option<i64>,
    actor_name: Option<T>,
    change_description: Option<T>,
    created_at: T,
    id: i64,
    ip_address: Option<T>,
    source_id: Option<i64>,
    source_label: Option<T>,
    source_type: Option<T>,
    url: Option<T>,
}

impl<T: Deref<Target = str>> Audit<T> {
    /// The event as it is written; `None` where its time is none.
    fn normalise<'e>(&'e self, standard: &'e mut Standard) -> Option<Event<'e>> {
        standard.next(&self.created_at)?;
        Some(Event {
            action: self.action.as_deref(),
            action_label: self.action_label.as_deref(),
            actor_id: self.actor_id,
            actor_name: self.actor_name.as_deref(),
            change_description: self.change_description.as_deref(),
            created_at: &standard.event_time,
            id: self.id,
            ip_address: self.ip_address.as_deref(),
            source_id: self.source_id,
            source_label: self.source_label.as_deref(),
            source_type: self.source_type.as_deref(),
            url: self.url.as_deref(),
            p_log_type: "Zendesk.Audit",
            p_row_id: &standard.row_id,
            p_event_time: &standard.event_time,
            p_parse_time: &standard.parse_time,
            p_any_ip_addresses: addresses(self.ip_address.as_deref()),
        })
    }
}

/// `serde_json`, each text in a `String` of its own.
pub fn owned() -> Job {
    let mut standard = Standard::default();
    by_line(move |line, out| {
        let audit: Audit<String> = serde_json::from_slice(line).expect("a good event");
        serde_json::to_writer(&mut *out, &audit.normalise(&mut standard)).expect("a Vec takes all");
        out.push(b'\n');
    })
}

/// `serde_json`, texts borrowed from the line.
pub fn borrowed() -> Job {
    let mut standard = Standard::default();
    by_line(move |line, out| {
        let audit: Audit<Borrowed<'_>> = serde_json::from_slice(line).expect("a good event");
        serde_json::to_writer(&mut *out, &audit.normalise(&mut standard)).expect("a Vec takes all");
        out.push(b'\n');
    })
}

/// sonic-rs, for reading and for writing.
pub fn sonic() -> Job {
    let mut standard = Standard::default();
    by_line(move |line, out| {
        let audit: Audit<Borrowed<'_>> = sonic_rs::from_slice(line).expect("a good event");
        sonic_rs::to_writer(&mut *out, &audit.normalise(&mut standard)).expect("a Vec takes all");
        out.push(b'\n');
    })
}

/// simd-json. It decodes in place, so the line is copied first.
pub fn simd() -> Job {
    let mut standard = Standard::default();
    let mut copy = Vec::new();
    let mut buffers = simd_json::Buffers::default();
    by_line(move |line, out| {
        copy.clear();
        copy.extend_from_slice(line);
        let audit: Audit<Borrowed<'_>> =
            simd_json::serde::from_slice_with_buffers(&mut copy, &mut buffers).expect("a good event");
        simd_json::serde::to_writer(&mut *out, &audit.normalise(&mut standard)).expect("a Vec takes all");
        out.push(b'\n');
    })
}
