//! Looking for bytes, many at a time: sixteen where the compiler makes vectors of lanes, else eight, which are one word, and
//! arithmetic on the word is arithmetic on all of them.

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

/// Whether there is no line break in JSON, nor one of the few control characters below those.
pub(crate) fn has_no_breaks(json: &[u8]) -> bool {
    length_before(json, 0, |word| word.wrapping_sub(all(b'\r' + 1)) & !word & all(0x80)) == json.len()
}

/// How many bytes at the start are plain text of JSON, as [`plain_length`] has it, and ASCII as well.
#[inline(never)]
pub(crate) fn ascii_length(bytes: &[u8]) -> usize {
    for (index, chunk) in bytes.as_chunks().0.iter().enumerate() {
        if let Some(end) = first_mark(chunk) {
            return 16 * index + end;
        }
    }
    match bytes.last_chunk() {
        // The bytes before the tail, none of which is a mark, are looked at once more.
        Some(last) => bytes.len() - 16 + first_mark(last).unwrap_or(16),
        None => length_before(bytes, 0, ascii_marks),
    }
}

/// Where in a chunk the first byte stands that is no plain text or not ASCII.
#[expect(clippy::inline_always, reason = "a call takes as long as a short text, and most registers of the caller")]
#[inline(always)]
pub(crate) fn first_mark(chunk: &[u8; 16]) -> Option<usize> {
    let marks = chunk
        .map(|byte| 0x21_u8.saturating_sub(byte ^ 2) | 1_u8.saturating_sub(byte ^ b'\\') | byte.saturating_sub(0x7F));
    let marks = 0xFFFF ^ bits(marks.map(|mark| mark == 0));
    if marks == 0 { None } else { Some(marks.trailing_zeros() as usize % 16) }
}

/// A bit for each byte, the first in the lowest.
#[expect(clippy::inline_always, reason = "only so is it one instruction")]
#[inline(always)]
fn bits(marks: [bool; 16]) -> u32 {
    let q = |i: usize| {
        u32::from(marks[i]) | u32::from(marks[i + 1]) << 1 | u32::from(marks[i + 2]) << 2 | u32::from(marks[i + 3]) << 3
    };
    q(0) | q(4) << 4 | q(8) << 8 | q(12) << 12
}

/// Marks the bytes of a word that are no plain text or not ASCII, the first of which is always a true one.
const fn ascii_marks(word: u64) -> u64 {
    // The quote, 0x22, becomes 0x20, and so joins the control characters.
    let (below, backslashes) = (word ^ all(2), word ^ all(b'\\'));
    (below.wrapping_sub(all(0x21)) | backslashes.wrapping_sub(all(1)) | word) & all(0x80)
}

/// How many bytes the character has that `bytes` start with and that is not ASCII; `None` where they are not UTF-8.
#[inline]
pub(crate) const fn character_length(bytes: &[u8]) -> Option<usize> {
    // The well-formed sequences of the Unicode Standard, table 3-7.
    match bytes {
        [0xC2..=0xDF, 0x80..=0xBF, ..] => Some(2),
        [0xE0, 0xA0..=0xBF, 0x80..=0xBF, ..]
        | [0xE1..=0xEC | 0xEE | 0xEF, 0x80..=0xBF, 0x80..=0xBF, ..]
        | [0xED, 0x80..=0x9F, 0x80..=0xBF, ..] => Some(3),
        [0xF0, 0x90..=0xBF, 0x80..=0xBF, 0x80..=0xBF, ..]
        | [0xF1..=0xF3, 0x80..=0xBF, 0x80..=0xBF, 0x80..=0xBF, ..]
        | [0xF4, 0x80..=0x8F, 0x80..=0xBF, 0x80..=0xBF, ..] => Some(4),
        _ => None,
    }
}

/// How many bytes are a quote, a backslash or a control character, which JSON escapes; below 255 it is exact.
pub(crate) fn count_marks(bytes: &[u8]) -> u32 {
    // Lanes, each a byte wide, are what the compiler makes vector instructions of.
    let mut counts = [0; 16];
    let (chunks, tail) = bytes.as_chunks();
    for chunk in chunks {
        count_lanes(&mut counts, chunk);
    }
    let mut last = [b' '; 16];
    last[..tail.len()].copy_from_slice(tail);
    count_lanes(&mut counts, &last);
    counts.iter().map(|count| u32::from(*count)).sum()
}

