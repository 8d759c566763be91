//! strftime patterns, compiled to the kernel's parts of time.
//!
//! Composite directives are spelled out here, so that the kernel, which runs for every event, knows
//! only simple parts. What the pattern says wrongly is told here too, at its place, and never when
//! events run.

use std::fmt;

use logwright::time::{Field, FractionDigits, Number, Pad, Part};

/// Why a strftime pattern or a Go layout cannot be compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// Byte offset in the pattern.
    pub at: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at byte {})", self.message, self.at)
    }
}

impl std::error::Error for PatternError {}

/// Compiles a strftime pattern.
///
/// # Errors
/// A directive that the language does not have, a `%` at the end, no directive at all.
///
/// ```
/// use logwright::time::{Pattern, TimeFormat, parse_text};
/// use logwright_codegen::lower::time_pattern::compile;
///
/// let parts = compile("%d/%b/%Y:%T %z")?;
/// let time = parse_text(&[TimeFormat::Pattern(Pattern::new(&parts))], "28/May/2021:18:39:50 +0200").unwrap();
/// assert_eq!(time.to_string(), "2021-05-28T18:39:50+02:00");
///
/// assert_eq!(compile("%Y-%Q").unwrap_err().at, 3);
/// # Ok::<(), logwright_codegen::lower::time_pattern::PatternError>(())
/// ```
pub fn compile(pattern: &str) -> Result<Vec<Part<'_>>, PatternError> {
    let mut parts = Vec::new();
    expand(pattern, &mut parts)?;
    if parts.iter().all(|part| matches!(part, Part::Literal(_))) {
        let message = "no directive in the time pattern; a strftime pattern needs at least one, \
                       such as `%Y`, and a Go layout begins with `layout=`";
        return Err(PatternError { at: 0, message: message.to_owned() });
    }
    Ok(parts)
}

/// Whether the parts tell the year. A time without one falls in 1900.
pub fn has_year(parts: &[Part]) -> bool {
    parts.iter().any(|part| match part {
        Part::Epoch => true,
        Part::Number(number) => {
            matches!(number.field, Field::Year | Field::YearOfCentury | Field::Century)
        }
        _ => false,
    })
}

fn expand<'p>(pattern: &'p str, parts: &mut Vec<Part<'p>>) -> Result<(), PatternError> {
    let mut at = 0;
    while at < pattern.len() {
        let rest = &pattern[at..];
        let Some(behind) = rest.strip_prefix('%') else {
            let end = rest.find('%').unwrap_or(rest.len());
            parts.push(Part::Literal(&rest[..end]));
            at += end;
            continue;
        };
        let Some(directive) = behind.chars().next() else {
            let message = "`%` at the end of the time pattern; write `%%` for a percent sign";
            return Err(PatternError { at, message: message.to_owned() });
        };
        if let Some(spelled_out) = composite(directive) {
            expand(spelled_out, parts)?;
        } else if directive == '+' {
            // RFC 3339, a little wider: the one directive whose parts have none of their own.
            expand("%Y-%m-%dT%H:%M:%S", parts)?;
            parts.push(Part::Fraction { mark: Some('.'), digits: FractionDigits::Optional });
            parts.push(Part::AnyOffset { colon: true });
        } else if let Some(part) = simple(directive) {
            parts.push(part);
        } else {
            return Err(PatternError { at, message: unsupported(directive) });
        }
        at += 1 + directive.len_utf8();
    }
    Ok(())
}

/// What a directive for several parts stands for.
const fn composite(directive: char) -> Option<&'static str> {
    Some(match directive {
        'c' => "%a %b %e %H:%M:%S %Y",
        'D' | 'x' => "%m/%d/%y",
        'F' => "%Y-%m-%d",
        'r' => "%I:%M:%S %p",
        'R' => "%H:%M",
        'T' | 'X' => "%H:%M:%S",
        'v' => "%e-%b-%Y",
        _ => return None,
    })
}

