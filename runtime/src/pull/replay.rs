//! Out of quarantine: records are parsed again, and what the schemas take now is delivered, once.
//!
//! A replay is a window of its own, with pages of its own, and goes as a pull goes: each page to the sink, then into the state in
//! one transaction that moves its records from quarantine to what was seen. What is stopped in between is [taken
//! back](take_back) before anything else is delivered to the log: whatever comes next, a pull or another replay, begins as if the
//! page had not been.
//!
//! Meanwhile the vendor may have served the record again, corrected, or the same bytes to a newer program. Then its key was seen,
//! and it leaves quarantine without being delivered, even where it was the time that was corrected. The state forgets no key that
//! a record in quarantine may have.

use std::collections::HashSet;

use logwright::event::{Origin, Profile};
use logwright::time::Timestamp;

use super::memory;
use super::plan::Bounds;
use super::records::{Clocks, Reading};
use crate::account::Stream;
use crate::clock::from_nanos;
use crate::failure::Failure;
use crate::sink::{Delivery, Segment, Sink};
use crate::state::{Held, OpenWindow, Replayed, Seen, State, StreamId, WindowKind};

/// How many records are a page.
const PAGE: usize = 100;

/// What to replay with.
pub struct Replay<'r> {
    /// Whose records they are.
    pub origin: Origin<'r>,
    /// Which log they were served by.
    pub stream: Stream,
    /// Where they are.
    pub state: &'r State,
    /// Where events go.
    pub sink: &'r mut dyn Sink,
    /// How times are written.
    pub profile: Profile,
    /// The time.
    pub now: Timestamp,
}

/// What became of the records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Delivered now.
    pub delivered: usize,
    /// Taken out of quarantine, since they had been delivered meanwhile.
    pub meanwhile: usize,
    /// Taken out of quarantine, since the schema takes them for no events, as it does comments.
    pub no_events: usize,
    /// Still in quarantine.
    pub still: usize,
}

impl Replay<'_> {
    /// Replays records of one log, in their order.
    ///
    /// # Errors
    /// When the sink or the state fails. The pages before stay delivered; the others stay in quarantine.
    pub fn run(mut self, held: &[&Held]) -> Result<Outcome, Failure> {
        let mut outcome = Outcome::default();
        let Some(id) = held.first().map(|held| held.stream) else { return Ok(outcome) };
        take_back(self.state, self.sink, self.origin.source_label, self.stream.log.log_type, id)?;
        let number = self.state.progress(id)?.windows + 1;
        let (kind, now) = (WindowKind::Replay, self.now);
        let mut window = OpenWindow { number, kind, start: now, end: now, covers_to: now, next: None, page: 0 };
        self.state.begin(id, &window, None)?;
        let namesakes = self.state.namesakes(id)?;
        for some in held.chunks(PAGE) {
            self.page(id, &mut window, some, &namesakes, &mut outcome)?;
        }
        self.state.end_replay(id)?;
        Ok(outcome)
    }

    fn page(
        &mut self,
        id: StreamId,
        window: &mut OpenWindow,
        held: &[&Held],
        namesakes: &HashSet<String>,
        outcome: &mut Outcome,
    ) -> Result<(), Failure> {
        let (state, log) = (self.state, self.stream.log);
        let raws: Vec<Vec<u8>> =
            held.iter().filter_map(|held| state.raw(held).transpose()).collect::<Result<_, _>>()?;
        // Nothing is beside what was asked for, since nothing was asked.
        let bounds = Bounds { start: from_nanos(i64::MIN), end: self.now };
        let was_seen = |key: &str, time| Ok(namesakes.contains(key) || state.has_seen(id, key, time)?);
        let clocks = Clocks { here: self.now, server: self.now };
        let mut reading = Reading::new(self.origin, self.stream, self.profile, &bounds, clocks, was_seen);
        for raw in &raws {
            reading.read_alone(raw);
        }
        let mut batch = reading.finish()?;
        if !batch.times.is_empty() {
            self.sink.deliver(&Delivery {
                source_name: self.origin.source_label,
                log_type: log.log_type,
                segment: segment(window),
                again: false,
                times: &batch.times,
                lines: batch.lines.as_bytes(),
            })?;
        }
        window.page += 1;
        // What would be forgotten at once may be served once more by an API that serves records beside a window.
        let forget = memory::forgettable(log, &state.progress(id)?, self.now);
        let at_once = |seen: &Seen| {
            let time = seen.as_of.unwrap_or(seen.time);
            forget.iter().any(|forget| forget.from.is_none_or(|from| from <= time) && time < forget.before)
        };
        batch.seen.iter_mut().filter(|seen| at_once(seen)).for_each(|seen| seen.as_of = Some(self.now));
        let still: HashSet<&str> = batch.quarantined.iter().map(|one| one.key.as_str()).collect();
        let out: Vec<&str> = held.iter().map(|held| held.key.as_str()).filter(|key| !still.contains(key)).collect();
        state.replayed(id, &Replayed { window, seen: &batch.seen, out: &out, still: &batch.quarantined })?;
        let repeats = usize::try_from(batch.repeats).unwrap_or(usize::MAX);
        outcome.delivered += batch.times.len();
        outcome.meanwhile += repeats;
        outcome.still += still.len();
        outcome.no_events += out.len().saturating_sub(batch.times.len() + repeats);
        Ok(())
    }
}

