//! The calendar: days counted from 1970-01-01 against year, month and day.
//!
//! Only the proleptic Gregorian years 0 to 9999 exist here, which is what RFC 3339 can write. The
//! year is taken to begin in March, so that the leap day is its last day and month lengths follow
//! one straight line; 400 years are added so that no step is negative.

/// Days in 400 years.
const ERA_DAYS: u32 = 146_097;

/// Days from -0400-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468 + ERA_DAYS as i64;

/// Seconds in a day.
pub(super) const DAY: i64 = 86_400;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) year: u32,
    pub(super) month: u32,
    pub(super) day: u32,
}

/// A wall clock's face, without a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DateTime {
    pub(super) date: Date,
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: u32,
}

impl Date {
    /// The date, if the calendar has it.
    pub(super) const fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        if year > 9999 || day == 0 || day > days_in_month(year, month) {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// The date of day `ordinal` (1 to 366) of the year.
    pub(super) fn from_day_of_year(year: u32, ordinal: u32) -> Option<Self> {
        let mut day = ordinal;
        for month in 1..=12 {
            let length = days_in_month(year, month);
            if day <= length {
                return Self::new(year, month, day);
            }
            day -= length;
        }
        None
    }

    /// The date that lies `days` days after 1970-01-01. The caller keeps to the years 0 to 9999.
    #[expect(clippy::cast_possible_truncation, reason = "the halves of a product of 64 bits")]
    pub(super) fn from_days(days: i64) -> Self {
        // Euclidean affine functions, after C. Neri and L. Schneider (2023): a division by 1461/4 or by 153/5 is a product and
        // a shift, and what it leaves is in the lower bits.
        let quarters = 4 * small(days + EPOCH) + 3;
        let (century, quarters) = (quarters / ERA_DAYS, (quarters % ERA_DAYS) | 3);
        let product = u64::from(quarters) * 2_939_745;
        let (year_of_century, below) = ((product >> 32) as u32, product as u32);
        let day_of_year = below / 2_939_745 / 4;
        // Months since March. From there on, five months always have 153 days.
        let product = day_of_year * 2_141 + 197_913;
        let (month, day) = (product >> 16, (product & 0xFFFF) / 2_141 + 1);
        let (month, carry) = if day_of_year < 306 { (month, 0) } else { (month - 12, 1) };
        Self { year: 100 * century + year_of_century + carry - 400, month, day }
    }

    /// Days since 1970-01-01.
    pub(super) fn days(self) -> i64 {
        let Self { year, month, day } = self;
        let (year, month) = if month > 2 { (year + 400, month - 3) } else { (year + 399, month + 9) };
        let (era, year_of_era) = (year / 400, year % 400);
        let day_of_year = (153 * month + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        i64::from(era * ERA_DAYS + day_of_era) - EPOCH
    }

    /// 1 for the first of January.
    pub(super) fn day_of_year(self) -> u32 {
        self.day + (1..self.month).map(|month| days_in_month(self.year, month)).sum::<u32>()
    }

    /// 0 for Sunday.
    pub(super) fn weekday(self) -> usize {
        // 1970-01-01 was a Thursday.
        small((self.days() + 4).rem_euclid(7)) as usize
    }
}

impl DateTime {
    /// What a clock in UTC shows `seconds` after the Unix epoch, within the years 0 to 9999.
    pub(super) fn from_unix(seconds: i64) -> Self {
        let second = small(seconds.rem_euclid(DAY));
        Self {
            date: Date::from_days(seconds.div_euclid(DAY)),
            hour: second / 3_600,
            minute: second / 60 % 60,
            second: second % 60,
        }
    }

    /// Seconds since the Unix epoch of a clock in UTC that shows this.
    pub(super) fn unix(self) -> i64 {
        self.date.days() * DAY + i64::from(self.hour * 3_600 + self.minute * 60 + self.second)
    }
}

/// 0 for a month that does not exist.
const fn days_in_month(year: u32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 0,
    }
}

const fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "callers pass a day of the years 0 to 9999 or a second of a day"
)]
const fn small(count: i64) -> u32 {
    count as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_ten_thousand_years_follows_the_day_before() {
        let mut days = Date { year: 0, month: 1, day: 1 }.days();
        assert_eq!(days, -719_528);
        for year in 0..=9999 {
            let mut ordinal = 0;
            for month in 1..=12 {
                for day in 1..=days_in_month(year, month) {
                    let date = Date { year, month, day };
                    ordinal += 1;
                    assert_eq!((date.days(), Date::from_days(days)), (days, date));
                    days += 1;
                }
            }
            assert_eq!(ordinal, if is_leap(year) { 366 } else { 365 });
        }
    }

    #[test]
    fn day_of_year_has_an_inverse() {
        for year in [1900, 2000, 2023, 2024] {
            for ordinal in 1..=365 + u32::from(is_leap(year)) {
                let date = Date::from_day_of_year(year, ordinal).unwrap();
                assert_eq!(date.day_of_year(), ordinal);
            }
        }
        assert_eq!(Date::from_day_of_year(2023, 366), None);
        assert_eq!(Date::from_day_of_year(2023, 0), None);
    }

    #[test]
    fn dates_outside_the_calendar_are_none() {
        for (year, month, day) in [(2021, 0, 1), (2021, 13, 1), (2021, 4, 31), (1900, 2, 29), (10_000, 1, 1)] {
            assert_eq!(Date::new(year, month, day), None, "{year}-{month}-{day}");
        }
        assert!(Date::new(2000, 2, 29).is_some());
    }

    #[test]
    fn weekdays() {
        assert_eq!(Date { year: 1970, month: 1, day: 1 }.weekday(), 4);
        assert_eq!(Date { year: 2021, month: 5, day: 28 }.weekday(), 5);
        assert_eq!(Date { year: 0, month: 1, day: 1 }.weekday(), 6);
    }
}
