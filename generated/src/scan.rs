//! Looking for bytes, eight at a time: eight bytes are one word, and arithmetic on the word is arithmetic on all of them.

/// A word with this byte in each place.
const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// How many bytes from `start` on are neither a quote, nor a backslash, nor a control character: the plain text of JSON.
pub(crate) fn plain_length(bytes: &[u8], start: usize) -> usize {
    length_before(bytes, start, |word| {
        let (quotes, backslashes) = (word ^ all(b'"'), word ^ all(b'\\'));
        let below = word.wrapping_sub(all(0x20)) | quotes.wrapping_sub(all(1)) | backslashes.wrapping_sub(all(1));
        below & !word & all(0x80)
    })
}

/// How many bytes from `start` on are plain text of JSON, as [`plain_length`] has it, and ASCII as well.
#[expect(clippy::inline_always, reason = "a call takes as long as a short text, and all registers of the caller")]
#[inline(always)]
pub(crate) fn ascii_length(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    let mut length = 0;
    for chunk in rest.as_chunks().0 {
        if ascii_marks(chunk) != 0 {
            break;
        }
        length += 16;
    }
    let rest = rest.get(length..).unwrap_or_default();
    length
        + match rest.first_chunk() {
            Some(chunk) => first_ascii_length(chunk),
            None => last_ascii_length(bytes, rest),
        }
}

/// The same for the 16 bytes of a chunk.
#[inline]
pub(crate) fn first_ascii_length(chunk: &[u8; 16]) -> usize {
    (ascii_marks(chunk).trailing_zeros() / 8) as usize
}

/// The same for the `tail` of `bytes`, which is shorter than a chunk.
#[inline]
fn last_ascii_length(bytes: &[u8], tail: &[u8]) -> usize {
    let marks = match bytes.last_chunk() {
        // The bytes before the tail are looked at once more, and shifted out.
        Some(chunk) => ascii_marks(chunk).unbounded_shr(8 * (16 - tail.len() as u32)),
        None => short_ascii_marks(tail),
    };
    tail.len().min((marks.trailing_zeros() / 8) as usize)
}

/// [`ascii_marks`] of less than 16 bytes.
#[cold]
fn short_ascii_marks(tail: &[u8]) -> u128 {
    let mut chunk = [0; 16];
    for (byte, place) in tail.iter().zip(&mut chunk) {
        *place = *byte;
    }
    ascii_marks(&chunk)
}

/// Marks the bytes that are no plain text or not ASCII, each by a byte of ones. Written so that the compiler makes of it
/// vectors, six instructions long: the quote, 0x22, becomes 0x20; control characters stay below that; and bytes above ASCII
/// are negative.
#[inline]
fn ascii_marks(chunk: &[u8; 16]) -> u128 {
    let marks = chunk.map(|byte| if ((byte ^ 2).cast_signed() < 0x21) | (byte == b'\\') { 0xFF } else { 0 });
    u128::from_le_bytes(marks)
}

/// Where `byte`, which must be ASCII, first stands in `bytes`.
pub(crate) fn position(bytes: &[u8], byte: u8) -> Option<usize> {
    let length = length_before(bytes, 0, |word| {
        let same = word ^ all(byte);
        same.wrapping_sub(all(1)) & !same & all(0x80)
    });
    (length < bytes.len()).then_some(length)
}

/// The places of one ASCII byte in a text, one after the other, for texts that have many of them: each word is looked at once.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    byte: u8,
    /// Where the word after the present one starts.
    next: usize,
    /// The top bit of each byte of the present word that has not been told of yet.
    marks: u64,
}

impl Places {
    /// The places of `byte` from `start` on.
    pub(crate) const fn new(byte: u8, start: usize) -> Self {
        Self { byte, next: start, marks: 0 }
    }

    /// The places of the same byte from `start` on.
    pub(crate) const fn from(&self, start: usize) -> Self {
        Self::new(self.byte, start)
    }

    /// The next place in `bytes`, which are the same in every call.
    #[inline]
    pub(crate) fn next(&mut self, bytes: &[u8]) -> Option<usize> {
        while self.marks == 0 {
            let rest = bytes.get(self.next..)?;
            let word = match rest.first_chunk() {
                Some(word) => u64::from_le_bytes(*word),
                None if rest.is_empty() => return None,
                // The empty places at the end must not be marks.
                None => rest.iter().rev().fold(all(!self.byte), |word, byte| word << 8 | u64::from(*byte)),
            };
            let same = word ^ all(self.byte);
            // Without a borrow from byte to byte, as more than the first mark counts.
            self.marks = !(((same & all(0x7F)) + all(0x7F)) | same) & all(0x80);
            self.next += 8;
        }
        let place = self.next - 8 + (self.marks.trailing_zeros() / 8) as usize;
        self.marks &= self.marks - 1;
        Some(place)
    }
}

