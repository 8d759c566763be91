//! RFC 3339, read and written, and the lake's own fixed-width form.
//!
//! Read strictly: upper-case `T` and `Z` only, a zone always, a point before the fraction. Hour 24
//! and second 60 are refused. Digits of the fraction beyond the ninth are dropped.

use super::Timestamp;
use super::civil::{Date, DateTime};
use super::digits::{eight, nanos, pair, push_fraction, push_pair, run, significant, two_digits};

/// The time that `text` is, as a whole.
pub(super) fn parse(text: &[u8]) -> Option<Timestamp> {
    let (head, tail) = text.split_first_chunk::<19>()?;
    let seconds = clock(head)?;
    // Nearly every log writes this form.
    if tail == b"Z" {
        return Timestamp::from_unix(seconds, 0);
    }
    let (nanos, zone) = match tail.split_first()? {
        (b'.', rest) => match run(rest) {
            0 => return None,
            digits => (nanos(&rest[..digits])?, &rest[digits..]),
        },
        _ => (0, tail),
    };
    let offset = match zone {
        b"Z" => 0,
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => offset(*sign, [*h1, *h2], [*m1, *m2])?,
        _ => return None,
    };
    Timestamp::with_offset(seconds - i64::from(offset) * 60, nanos, offset)
}

/// The form that nearly every log writes.
const PLAIN: &[u8; 20] = b"0000-00-00T00:00:00Z";

/// The time that `text` is, if it is of this form: three words, of which the last two overlap. None as well for the 29th
/// of February, of which [`parse`] knows whether there is one.
// What it returns is too long for registers.
#[inline(always)]
pub(super) fn plain(text: &[u8; 20]) -> Option<Timestamp> {
    const DAYS: [u8; 13] = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let [first, second, third] = [word(text, 0), word(text, 8), word(text, 12)];
    let is_plain =
        exceeds(first, word(PLAIN, 0)) | exceeds(second, word(PLAIN, 8)) | exceeds(third, word(PLAIN, 12)) == 0;
    if !is_plain {
        return None;
    }
    let ([y1, _, y2, _, _, month, _, _], [day, _, _, hour, _, _, minute, _]) = (pairs(first), pairs(second));
    let [_, _, _, _, _, second, _, _] = pairs(third);
    let [month, day, hour, minute, second] = [month, day, hour, minute, second].map(u32::from);
    if day == 0 || day > u32::from(*DAYS.get(month as usize)?) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let date = Date { year: u32::from(y1) * 100 + u32::from(y2), month, day };
    Timestamp::from_unix(DateTime { date, hour, minute, second }.unix(), 0)
}

#[inline]
const fn word(text: &[u8; 20], at: usize) -> u64 {
    let mut word = [0; 8];
    let mut index = 0;
    while index < 8 {
        word[index] = text[at + index];
        index += 1;
    }
    u64::from_le_bytes(word)
}

/// Zero where each byte of `word` is a digit where that of `form` is `0`, and else the same as in `form`.
#[inline]
const fn exceeds(word: u64, form: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xFF;
    // Of the bytes of the form, `0` alone has just these two bits, and all else is not to differ at all: so much may be
    // added to a difference until its highest bit is set.
    let mut room = [0; 8];
    let mut index = 0;
    while index < 8 {
        room[index] = if form.to_le_bytes()[index] == b'0' { 0x80 - 10 } else { 0x80 - 1 };
        index += 1;
    }
    let difference = word ^ form;
    (difference.wrapping_add(u64::from_le_bytes(room)) | difference) & (ONES * 0x80)
}

/// For each byte the number that it and the next one make as two digits; of no meaning where they are none.
#[inline]
const fn pairs(word: u64) -> [u8; 8] {
    const ONES: u64 = u64::MAX / 0xFF;
    let digits = word & (ONES * 0x0F);
    // What is no digit is below 16 here; so the ten times of it, too, stay in their byte.
    digits.wrapping_mul(10).wrapping_add(digits >> 8).to_le_bytes()
}

/// Minutes east of UTC. None beyond 23 hours or 59 minutes.
pub(super) fn offset(sign: u8, hours: [u8; 2], minutes: [u8; 2]) -> Option<i16> {
    let hours = pair(hours[0], hours[1]).filter(|&hours| hours <= 23)?;
    let minutes = pair(minutes[0], minutes[1]).filter(|&minutes| minutes <= 59)?;
    let offset = i16::try_from(hours * 60 + minutes).ok()?;
    Some(if sign == b'-' { -offset } else { offset })
}

/// Writes `±HH`, then `:` if asked for, then `MM`.
pub(super) fn write_offset(offset_minutes: i16, colon: bool, out: &mut Vec<u8>) {
    out.push(if offset_minutes < 0 { b'-' } else { b'+' });
    let minutes = u32::from(offset_minutes.unsigned_abs());
    push_pair(minutes / 60, out);
    if colon {
        out.push(b':');
    }
    push_pair(minutes % 60, out);
}

/// Writes the instant as a clock at the offset shows it.
pub(super) fn write(time: &Timestamp, offset_minutes: i16, out: &mut Vec<u8>) {
    write_clock(time.unix_seconds() + i64::from(offset_minutes) * 60, b'T', out);
    let nanos = time.subsec_nanos();
    if nanos != 0 {
        out.push(b'.');
        push_fraction(nanos, significant(nanos), out);
    }
    if offset_minutes == 0 {
        out.push(b'Z');
    } else {
        write_offset(offset_minutes, true, out);
    }
}

