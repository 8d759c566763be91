//! What has been delivered: how far each log is covered, which records were seen, what is in quarantine.
//!
//! One `SQLite` file in a folder that only its owner can enter. The engine commits a page in one transaction, after the sink
//! has acknowledged it: its records as seen, its quarantine, and the place to go on from. Whatever stops the program in
//! between, the file says either all of a page or nothing of it.

mod lock;
mod schema;

use std::fmt;
use std::fs;
use std::path::Path;

use logwright::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::clock::{from_nanos, nanos};
use crate::failure::{Failure, io};
use lock::Lock;

/// The state of every source of a configuration.
pub struct State {
    connection: Connection,
    /// Who is asked before and after each commit.
    watch: Option<Watch>,
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
    /// The server's time up to which everything is delivered, once a window is done.
    pub covered_to: Option<Timestamp>,
    /// When a window that looks back over rare lateness was last begun, or else the first window.
    pub reconciled_at: Option<Timestamp>,
    /// Seen records from this time on are all remembered.
    pub forgotten_before: Option<Timestamp>,
    /// How many windows were begun.
    pub windows: u64,
    /// The window that is under way.
    pub open: Option<OpenWindow>,
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
    /// A piece of the past, with more pieces to come.
    Backfill,
    /// What is new, with a look back over usual lateness.
    Tail,
    /// The same with a look back over rare lateness.
    Reconcile,
}

/// What a page changes.
#[derive(Debug)]
pub struct Page<'p> {
    /// The keys of delivered records, with their times.
    pub seen: &'p [(String, Timestamp)],
    /// The records that could not be parsed.
    pub quarantined: &'p [Quarantined<'p>],
    /// What follows.
    pub then: Then<'p>,
}

/// What follows a page.
#[derive(Debug)]
pub enum Then<'p> {
    /// Another page of the window.
    GoOn(&'p OpenWindow),
    /// The window is done.
    Done {
        /// The window.
        window: &'p OpenWindow,
        /// Records before this time need not be remembered any more; `None` keeps them all.
        forget_before: Option<Timestamp>,
    },
}

/// A record that could not be parsed.
#[derive(Clone, Debug)]
pub struct Quarantined<'p> {
    /// A fingerprint of its bytes.
    pub key: String,
    /// Its bytes, as they came.
    pub raw: &'p [u8],
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
        Ok(Self { connection, watch: None, _lock: Some(lock) })
    }

    /// A state that is gone with the process.
    ///
    /// # Errors
    /// When `SQLite` cannot start.
    pub fn in_memory() -> Result<Self, Failure> {
        let connection = Connection::open_in_memory().map_err(sql)?;
        schema::prepare(&connection, Path::new("memory"))?;
        Ok(Self { connection, watch: None, _lock: None })
    }

    /// Has `watch` asked before and after each commit from now on. Its failure stops the work there, as the end of the process
    /// would: so a test stops a pull between any two steps.
    pub fn watch(&mut self, watch: impl FnMut(Moment) -> Result<(), Failure> + Send + 'static) {
        self.watch = Some(Box::new(watch));
    }

    /// The log of a source, which begins at `start` when it is new. `account` identifies the vendor's account.
    ///
    /// # Errors
    /// When the state cannot be written, or the log was pulled from another account before.
    pub fn stream(
        &mut self,
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
        let select = "SELECT start, covered_to, reconciled_at, windows, window_kind, window_start, window_end,
                             window_covers_to, next, page, forgotten_before
                      FROM stream WHERE id = ?1";
        let read = |row: &rusqlite::Row<'_>| {
            let time = |column| row.get(column).map(from_nanos);
            let maybe = |column| row.get::<_, Option<i64>>(column).map(|time| time.map(from_nanos));
            let number: i64 = row.get(3)?;
            let number = u64::try_from(number).unwrap_or(0);
            let kind: Option<i64> = row.get(4)?;
            let open = match kind.and_then(WindowKind::from_code) {
                None => None,
                Some(kind) => Some(OpenWindow {
                    number,
                    kind,
                    start: time(5)?,
                    end: time(6)?,
                    covers_to: time(7)?,
                    next: row.get(8)?,
                    page: u64::try_from(row.get::<_, i64>(9)?).unwrap_or(0),
                }),
            };
            let (start, covered_to, reconciled_at) = (time(0)?, maybe(1)?, maybe(2)?);
            Ok(Progress { start, covered_to, reconciled_at, forgotten_before: maybe(10)?, windows: number, open })
        };
        self.connection.query_row(select, [stream.0], read).map_err(sql)
    }

    /// Notes a window as under way, so that after a crash it goes on with the same bounds. `reconciled_at` is given where the
    /// hour to the next reconciliation begins now: what is begun is always brought to its end.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn begin(
        &mut self,
        stream: StreamId,
        window: &OpenWindow,
        reconciled_at: Option<Timestamp>,
    ) -> Result<(), Failure> {
        self.transact(|transaction| {
            if let Some(at) = reconciled_at {
                let update = "UPDATE stream SET reconciled_at = ?2 WHERE id = ?1";
                transaction.prepare_cached(update)?.execute(params![stream.0, nanos(at)])?;
            }
            put_window(transaction, stream, window)
        })
    }

    /// Whether a record with this key was delivered.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn has_seen(&self, stream: StreamId, key: &str) -> Result<bool, Failure> {
        let select = "SELECT 1 FROM seen WHERE stream = ?1 AND key = ?2";
        let mut statement = self.connection.prepare_cached(select).map_err(sql)?;
        statement.exists(params![stream.0, key]).map_err(sql)
    }

    /// Commits a page, after it was delivered. Returns how many records are new in quarantine.
    ///
    /// # Errors
    /// When the state cannot be written; then nothing of the page is in it.
    pub fn commit(&mut self, stream: StreamId, page: &Page<'_>) -> Result<usize, Failure> {
        self.transact(|transaction| {
            put_seen(transaction, stream, page.seen)?;
            let fresh = put_quarantined(transaction, stream, page.quarantined)?;
            match page.then {
                Then::GoOn(window) => put_window(transaction, stream, window)?,
                Then::Done { window, forget_before } => {
                    put_done(transaction, stream, window, forget_before)?;
                }
            }
            Ok(fresh)
        })
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

    /// The raw bytes and the error of a quarantined record.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn quarantined_record(&self, stream: StreamId, key: &str) -> Result<Option<(Vec<u8>, String)>, Failure> {
        let select = "SELECT raw, message FROM quarantine WHERE stream = ?1 AND key = ?2";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        self.connection.query_row(select, params![stream.0, key], read).optional().map_err(sql)
    }

    fn transact<T>(&mut self, work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> Result<T, Failure> {
        self.ask(Moment::Before)?;
        let transaction = self.connection.transaction().map_err(sql)?;
        let done = work(&transaction).map_err(sql)?;
        transaction.commit().map_err(sql)?;
        self.ask(Moment::After)?;
        Ok(done)
    }

    fn ask(&mut self, moment: Moment) -> Result<(), Failure> {
        self.watch.as_mut().map_or(Ok(()), |watch| watch(moment))
    }
}

