//! Schemas that are right, and what becomes of them; schemas that are hostile. Mistakes one by one are in `tests/ui`.

use std::fmt::Write as _;

use logwright::indicators::Indicator;

use super::*;
use crate::diagnostic::{Code, Severity};
use crate::model::{Field, Format, IpKind, Rule, Source, Type, Validate};

const AUDIT: &str = "\
schema: Zendesk.Audit
parser:
    native:
        name: Zendesk.Audit
description: The audit log shows various changes.
referenceURL: https://developer.zendesk.com/rest_api/docs/support/audit_logs
fields:
    - name: created_at
      required: true
      description: The time the audit got created
      type: timestamp
      timeFormat: rfc3339
      isEventTime: true
    - name: id
      required: true
      type: bigint
    - name: ip_address
      type: string
      indicators:
        - ip
";

/// The one log type of a text, and the codes of what is said about it.
fn one(text: &str) -> (Option<Schema>, Vec<Code>) {
    let sources = SourceMap::from_texts([("acme/login.yml", text)]);
    let (mut schemas, diagnostics) = compile(&sources, &Options::default());
    (schemas.pop(), diagnostics.sorted().iter().map(|diagnostic| diagnostic.code).collect())
}

/// The log type of these fields, about which there is nothing to say.
fn right(before: &str, fields: &str) -> Schema {
    let time = "{name: time, type: timestamp, timeFormat: rfc3339, isEventTime: true, required: true}";
    let (schema, codes) = one(&format!("schema: Acme.Login\n{before}\nfields:\n  - {time}\n{fields}\n"));
    assert_eq!(codes, []);
    schema.unwrap()
}

fn fingerprint(text: &str) -> String {
    one(text).0.unwrap().fingerprint
}

#[test]
fn a_schema_becomes_a_model() {
    let (schema, codes) = one(AUDIT);
    let schema = schema.unwrap();
    assert_eq!(codes, []);
    assert_eq!((schema.log_type.as_str(), schema.file.as_str()), ("Zendesk.Audit", "acme/login.yml"));
    assert_eq!((schema.source.as_str(), schema.module.as_str()), ("acme", "audit"));
    assert_eq!(schema.description, "The audit log shows various changes.");
    assert!(schema.reference_url.starts_with("https://"));
    assert_eq!(schema.fingerprint.len(), 16);
    let [event] = &schema.objects[..] else { panic!("one object") };
    assert_eq!((event.rust_name.as_str(), event.path.as_str(), event.borrows), ("Audit", "", true));
    let timestamp = Type::Timestamp { formats: vec![Format::Rfc3339], event_time: true };
    let created_at = Field {
        name: "created_at".into(),
        rust_name: "created_at".into(),
        description: "The time the audit got created".into(),
        required: true,
        source: Source::Own,
        value: timestamp,
    };
    assert_eq!(event.fields[0], created_at);
    assert_eq!(event.fields[1].value, Type::BigInt);
    assert_eq!(event.fields[2].value, Type::String { indicators: vec![Indicator::Ip], validate: None, mask: None });
}

#[test]
fn json_is_yaml() {
    let text = r#"{"schema": "Acme.Login", "fields": [{"name": "time", "type": "timestamp", "timeFormat": "unix",
        "isEventTime": true, "required": true}]}"#;
    let (schema, codes) = one(text);
    assert_eq!(codes, []);
    assert_eq!(schema.unwrap().objects[0].rust_name, "Login");
}

#[test]
fn every_type() {
    let schema = right(
        "",
        "  - {name: a, type: smallint}
  - {name: b, type: int}
  - {name: c, type: float}
  - {name: d, type: boolean}
  - {name: e, type: json}
  - {name: f, type: array, element: {type: array, element: {type: string, indicators: [email, domain]}}}
  - {name: g, type: string, validate: {deny: [x, y], cidr: any}}
  - {name: h, type: timestamp, timeFormats: [unix_auto, '%d/%b/%Y', 'layout=2006-01-02'], isExpiration: true}",
    );
    let found: Vec<_> = schema.objects[0].fields[1..].iter().map(|field| &field.value).collect();
    let email = Type::String { indicators: vec![Indicator::Email, Indicator::Domain], validate: None, mask: None };
    let validate = Validate { rule: Some(Rule::Deny(vec!["x".into(), "y".into()])), ip: None, cidr: Some(IpKind::Any) };
    let formats = vec![Format::UnixAuto, Format::Strftime("%d/%b/%Y".into()), Format::GoLayout("2006-01-02".into())];
    let expected = [
        Type::SmallInt,
        Type::Int,
        Type::Float,
        Type::Boolean,
        Type::Json,
        Type::Array(Box::new(Type::Array(Box::new(email)))),
        Type::String { indicators: vec![], validate: Some(validate), mask: None },
        Type::Timestamp { formats, event_time: false },
    ];
    assert_eq!(found, expected.iter().collect::<Vec<_>>());
}

