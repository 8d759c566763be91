//! Times: the first line is a pattern, the second a text. What is read can be written; and in the named formats, and by
//! patterns that tell the whole time, what is written is read back the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use logwright::time::{Pattern, TimeFormat, Timestamp, parse_number, parse_text};
use logwright_codegen::lower::{go_layout, time_pattern};

const NAMED: [TimeFormat<'static>; 7] = [
    TimeFormat::Rfc3339,
    TimeFormat::Unix,
    TimeFormat::UnixMs,
    TimeFormat::UnixUs,
    TimeFormat::UnixNs,
    TimeFormat::UnixAuto,
    TimeFormat::Cloudflare,
];
const WHOLE: [&str; 6] =
    ["%F %T.%f %z", "%d/%b/%Y:%T %z", "%c", "%s.%N", "%Y%j%k%l%P%M%S%L", "%A %e %B %Y, %I:%M:%S %p %Z"];

fuzz_target!(|input: &str| {
    let (pattern, text) = input.split_once('\n').unwrap_or(("", input));
    for parts in [time_pattern::compile(pattern), go_layout::compile(pattern)].into_iter().flatten() {
        if let Some(time) = parse_text(&[TimeFormat::Pattern(Pattern::new(&parts))], text) {
            written(TimeFormat::Pattern(Pattern::new(&parts)), &time);
        }
    }
    for format in NAMED {
        round_trip(format, text);
    }
    for pattern in WHOLE {
        round_trip(TimeFormat::Pattern(Pattern::new(&time_pattern::compile(pattern).unwrap())), text);
    }
});

fn round_trip(format: TimeFormat<'_>, text: &str) {
    // A token of JSON is a number; anything else does not come here.
    let is_number = serde_json::from_str::<serde_json::Number>(text).is_ok();
    let number = if is_number { parse_number(&[format], text) } else { None };
    for time in [parse_text(&[format], text), number].into_iter().flatten() {
        let again = written(format, &time);
        let read = parse_text(&[format], &again).or_else(|| parse_number(&[format], &again));
        assert_eq!(read, Some(time), "{format:?} wrote {again:?}");
    }
}

/// What is written, without JSON's quotes and escapes.
fn written(format: TimeFormat<'_>, time: &Timestamp) -> String {
    let mut out = Vec::new();
    TimeFormat::write(&[format], time, &mut out);
    match serde_json::from_slice(&out).unwrap() {
        serde_json::Value::String(text) => text,
        _ => String::from_utf8(out).unwrap(),
    }
}
