//! Go layouts, compiled to the kernel's parts of time.
//!
//! A layout shows how Go's reference time, `Mon Jan 2 15:04:05 MST 2006`, would be written. Reading
//! follows what Go's package `time` documents for `Parse`, its latitude included: spaces match any
//! run of spaces, and a fraction may follow the seconds though the layout has none. It is stricter in
//! one thing: a zone abbreviation that is not known is refused, where Go makes up a zone at UTC and
//! so shifts the instant. A missing year is 1900, as in every format here.

use logwright::time::{Field, FractionDigits, Number, OffsetForm, Pad, Part};

use super::time_pattern::PatternError;

/// Compiles a Go layout, which is given without `layout=`.
///
/// # Errors
/// No element of the reference time; a fraction of more than nine digits.
///
/// ```
/// use logwright::time::{Pattern, TimeFormat, parse_text};
/// use logwright_codegen::lower::go_layout::compile;
///
/// let parts = compile("Jan _2, 2006 3:04pm -0700")?;
/// let time = parse_text(&[TimeFormat::Pattern(Pattern::new(&parts))], "May  8, 2021 6:39pm +0200").unwrap();
/// assert_eq!(time.to_string(), "2021-05-08T18:39:00+02:00");
/// # Ok::<(), logwright_codegen::lower::time_pattern::PatternError>(())
/// ```
pub fn compile(layout: &str) -> Result<Vec<Part<'_>>, PatternError> {
    let mut parts = Vec::new();
    let (mut at, mut literal) = (0, 0);
    while at < layout.len() {
        let rest = &layout[at..];
        if let Some((part, length)) = element(rest).or_else(|| fraction(rest)) {
            if matches!(part, Part::Fraction { digits: FractionDigits::Exactly(10..), .. }) {
                let message = "a fraction in the Go layout has more than nine digits; a time has \
                               nanoseconds, so write at most nine";
                return Err(PatternError { at, message: message.to_owned() });
            }
            push_literal(&layout[literal..at], &mut parts);
            parts.push(part);
            at += length;
            literal = at;
        } else {
            // `_2006` is an underline and a year, though it begins like `_2`.
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    push_literal(&layout[literal..], &mut parts);

    if parts.iter().all(|part| matches!(part, Part::Literal(_) | Part::Spaces(_))) {
        let message = "no element of Go's reference time in the layout; write how \
                       `Mon Jan 2 15:04:05 MST 2006` would look, such as `2006-01-02 15:04:05`";
        return Err(PatternError { at: 0, message: message.to_owned() });
    }
    allow_fraction_after_seconds(&mut parts);
    Ok(parts)
}

/// The element that the layout begins with, and its length. Longer ones stand first.
fn element(layout: &str) -> Option<(Part<'static>, usize)> {
    let (part, text) = ELEMENTS.iter().find(|(_, text)| layout.starts_with(text))?;
    let rest = &layout[text.len()..];
    let refused = match *text {
        // The beginning of a word, such as "Monitor" or "Janitor".
        "Jan" | "Mon" => rest.starts_with(|next: char| next.is_ascii_lowercase()),
        "_2" => rest.starts_with("006"),
        _ => false,
    };
    (!refused).then_some((*part, text.len()))
}

const ELEMENTS: &[(Part, &str)] = &[
    (Part::MonthName { long: true }, "January"),
    (Part::MonthName { long: false }, "Jan"),
    (Part::WeekdayName { long: true }, "Monday"),
    (Part::WeekdayName { long: false }, "Mon"),
    (Part::ZoneName, "MST"),
    (number(Field::DayOfYear, 3, 3, Pad::Zero), "002"),
    (number(Field::Month, 2, 2, Pad::Zero), "01"),
    (number(Field::Day, 2, 2, Pad::Zero), "02"),
    (number(Field::Hour12, 2, 2, Pad::Zero), "03"),
    (number(Field::Minute, 2, 2, Pad::Zero), "04"),
    (number(Field::Second, 2, 2, Pad::Zero), "05"),
    (number(Field::YearOfCentury, 2, 2, Pad::Zero), "06"),
    (number(Field::Hour24, 1, 2, Pad::Zero), "15"),
    (number(Field::Month, 1, 2, Pad::None), "1"),
    (number(Field::Year, 4, 4, Pad::Zero), "2006"),
    (number(Field::Day, 1, 2, Pad::None), "2"),
    (number(Field::DayOfYear, 1, 3, Pad::Space), "__2"),
    (number(Field::Day, 1, 2, Pad::Space), "_2"),
    (number(Field::Hour12, 1, 2, Pad::None), "3"),
    (number(Field::Minute, 1, 2, Pad::None), "4"),
    (number(Field::Second, 1, 2, Pad::None), "5"),
    (Part::Meridiem { lower: false, any_case: false }, "PM"),
    (Part::Meridiem { lower: true, any_case: false }, "pm"),
    (offset(OffsetForm::Seconds, true), "Z070000"),
    (offset(OffsetForm::ColonSeconds, true), "Z07:00:00"),
    (offset(OffsetForm::Minutes, true), "Z0700"),
    (offset(OffsetForm::ColonMinutes, true), "Z07:00"),
    (offset(OffsetForm::Hours, true), "Z07"),
    (offset(OffsetForm::Seconds, false), "-070000"),
    (offset(OffsetForm::ColonSeconds, false), "-07:00:00"),
    (offset(OffsetForm::Minutes, false), "-0700"),
    (offset(OffsetForm::ColonMinutes, false), "-07:00"),
    (offset(OffsetForm::Hours, false), "-07"),
];

const fn number(field: Field, min: u8, max: u8, pad: Pad) -> Part<'static> {
    Part::Number(Number { field, min, max, pad })
}

