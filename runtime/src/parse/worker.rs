//! What one core does: the lines of a block to events, and to what is wrong with those that are none.

use std::hash::{BuildHasher, RandomState};

use logwright::classify::{Classifier, Misfit};
use logwright::event::{Envelope, ParseTime, Profile, RowId, write_event};
use logwright::indicators::Indicators;
use logwright::json::Buffer;
use logwright::log_type::{LogType, Record};
use logwright::time::Timestamp;
use memchr::memchr;

use super::blocks::{Block, KEPT};
use super::kept;
use super::why::Why;
use crate::clock::Clock;

/// Parses blocks of one stream.
pub(super) struct Worker<'p> {
    lines: Classifier,
    profile: Profile,
    clock: &'p dyn Clock,
    longest_line: usize,
    /// Whether each line is an object in which a quarantine kept one.
    kept: bool,
    ids: Ids,
    indicators: Indicators,
}

/// What became of a block.
#[derive(Debug)]
pub(super) struct Done {
    /// The events, one a line.
    pub(super) events: Buffer,
    /// How many they are.
    pub(super) count: u64,
    /// The lines that could not be parsed, in order.
    pub(super) bad: Vec<Bad>,
    /// How many lines the block has, of whatever kind.
    pub(super) lines: u64,
    /// The room of the block, to be used again.
    pub(super) buffer: Vec<u8>,
}

/// A buffer that has grown beyond this, for a line that is longer than most, is not used again.
const LARGEST_BUFFER: usize = 4 * 1024 * 1024;

impl Done {
    /// Whether it takes more room than is used again.
    pub(super) fn is_large(&self) -> bool {
        self.buffer.capacity().max(self.events.capacity()) > LARGEST_BUFFER
    }

    /// The room of the block and that of the events, to be used again.
    pub(super) fn into_room(self) -> (Vec<u8>, Buffer) {
        let is_kept = |capacity| capacity <= LARGEST_BUFFER;
        let buffer = if is_kept(self.buffer.capacity()) { self.buffer } else { Vec::new() };
        let events = if is_kept(self.events.capacity()) { self.events } else { Buffer::default() };
        (buffer, events)
    }
}

/// A line that could not be parsed.
#[derive(Debug)]
pub(super) struct Bad {
    /// Its number in the block, from 0.
    pub(super) line: u64,
    pub(super) why: Why,
    pub(super) raw: Vec<u8>,
}

impl<'p> Worker<'p> {
    pub(super) fn new(
        log_types: &[&dyn LogType],
        profile: Profile,
        clock: &'p dyn Clock,
        longest_line: usize,
        kept: bool,
    ) -> Self {
        let (lines, indicators) = (Classifier::new(log_types), Indicators::default());
        Self { lines, profile, clock, longest_line, kept, ids: Ids::new(), indicators }
    }

    /// Parses every line of `block`, into the room of `events`.
    pub(super) fn run(&mut self, block: Block, mut events: Buffer) -> Done {
        events.clear();
        let mut done = Done { events, count: 0, bad: Vec::new(), lines: 0, buffer: Vec::new() };
        let now = self.clock.now();
        let parse_time = ParseTime::from(now);
        let mut rest = block.bytes();
        while !rest.is_empty() {
            // Of a line that is cut nobody knows how it goes on, however whole its beginning looks.
            if block.cut.is_none()
                && let Some(events) = self.first(&mut rest, now, parse_time, &mut done.events)
            {
                done.count += events;
                done.lines += 1;
                continue;
            }
            let end = memchr(b'\n', rest).unwrap_or(rest.len());
            let line = &rest[..end];
            rest = rest.get(end + 1..).unwrap_or_default();
            let length = block.cut.unwrap_or(line.len() as u64);
            if length > self.longest_line as u64 {
                done.bad.push(self.too_long(done.lines, length, line));
            } else if !line.trim_ascii().is_empty() {
                // White space at the start may mean something, such as an empty cell; the end of the line does not.
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                match self.unpacked(line, now, parse_time, &mut done.events) {
                    Ok(events) => done.count += events,
                    Err((why, raw)) => done.bad.push(Bad { line: done.lines, why, raw }),
                }
            }
            done.lines += 1;
        }
        done.buffer = block.into_buffer();
        done
    }

    /// The same as [`line`](Self::line), of what a quarantine kept where the input is of that; or why not, and what of.
    fn unpacked(
        &mut self,
        line: &[u8],
        now: Timestamp,
        parse_time: ParseTime,
        out: &mut Buffer,
    ) -> Result<u64, (Why, Vec<u8>)> {
        let unpacked;
        let line = if self.kept {
            unpacked = kept::line(line).map_err(|why| (why, line.to_vec()))?;
            &unpacked
        } else {
            line
        };
        self.line(line, now, parse_time, out).map_err(|misfit| (Why::from(&misfit), line.to_vec()))
    }

    /// Appends the event of the first of some lines to `out`, and leaves the other lines, where it takes no more than one
    /// look: what is kept, what may be too long, and what is wrong are for [`unpacked`](Self::unpacked).
    fn first(&mut self, rest: &mut &[u8], now: Timestamp, parse_time: ParseTime, out: &mut Buffer) -> Option<u64> {
        if self.kept || rest.len() > self.longest_line {
            return None;
        }
        self.write(now, parse_time, out, |lines, then| lines.parse_first(rest, then).then_some(()).ok_or(())).ok()
    }

    /// Appends the event of a line to `out`, and says how many there were: none for a header, or a line that the schema skips.
    fn line(&mut self, line: &[u8], now: Timestamp, parse_time: ParseTime, out: &mut Buffer) -> Result<u64, Misfit> {
        self.write(now, parse_time, out, |lines, then| lines.parse(line, then))
    }

    fn write<E>(
        &mut self,
        now: Timestamp,
        parse_time: ParseTime,
        out: &mut Buffer,
        parse: impl FnOnce(&mut Classifier, &mut dyn FnMut(&dyn Record)) -> Result<(), E>,
    ) -> Result<u64, E> {
        let mut count = 0;
        let (ids, indicators, profile) = (&mut self.ids, &mut self.indicators, self.profile);
        parse(&mut self.lines, &mut |record: &dyn Record| {
            let row_id = RowId::new(record.event_time().unwrap_or(now), ids.next());
            let envelope = Envelope { row_id, parse_time, origin: None, profile };
            write_event(record, &envelope, indicators, out);
            out.push(b'\n');
            count += 1;
        })?;
        Ok(count)
    }

    fn too_long(&self, line: u64, length: u64, content: &[u8]) -> Bad {
        let most = self.longest_line;
        let message = format!(
            "the line has {length} bytes, more than the {most} that are parsed; its first {KEPT} are kept here"
        );
        let raw = content[..content.len().min(KEPT)].to_vec();
        Bad { line, why: Why::too_long(message), raw }
    }
}

/// Ids for events that have no source: no two of a worker are alike, and those of two workers or processes are not likely
/// to be.
struct Ids {
    worker: [u8; 6],
    count: u32,
}

impl Ids {
    fn new() -> Self {
        // The keys of a `RandomState` come from the system's randomness, and no two of a process are the same.
        let random = RandomState::new().hash_one(std::process::id()).to_be_bytes();
        Self { worker: std::array::from_fn(|index| random[index]), count: 0 }
    }

    fn next(&mut self) -> [u8; 10] {
        self.count = self.count.wrapping_add(1);
        let mut tail = [0; 10];
        tail[..6].copy_from_slice(&self.worker);
        tail[6..].copy_from_slice(&self.count.to_be_bytes());
        tail
    }
}
