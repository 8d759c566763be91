//! What has been delivered: how far each log is covered, which records were seen, what is in quarantine.
//!
//! One `SQLite` file in a folder that only its owner can enter. The engine commits a page in one transaction, after the sink
//! has acknowledged it: its records as seen, its quarantine, and the place to go on from. Whatever stops the program in
//! between, the file says either all of a page or nothing of it.
//!
//! A log is pulled in two lanes beside each other: the live one follows the present, and the backfill closes [`Gap`]s in the
//! past. Each has its own window; both share what was seen. `schema` has the tables and how older ones are brought up to
//! date, `write` the changes, `alarms` what is kept of alarms, `lock` one process at a time, `report` and `quarantine` reading
//! beside that process.
//!
//! A [`State`] is used from one thread: it is not `Sync`, so that whoever checks a key, delivers and commits without an
//! `await` in between is alone.

mod alarms;
mod lock;
mod quarantine;
mod report;
mod schema;
#[cfg(test)]
mod tests;
mod write;

use std::cell::RefCell;
use std::fmt;
use std::fs;
use std::path::Path;

use logwright::time::Timestamp;
use rusqlite::{Connection, Row, Transaction, params};

use crate::clock::{from_nanos, nanos};
use crate::disk::{self, Disk as _, make_lasting};
use crate::failure::{Failure, io};
pub use alarms::Notice;
use lock::Lock;
pub use quarantine::{Held, Quarantine, Replayed};
pub use report::{Alarm, Report, StreamReport};

/// The state of every source of a configuration.
pub struct State {
    connection: Connection,
    /// Who is asked before and after each commit.
    watch: RefCell<Option<Watch>>,
    /// Held as long as the state is open.
    _lock: Option<Lock>,
}

/// The moments of a commit at which a test can stop the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Nothing of it is in the state.
    Before,
    /// All of it is in the state.
    After,
}

type Watch = Box<dyn FnMut(Moment) -> Result<(), Failure> + Send>;

/// A log of a source in the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamId(i64);

/// How far a log has been pulled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Where the first pull began.
    pub start: Timestamp,
    /// The server's time up to which everything is delivered but what lies in `gaps`, once a window is done.
    pub covered_to: Option<Timestamp>,
    /// When a window or gap that looks back over rare lateness was last begun, or else the first window.
    pub reconciled_at: Option<Timestamp>,
    /// Seen records from this time on are all remembered.
    pub forgotten_before: Option<Timestamp>,
    /// How many windows were begun.
    pub windows: u64,
    /// Where the last live window ended, if the API takes that again: the place of what is new.
    pub cursor: Option<String>,
    /// The time of the latest event that was delivered.
    pub last_event: Option<Timestamp>,
    /// The live window that is under way.
    pub open: Option<OpenWindow>,
    /// What the backfill has yet to close, the oldest first.
    pub gaps: Vec<Gap>,
    /// The window of the oldest gap that is under way.
    pub backfill: Option<OpenWindow>,
}

/// A stretch of the past that is pulled beside the present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Where it begins.
    pub start: Timestamp,
    /// Where it ends, and the live lane began.
    pub end: Timestamp,
    /// How far it is closed.
    pub filled_to: Timestamp,
}

impl Progress {
    /// Where the live lane goes on: what it has covered, or where the last gap ends, or the start.
    pub fn live_from(&self) -> Timestamp {
        let beside = self.gaps.iter().map(|gap| gap.end).max();
        self.covered_to.max(beside).unwrap_or(self.start)
    }
}

/// A window under way, and where in it to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenWindow {
    /// Its number, counted over the life of the state.
    pub number: u64,
    /// Why it is pulled.
    pub kind: WindowKind,
    /// Its start, before it is widened.
    pub start: Timestamp,
    /// Its end, before it is widened.
    pub end: Timestamp,
    /// What the log is covered to when the window is done: its end, or the server's time at its first answer if that is earlier.
    pub covers_to: Timestamp,
    /// Where the next page is; `None` for the first.
    pub next: Option<String>,
    /// The number of the next page to deliver. It is never set back, for a page that was acknowledged keeps its number.
    pub page: u64,
}

/// Why a window is pulled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowKind {
    /// A piece of a gap in the past.
    Backfill,
    /// What is new, with a look back over usual lateness.
    Tail,
    /// The same with a look back over rare lateness.
    Reconcile,
    /// What was in quarantine, parsed again.
    Replay,
}