const fn simple<'p>(directive: char) -> Option<Part<'p>> {
    Some(match directive {
        'Y' => Part::Number(Number::YEAR),
        'y' => number(Field::YearOfCentury, 2, Pad::Zero),
        'C' => number(Field::Century, 2, Pad::Zero),
        'm' => number(Field::Month, 2, Pad::Zero),
        'B' => Part::MonthName { long: true },
        'b' | 'h' => Part::MonthName { long: false },
        'd' => number(Field::Day, 2, Pad::Zero),
        'e' => number(Field::Day, 2, Pad::Space),
        'j' => number(Field::DayOfYear, 3, Pad::Zero),
        'A' => Part::WeekdayName { long: true },
        'a' => Part::WeekdayName { long: false },
        'H' => number(Field::Hour24, 2, Pad::Zero),
        'k' => number(Field::Hour24, 2, Pad::Space),
        'I' => number(Field::Hour12, 2, Pad::Zero),
        'l' => number(Field::Hour12, 2, Pad::Space),
        'p' => Part::Meridiem { lower: false, any_case: true },
        'P' => Part::Meridiem { lower: true, any_case: true },
        'M' => number(Field::Minute, 2, Pad::Zero),
        'S' => number(Field::Second, 2, Pad::Zero),
        's' => Part::Epoch,
        'f' | 'N' => Part::Fraction { mark: None, digits: FractionDigits::OneToNine },
        'L' => Part::Fraction { mark: None, digits: FractionDigits::Exactly(3) },
        'z' => Part::AnyOffset { colon: false },
        'Z' => Part::ZoneName,
        't' => Part::Literal("\t"),
        'n' => Part::Literal("\n"),
        '%' => Part::Literal("%"),
        _ => return None,
    })
}

const fn number<'p>(field: Field, max: u8, pad: Pad) -> Part<'p> {
    Part::Number(Number { field, min: 1, max, pad })
}

fn unsupported(directive: char) -> String {
    let advice = match directive {
        '-' | '_' | '0' | '^' | '#' => {
            "flags are not needed: numbers are read with and without leading zeros, names in any case"
        }
        ':' => "write `%z`, which reads offsets with and without a colon",
        '.' | '1'..='9' => "write `.%f`, which reads 1 to 9 digits of a fraction",
        'E' | 'O' => "leave the letter out: names and digits are English",
        'G' | 'g' | 'V' | 'u' | 'U' | 'W' | 'w' => "a week cannot tell a date; write `%j` or `%m` and `%d`",
        _ => {
            "known are %Y %y %C %m %B %b %h %d %e %j %A %a %H %k %I %l %p %P %M %S %s %f %N %L %z %Z \
             %t %n %% and %c %F %D %x %T %X %r %R %v %+"
        }
    };
    format!("unsupported directive `%{}` in the time pattern; {advice}", directive.escape_debug())
}

#[cfg(test)]
mod tests {
    use super::*;
    use logwright::time::{Pattern, TimeFormat, Timestamp, parse_text};

    fn parse(pattern: &str, text: &str) -> Option<Timestamp> {
        let parts = compile(pattern).unwrap();
        parse_text(&[TimeFormat::Pattern(Pattern::new(&parts))], text)
    }

    /// The time in RFC 3339, and written back by the pattern.
    fn both(pattern: &str, text: &str) -> (String, String) {
        let parts = compile(pattern).unwrap();
        let formats = [TimeFormat::Pattern(Pattern::new(&parts))];
        let time = parse_text(&formats, text).unwrap_or_else(|| panic!("{pattern} on {text}"));
        let mut out = Vec::new();
        TimeFormat::write(&formats, &time, &mut out);
        (time.to_string(), String::from_utf8(out).unwrap().trim_matches('"').to_owned())
    }

