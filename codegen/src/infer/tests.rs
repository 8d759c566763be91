//! Samples of every kind: what is inferred, that it compiles, and that the samples parse under it.

use super::*;
use crate::compile::{Options, compile};
use crate::interpret::Interpreter;
use crate::source::SourceMap;

/// The schema of the samples, proved: it compiles without an error, and every sample parses under it.
fn infer(lines: &[&str]) -> String {
    let mut samples = Samples::default();
    for line in lines {
        samples.add(line.as_bytes()).unwrap();
    }
    let text = samples.schema("Acme.Login").unwrap();
    let sources = SourceMap::from_texts([("acme/login.yml", text.as_str())]);
    let (schemas, diagnostics) = compile(&sources, &Options::default());
    assert!(!diagnostics.has_errors(), "{}", diagnostics.render_text(&sources, false));
    let interpreter = Interpreter::new(&schemas[0]);
    for line in lines {
        assert!(interpreter.parse(line.as_bytes()).is_ok(), "{line} does not parse under\n{text}");
    }
    text
}

#[test]
fn every_choice_says_why() {
    let found = infer(&[
        r#"{"id": 1, "time": "2026-03-01T11:32:44Z", "score": 1, "ok": true, "who": {"email": "a@b.example", "age": null}, "tags": ["x", null], "mixed": 1, "any": 1, "none": null}"#,
        r#"{"id": 2, "time": "2026-03-01T11:32:45.5+02:00", "score": 1.5, "who": {"email": "c@d.example"}, "tags": [], "mixed": "a", "any": [1], "none": null, "type": "x"}"#,
    ]);
    let expected = r"# Inferred from 2 samples; each choice says why. Go through it, and write the descriptions.
schema: Acme.Login
fields:
  - name: id
    required: true # in all 2 samples
    type: bigint # 2 integers
  - name: time
    required: true # in all 2 samples
    type: timestamp # 2 strings, each is RFC 3339
    timeFormat: rfc3339
    isEventTime: true # proposed: the first required timestamp with such a name
  - name: score
    required: true # in all 2 samples
    type: float # 1 integer and 1 number
  - name: ok
    type: boolean # 1 boolean
  - name: who
    required: true # in all 2 samples
    type: object # 2 objects
    fields:
      - name: email
        required: true # in all 2 samples
        type: string # 2 strings
        indicators: [email] # each is an e-mail address
      - name: age
        type: json # never anything but null
  - name: tags
    required: true # in all 2 samples
    type: array # 2 arrays
    element:
      type: string # 1 string
  - name: mixed
    required: true # in all 2 samples
    type: string # mixed: 1 integer and 1 string
  - name: any
    required: true # in all 2 samples
    type: json # mixed: 1 integer and 1 array
  - name: none
    type: json # never anything but null
  - name: type
    type: string # 1 string
";
    assert_eq!(found, expected);
}

#[test]
fn texts_have_at_most_one_indicator() {
    let hash = |digits: usize| "0a".repeat(digits / 2);
    for (text, indicator) in [
        ("203.0.113.7", Some("ip")),
        ("2001:db8::1", Some("ip")),
        ("https://acme.example/a?b=c@d.e", Some("url")),
        ("arn:aws:iam::123456789012:user/jane", Some("aws_arn")),
        ("jane@acme.example", Some("email")),
        (&hash(64), Some("sha256")),
        (&hash(40), Some("sha1")),
        (&hash(32), Some("md5")),
        ("jane@", None),
        ("plain text", None),
        ("arn:aws", None),
        ("", None),
    ] {
        let found = infer(&[&format!("{{\"a\": \"{text}\"}}"), "{\"a\": \"\"}"]);
        let expected = indicator.map(|name| format!("indicators: [{name}] "));
        assert_eq!(found.contains("indicators"), expected.is_some(), "{text}: {found}");
        assert!(expected.is_none_or(|expected| found.contains(&expected)), "{text}: {found}");
    }
    assert!(!infer(&["{\"a\": \"203.0.113.7\"}", "{\"a\": \"x@y.z\"}"]).contains("indicators"));
}

