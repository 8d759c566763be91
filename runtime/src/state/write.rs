//! The changes to the tables, each inside the transaction of its page.

use logwright::time::Timestamp;
use rusqlite::{Transaction, params};

use super::{Forget, Gap, OpenWindow, Page, Quarantined, Seen, StreamId, WindowKind};
use crate::clock::nanos;

/// How many records are forgotten with one page: more than a page brings, and so few that no commit takes long.
const MOST_FORGOTTEN: i64 = 5000;

// A limit that is a mere parameter would have SQLite prepare the statement anew for each value.
const FORGET: &str = "
DELETE FROM seen WHERE (stream, time, key) IN
    (SELECT stream, time, key FROM seen WHERE stream = ?1 AND time >= ?2 AND time < ?3
       AND NOT EXISTS (SELECT 1 FROM quarantine WHERE stream = ?1 AND record_key = seen.key)
     ORDER BY time LIMIT ?4 + 0)";
const FORGET_AS_OF: &str = "
DELETE FROM seen_as_of WHERE (stream, time, key) IN
    (SELECT stream, time, key FROM seen_as_of WHERE stream = ?1 AND as_of >= ?2 AND as_of < ?3
       AND NOT EXISTS (SELECT 1 FROM quarantine WHERE stream = ?1 AND record_key = seen_as_of.key)
     ORDER BY as_of LIMIT ?4 + 0)";

pub(super) fn seen(transaction: &Transaction<'_>, stream: StreamId, seen: &[Seen]) -> rusqlite::Result<()> {
    let insert = "INSERT INTO seen (stream, time, key) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
    let insert_as_of = "INSERT INTO seen_as_of (stream, time, key, as_of) VALUES (?1, ?2, ?3, ?4)
                        ON CONFLICT DO UPDATE SET as_of = max(as_of, excluded.as_of)";
    let mut insert = transaction.prepare_cached(insert)?;
    let mut insert_as_of = transaction.prepare_cached(insert_as_of)?;
    for Seen { key, time, as_of, .. } in seen {
        match as_of {
            None => insert.execute(params![stream.0, nanos(*time), key])?,
            Some(as_of) => insert_as_of.execute(params![stream.0, nanos(*time), key, nanos(*as_of)])?,
        };
    }
    Ok(())
}

pub(super) fn quarantined(
    transaction: &Transaction<'_>,
    stream: StreamId,
    records: &[Quarantined],
) -> rusqlite::Result<usize> {
    let insert = "INSERT INTO quarantine (stream, key, raw, pointer, code, message, schema, at, record_key)
                  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING";
    let mut statement = transaction.prepare_cached(insert)?;
    let mut fresh = 0;
    for one in records {
        let (raw, at) = (&one.raw, nanos(one.at));
        let row = params![stream.0, one.key, raw, one.pointer, one.code, one.message, one.schema, at, one.record_key];
        fresh += statement.execute(row)?;
    }
    Ok(fresh)
}

pub(super) fn gap(transaction: &Transaction<'_>, stream: StreamId, gap: &Gap) -> rusqlite::Result<()> {
    let insert = "INSERT INTO gap (stream, start, \"end\", filled_to) VALUES (?1, ?2, ?3, ?4)";
    let row = params![stream.0, nanos(gap.start), nanos(gap.end), nanos(gap.filled_to)];
    transaction.execute(insert, row)?;
    let update = "UPDATE stream SET reconciled_at = ?2 WHERE id = ?1";
    transaction.execute(update, [stream.0, nanos(gap.end)]).map(drop)
}

/// Counts the window.
pub(super) fn begun(
    transaction: &Transaction<'_>,
    stream: StreamId,
    window: &OpenWindow,
    reconciled_at: Option<Timestamp>,
) -> rusqlite::Result<()> {
    let update =
        "UPDATE stream SET windows = max(windows, ?2), reconciled_at = coalesce(?3, reconciled_at) WHERE id = ?1";
    let row = params![stream.0, count(window.number), reconciled_at.map(nanos)];
    transaction.prepare_cached(update)?.execute(row).map(drop)
}

/// Puts the window in its lane's place.
pub(super) fn window(transaction: &Transaction<'_>, stream: StreamId, window: &OpenWindow) -> rusqlite::Result<()> {
    let replace =
        "INSERT OR REPLACE INTO open_window (stream, lane, number, kind, start, \"end\", covers_to, next, page)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let (start, end, covers_to) = (nanos(window.start), nanos(window.end), nanos(window.covers_to));
    let (number, page) = (count(window.number), count(window.page));
    let (lane, kind) = (lane(window.kind), window.kind.code());
    let row = params![stream.0, lane, number, kind, start, end, covers_to, window.next, page];
    transaction.prepare_cached(replace)?.execute(row).map(drop)
}

