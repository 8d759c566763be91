//! Our JSON reader and writer against `serde_json`: they accept the same texts, and see the same values.

use logwright::json::{RawJson, Text, decode_string, elements, find, write_string};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::Value;

/// Any JSON value, nested a little.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_filter("JSON has no NaN", |number| number.is_finite()).prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::hash_map("[a-e/~\"\\\\]{0,3}", inner, 0..6).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// Texts that are JSON, almost JSON, or made of what JSON is made of.
fn near_json() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "00e9", "\\ud83d", "\\ude00", "\\n", "true", "fals", "null",
        "-", "0", "12", ".5", "e+3", "E", " ", "\n", "\t", "\u{1}", "\u{7f}", "é", "\"a\"", "{\"k\":", "[1,",
    ]);
    prop_oneof![
        value().prop_map(|value| value.to_string()),
        (value(), any::<prop::sample::Index>(), ".").prop_map(|(value, at, mark)| {
            let mut chars: Vec<char> = value.to_string().chars().collect();
            let at = at.index(chars.len());
            chars[at] = mark.chars().next().unwrap_or(' ');
            chars.into_iter().collect()
        }),
        prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn the_same_texts_are_json(text in near_json()) {
        let theirs = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
        prop_assert_eq!(text.parse::<RawJson<'static>>().is_ok(), theirs, "{:?}", text);
    }

    #[test]
    fn any_bytes_are_judged_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let _ = find(&bytes, "/a").map(|found| found.map(elements));
        let _ = decode_string(&bytes);
        let _ = logwright::log_types::zendesk::Audit::parse(&bytes);
    }

    #[test]
    fn strings_are_written_as_they_write_them(text in "(?s).{0,40}") {
        let mut ours = Vec::new();
        write_string(&text, &mut ours);
        prop_assert_eq!(String::from_utf8(ours).unwrap(), serde_json::to_string(&text).unwrap());
    }

    #[test]
    fn strings_are_read_as_they_read_them(text in "(?s).{0,20}", escape in any::<bool>()) {
        let json: String = if escape {
            let units: Vec<String> = text.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect();
            let units = units.concat();
            format!("\"{units}\"")
        } else {
            serde_json::to_string(&text).unwrap()
        };
        let decoded = decode_string(json.as_bytes());
        prop_assert_eq!(decoded.as_deref(), Some(&*text));
    }

    #[test]
    fn pointers_find_what_theirs_find(value in value(), steps in prop::collection::vec("[a-e/~]{0,2}", 0..3)) {
        let steps: Vec<String> = steps.iter().map(|step| format!("/{}", step.replace('~', "~0").replace('/', "~1"))).collect();
        let pointer = steps.concat();
        let json = value.to_string();
        let ours = find(json.as_bytes(), &pointer).unwrap();
        let ours: Option<Value> = ours.map(|bytes| serde_json::from_slice(bytes).unwrap());
        // Theirs also enters arrays by index; a step that is a number does not occur here.
        prop_assert_eq!(ours.as_ref(), value.pointer(&pointer));
    }

    #[test]
    fn json_goes_through_serde_unchanged(value in value()) {
        let raw: RawJson<'static> = value.to_string().parse().unwrap();
        prop_assert_eq!(&serde_json::to_value(&raw).unwrap(), &value);
        let back: RawJson<'_> = serde_json::from_value(value.clone()).unwrap();
        prop_assert_eq!(serde_json::from_str::<Value>(back.as_str()).unwrap(), value);
    }

    #[test]
    fn texts_borrow_through_serde_where_they_can(text in "(?s).{0,20}") {
        let json = serde_json::to_string(&text).unwrap();
        let ours: Text<'_> = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&ours, &*text);
        prop_assert_eq!(serde_json::to_string(&ours).unwrap(), json);
    }
}
