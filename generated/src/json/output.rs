//! Where events are written to: a buffer with room ahead.
//!
//! To write a short piece as a block of fixed size takes a few instructions, where a piece of its own length would be a call.
//! What stands behind the piece in its block is written over by the next one. So that this takes no `unsafe`, the vector of a
//! [`Buffer`] is longer than what has been written.

use std::fmt;

use crate::event::Profile;
use crate::indicators::Indicators;
use crate::time::{QUOTED_LAKE, TimeFormat, Timestamp};

/// How much room there is at least at first. Most events take less.
const ROOM: usize = 1024;

/// No more room than this is made at once, unless a piece takes more.
const MOST_ROOM: usize = 64 * 1024;

/// So much a vector can take behind the room without growing: most pieces that [`Output::append`] has are shorter.
const BEHIND: usize = 128;

/// Bytes that have been written, and room for more, which is kept when they are cleared. What is written is appended.
///
/// ```
/// use logwright::event::Profile;
/// use logwright::json::{Buffer, ObjectWriter};
///
/// let mut buffer = Buffer::default();
/// let mut object = ObjectWriter::open(&mut buffer, Profile::Lake);
/// object.field("id", &Some(7));
/// object.close();
/// buffer.push(b'\n');
/// assert_eq!(buffer.as_bytes(), b"{\"id\":7}\n");
/// ```
#[derive(Clone, Default)]
pub struct Buffer {
    /// What has been written, and then what has no meaning.
    bytes: Vec<u8>,
    length: usize,
}

impl Buffer {
    /// What has been written.
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// The same as a vector.
    pub fn into_vec(mut self) -> Vec<u8> {
        self.bytes.truncate(self.length);
        self.bytes
    }

    /// Forgets what has been written, and keeps the room.
    pub fn clear(&mut self) {
        self.length = 0;
    }

    /// How many bytes it takes in memory.
    pub fn capacity(&self) -> usize {
        self.bytes.capacity()
    }

    /// Appends a byte.
    #[inline]
    pub fn push(&mut self, byte: u8) {
        match self.bytes.get_mut(self.length) {
            Some(place) => *place = byte,
            None => self.bytes.push(byte),
        }
        self.length += 1;
    }
}

impl fmt::Debug for Buffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Buffer of {} bytes", self.length)
    }
}

/// Where an event is written to, and how its times are written.
#[derive(Debug)]
pub struct Output<'o> {
    /// What has been written, and room.
    bytes: Vec<u8>,
    /// Where the room begins.
    end: usize,
    /// How times are written.
    pub profile: Profile,
    /// The first time that was written for the lake, and where it stands: most events have it once more, as their own time.
    first_time: Option<(Timestamp, usize)>,
    /// Where the indicators in what is written go, if anywhere.
    pub(crate) indicators: Option<&'o mut Indicators>,
}

/// The standard fields that every event has, with room for their values.
const LAKE_FIELDS: [u8; 140] = {
    let mut fields = [b'"'; 140];
    let [row_id, _, event_time, _, parse_time, _] = lake_parts(&mut fields);
    row_id.copy_from_slice(b",\"p_row_id\":\"");
    event_time.copy_from_slice(b"\",\"p_event_time\":");
    parse_time.copy_from_slice(b",\"p_parse_time\":");
    fields
};

/// Their parts: each key, and what stands behind it.
const fn lake_parts(fields: &mut [u8; 140]) -> [&mut [u8]; 6] {
    let (row_id, rest) = fields.split_at_mut(13);
    let (id, rest) = rest.split_at_mut(32);
    let (event_time, rest) = rest.split_at_mut(17);
    let (event, rest) = rest.split_at_mut(QUOTED_LAKE);
    let (parse_time, parse) = rest.split_at_mut(16);
    [row_id, id, event_time, event, parse_time, parse]
}

/// Where bytes are appended: an output, or a vector alone.
pub(crate) trait Bytes {
    /// Room for a block, of which [`advance`](Self::advance) says how much is to stay, where there is so much.
    fn block<const N: usize>(&mut self) -> Option<&mut [u8; N]>;

