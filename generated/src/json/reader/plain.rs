//! Values as nearly every program writes them, read in wide steps.
//!
//! Each function here reads one form alone: no white space, no escape, no sign. Where the next value is of another form it
//! is `None`, and the reader has not moved; the general way in `tokens.rs` then reads it, or says what is wrong with it.

use super::Reader;
use crate::log_type::Field;
use crate::scan::plain_length;

impl<'a> Reader<'a> {
    /// The next key of the open object, with its comma and colon.
    pub(super) fn plain_key(&mut self) -> Option<&'a str> {
        let comma = usize::from(!self.opened);
        if comma == 1 && self.byte() != Some(b',') {
            return None;
        }
        let start = self.at + comma + 1;
        let end = self.plain_end(start)?;
        if self.bytes().get(end + 1) != Some(&b':') {
            return None;
        }
        self.opened = false;
        self.at = end + 2;
        self.text.get(start..end)
    }

    /// Steps over the key of `field` with its comma and colon, where just that is next.
    #[inline]
    pub(in crate::json) fn is_next(&mut self, field: &Field) -> bool {
        let rest = self.bytes().get(self.at..).unwrap_or_default();
        let Some(length) = field.sent.at_start(rest, self.opened) else { return false };
        self.opened = false;
        self.at += length;
        true
    }

    /// A string.
    pub(in crate::json) fn plain_string(&mut self) -> Option<&'a str> {
        let start = self.at + 1;
        let end = self.plain_end(start)?;
        self.opened = false;
        self.at = end + 1;
        self.text.get(start..end)
    }

    /// A whole number that is not negative and has at most 18 digits.
    pub(super) fn plain_integer(&mut self) -> Option<i64> {
        let bytes = self.bytes().get(self.at..)?;
        let mut digits = 0;
        let mut value = 0;
        if let Some(head) = bytes.first_chunk()
            && let Some(number) = eight_digits(*head)
        {
            (digits, value) = (8, number);
        }
        while let Some(byte @ b'0'..=b'9') = bytes.get(digits) {
            digits += 1;
            if digits > 18 {
                return None;
            }
            value = value * 10 + i64::from(byte - b'0');
        }
        let leading_zero = bytes.first() == Some(&b'0') && digits > 1;
        let ends = matches!(bytes.get(digits), Some(b',' | b'}' | b']'));
        if digits == 0 || leading_zero || !ends {
            return None;
        }
        self.opened = false;
        self.at += digits;
        Some(value)
    }

    /// The closing quote of a string whose content starts at `start`.
    #[inline]
    fn plain_end(&self, start: usize) -> Option<usize> {
        let bytes = self.bytes();
        if bytes.get(start - 1) != Some(&b'"') {
            return None;
        }
        let end = start + plain_length(bytes, start);
        (bytes.get(end) == Some(&b'"')).then_some(end)
    }
}

/// The number that eight digits make: pairs first, then fours, then all, each step in one multiplication.
fn eight_digits(text: [u8; 8]) -> Option<i64> {
    const ONES: u64 = u64::MAX / 0xFF;
    let word = u64::from_le_bytes(text);
    // Digits are 0x30 to 0x39: the high half is 3, and still is after 6 has been added.
    if (word & word.wrapping_add(ONES * 0x06)) & (ONES * 0xF0) != ONES * 0x30 || word & (ONES * 0xF0) != ONES * 0x30 {
        return None;
    }
    let ones = word & (ONES * 0x0F);
    let pairs = (ones * 10 + (ones >> 8)) & 0x00FF_00FF_00FF_00FF;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_FFFF_0000_FFFF;
    let all = (fours * 10_000 + (fours >> 32)) & 0xFFFF_FFFF;
    i64::try_from(all).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_digits_are_digits_alone() {
        assert_eq!(eight_digits(*b"12345678"), Some(12_345_678));
        assert_eq!(eight_digits(*b"00000000"), Some(0));
        assert_eq!(eight_digits(*b"99999999"), Some(99_999_999));
        for byte in 0..=u8::MAX {
            for at in 0..8 {
                let mut text = *b"13572468";
                text[at] = byte;
                let expected = std::str::from_utf8(&text).ok().filter(|_| byte.is_ascii_digit());
                assert_eq!(eight_digits(text), expected.map(|text| text.parse().unwrap()), "{text:?}");
            }
        }
    }

    #[test]
    fn whole_numbers_of_every_length_are_read_or_left() {
        for digits in 1..=22 {
            for first in ["", "0", "-"] {
                for end in [",", "}", "]", " ", ".5", "e1", "", "x"] {
                    let text = format!("{first}{}{end}", &"1234567890123456789012"[..digits]);
                    let mut reader = Reader::new(text.as_bytes()).unwrap();
                    let found = reader.plain_integer();
                    let plain = first.is_empty() && digits <= 18 && [",", "}", "]"].contains(&end);
                    let expected = plain.then(|| text[..digits].parse().unwrap());
                    assert_eq!((found, reader.at), (expected, if plain { digits } else { 0 }), "{text}");
                }
            }
        }
        assert_eq!(Reader::new(b"0,").unwrap().plain_integer(), Some(0));
    }
}
