//! The quarantine: looked at beside the process that writes it, and the way out of it.
//!
//! A record leaves quarantine only in the transaction that notes it as delivered, or because somebody drops it.

use std::collections::HashSet;
use std::fmt;
use std::path::Path;

use logwright::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{OpenWindow, Quarantined, Seen, State, StreamId, number, report, sql, time, write};
use crate::failure::Failure;

/// The quarantine of a state, to look at. Nothing is locked or written.
pub struct Quarantine(Connection);

/// A record in quarantine, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its log.
    pub stream: StreamId,
    /// `p_source_id` of its source.
    pub source_id: String,
    /// The log type that it should have been of.
    pub log_type: String,
    /// The fingerprint of its bytes; within its log no other record has it.
    pub key: String,
    /// The pointer to the place of the error; empty for the record as a whole.
    pub pointer: String,
    /// The stable code of the error.
    pub code: String,
    /// The error in words.
    pub message: String,
    /// The fingerprint of the schema that refused it last.
    pub schema: String,
    /// When it was pulled.
    pub at: Timestamp,
    /// How many bytes it has.
    pub bytes: u64,
}

/// What a page of a replay changes.
#[derive(Debug)]
pub struct Replayed<'r> {
    /// The window of the replay, with the number of its next page.
    pub window: &'r OpenWindow,
    /// What is remembered of it.
    pub seen: &'r [Seen],
    /// The fingerprints of the records that leave quarantine.
    pub out: &'r [&'r str],
    /// Those that stay, for these reasons.
    pub still: &'r [Quarantined],
}

impl Quarantine {
    /// The quarantine of the state in `folder`; `None` where there is no state yet.
    ///
    /// # Errors
    /// When it cannot be read, or is of another version.
    pub fn read(folder: &Path) -> Result<Option<Self>, Failure> {
        Ok(report::open(folder)?.map(Self))
    }

    /// Everything in it, the newest first.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn held(&self) -> Result<Vec<Held>, Failure> {
        held(&self.0).map_err(sql)
    }

    /// The bytes of a record, as they came; `None` when it has left.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn raw(&self, held: &Held) -> Result<Option<Vec<u8>>, Failure> {
        raw(&self.0, held).map_err(sql)
    }
}

impl State {
    /// Everything in quarantine, the newest first.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn held(&self) -> Result<Vec<Held>, Failure> {
        held(&self.connection).map_err(sql)
    }

    /// The bytes of a record in quarantine; `None` when it has left.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn raw(&self, held: &Held) -> Result<Option<Vec<u8>>, Failure> {
        raw(&self.connection, held).map_err(sql)
    }

    /// The keys that both a record in quarantine and one that was delivered have, at whatever times. All that was seen is gone
    /// through once.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn namesakes(&self, stream: StreamId) -> Result<HashSet<String>, Failure> {
        let select = "SELECT key FROM (SELECT stream, key FROM seen UNION ALL SELECT stream, key FROM seen_as_of)
                      WHERE stream = ?1 AND key IN (SELECT record_key FROM quarantine WHERE stream = ?1)";
        let keys = |statement: &mut rusqlite::CachedStatement<'_>| {
            statement.query_map([stream.0], |row| row.get(0))?.collect::<rusqlite::Result<_>>()
        };
        self.connection.prepare_cached(select).and_then(|mut select| keys(&mut select)).map_err(sql)
    }

    /// The windows that were begun and not ended: of both lanes, and of a replay.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn under_way(&self, stream: StreamId) -> Result<Vec<OpenWindow>, Failure> {
        self.windows(stream).map_err(sql)
    }

    /// Commits a page of a replay, after it was delivered.
    ///
    /// # Errors
    /// When the state cannot be written; then nothing of the page is in it.
    pub fn replayed(&self, stream: StreamId, page: &Replayed<'_>) -> Result<(), Failure> {
        self.transact(|transaction| {
            write::seen(transaction, stream, page.seen)?;
            write::replayed(transaction, stream, page.out, page.still)?;
            write::window(transaction, stream, page.window)
        })
    }

    /// Notes that a replay is over.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn end_replay(&self, stream: StreamId) -> Result<(), Failure> {
        self.transact(|transaction| write::replay_ended(transaction, stream))
    }

    /// Drops records for good. Returns how many were there.
    ///
    /// # Errors
    /// When the state cannot be written; then all are there.
    pub fn drop_held(&self, held: &[&Held]) -> Result<usize, Failure> {
        self.transact(|transaction| {
            held.iter().map(|one| write::replayed(transaction, one.stream, &[&one.key], &[])).sum()
        })
    }
}

impl fmt::Debug for Quarantine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Quarantine").finish_non_exhaustive()
    }
}

fn held(connection: &Connection) -> rusqlite::Result<Vec<Held>> {
    let select = "SELECT stream, source_id, log_type, key, pointer, code, message, schema, at, length(raw)
                  FROM quarantine JOIN stream ON stream.id = quarantine.stream ORDER BY at DESC, quarantine.rowid DESC";
    let read = |row: &Row<'_>| {
        Ok(Held {
            stream: StreamId(row.get(0)?),
            source_id: row.get(1)?,
            log_type: row.get(2)?,
            key: row.get(3)?,
            pointer: row.get(4)?,
            code: row.get(5)?,
            message: row.get(6)?,
            schema: row.get(7)?,
            at: time(row, 8)?,
            bytes: number(row, 9)?,
        })
    };
    connection.prepare(select)?.query_map([], read)?.collect()
}

fn raw(connection: &Connection, held: &Held) -> rusqlite::Result<Option<Vec<u8>>> {
    let select = "SELECT raw FROM quarantine WHERE stream = ?1 AND key = ?2";
    let mut select = connection.prepare_cached(select)?;
    select.query_row(params![held.stream.0, held.key], |row| row.get(0)).optional()
}