    /// So much of a block stays.
    fn advance(&mut self, length: usize);

    /// Appends a byte.
    fn push(&mut self, byte: u8);

    /// Appends some bytes.
    fn extend(&mut self, bytes: &[u8]);
}

impl Bytes for Vec<u8> {
    fn block<const N: usize>(&mut self) -> Option<&mut [u8; N]> {
        None
    }

    fn advance(&mut self, _length: usize) {}

    fn push(&mut self, byte: u8) {
        self.push(byte);
    }

    fn extend(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}

impl Output<'_> {
    /// With no room yet, which [`swap`](Self::swap) gives.
    #[inline]
    pub(super) fn new(profile: Profile) -> Self {
        Self { bytes: Vec::new(), end: 0, profile, first_time: None, indicators: None }
    }

    /// Goes on in this buffer, or gives it back. It is swapped and not handed on, as what has just been stored in parts can be
    /// loaded as a whole only after a while.
    #[inline]
    pub(super) fn swap(&mut self, buffer: &mut Buffer) {
        std::mem::swap(&mut self.bytes, &mut buffer.bytes);
        std::mem::swap(&mut self.end, &mut buffer.length);
    }

    /// Makes room, unless there is some.
    #[inline]
    pub(super) fn make_room(&mut self) {
        if self.bytes.len() < self.end + ROOM {
            self.grow(ROOM);
        }
    }

    /// Makes so much room at least. All that the vector grows by is room, so that this is rare; but memory that may never be
    /// used is not touched.
    #[inline(never)]
    fn grow(&mut self, least: usize) {
        self.bytes.reserve(self.end + least + BEHIND - self.bytes.len());
        let room = self.bytes.capacity() - BEHIND - self.end;
        self.bytes.resize(self.end + room.min(MOST_ROOM).max(least), 0);
    }

    /// Where the next byte is written.
    #[inline]
    pub(super) fn end(&self) -> usize {
        self.end
    }

    /// The byte at `at`, where one has been written.
    #[inline]
    pub(super) fn byte(&mut self, at: usize) -> Option<&mut u8> {
        if at < self.end { self.bytes.get_mut(at) } else { None }
    }

    /// Forgets what has been written from `start` on.
    #[inline]
    pub(super) fn go_back(&mut self, start: usize) {
        self.end = start;
    }

    /// Appends what `write` appends: whatever has no block. What is in the vector before that is of no meaning, and stays.
    #[inline(never)]
    pub fn append(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        // It is written behind the room, and moved to the front of it: so the room stays as it is.
        let behind = self.bytes.len();
        write(&mut self.bytes);
        self.bytes.copy_within(behind.., self.end);
        self.end += self.bytes.len() - behind;
        self.bytes.truncate(behind.max(self.end));
        self.make_room();
    }

    /// The standard fields that every event has, after `p_log_type`, as the lake has them: they are as long in each event.
    #[inline]
    pub(crate) fn lake_fields(&mut self, row_id: &[u8; 32], event: Option<Timestamp>, parse_time: &[u8; QUOTED_LAKE]) {
        let event_time = event.map_or(*parse_time, |time| self.quoted_lake(time, 13 + 32 + 17));
        let fill = |fields: &mut [u8; LAKE_FIELDS.len()]| {
            *fields = LAKE_FIELDS;
            let [_, id, _, event, _, parse] = lake_parts(fields);
            id.copy_from_slice(row_id);
            event.copy_from_slice(&event_time);
            parse.copy_from_slice(parse_time);
        };
        if let Some(block) = self.block() {
            fill(block);
            return self.advance(LAKE_FIELDS.len());
        }
        let mut fields = LAKE_FIELDS;
        fill(&mut fields);
        self.extend(&fields);
    }

