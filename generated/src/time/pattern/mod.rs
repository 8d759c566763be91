//! Patterns of time: strftime and Go layouts, both compiled to one list of [`Part`]s.
//!
//! A part knows how to read itself from the front of a text and how to write itself. Composite
//! directives (`%F`, `%c`, …) do not exist here: the compiler spells them out, so that reading and
//! writing stay small. The parts are `const` data in generated code, and so are the places where they stand in most texts.

mod fixed;
mod parse;
mod write;

use fixed::Fixed;

pub(super) use parse::parse;
pub(super) use write::write;

/// A compiled pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pattern<'p> {
    parts: &'p [Part<'p>],
    fixed: Option<Fixed>,
}

impl<'p> Pattern<'p> {
    /// The pattern of these parts, with what makes the reading of most texts fast: this is for constants.
    pub const fn new(parts: &'p [Part<'p>]) -> Self {
        Self { parts, fixed: Fixed::new(parts) }
    }

    /// The same pattern, made at once; every text is read part by part.
    pub const fn by_parts(parts: &'p [Part<'p>]) -> Self {
        Self { parts, fixed: None }
    }

    /// Its parts, in order.
    pub const fn parts(&self) -> &'p [Part<'p>] {
        self.parts
    }
}

/// One piece of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'p> {
    /// Text that must stand there byte for byte.
    Literal(&'p str),
    /// Spaces of a Go layout: any number of spaces is read for them, but not none before other
    /// text. They are written as the layout has them.
    Spaces(&'p str),
    /// A number of the calendar or the clock.
    Number(Number),
    /// The name of the month, English, any case: `May`, or `January` when `long`.
    MonthName {
        /// The whole name rather than its first three letters.
        long: bool,
    },
    /// The name of the weekday, English, any case. It is read and then ignored, even when the date
    /// falls on another day.
    WeekdayName {
        /// The whole name rather than its first three letters.
        long: bool,
    },
    /// `AM` or `PM`.
    Meridiem {
        /// Written in lower case.
        lower: bool,
        /// Read in any case; otherwise in the case it is written in.
        any_case: bool,
    },
    /// A fraction of the second.
    Fraction {
        /// The mark before the digits, `.` or `,`; either is read. None: the digits alone.
        mark: Option<char>,
        /// How many digits there are.
        digits: FractionDigits,
    },
    /// A numeric offset from UTC in one form, as in Go.
    Offset {
        /// The form it has.
        form: OffsetForm,
        /// `Z` stands for a zero offset.
        z: bool,
    },
    /// An offset of strftime: `±HHMM`, `±HH:MM` or `Z` is read.
    AnyOffset {
        /// Written with a colon.
        colon: bool,
    },
    /// `UTC`, `GMT`, `Z`, or a zone of the United States that RFC 2822 names, in any case. A numeric
    /// offset in the same text has precedence.
    ZoneName,
    /// Whole seconds since the Unix epoch. They have precedence over calendar and clock.
    Epoch,
}

/// A number of the calendar or the clock: which, how many digits, and how it is filled up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// What the number counts.
    pub field: Field,
    /// Fewest digits read.
    pub min: u8,
    /// Most digits read, and the width it is filled up to when written.
    pub max: u8,
    /// What it is filled up with.
    pub pad: Pad,
}

impl Number {
    /// A year as strftime's `%Y` has it: up to four digits, written with four.
    pub const YEAR: Self = Self { field: Field::Year, min: 1, max: 4, pad: Pad::Zero };
}

/// What a number in a pattern counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Year, 0 to 9999.
    Year,
    /// The last two digits of the year; below 69 in the 2000s unless the century is given.
    YearOfCentury,
    /// The first two digits of the year.
    Century,
    /// Month, 1 to 12.
    Month,
    /// Day of the month, from 1.
    Day,
    /// Day of the year, from 1. A month or day beside it must agree with it.
    DayOfYear,
    /// Hour, 0 to 23.
    Hour24,
    /// Hour, 1 to 12; without AM or PM in the pattern it is taken as it is.
    Hour12,
    /// Minute, 0 to 59.
    Minute,
    /// Second, 0 to 59.
    Second,
}

impl Field {
    const fn range(self) -> (u32, u32) {
        match self {
            Self::Year => (0, 9999),
            Self::YearOfCentury | Self::Century => (0, 99),
            Self::Month | Self::Hour12 => (1, 12),
            Self::Day => (1, 31),
            Self::DayOfYear => (1, 366),
            Self::Hour24 => (0, 23),
            Self::Minute | Self::Second => (0, 59),
        }
    }
}

/// What a number shorter than its width is filled up with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pad {
    /// Nothing.
    None,
    /// Zeros.
    Zero,
    /// Spaces, which may be missing when read.
    Space,
}

/// How many digits a fraction of a second has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FractionDigits {
    /// This many, at most 9.
    Exactly(u8),
    /// 1 to 9; as many are written as were read.
    OneToNine,
    /// None, mark and all, or any number, of which nine count; as many are written as were read.
    Optional,
}

/// The form of a numeric offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffsetForm {
    /// `±HH`
    Hours,
    /// `±HHMM`
    Minutes,
    /// `±HH:MM`
    ColonMinutes,
    /// `±HHMMSS`; the seconds must be zero.
    Seconds,
    /// `±HH:MM:SS`; the seconds must be zero.
    ColonSeconds,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// Names and minutes east of UTC (RFC 2822, section 4.3).
const ZONES: [(&str, i16); 11] = [
    ("UTC", 0),
    ("GMT", 0),
    ("Z", 0),
    ("EST", -300),
    ("EDT", -240),
    ("CST", -360),
    ("CDT", -300),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
];

/// What a timestamp keeps of a text that a pattern has read: the zone's name and the number of
/// digits in the fraction, four bits each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Detail {
    /// 1 for the first of [`ZONES`], 0 for none.
    zone: u8,
    fraction_digits: u8,
}

impl Detail {
    const fn pack(self) -> u8 {
        self.zone | self.fraction_digits << 4
    }

    const fn unpack(detail: u8) -> Self {
        Self { zone: detail & 15, fraction_digits: detail >> 4 }
    }

    fn zone(self) -> Option<(&'static str, i16)> {
        ZONES.get(usize::from(self.zone).checked_sub(1)?).copied()
    }
}
