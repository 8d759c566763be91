//! Reads a text by a pattern: first every part, then what the parts mean together.

use super::{Detail, Field, FractionDigits, MONTHS, Number, OffsetForm, Pad, Part, Pattern, WEEKDAYS, ZONES};
use crate::time::Timestamp;
use crate::time::civil::{Date, DateTime};
use crate::time::digits;
use crate::time::rfc3339::offset;

/// The time that `text`, as a whole, is by the pattern.
///
/// A part that is missing is the first of its kind (January, the 1st, midnight, UTC); a missing year
/// is 1900. When a part stands twice, the last counts; an hour of 24 counts before one of 12.
pub(in crate::time) fn parse(pattern: &Pattern, text: &str) -> Option<Timestamp> {
    let time = pattern.fixed.as_ref().and_then(|fixed| fixed.read(text.as_bytes()));
    time.or_else(|| by_parts(pattern.parts, text))
}

fn by_parts(parts: &[Part], text: &str) -> Option<Timestamp> {
    let mut found = Found::default();
    let mut rest = text.as_bytes();
    for (index, part) in parts.iter().enumerate() {
        rest = found.read(part, parts.get(index + 1), rest)?;
    }
    if !rest.is_empty() {
        return None;
    }
    found.resolve()
}

/// What a text's parts said.
#[derive(Default)]
struct Found {
    year: Option<u32>,
    century: Option<u32>,
    year_of_century: Option<u32>,
    month: Option<u32>,
    day: Option<u32>,
    day_of_year: Option<u32>,
    hour24: Option<u32>,
    hour12: Option<u32>,
    afternoon: Option<bool>,
    minute: u32,
    second: u32,
    nanos: u32,
    epoch: Option<i64>,
    offset: Option<i16>,
    detail: Detail,
}

impl Found {
    /// Reads one part from the front and returns what is left. `next` is the part after it.
    fn read<'t>(&mut self, part: &Part, next: Option<&Part>, text: &'t [u8]) -> Option<&'t [u8]> {
        match *part {
            Part::Literal(literal) => text.strip_prefix(literal.as_bytes()),
            Part::Spaces(_) => skip_spaces(text),
            Part::Number(number) => self.read_number(number, next, text),
            Part::MonthName { long } => {
                let (index, rest) = name(&MONTHS, long, text)?;
                self.month = Some(u32::try_from(index + 1).ok()?);
                Some(rest)
            }
            Part::WeekdayName { long } => Some(name(&WEEKDAYS, long, text)?.1),
            Part::Meridiem { lower, any_case } => self.read_meridiem(lower, any_case, text),
            Part::Fraction { mark, digits } => self.read_fraction(mark, digits, text),
            Part::Offset { form, z } => {
                let (offset, rest) = match text {
                    [b'Z', rest @ ..] if z => (0, rest),
                    _ => numeric_offset(form, text)?,
                };
                self.offset = Some(offset);
                Some(rest)
            }
            Part::AnyOffset { .. } => {
                let (offset, rest) = match text {
                    [b'Z' | b'z', rest @ ..] => (0, rest),
                    [_, _, _, b':', ..] => numeric_offset(OffsetForm::ColonMinutes, text)?,
                    _ => numeric_offset(OffsetForm::Minutes, text)?,
                };
                self.offset = Some(offset);
                Some(rest)
            }
            Part::ZoneName => {
                let (zone, rest) =
                    (1..).zip(ZONES).find_map(|(zone, (name, _))| Some((zone, strip_prefix_any_case(text, name)?)))?;
                self.detail.zone = zone;
                Some(rest)
            }
            Part::Epoch => self.read_epoch(text),
        }
    }

    fn read_number<'t>(&mut self, number: Number, next: Option<&Part>, text: &'t [u8]) -> Option<&'t [u8]> {
        let Number { field, min, max, pad } = number;
        let (mut text, mut most) = (text, usize::from(max));
        if pad == Pad::Space {
            let spaces = text.iter().take(most.saturating_sub(1)).take_while(|&&byte| byte == b' ').count();
            text = &text[spaces..];
            // Where a digit follows, only the width that is filled up tells where the number ends: ` 012` is 0 and 12.
            if next.is_some_and(may_start_with_digit) {
                most -= spaces;
            }
        }
        let (mut value, mut length) = (0_u32, 0);
        while length < most
            && let Some(digit @ b'0'..=b'9') = text.get(length)
        {
            value = value.checked_mul(10)?.checked_add(u32::from(digit - b'0'))?;
            length += 1;
        }
        if length < usize::from(min).max(1) {
            return None;
        }
        let (least, most) = field.range();
        if value < least || value > most {
            return None;
        }
        match field {
            Field::Year => self.year = Some(value),
            Field::YearOfCentury => self.year_of_century = Some(value),
            Field::Century => self.century = Some(value),
            Field::Month => self.month = Some(value),
            Field::Day => self.day = Some(value),
            Field::DayOfYear => self.day_of_year = Some(value),
            Field::Hour24 => self.hour24 = Some(value),
            Field::Hour12 => self.hour12 = Some(value),
            Field::Minute => self.minute = value,
            Field::Second => self.second = value,
        }
        Some(&text[length..])
    }

    fn read_meridiem<'t>(&mut self, lower: bool, any_case: bool, text: &'t [u8]) -> Option<&'t [u8]> {
        let (mark, rest) = text.split_first_chunk::<2>()?;
        let marks = if lower { [b"am", b"pm"] } else { [b"AM", b"PM"] };
        let is_mark = |known: &&[u8; 2]| *known == mark || any_case && known.eq_ignore_ascii_case(mark);
        self.afternoon = Some(marks.iter().position(is_mark)? == 1);
        Some(rest)
    }

    fn read_fraction<'t>(&mut self, mark: Option<char>, count: FractionDigits, text: &'t [u8]) -> Option<&'t [u8]> {
        let after = match (mark, text) {
            (Some(_), [b'.' | b',', rest @ ..]) => Some(rest),
            (Some(_), _) => None,
            (None, _) => Some(text),
        };
        let present = after.map_or(0, digits::run);
        let length = match count {
            FractionDigits::Exactly(length) if present >= usize::from(length) => length.into(),
            FractionDigits::Exactly(_) => return None,
            FractionDigits::OneToNine if present == 0 => return None,
            FractionDigits::OneToNine => present.min(9),
            FractionDigits::Optional if present == 0 => return Some(text),
            FractionDigits::Optional => present,
        };
        let after = after?;
        self.nanos = digits::nanos(&after[..length])?;
        self.detail.fraction_digits = u8::try_from(length.min(9)).ok()?;
        Some(&after[length..])
    }

    fn read_epoch<'t>(&mut self, text: &'t [u8]) -> Option<&'t [u8]> {
        let (negative, text) = match text {
            [b'-', rest @ ..] => (true, rest),
            [b'+', rest @ ..] => (false, rest),
            _ => (false, text),
        };
        let length = digits::run(text);
        if length == 0 {
            return None;
        }
        let value = decimal(&text[..length])?;
        self.epoch = Some(if negative { -value } else { value });
        Some(&text[length..])
    }

    fn resolve(self) -> Option<Timestamp> {
        let offset = self.offset.or(self.detail.zone().map(|(_, offset)| offset)).unwrap_or(0);
        let seconds = match self.epoch {
            Some(epoch) => epoch,
            None => self.clock()?.unix() - i64::from(offset) * 60,
        };
        let time = Timestamp::with_offset(seconds, self.nanos, offset)?;
        Some(time.with_detail(self.detail.pack()))
    }

    fn clock(&self) -> Option<DateTime> {
        let hour = match (self.afternoon, self.hour24.or(self.hour12).unwrap_or(0)) {
            (Some(true), hour) if hour < 12 => hour + 12,
            (Some(false), 12) => 0,
            (_, hour) => hour,
        };
        let date = self.date()?;
        Some(DateTime { date, hour, minute: self.minute, second: self.second })
    }

    fn date(&self) -> Option<Date> {
        let year = self.year();
        let Some(ordinal) = self.day_of_year else {
            return Date::new(year, self.month.unwrap_or(1), self.day.unwrap_or(1));
        };
        let date = Date::from_day_of_year(year, ordinal)?;
        let agrees = self.month.is_none_or(|month| month == date.month) && self.day.is_none_or(|day| day == date.day);
        agrees.then_some(date)
    }

    fn year(&self) -> u32 {
        match (self.year, self.century, self.year_of_century) {
            (Some(year), ..) => year,
            (None, Some(century), last) => century * 100 + last.unwrap_or(0),
            (None, None, Some(last)) if last < 69 => 2000 + last,
            (None, None, Some(last)) => 1900 + last,
            (None, None, None) => 1900,
        }
    }
}

