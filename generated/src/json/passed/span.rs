//! Where the values of an event stand in its input, how they are read there, and how they are written.

use crate::json::declared::{Shown, write_key};
use crate::json::error::Error;
use crate::json::key::{BLOCK, Key};
use crate::json::output::{Bytes as _, Output};
use crate::json::reader::{Reader, sent};
use crate::json::slot::Slot;
use crate::json::text::Text;
use crate::json::value::Reading;
use crate::log_type::{Field, Kind};
use crate::scan::position;
use crate::time::{QUOTED_LAKE, TimeFormat, Timestamp};

/// So many bytes are kept of most values, with what follows them in the input: to copy a block of fixed size takes a few
/// instructions, where a copy of another size is a call.
pub(crate) const AHEAD: usize = 64;

/// Where the value of a member stands, and so how it is written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Span<'a> {
    /// There is none, or null.
    Absent,
    /// So many of these bytes may be written as they are.
    AsSent(&'a [u8; AHEAD], usize),
    /// They start with a time like `"2026-03-01T11:32:44Z"`.
    Time(&'a [u8; AHEAD]),
    /// These may be written as they are. A text may have escapes.
    Long(&'a [u8]),
    /// What stands between the quotes of a text that has escapes which are written otherwise.
    Escaped(&'a [u8]),
    /// A value that has to be read once more.
    Other(&'a [u8]),
}

/// A time that has been read, and where.
pub(crate) type LastTime<'a> = (&'a [u8], Timestamp);

/// Reads a value of the form in which nearly all of its type are sent from the start of what is left of the input, and returns
/// what is left then; `None` where it is of another form.
pub(crate) type ReadSent = for<'a> fn(&'a [u8], &mut Span<'a>, &mut Option<LastTime<'a>>) -> Option<&'a [u8]>;

/// How the values of a type are read as they were sent, where they are written so. A time that may be the event's is kept.
pub(crate) const fn read_sent(kind: Kind, is_event_time: bool) -> ReadSent {
    match kind {
        Kind::String => sent::text,
        Kind::SmallInt => sent::number::<4>,
        Kind::Int => sent::number::<9>,
        Kind::BigInt => sent::number::<16>,
        Kind::Boolean => sent::boolean,
        Kind::Timestamp([TimeFormat::Rfc3339, ..]) if is_event_time => sent::time,
        Kind::Timestamp([TimeFormat::Rfc3339, ..]) => |rest, span, _| sent::time(rest, span, &mut None),
        _ => NONE_SENT,
    }
}

/// For values of which the form that was sent says nothing.
pub(crate) const NONE_SENT: ReadSent = |_, _, _| None;

impl<'a> Span<'a> {
    /// The value as it was sent, but for the quotes of a text with escapes; of a time with more after it.
    #[inline]
    fn sent(&self) -> &'a [u8] {
        match *self {
            Self::Absent => b"",
            Self::AsSent(ahead, length) => ahead.get(..length).unwrap_or_default(),
            Self::Time(ahead) => ahead,
            Self::Long(sent) | Self::Escaped(sent) | Self::Other(sent) => sent,
        }
    }

    /// The content of a text that has no escape.
    #[inline]
    pub(super) fn plain_text(&self, field: &Field) -> Option<&'a [u8]> {
        match (self, field.kind, self.sent()) {
            (Self::AsSent(..), Kind::String, [b'"', text @ .., b'"']) => Some(text),
            (Self::Long(_), Kind::String, [b'"', text @ .., b'"']) if position(text, b'\\').is_none() => Some(text),
            _ => None,
        }
    }

    /// Hands the value on, if there is one.
    pub(super) fn show(&self, field: &Field, then: &mut dyn FnMut(&dyn Shown)) {
        match (self, self.plain_text(field)) {
            (Self::Absent, _) => {}
            (Self::Escaped(text), _) => then(&Text::content(text, true)),
            (_, Some(text)) => then(&Text::content(text, false)),
            // It has been read before, and so is a value.
            _ => _ = read_scalar(field, &mut Reader::passed(self.sent()), then),
        }
    }

    /// Writes the value with its key, if there is one.
    #[inline(never)]
    pub(super) fn write(&self, field: &Field, output: &mut Output<'_>) {
        match self {
            Self::AsSent(..) | Self::Long(_) => {
                write_key(&field.key, field.name, output);
                output.extend(self.sent());
            }
            _ => self.show(field, &mut |value| value.write_member(field, output)),
        }
    }
}

/// Reads the value of a field that is a scalar, and hands it on.
pub(super) fn read_scalar(field: &Field, reader: &mut Reader<'_>, then: &mut dyn FnMut(&dyn Shown)) -> Reading {
    fn of<T: Shown>(read: Result<Slot<T>, Error>, then: &mut dyn FnMut(&dyn Shown)) -> Reading {
        read.map(|slot| slot.map(|value| then(&value))).into()
    }
    match field.kind {
        Kind::String => of(reader.string().map(|text| text.checked(&field.how)), then),
        Kind::SmallInt => of(reader.smallint(), then),
        Kind::Int => of(reader.int(), then),
        Kind::BigInt => of(reader.bigint(), then),
        Kind::Float => match reader.plain_float() {
            Some(number) => of(Ok(Slot::Value(number)), then),
            None => of(reader.float(), then),
        },
        Kind::Boolean => of(reader.boolean(), then),
        Kind::Timestamp(formats) => of(reader.timestamp(formats), then),
        Kind::Json => of(reader.json(), then),
        // No such field is passed on.
        Kind::Array(_) | Kind::Object(_) => Reading::Empty,
    }
}

/// Writes a key and the value that `ahead` starts with, where there is room; else it is false.
#[inline]
pub(super) fn write_as_sent(key: &Key, ahead: &[u8; AHEAD], length: usize, output: &mut Output<'_>) -> bool {
    let (Some((key, start)), Some(room)) = (key.block(), output.block::<{ BLOCK + AHEAD }>()) else { return false };
    if start <= BLOCK / 2 {
        room[..BLOCK / 2].copy_from_slice(&key[..BLOCK / 2]);
    } else {
        room[..BLOCK].copy_from_slice(key);
    }
    if length <= AHEAD / 2 {
        room[start - 1..start - 1 + AHEAD / 2].copy_from_slice(&ahead[..AHEAD / 2]);
    } else {
        room[start - 1..start - 1 + AHEAD].copy_from_slice(ahead);
    }
    output.advance(start - 1 + length);
    true
}

/// The same for a time like `"2026-03-01T11:32:44Z"`, which is written as the lake has it.
#[inline]
pub(super) fn write_time(key: &Key, ahead: &[u8; AHEAD], output: &mut Output<'_>) -> bool {
    const T: usize = 11;
    const Z: usize = 20;
    let (Some((key, start)), Some(room)) = (key.block(), output.block::<{ 2 * BLOCK }>()) else { return false };
    room[..BLOCK].copy_from_slice(key);
    let time = &mut room[start - 1..start - 1 + QUOTED_LAKE];
    time[..Z].copy_from_slice(&ahead[..Z]);
    time[T] = b' ';
    time[Z..].copy_from_slice(b".000000000\"");
    output.advance(start - 1 + QUOTED_LAKE);
    true
}
