//! Times that are one number: a count of seconds or of a smaller unit since the Unix epoch.
//!
//! All arithmetic is exact and in decimal; no float is involved, and no length of digits and no
//! exponent can overflow it.

use super::Timestamp;
use super::digits::{digits, push_decimal};

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Seconds,
    Millis,
    Micros,
    Nanos,
}

/// How a decimal may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    /// A JSON number: an exponent is allowed.
    Number,
    /// A JSON string: a plus sign is allowed, an exponent is not.
    Text,
}

impl Unit {
    const ALL: [Self; 4] = [Self::Seconds, Self::Millis, Self::Micros, Self::Nanos];

    /// Digits of a fraction that make one nanosecond.
    const fn fraction_digits(self) -> u32 {
        match self {
            Self::Seconds => 9,
            Self::Millis => 6,
            Self::Micros => 3,
            Self::Nanos => 0,
        }
    }

    const fn nanos(self) -> i128 {
        10_i128.pow(self.fraction_digits())
    }

    /// The unit as a timestamp remembers it; 0 stays free for "none".
    const fn detail(self) -> u8 {
        self as u8 + 1
    }

    /// The unit that [`detail`](Self::detail) gave, if any.
    pub(super) fn from_detail(detail: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.detail() == detail)
    }
}

/// A whole number of units.
pub(super) fn parse_integer(text: &str, unit: Unit) -> Option<Timestamp> {
    Timestamp::from_total_nanos(text.parse::<i128>().ok()?.checked_mul(unit.nanos())?)
}

/// Seconds with a fraction.
pub(super) fn parse_seconds(text: &str, notation: Notation) -> Option<Timestamp> {
    // Nearly every log writes digits alone.
    if let Some(seconds) = digits(text.as_bytes()) {
        return Timestamp::from_unix(seconds, 0);
    }
    Timestamp::from_total_nanos(billionths(text, notation)?)
}

/// A number whose size tells its unit.
pub(super) fn parse_auto(text: &str, notation: Notation) -> Option<Timestamp> {
    const BILLION: i128 = 1_000_000_000;
    let number = billionths(text, notation)?;
    let unit = match number {
        _ if number < 100_000_000_000 * BILLION => Unit::Seconds,
        _ if number < 100_000_000_000_000 * BILLION => Unit::Millis,
        _ if number < 100_000_000_000_000_000 * BILLION => Unit::Micros,
        _ => Unit::Nanos,
    };
    let time = Timestamp::from_total_nanos(number / (BILLION / unit.nanos()))?;
    Some(time.with_detail(unit.detail()))
}

/// Cloudflare's whole number: seconds while it is small enough, else nanoseconds.
pub(super) fn parse_cloudflare(text: &str) -> Option<Timestamp> {
    let number = text.parse::<i128>().ok()?;
    let unit = if number < 60_000_000_000 { Unit::Seconds } else { Unit::Nanos };
    let time = Timestamp::from_total_nanos(number.checked_mul(unit.nanos())?)?;
    Some(time.with_detail(unit.detail()))
}

/// Writes a number of units, with as much fraction as there is.
pub(super) fn write_decimal(time: &Timestamp, unit: Unit, out: &mut Vec<u8>) {
    let total = time.total_nanos();
    let whole = push_sign(total, out) / unit.nanos().unsigned_abs();
    push_decimal(whole, 0, b'0', out);
    let fraction = total.unsigned_abs() % unit.nanos().unsigned_abs();
    if fraction != 0 {
        out.push(b'.');
        push_decimal(fraction, unit.fraction_digits() as usize, b'0', out);
        while out.last() == Some(&b'0') {
            out.pop();
        }
    }
}

/// Writes a whole number of units, rounded down.
pub(super) fn write_integer(time: &Timestamp, unit: Unit, out: &mut Vec<u8>) {
    let whole = push_sign(time.total_nanos().div_euclid(unit.nanos()), out);
    push_decimal(whole, 0, b'0', out);
}

fn push_sign(number: i128, out: &mut Vec<u8>) -> u128 {
    if number < 0 {
        out.push(b'-');
    }
    number.unsigned_abs()
}

/// A thousand million times the decimal, rounded towards zero. None if it is no decimal, or larger
/// than any time could be.
fn billionths(text: &str, notation: Notation) -> Option<i128> {
    let (negative, text) = match text.as_bytes().split_first()? {
        (b'-', rest) => (true, rest),
        (b'+', rest) if notation == Notation::Text => (false, rest),
        _ => (false, text.as_bytes()),
    };
    let (mantissa, exponent) = match text.iter().position(|byte| matches!(byte, b'e' | b'E')) {
        Some(_) if notation == Notation::Text => return None,
        Some(at) => (&text[..at], exponent(&text[at + 1..])?),
        None => (text, 0),
    };
    let (whole, fraction) = match mantissa.iter().position(|&byte| byte == b'.') {
        Some(at) if at + 1 == mantissa.len() => return None,
        Some(at) => (&mantissa[..at], &mantissa[at + 1..]),
        None => (mantissa, &[][..]),
    };
    if whole.is_empty() || !whole.iter().chain(fraction).all(u8::is_ascii_digit) {
        return None;
    }
    let magnitude = shifted(whole, fraction, exponent.saturating_add(9))?;
    Some(if negative { -magnitude } else { magnitude })
}