/// Adds one to the count of each lane in which there is such a byte.
#[expect(clippy::inline_always, reason = "only so are the counts in a register")]
#[inline(always)]
fn count_lanes(counts: &mut [u8; 16], chunk: &[u8; 16]) {
    for (count, byte) in counts.iter_mut().zip(chunk) {
        // A lane that is full stays at 255, and then so is the sum at the least.
        *count = count.saturating_add(u8::from(*byte < 0x20 || *byte == b'"' || *byte == b'\\'));
    }
}

/// Where `byte` first stands in `bytes`.
#[inline]
pub(crate) fn position(bytes: &[u8], byte: u8) -> Option<usize> {
    let length = length_to(bytes, byte);
    (length < bytes.len()).then_some(length)
}

/// How many bytes come before the first `byte`, or before the end.
#[inline(never)]
fn length_to(bytes: &[u8], byte: u8) -> usize {
    for (index, chunk) in bytes.as_chunks().0.iter().enumerate() {
        let place = place_in(chunk, byte);
        if place < 16 {
            return 16 * index + place;
        }
    }
    match bytes.last_chunk() {
        // The bytes before the tail, none of which is it, are looked at once more.
        Some(last) => bytes.len() - 16 + place_in(last, byte).min(16),
        None => bytes.iter().position(|other| *other == byte).unwrap_or(bytes.len()),
    }
}

/// Where `byte` first stands in a chunk; 16 or more where it does not.
#[expect(clippy::inline_always, reason = "only so is it one instruction")]
#[inline(always)]
fn place_in(chunk: &[u8; 16], byte: u8) -> usize {
    bits(chunk.map(|other| other == byte)).trailing_zeros() as usize
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
            self.marks = places(word, self.byte);
            self.next += 8;
        }
        let place = self.next - 8 + (self.marks.trailing_zeros() / 8) as usize;
        self.marks &= self.marks - 1;
        Some(place)
    }
}

/// Calls `then` with each part of `text` between which `byte`, an ASCII character, stands. It is all in one loop, with its
/// state in registers.
#[expect(clippy::inline_always, reason = "what is done with a part belongs into the loop")]
#[inline(always)]
pub(crate) fn each_part<'t>(text: &'t str, byte: u8, mut then: impl FnMut(&'t str)) {
    let (words, tail) = text.as_bytes().as_chunks();
    let tail = match text.as_bytes().last_chunk() {
        // The bytes before the tail are read once more, and their marks shifted out.
        Some(last) if !tail.is_empty() => places(u64::from_le_bytes(*last), byte) >> (8 * (8 - tail.len())),
        _ => tail.iter().rev().fold(0, |marks, other| marks << 8 | if *other == byte { 0x80 } else { 0 }),
    };
    let marks = words.iter().map(|word| places(u64::from_le_bytes(*word), byte)).chain([tail]);
    let mut start = 0;
    for (word, mut marks) in marks.enumerate() {
        while marks != 0 {
            let end = 8 * word + (marks.trailing_zeros() / 8) as usize;
            then(&text[start..end]);
            start = end + 1;
            marks &= marks - 1;
        }
    }
    then(&text[start..]);
}

/// The top bit of each byte of `word` that is `byte`, which is ASCII. No borrow goes from byte to byte: more than the first
/// mark counts.
#[inline]
const fn places(word: u64, byte: u8) -> u64 {
    let same = word ^ all(byte);
    !(((same & all(0x7F)) + all(0x7F)) | same) & all(0x80)
}

/// What comes before the first `literal` in `text`, and what comes after it. A literal that is known when this is compiled
/// costs a call to find its first byte, and a comparison with constants.
#[expect(clippy::inline_always, reason = "only so is the literal known")]
#[inline(always)]
pub(crate) fn split<'t>(text: &'t str, literal: &str) -> Option<(&'t str, &'t str)> {
    let Some(first) = literal.as_bytes().first() else { return Some(("", text)) };
    let (before, rest) = text.split_at_checked(length_to(text.as_bytes(), *first))?;
    match rest.strip_prefix(literal) {
        Some(after) => Some((before, after)),
        None => split_further(text, literal, before.len()),
    }
}

