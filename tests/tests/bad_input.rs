//! Input of every bad kind, and the error it must get: never a panic, and always a place.

use logwright::json::{Code, Error};
use logwright::log_types::okta::SystemLog;
use logwright::log_types::zendesk::Audit;

fn error(input: impl AsRef<[u8]>) -> Error {
    Audit::parse(input.as_ref()).expect_err("this input is bad")
}

fn event(members: &str) -> String {
    format!("{{\"id\": 1, \"created_at\": \"2026-03-01T11:32:44Z\"{members}}}")
}

#[test]
fn the_shape_of_the_whole() {
    for (input, code, text) in [
        (&b""[..], Code::Syntax, "byte 0: expected a JSON object, found the end of the input"),
        (b"[]", Code::NotAnObject, "byte 0: expected a JSON object, found an array"),
        (b"null", Code::NotAnObject, "byte 0: expected a JSON object, found null"),
        (b"nginx: ready", Code::Syntax, "byte 0: expected a JSON object, found 'n'"),
        (b"  7", Code::NotAnObject, "byte 2: expected a JSON object, found a number"),
        (b"\xef\xbb\xbf{}", Code::NotAnObject, "byte 0: expected a JSON object, found a byte order mark (remove it)"),
        (b"{\"id\": 1, \"\xff\": 2}", Code::Utf8, "byte 11: the input is not UTF-8 here"),
        (b"{\"id\": 1", Code::Syntax, "byte 8: expected `,` or `}`, found the end of the input"),
        (b"{\"id\": 1, \"a\": nul}", Code::Syntax, "byte 15: expected a value, found 'n'"),
        (b"{\"id\": 01}", Code::Syntax, "byte 8: expected the end of the number, found '1'"),
        (
            b"{\"action\": \"a\tb\"}",
            Code::Syntax,
            "byte 13: expected no raw control character in a string, found '\\t'",
        ),
    ] {
        let error = error(input);
        assert_eq!((error.code(), &*error.to_string()), (code, text));
        assert!(error.offset().is_some());
    }
}

#[test]
fn that_it_is_not_json_is_said_before_that_it_is_wrong() {
    assert_eq!(error("{\"id\": \"x\"").code(), Code::Syntax);
    assert_eq!(error("{\"id\": \"x\"} {}").code(), Code::Syntax);
    assert_eq!(error(event("} {")).code(), Code::Syntax);
}

#[test]
fn of_several_wrong_fields_the_first_of_the_schema_is_named() {
    assert_eq!(error(r#"{"id": "x", "url": [], "action": {}}"#).pointer(), "/action");
}

#[test]
fn required_fields() {
    assert_eq!(error("{}").to_string(), "/created_at: expected a value (the field is required), found null or nothing");
    for id in ["null", "\"\""] {
        let error = error(format!("{{\"id\": {id}, \"created_at\": \"2026-03-01T11:32:44Z\"}}"));
        assert_eq!((error.code(), error.pointer()), (Code::Required, "/id"));
    }
}

#[test]
fn numbers_are_exact_or_refused() {
    for (id, code) in [
        ("1.0", Code::Type),
        ("1e3", Code::Type),
        ("true", Code::Type),
        ("\"0x10\"", Code::Type),
        ("\"1_000\"", Code::Type),
        ("\" 1\"", Code::Type),
        ("9223372036854775808", Code::Range),
        ("-9223372036854775809", Code::Range),
        ("\"99999999999999999999\"", Code::Range),
    ] {
        let error = error(format!("{{\"id\": {id}, \"created_at\": \"2026-03-01T11:32:44Z\"}}"));
        assert_eq!((error.code(), error.pointer()), (code, "/id"), "{id}");
    }
    for (text, id) in [("\"+7\"", 7), ("\"007\"", 7), ("-0", 0), ("9223372036854775807", i64::MAX), ("\"\\u0031\"", 1)]
    {
        let input = format!("{{\"id\": {text}, \"created_at\": \"2026-03-01T11:32:44Z\"}}");
        assert_eq!(Audit::parse(input.as_bytes()).unwrap().id, id);
    }
}

#[test]
fn nesting_ends_at_128_levels() {
    let nested = |levels: usize| event(&format!(", \"x\": {}{}", "[".repeat(levels), "]".repeat(levels)));
    assert!(Audit::parse(nested(127).as_bytes()).is_ok());
    assert_eq!(error(nested(128)).code(), Code::Depth);
    assert_eq!(error(nested(100_000)).code(), Code::Depth);
    assert_eq!(error("{\"x\":".repeat(100_000)).code(), Code::Depth);
}

#[test]
fn the_lists_of_an_event_end_at_65536_elements_together() {
    let parsed = |members: &str| {
        let event = format!(r#"{{"uuid":"a","published":"2026-03-01T11:32:44Z","eventType":"x",{members}}}"#);
        SystemLog::parse(event.as_bytes()).map(|log| log.target.len())
    };
    let list = |element: &str, count: usize| format!("[{}]", vec![element; count].join(","));
    assert_eq!(parsed(&format!(r#""target":{}"#, list("{}", 65_536))).unwrap(), 65_536);
    let one_more = parsed(&format!(r#""target":{}"#, list("{}", 65_537))).unwrap_err();
    assert_eq!(one_more.to_string(), "byte 196681: the lists of the event have more than 65536 elements");
    assert_eq!((one_more.code(), one_more.pointer()), (Code::Elements, ""));
    // Those of several lists count together; those of values that are kept as they came, or passed over, do not.
    let half = list("{}", 32_768);
    let chain = |others| parsed(&format!(r#""target":{half},"request":{{"ipChain":{}}}"#, list("null", others)));
    assert_eq!(chain(32_768).unwrap(), 32_768);
    assert_eq!(chain(32_769).unwrap_err().code(), Code::Elements);
    let many = list("[]", 100_000);
    let kept = format!(r#""undeclared":{many},"debugContext":{{"debugData":{many}}},"target":{half}"#);
    assert_eq!(parsed(&kept).unwrap(), 32_768);
}

#[test]
fn a_long_value_is_cut_in_the_message() {
    let error = error(format!("{{\"id\": \"{}\", \"created_at\": \"2026-03-01T11:32:44Z\"}}", "é".repeat(1_000_000)));
    assert!(error.to_string().len() < 300, "{error}");
}

#[test]
fn a_text_of_fifty_megabytes_is_read() {
    let input = event(&format!(", \"change_description\": \"{}\"", "x".repeat(50_000_000)));
    let audit = Audit::parse(input.as_bytes()).unwrap();
    assert_eq!(audit.change_description.unwrap().as_str().map(str::len), Some(50_000_000));
}

#[test]
fn keys_are_compared_decoded() {
    let audit = Audit::parse(br#"{"\u0069d": 7, "created\u005fat": "2026-03-01T11:32:44Z"}"#).unwrap();
    assert_eq!(audit.id, 7);
}