/// `whole.fraction` times ten to the power of `shift`, rounded towards zero. None from 10^31 on.
fn shifted(whole: &[u8], fraction: &[u8], shift: i64) -> Option<i128> {
    const LIMIT: i64 = 30;
    let mut place = i64::try_from(whole.len()).ok()?.saturating_add(shift);
    let mut value = 0_i128;
    for digit in whole.iter().chain(fraction) {
        place = place.saturating_sub(1);
        if place < 0 {
            return Some(value);
        }
        if *digit != b'0' && place > LIMIT {
            return None;
        }
        value = value * 10 + i128::from(digit - b'0');
    }
    // What is left is zeros behind the last digit. A value of zero stays zero however many.
    if value == 0 {
        return Some(0);
    }
    let zeros = u32::try_from(place).ok()?;
    10_i128.checked_pow(zeros)?.checked_mul(value)
}

/// The exponent behind `e`, held within what any length of digits could undo.
fn exponent(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text.split_first()? {
        (b'-', rest) => (true, rest),
        (b'+', rest) => (false, rest),
        _ => (false, text),
    };
    if digits.is_empty() {
        return None;
    }
    let mut value = 0_i64;
    for digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        value = value.saturating_mul(10).saturating_add(i64::from(digit - b'0'));
    }
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<(i64, u32)> {
        parse_seconds(text, Notation::Number).map(|time| (time.unix_seconds(), time.subsec_nanos()))
    }

    #[test]
    fn decimals_are_exact() {
        for (text, expected) in [
            ("0", (0, 0)),
            ("-0", (0, 0)),
            ("1622227190", (1_622_227_190, 0)),
            ("1622227190.123456789", (1_622_227_190, 123_456_789)),
            ("1622227190.1234567899", (1_622_227_190, 123_456_789)),
            ("-1.5", (-2, 500_000_000)),
            ("-0.0000000009", (0, 0)),
            ("1.622227190123e9", (1_622_227_190, 123_000_000)),
            ("16222271901E-1", (1_622_227_190, 100_000_000)),
            ("1e3", (1_000, 0)),
            ("0.000000000000000000001e30", (1_000_000_000, 0)),
            ("1e-400", (0, 0)),
            ("0e99999999999999999999", (0, 0)),
            ("0.0e99999999999999999999", (0, 0)),
            ("1e-99999999999999999999", (0, 0)),
        ] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_decimal_or_too_large_is_refused() {
        for text in [
            "",
            "-",
            "+1",
            ".5",
            "5.",
            "1e",
            "1e+",
            "1.2.3",
            "1_0",
            "0x1",
            "NaN",
            "inf",
            " 1",
            "1 ",
            "--1",
            "1e1.5",
            "253402300800",
            "-62167219201",
            "1e12",
            "1e99999999999999999999",
            "340282366920938463463374607431768211456",
        ] {
            assert_eq!(seconds(text), None, "{text}");
        }
        assert_eq!(seconds(&"9".repeat(10_000)), None);
        assert_eq!(seconds(&format!("{}1", "0".repeat(10_000))), Some((1, 0)));
        assert_eq!(seconds(&format!("1{}e-10000", "0".repeat(10_000))), Some((1, 0)));
    }

    #[test]
    fn text_takes_a_plus_and_no_exponent() {
        assert!(parse_seconds("+1.5", Notation::Text).is_some());
        assert!(parse_seconds("0001", Notation::Text).is_some());
        assert!(parse_seconds("1e3", Notation::Text).is_none());
    }

    #[test]
    fn the_size_of_a_number_tells_its_unit() {
        for (text, unit, written) in [
            ("99999999999.5", Unit::Seconds, "99999999999.5"),
            ("-1.25", Unit::Seconds, "-1.25"),
            ("100000000000", Unit::Millis, "100000000000"),
            ("1622227190123.456", Unit::Millis, "1622227190123.456"),
            ("100000000000000", Unit::Micros, "100000000000000"),
            ("99999999999999999", Unit::Micros, "99999999999999999"),
            ("100000000000000000", Unit::Nanos, "100000000000000000"),
            ("1622227190123456789.9", Unit::Nanos, "1622227190123456789"),
        ] {
            let time = parse_auto(text, Notation::Text).unwrap();
            assert_eq!(Unit::from_detail(time.detail()), Some(unit), "{text}");
            let mut out = Vec::new();
            write_decimal(&time, unit, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), written);
        }
    }

    #[test]
    fn cloudflare_changes_its_unit_at_sixty_thousand_million() {
        assert_eq!(parse_cloudflare("59999999999").unwrap().unix_seconds(), 59_999_999_999);
        assert_eq!(parse_cloudflare("60000000000").unwrap().unix_seconds(), 60);
        assert!(parse_cloudflare("1.0").is_none());
    }

    #[test]
    fn integers_are_whole_and_in_range() {
        let time = parse_integer("-1500", Unit::Millis).unwrap();
        assert_eq!((time.unix_seconds(), time.subsec_nanos()), (-2, 500_000_000));
        let mut out = Vec::new();
        write_integer(&time, Unit::Millis, &mut out);
        assert_eq!(out, b"-1500");
        for text in ["1.0", "1e3", "", "-", "253402300800000", &"9".repeat(60)] {
            assert!(parse_integer(text, Unit::Millis).is_none(), "{text}");
        }
    }
}
