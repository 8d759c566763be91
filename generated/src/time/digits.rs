//! Decimal digits, read from and written to bytes without the machinery of `format!`.

/// The digits of each number below 100; the rest of the table only saves the check of an index of seven bits.
const PAIRS: [[u8; 2]; 128] = {
    let mut pairs = [[b'0'; 2]; 128];
    let mut number = 0;
    while number < 100_u8 {
        pairs[number as usize] = [b'0' + number / 10, b'0' + number % 10];
        number += 1;
    }
    pairs
};

/// The number that two digits make.
pub(super) const fn pair(tens: u8, ones: u8) -> Option<u32> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    if tens > 9 || ones > 9 {
        return None;
    }
    Some(tens as u32 * 10 + ones as u32)
}

/// The number that 1 to 18 digits make, which any `i64` holds; `None` for all else.
#[inline(never)]
pub(crate) fn digits(text: &[u8]) -> Option<i64> {
    if !(1..=18).contains(&text.len()) {
        return None;
    }
    let (mut value, mut rest) = (0, text);
    while let Some((eight, after)) = rest.split_first_chunk() {
        value = value * 100_000_000 + i64::from(eight_as_number(*eight)?);
        rest = after;
    }
    for digit in rest {
        let digit = digit.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value * 10 + i64::from(digit);
    }
    Some(value)
}