/// Whether a text that the part stands for may start with a digit.
fn may_start_with_digit(part: &Part) -> bool {
    match part {
        Part::Literal(text) => text.starts_with(|first: char| first.is_ascii_digit()),
        Part::Number(_) | Part::Epoch | Part::Fraction { mark: None, .. } => true,
        _ => false,
    }
}

/// None beyond 64 bits.
fn decimal(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0_i64, |value, digit| {
        let digit = digit.wrapping_sub(b'0');
        if digit > 9 { None } else { value.checked_mul(10)?.checked_add(digit.into()) }
    })
}

fn skip_spaces(text: &[u8]) -> Option<&[u8]> {
    let spaces = text.iter().take_while(|&&byte| byte == b' ').count();
    (spaces > 0 || text.is_empty()).then(|| &text[spaces..])
}

fn strip_prefix_any_case<'t>(text: &'t [u8], prefix: &str) -> Option<&'t [u8]> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix.as_bytes()).then_some(rest)
}

/// The index of the name that `text` begins with, and the rest.
fn name<'t>(names: &[&str], long: bool, text: &'t [u8]) -> Option<(usize, &'t [u8])> {
    names.iter().enumerate().find_map(|(index, name)| {
        let name = if long { name } else { &name[..3] };
        // The first letter tells most names apart.
        if (text.first()? ^ name.as_bytes()[0]) & !0x20 != 0 {
            return None;
        }
        Some((index, strip_prefix_any_case(text, name)?))
    })
}

fn numeric_offset(form: OffsetForm, text: &[u8]) -> Option<(i16, &[u8])> {
    let (&sign, rest) = text.split_first().filter(|(sign, _)| matches!(sign, b'+' | b'-'))?;
    let (hours, mut rest) = rest.split_first_chunk::<2>()?;
    let (colon, pairs) = match form {
        OffsetForm::Hours => (false, 0),
        OffsetForm::Minutes => (false, 1),
        OffsetForm::ColonMinutes => (true, 1),
        OffsetForm::Seconds => (false, 2),
        OffsetForm::ColonSeconds => (true, 2),
    };
    // Minutes, then seconds.
    let mut below = [*b"00"; 2];
    for pair in &mut below[..pairs] {
        if colon {
            rest = rest.strip_prefix(b":")?;
        }
        let (digits, after) = rest.split_first_chunk::<2>()?;
        (*pair, rest) = (*digits, after);
    }
    let [minutes, seconds] = below;
    (seconds == *b"00").then_some((offset(sign, *hours, minutes)?, rest))
}
