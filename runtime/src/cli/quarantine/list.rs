//! `logwright quarantine list`: a line for each record, or for each reason.

use std::collections::BTreeMap;

use logwright::time::Timestamp;
use serde_json::{Value, json};

use super::super::table::{fitted, row, shortened};
use super::super::{print, say};
use super::{Entry, Filters, held, safe};
use crate::clock::{self, Clock, whole_seconds};
use crate::failure::Failure;
use crate::state::Quarantine;

/// The longest name of a source and its log that is shown whole.
const LONGEST_NAME: usize = 26;

/// Options of `quarantine list`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "With --json each line is an object with id, key, source, log_type, at, code, pointer, message, schema, bytes; \
                  with --count as well: count, source, log_type, code, pointer, first, last."
)]
pub(super) struct Options {
    #[command(flatten)]
    filters: Filters,
    /// Count by source, log type, code and place, the most frequent first.
    #[arg(long)]
    count: bool,
    /// One JSON object a line, for programs.
    #[arg(long)]
    json: bool,
}

/// Records that were refused for the same reason at the same place.
struct Group<'e> {
    of: Entry<'e>,
    count: usize,
    first: Timestamp,
    last: Timestamp,
}

pub(super) fn run(options: &Options, clock: &dyn Clock) -> Result<(), Failure> {
    let config = options.filters.load(clock)?;
    let quarantine = Quarantine::read(&config.state)?;
    let held = held(quarantine.as_ref())?;
    let entries = options.filters.of(&held, &config);
    if options.json {
        let lines: Vec<Value> = if options.count {
            groups(&entries).iter().map(group_json).collect()
        } else {
            entries.iter().map(json).collect()
        };
        return lines.iter().try_for_each(|line| print(&format!("{line}\n")));
    }
    if entries.is_empty() {
        let fits = if options.filters.any() { " that fits" } else { "" };
        say(&format!("nothing{fits} is in quarantine"));
        return Ok(());
    }
    print(&if options.count { counted(&groups(&entries)) } else { listed(&entries) })
}

/// A line for each record.
fn listed(entries: &[Entry<'_>]) -> String {
    let mut rows = vec![row(["ID", "PULLED AT", "SOURCE AND LOG", "CODE", "REASON"])];
    rows.extend(entries.iter().map(|entry| {
        let (id, at) = (entry.id().to_owned(), shown(entry.held.at));
        vec![id, at, name(entry), safe(&entry.held.code), safe(&entry.reason())]
    }));
    if rows[1..].iter().all(|row| row[2] == rows[1][2]) {
        // Room for the reasons.
        for row in &mut rows {
            row.remove(2);
        }
    }
    fitted(rows)
}

/// A line for each reason.
fn counted(groups: &[Group<'_>]) -> String {
    let mut rows = vec![row(["COUNT", "LAST PULLED AT", "SOURCE AND LOG", "CODE", "PLACE"])];
    rows.extend(groups.iter().map(|group| {
        let entry = &group.of;
        let place = if entry.held.pointer.is_empty() { "(the record)" } else { &entry.held.pointer };
        vec![group.count.to_string(), shown(group.last), name(entry), safe(&entry.held.code), safe(place)]
    }));
    fitted(rows)
}

fn groups<'e>(entries: &[Entry<'e>]) -> Vec<Group<'e>> {
    let mut groups: BTreeMap<_, Group<'e>> = BTreeMap::new();
    for entry in entries {
        let (held, at) = (entry.held, entry.held.at);
        let same = (&held.source_id, &held.log_type, &held.code, &held.pointer);
        let group = groups.entry(same).or_insert(Group { of: *entry, count: 0, first: at, last: at });
        group.count += 1;
        group.first = group.first.min(at);
        group.last = group.last.max(at);
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.count));
    groups
}

fn name(entry: &Entry<'_>) -> String {
    shortened(&format!("{} {}", entry.source_name(), entry.held.log_type), LONGEST_NAME)
}

pub(super) fn json(entry: &Entry<'_>) -> Value {
    let held = entry.held;
    json!({
        "id": entry.id(),
        "key": held.key,
        "source": entry.source_name(),
        "log_type": held.log_type,
        "at": clock::text(held.at),
        "code": held.code,
        "pointer": held.pointer,
        "message": held.message,
        "schema": held.schema,
        "bytes": held.bytes,
    })
}

fn group_json(group: &Group<'_>) -> Value {
    let entry = &group.of;
    json!({
        "count": group.count,
        "source": entry.source_name(),
        "log_type": entry.held.log_type,
        "code": entry.held.code,
        "pointer": entry.held.pointer,
        "first": clock::text(group.first),
        "last": clock::text(group.last),
    })
}

pub(super) fn shown(time: Timestamp) -> String {
    clock::text(whole_seconds(time))
}
