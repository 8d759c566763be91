//! Time as logs write it: read in any declared format, kept exactly, and written back.
//!
//! A schema's field names one or several [`TimeFormat`]s. The first that takes the text or number
//! wins, and the [`Timestamp`] remembers which it was, so that [`TimeFormat::write`] can give the
//! time back in its own form. The formats are plain `const` data: a strftime pattern or a Go layout
//! is compiled to a list of [`Part`]s before it gets here, and nothing is compiled when events run.
//!
//! What it does not do: time zones with rules, leap seconds, years beyond 9999.

mod civil;
mod digits;
mod pattern;
mod rfc3339;
mod timestamp;
mod unix;

pub(crate) use digits::{decimal, digits, write_decimal};
pub use pattern::{Field, FractionDigits, Number, OffsetForm, Pad, Part, Pattern};
pub(crate) use rfc3339::QUOTED_LAKE;
pub use timestamp::{NotRfc3339, Timestamp};

use unix::{Notation, Unit};

/// How a time is written in a log.
///
/// ```
/// use logwright::time::{TimeFormat, parse_number, parse_text};
///
/// const FORMATS: &[TimeFormat] = &[TimeFormat::Rfc3339, TimeFormat::UnixMs];
/// let text = parse_text(FORMATS, "2021-05-28T20:39:50+02:00").unwrap();
/// let number = parse_number(FORMATS, "1622227190000").unwrap();
/// assert_eq!(text, number);
///
/// let mut json = Vec::new();
/// TimeFormat::write(FORMATS, &text, &mut json);
/// json.push(b' ');
/// TimeFormat::write(FORMATS, &number, &mut json);
/// assert_eq!(json, br#""2021-05-28T20:39:50+02:00" 1622227190000"#);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeFormat<'p> {
    /// RFC 3339 in upper case, with a zone: `2021-05-28T18:39:50.123Z`.
    Rfc3339,
    /// Seconds since the Unix epoch, with a fraction.
    Unix,
    /// Whole milliseconds since the Unix epoch.
    UnixMs,
    /// Whole microseconds since the Unix epoch.
    UnixUs,
    /// Whole nanoseconds since the Unix epoch.
    UnixNs,
    /// A number whose size tells its unit: below 1e11 seconds, below 1e14 milliseconds, below 1e17
    /// microseconds, else nanoseconds.
    UnixAuto,
    /// Cloudflare's three forms: RFC 3339 text, or a whole number of seconds below 60,000,000,000,
    /// else of nanoseconds.
    Cloudflare,
    /// A compiled strftime pattern or Go layout.
    Pattern(Pattern<'p>),
}

/// The time in a JSON string, by the first of the formats that takes it.
///
/// At most 255 formats count.
pub fn parse_text(formats: &[TimeFormat], text: &str) -> Option<Timestamp> {
    first(formats, |format| match format {
        TimeFormat::Rfc3339 | TimeFormat::Cloudflare => rfc3339::parse(text.as_bytes()),
        TimeFormat::Unix => unix::parse_seconds(text, Notation::Text),
        TimeFormat::UnixMs => unix::parse_integer(text, Unit::Millis),
        TimeFormat::UnixUs => unix::parse_integer(text, Unit::Micros),
        TimeFormat::UnixNs => unix::parse_integer(text, Unit::Nanos),
        TimeFormat::UnixAuto => unix::parse_auto(text, Notation::Text),
        TimeFormat::Pattern(pattern) => pattern::parse(pattern, text),
    })
}

/// The time in a JSON number, by the first of the formats that takes it.
///
/// `token` is the number as the log wrote it; digits, fraction and exponent of any length are exact.
/// At most 255 formats count.
pub fn parse_number(formats: &[TimeFormat], token: &str) -> Option<Timestamp> {
    first(formats, |format| match format {
        TimeFormat::Unix => unix::parse_seconds(token, Notation::Number),
        TimeFormat::UnixMs => unix::parse_integer(token, Unit::Millis),
        TimeFormat::UnixUs => unix::parse_integer(token, Unit::Micros),
        TimeFormat::UnixNs => unix::parse_integer(token, Unit::Nanos),
        TimeFormat::UnixAuto => unix::parse_auto(token, Notation::Number),
        TimeFormat::Cloudflare => unix::parse_cloudflare(token),
        TimeFormat::Rfc3339 | TimeFormat::Pattern(_) => None,
    })
}

impl TimeFormat<'_> {
    /// Writes the time as a JSON value, in the format of the list that it was read by.
    ///
    /// A time that was not read by this list is written in the list's first format.
    pub fn write(formats: &[TimeFormat], time: &Timestamp, out: &mut Vec<u8>) {
        let format = formats.get(usize::from(time.format())).or(formats.first());
        match format {
            Some(TimeFormat::Unix) => unix::write_decimal(time, Unit::Seconds, out),
            Some(TimeFormat::UnixMs) => unix::write_integer(time, Unit::Millis, out),
            Some(TimeFormat::UnixUs) => unix::write_integer(time, Unit::Micros, out),
            Some(TimeFormat::UnixNs) => unix::write_integer(time, Unit::Nanos, out),
            Some(TimeFormat::UnixAuto) => {
                let unit = Unit::from_detail(time.detail()).unwrap_or(Unit::Seconds);
                unix::write_decimal(time, unit, out);
            }
            Some(TimeFormat::Cloudflare) => match Unit::from_detail(time.detail()) {
                Some(unit) => unix::write_integer(time, unit, out),
                None => quoted(out, |out| time.write_rfc3339(out)),
            },
            Some(TimeFormat::Pattern(pattern)) => quoted(out, |out| pattern::write(pattern.parts(), time, out)),
            Some(TimeFormat::Rfc3339) | None => quoted(out, |out| time.write_rfc3339(out)),
        }
    }

    /// What the format takes, as an error message says it after "expected".
    pub const fn describe(&self) -> &'static str {
        match self {
            Self::Rfc3339 => "an RFC 3339 time",
            Self::Unix => "Unix seconds",
            Self::UnixMs => "Unix milliseconds",
            Self::UnixUs => "Unix microseconds",
            Self::UnixNs => "Unix nanoseconds",
            Self::UnixAuto => "Unix seconds, milliseconds, microseconds or nanoseconds",
            Self::Cloudflare => "an RFC 3339 time, Unix seconds or Unix nanoseconds",
            Self::Pattern(_) => "a time in the schema's pattern",
        }
    }
}