    #[test]
    fn every_directive_reads_and_writes_back() {
        for (pattern, text, time) in [
            ("%Y-%m-%d %H:%M:%S", "2021-05-28 18:39:50", "2021-05-28T18:39:50Z"),
            ("%Y%m%d%H%M%S", "20210528183950", "2021-05-28T18:39:50Z"),
            ("%d/%b/%Y:%T %z", "28/May/2021:18:39:50 -0730", "2021-05-28T18:39:50-07:30"),
            ("%A, %d %B %Y", "Friday, 28 May 2021", "2021-05-28T00:00:00Z"),
            ("%a %h %e %k:%M %Y", "Sat May  8  9:05 2021", "2021-05-08T09:05:00Z"),
            ("%c", "Fri May 28 18:39:50 2021", "2021-05-28T18:39:50Z"),
            ("%D %r", "05/28/21 06:39:50 PM", "2021-05-28T18:39:50Z"),
            ("%x %X", "05/28/69 18:39:50", "1969-05-28T18:39:50Z"),
            ("%F %R", "2021-05-28 18:39", "2021-05-28T18:39:00Z"),
            ("%F %l:%M %P", "2021-05-28 12:39 am", "2021-05-28T00:39:00Z"),
            ("%F %I %p", "2021-05-28 12 PM", "2021-05-28T12:00:00Z"),
            ("%v", " 8-May-2021", "2021-05-08T00:00:00Z"),
            ("%C%y-%j", "2024-366", "2024-12-31T00:00:00Z"),
            ("%s", "1622227190", "2021-05-28T18:39:50Z"),
            ("%s.%f", "-1.250", "1969-12-31T23:59:59.25Z"),
            ("%s.%L", "1622227190.007", "2021-05-28T18:39:50.007Z"),
            ("%s %z", "0 +0100", "1970-01-01T01:00:00+01:00"),
            ("%FT%T.%N", "2021-05-28T18:39:50.1200", "2021-05-28T18:39:50.12Z"),
            ("%F %T %Z", "2021-07-28 18:39:50 PDT", "2021-07-28T18:39:50-07:00"),
            ("%F %T %Z", "2021-07-28 18:39:50 GMT", "2021-07-28T18:39:50Z"),
            ("%F %T %z (%Z)", "2021-07-28 18:39:50 -0400 (EDT)", "2021-07-28T18:39:50-04:00"),
            ("%+", "2021-05-28T18:39:50.120+05:30", "2021-05-28T18:39:50.12+05:30"),
            ("%+", "2021-05-28T18:39:50+00:00", "2021-05-28T18:39:50Z"),
            ("100%% %Y é", "100% 2021 é", "2021-01-01T00:00:00Z"),
            ("%H:%M", "18:39", "1900-01-01T18:39:00Z"),
        ] {
            assert_eq!(both(pattern, text), (time.to_owned(), text.to_owned()), "{pattern}");
        }
        let (time, json) = both("%Y%t%m%n", "2021\t05\n");
        assert_eq!((&*time, &*json), ("2021-05-01T00:00:00Z", "2021\\t05\\n"));
    }

