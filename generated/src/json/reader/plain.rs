//! Values as nearly every program writes them, read in wide steps.
//!
//! Each function here reads one form alone: no white space, no escape, no sign. Where the next value is of another form it
//! is `None`, and the reader has not moved; the general way in `tokens.rs` then reads it, or says what is wrong with it.

use super::Reader;
use crate::json::key::Sent;
use crate::json::members::{Row, find};
use crate::json::text::AFTER;
use crate::scan::{ascii_length, first_mark};
use crate::time::{TimeFormat, Timestamp};

/// 10 to the power of 0 to 8, of which a double holds each.
const POWERS: [i64; 9] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

impl<'a> Reader<'a> {
    /// The next key of the open object, with its comma and colon.
    #[inline]
    pub(in crate::json) fn plain_key(&mut self) -> Option<&'a [u8]> {
        let start = if self.opened { self.rest } else { self.rest.strip_prefix(b",")? };
        let (key, rest) = content(start)?;
        self.rest = rest.strip_prefix(b":")?;
        self.opened = false;
        Some(key)
    }

    /// Steps over the brace that ends an object which has been read in part, where just that is next.
    #[inline]
    pub(in crate::json) fn is_end(&mut self) -> bool {
        let is_end = !self.opened && self.byte() == Some(b'}');
        if is_end {
            self.step(1);
            self.depth -= 1;
        }
        is_end
    }

    /// Steps over the next key of an object that has been read in part, where it is that of one of `rows` and written as nearly all
    /// write it, and is its index; `slots` are where [`find`] looks.
    #[inline(never)]
    pub(in crate::json) fn one_of(&mut self, slots: &[u16], rows: &[Row]) -> Option<u16> {
        const ONES: u64 = u64::MAX / 0xFF;
        let ahead = self.rest.first_chunk()?;
        let word = u64::from_le_bytes(*ahead[2..].first_chunk()?);
        // Each byte that is a quote borrows into its top bit; of the bits up to the lowest of these, some are of bytes before.
        let same = word ^ (ONES * u64::from(b'"'));
        let quotes = same.wrapping_sub(ONES) & !same & (ONES * 0x80);
        let name = if quotes == 0 { word } else { word & ((quotes ^ (quotes - 1)) >> 8) };
        let mut length = None;
        let index = find(slots, name, |index| {
            length = rows.get(index).and_then(|row| row.sent.starts(ahead));
            length.is_some()
        })?;
        self.step(length?);
        Some(index)
    }

    /// Steps over `key` where just that is next in an object that has been read in part.
    #[inline]
    pub(in crate::json) fn is_next(&mut self, key: &Sent) -> bool {
        let length = self.rest.first_chunk().and_then(|ahead| key.starts(ahead));
        if let Some(length) = length {
            self.step(length);
        }
        length.is_some()
    }

    /// Steps over `key` where that is next in an object of which nothing has been read.
    #[inline]
    pub(in crate::json) fn is_first(&mut self, key: &Sent) -> bool {
        let Some((_, key)) = key.bytes().split_first() else { return false };
        let is_first = self.opened && self.rest.get(..key.len()).is_some_and(|next| same(next, key));
        if is_first {
            self.step(key.len());
            self.opened = false;
        }
        is_first
    }

    /// A string after which the input goes on for a while, with the [`AFTER`] bytes that come after its content. It is like
    /// [`plain_string`](Self::plain_string), but needs no stack.
    #[inline]
    pub(in crate::json) fn plain_text(&mut self) -> Option<&'a [u8]> {
        let [b'"', rest @ ..] = self.rest else { return None };
        let mut ahead = rest;
        loop {
            let chunk = ahead.first_chunk::<{ 16 + AFTER }>()?.first_chunk()?;
            if let Some(end) = first_mark(chunk) {
                if chunk[end] != b'"' {
                    return None;
                }
                ahead = &ahead[end..];
                break;
            }
            ahead = &ahead[16..];
        }
        self.rest = &ahead[1..];
        rest.get(..rest.len() - ahead.len() + AFTER)
    }

    /// Whether a string is next.
    #[inline]
    pub(in crate::json) fn is_at_quote(&self) -> bool {
        self.byte() == Some(b'"')
    }

    /// A string.
    #[inline]
    pub(in crate::json) fn plain_string(&mut self) -> Option<&'a [u8]> {
        let (content, rest) = content(self.rest)?;
        self.rest = rest;
        Some(content)
    }

    /// An integer that is not negative and has at most 16 digits.
    #[inline]
    pub(in crate::json) fn plain_number<T: TryFrom<i64>>(&mut self) -> Option<T> {
        // One look says that all of it is there, and what comes after it as well.
        let ahead = self.rest.first_chunk::<17>()?;
        let [first, second] = [0, 1].map(|word| ahead.as_chunks().0[word]);
        let (value, length) = match eight_digits(first) {
            Some(value) => {
                let (more, digits) = first_digits(second);
                (value * POWERS[digits] + more, 8 + digits)
            }
            None => first_digits(first),
        };
        let leading_zero = ahead[0] == b'0' && length > 1;
        if length == 0 || leading_zero || !matches!(ahead[length], b',' | b'}' | b']') {
            return None;
        }
        let value = T::try_from(value).ok()?;
        self.step(length);
        Some(value)
    }

    /// A number of at most seven digits, and seven more after its point.
    #[expect(clippy::cast_precision_loss, reason = "there are at most 14 digits, of which a double holds 15")]
    pub(in crate::json) fn plain_float(&mut self) -> Option<f64> {
        let bytes = self.rest;
        let sign = usize::from(bytes.first() == Some(&b'-'));
        let bytes = &bytes[sign..];
        let (whole, length) = first_digits(*bytes.first_chunk()?);
        let after = bytes.get(length..)?;
        let (parts, places) = match after {
            [b'.', fraction @ ..] => first_digits(*fraction.first_chunk()?),
            _ => (0, 0),
        };
        let point = usize::from(after.first() == Some(&b'.'));
        let leading_zero = bytes.first() == Some(&b'0') && length > 1;
        let ends = matches!(after.get(point + places), Some(b',' | b'}' | b']'));
        if !(1..8).contains(&length) || places == 8 || places < point || leading_zero || !ends {
            return None;
        }
        // Both are exact, and so their quotient is the double that is nearest to what is written.
        let value = (whole * POWERS[places] + parts) as f64 / POWERS[places] as f64;
        self.step(sign + length + point + places);
        Some(if sign == 1 { -value } else { value })
    }

    /// `true` or `false`.
    #[inline]
    pub(in crate::json) fn plain_boolean(&mut self) -> Option<bool> {
        let is_true = self.rest.starts_with(b"true");
        if !is_true && !self.rest.starts_with(b"false") {
            return None;
        }
        self.step(if is_true { 4 } else { 5 });
        Some(is_true)
    }

    /// Steps over `null`.
    #[inline]
    pub(in crate::json) fn plain_null(&mut self) -> bool {
        let after = self.rest.strip_prefix(b"null");
        if let Some(after) = after {
            self.rest = after;
        }
        after.is_some()
    }

    /// A time like `"2026-03-01T11:32:44Z"`, where that is the first of the formats.
    #[inline]
    pub(in crate::json) fn plain_time(&mut self, formats: &[TimeFormat<'_>]) -> Option<Timestamp> {
        if formats.first() != Some(&TimeFormat::Rfc3339) {
            return None;
        }
        let [b'"', time @ .., b'"'] = self.rest.first_chunk::<22>()? else { return None };
        let time = Timestamp::from_plain_rfc3339(time.first_chunk()?)?;
        self.step(22);
        Some(time)
    }
}