/// What a page changes.
#[derive(Debug)]
pub struct Page<'p> {
    /// What is remembered of the page.
    pub seen: &'p [Seen],
    /// The records that could not be parsed.
    pub quarantined: &'p [Quarantined],
    /// What follows.
    pub then: Then<'p>,
    /// When the API gave it, by this machine's clock.
    pub answered_at: Timestamp,
    /// The same by the server's clock.
    pub server_now: Timestamp,
    /// The times of records that need not be remembered any more.
    pub forget: &'p [Forget],
}

/// A record that was delivered, now or before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// What identifies it, with its time.
    pub key: String,
    /// Its time.
    pub time: Timestamp,
    /// As if of which time it is remembered, where that is not its own.
    pub as_of: Option<Timestamp>,
    /// Whether it is delivered now. Else it was before, and is to be remembered longer.
    pub delivered: bool,
}

/// The times of seen records to forget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forget {
    /// From here, or all that is older.
    pub from: Option<Timestamp>,
    /// Up to but without this.
    pub before: Timestamp,
}

/// What follows a page.
#[derive(Debug)]
pub enum Then<'p> {
    /// Another page of the window.
    GoOn(&'p OpenWindow),
    /// The window is done, and moves what is covered or how far its gap is closed.
    Done {
        /// The window.
        window: &'p OpenWindow,
        /// Where the next live window may go on, if the API takes that.
        cursor: Option<&'p str>,
    },
}

/// A record that could not be parsed.
#[derive(Clone, Debug)]
pub struct Quarantined {
    /// A fingerprint of its bytes.
    pub key: String,
    /// Its bytes, as they came.
    pub raw: Vec<u8>,
    /// The pointer to the place of the error.
    pub pointer: String,
    /// The stable code of the error.
    pub code: &'static str,
    /// The error in words.
    pub message: String,
    /// The fingerprint of the schema that refused it.
    pub schema: &'static str,
    /// When.
    pub at: Timestamp,
    /// What identifies it at its source, where that can be told.
    pub record_key: Option<String>,
}

impl State {
    /// Opens the state in `folder`, which is made if need be, for its owner alone.
    ///
    /// # Errors
    /// When another process has it open, the folder cannot be used, or the state was made by a newer version.
    pub fn open(folder: &Path) -> Result<Self, Failure> {
        make_private(folder)?;
        let lock = Lock::take(&folder.join("lock"))?;
        let path = folder.join("state.sqlite");
        schema::create_private(&path)?;
        let connection = Connection::open(&path).map_err(at(&path))?;
        schema::prepare(&connection, &path)?;
        // The file is synced by each commit, its name is not: without this, a loss of power may take the whole state along.
        make_lasting(&mut disk::System, folder)
            .and_then(|()| disk::System.sync_folder(folder))
            .map_err(io(format!("sync the state folder {}", folder.display())))?;
        Ok(Self { connection, watch: RefCell::default(), _lock: Some(lock) })
    }

    /// A state that is gone with the process.
    ///
    /// # Errors
    /// When `SQLite` cannot start.
    pub fn in_memory() -> Result<Self, Failure> {
        let connection = Connection::open_in_memory().map_err(sql)?;
        schema::prepare(&connection, Path::new("memory"))?;
        Ok(Self { connection, watch: RefCell::default(), _lock: None })
    }

    /// Has `watch` asked before and after each commit from now on. Its failure stops the work there, as the end of the process
    /// would: so a test stops a pull between any two steps.
    pub fn watch(&self, watch: impl FnMut(Moment) -> Result<(), Failure> + Send + 'static) {
        *self.watch.borrow_mut() = Some(Box::new(watch));
    }