fn first<'p>(formats: &[TimeFormat<'p>], parse: impl Fn(&TimeFormat<'p>) -> Option<Timestamp>) -> Option<Timestamp> {
    (0..u8::MAX).zip(formats).find_map(|(index, format)| Some(parse(format)?.read_by(index)))
}

/// Writes by `write` what stands between two quotes.
pub(crate) fn quoted(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    out.push(b'"');
    write(out);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [TimeFormat; 8] = [
        TimeFormat::Rfc3339,
        TimeFormat::Unix,
        TimeFormat::UnixMs,
        TimeFormat::UnixUs,
        TimeFormat::UnixNs,
        TimeFormat::UnixAuto,
        TimeFormat::Cloudflare,
        TimeFormat::Pattern(Pattern::new(&[Part::Literal("T\"\\\n"), Part::Number(Number::YEAR)])),
    ];

    fn json(formats: &[TimeFormat], time: Timestamp) -> String {
        let mut out = Vec::new();
        TimeFormat::write(formats, &time, &mut out);
        String::from_utf8(out).unwrap()
    }

    fn text(format: TimeFormat, text: &str) -> Option<String> {
        parse_text(&[format], text).map(|time| json(&[format], time))
    }

    fn number(format: TimeFormat, token: &str) -> Option<String> {
        parse_number(&[format], token).map(|time| json(&[format], time))
    }

    #[test]
    fn each_format_writes_what_it_read() {
        for (index, input, output) in [
            (0, "2021-05-28T18:39:50.120+02:00", "\"2021-05-28T18:39:50.12+02:00\""),
            (1, "1622227190.500", "1622227190.5"),
            (2, "1622227190123", "1622227190123"),
            (3, "-1622227190123456", "-1622227190123456"),
            (4, "+01622227190123456789", "1622227190123456789"),
            (5, "1622227190123.5", "1622227190123.5"),
            (6, "2021-05-28T18:39:50Z", "\"2021-05-28T18:39:50Z\""),
            (7, "T\"\\\n2021", "\"T\\\"\\\\\\n2021\""),
        ] {
            assert_eq!(text(ALL[index], input).as_deref(), Some(output));
        }
    }

    #[test]
    fn numbers_go_to_the_formats_that_take_numbers() {
        for (index, input, output) in [
            (0, "1622227190", None),
            (1, "1.5e0", Some("1.5")),
            (2, "1622227190123", Some("1622227190123")),
            (2, "1622227190123.0", None),
            (3, "1e3", None),
            (4, "-1", Some("-1")),
            (5, "1.622227190123e12", Some("1622227190123")),
            (6, "1622227190", Some("1622227190")),
            (6, "1622227190000000001", Some("1622227190000000001")),
            (6, "1622227190.5", None),
            (7, "2021", None),
        ] {
            assert_eq!(number(ALL[index], input).as_deref(), output, "{index} {input}");
        }
    }

    #[test]
    fn the_first_format_that_takes_it_wins_and_is_remembered() {
        let formats = [TimeFormat::Rfc3339, TimeFormat::UnixMs, TimeFormat::Unix];
        for (input, output) in
            [("2021-05-28T18:39:50Z", "\"2021-05-28T18:39:50Z\""), ("1500", "1500"), ("1500.25", "1500.25")]
        {
            assert_eq!(json(&formats, parse_text(&formats, input).unwrap()), output);
        }
        assert_eq!(parse_text(&formats, "yesterday"), None);
        assert_eq!(parse_text(&[], "1500"), None);
    }

    #[test]
    fn a_time_of_other_origin_takes_the_first_format() {
        let time = Timestamp::from_unix(1, 500_000_000).unwrap();
        let written = ALL.map(|format| json(&[format], time));
        assert_eq!(
            written,
            [
                "\"1970-01-01T00:00:01.5Z\"",
                "1.5",
                "1500",
                "1500000",
                "1500000000",
                "1.5",
                "\"1970-01-01T00:00:01.5Z\"",
                "\"T\\\"\\\\\\n1970\"",
            ]
        );
        assert_eq!(json(&[], time), "\"1970-01-01T00:00:01.5Z\"");
        assert_eq!(json(&ALL[1..2], time.read_by(9)), "1.5");
    }

    #[test]
    fn every_format_says_what_it_expects() {
        let mut phrases = ALL.map(|format| format.describe()).to_vec();
        phrases.sort_unstable();
        phrases.dedup();
        assert_eq!(phrases.len(), ALL.len());
    }
}