/// The content of the string that `text` starts with, and what follows the string.
#[inline]
fn content(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let content = text.strip_prefix(b"\"")?;
    let (content, rest) = content.split_at_checked(ascii_length(content))?;
    Some((content, rest.strip_prefix(b"\"")?))
}

/// Whether two keys of the same length are the same. Of any length up to 32 bytes the first and the last words, which may
/// overlap, are all of it, and to compare these takes less than to call `memcmp`.
#[inline]
fn same(one: &[u8], two: &[u8]) -> bool {
    fn ends<const N: usize>(one: &[u8], two: &[u8]) -> bool {
        one.first_chunk::<N>() == two.first_chunk::<N>() && one.last_chunk::<N>() == two.last_chunk::<N>()
    }
    if one.len() != two.len() {
        return false;
    }
    match one.len() {
        8..=16 => ends::<8>(one, two),
        17..=32 => ends::<16>(one, two),
        4..=7 => ends::<4>(one, two),
        _ => one == two,
    }
}

/// The values of eight digits, and the high halves of the bytes that are none.
#[inline]
const fn values(text: [u8; 8]) -> (u64, u64) {
    const ONES: u64 = u64::MAX / 0xFF;
    let word = u64::from_le_bytes(text);
    // Digits are 0x30 to 0x39: with these bits turned they are 0 to 9, and 6 more does not carry into the high half.
    let values = word ^ (ONES * 0x30);
    (values, (values | values.wrapping_add(ONES * 0x06)) & (ONES * 0xF0))
}