/// Ends a window. What is covered never moves back: a clock that was wrong for a while does not undo what was delivered.
pub(super) fn done(
    transaction: &Transaction<'_>,
    stream: StreamId,
    window: &OpenWindow,
    cursor: Option<&str>,
) -> rusqlite::Result<()> {
    let delete = "DELETE FROM open_window WHERE stream = ?1 AND lane = ?2";
    transaction.prepare_cached(delete)?.execute(params![stream.0, lane(window.kind)])?;
    let covers_to = nanos(window.covers_to);
    let mut covers = true;
    if window.kind == WindowKind::Backfill {
        // The windows of a lane come in the order of its gaps, so this is of the oldest. It is closed by a window that
        // reaches its end, also where the server's clock has not come there: the live lane covers from there on.
        let oldest = "SELECT id FROM gap WHERE stream = ?1 ORDER BY start, \"end\" LIMIT 1";
        let fill = format!("UPDATE gap SET filled_to = max(filled_to, ?2) WHERE id = ({oldest})");
        transaction.prepare_cached(&fill)?.execute([stream.0, covers_to])?;
        let close = format!("DELETE FROM gap WHERE id = ({oldest}) AND \"end\" <= ?2");
        covers = transaction.prepare_cached(&close)?.execute([stream.0, nanos(window.end)])? > 0;
    } else {
        let update = "UPDATE stream SET cursor = ?2 WHERE id = ?1";
        transaction.prepare_cached(update)?.execute(params![stream.0, cursor])?;
    }
    if covers {
        let update = "UPDATE stream SET covered_to = max(coalesce(covered_to, ?2), ?2) WHERE id = ?1";
        transaction.prepare_cached(update)?.execute([stream.0, covers_to])?;
    }
    Ok(())
}

/// Takes records out of quarantine, and gives those that stay their new reason. Returns how many left.
pub(super) fn replayed(
    transaction: &Transaction<'_>,
    stream: StreamId,
    out: &[&str],
    still: &[Quarantined],
) -> rusqlite::Result<usize> {
    let update =
        "UPDATE quarantine SET pointer = ?3, code = ?4, message = ?5, schema = ?6 WHERE stream = ?1 AND key = ?2";
    let mut statement = transaction.prepare_cached(update)?;
    for one in still {
        statement.execute(params![stream.0, one.key, one.pointer, one.code, one.message, one.schema])?;
    }
    let mut delete = transaction.prepare_cached("DELETE FROM quarantine WHERE stream = ?1 AND key = ?2")?;
    out.iter().map(|key| delete.execute(params![stream.0, key])).sum()
}

/// Closes the window of a replay.
pub(super) fn replay_ended(transaction: &Transaction<'_>, stream: StreamId) -> rusqlite::Result<()> {
    let delete = "DELETE FROM open_window WHERE stream = ?1 AND lane = ?2";
    transaction.prepare_cached(delete)?.execute(params![stream.0, lane(WindowKind::Replay)]).map(drop)
}

/// Notes for `status` that the API answers, and the last event. And nothing was looked back over at a time that the server has
/// not reached: what was planned by this machine's clock, before the server's was known, is set right.
pub(super) fn answered(transaction: &Transaction<'_>, stream: StreamId, page: &Page<'_>) -> rusqlite::Result<()> {
    let at = nanos(page.answered_at);
    let last = page.seen.iter().filter(|seen| seen.delivered).map(|seen| nanos(seen.time)).max();
    let update = "UPDATE stream SET answered_at = ?2, failing_since = NULL,
                         reconciled_at = min(reconciled_at, ?4),
                         last_event = CASE WHEN ?3 IS NULL THEN last_event ELSE max(coalesce(last_event, ?3), ?3) END,
                         delivered_at = CASE WHEN ?3 IS NULL THEN delivered_at ELSE ?2 END
                  WHERE id = ?1";
    transaction.prepare_cached(update)?.execute(params![stream.0, at, last, nanos(page.server_now)]).map(drop)
}

pub(super) fn failed(
    transaction: &Transaction<'_>,
    stream: StreamId,
    sign_in: bool,
    why: &str,
    at: Timestamp,
) -> rusqlite::Result<()> {
    let update = "UPDATE stream SET failing_since = coalesce(failing_since, ?2), failed_at = ?2, failed_sign_in = ?3, failure = ?4
                  WHERE id = ?1";
    transaction.prepare_cached(update)?.execute(params![stream.0, nanos(at), sign_in, why]).map(drop)
}

/// Forgets some of what may be forgotten, so that no commit takes long however much it is; the next pages go on with it.
/// What has a namesake in quarantine is remembered as long as that is there: a replay must know that it was delivered.
pub(super) fn forget(transaction: &Transaction<'_>, stream: StreamId, page: &Page<'_>) -> rusqlite::Result<()> {
    let mut left = MOST_FORGOTTEN;
    for Forget { from, before } in page.forget {
        let from = from.map_or(i64::MIN, nanos);
        for delete in [FORGET, FORGET_AS_OF] {
            let forgotten =
                transaction.prepare_cached(delete)?.execute(params![stream.0, from, nanos(*before), left])?;
            left = left.saturating_sub(i64::try_from(forgotten).unwrap_or(i64::MAX)).max(0);
        }
    }
    if let Some(before) = page.forget.iter().map(|forget| forget.before).max() {
        let update = "UPDATE stream SET forgotten_before = max(coalesce(forgotten_before, ?2), ?2) WHERE id = ?1";
        transaction.prepare_cached(update)?.execute([stream.0, nanos(before)])?;
    }
    Ok(())
}

/// The lane of a window: one of each is under way at a time.
const fn lane(kind: WindowKind) -> i64 {
    match kind {
        WindowKind::Tail | WindowKind::Reconcile => 0,
        WindowKind::Backfill => 1,
        WindowKind::Replay => 2,
    }
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