const fn offset(form: OffsetForm, z: bool) -> Part<'static> {
    Part::Offset { form, z }
}

/// `.000`, which needs as many digits, or `.999`, which takes what is there; with a comma alike.
fn fraction(layout: &str) -> Option<(Part<'static>, usize)> {
    let mut chars = layout.chars();
    let mark = chars.next().filter(|mark| matches!(mark, '.' | ','))?;
    let digit = chars.next().filter(|digit| matches!(digit, '0' | '9'))?;
    let rest = layout[1..].trim_start_matches(digit);
    if rest.starts_with(|next: char| next.is_ascii_digit()) {
        return None;
    }
    let count = layout.len() - rest.len() - 1;
    let digits = match digit {
        '0' => FractionDigits::Exactly(u8::try_from(count).unwrap_or(u8::MAX)),
        _ => FractionDigits::Optional,
    };
    Some((Part::Fraction { mark: Some(mark), digits }, 1 + count))
}

/// Text between elements, in runs of spaces and runs of all else.
fn push_literal<'p>(mut text: &'p str, parts: &mut Vec<Part<'p>>) {
    while !text.is_empty() {
        let spaces = text.len() - text.trim_start_matches(' ').len();
        if spaces > 0 {
            parts.push(Part::Spaces(&text[..spaces]));
            text = &text[spaces..];
        } else {
            let (literal, rest) = text.split_at(text.find(' ').unwrap_or(text.len()));
            parts.push(Part::Literal(literal));
            text = rest;
        }
    }
}

