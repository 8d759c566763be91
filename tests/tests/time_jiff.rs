//! The kernel's time against jiff: two programs that were written apart must agree on the calendar,
//! on RFC 3339, on Unix units and on strftime.
//!
//! Where they differ by intent, the test says so: the kernel refuses second 60, which jiff reads as
//! 59; it takes offsets to 23:59, jiff to 25:59, for which jiff gives up the last day of 9999.

use jiff::civil::{Date, date};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Zoned};
use logwright::time::{Pattern, TimeFormat, Timestamp, parse_number, parse_text};
use logwright_codegen::lower::time_pattern::compile;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// 0000-01-02T00:00:00Z to 9999-12-29T23:59:59Z: any offset keeps the years 0 to 9999.
const SECONDS: std::ops::Range<i64> = -62_167_132_800..253_402_128_000;

/// The same cases in every run.
fn config() -> ProptestConfig {
    ProptestConfig { rng_seed: RngSeed::Fixed(20_210_528), failure_persistence: None, ..ProptestConfig::default() }
}

fn instants() -> impl Strategy<Value = (i64, u32)> {
    let nanos = prop_oneof![Just(0), (0..1_000_u32).prop_map(|ms| ms * 1_000_000), 0..1_000_000_000_u32];
    (SECONDS, nanos)
}

fn ours((seconds, nanos): (i64, u32)) -> Timestamp {
    Timestamp::from_unix(seconds, nanos).unwrap()
}

fn theirs((seconds, nanos): (i64, u32)) -> jiff::Timestamp {
    jiff::Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds) + SignedDuration::from_nanos(nanos.into())
}

fn offset(minutes: i32) -> Offset {
    Offset::from_seconds(minutes * 60).unwrap()
}

/// The time in jiff's and in the kernel's types, if they name the same instant.
fn same(ours: Timestamp, theirs: jiff::Timestamp) -> bool {
    let total = i128::from(ours.unix_seconds()) * 1_000_000_000 + i128::from(ours.subsec_nanos());
    total == theirs.as_nanosecond()
}

/// What the kernel writes in the format, without the quotes of JSON.
fn written(formats: &[TimeFormat], time: &Timestamp) -> String {
    let mut out = Vec::new();
    TimeFormat::write(formats, time, &mut out);
    String::from_utf8(out).unwrap().trim_matches('"').to_owned()
}

