//! Texts in which each part of a pattern has a place of its own, as nearly all texts of most patterns are.
//!
//! `%d/%b/%Y:%H:%M:%S %z` takes `1/mar/2026:11:32:44Z`, but what servers write is `01/Mar/2026:11:32:44 +0000`: each number in
//! its full width. Where the parts stand in such a text follows from the pattern alone, and is worked out when the pattern is
//! made: for generated code that is when it is compiled. To read a text then takes no decision but whether it is one of them.

use super::{Detail, Field, FractionDigits, Number, OffsetForm, Part};
use crate::time::Timestamp;
use crate::time::civil::{Date, DateTime};
use crate::time::digits::{nanos, pair};
use crate::time::rfc3339::offset;

/// The longest of such texts. RFC 3339 with nanoseconds and an offset has 35 bytes.
const LONGEST: usize = 40;

/// A text is read from here. Parts that the pattern does not have are read from behind the text, where their first values
/// stand; the rest of the room only saves the check of a place of six bits.
const ROOM: [u8; 64] = *b"........................................000100+00:00............";

/// Where the numbers 0 and 1 and the offset 0 stand in the room.
const ZERO: u8 = 40;
const ONE: u8 = 42;
const NO_OFFSET: u8 = 46;

/// The places of a pattern's parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fixed {
    length: usize,
    /// The bytes that are the same in all such texts; zero elsewhere.
    literal: [u8; LONGEST],
    /// All bits of those bytes.
    mask: [u8; LONGEST],
    year: Option<u8>,
    month: u8,
    month_is_name: bool,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
    fraction: u8,
    fraction_digits: u8,
    /// Whether a mark stands before the fraction.
    fraction_has_mark: bool,
    offset: u8,
    /// How far behind the sign the minutes of the offset stand.
    offset_minutes: u8,
}