#[test]
fn objects_are_numbered_as_they_appear_and_named_for_their_place() {
    let schema = right(
        "definitions:
  Actor: {type: object, fields: [{name: geo, type: object, fields: [{name: lat, type: float}]}, {name: name, type: string}]}
  Same: {type: ref, target: Actor}
  Unused: {type: object, fields: [{name: a, type: string}]}",
        "  - {name: target, type: object, description: What was changed, fields: [{name: items, type: array, element: {type: object, fields: [{name: id, type: int}]}}]}
  - {name: by, type: ref, target: Same}
  - {name: for, type: ref, target: Actor}
  - {name: '-', type: object, fields: [{name: x, type: json}]}",
    );
    let objects: Vec<_> =
        schema.objects.iter().map(|object| (&*object.rust_name, &*object.path, object.borrows)).collect();
    assert_eq!(
        objects,
        [
            ("Login", "", true),
            ("LoginTarget", "target", false),
            ("LoginTargetItems", "target.items", false),
            ("Actor", "by", true),
            ("ActorGeo", "by.geo", false),
            ("LoginValue", "-", true),
        ]
    );
    assert_eq!(schema.objects[1].description, "What was changed");
    let fields: Vec<_> = schema.objects[0].fields[1..].iter().map(|field| (&*field.rust_name, &field.value)).collect();
    assert_eq!(fields[0], ("target", &Type::Object(1)));
    assert_eq!(fields[1], ("by", &Type::Object(3)));
    assert_eq!(fields[2], ("r#for", &Type::Object(3)), "one definition is one type");
    assert_eq!(schema.objects[1].fields[0].value, Type::Array(Box::new(Type::Object(2))));
}

#[test]
fn schemas_are_sorted_and_other_files_passed_over() {
    let schema = |name: &str| AUDIT.replace("Zendesk.Audit", name);
    let sources = SourceMap::from_texts([
        ("b/one.yml", schema("Beta.One")),
        ("a/two.yaml", schema("Zeta.Two")),
        ("a/source.yml", "not: [a schema".to_owned()),
        ("a/two_tests.yml", "name: x\n---\nname: y\n".to_owned()),
    ]);
    let (schemas, diagnostics) = compile(&sources, &Options::default());
    assert!(diagnostics.is_empty(), "{}", diagnostics.render_text(&sources, false));
    let names: Vec<_> = schemas.iter().map(|schema| (&*schema.log_type, &*schema.source)).collect();
    assert_eq!(names, [("Beta.One", "b"), ("Zeta.Two", "a")]);
}

#[test]
fn a_fingerprint_follows_the_meaning_alone() {
    let before = fingerprint(AUDIT);
    for (from, to) in
        [("The time the", "When the"), ("https://developer.", "https://"), ("    - ip\n", "    - ip # !\n")]
    {
        assert_eq!(fingerprint(&AUDIT.replace(from, to)), before, "{to}");
    }
    for (from, to) in [
        ("bigint", "int"),
        ("- ip\n", "- domain\n"),
        ("rfc3339", "unix"),
        ("      required: true\n      type: bigint", "      type: bigint"),
        ("ip_address", "ip"),
        ("Zendesk.Audit", "Zendesk.Audits"),
    ] {
        assert_ne!(fingerprint(&AUDIT.replace(from, to)), before, "{to}");
    }
}

#[test]
fn the_first_certain_event_time_is_enough() {
    let text = "schema: Acme.Login
fields:
  - {name: first, type: timestamp, timeFormat: unix, isEventTime: true}
  - name: meta
    type: object
    required: true
    fields:
      - {name: sent, type: timestamp, timeFormat: unix, isEventTime: true, required: true}
";
    assert_eq!(one(text).1, []);
    let optional = text.replace("    required: true\n", "");
    assert_eq!(one(&optional).1, [Code::LW0603, Code::LW0602]);
    let in_array = "schema: Acme.Login
fields:
  - {name: all, required: true, type: array, element: {type: object, fields: [{name: at, type: timestamp, timeFormat: unix, isEventTime: true, required: true}]}}
";
    assert_eq!(one(in_array).1, [Code::LW0603], "the array may be empty");
}