/// Takes back every page that was stopped between its delivery and its commit, of a replay and of both lanes: to the state they
/// have not been. A lane would replace its own page when it goes on, but the other lane may bring the same records before.
///
/// # Errors
/// When the sink or the state fails.
pub fn take_back(
    state: &State,
    sink: &mut dyn Sink,
    source_name: &str,
    log_type: &str,
    stream: StreamId,
) -> Result<(), Failure> {
    for window in state.under_way(stream)? {
        let segment = segment(&window);
        sink.deliver(&Delivery { source_name, log_type, segment, again: true, times: &[], lines: b"" })?;
        if window.kind == WindowKind::Replay {
            state.end_replay(stream)?;
        }
    }
    Ok(())
}

fn segment(window: &OpenWindow) -> Segment {
    Segment { window_end: window.end, window: window.number, page: window.page }
}

impl std::fmt::Debug for Replay<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Replay").field("origin", &self.origin).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use super::*;
    use crate::clock::earlier;
    use crate::identity::fingerprint;
    use crate::state::{Page, Quarantined, Then};
    use crate::testing::{noon, zendesk};

    const DAY: Duration = Duration::from_secs(86_400);

    /// Segments, each with what was last delivered under it; fails after a delivery on demand, as a crash would.
    #[derive(Default)]
    struct Kept {
        segments: BTreeMap<(u64, u64), String>,
        broken: bool,
    }

    impl Sink for Kept {
        fn deliver(&mut self, page: &Delivery<'_>) -> Result<(), Failure> {
            let lines = String::from_utf8(page.lines.to_vec()).unwrap();
            self.segments.insert((page.segment.window, page.segment.page), lines);
            if self.broken { Err(Failure::ReaderGone) } else { Ok(()) }
        }
    }

    impl Kept {
        fn ids(&self) -> Vec<u64> {
            let id = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_u64().unwrap();
            self.segments.values().flat_map(|lines| lines.lines().map(id).collect::<Vec<_>>()).collect()
        }
    }

    /// A state whose quarantine has these records, as an older program left them.
    fn state(records: &[&str]) -> (State, StreamId) {
        let state = State::in_memory().unwrap();
        let id = state.stream("id", "Zendesk.Audit", "a", earlier(noon(), DAY)).unwrap();
        let kind = WindowKind::Tail;
        let window = OpenWindow { number: 4, kind, start: noon(), end: noon(), covers_to: noon(), next: None, page: 1 };
        state.begin(id, &window, None).unwrap();
        let quarantined = |raw: &&str| Quarantined {
            key: fingerprint(raw.as_bytes()),
            raw: raw.as_bytes().to_vec(),
            pointer: "/old".into(),
            code: "type",
            message: "old".into(),
            schema: "older",
            at: noon(),
            record_key: None,
        };
        let quarantined: Vec<_> = records.iter().map(quarantined).collect();
        let then = Then::Done { window: &window, cursor: None };
        let page =
            Page { seen: &[], quarantined: &quarantined, then, answered_at: noon(), server_now: noon(), forget: &[] };
        state.commit(id, &page).unwrap();
        (state, id)
    }

    fn replay(state: &State, sink: &mut Kept) -> Result<Outcome, Failure> {
        let origin = Origin { source_id: "id", source_label: "acme" };
        let stream = Stream::of(&zendesk().logs[0]).unwrap();
        let held = state.held().unwrap();
        let held: Vec<_> = held.iter().rev().collect();
        Replay { origin, stream, state, sink, profile: Profile::Lake, now: noon() }.run(&held)
    }

    fn record(id: u64) -> String {
        format!(r#"{{"id":{id},"created_at":"2026-11-22T11:59:00Z"}}"#)
    }

    fn outcome(delivered: usize, meanwhile: usize, still: usize) -> Outcome {
        Outcome { delivered, meanwhile, no_events: 0, still }
    }

    #[test]
    fn what_fits_now_is_delivered_once_and_what_does_not_stays_with_its_new_reason() {
        let (state, id) = state(&[&record(1), r#"{"id":2.5}"#, &record(3), &(record(3) + " ")]);
        let mut sink = Kept::default();
        assert_eq!(replay(&state, &mut sink), Ok(outcome(2, 1, 1)));
        assert_eq!(sink.ids(), [1, 3]);
        // A window of its own, after those that there were.
        assert_eq!(sink.segments.keys().collect::<Vec<_>>(), [&(5, 0)]);
        let held = state.held().unwrap();
        assert_eq!((held.len(), held[0].pointer.as_str(), held[0].code.as_str()), (1, "/created_at", "required"));
        assert_eq!((held[0].at, held[0].schema.as_str() == "older"), (noon(), false));
        let time = earlier(noon(), Duration::from_secs(60));
        assert_eq!((state.has_seen(id, "1", time), state.has_seen(id, "3", time)), (Ok(true), Ok(true)));
        assert_eq!(replay(&state, &mut sink), Ok(outcome(0, 0, 1)));
        assert_eq!((sink.ids(), state.under_way(id)), (vec![1, 3], Ok(Vec::new())));
    }

    #[test]
    fn a_record_that_was_delivered_meanwhile_leaves_without_being_delivered() {
        let (state, id) = state(&[&record(1)]);
        let time = earlier(noon(), Duration::from_secs(60));
        let seen = [Seen { key: "1".into(), time, as_of: None, delivered: true }];
        let window = state.progress(id).unwrap();
        let kind = WindowKind::Tail;
        let number = window.windows + 1;
        let window = OpenWindow { number, kind, start: noon(), end: noon(), covers_to: noon(), next: None, page: 1 };
        let then = Then::GoOn(&window);
        state
            .commit(
                id,
                &Page { seen: &seen, quarantined: &[], then, answered_at: noon(), server_now: noon(), forget: &[] },
            )
            .unwrap();
        let mut sink = Kept::default();
        assert_eq!(replay(&state, &mut sink), Ok(outcome(0, 1, 0)));
        assert_eq!((sink.ids(), state.held().unwrap().len()), (vec![], 0));
    }

    #[test]
    fn a_replay_that_was_stopped_before_its_commit_is_taken_back() {
        let records: Vec<_> = (0..150).map(record).collect();
        let (state, id) = state(&records.iter().map(String::as_str).collect::<Vec<_>>());
        let mut sink = Kept { broken: true, ..Kept::default() };
        assert!(replay(&state, &mut sink).is_err());
        assert_eq!((sink.ids().len(), state.held().unwrap().len()), (100, 150));
        sink.broken = false;
        take_back(&state, &mut sink, "acme", "Zendesk.Audit", id).unwrap();
        assert_eq!((sink.ids().len(), state.under_way(id)), (0, Ok(Vec::new())));

        sink.broken = true;
        assert!(replay(&state, &mut sink).is_err());
        sink.broken = false;
        assert_eq!(replay(&state, &mut sink), Ok(outcome(150, 0, 0)));
        assert_eq!(sink.ids(), (0..150).collect::<Vec<_>>());
    }
}