/// The number that eight digits make: pairs of them, of pairs, and of fours are put together, all at once in one word.
#[expect(clippy::cast_possible_truncation, reason = "eight digits make less than 2³²")]
const fn eight_as_number(digits: [u8; 8]) -> Option<u32> {
    let word = u64::from_le_bytes(digits) ^ ZEROS;
    // A digit is now below 10, and with 0x76 more its top bit stays clear; what is larger has that bit, or gets it.
    if (word | word.wrapping_add(0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080 != 0 {
        return None;
    }
    let pairs = (word.wrapping_mul(10) + (word >> 8)) & 0x00FF_00FF_00FF_00FF;
    let fours = (pairs.wrapping_mul(100) + (pairs >> 16)) & 0x0000_FFFF_0000_FFFF;
    Some((fours.wrapping_mul(10_000) + (fours >> 32)) as u32)
}

/// The first nine digits as nanoseconds; further digits are dropped. None if a byte is no digit.
pub(super) fn nanos(digits: &[u8]) -> Option<u32> {
    let mut nanos = 0;
    let mut unit = 100_000_000;
    for digit in digits {
        let digit = digit.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        nanos += u32::from(digit) * unit;
        unit /= 10;
    }
    Some(nanos)
}

/// How many digits `bytes` begins with.
pub(super) fn run(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// The two digits of a number below 100.
#[inline]
pub(crate) const fn two_digits(number: u64) -> [u8; 2] {
    PAIRS[(number & 127) as usize]
}

/// The eight digits of a number below 100,000,000, the first in the lowest byte, each from 0 to 9.
///
/// Halves, quarters and eighths of the word are divided at once: a product with 2ⁿ/100 or 2ⁿ/10, rounded up, and a shift.
#[inline]
const fn eight_digits(number: u32) -> u64 {
    let fours = (number / 10_000) as u64 | ((number % 10_000) as u64) << 32;
    let hundreds = ((fours * 10_486) >> 20) & 0x0000_007F_0000_007F;
    let pairs = hundreds | (fours - hundreds * 100) << 16;
    let tens = ((pairs * 103) >> 10) & 0x000F_000F_000F_000F;
    tens | (pairs - tens * 10) << 8
}

/// The same as text.
#[inline]
pub(super) const fn eight(number: u32) -> [u8; 8] {
    (eight_digits(number) | ZEROS).to_le_bytes()
}

/// Eight times the digit zero.
const ZEROS: u64 = u64::from_le_bytes([b'0'; 8]);

/// Writes `number` in decimal.
pub(crate) fn write_decimal(number: u64, out: &mut Vec<u8>) {
    if let Some((digits, length)) = decimal(number) {
        out.extend_from_slice(&digits[..length]);
    } else {
        write_decimal(number / EIGHT, out);
        out.extend_from_slice(&eight((number % EIGHT) as u32));
    }
}

/// So many numbers have eight digits or less.
const EIGHT: u64 = 100_000_000;

/// `number` in decimal, and how many digits it has, at most 16; `None` where it has more.
#[expect(clippy::inline_always, reason = "so the digits stay in registers")]
#[inline(always)]
pub(crate) fn decimal(number: u64) -> Option<([u8; 16], usize)> {
    let (first, last) = (u32::try_from(number / EIGHT).ok()?, (number % EIGHT) as u32);
    if first == 0 {
        let digits = eight_digits(last);
        // The zeros before the first digit that counts are shifted out. The last digit always counts.
        let zeros = (digits | 1 << 56).trailing_zeros() / 8;
        let text = (digits | ZEROS) >> (8 * zeros);
        return Some((u128::from(text).to_le_bytes(), 8 - zeros as usize));
    }
    if first >= 100_000_000 {
        return None;
    }
    let digits = eight_digits(first);
    let zeros = (digits.trailing_zeros() / 8) & 7;
    let text = u128::from(digits | ZEROS) | u128::from(eight_digits(last) | ZEROS) << 64;
    Some(((text >> (8 * zeros)).to_le_bytes(), 16 - zeros as usize))
}

/// Writes the last two digits of `number`.
pub(super) fn push_pair(number: u32, out: &mut Vec<u8>) {
    out.extend_from_slice(&two_digits(u64::from(number % 100)));
}

/// Writes the last four digits of `number`.
pub(super) fn push_four(number: u32, out: &mut Vec<u8>) {
    push_pair(number / 100, out);
    push_pair(number, out);
}

/// Writes the nine digits of `nanos`.
pub(super) fn push_nanos(nanos: u32, out: &mut Vec<u8>) {
    out.push(two_digits(u64::from(nanos / 100_000_000 % 10))[1]);
    push_four(nanos / 10_000 % 10_000, out);
    push_four(nanos % 10_000, out);
}

/// Writes the first `width` of the nine digits of `nanos`.
pub(super) fn push_fraction(nanos: u32, width: usize, out: &mut Vec<u8>) {
    let end = out.len() + width;
    push_nanos(nanos, out);
    out.truncate(end);
}

/// How many of the nine digits of `nanos` are left when trailing zeros are cut.
pub(super) fn significant(nanos: u32) -> usize {
    let (mut rest, mut digits) = (nanos, 9);
    while digits > 0 && rest.is_multiple_of(10) {
        rest /= 10;
        digits -= 1;
    }
    digits
}

/// Writes `number` in decimal, with `pad` in front up to `width` characters.
pub(super) fn push_decimal(mut number: u128, width: usize, pad: u8, out: &mut Vec<u8>) {
    let start = out.len();
    loop {
        out.push(b'0' + (number % 10) as u8);
        number /= 10;
        if number == 0 {
            break;
        }
    }
    while out.len() - start < width {
        out.push(pad);
    }
    out[start..].reverse();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn pairs_agree_with_format() {
        for number in 0..100 {
            let text = format!("{number:02}");
            assert_eq!(written(|out| push_pair(number, out)), text);
            assert_eq!(pair(text.as_bytes()[0], text.as_bytes()[1]), Some(number));
        }
        assert_eq!(pair(b'1', b':'), None);
        assert_eq!(pair(b'/', b'1'), None);
    }

    #[test]
    fn digits_of_every_length_are_read_and_nothing_else_is() {
        for length in 0..=20 {
            for first in ['0', '9', '1'] {
                let text: String = (first..='9').chain('0'..='9').cycle().take(length).collect();
                let expected = text.parse().ok().filter(|_: &i64| length <= 18);
                assert_eq!(digits(text.as_bytes()), expected, "{text}");
                for at in 0..length {
                    for byte in (0..=u8::MAX).filter(|byte| !byte.is_ascii_digit()) {
                        let mut bytes = text.clone().into_bytes();
                        bytes[at] = byte;
                        assert_eq!(digits(&bytes), None, "{byte} at {at} of {text}");
                    }
                }
            }
        }
    }

    #[test]
    fn decimals_are_written_as_format_writes_them() {
        for number in (0..=64)
            .flat_map(|bits| [0, 1, 2].map(|more| (1_u128 << bits) + more))
            .chain((0..20).flat_map(|power| [1, 0].map(|less| 10_u128.pow(power) - less)))
        {
            if let Ok(number) = u64::try_from(number) {
                assert_eq!(written(|out| write_decimal(number, out)), number.to_string());
            }
        }
    }

    #[test]
    fn fractions() {
        for number in [0, 1, 10, 120_000_000, 999_999_999, 123_456_789] {
            let text = format!("{number:09}");
            assert_eq!(written(|out| push_nanos(number, out)), text);
            assert_eq!(nanos(text.as_bytes()), Some(number));
            assert_eq!(significant(number), text.trim_end_matches('0').len());
        }
        assert_eq!(nanos(b"1234567899999999999999"), Some(123_456_789));
        assert_eq!(nanos(b"12x"), None);
        assert_eq!(written(|out| push_fraction(120_000_000, 3, out)), "120");
    }

    #[test]
    fn decimals() {
        assert_eq!(written(|out| push_decimal(0, 0, b'0', out)), "0");
        assert_eq!(written(|out| push_decimal(7, 3, b' ', out)), "  7");
        assert_eq!(written(|out| push_decimal(u128::MAX, 2, b'0', out)), u128::MAX.to_string());
    }
}