/// The same behind `place`, where the first byte of `literal` stands, or the text ends, but not `literal`.
#[cold]
fn split_further<'t>(text: &'t str, literal: &str, place: usize) -> Option<(&'t str, &'t str)> {
    let (first, mut place) = (*literal.as_bytes().first()?, place);
    loop {
        let start = place + 1;
        place = start + position(text.as_bytes().get(start..)?, first)?;
        let (before, rest) = text.split_at_checked(place)?;
        if let Some(after) = rest.strip_prefix(literal) {
            return Some((before, after));
        }
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
    fn ascii_text_ends_at_the_first_byte_that_is_none() {
        for byte in 0..=u8::MAX {
            for at in 0..40 {
                let mut bytes = *b"0123456789 ABCDEFGHIJKLMN!#[]^_~\x7f0123456";
                bytes[at] = byte;
                let end = if byte.is_ascii() && byte >= 0x20 && !matches!(byte, b'"' | b'\\') { 40 } else { at };
                for start in [0, 1, at / 2, at] {
                    let start = start.min(at);
                    assert_eq!(ascii_length(&bytes[start..]), end - start, "{byte} at {at} from {start}");
                    if let Some(chunk) = bytes[start..].first_chunk() {
                        let expected = (end - start < 16).then_some(end - start);
                        assert_eq!(first_mark(chunk), expected, "{byte} at {at} from {start}");
                    }
                }
            }
        }
    }

    #[test]
    fn characters_are_those_of_the_standard_library() {
        let bytes = [0x22, 0x7F, 0x80, 0xBF, 0xC0, 0xFF];
        for first in 0x80..=0xFF {
            for second in 0..=0xFF {
                for (third, fourth) in bytes.iter().flat_map(|third| bytes.map(|fourth| (*third, fourth))) {
                    let text = [first, second, third, fourth];
                    for length in 1..=4 {
                        let valid = text[..length].utf8_chunks().next().map_or("", |chunk| chunk.valid());
                        let expected = valid.chars().next().map(char::len_utf8);
                        assert_eq!(character_length(&text[..length]), expected, "{text:x?} {length}");
                    }
                }
            }
        }
    }

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
    fn marks_are_counted_at_every_place_of_every_length() {
        for length in 0..70 {
            let text = "é".repeat(length / 2) + &"~".repeat(length % 2);
            assert_eq!(count_marks(text.as_bytes()), 0);
            for at in 0..length {
                for byte in 0..=u8::MAX {
                    let mut bytes = text.clone().into_bytes();
                    bytes[at] = byte;
                    let count = u32::from(byte < 0x20 || byte == b'"' || byte == b'\\');
                    assert_eq!(count_marks(&bytes), count, "{byte} at {at} of {length}");
                }
            }
            assert_eq!(count_marks(&vec![b'"'; length]) as usize, length);
        }
    }

    #[test]
    fn a_full_lane_is_not_taken_for_an_empty_one() {
        for length in [254, 255, 256, 257, 4079, 4080, 4081, 4096, 16 * 256, 16 * 512] {
            assert!(count_marks(&vec![b'\t'; length]) as usize >= length.min(255), "{length}");
            // All in one lane.
            let text = "\"~~~~~~~~~~~~~~~".repeat(length);
            assert!(count_marks(text.as_bytes()) as usize >= length.min(255), "{length}");
        }
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
    fn texts_are_parted_as_the_standard_library_parts_them() {
        for length in 0..40 {
            for marks in [&[][..], &[0], &[7], &[8], &[0, 1, 2], &[6, 7, 8, 9], &[15, 16, 23, 24, 31, 32], &[38, 39]] {
                for other in ["~", "é", "\u{0}", "!", "\u{1f}"] {
                    let text: String = (0..length).map(|at| if marks.contains(&at) { " " } else { other }).collect();
                    let mut parts = Vec::new();
                    each_part(&text, b' ', |part| parts.push(part));
                    assert_eq!(parts, text.split(' ').collect::<Vec<_>>(), "{text:?}");
                }
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
                assert_eq!(split(text, literal), text.split_once(literal), "{literal:?} in {text:?}");
            }
        }
    }
}