    /// The log of a source, which begins at `start` when it is new. `account` identifies the vendor's account.
    ///
    /// # Errors
    /// When the state cannot be written, or the log was pulled from another account before.
    pub fn stream(
        &self,
        source_id: &str,
        log_type: &str,
        account: &str,
        start: Timestamp,
    ) -> Result<StreamId, Failure> {
        let insert = "INSERT INTO stream (source_id, log_type, account, start, windows) VALUES (?1, ?2, ?3, ?4, 0)
                      ON CONFLICT DO NOTHING";
        self.connection.execute(insert, params![source_id, log_type, account, nanos(start)]).map_err(sql)?;
        let select = "SELECT id, account FROM stream WHERE source_id = ?1 AND log_type = ?2";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let (id, before): (i64, String) =
            self.connection.query_row(select, [source_id, log_type], read).map_err(sql)?;
        if before != account {
            return Err(Failure::Configuration(format!(
                "under this name, {log_type} was pulled from another account before ({before}, now {account}); \
                 give the source another `name`, and it is pulled from its start"
            )));
        }
        Ok(StreamId(id))
    }

    /// How far a log has been pulled.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn progress(&self, stream: StreamId) -> Result<Progress, Failure> {
        let select = "SELECT start, covered_to, reconciled_at, forgotten_before, windows, cursor, last_event
                      FROM stream WHERE id = ?1";
        let read = |row: &Row<'_>| {
            Ok(Progress {
                start: time(row, 0)?,
                covered_to: maybe_time(row, 1)?,
                reconciled_at: maybe_time(row, 2)?,
                forgotten_before: maybe_time(row, 3)?,
                windows: number(row, 4)?,
                cursor: row.get(5)?,
                last_event: maybe_time(row, 6)?,
                open: None,
                gaps: Vec::new(),
                backfill: None,
            })
        };
        let progress = self.connection.prepare_cached(select).and_then(|mut select| select.query_row([stream.0], read));
        let mut progress = progress.map_err(sql)?;
        progress.gaps = gaps(&self.connection, stream).map_err(sql)?;
        for window in self.windows(stream).map_err(sql)? {
            match window.kind {
                WindowKind::Backfill => progress.backfill = Some(window),
                WindowKind::Tail | WindowKind::Reconcile => progress.open = Some(window),
                // Nothing is asked for it.
                WindowKind::Replay => {}
            }
        }
        Ok(progress)
    }

    fn windows(&self, stream: StreamId) -> rusqlite::Result<Vec<OpenWindow>> {
        let select = "SELECT kind, number, start, \"end\", covers_to, next, page FROM open_window WHERE stream = ?1";
        let read = |row: &Row<'_>| {
            let Some(kind) = WindowKind::from_code(row.get(0)?) else { return Ok(None) };
            let (start, end, covers_to) = (time(row, 2)?, time(row, 3)?, time(row, 4)?);
            let (number, next, page) = (number(row, 1)?, row.get(5)?, number(row, 6)?);
            Ok(Some(OpenWindow { number, kind, start, end, covers_to, next, page }))
        };
        let mut select = self.connection.prepare_cached(select)?;
        let rows: rusqlite::Result<Vec<_>> = select.query_map([stream.0], read)?.collect();
        Ok(rows?.into_iter().flatten().collect())
    }

    /// Notes a stretch of the past for the backfill. It looks back over rare lateness from the last time that a window did, and
    /// all of it is yet to be asked for, so the hour to the next reconciliation begins at its end.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn open_gap(&self, stream: StreamId, gap: &Gap) -> Result<(), Failure> {
        self.transact(|transaction| write::gap(transaction, stream, gap))
    }

    /// Notes a window as under way, so that after a crash it goes on with the same bounds. `reconciled_at` is given where the
    /// hour to the next reconciliation begins now: what is begun is always brought to its end.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn begin(
        &self,
        stream: StreamId,
        window: &OpenWindow,
        reconciled_at: Option<Timestamp>,
    ) -> Result<(), Failure> {
        self.transact(|transaction| {
            write::begun(transaction, stream, window, reconciled_at)?;
            write::window(transaction, stream, window)
        })
    }

    /// Whether the record with this key and time was delivered.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn has_seen(&self, stream: StreamId, key: &str, time: Timestamp) -> Result<bool, Failure> {
        let select = "SELECT 1 FROM seen WHERE stream = ?1 AND time = ?2 AND key = ?3 UNION ALL
                      SELECT 1 FROM seen_as_of WHERE stream = ?1 AND time IN (?2, ?4) AND key = ?3";
        let mut statement = self.connection.prepare_cached(select).map_err(sql)?;
        statement.exists(params![stream.0, nanos(time), key, schema::NO_TIME]).map_err(sql)
    }

    /// Commits a page, after it was delivered. Returns how many records are new in quarantine.
    ///
    /// # Errors
    /// When the state cannot be written; then nothing of the page is in it.
    pub fn commit(&self, stream: StreamId, page: &Page<'_>) -> Result<usize, Failure> {
        self.transact(|transaction| {
            write::seen(transaction, stream, page.seen)?;
            let fresh = write::quarantined(transaction, stream, page.quarantined)?;
            match page.then {
                Then::GoOn(window) => write::window(transaction, stream, window)?,
                Then::Done { window, cursor } => write::done(transaction, stream, window, cursor)?,
            }
            write::answered(transaction, stream, page)?;
            write::forget(transaction, stream, page)?;
            Ok(fresh)
        })
    }

    /// Notes why a log cannot be pulled, for `status`. A page that is committed ends it.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn failed(&self, stream: StreamId, sign_in: bool, why: &str, at: Timestamp) -> Result<(), Failure> {
        self.transact(|transaction| write::failed(transaction, stream, sign_in, why, at))
    }

    /// How many records of a log are in quarantine.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn quarantined(&self, stream: StreamId) -> Result<u64, Failure> {
        let select = "SELECT count(*) FROM quarantine WHERE stream = ?1";
        let count = self.connection.query_row(select, [stream.0], |row| row.get::<_, i64>(0));
        count.map(|count| u64::try_from(count).unwrap_or(0)).map_err(sql)
    }

    fn transact<T>(&self, work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> Result<T, Failure> {
        self.ask(Moment::Before)?;
        // Unchecked at compile time alone: `work` is given no way to begin another inside.
        let transaction = self.connection.unchecked_transaction().map_err(sql)?;
        let done = work(&transaction).map_err(sql)?;
        transaction.commit().map_err(sql)?;
        self.ask(Moment::After)?;
        Ok(done)
    }

    fn ask(&self, moment: Moment) -> Result<(), Failure> {
        self.watch.borrow_mut().as_mut().map_or(Ok(()), |watch| watch(moment))
    }
}