/// Where `literal` first occurs in `text`.
#[inline]
pub(crate) fn find(text: &str, literal: &str) -> Option<usize> {
    let (bytes, literal) = (text.as_bytes(), literal.as_bytes());
    let Some((first, rest)) = literal.split_first() else { return Some(0) };
    let mut start = 0;
    loop {
        let found = start + position(bytes.get(start..)?, *first)?;
        if bytes[found + 1..].starts_with(rest) {
            return Some(found);
        }
        start = found + 1;
    }
}

/// How many bytes from `start` on come before the first that `marks`, or before the end.
///
/// `marks` sets the top bit of each byte that is a mark. It subtracts so that such a byte borrows into its top bit; the
/// borrow may mark bytes behind it as well, but the first mark, in the lowest byte, is always a true one.
#[expect(clippy::inline_always, reason = "each caller's arithmetic belongs into the loop")]
#[inline(always)]
fn length_before(bytes: &[u8], start: usize, marks: impl Fn(u64) -> u64) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    let (chunks, tail) = rest.as_chunks();
    let mut length = 0;
    for chunk in chunks {
        let marks = marks(u64::from_le_bytes(*chunk));
        if marks != 0 {
            return length + (marks.trailing_zeros() / 8) as usize;
        }
        length += 8;
    }
    if tail.is_empty() {
        return length;
    }
    let word = match bytes.last_chunk() {
        // The bytes before the tail are read once more, and shifted out.
        Some(last) => u64::from_le_bytes(*last) >> (8 * (8 - tail.len())),
        None => tail.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    };
    length + tail.len().min((marks(word).trailing_zeros() / 8) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_found_at_every_place_of_every_length() {
        for length in 0..50 {
            for at in 0..length {
                for byte in [0, b' ', b'"', 0x7F] {
                    let mut bytes = vec![b'a'; length];
                    bytes[at] = byte;
                    assert_eq!(position(&bytes, byte), Some(at), "{byte} at {at} of {length}");
                }
            }
            assert_eq!(position(&vec![b'a'; length], b' '), None);
        }
        assert_eq!(plain_length(b"ab", 9), 0);
    }

    #[test]
    fn every_place_is_told_once_and_in_order() {
        for text in
            ["", " ", "a", "  ", "a b", "abcdefg ", "abcdefgh ", " !  \u{a0}\u{1f} x       \u{20ac} y", "        ,"]
        {
            for start in 0..=text.len() {
                let mut places = Places::new(b' ', start);
                let found: Vec<_> = std::iter::from_fn(|| places.next(text.as_bytes())).collect();
                let expected: Vec<_> = (start..text.len()).filter(|at| text.as_bytes()[*at] == b' ').collect();
                assert_eq!(found, expected, "{text:?} from {start}");
            }
        }
    }

    #[test]
    fn strings_end_where_they_end_at_every_length_and_alignment() {
        for start in 0..17 {
            for length in 0..70 {
                for mark in ['"', '\\', '\n', '\u{1f}', '\0'] {
                    for tail in ["", "~", "~~~~~~~~", "\"~~~~~~~~~~~~~~~~~~~"] {
                        let text = format!(
                            "{}{}{mark}{tail}",
                            "~".repeat(start),
                            "é".repeat(length / 2) + &"!".repeat(length % 2)
                        );
                        assert_eq!(plain_length(text.as_bytes(), start), length, "{text:?}");
                    }
                }
                let open = "\"".repeat(start) + &"\u{7f}".repeat(length);
                assert_eq!(plain_length(open.as_bytes(), start), length);
            }
        }
    }

    #[test]
    fn every_byte_is_a_mark_or_none_at_every_place() {
        for byte in 0..=u8::MAX {
            let expected = byte < 0x20 || byte == b'"' || byte == b'\\';
            for at in 0..40 {
                let mut bytes = [b'a'; 40];
                bytes[at] = byte;
                assert_eq!(plain_length(&bytes, 0), if expected { at } else { 40 }, "{byte} at {at}");
            }
        }
    }

    #[test]
    fn literals_are_found_as_the_standard_library_finds_them() {
        let texts = ["", "a", "aab", "aaaaaaaaaaaaaaaaaaaaaaaab", "→a→→b", "\" \"", "x\" 200 \"-\" \"", "é] \""];
        for text in texts {
            for literal in ["", "a", "ab", "aab", "→", "→b", "\" ", "\" \"", "] \"", "é"] {
                assert_eq!(find(text, literal), text.find(literal), "{literal:?} in {text:?}");
            }
        }
    }
}
