//! Writes a time by a pattern, as the inside of a JSON string.

use super::{Detail, Field, FractionDigits, MONTHS, Number, OffsetForm, Pad, Part, WEEKDAYS};
use crate::time::Timestamp;
use crate::time::civil::DateTime;
use crate::time::digits::{push_decimal, push_fraction, significant};
use crate::time::rfc3339::write_offset;

/// Writes the time in the offset it was read with, or in UTC where the pattern cannot say which.
pub(in crate::time) fn write(parts: &[Part], time: &Timestamp, out: &mut Vec<u8>) {
    let detail = Detail::unpack(time.detail());
    let offset = shown_offset(parts, time, detail);
    let clock = DateTime::from_unix(time.unix_seconds() + i64::from(offset) * 60);
    for part in parts {
        match *part {
            Part::Literal(text) | Part::Spaces(text) => push_escaped(text, out),
            Part::Number(number) => push_number(number, clock, out),
            Part::MonthName { long } => {
                // A month of `DateTime` is 1 to 12.
                push_name(MONTHS[clock.date.month as usize - 1], long, out);
            }
            Part::WeekdayName { long } => push_name(WEEKDAYS[clock.date.weekday()], long, out),
            Part::Meridiem { lower, .. } => out.extend_from_slice(match (clock.hour < 12, lower) {
                (true, true) => b"am",
                (true, false) => b"AM",
                (false, true) => b"pm",
                (false, false) => b"PM",
            }),
            Part::Fraction { mark, digits } => {
                push_fraction_part(mark, digits, time.subsec_nanos(), detail, out);
            }
            Part::Offset { z: true, .. } if offset == 0 => out.push(b'Z'),
            Part::Offset { form, .. } => push_offset(form, offset, out),
            Part::AnyOffset { colon } => write_offset(offset, colon, out),
            Part::ZoneName => {
                out.extend_from_slice(detail.zone().map_or("UTC", |(name, _)| name).as_bytes());
            }
            Part::Epoch => {
                if time.unix_seconds() < 0 {
                    out.push(b'-');
                }
                push_decimal(time.unix_seconds().unsigned_abs().into(), 0, b'0', out);
            }
        }
    }
}

fn shown_offset(parts: &[Part], time: &Timestamp, detail: Detail) -> i16 {
    let own = time.offset_minutes();
    let numeric = |part: &Part| match part {
        // Whole hours cannot say half an hour.
        Part::Offset { form: OffsetForm::Hours, .. } => own % 60 == 0,
        Part::Offset { .. } | Part::AnyOffset { .. } => true,
        _ => false,
    };
    let named = parts.contains(&Part::ZoneName) && detail.zone().is_some_and(|(_, offset)| offset == own);
    if named || parts.iter().any(numeric) { own } else { 0 }
}

fn push_number(number: Number, clock: DateTime, out: &mut Vec<u8>) {
    let date = clock.date;
    let value = match number.field {
        Field::Year => date.year,
        Field::YearOfCentury => date.year % 100,
        Field::Century => date.year / 100,
        Field::Month => date.month,
        Field::Day => date.day,
        Field::DayOfYear => date.day_of_year(),
        Field::Hour24 => clock.hour,
        Field::Hour12 => (clock.hour + 11) % 12 + 1,
        Field::Minute => clock.minute,
        Field::Second => clock.second,
    };
    let (width, pad) = match number.pad {
        Pad::None => (0, b' '),
        Pad::Zero => (number.max.into(), b'0'),
        Pad::Space => (number.max.into(), b' '),
    };
    push_decimal(value.into(), width, pad, out);
}

fn push_name(name: &str, long: bool, out: &mut Vec<u8>) {
    let name = if long { name } else { &name[..3] };
    out.extend_from_slice(name.as_bytes());
}

fn push_fraction_part(mark: Option<char>, digits: FractionDigits, nanos: u32, detail: Detail, out: &mut Vec<u8>) {
    let read = significant(nanos).max(detail.fraction_digits.min(9).into());
    let width = match digits {
        FractionDigits::Exactly(width) => width.min(9).into(),
        FractionDigits::OneToNine => read.max(1),
        FractionDigits::Optional if read == 0 => return,
        FractionDigits::Optional => read,
    };
    if let Some(mark) = mark {
        out.push(if mark == ',' { b',' } else { b'.' });
    }
    push_fraction(nanos, width, out);
}

fn push_offset(form: OffsetForm, offset: i16, out: &mut Vec<u8>) {
    let colon = matches!(form, OffsetForm::ColonMinutes | OffsetForm::ColonSeconds);
    let end = out.len() + 3;
    write_offset(offset, colon, out);
    match form {
        OffsetForm::Hours => out.truncate(end),
        OffsetForm::Minutes | OffsetForm::ColonMinutes => {}
        OffsetForm::Seconds => out.extend_from_slice(b"00"),
        OffsetForm::ColonSeconds => out.extend_from_slice(b":00"),
    }
}

/// Only a pattern's own text can hold what JSON must escape.
fn push_escaped(text: &str, out: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0x08 => out.extend_from_slice(b"\\b"),
            0x0c => out.extend_from_slice(b"\\f"),
            0..0x20 => {
                out.extend_from_slice(b"\\u00");
                out.extend_from_slice(&[HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
            }
            _ => out.push(byte),
        }
    }
}
