//! The JSON reader: it takes what `serde_json` takes, any bytes are judged without a panic, and a line among others as it is
//! alone.
#![no_main]

use libfuzzer_sys::fuzz_target;
use logwright::json::{RawJson, decode_string, elements, find};
use logwright::log_type::LogType as _;
use logwright::log_types::zendesk::audit::LOG_TYPE;
use serde::de::IgnoredAny;

fuzz_target!(|bytes: &[u8]| {
    let _ = find(bytes, "/a/b").map(|found| found.map(elements));
    let _ = decode_string(bytes);
    let parsed = LOG_TYPE.parse(bytes, &mut |_| {}).is_ok();
    if !bytes.contains(&b'\n') {
        for after in [&b""[..], b"\n", b"\n{\"id\":1}\n                                                        "] {
            let block = [bytes, after].concat();
            assert_eq!(LOG_TYPE.lines().parse_first(&mut &block[..], &mut |_| {}), parsed);
        }
    }
    // Both end at some depth, but not at the same.
    let deep = bytes.iter().filter(|byte| matches!(byte, b'[' | b'{')).count() > 100;
    if let (false, Ok(text)) = (deep, str::from_utf8(bytes)) {
        let theirs = serde_json::from_str::<IgnoredAny>(text).is_ok();
        assert_eq!(text.parse::<RawJson<'static>>().is_ok(), theirs);
    }
});
