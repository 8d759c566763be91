//! Patterns of time: what is written is read back as the same time, for any directives in any order, and written as jiff
//! writes it.
//!
//! Left out is what nobody can read back: digits right after a number that has no fixed width (`%s`, `%f`, `%N`).

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use logwright::time::{Pattern, TimeFormat, Timestamp, parse_text};
use logwright_codegen::lower::time_pattern::compile;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Every directive for a part, and those for several that jiff reads alike.
const DIRECTIVES: [&str; 33] = [
    "%Y", "%y", "%C", "%m", "%B", "%b", "%h", "%d", "%e", "%j", "%A", "%a", "%H", "%k", "%I", "%l", "%p", "%P", "%M",
    "%S", "%s", "%f", "%N", "%L", "%z", "%Z", "%t", "%n", "%%", "%D", "%F", "%T", "%R",
];

/// Those for several that jiff writes in another way, or not at all.
const OTHERS: [&str; 6] = ["%c", "%x", "%X", "%r", "%v", "%+"];

const SEPARATORS: [&str; 9] = ["", "", "", "", " ", "-", "7", ":", "é"];

/// The years 1000 to 9999, before 1970 too.
const SECONDS: std::ops::Range<i64> = -30_610_224_000..253_402_128_000;

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 4_000,
        rng_seed: RngSeed::Fixed(20_210_528),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// The directives, with separators between them.
fn pattern(directives: &[(&str, &str)]) -> String {
    let mut pattern = String::new();
    for (directive, separator) in directives {
        let open_end = ["%s", "%f", "%N"].iter().any(|number| pattern.ends_with(number));
        let digits = separator.is_empty() || *separator == "7";
        pattern.push_str(if open_end && digits { "|" } else { separator });
        pattern.push_str(directive);
    }
    pattern
}

fn directives(known: &'static [&'static str]) -> impl Strategy<Value = Vec<(&'static str, &'static str)>> {
    prop::collection::vec((prop::sample::select(known), prop::sample::select(&SEPARATORS[..])), 1..9)
        .prop_filter("a pattern has a directive for a part", |all| {
            all.iter().any(|(directive, _)| !["%t", "%n", "%%"].contains(directive))
        })
}

/// What the kernel writes, without JSON's quotes and escapes.
fn written(formats: &[TimeFormat], time: &Timestamp) -> String {
    let mut out = Vec::new();
    TimeFormat::write(formats, time, &mut out);
    serde_json::from_slice(&out).unwrap()
}

fn has(pattern: &str, directives: &[&str]) -> bool {
    let pattern = pattern.replace("%%", "");
    directives.iter().any(|directive| pattern.contains(directive))
}

/// Whether the pattern tells the year.
fn has_year(pattern: &str) -> bool {
    has(pattern, &["%Y", "%F", "%s", "%c", "%v", "%+"]) || has(pattern, &["%C"]) && has(pattern, &["%y", "%D", "%x"])
}

/// Whether the pattern tells all of a time in UTC but the fraction of the second.
fn is_whole(pattern: &str) -> bool {
    let day = has(pattern, &["%d", "%e", "%F", "%D", "%c", "%x", "%v", "%+"]);
    let month = has(pattern, &["%m", "%B", "%b", "%h", "%F", "%D", "%c", "%x", "%v", "%+"]);
    let half = has(pattern, &["%p", "%P"]) && has(pattern, &["%I", "%l"]);
    let hour = has(pattern, &["%H", "%k", "%T", "%R", "%c", "%X", "%r", "%+"]) || half;
    let minute = has(pattern, &["%M", "%T", "%R", "%c", "%X", "%r", "%+"]);
    let second = has(pattern, &["%S", "%T", "%c", "%X", "%r", "%+"]);
    let calendar = has_year(pattern) && (day && month || has(pattern, &["%j"]));
    has(pattern, &["%s"]) || calendar && hour && minute && second
}