    #[test]
    fn reading_is_wider_than_writing() {
        for (pattern, text, written) in [
            ("%Y-%m-%d %H:%M:%S", "2021-5-8 6:3:1", "2021-05-08 06:03:01"),
            ("%e %b %Y", "8 MAY 2021", " 8 May 2021"),
            ("%A %d %B %Y", "friDAY 28 mAy 2021", "Friday 28 May 2021"),
            ("%F %I%p", "2021-05-28 6pm", "2021-05-28 06PM"),
            ("%F %T%z", "2021-05-28 18:39:50Z", "2021-05-28 18:39:50+0000"),
            ("%F %T%z", "2021-05-28 18:39:50+02:00", "2021-05-28 18:39:50+0200"),
            ("%+", "2021-05-28T18:39:50Z", "2021-05-28T18:39:50+00:00"),
            ("%+", "2021-05-28T18:39:50,5Z", "2021-05-28T18:39:50.5+00:00"),
            ("%F %T %Z", "2021-05-28 18:39:50 cst", "2021-05-28 18:39:50 CST"),
            // The weekday is not checked.
            ("%a %F", "Mon 2021-05-28", "Fri 2021-05-28"),
        ] {
            assert_eq!(both(pattern, text).1, written, "{pattern}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for (pattern, text) in [
            ("%F", "2021-05-28 "),
            ("%F", " 2021-05-28"),
            ("%F", "2021/05/28"),
            ("%F", "2021-13-01"),
            ("%F", "2021-00-01"),
            ("%F", "2021-02-29"),
            ("%F", "20211-01-01"),
            ("%F %T", "2021-05-28 24:00:00"),
            ("%F %T", "2021-05-28 18:60:00"),
            ("%F %T", "2021-05-28 18:39:60"),
            ("%F %I", "2021-05-28 13"),
            ("%F %I", "2021-05-28 00"),
            ("%F %I %p", "2021-05-28 06 XM"),
            ("%F %Z", "2021-05-28 CET"),
            ("%F %Z", "2021-05-28 ESTX"),
            ("%F %z", "2021-05-28 +01"),
            ("%F %z", "2021-05-28 +2400"),
            ("%F %z", "2021-05-28 0100"),
            ("%T.%f", "18:39:50."),
            ("%T.%f", "18:39:50.1234567890"),
            ("%T.%L", "18:39:50.12"),
            ("%Y %j", "2023 366"),
            ("%Y %j", "2023 0"),
            ("%F %j", "2023-02-01 031"),
            ("%b %Y", "May2021"),
            ("%b %Y", "M 2021"),
            ("%B %Y", "Dec 2021"),
            ("%s", "253402300800"),
            ("%s", "99999999999999999999999"),
            ("%s", "-"),
            ("%F %R%z", "9999-12-31 23:59-0001"),
            ("%Y", ""),
            ("é%Y", "è2021"),
        ] {
            assert_eq!(parse(pattern, text), None, "{pattern} on {text}");
        }
    }

    #[test]
    fn the_century_turns_at_sixty_nine() {
        for (text, year) in [("68", 2068), ("69", 1969), ("00", 2000), ("99", 1999)] {
            assert!(parse("%y", text).unwrap().to_string().starts_with(&year.to_string()));
        }
    }

    #[test]
    fn a_time_from_elsewhere_is_written_in_utc_where_the_zone_is_not_told() {
        let time: Timestamp = "2021-05-28T18:39:50.5+02:00".parse().unwrap();
        for (pattern, expected) in [
            ("%F %T", "\"2021-05-28 16:39:50\""),
            ("%F %T %Z", "\"2021-05-28 16:39:50 UTC\""),
            ("%T.%f %z", "\"18:39:50.5 +0200\""),
            ("%s", "\"1622219990\""),
        ] {
            let parts = compile(pattern).unwrap();
            let mut out = Vec::new();
            TimeFormat::write(&[TimeFormat::Pattern(Pattern::new(&parts))], &time, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }

    #[test]
    fn errors_tell_their_place() {
        for (pattern, at, says) in [
            ("", 0, "no directive"),
            ("rfc3399", 0, "no directive"),
            ("100%%", 0, "no directive"),
            ("%Y-%", 3, "end of the time pattern"),
            ("é%Q", 2, "`%Q`"),
            ("%é", 0, "`%é`"),
            ("%-d", 0, "flags"),
            ("%T%:z", 2, "`%z`"),
            ("%T%.f", 2, "`.%f`"),
            ("%G", 0, "week"),
        ] {
            let error = compile(pattern).unwrap_err();
            assert_eq!(error.at, at, "{pattern}");
            assert!(error.to_string().contains(says), "{error}");
        }
    }

    #[test]
    fn years() {
        for (pattern, expected) in [("%F", true), ("%y", true), ("%C", true), ("%s", true), ("%b %d %T", false)] {
            assert_eq!(has_year(&compile(pattern).unwrap()), expected, "{pattern}");
        }
    }
}