/// The number that eight bytes make, where all are digits.
#[inline]
const fn eight_digits(text: [u8; 8]) -> Option<i64> {
    match values(text) {
        (values, 0) => Some(number(values)),
        _ => None,
    }
}

/// How many of eight bytes are digits, up to the first that is none, and the number that they make.
#[inline]
fn first_digits(text: [u8; 8]) -> (i64, usize) {
    let (values, others) = values(text);
    let length = (others.trailing_zeros() / 8) as usize;
    // Zeros come in front of the digits, in place of what follows them. A shift may not be by all of a word, but two may.
    let half = 4 * (8 - length);
    (number(values << half << half), length)
}

/// How many of eight bytes are digits, up to the first that is none.
#[inline]
pub(super) const fn digits(text: [u8; 8]) -> usize {
    (values(text).1.trailing_zeros() / 8) as usize
}

/// The number that eight digits make, the first in the lowest byte: pairs first, then fours, then all.
#[inline]
const fn number(digits: u64) -> i64 {
    let pairs = (digits * 10 + (digits >> 8)) & 0x00FF_00FF_00FF_00FF;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_FFFF_0000_FFFF;
    ((fours * 10_000 + (fours >> 32)) & 0xFFFF_FFFF).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_count_up_to_the_first_that_is_none() {
        for byte in 0..=u8::MAX {
            for at in 0..8 {
                let mut text = *b"13572468";
                text[at] = byte;
                let length = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
                let digits = std::str::from_utf8(&text[..length]).unwrap();
                assert_eq!(first_digits(text), (digits.parse().unwrap_or(0), length), "{text:?}");
            }
        }
        assert_eq!(first_digits(*b"00000000"), (0, 8));
        assert_eq!(first_digits(*b"99999999"), (99_999_999, 8));
        assert_eq!(first_digits([0xFF; 8]), (0, 0));
    }

    #[test]
    fn whole_numbers_of_every_length_are_read_or_left() {
        for digits in 1..=22 {
            for first in ["", "0", "-"] {
                for end in [",", "}", "]", " ", ".5", "e1", "", "x", "\u{0660}"] {
                    for more in ["", ",\"a\":1}", "                 "] {
                        let text = format!("{first}{}{end}{more}", &"1234567890123456789012"[..digits]);
                        let mut reader = Reader::over(&text);
                        let found = reader.plain_number::<i64>();
                        // Near the end of the input, and where there are many digits, it is left to the general way.
                        let ends = text[first.len() + digits..].starts_with([',', '}', ']']);
                        let plain = first.is_empty() && digits <= 16 && ends && text.len() >= 17;
                        let expected = plain.then(|| text[..digits].parse().unwrap());
                        assert_eq!((found, reader.at()), (expected, if plain { digits } else { 0 }), "{text}");
                    }
                }
            }
        }
        assert_eq!(Reader::over("0,               ").plain_number(), Some(0_i64));
        assert_eq!(Reader::over("00,              ").plain_number::<i64>(), None);
    }

    #[test]
    fn plain_doubles_are_what_the_standard_library_reads() {
        for whole in ["", "0", "7", "46", "00", "1234567", "12345678"] {
            for fraction in ["", ".", ".0", ".1", ".5000", ".1234567", ".12345678", ".1e3", "e3"] {
                for (sign, end) in [("", ","), ("-", "}"), ("", "]"), ("", " "), ("", "x"), ("+", ",")] {
                    let number = format!("{sign}{whole}{fraction}");
                    let text = format!("{number}{end}                ");
                    let mut reader = Reader::over(&text);
                    let found = reader.plain_float();
                    let digits = (whole.len(), fraction.len());
                    let plain = matches!(digits, (1..=7, 0 | 2..=8)) && whole != "00" && !fraction.contains('e');
                    let expected =
                        (plain && sign != "+" && !" x".contains(end)).then(|| number.parse::<f64>().unwrap());
                    assert_eq!(found.map(f64::to_bits), expected.map(f64::to_bits), "{text}");
                    assert_eq!(reader.at(), if expected.is_some() { number.len() } else { 0 }, "{text}");
                }
            }
        }
    }

    #[test]
    fn keys_of_every_length_are_the_same_where_every_byte_is() {
        for length in 0..50 {
            let key: Vec<u8> = (b'a'..).take(length).collect();
            assert!(same(&key, &key.clone()));
            assert!(!same(&key, &[&key[..], b"x"].concat()));
            for at in 0..length {
                let mut other = key.clone();
                other[at] ^= 1;
                assert!(!same(&key, &other), "{length} {at}");
            }
        }
    }
}