/// Lets a fraction follow each second, unless the next element is one.
fn allow_fraction_after_seconds(parts: &mut Vec<Part>) {
    let optional = Part::Fraction { mark: Some('.'), digits: FractionDigits::Optional };
    let mut at = 0;
    while at < parts.len() {
        let second = matches!(parts[at], Part::Number(Number { field: Field::Second, .. }));
        at += 1;
        let text = |part: &&Part| matches!(part, Part::Literal(_) | Part::Spaces(_));
        let next = parts[at..].iter().find(|part| !text(part));
        if second && !matches!(next, Some(Part::Fraction { .. })) {
            parts.insert(at, optional);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::time_pattern::has_year;
    use logwright::time::{Pattern, TimeFormat, parse_text};

    /// The time in RFC 3339, and written back by the layout.
    fn both(layout: &str, text: &str) -> Option<(String, String)> {
        let parts = compile(layout).unwrap();
        let formats = [TimeFormat::Pattern(Pattern::new(&parts))];
        let time = parse_text(&formats, text)?;
        let mut out = Vec::new();
        TimeFormat::write(&formats, &time, &mut out);
        Some((time.to_string(), String::from_utf8(out).unwrap().trim_matches('"').to_owned()))
    }

    #[test]
    fn the_layouts_that_go_names() {
        for (layout, text, time) in [
            ("01/02 03:04:05PM '06 -0700", "05/28 06:39:50PM '21 +0200", "2021-05-28T18:39:50+02:00"),
            ("Mon Jan _2 15:04:05 2006", "Sat May  8 18:39:50 2021", "2021-05-08T18:39:50Z"),
            ("Mon Jan _2 15:04:05 MST 2006", "Fri May 28 18:39:50 PDT 2021", "2021-05-28T18:39:50-07:00"),
            ("Mon Jan 02 15:04:05 -0700 2006", "Fri May 28 18:39:50 -0700 2021", "2021-05-28T18:39:50-07:00"),
            ("02 Jan 06 15:04 MST", "28 May 21 18:39 UTC", "2021-05-28T18:39:00Z"),
            ("02 Jan 06 15:04 -0700", "28 May 21 18:39 +0545", "2021-05-28T18:39:00+05:45"),
            ("Monday, 02-Jan-06 15:04:05 MST", "Friday, 28-May-21 18:39:50 GMT", "2021-05-28T18:39:50Z"),
            ("Mon, 02 Jan 2006 15:04:05 MST", "Fri, 28 May 2021 18:39:50 EST", "2021-05-28T18:39:50-05:00"),
            ("2006-01-02T15:04:05Z07:00", "2021-05-28T18:39:50Z", "2021-05-28T18:39:50Z"),
            ("2006-01-02T15:04:05.999999999Z07:00", "2021-05-28T18:39:50.12+02:00", "2021-05-28T18:39:50.12+02:00"),
            ("3:04PM", "6:39PM", "1900-01-01T18:39:00Z"),
            ("Jan _2 15:04:05.000000", "May 28 18:39:50.120000", "1900-05-28T18:39:50.12Z"),
            ("2006-01-02 15:04:05", "2021-05-28 18:39:50", "2021-05-28T18:39:50Z"),
        ] {
            assert_eq!(both(layout, text), Some((time.to_owned(), text.to_owned())), "{layout}");
        }
    }

    #[test]
    fn the_other_elements() {
        for (layout, text, time) in [
            ("2006 002", "2021 148", "2021-05-28T00:00:00Z"),
            ("2006 __2", "2021   8", "2021-01-08T00:00:00Z"),
            ("January 2, 2006 3:4:5 pm", "May 8, 2021 6:3:1 am", "2021-05-08T06:03:01Z"),
            ("2006_01_02", "2021_05_28", "2021-05-28T00:00:00Z"),
            ("_2006", "_2021", "2021-01-01T00:00:00Z"),
            ("1/2/06 15h", "5/8/21 18h", "2021-05-08T18:00:00Z"),
            ("2006-01-02T15Z07", "2021-05-28T18+02", "2021-05-28T18:00:00+02:00"),
            ("2006-01-02T15Z0700", "2021-05-28T18+0230", "2021-05-28T18:00:00+02:30"),
            ("2006-01-02T15Z070000", "2021-05-28T18-023000", "2021-05-28T18:00:00-02:30"),
            ("2006-01-02T15-07:00:00", "2021-05-28T18+02:30:00", "2021-05-28T18:00:00+02:30"),
            ("2006-01-02T15-07", "2021-05-28T18-11", "2021-05-28T18:00:00-11:00"),
            ("2006-01-02T15-07:00", "2021-05-28T18+00:00", "2021-05-28T18:00:00Z"),
            ("2006-01-02T15:04:05,000", "2021-05-28T18:39:50,007", "2021-05-28T18:39:50.007Z"),
            ("Monitor 2006 é", "Monitor 2021 é", "2021-01-01T00:00:00Z"),
        ] {
            assert_eq!(both(layout, text), Some((time.to_owned(), text.to_owned())), "{layout}");
        }
    }

    #[test]
    fn reading_has_the_latitude_of_go() {
        for (layout, text, time) in [
            ("15:04:05", "18:39:50.25", "1900-01-01T18:39:50.25Z"),
            ("15:04:05 2006", "18:39:50,25 2021", "2021-01-01T18:39:50.25Z"),
            ("15:04:05.999", "18:39:50.1234567899", "1900-01-01T18:39:50.123456789Z"),
            ("15:04:05.999", "18:39:50", "1900-01-01T18:39:50Z"),
            ("15:04", "6:39", "1900-01-01T06:39:00Z"),
            ("Jan 2 2006", "MAY   8  2021", "2021-05-08T00:00:00Z"),
            ("Jan  2", "May 8", "1900-05-08T00:00:00Z"),
        ] {
            assert_eq!(both(layout, text).map(|both| both.0).as_deref(), Some(time), "{layout}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for (layout, text) in [
            ("2006-01-02", "2021-5-8"),
            ("2006-01-02", "21-05-08"),
            ("2006-01-02", "2021-02-30"),
            ("2006 002", "2021 48"),
            ("15:04:05", "18:39:5"),
            ("15:04:05.000", "18:39:50.12"),
            ("15:04:05.000", "18:39:50.1234"),
            ("15:04:05.000", "18:39:50"),
            ("15:04:05", "18:39:50."),
            ("3PM", "6pm"),
            ("3pm", "6PM"),
            ("15 MST", "18 XYZ"),
            ("15 Z07:00", "18 z"),
            ("15 -07:00", "18 Z"),
            ("15-07:00:00", "18+02:30:15"),
            ("Jan 2", "May8"),
            ("2006 ", "2021 x"),
        ] {
            assert_eq!(both(layout, text), None, "{layout} on {text}");
        }
    }

    #[test]
    fn errors_tell_their_place() {
        for (layout, at, says) in [
            ("", 0, "no element"),
            ("YYYY-MM-DD", 0, "no element"),
            ("  ", 0, "no element"),
            ("15:04:05.0000000000", 8, "more than nine"),
        ] {
            let error = compile(layout).unwrap_err();
            assert_eq!(error.at, at, "{layout}");
            assert!(error.message.contains(says), "{error}");
        }
    }

    #[test]
    fn years() {
        assert!(has_year(&compile("2006-01-02").unwrap()));
        assert!(has_year(&compile("02 Jan 06").unwrap()));
        assert!(!has_year(&compile("Jan _2 15:04:05").unwrap()));
    }
}
