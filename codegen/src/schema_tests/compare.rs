//! An event against what was expected of it.

use std::collections::BTreeMap;

use logwright::time::{Pattern, TimeFormat, Timestamp, parse_text};

use super::json::Json;
use crate::lower::time_pattern;

/// Every difference between an event and the JSON that was expected, each with its place; none when they agree.
///
/// Objects have no order and arrays have one, `p_any_*` are sets, and a member that is left out differs from null.
/// `p_row_id` and `p_parse_time` must be there and may be anything; a `p_event_time` that is not expected must be the time
/// of parsing, and one that is expected is compared as an instant.
///
/// ```
/// use logwright_codegen::schema_tests::differences;
///
/// let event = r#"{"id": 9007199254740993, "p_row_id": "0", "p_event_time": "2026-03-01T11:32:44Z", "p_parse_time": "2026-03-01T11:32:44Z"}"#;
/// assert_eq!(differences(event, r#"{"id": 9007199254740993}"#), [""; 0]);
/// assert_eq!(differences(event, r#"{"id": 9007199254740992}"#), ["/id: expected 9007199254740992, found 9007199254740993"]);
/// ```
pub fn differences(found: &str, expected: &str) -> Vec<String> {
    let expected = match Json::parse(expected) {
        Ok(Json::Object(members)) => members,
        Ok(other) => return vec![format!("the expected result is no JSON object: {other}")],
        Err(error) => return vec![format!("the expected result is not JSON: {error}")],
    };
    let Ok(Json::Object(found)) = Json::parse(found) else {
        return vec![format!("the event is not a JSON object: {found}")];
    };
    let mut differences = Vec::new();
    let (found, expected) = without_standard_fields(found, expected, &mut differences);
    compare(&Json::Object(found), &Json::Object(expected), "", &mut differences);
    differences
}

type Members = BTreeMap<String, Json>;

/// Compares the fields that have rules of their own, and takes them out.
fn without_standard_fields(
    mut found: Members,
    mut expected: Members,
    differences: &mut Vec<String>,
) -> (Members, Members) {
    for name in ["p_row_id", "p_parse_time", "p_event_time"] {
        if !found.contains_key(name) {
            differences.push(format!("/{name}: the event has none"));
        }
    }
    let [_, parse_time, event_time] = ["p_row_id", "p_parse_time", "p_event_time"].map(|name| found.remove(name));
    let [_, _, expected_time] = ["p_row_id", "p_parse_time", "p_event_time"].map(|name| expected.remove(name));
    if let (Some(found), Some(parse_time)) = (event_time, parse_time) {
        match expected_time {
            None if instant(&found) == instant(&parse_time) => {}
            None => differences.push(format!("/p_event_time: expected the time of parsing, found {found}")),
            Some(expected) if instant(&expected).is_none() => {
                differences.push(format!("/p_event_time: the expected {expected} is no RFC 3339 time"));
            }
            Some(expected) if instant(&expected) == instant(&found) => {}
            Some(expected) => differences.push(format!("/p_event_time: expected {expected}, found {found}")),
        }
    }
    for (name, list) in found.iter_mut().chain(&mut expected) {
        if let (true, Json::Array(elements)) = (name.starts_with("p_any_"), list) {
            elements.sort_by_key(Json::to_string);
            elements.dedup();
        }
    }
    (found, expected)
}

/// The instant of a `p_` time, in either profile's form.
fn instant(time: &Json) -> Option<Timestamp> {
    let Json::String(text) = time else { return None };
    let lake = time_pattern::compile("%Y-%m-%d %H:%M:%S.%N").ok()?;
    parse_text(&[TimeFormat::Rfc3339, TimeFormat::Pattern(Pattern::by_parts(&lake))], text)
}

fn compare(found: &Json, expected: &Json, place: &str, differences: &mut Vec<String>) {
    match (found, expected) {
        (Json::Object(found), Json::Object(expected)) => {
            let names: std::collections::BTreeSet<_> = expected.keys().chain(found.keys()).collect();
            for name in names {
                let place = format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"));
                both(found.get(name), expected.get(name), &place, differences);
            }
        }
        (Json::Array(found), Json::Array(expected)) => {
            for index in 0..found.len().max(expected.len()) {
                both(found.get(index), expected.get(index), &format!("{place}/{index}"), differences);
            }
        }
        _ if found == expected => {}
        _ => differences.push(format!("{place}: expected {expected}, found {found}")),
    }
}

fn both(found: Option<&Json>, expected: Option<&Json>, place: &str, differences: &mut Vec<String>) {
    match (found, expected) {
        (Some(found), Some(expected)) => compare(found, expected, place, differences),
        (None, Some(expected)) => differences.push(format!("{place}: expected {expected}, found nothing")),
        (Some(found), None) => differences.push(format!("{place}: expected nothing, found {found}")),
        (None, None) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMES: &str =
        r#""p_row_id": "0", "p_event_time": "2026-03-01T11:32:44.5Z", "p_parse_time": "2026-03-02T00:00:00Z""#;

    fn against(fields: &str, expected: &str) -> Vec<String> {
        differences(&format!("{{{fields}{TIMES}}}"), expected)
    }

    #[test]
    fn equal_events_have_no_difference() {
        let expected = r#"{"p_any_emails": ["b", "a", "b"], "a": {"x": 1, "y": [null]}, "p_event_time": "2026-03-01T13:32:44.500+02:00"}"#;
        assert_eq!(against(r#""a": {"y": [null], "x": 1.0}, "p_any_emails": ["a", "b"], "#, expected), [""; 0]);
        assert_eq!(against("", r#"{"p_event_time": "2026-03-01 11:32:44.500000000"}"#), [""; 0]);
    }

    #[test]
    fn each_difference_is_told_with_its_place() {
        let expected = r#"{"a": {"x": [1, 2], "z/~": null}, "b": "c", "p_event_time": "2026-03-01T11:32:44Z"}"#;
        assert_eq!(
            against(r#""a": {"x": [1, "2", {}]}, "c": 1, "#, expected),
            [
                r#"/p_event_time: expected "2026-03-01T11:32:44Z", found "2026-03-01T11:32:44.5Z""#,
                r#"/a/x/1: expected 2, found "2""#,
                "/a/x/2: expected nothing, found {}",
                "/a/z~1~0: expected null, found nothing",
                r#"/b: expected "c", found nothing"#,
                "/c: expected nothing, found 1",
            ]
        );
    }

    #[test]
    fn standard_fields_have_rules_of_their_own() {
        assert_eq!(
            against("", "{}"),
            [r#"/p_event_time: expected the time of parsing, found "2026-03-01T11:32:44.5Z""#]
        );
        assert_eq!(
            against("", r#"{"p_event_time": "now"}"#),
            [r#"/p_event_time: the expected "now" is no RFC 3339 time"#]
        );
        assert_eq!(
            differences("{}", "{}"),
            ["/p_row_id: the event has none", "/p_parse_time: the event has none", "/p_event_time: the event has none"]
        );
        assert_eq!(against("", "[]"), ["the expected result is no JSON object: []"]);
        assert!(against("", "{")[0].starts_with("the expected result is not JSON: byte 1"));
    }
}