#[test]
fn what_no_type_holds_is_widened() {
    assert!(
        infer(&["{\"a\": 18446744073709551616}", "{\"a\": 1}"]).contains("type: string # 2 integers, 1 beyond 64 bits")
    );
    assert!(infer(&["{\"a\": 1e999}"]).contains("type: string"));
    assert!(infer(&["{\"a\": {}}", "{\"a\": {\"\": 1}}"]).contains("type: json"));
    assert!(infer(&["{\"a\": [[], {}]}"]).contains("type: json # mixed: 1 array and 1 object"));
    assert!(infer(&["{\"a\": []}"]).contains("element:\n      type: json"));
    let wide: Vec<_> = (0..201).map(|number| format!("\"k{number}\": 1")).collect();
    assert!(infer(&[&format!("{{\"a\": {{{}}}}}", wide.join(", "))]).contains("more than 200 keys"));
    assert_eq!(infer(&[&format!("{{{}}}", wide.join(", "))]).matches("- name").count(), 201);
    for (open, close) in [("[", "]"), ("{\"b\":", "}")] {
        let deep = format!("{{\"a\": {}1{}}}", open.repeat(100), close.repeat(100));
        assert!(infer(&[&deep]).contains("nested too deep"));
    }
}

#[test]
fn a_key_is_required_where_it_has_a_value_in_every_object() {
    let found = infer(&["{\"a\": 1, \"a\": 2, \"l\": [{\"x\": 1}, {\"x\": 2, \"y\": 1}]}", "{\"b\": null, \"l\": []}"]);
    assert!(found.contains("- name: x\n          required: true # in all 2 samples"), "{found}");
    assert_eq!(found.matches("required").count(), 2, "{found}");
    // An empty text is no time.
    let found = infer(&["{\"time\": \"2026-03-01T11:32:44Z\"}", "{\"time\": \"\"}"]);
    assert!(found.contains("timestamp") && !found.contains("required: true"), "{found}");
}

#[test]
fn names_of_every_kind_survive() {
    let found = infer(&[
        r#"{"@timestamp": "2026-03-01T11:32:44Z", "a b": 1, "a_b": 2, "p_x": 3, "": 4, "true": 5, "é\u0000\"\\\u2028": 6, "eventTime": "2026-03-01T11:32:44Z", "1": 7, "-": 8, "Null": 9}"#,
    ]);
    assert!(found.contains("\"@timestamp\"\n    required: true # in the only sample\n    type: timestamp # 1 string, each is RFC 3339\n    timeFormat: rfc3339\n    isEventTime"), "{found}");
    assert_eq!(found.matches("is left out").count(), 3, "{found}");
    assert_eq!(found.matches("isEventTime").count(), 1, "{found}");
}

#[test]
fn keys_without_end_are_refused() {
    let mut samples = Samples::default();
    for number in 0..60 {
        let keys: Vec<_> = (0..1_000).map(|key| format!("\"k{number}_{key}\": 1")).collect();
        samples.add(format!("{{{}}}", keys.join(",")).as_bytes()).unwrap();
    }
    assert!(samples.schema("Acme.Login").unwrap_err().contains("different keys"));
    assert!(Samples::default().schema("Acme.Login").unwrap_err().contains("no event"));
    assert!(samples.schema("acme").unwrap_err().contains("--name"));
    assert!(samples.add(b"[]").is_err());
}

#[test]
fn integers_that_may_be_times_are_said_to_be_so() {
    let reason = |a: &str| infer(&[&format!("{{\"a\": {a}}}"), "{\"a\": 1521214399}"]).contains("`timeFormat: unix`");
    assert!(reason("1521214343") && !reason("7") && !reason("1521214343000"));
    let millis = infer(&["{\"a\": 1521214343000}"]);
    assert!(
        millis.contains("type: bigint # 1 integer; if they are times: timestamp with `timeFormat: unix_ms`"),
        "{millis}"
    );
}

#[test]
fn keys_that_are_too_long_for_a_column_are_left_out() {
    let long = "k".repeat(300);
    let schema = infer(&[&format!("{{\"{long}\": 1, \"o\": {{\"{long}\": 1}}, \"a\": 1}}")]);
    assert!(schema.contains("k\u{2026} is left out: a field's name has at most 255 bytes."), "{schema}");
    assert!(schema.contains("type: json # 1 object, none with a key that can be a field"), "{schema}");
    let mut samples = Samples::default();
    samples.add(b"{\"p_x\": 1, \"\": 2}").unwrap();
    assert!(samples.schema("Acme.Login").unwrap_err().contains("a key that can be a field"));
}
