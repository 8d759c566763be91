//! The JSON reader: it takes what `serde_json` takes, any bytes are judged without a panic, a line among others as it is
//! alone, and an event that is passed on as its record.
#![no_main]

use libfuzzer_sys::fuzz_target;
use logwright::event::{Envelope, Profile, RowId, write_event};
use logwright::indicators::Indicators;
use logwright::json::{Buffer, RawJson, decode_string, elements, find};
use logwright::log_type::LogType as _;
use logwright::log_type::Record;
use logwright::log_types::zendesk::Audit;
use logwright::log_types::zendesk::audit::LOG_TYPE;
use logwright::time::Timestamp;
use serde::de::IgnoredAny;

fuzz_target!(|bytes: &[u8]| {
    let _ = find(bytes, "/a/b").map(|found| found.map(elements));
    let _ = decode_string(bytes);
    let mut passed = String::new();
    let parsed = LOG_TYPE.parse(bytes, &mut |event| passed = written(event));
    assert_eq!(parsed.map(|()| passed.clone()), Audit::parse(bytes).map(|audit| written(&audit)));
    let parsed = !passed.is_empty();
    if !bytes.contains(&b'\n') {
        for after in [&b""[..], b"\n", b"\n{\"id\":1}\n                                                        "] {
            let block = [bytes, after].concat();
            let mut first = String::new();
            assert_eq!(LOG_TYPE.lines().parse_first(&mut &block[..], &mut |event| first = written(event)), parsed);
            assert_eq!(first, passed);
        }
    }
    // Both end at some depth, but not at the same.
    let deep = bytes.iter().filter(|byte| matches!(byte, b'[' | b'{')).count() > 100;
    if let (false, Ok(text)) = (deep, str::from_utf8(bytes)) {
        let theirs = serde_json::from_str::<IgnoredAny>(text).is_ok();
        assert_eq!(text.parse::<RawJson<'static>>().is_ok(), theirs);
    }
});

/// The event in both profiles, and what is asked of it besides.
fn written(event: &dyn Record) -> String {
    let parse_time = Timestamp::from_unix(1_790_000_000, 0).expect("in range");
    let mut out = Buffer::default();
    for profile in [Profile::Lake, Profile::Source] {
        let row_id = RowId::new(parse_time, [0; 10]);
        let envelope = Envelope { row_id, parse_time: parse_time.into(), origin: None, profile };
        write_event(event, &envelope, &mut Indicators::default(), &mut out);
    }
    format!("{} {:?} {:?}", String::from_utf8(out.into_vec()).expect("UTF-8"), event.key(), event.time())
}
