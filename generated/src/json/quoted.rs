//! Texts on their way out: as JSON strings with no more escapes than JSON asks for.

use super::key::{BLOCK, Key};
use super::output::{Bytes, Output};
use crate::scan::plain_length;

/// Appends `text` to `out` as a JSON string, with no more escapes than JSON asks for.
pub fn write_string(text: &str, out: &mut Vec<u8>) {
    write_bytes(text.as_bytes(), out);
}

/// The same for a text that is known to be UTF-8.
pub(crate) fn write_bytes(text: &[u8], out: &mut impl Bytes) {
    match plain_length(text, 0) {
        end if end == text.len() => write_plain(text, out),
        end => write_escapes(text, end, out),
    }
}

/// The same for a text that needs no escape.
pub(crate) fn write_plain(text: &[u8], out: &mut impl Bytes) {
    if !out.block().is_some_and(|block| quote_short(text, block)) {
        out.push(b'"');
        out.extend(text);
        return out.push(b'"');
    }
    out.advance(text.len() + 2);
}

/// The same with its key before it, where both are short; else it is false.
#[inline]
pub(crate) fn write_plain_with(key: &Key, text: &[u8], output: &mut Output<'_>) -> bool {
    let (Some((key, start)), Some(room)) = (key.block(), output.block::<{ 2 * BLOCK }>()) else { return false };
    room[..BLOCK].copy_from_slice(key);
    // What stands behind the key in its block is a quote, as it is in that of the text.
    let is_short = room[start - 1..].first_chunk_mut().is_some_and(|block| quote_short(text, block));
    if is_short {
        output.advance(start + 1 + text.len());
    }
    is_short
}

/// Puts a short text with its quotes into a block, or is false.
///
/// The first and the last bytes of the text, which may overlap, are copied: pieces of fixed size are a few instructions each,
/// where a copy of another size is a call.
#[inline]
fn quote_short(text: &[u8], block: &mut [u8; BLOCK]) -> bool {
    match text.len() {
        8..16 => quote_ends::<8>(text, block),
        16..=30 => quote_ends::<16>(text, block),
        4..8 => quote_ends::<4>(text, block),
        length @ ..4 => {
            block[..5].fill(b'"');
            block[1..=length].copy_from_slice(text);
        }
        _ => return false,
    }
    true
}

/// The same for a text of `N` to twice `N` bytes.
#[inline]
fn quote_ends<const N: usize>(text: &[u8], block: &mut [u8; BLOCK]) {
    if let (Some(first), Some(last)) = (text.first_chunk::<N>(), text.last_chunk::<N>())
        && let Some(place) = block.get_mut(text.len() + 1 - N..text.len() + 2)
    {
        place[..N].copy_from_slice(last);
        place[N] = b'"';
        block[0] = b'"';
        block[1..=N].copy_from_slice(first);
    }
}

/// The same for a text whose first byte that needs an escape is at `end`.
fn write_escapes(text: &[u8], mut end: usize, out: &mut impl Bytes) {
    out.push(b'"');
    let mut start = 0;
    loop {
        out.extend(&text[start..end]);
        let Some(mark) = text.get(end) else { break };
        write_escape(*mark, out);
        start = end + 1;
        end = start + plain_length(text, start);
    }
    out.push(b'"');
}

/// Appends the escape of a quote, a backslash or a control character.
pub(super) fn write_escape(mark: u8, out: &mut impl Bytes) {
    const HEXADECIMAL: &[u8; 16] = b"0123456789abcdef";
    let short = match mark {
        0x08 => b'b',
        0x0c => b'f',
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0..0x20 => {
            out.extend(b"\\u00");
            out.extend(&[mark >> 4, mark & 15].map(|half| HEXADECIMAL[usize::from(half)]));
            return;
        }
        quote_or_backslash => quote_or_backslash,
    };
    out.extend(&[b'\\', short]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_have_the_fewest_escapes() {
        let mut out = Vec::new();
        write_string("\"\\/\u{8}\u{c}\n\r\t\u{0}\u{1f}\u{7f}é😀", &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u{7f}é😀\"");
    }
}