impl WindowKind {
    const fn code(self) -> i64 {
        match self {
            Self::Backfill => 1,
            Self::Tail => 2,
            Self::Reconcile => 3,
        }
    }

    const fn from_code(code: i64) -> Option<Self> {
        match code {
            1 => Some(Self::Backfill),
            2 => Some(Self::Tail),
            3 => Some(Self::Reconcile),
            _ => None,
        }
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State").finish_non_exhaustive()
    }
}

fn put_seen(transaction: &Transaction<'_>, stream: StreamId, seen: &[(String, Timestamp)]) -> rusqlite::Result<()> {
    let insert = "INSERT INTO seen (stream, key, time) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
    let mut statement = transaction.prepare_cached(insert)?;
    for (key, time) in seen {
        statement.execute(params![stream.0, key, nanos(*time)])?;
    }
    Ok(())
}

fn put_quarantined(
    transaction: &Transaction<'_>,
    stream: StreamId,
    records: &[Quarantined<'_>],
) -> rusqlite::Result<usize> {
    let insert = "INSERT INTO quarantine (stream, key, raw, pointer, code, message, schema, at)
                  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING";
    let mut statement = transaction.prepare_cached(insert)?;
    let mut fresh = 0;
    for one in records {
        let (raw, at) = (one.raw, nanos(one.at));
        let row = params![stream.0, one.key, raw, one.pointer, one.code, one.message, one.schema, at];
        fresh += statement.execute(row)?;
    }
    Ok(fresh)
}

fn put_window(transaction: &Transaction<'_>, stream: StreamId, window: &OpenWindow) -> rusqlite::Result<()> {
    let update = "UPDATE stream SET windows = ?2, window_kind = ?3, window_start = ?4, window_end = ?5,
                         window_covers_to = ?6, next = ?7, page = ?8
                  WHERE id = ?1";
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let (start, end) = (nanos(window.start), nanos(window.end));
    let covers_to = nanos(window.covers_to);
    let (number, page) = (count(window.number), count(window.page));
    let kind = window.kind.code();
    transaction.prepare_cached(update)?.execute(params![
        stream.0,
        number,
        kind,
        start,
        end,
        covers_to,
        window.next,
        page
    ])?;
    Ok(())
}

fn put_done(
    transaction: &Transaction<'_>,
    stream: StreamId,
    window: &OpenWindow,
    forget_before: Option<Timestamp>,
) -> rusqlite::Result<()> {
    // Never back: a clock that was wrong for a while does not undo what was delivered.
    let update = "UPDATE stream SET covered_to = max(coalesce(covered_to, ?2), ?2), window_kind = NULL, window_start = NULL, window_end = NULL,
                         window_covers_to = NULL, next = NULL, page = NULL
                  WHERE id = ?1";
    transaction.prepare_cached(update)?.execute(params![stream.0, nanos(window.covers_to)])?;
    if let Some(before) = forget_before {
        let delete = "DELETE FROM seen WHERE stream = ?1 AND time < ?2";
        transaction.prepare_cached(delete)?.execute(params![stream.0, nanos(before)])?;
        let update = "UPDATE stream SET forgotten_before = max(coalesce(forgotten_before, ?2), ?2) WHERE id = ?1";
        transaction.prepare_cached(update)?.execute(params![stream.0, nanos(before)])?;
    }
    Ok(())
}

/// Makes the folder for its owner alone. One that was there before keeps its rights: it may hold other things.
fn make_private(folder: &Path) -> Result<(), Failure> {
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

#[cfg(test)]
mod tests;