impl Fixed {
    /// The places of these parts; `None` where a part is too rare, has no width of its own, or comes twice.
    pub(super) const fn new(parts: &[Part<'_>]) -> Option<Self> {
        let mut fixed = Self {
            length: 0,
            literal: [0; LONGEST],
            mask: [0; LONGEST],
            year: None,
            month: ONE,
            month_is_name: false,
            day: ONE,
            hour: ZERO,
            minute: ZERO,
            second: ZERO,
            fraction: ZERO,
            fraction_digits: 0,
            fraction_has_mark: false,
            offset: NO_OFFSET,
            offset_minutes: 4,
        };
        let mut rest = parts;
        while let [part, next @ ..] = rest {
            let fits = match part {
                Part::Literal(text) => fixed.add_literal(text.as_bytes()),
                Part::Spaces(text) => !takes_more_spaces(text, next) && fixed.add_literal(text.as_bytes()),
                Part::Number(number) => fixed.add_number(*number),
                Part::MonthName { long: false } => {
                    fixed.month_is_name = true;
                    fixed.month == ONE && fixed.add(3, Field::Month)
                }
                Part::Fraction { mark, digits: FractionDigits::Exactly(digits) } => {
                    fixed.add_fraction(mark.is_some(), *digits)
                }
                Part::Offset { form: OffsetForm::Minutes, .. } | Part::AnyOffset { colon: false } => {
                    fixed.add_offset(3)
                }
                Part::Offset { form: OffsetForm::ColonMinutes, .. } | Part::AnyOffset { colon: true } => {
                    fixed.add_offset(4)
                }
                _ => false,
            };
            if !fits || fixed.length > LONGEST {
                return None;
            }
            rest = next;
        }
        if fixed.year.is_some() { Some(fixed) } else { None }
    }

    /// The time that the text is, where each part stands in its place. It is what the parts, read one by one, come to.
    pub(super) fn read(&self, text: &[u8]) -> Option<Timestamp> {
        if text.len() != self.length {
            return None;
        }
        let mut room = ROOM;
        room.get_mut(..text.len())?.copy_from_slice(text);
        let words = |bytes| u64::from_le_bytes(bytes);
        let literals = self.literal.as_chunks().0.iter().zip(self.mask.as_chunks().0);
        for (bytes, (literal, mask)) in room.as_chunks().0.iter().zip(literals) {
            if words(*bytes) & words(*mask) != words(*literal) {
                return None;
            }
        }
        let byte = |place: u8| byte_at(&room, place);
        let two = |place: u8| two_at(&room, place);
        let year = self.year?;
        let month = match self.month {
            place if self.month_is_name => month([byte(place), byte(place + 1), byte(place + 2)])?,
            place => two(place)?,
        };
        let date = Date::new(two(year)? * 100 + two(year + 2)?, month, two(self.day)?)?;
        let (hour, minute, second) = (two(self.hour)?, two(self.minute)?, two(self.second)?);
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let start = usize::from(self.fraction);
        if self.fraction_has_mark && !matches!(room[(start - 1) & 63], b'.' | b',') {
            return None;
        }
        let nanos = nanos(room.get(start..start + usize::from(self.fraction_digits))?)?;
        let sign = byte(self.offset);
        if !matches!(sign, b'+' | b'-') {
            return None;
        }
        let minutes = self.offset + self.offset_minutes;
        let below = [byte(minutes), byte(minutes + 1)];
        let colon = byte(minutes - 1) == b':' || self.offset_minutes == 3;
        let offset = offset(sign, [byte(self.offset + 1), byte(self.offset + 2)], below).filter(|_| colon)?;
        let seconds = DateTime { date, hour, minute, second }.unix() - i64::from(offset) * 60;
        let detail = Detail { zone: 0, fraction_digits: self.fraction_digits };
        Some(Timestamp::with_offset(seconds, nanos, offset)?.with_detail(detail.pack()))
    }

    const fn add_literal(&mut self, text: &[u8]) -> bool {
        let start = self.length;
        self.length += text.len();
        let mut at = 0;
        while at < text.len() && self.length <= LONGEST {
            self.literal[start + at] = text[at];
            self.mask[start + at] = u8::MAX;
            at += 1;
        }
        true
    }

    /// A number stands here in the most digits that it may have.
    const fn add_number(&mut self, number: Number) -> bool {
        let Number { field, min, max, .. } = number;
        let is_first = match field {
            Field::Year => self.year.is_none() && max == 4,
            Field::Month => self.month == ONE && max == 2,
            Field::Day => self.day == ONE && max == 2,
            Field::Hour24 => self.hour == ZERO && max == 2,
            Field::Minute => self.minute == ZERO && max == 2,
            Field::Second => self.second == ZERO && max == 2,
            Field::YearOfCentury | Field::Century | Field::DayOfYear | Field::Hour12 => false,
        };
        is_first && min <= max && self.add(max, field)
    }

    const fn add_fraction(&mut self, has_mark: bool, digits: u8) -> bool {
        let is_first = self.fraction == ZERO && 0 < digits && digits <= 9;
        self.length += has_mark as usize;
        self.fraction = self.place();
        self.fraction_digits = digits;
        self.fraction_has_mark = has_mark;
        self.length += digits as usize;
        is_first
    }

    const fn add_offset(&mut self, minutes: u8) -> bool {
        let is_first = self.offset == NO_OFFSET;
        self.offset = self.place();
        self.offset_minutes = minutes;
        self.length += minutes as usize + 2;
        is_first
    }

    const fn add(&mut self, width: u8, field: Field) -> bool {
        let place = self.place();
        self.length += width as usize;
        match field {
            Field::Year => self.year = Some(place),
            Field::Month => self.month = place,
            Field::Day => self.day = place,
            Field::Hour24 => self.hour = place,
            Field::Minute => self.minute = place,
            Field::Second => self.second = place,
            Field::YearOfCentury | Field::Century | Field::DayOfYear | Field::Hour12 => return false,
        }
        true
    }

    /// Where the next part stands.
    #[expect(clippy::cast_possible_truncation, reason = "no text is longer than its room when a part is added")]
    const fn place(&self) -> u8 {
        self.length as u8
    }
}

#[inline]
fn byte_at(room: &[u8; 64], place: u8) -> u8 {
    room[usize::from(place & 63)]
}

#[expect(clippy::inline_always, reason = "a call costs as much as the number")]
#[inline(always)]
fn two_at(room: &[u8; 64], place: u8) -> Option<u32> {
    pair(byte_at(room, place), byte_at(room, place + 1))
}

/// Whether the spaces of a Go layout, which take all that there are, could take others than these.
const fn takes_more_spaces(text: &str, next: &[Part<'_>]) -> bool {
    match next {
        [Part::Spaces(_), ..] => true,
        [Part::Literal(next), ..] => matches!(next.as_bytes(), [b' ', ..] | []) || text.is_empty(),
        _ => text.is_empty(),
    }
}

/// The month by the first three letters of its name, in any case.
const fn month(name: [u8; 3]) -> Option<u32> {
    // No byte but a letter's other case becomes that letter.
    Some(match [name[0] | 0x20, name[1] | 0x20, name[2] | 0x20] {
        [b'j', b'a', b'n'] => 1,
        [b'f', b'e', b'b'] => 2,
        [b'm', b'a', b'r'] => 3,
        [b'a', b'p', b'r'] => 4,
        [b'm', b'a', b'y'] => 5,
        [b'j', b'u', b'n'] => 6,
        [b'j', b'u', b'l'] => 7,
        [b'a', b'u', b'g'] => 8,
        [b's', b'e', b'p'] => 9,
        [b'o', b'c', b't'] => 10,
        [b'n', b'o', b'v'] => 11,
        [b'd', b'e', b'c'] => 12,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{MONTHS, Pad, Pattern, parse::parse};
    use super::*;

    const fn number(field: Field) -> Part<'static> {
        Part::Number(Number { field, min: 1, max: 2, pad: Pad::Zero })
    }

    const YEAR: Part<'static> = Part::Number(Number::YEAR);
    const NAME: Part<'static> = Part::MonthName { long: false };

    /// Patterns, each with a text that is read by places.
    const PATTERNS: &[(&[Part<'static>], &str)] = &[
        (
            &[
                number(Field::Day),
                Part::Literal("/"),
                NAME,
                Part::Literal("/"),
                YEAR,
                Part::Literal(":"),
                number(Field::Hour24),
                Part::Literal(":"),
                number(Field::Minute),
                Part::Literal(":"),
                number(Field::Second),
                Part::Literal(" "),
                Part::AnyOffset { colon: false },
            ],
            "29/Feb/2024:23:59:58 -0730",
        ),
        (
            &[
                YEAR,
                Part::Literal("-"),
                number(Field::Month),
                Part::Literal("-"),
                number(Field::Day),
                Part::Spaces(" "),
                number(Field::Hour24),
                Part::Literal("h"),
                number(Field::Minute),
                number(Field::Second),
                Part::Fraction { mark: Some('.'), digits: FractionDigits::Exactly(3) },
                Part::Offset { form: OffsetForm::ColonMinutes, z: true },
            ],
            "2026-12-31 00h0509,120+05:45",
        ),
        (
            &[Part::Literal("é"), YEAR, Part::Fraction { mark: None, digits: FractionDigits::Exactly(9) }],
            "é2026123456789",
        ),
        (&[NAME, YEAR], "sEp0000"),
        (&[YEAR], "9999"),
    ];

    #[test]
    fn what_is_read_by_places_is_what_the_parts_come_to() {
        for (parts, text) in PATTERNS {
            let fixed = Fixed::new(parts).unwrap();
            // What stands elsewhere is for the parts.
            let same = |text: &str| {
                if let Some(time) = fixed.read(text.as_bytes()) {
                    let by_parts = parse(&Pattern::by_parts(parts), text);
                    assert_eq!(format!("{:?}", Some(time)), format!("{by_parts:?}"), "{text}");
                }
            };
            assert!(fixed.read(text.as_bytes()).is_some(), "{text}");
            same(text);
            for at in 0..text.len() {
                // Every text that differs in one byte, and every cut.
                for byte in 0..128 {
                    let mut bytes = text.as_bytes().to_vec();
                    bytes[at] = byte;
                    if let Ok(text) = String::from_utf8(bytes) {
                        same(&text);
                    }
                }
                assert_eq!(fixed.read(&text.as_bytes()[..at]), None);
            }
            assert_eq!(fixed.read(format!("{text} ").as_bytes()), None);
        }
    }

    #[test]
    fn every_month_is_known_by_name() {
        for (number, name) in (1..).zip(MONTHS) {
            let [a, b, c, ..] = *name.as_bytes() else { unreachable!() };
            assert_eq!(month([a, b, c]), Some(number));
            assert_eq!(month([a, b, b' ']), None);
        }
    }

    #[test]
    fn patterns_whose_texts_have_no_places_are_left_to_their_parts() {
        let optional = Part::Fraction { mark: Some('.'), digits: FractionDigits::Optional };
        for parts in [
            &[NAME][..],
            &[YEAR, YEAR],
            &[YEAR, NAME, number(Field::Month)],
            &[YEAR, number(Field::DayOfYear)],
            &[YEAR, optional],
            &[YEAR, Part::ZoneName],
            &[YEAR, Part::Spaces(" "), Part::Spaces(" ")],
            &[YEAR, Part::Spaces(" "), Part::Literal(" ")],
            &[YEAR, Part::Spaces("")],
            &[YEAR, Part::Literal("forty bytes are one too many for a place")],
        ] {
            assert_eq!(Fixed::new(parts), None, "{parts:?}");
        }
    }
}