/// Writes the time, and reads and writes it again.
fn check(pattern: &str, time: Timestamp) -> Result<String, TestCaseError> {
    let parts = compile(pattern).unwrap();
    let formats = [TimeFormat::Pattern(Pattern::new(&parts))];
    let text = written(&formats, &time);
    let Some(read) = parse_text(&formats, &text) else {
        return Err(TestCaseError::fail(format!("{pattern:?} does not read {text:?}")));
    };
    let again = written(&formats, &read);
    prop_assert_eq!(parse_text(&formats, &again), Some(read), "{:?} on {:?}, then {:?}", pattern, &text, &again);
    if is_whole(pattern) {
        prop_assert_eq!(read.unix_seconds(), time.unix_seconds(), "{:?} on {:?}", pattern, &text);
        // Of several fractions, one says how many digits all of them have.
        let fractions: usize = ["%f", "%N", "%L", "%+"].iter().map(|fraction| pattern.matches(fraction).count()).sum();
        prop_assert!(fractions > 1 || again == text, "{:?} on {:?}, then {:?}", pattern, &text, &again);
    }
    Ok(text)
}

/// The time; in January where the pattern has no year, since another year may lack the day.
fn time(pattern: &str, seconds: i64, nanos: u32) -> Timestamp {
    let mut time = Timestamp::from_unix(seconds, nanos).unwrap();
    if !has_year(pattern) {
        time = Timestamp::from_unix(seconds.rem_euclid(31 * 86_400), nanos).unwrap();
    }
    time
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_written_is_read_back_and_is_what_jiff_writes(
        directives in directives(&DIRECTIVES), seconds in SECONDS, milliseconds in 0..1000_u32,
    ) {
        let pattern = pattern(&directives);
        // Before 1970 jiff rounds `%s` up where a fraction follows; the kernel always rounds down.
        let seconds = if has(&pattern, &["%s"]) { seconds.abs() } else { seconds };
        let time = time(&pattern, seconds, milliseconds * 1_000_000);
        let text = check(&pattern, time)?;
        // jiff writes all nine digits for `%N`; the kernel, as many as it needs.
        if !has(&pattern, &["%N"]) {
            let theirs = jiff::Timestamp::UNIX_EPOCH
                + SignedDuration::from_secs(time.unix_seconds())
                + SignedDuration::from_nanos(time.subsec_nanos().into());
            let pattern = pattern.replace("%L", "%3f");
            prop_assert_eq!(text, theirs.to_zoned(TimeZone::UTC).strftime(&pattern).to_string(), "{:?}", pattern);
        }
    }

    #[test]
    fn directives_for_several_parts_are_read_back_as_well(
        mut directives in directives(&DIRECTIVES), other in prop::sample::select(&OTHERS[..]), at in any::<prop::sample::Index>(),
        seconds in SECONDS, nanos in 0..1_000_000_000_u32,
    ) {
        let at = at.index(directives.len());
        directives[at].0 = other;
        let pattern = pattern(&directives);
        check(&pattern, time(&pattern, seconds, nanos))?;
    }
}

#[test]
fn numbers_filled_up_with_spaces_end_where_their_width_ends() {
    for (pattern, text) in [
        ("%F %k%l%P", "2021-05-28  012am"),
        ("%F %k%M", "2021-05-28  739"),
        ("%Y%m%e1%H", "202105 8118"),
        ("%Y %b%e%f", "2021 May 85"),
    ] {
        let parts = compile(pattern).unwrap();
        let formats = [TimeFormat::Pattern(Pattern::new(&parts))];
        let time = parse_text(&formats, text).unwrap_or_else(|| panic!("{pattern} does not read {text}"));
        assert_eq!(written(&formats, &time), text, "{pattern}");
    }
    // With no digit after it, such a number may be wider.
    let parts = compile("%Y %b %e %R").unwrap();
    assert!(parse_text(&[TimeFormat::Pattern(Pattern::new(&parts))], "2021 May  28 07:30").is_some());
}
