//! The tables, and the settings that make a commit last.

use std::fs::OpenOptions;
use std::path::Path;

use rusqlite::Connection;

use super::at;
use crate::failure::{Failure, io};

/// The version of the tables, kept in `SQLite`'s `user_version`.
const VERSION: i64 = 2;

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
    window_kind INTEGER,
    window_start INTEGER,
    window_end INTEGER,
    window_covers_to INTEGER,
    next TEXT,
    page INTEGER,
    cursor TEXT,
    UNIQUE (source_id, log_type)
) STRICT;
CREATE TABLE seen (
    stream INTEGER NOT NULL REFERENCES stream (id),
    key TEXT NOT NULL,
    time INTEGER NOT NULL,
    PRIMARY KEY (stream, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_by_time ON seen (stream, time);
CREATE TABLE quarantine (
    stream INTEGER NOT NULL REFERENCES stream (id),
    key TEXT NOT NULL,
    raw BLOB NOT NULL,
    pointer TEXT NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    schema TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (stream, key)
) STRICT;
";

/// What version 2 has and version 1 had not.
const TO_VERSION_2: &str = "ALTER TABLE stream ADD COLUMN cursor TEXT;";

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

/// Sets the connection up, and makes the tables in a new state.
pub(super) fn prepare(connection: &Connection, path: &Path) -> Result<(), Failure> {
    // A commit is on the disk before it returns: the sink's acknowledgement is worth nothing otherwise.
    let settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";
    connection.execute_batch(settings).map_err(at(path))?;
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(at(path))?;
    match version {
        VERSION => Ok(()),
        0 => connection
            .execute_batch(&format!("BEGIN; {TABLES} PRAGMA user_version = {VERSION}; COMMIT;"))
            .map_err(at(path)),
        1 => connection
            .execute_batch(&format!("BEGIN; {TO_VERSION_2} PRAGMA user_version = {VERSION}; COMMIT;"))
            .map_err(at(path)),
        newer => Err(Failure::Outside(format!(
            "the state {} has version {newer}, and this program knows version {VERSION}; use the program that made it, or a new `state` folder",
            path.display()
        ))),
    }
}