impl WindowKind {
    const fn code(self) -> i64 {
        match self {
            Self::Backfill => 1,
            Self::Tail => 2,
            Self::Reconcile => 3,
            Self::Replay => 4,
        }
    }

    const fn from_code(code: i64) -> Option<Self> {
        match code {
            1 => Some(Self::Backfill),
            2 => Some(Self::Tail),
            3 => Some(Self::Reconcile),
            4 => Some(Self::Replay),
            _ => None,
        }
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State").finish_non_exhaustive()
    }
}

/// The gaps of a log, the oldest first.
fn gaps(connection: &Connection, stream: StreamId) -> rusqlite::Result<Vec<Gap>> {
    let select = "SELECT start, \"end\", filled_to FROM gap WHERE stream = ?1 ORDER BY start, \"end\"";
    let read = |row: &Row<'_>| Ok(Gap { start: time(row, 0)?, end: time(row, 1)?, filled_to: time(row, 2)? });
    connection.prepare_cached(select)?.query_map([stream.0], read)?.collect()
}

fn time(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    row.get(column).map(from_nanos)
}

fn maybe_time(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Timestamp>> {
    row.get::<_, Option<i64>>(column).map(|time| time.map(from_nanos))
}

fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get(column).map(|number: i64| u64::try_from(number).unwrap_or(0))
}

/// Makes the state's folder if need be, for its owner alone. One that was there before keeps its rights: it may hold other things.
pub(crate) fn make_private(folder: &Path) -> Result<(), Failure> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
        builder.mode(0o700);
        if let Ok(metadata) = fs::metadata(folder)
            && metadata.permissions().mode() & 0o077 != 0
        {
            tracing::warn!("the state folder {0} can be read by others; run: chmod 700 {0}", folder.display());
        }
    }
    builder.create(folder).map_err(io(format!("make the state folder {}", folder.display())))
}

fn sql(error: impl fmt::Display) -> Failure {
    Failure::Outside(format!("the state cannot be used: {error}"))
}

fn at(path: &Path) -> impl FnOnce(rusqlite::Error) -> Failure {
    move |error| {
        Failure::Outside(format!(
            "the state {} cannot be used: {error}; if it is damaged, move it away: the next pull begins at `start`, and what \
             comes again has the same p_row_id",
            path.display()
        ))
    }
}