    /// Appends a time; `formats` are those it was read with.
    pub fn time(&mut self, time: Timestamp, formats: &[TimeFormat<'_>]) {
        match self.profile {
            Profile::Lake => self.lake_time(time),
            Profile::Source => self.append(|bytes| TimeFormat::write(formats, &time, bytes)),
        }
    }

    /// Appends the time as the lake has it, in quotes.
    pub(crate) fn lake_time(&mut self, time: Timestamp) {
        let text = self.quoted_lake(time, 0);
        self.extend(&text);
    }

    /// Notes that a time as the lake has it, in quotes, has just been written.
    #[inline]
    pub(super) fn wrote_time(&mut self, time: Timestamp) {
        self.first_time.get_or_insert((time, self.end - QUOTED_LAKE));
    }

    /// Whether there is room for a block.
    #[inline]
    pub(super) fn has_room<const N: usize>(&mut self) -> bool {
        self.block::<N>().is_some()
    }

    /// The time as the lake has it, which is about to be written `behind` the end.
    pub(super) fn quoted_lake(&mut self, time: Timestamp, behind: usize) -> [u8; QUOTED_LAKE] {
        if let Some((first, at)) = self.first_time
            && first == time
            && let Some(text) = self.bytes.get(at..).and_then(<[u8]>::first_chunk)
        {
            return *text;
        }
        self.first_time.get_or_insert((time, self.end + behind));
        time.quoted_lake()
    }
}

impl Bytes for Output<'_> {
    #[inline]
    fn block<const N: usize>(&mut self) -> Option<&mut [u8; N]> {
        self.bytes.get_mut(self.end..self.end + N)?.first_chunk_mut()
    }

    #[inline]
    fn advance(&mut self, length: usize) {
        self.end += length;
    }

    #[inline]
    fn push(&mut self, byte: u8) {
        match self.bytes.get_mut(self.end) {
            Some(place) => {
                *place = byte;
                self.end += 1;
            }
            None => self.extend(&[byte]),
        }
    }

    #[inline]
    fn extend(&mut self, bytes: &[u8]) {
        if let Some(room) = self.bytes.get_mut(self.end..self.end + bytes.len()) {
            room.copy_from_slice(bytes);
            self.end += bytes.len();
        } else {
            self.grow(bytes.len() + ROOM);
            self.extend(bytes);
        }
    }
}

/// What `write` writes, for tests.
#[cfg(test)]
pub(super) fn written_by(write: impl FnOnce(&mut Output<'_>)) -> String {
    // As it is after another event.
    let mut output = Output::new(Profile::Lake);
    let mut buffer = Buffer { bytes: vec![b'!'; ROOM], length: 0 };
    output.swap(&mut buffer);
    write(&mut output);
    output.swap(&mut buffer);
    String::from_utf8(buffer.into_vec()).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_stand_one_after_the_other_wherever_the_room_ends() {
        for start in ROOM - 70..=ROOM {
            let written = written_by(|output| {
                output.extend(&vec![b'-'; start]);
                for digit in b'0'..=b'9' {
                    match output.block::<32>() {
                        Some(block) => {
                            block.fill(digit);
                            output.advance(5);
                        }
                        None => output.append(|bytes| bytes.extend_from_slice(&[digit; 5])),
                    }
                    output.push(b'.');
                    output.extend(b"abc");
                }
            });
            let expected: String = (0..10).map(|digit| digit.to_string().repeat(5) + ".abc").collect();
            assert_eq!(written, "-".repeat(start) + &expected);
        }
    }

    #[test]
    fn a_time_that_comes_again_is_the_same() {
        let times = ["2026-03-01T11:32:44Z", "2026-03-01T11:32:45Z"].map(|time| time.parse().unwrap());
        for start in [0, ROOM - 60, ROOM - 31, ROOM - 1, ROOM] {
            let written = written_by(|output| {
                output.extend(&vec![b'-'; start]);
                for time in [times[0], times[1], times[0], times[1]] {
                    output.lake_time(time);
                }
            });
            let [first, second] = times.map(|time| String::from_utf8(time.quoted_lake().to_vec()).unwrap());
            assert_eq!(written[start..], [&first[..], &second, &first, &second].concat());
        }
    }
}
