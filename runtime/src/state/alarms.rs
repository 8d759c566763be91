//! What the state keeps of alarms: which are on, since when a source is silent, and who has yet to be told.
//!
//! That an alarm has turned and that it is to be told are committed together, and a notice is forgotten when it has arrived: so
//! each is told once, or, after a crash between the two, once more under the same id.

use logwright::time::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use super::{Alarm, State, sql, time};
use crate::clock::nanos;
use crate::failure::Failure;

/// What someone is to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its place in the queue.
    pub id: i64,
    /// Since when it waits.
    pub at: Timestamp,
    /// The text.
    pub body: String,
}

impl State {
    /// The alarms of a source that are on.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn alarms(&self, source_id: &str) -> Result<Vec<Alarm>, Failure> {
        let select = "SELECT source_id, name, since, detail FROM alarm WHERE source_id = ?1 ORDER BY since, name";
        let mut select = self.connection.prepare_cached(select).map_err(sql)?;
        let rows = select.query_map([source_id], alarm).and_then(Iterator::collect);
        rows.map_err(sql)
    }

    /// When an event of a source was last delivered; before the first, when this was first asked.
    ///
    /// # Errors
    /// When the state cannot be used.
    pub fn silent_since(&self, source_id: &str, now: Timestamp) -> Result<Timestamp, Failure> {
        let insert = "INSERT INTO silence (source_id, since) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        self.connection.execute(insert, params![source_id, nanos(now)]).map_err(sql)?;
        let select =
            "SELECT max(since, coalesce((SELECT max(delivered_at) FROM stream WHERE stream.source_id = ?1), since))
                      FROM silence WHERE source_id = ?1";
        self.connection.query_row(select, [source_id], |row| time(row, 0)).map_err(sql)
    }

    /// Notes that an alarm is on, or over, and that each of `channels` is to be told so.
    ///
    /// # Errors
    /// When the state cannot be written; then nothing has turned.
    pub fn turn_alarm(
        &self,
        alarm: &Alarm,
        on: bool,
        channels: &[&str],
        body: &str,
        now: Timestamp,
    ) -> Result<(), Failure> {
        self.transact(|transaction| {
            let Alarm { source_id, name, since, detail } = alarm;
            if on {
                let insert = "INSERT OR REPLACE INTO alarm (source_id, name, since, detail) VALUES (?1, ?2, ?3, ?4)";
                transaction.execute(insert, params![source_id, name, nanos(*since), detail])?;
            } else {
                transaction.execute("DELETE FROM alarm WHERE source_id = ?1 AND name = ?2", [source_id, name])?;
            }
            for channel in channels {
                let insert = "INSERT INTO notice (channel, at, body) VALUES (?1, ?2, ?3)";
                transaction.execute(insert, params![channel, nanos(now), body])?;
            }
            Ok(())
        })
    }

    /// What a channel is to be told next.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn next_notice(&self, channel: &str) -> Result<Option<Notice>, Failure> {
        let select = "SELECT id, at, body FROM notice WHERE channel = ?1 ORDER BY id LIMIT 1";
        let read = |row: &Row<'_>| Ok(Notice { id: row.get(0)?, at: time(row, 1)?, body: row.get(2)? });
        self.connection.query_row(select, [channel], read).optional().map_err(sql)
    }

    /// It was told, or is given up.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn forget_notice(&self, notice: &Notice) -> Result<(), Failure> {
        self.connection.execute("DELETE FROM notice WHERE id = ?1", [notice.id]).map(drop).map_err(sql)
    }

    /// Forgets what waits for other channels than these.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn forget_notices_but(&self, channels: &[&str]) -> Result<(), Failure> {
        let channels = serde_json::json!(channels).to_string();
        let delete = "DELETE FROM notice WHERE channel NOT IN (SELECT value FROM json_each(?1))";
        self.connection.execute(delete, [channels]).map(drop).map_err(sql)
    }
}

/// An alarm from the columns `source_id`, `name`, `since`, `detail`.
pub(super) fn alarm(row: &Row<'_>) -> rusqlite::Result<Alarm> {
    let (source_id, name, detail) = (row.get(0)?, row.get(1)?, row.get(3)?);
    Ok(Alarm { source_id, name, since: time(row, 2)?, detail })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::clock::later;
    use crate::state::{Page, Seen, Then, WindowKind};
    use crate::testing::noon;

    fn minute(minute: u64) -> Timestamp {
        later(noon(), Duration::from_secs(60 * minute))
    }

    #[test]
    fn silence_counts_from_the_first_question_and_then_from_the_last_delivery_of_any_log() {
        let state = State::in_memory().unwrap();
        assert_eq!(state.silent_since("acme", noon()).unwrap(), noon());
        assert_eq!(state.silent_since("acme", minute(5)).unwrap(), noon());
        for (log_type, answered_at) in [("Acme.One", minute(7)), ("Acme.Two", minute(6))] {
            let stream = state.stream("acme", log_type, "account", noon()).unwrap();
            let open = crate::state::OpenWindow {
                number: 1,
                kind: WindowKind::Tail,
                start: noon(),
                end: minute(1),
                covers_to: minute(1),
                next: None,
                page: 0,
            };
            let seen = [Seen { key: "k".into(), time: noon(), as_of: None, delivered: true }];
            let then = Then::Done { window: &open, cursor: None };
            let page = Page { seen: &seen, quarantined: &[], then, answered_at, server_now: answered_at, forget: &[] };
            state.commit(stream, &page).unwrap();
        }
        assert_eq!(state.silent_since("acme", minute(9)).unwrap(), minute(7));
        assert_eq!(state.silent_since("other", minute(9)).unwrap(), minute(9));
    }

    #[test]
    fn an_alarm_turns_together_with_its_notices_which_wait_in_order() {
        let state = State::in_memory().unwrap();
        let alarm = Alarm { source_id: "acme".into(), name: "no_events".into(), since: noon(), detail: "why".into() };
        state.turn_alarm(&alarm, true, &["webhook", "command"], "on", noon()).unwrap();
        assert_eq!(state.alarms("acme").unwrap(), std::slice::from_ref(&alarm));
        state.turn_alarm(&alarm, false, &["webhook"], "over", minute(1)).unwrap();
        assert!(state.alarms("acme").unwrap().is_empty());
        for expected in ["on", "over"] {
            let notice = state.next_notice("webhook").unwrap().unwrap();
            assert_eq!(notice.body, expected);
            state.forget_notice(&notice).unwrap();
        }
        assert_eq!(state.next_notice("webhook").unwrap(), None);
        assert_eq!(state.next_notice("command").unwrap().unwrap().body, "on");
        state.forget_notices_but(&["webhook", "command"]).unwrap();
        assert!(state.next_notice("command").unwrap().is_some());
        state.forget_notices_but(&[]).unwrap();
        assert_eq!(state.next_notice("command").unwrap(), None);
    }
}
