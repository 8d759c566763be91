//! What the state says to people, read beside the process that writes it.
//!
//! The connection reads only and takes no lock, so that looking never keeps a pull from starting or going on.

use std::path::Path;

use logwright::time::Timestamp;
use rusqlite::{Connection, OpenFlags, Row};

use super::{Gap, StreamId, alarms, at, gaps, maybe_time, number, schema, time};
use crate::failure::Failure;

/// Everything that is known, in one reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The logs that were pulled, or tried.
    pub streams: Vec<StreamReport>,
    /// The alarms that are on.
    pub alarms: Vec<Alarm>,
}

/// What is known of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamReport {
    /// `p_source_id` of its source.
    pub source_id: String,
    /// The log type.
    pub log_type: String,
    /// Where the first pull began.
    pub start: Timestamp,
    /// The server's time up to which everything is delivered but what lies in `gaps`.
    pub covered_to: Option<Timestamp>,
    /// The time of the latest event.
    pub last_event: Option<Timestamp>,
    /// When an event was last delivered.
    pub delivered_at: Option<Timestamp>,
    /// When the API last answered: the sign-in was good then.
    pub answered_at: Option<Timestamp>,
    /// Since when the log cannot be pulled; `None` when it can.
    pub failing_since: Option<Timestamp>,
    /// When an attempt last failed.
    pub failed_at: Option<Timestamp>,
    /// Whether it was the credentials.
    pub failed_sign_in: bool,
    /// Why, without secrets.
    pub failure: Option<String>,
    /// What the backfill has yet to close.
    pub gaps: Vec<Gap>,
    /// Records that could not be parsed.
    pub quarantined: u64,
}

/// An alarm that is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// `p_source_id` of its source.
    pub source_id: String,
    /// Its name.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
    /// What it is about.
    pub detail: String,
}

impl Report {
    /// Reads the state in `folder`; `None` where there is none yet.
    ///
    /// # Errors
    /// When it cannot be read, or is of another version: an older one is brought up to date by the next pull.
    pub fn read(folder: &Path) -> Result<Option<Self>, Failure> {
        let Some(connection) = open(folder)? else { return Ok(None) };
        Self::of(&connection).map(Some).map_err(at(&folder.join("state.sqlite")))
    }

    fn of(connection: &Connection) -> rusqlite::Result<Self> {
        // One transaction, so that the parts are of one moment.
        let transaction = connection.unchecked_transaction()?;
        let select = "SELECT id, source_id, log_type, start, covered_to, last_event, delivered_at, answered_at,
                             failing_since, failed_at, failed_sign_in, failure,
                             (SELECT count(*) FROM quarantine WHERE quarantine.stream = stream.id)
                      FROM stream ORDER BY id";
        let streams: rusqlite::Result<Vec<_>> = transaction.prepare(select)?.query_map([], stream)?.collect();
        let mut report = Self::default();
        for (id, mut stream) in streams? {
            stream.gaps = gaps(&transaction, id)?;
            report.streams.push(stream);
        }
        let select = "SELECT source_id, name, since, detail FROM alarm ORDER BY since, name";
        report.alarms = transaction.prepare(select)?.query_map([], alarms::alarm)?.collect::<rusqlite::Result<_>>()?;
        Ok(report)
    }
}

/// Opens the state in `folder` beside whoever writes it, to read only; `None` where there is none yet.
pub(super) fn open(folder: &Path) -> Result<Option<Connection>, Failure> {
    let path = folder.join("state.sqlite");
    if !path.exists() {
        return Ok(None);
    }
    let connection = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(at(&path))?;
    match schema::version(&connection).map_err(at(&path))? {
        0 => Ok(None),
        schema::VERSION => Ok(Some(connection)),
        older if older < schema::VERSION => Err(Failure::Outside(format!(
            "the state {} was made by an older version; `logwright pull` or `run` brings it up to date",
            path.display()
        ))),
        newer => Err(schema::is_newer(newer, &path)),
    }
}

fn stream(row: &Row<'_>) -> rusqlite::Result<(StreamId, StreamReport)> {
    let report = StreamReport {
        source_id: row.get(1)?,
        log_type: row.get(2)?,
        start: time(row, 3)?,
        covered_to: maybe_time(row, 4)?,
        last_event: maybe_time(row, 5)?,
        delivered_at: maybe_time(row, 6)?,
        answered_at: maybe_time(row, 7)?,
        failing_since: maybe_time(row, 8)?,
        failed_at: maybe_time(row, 9)?,
        failed_sign_in: row.get::<_, Option<bool>>(10)?.unwrap_or(false),
        failure: row.get(11)?,
        gaps: Vec::new(),
        quarantined: number(row, 12)?,
    };
    Ok((StreamId(row.get(0)?), report))
}
