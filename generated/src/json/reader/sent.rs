//! Values as they were sent: read to check them, and kept as bytes.
//!
//! The quick ways are those of `plain.rs`, each for one form alone. What is still to be read goes from one to the next in
//! registers, and so it is no reader that they are given and return, but its rest; where the next value is of another form
//! there is none. What they keep goes on after the value, so that it can be copied as a block.

use super::Reader;
use super::plain::digits;
use crate::json::passed::{AHEAD, LastTime, Span};
use crate::scan::{first_mark, position};
use crate::time::Timestamp;

/// A string.
#[inline(never)]
pub(in crate::json) fn text<'a>(rest: &'a [u8], span: &mut Span<'a>, _: &mut Option<LastTime<'a>>) -> Option<&'a [u8]> {
    if let Some(ahead @ [b'"', ..]) = rest.first_chunk::<AHEAD>() {
        // The last two have a byte in common.
        for start in [1, 17, 33, 48] {
            let Some(end) = ahead[start..].first_chunk().and_then(first_mark) else { continue };
            let end = start + end;
            if ahead[end] != b'"' {
                break;
            }
            *span = Span::AsSent(ahead, end + 1);
            return rest.get(end + 1..);
        }
    }
    other_text(rest, span)
}

/// A string that is longer, or has escapes or other characters than those of ASCII.
#[inline(never)]
fn other_text<'a>(rest: &'a [u8], span: &mut Span<'a>) -> Option<&'a [u8]> {
    let mut reader = Reader::new(rest);
    if !reader.is_at_quote() {
        return None;
    }
    let text = reader.quoted().ok()?;
    let sent = reader.since(rest);
    *span = match (text.as_escaped(), rest.first_chunk()) {
        (None, Some(ahead)) if sent.len() <= AHEAD => Span::AsSent(ahead, sent.len()),
        (Some(content), _) if !is_shortest(content) => Span::Escaped(content),
        _ => Span::Long(sent),
    };
    Some(reader.rest)
}

/// Whether all escapes of a text are such as are written.
fn is_shortest(mut content: &[u8]) -> bool {
    while let Some((escape, rest)) = position(content, b'\\').and_then(|at| content.get(at + 1..)?.split_first()) {
        if matches!(escape, b'/' | b'u') {
            return false;
        }
        content = rest;
    }
    true
}

/// An integer that is not negative, of at most so many digits, which are no more than 16.
#[inline(never)]
pub(in crate::json) fn number<'a, const MOST: usize>(
    rest: &'a [u8],
    span: &mut Span<'a>,
    _: &mut Option<LastTime<'a>>,
) -> Option<&'a [u8]> {
    const { assert!(MOST <= 16, "so many digits are looked at") }
    let ahead = rest.first_chunk::<AHEAD>()?;
    let [first, second] = [0, 1].map(|word| ahead.as_chunks().0[word]);
    let length = match digits(first) {
        8 => 8 + digits(second),
        length => length,
    };
    let leading_zero = ahead[0] == b'0' && length > 1;
    if length == 0 || length > MOST || leading_zero || !matches!(ahead[length], b',' | b'}' | b']') {
        return None;
    }
    *span = Span::AsSent(ahead, length);
    rest.get(length..)
}

/// `true` or `false`.
pub(in crate::json) fn boolean<'a>(
    rest: &'a [u8],
    span: &mut Span<'a>,
    _: &mut Option<LastTime<'a>>,
) -> Option<&'a [u8]> {
    let ahead = rest.first_chunk::<AHEAD>()?;
    let length = match ahead {
        [b't', b'r', b'u', b'e', ..] => 4,
        [b'f', b'a', b'l', b's', b'e', ..] => 5,
        _ => return None,
    };
    *span = Span::AsSent(ahead, length);
    rest.get(length..)
}

/// A time like `"2026-03-01T11:32:44Z"`, which becomes the last one.
#[inline(never)]
pub(in crate::json) fn time<'a>(
    rest: &'a [u8],
    span: &mut Span<'a>,
    last: &mut Option<LastTime<'a>>,
) -> Option<&'a [u8]> {
    const LENGTH: usize = 22;
    let ahead = rest.first_chunk::<AHEAD>()?;
    let [b'"', time @ .., b'"'] = ahead.first_chunk::<LENGTH>()? else { return None };
    let time = Timestamp::from_plain_rfc3339(time.first_chunk()?)?;
    *span = Span::Time(ahead);
    *last = Some((ahead, time));
    rest.get(LENGTH..)
}

impl<'a> Reader<'a> {
    /// What `read` reads as bytes, and what it returns.
    pub(in crate::json) fn sent<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> (&'a [u8], T) {
        let start = self.rest;
        let value = read(self);
        (self.since(start), value)
    }
}