/// How many bytes [`quoted_lake`] has.
pub(crate) const QUOTED_LAKE: usize = 31;

/// `"YYYY-MM-DD HH:MM:SS.nnnnnnnnn"` in UTC, with the quotes.
pub(super) fn quoted_lake(time: &Timestamp) -> [u8; QUOTED_LAKE] {
    let mut text = *b"\"0000-00-00 00:00:00.000000000\"";
    text[1..20].copy_from_slice(&face(time.unix_seconds(), b' '));
    let nanos = time.subsec_nanos();
    if nanos != 0 {
        let [_, first] = two_digits(u64::from(nanos / 100_000_000));
        text[21] = first;
        text[22..30].copy_from_slice(&eight(nanos % 100_000_000));
    }
    text
}

/// Seconds since the Unix epoch of `YYYY-MM-DDTHH:MM:SS`, read as UTC.
fn clock(text: &[u8; 19]) -> Option<i64> {
    let marks = [text[4], text[7], text[10], text[13], text[16]];
    if marks != *b"--T::" {
        return None;
    }
    let year = pair(text[0], text[1])? * 100 + pair(text[2], text[3])?;
    let date = Date::new(year, pair(text[5], text[6])?, pair(text[8], text[9])?)?;
    let hour = pair(text[11], text[12])?;
    let minute = pair(text[14], text[15])?;
    let second = pair(text[17], text[18])?;
    let valid = hour <= 23 && minute <= 59 && second <= 59;
    valid.then(|| DateTime { date, hour, minute, second }.unix())
}

fn write_clock(seconds: i64, between: u8, out: &mut Vec<u8>) {
    out.extend_from_slice(&face(seconds, between));
}

/// `YYYY-MM-DD HH:MM:SS` with another character between date and time.
fn face(seconds: i64, between: u8) -> [u8; 19] {
    let DateTime { date, hour, minute, second } = DateTime::from_unix(seconds);
    let [y1, y2] = two_digits(u64::from(date.year / 100));
    let [y3, y4] = two_digits(u64::from(date.year % 100));
    let [mo1, mo2] = two_digits(u64::from(date.month));
    let [d1, d2] = two_digits(u64::from(date.day));
    let [h1, h2] = two_digits(u64::from(hour));
    let [mi1, mi2] = two_digits(u64::from(minute));
    let [s1, s2] = two_digits(u64::from(second));
    [y1, y2, y3, y4, b'-', mo1, mo2, b'-', d1, d2, between, h1, h2, b':', mi1, mi2, b':', s1, s2]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(text: &str) -> Option<String> {
        parse(text.as_bytes()).map(|time| time.to_string())
    }

    #[test]
    fn times_come_back_as_they_were() {
        for text in [
            "2021-05-28T18:39:50Z",
            "1970-01-01T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
            "2024-02-29T23:59:59.000000001-23:59",
            "2021-05-28T18:39:50.123+05:45",
            "1969-12-31T23:59:59.5Z",
        ] {
            assert_eq!(round_trip(text).as_deref(), Some(text));
        }
    }

    #[test]
    fn zero_offsets_and_trailing_zeros_take_one_form() {
        for (text, written) in [
            ("2021-05-28T18:39:50+00:00", "2021-05-28T18:39:50Z"),
            ("2021-05-28T18:39:50-00:00", "2021-05-28T18:39:50Z"),
            ("2021-05-28T18:39:50.000Z", "2021-05-28T18:39:50Z"),
            ("2021-05-28T18:39:50.120Z", "2021-05-28T18:39:50.12Z"),
            ("2021-05-28T18:39:50.1234567899Z", "2021-05-28T18:39:50.123456789Z"),
        ] {
            assert_eq!(round_trip(text).as_deref(), Some(written), "{text}");
        }
    }

    #[test]
    fn all_else_is_refused() {
        for text in [
            "",
            "2021-05-28",
            "2021-05-28T18:39:50",
            "2021-05-28 18:39:50Z",
            "2021-05-28t18:39:50Z",
            "2021-05-28T18:39:50z",
            "2021-05-28T18:39Z",
            "2021-05-28T24:00:00Z",
            "2021-05-28T18:60:50Z",
            "2021-05-28T18:39:60Z",
            "2021-02-29T00:00:00Z",
            "2021-04-31T00:00:00Z",
            "2021-13-01T00:00:00Z",
            "2021-00-01T00:00:00Z",
            "2021-01-00T00:00:00Z",
            "2021-05-28T18:39:50.Z",
            "2021-05-28T18:39:50,5Z",
            "2021-05-28T18:39:50.5",
            "2021-05-28T18:39:50+24:00",
            "2021-05-28T18:39:50+01:60",
            "2021-05-28T18:39:50+0100",
            "2021-05-28T18:39:50+01",
            "2021-05-28T18:39:50Z ",
            " 2021-05-28T18:39:50Z",
            "+021-05-28T18:39:50Z",
            "2021-05-28T18:39:5٠Z",
            "0000-01-01T00:00:00+00:01",
            "9999-12-31T23:59:59-00:01",
        ] {
            assert_eq!(round_trip(text), None, "{text}");
        }
    }

    #[test]
    fn the_lake_form_is_utc_with_nine_digits() {
        let mut out = Vec::new();
        let time = parse(b"2021-05-28T20:39:50.5+02:00").unwrap();
        time.write_lake(&mut out);
        assert_eq!(out, b"2021-05-28 18:39:50.500000000");
        out.clear();
        time.write_rfc3339_utc(&mut out);
        assert_eq!(out, b"2021-05-28T18:39:50.5Z");
    }
}
