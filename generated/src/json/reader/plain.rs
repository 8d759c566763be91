//! Values as nearly every program writes them, read in wide steps.
//!
//! Each function here reads one form alone: no white space, no escape, no sign. Where the next value is of another form it
//! is `None`, and the reader has not moved; the general way in `tokens.rs` then reads it, or says what is wrong with it.

use super::Reader;
use crate::log_type::Field;
use crate::scan::ascii_length;

/// 10 to the power of 0 to 8.
const POWERS: [i64; 9] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

impl<'a> Reader<'a> {
    /// The next key of the open object, with its comma and colon.
    #[inline]
    pub(in crate::json) fn plain_key(&mut self) -> Option<&'a [u8]> {
        let rest = self.bytes.get(self.at..)?;
        let quoted = if self.opened { rest } else { rest.strip_prefix(b",")? };
        let key = plain_content(quoted)?;
        if quoted.get(key.len() + 2) != Some(&b':') {
            return None;
        }
        self.at += usize::from(!self.opened) + key.len() + 3;
        self.opened = false;
        Some(key)
    }

    /// Steps over the key of `field` with its comma and colon, where just that is next. Before the first key of an object is no comma.
    #[inline]
    pub(in crate::json) fn is_next(&mut self, field: &Field) -> bool {
        let key = field.sent_key().and_then(|key| key.get(usize::from(self.opened)..));
        let Some(key) = key else { return false };
        let next = self.bytes.get(self.at..).and_then(|rest| rest.get(..key.len()));
        let is_next = next.is_some_and(|next| same(next, key));
        if is_next {
            self.opened = false;
            self.at += key.len();
        }
        is_next
    }

    /// A string.
    #[inline]
    pub(in crate::json) fn plain_string(&mut self) -> Option<&'a [u8]> {
        let content = plain_content(self.bytes.get(self.at..)?)?;
        self.at += content.len() + 2;
        Some(content)
    }

    /// A whole number that is not negative and has at most 18 digits.
    #[inline]
    pub(super) fn plain_integer(&mut self) -> Option<i64> {
        let bytes = self.bytes.get(self.at..)?;
        let mut words = bytes.as_chunks().0.iter();
        let (mut value, mut length) = first_digits(*words.next()?);
        // Only full words are followed by more digits.
        while length.is_multiple_of(8) && length > 0 {
            let (more, digits) = first_digits(*words.next()?);
            length += digits;
            if length > 18 {
                return None;
            }
            value = value * POWERS[digits] + more;
            if digits == 0 {
                break;
            }
        }
        let leading_zero = bytes.first() == Some(&b'0') && length > 1;
        let ends = matches!(bytes.get(length), Some(b',' | b'}' | b']'));
        if length == 0 || leading_zero || !ends {
            return None;
        }
        self.at += length;
        Some(value)
    }
}

/// What stands in the quotes with which `bytes` starts.
#[inline]
fn plain_content(bytes: &[u8]) -> Option<&[u8]> {
    let rest = bytes.strip_prefix(b"\"")?;
    let length = ascii_length(rest);
    if rest.get(length) == Some(&b'"') { rest.get(..length) } else { None }
}

/// Whether two keys of the same length are the same. Of any length up to 32 bytes the first and the last words, which may
/// overlap, are all of it, and to compare these takes less than to call `memcmp`.
#[inline]
pub(in crate::json) fn same(one: &[u8], two: &[u8]) -> bool {
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

/// How many of eight bytes are digits, up to the first that is none, and the number that they make.
#[inline]
fn first_digits(text: [u8; 8]) -> (i64, usize) {
    const ONES: u64 = u64::MAX / 0xFF;
    let word = u64::from_le_bytes(text);
    // Digits are 0x30 to 0x39: with these bits turned they are 0 to 9, and 6 more does not carry into the high half.
    let values = word ^ (ONES * 0x30);
    let others = (values | values.wrapping_add(ONES * 0x06)) & (ONES * 0xF0);
    let length = (others.trailing_zeros() / 8) as usize;
    if length == 0 {
        return (0, 0);
    }
    // Zeros come in front of the digits, in place of what follows them.
    (number(values << (64 - 8 * length)), length)
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
                    for more in ["", ",\"a\":1}", "                     "] {
                        let text = format!("{first}{}{end}{more}", &"1234567890123456789012"[..digits]);
                        let mut reader = Reader::over(&text);
                        let found = reader.plain_integer();
                        // Near the end of the input, and where there are many digits, it is left to the general way.
                        let ends = text[first.len() + digits..].starts_with([',', '}', ']']);
                        let plain = first.is_empty() && digits <= 18 && ends && text.len() >= digits / 8 * 8 + 8;
                        let expected = plain.then(|| text[..digits].parse().unwrap());
                        assert_eq!((found, reader.at), (expected, if plain { digits } else { 0 }), "{text}");
                    }
                }
            }
        }
        assert_eq!(Reader::over("0,      ").plain_integer(), Some(0));
        assert_eq!(Reader::over("00,     ").plain_integer(), None);
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
