//! The tables, how older ones are brought up to date, and the settings that make a commit last.

use std::fs::OpenOptions;
use std::path::Path;

use rusqlite::Connection;

use super::at;
use crate::failure::{Failure, io};

/// The version of the tables, kept in `SQLite`'s `user_version`.
pub(super) const VERSION: i64 = 3;

const TABLES: &str = "
CREATE TABLE stream (
    id INTEGER PRIMARY KEY,
    source_id TEXT NOT NULL,
    log_type TEXT NOT NULL,
    account TEXT NOT NULL,
    start INTEGER NOT NULL,
    covered_to INTEGER,
    reconciled_at INTEGER,
    forgotten_before INTEGER,
    windows INTEGER NOT NULL,
    cursor TEXT,
    last_event INTEGER,
    delivered_at INTEGER,
    answered_at INTEGER,
    failing_since INTEGER,
    failed_at INTEGER,
    failed_sign_in INTEGER,
    failure TEXT,
    UNIQUE (source_id, log_type)
) STRICT;
CREATE TABLE quarantine (
    stream INTEGER NOT NULL REFERENCES stream (id),
    key TEXT NOT NULL,
    raw BLOB NOT NULL,
    pointer TEXT NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    schema TEXT NOT NULL,
    at INTEGER NOT NULL,
    record_key TEXT,
    PRIMARY KEY (stream, key)
) STRICT;
CREATE INDEX quarantine_by_record ON quarantine (stream, record_key);
";

/// What is under way; new with version 2.
const WINDOWS: &str = "
CREATE TABLE open_window (
    stream INTEGER NOT NULL REFERENCES stream (id),
    lane INTEGER NOT NULL,
    number INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    start INTEGER NOT NULL,
    \"end\" INTEGER NOT NULL,
    covers_to INTEGER NOT NULL,
    next TEXT,
    page INTEGER NOT NULL,
    PRIMARY KEY (stream, lane)
) STRICT, WITHOUT ROWID;
CREATE TABLE gap (
    id INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES stream (id),
    start INTEGER NOT NULL,
    \"end\" INTEGER NOT NULL,
    filled_to INTEGER NOT NULL
) STRICT;
";

/// The records that were seen, in the order of their times; new with version 3. Records come and are forgotten in about that
/// order, so those of a page are neighbours in the file. In the order of their keys, which is none, each would be in a block of its
/// own, and that be written when the record comes and when it is forgotten: kilobytes for a record of 20 bytes.
const SEEN: &str = "
CREATE TABLE seen (
    stream INTEGER NOT NULL REFERENCES stream (id),
    time INTEGER NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (stream, time, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE seen_as_of (
    stream INTEGER NOT NULL REFERENCES stream (id),
    time INTEGER NOT NULL,
    key TEXT NOT NULL,
    as_of INTEGER NOT NULL,
    PRIMARY KEY (stream, time, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_by_as_of ON seen_as_of (stream, as_of);
";

/// The time of a record of which only the key is known: it was seen by version 2 or before.
pub(super) const NO_TIME: i64 = i64::MIN;

/// What is kept of alarms; new with version 2.
const ALARMS: &str = "
CREATE TABLE alarm (
    source_id TEXT NOT NULL,
    name TEXT NOT NULL,
    since INTEGER NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (source_id, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE silence (
    source_id TEXT PRIMARY KEY,
    since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE notice (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
";

/// From version 1, in which a log had one window, and the past came before the present. A piece of the past that was under
/// way becomes a gap that ends with it; what is new after it is then noted as another gap, as after any pause.
const FROM_1: &str = "
ALTER TABLE stream ADD COLUMN cursor TEXT;
ALTER TABLE stream ADD COLUMN last_event INTEGER;
ALTER TABLE stream ADD COLUMN delivered_at INTEGER;
ALTER TABLE stream ADD COLUMN answered_at INTEGER;
ALTER TABLE stream ADD COLUMN failing_since INTEGER;
ALTER TABLE stream ADD COLUMN failed_at INTEGER;
ALTER TABLE stream ADD COLUMN failed_sign_in INTEGER;
ALTER TABLE stream ADD COLUMN failure TEXT;
ALTER TABLE quarantine ADD COLUMN record_key TEXT;
CREATE INDEX quarantine_by_record ON quarantine (stream, record_key);
INSERT INTO open_window
    SELECT id, window_kind = 1, windows, window_kind, window_start, window_end, window_covers_to, next, page
    FROM stream WHERE window_kind IS NOT NULL;
INSERT INTO gap (stream, start, \"end\", filled_to)
    SELECT id, window_start, window_end, coalesce(covered_to, start) FROM stream WHERE window_kind = 1;
UPDATE stream SET last_event = (SELECT max(time) FROM seen WHERE seen.stream = stream.id);
ALTER TABLE stream DROP COLUMN window_kind;
ALTER TABLE stream DROP COLUMN window_start;
ALTER TABLE stream DROP COLUMN window_end;
ALTER TABLE stream DROP COLUMN window_covers_to;
ALTER TABLE stream DROP COLUMN next;
ALTER TABLE stream DROP COLUMN page;
";

/// From version 2, in which every record was found by its key alone, and remembered by a time that need not be its own. Those that
/// are there still are, until they are forgotten.
fn from_2() -> String {
    format!(
        "ALTER TABLE seen RENAME TO seen_by_key; DROP INDEX seen_by_time; {SEEN}
         INSERT INTO seen_as_of SELECT stream, {NO_TIME}, key, time FROM seen_by_key;
         DROP TABLE seen_by_key;"
    )
}

/// Makes the file with rights for its owner alone, before `SQLite` would make it with others.
pub(super) fn create_private(path: &Path) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path).map(drop).map_err(io(format!("make the state {}", path.display())))
}

/// Sets the connection up, makes the tables in a new state, and brings those of an older one up to date.
pub(super) fn prepare(connection: &Connection, path: &Path) -> Result<(), Failure> {
    // A commit is on the disk before it returns: the sink's acknowledgement is worth nothing otherwise.
    let settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";
    connection.execute_batch(settings).map_err(at(path))?;
    // All statements of a page are kept, so that none is prepared anew for each.
    connection.set_prepared_statement_cache_capacity(64);
    let changes = match version(connection).map_err(at(path))? {
        VERSION => return Ok(()),
        0 => [TABLES, WINDOWS, ALARMS, SEEN].concat(),
        1 => [WINDOWS, FROM_1, ALARMS, &from_2()].concat(),
        2 => from_2(),
        newer => return Err(is_newer(newer, path)),
    };
    // The change and its number in one transaction: a crash leaves the old tables, whole.
    let done = connection.execute_batch(&format!("BEGIN; {changes} PRAGMA user_version = {VERSION}; COMMIT;"));
    if done.is_err() && !connection.is_autocommit() {
        // What cannot be undone here is undone when the file is opened next.
        let _ = connection.execute_batch("ROLLBACK");
    }
    done.map_err(at(path))
}

/// The version of the tables that are there; 0 where there are none.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// The refusal of tables that a newer program made.
pub(super) fn is_newer(version: i64, path: &Path) -> Failure {
    Failure::Outside(format!(
        "the state {} has version {version}, and this program knows version {VERSION}; use the program that made it, or a new `state` folder",
        path.display()
    ))
}
