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