#[test]
fn lenient_runs_warn_and_go_on() {
    let text = AUDIT.replace("type: bigint", "type: bigint\n      indicators: [ip]\n      colour: red");
    let sources = SourceMap::from_texts([("acme/audit.yml", text)]);
    let (strict, _) = compile(&sources, &Options::default());
    assert!(strict.is_empty());
    let (schemas, diagnostics) = compile(&sources, &Options { lenient: true });
    assert_eq!(schemas[0].objects[0].fields[1].value, Type::BigInt);
    let told: Vec<_> = diagnostics.sorted().iter().map(|diagnostic| (diagnostic.code, diagnostic.severity)).collect();
    assert_eq!(told, [(Code::LW0206, Severity::Warning), (Code::LW0201, Severity::Warning)]);
}

#[test]
fn one_bad_schema_does_not_hide_another() {
    let sources = SourceMap::from_texts([("acme/a.yml", "schema: ["), ("acme/b.yml", AUDIT)]);
    let (schemas, diagnostics) = compile(&sources, &Options::default());
    assert_eq!(schemas.len(), 1);
    assert!(diagnostics.has_errors());
}

#[test]
fn nine_mistakes_are_nine_diagnostics() {
    let text = include_str!("../../../tests/ui/nine_mistakes.yml");
    assert_eq!(one(text).1.len(), 9);
}

#[test]
fn a_byte_order_mark_at_the_start_is_accepted() {
    assert_eq!(one(&format!("\u{feff}{AUDIT}")).1, []);
}

#[test]
fn ten_thousand_fields() {
    let fields = |number: usize, keys: &str| {
        let line = |text: String, at| text + &format!("    - {{name: field{at}, type: string, {keys}}}\n");
        (0..number).fold(AUDIT.to_owned(), line)
    };
    let (schema, codes) = one(&fields(10_000, "indicators: [ip]"));
    assert_eq!((schema.unwrap().objects[0].fields.len(), codes), (10_003, vec![]));
    assert_eq!(one(&fields(1_000, "indicator: [ip]")).1, [Code::LW0201; 1_000]);
}

#[test]
fn references_neither_explode_nor_overflow() {
    let mut doubling = String::from("definitions:\n  D0: {type: object, fields: [{name: a, type: string}]}\n");
    for level in 1..60 {
        let fields = format!("[{{name: a, type: ref, target: D{0}}}, {{name: b, type: ref, target: D{0}}}]", level - 1);
        let _ = writeln!(doubling, "  D{level}: {{type: object, fields: {fields}}}");
    }
    let schema = right(&doubling, "  - {name: x, type: ref, target: D59}");
    assert_eq!(schema.objects.len(), 61);

    let mut chain = String::from("schema: Acme.Login\nfields: [{name: x, type: ref, target: D0}]\ndefinitions:\n");
    for level in 0..5_000 {
        let _ = writeln!(chain, "  D{level}: {{type: ref, target: D{}}}", level + 1);
    }
    let codes = one(&chain).1;
    assert!(codes.contains(&Code::LW0403) && codes.len() < 1000, "{}", codes.len());

    let mut deep = String::from("schema: Acme.Login\nfields: [{name: x, type: ref, target: D0}]\ndefinitions:\n");
    for level in 0..1_000 {
        let _ = writeln!(deep, "  D{level}: {{type: array, element: {{type: ref, target: D{}}}}}", level + 1);
    }
    let _ = writeln!(deep, "  D1000: {{type: string}}");
    assert!(one(&deep).1.contains(&Code::LW0403));
}

#[test]
fn depth_is_counted_to_the_limit() {
    let nested = |levels: usize| {
        let value =
            (1..levels).fold("{type: string}".to_owned(), |inner, _| format!("{{type: array, element: {inner}}}"));
        format!("  - {}", value.replacen('{', "{name: deep, ", 1))
    };
    right("", &nested(64));
    let text = format!("schema: Acme.Login\nfields:\n{}\n", nested(65));
    assert_eq!(one(&text).1, [Code::LW0403]);
}