#[test]
fn the_calendars_agree_from_year_0_to_9999() {
    let day = |date: Date| {
        let seconds = date.to_zoned(TimeZone::UTC).unwrap().timestamp().as_second();
        let text = format!("{date}T00:00:00Z");
        assert_eq!(Timestamp::from_unix(seconds, 0).unwrap().to_string(), text);
        assert_eq!(text.parse::<Timestamp>().unwrap().unix_seconds(), seconds);
    };
    for year in 0..=9998 {
        for (month, last) in [(1, 31), (2, date(year, 2, 1).days_in_month()), (3, 31), (12, 31)] {
            day(date(year, month, 1));
            day(date(year, month, last));
        }
    }
    let mut each = date(1, 1, 1);
    while each.year() < 9999 {
        day(each);
        each += SignedDuration::from_hours(24 * 37);
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn rfc3339_is_written_alike(instant in instants(), minutes in -1439..=1439_i32) {
        let (time, expected) = (ours(instant), theirs(instant));
        prop_assert_eq!(time.to_string(), expected.to_string());

        let text = expected.display_with_offset(offset(minutes)).to_string();
        let read: Timestamp = text.parse().unwrap();
        prop_assert_eq!(read, time);
        prop_assert_eq!(i32::from(read.offset_minutes()), minutes);
        prop_assert_eq!(read.to_string(), text.replace("+00:00", "Z"));

        let mut out = Vec::new();
        read.write_rfc3339_utc(&mut out);
        prop_assert_eq!(String::from_utf8(out).unwrap(), expected.to_string());
    }

    #[test]
    fn the_lake_form_is_written_alike(instant in instants()) {
        let mut out = Vec::new();
        ours(instant).write_lake(&mut out);
        let expected = theirs(instant).strftime("%Y-%m-%d %H:%M:%S.%9f").to_string();
        prop_assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn rfc3339_is_read_alike(
        text in "[1-9][0-9]{2}[0-8]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{1,9})?(Z|[+-][0-2][0-9]:[0-6][0-9])"
    ) {
        let second_60 = &text[17..19] == "60";
        let far = text.rsplit_once(['+', '-']).is_some_and(|(_, zone)| zone.len() == 5 && zone >= "24");
        let read = text.parse::<Timestamp>();
        match text.parse::<jiff::Timestamp>() {
            Ok(expected) if !second_60 && !far => prop_assert!(same(read.unwrap(), expected), "{text}"),
            _ => prop_assert!(read.is_err(), "{text}"),
        }
    }

    #[test]
    fn unix_units_agree(instant in instants()) {
        let exact = theirs(instant);
        let (ms, us, ns) = (exact.as_millisecond(), exact.as_microsecond(), exact.as_nanosecond());
        for (format, number, expected) in [
            (TimeFormat::UnixMs, ms.to_string(), jiff::Timestamp::from_millisecond(ms).unwrap()),
            (TimeFormat::UnixUs, us.to_string(), jiff::Timestamp::from_microsecond(us).unwrap()),
            (TimeFormat::UnixNs, ns.to_string(), exact),
        ] {
            for time in [parse_text(&[format], &number), parse_number(&[format], &number)] {
                prop_assert!(same(time.unwrap(), expected), "{format:?} {number}");
                prop_assert_eq!(written(&[format], &time.unwrap()), &*number);
            }
        }
        let duration = exact.as_duration();
        let sign = if duration.is_negative() { "-" } else { "" };
        let duration = duration.unsigned_abs();
        let decimal = format!("{sign}{}.{:09}", duration.as_secs(), duration.subsec_nanos());
        for format in [TimeFormat::Unix, TimeFormat::UnixAuto] {
            let time = parse_number(&[format], &decimal);
            let small = format == TimeFormat::Unix || instant.0 < 100_000_000_000;
            if small {
                prop_assert!(same(time.unwrap(), exact), "{format:?} {decimal}");
                let trimmed = decimal.trim_end_matches('0').trim_end_matches('.');
                prop_assert_eq!(written(&[format], &time.unwrap()), trimmed);
            }
        }
        let scientific = format!("{ns}e-9");
        prop_assert!(same(parse_number(&[TimeFormat::Unix], &scientific).unwrap(), exact));
    }

    #[test]
    fn strftime_is_read_and_written_alike(instant in instants(), minutes in -1439..=1439_i32) {
        // Before 1970, jiff rounds `%s` up where a fraction follows; the kernel always rounds down.
        let late = (instant.0.abs(), instant.1);
        for (pattern, has_offset, has_fraction) in [
            ("%Y-%m-%d %H:%M:%S", false, false),
            ("%d/%b/%Y:%H:%M:%S %z", true, false),
            ("%a, %d %b %Y %T %z", true, false),
            ("%A %e %B %Y, %I:%M:%S %p", false, false),
            ("%h %e %Y %l:%M:%S%P", false, false),
            ("%Y%m%dT%H%M%S.%f%z", true, true),
            ("%F %k:%M:%S.%N", false, true),
            ("%Y-%j %R:%S", false, false),
            ("%Y%n%m%t%d %X", false, false),
            ("%s", false, false),
            ("%s.%N %z", true, true),
            ("100%% %F %T", false, false),
        ] {
            let pattern_of_jiff = pattern.replace("%X", "%T");
            let zone = offset(if has_offset { minutes } else { 0 }).to_time_zone();
            let (seconds, nanos) = if pattern.starts_with("%s.") { late } else { instant };
            let instant = (seconds, if has_fraction { nanos } else { 0 });
            let zoned: Zoned = theirs(instant).to_zoned(zone);
            let text = zoned.strftime(&pattern_of_jiff).to_string();

            let parts = compile(pattern).unwrap();
            let formats = [TimeFormat::Pattern(Pattern::new(&parts))];
            let Some(time) = parse_text(&formats, &text) else {
                return Err(TestCaseError::fail(format!("{pattern} does not read {text}")));
            };
            prop_assert_eq!(time, ours(instant), "{} on {}", pattern, &text);
            let escaped = text.replace('\n', "\\n").replace('\t', "\\t");
            prop_assert_eq!(written(&formats, &time), escaped, "{}", pattern);
        }
    }

    #[test]
    fn strftime_reads_numbers_without_padding(instant in instants()) {
        let instant = (instant.0, 0);
        let text = theirs(instant).strftime("%-Y-%-m-%-d %-H:%-M:%-S").to_string();
        let parts = compile("%Y-%m-%d %H:%M:%S").unwrap();
        prop_assert_eq!(parse_text(&[TimeFormat::Pattern(Pattern::new(&parts))], &text), Some(ours(instant)));
    }

    #[test]
    fn no_text_and_no_number_makes_it_panic(
        text in any::<String>(),
        digits in "[-+0-9eE.:TZ ]{0,60}",
        number in "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,40})?([eE][-+]?[0-9]{1,30})?",
    ) {
        let parts = compile("%F %T.%f %z %Z").unwrap();
        for format in [
            TimeFormat::Rfc3339, TimeFormat::Unix, TimeFormat::UnixMs, TimeFormat::UnixUs,
            TimeFormat::UnixNs, TimeFormat::UnixAuto, TimeFormat::Cloudflare, TimeFormat::Pattern(Pattern::new(&parts)),
        ] {
            let times = [
                parse_text(&[format], &text),
                parse_text(&[format], &digits),
                parse_number(&[format], &number),
            ];
            for time in times.into_iter().flatten() {
                // What is read can be written, and is the same time again.
                let again = written(&[format], &time);
                let read = parse_text(&[format], &again).or(parse_number(&[format], &again));
                prop_assert_eq!(read, Some(time), "{:?} {}", format, again);
            }
        }
    }
}
