//! What the interpreter does by itself. That generated code does the same is the differential test's to say.

use logwright::event::RowId;
use logwright::json::Buffer;

use super::*;
use crate::compile::{Options, compile};
use crate::source::SourceMap;

/// The event in a profile, without the standard fields that every event has; or the error.
fn run(fields: &str, input: &str, profile: Profile) -> String {
    let text = format!("schema: Acme.Login\nfields:\n{fields}");
    let sources = SourceMap::from_texts([("acme/login.yml", text)]);
    let (schemas, diagnostics) = compile(&sources, &Options::default());
    assert!(!diagnostics.has_errors(), "{}", diagnostics.render_text(&sources, false));
    let interpreter = Interpreter::new(&schemas[0]);
    match interpreter.parse(input.as_bytes()) {
        Err(error) => format!("{error:?}"),
        Ok(event) => {
            let parse_time = Timestamp::from_unix(0, 0).unwrap();
            let envelope = Envelope {
                row_id: RowId::new(parse_time, [0; 10]),
                parse_time: parse_time.into(),
                origin: None,
                profile,
            };
            let mut out = Buffer::default();
            event.write(&envelope, &mut Indicators::default(), &mut out);
            let text = String::from_utf8(out.into_vec()).unwrap();
            let (fields, rest) = text.split_once(r#""p_log_type":"Acme.Login","p_row_id":"#).unwrap();
            let (_, times) = rest.split_once(r#""p_event_time":"#).unwrap();
            let (event_time, rest) = times.split_once(r#","p_parse_time":"#).unwrap();
            let any = rest.split_once("\"p_any").map_or(String::new(), |(_, any)| format!(" \"p_any{any}"));
            format!("{fields} {event_time}{any}")
        }
    }
}

#[test]
fn fields_come_in_schema_order_and_absent_ones_not_at_all() {
    let fields =
        "- {name: b, type: int}\n- {name: 'a\"', type: array, element: {type: array, element: {type: json}}}\n";
    let input = r#"{"a\"": [[{ "x" : 1 }, null], []], "b": 7, "c": true}"#;
    assert_eq!(
        run(fields, input, Profile::Lake),
        r#"{"b":7,"a\"":[[{ "x" : 1 },null],[]], "1970-01-01 00:00:00.000000000""#
    );
    assert_eq!(run(fields, r#"{"a\"": [], "b": null}"#, Profile::Lake), r#"{ "1970-01-01 00:00:00.000000000""#);
}

#[test]
fn times_are_written_by_their_profile_and_the_first_marked_one_is_the_events() {
    let fields = "\
- {name: l, type: array, element: {type: object, fields: [{name: at, type: timestamp, timeFormat: unix, isEventTime: true}]}}
- {name: t, type: timestamp, timeFormats: [rfc3339, '%d/%m/%Y'], isEventTime: true, required: true}
";
    let input = r#"{"t": "02/01/2026", "l": [{}, {"at": 5}]}"#;
    let lake = r#"{"l":[{},{"at":"1970-01-01 00:00:05.000000000"}],"t":"2026-01-02 00:00:00.000000000", "2026-01-02 00:00:00.000000000""#;
    assert_eq!(run(fields, input, Profile::Lake), lake);
    assert_eq!(run(fields, input, Profile::Source), r#"{"l":[{},{"at":5}],"t":"02/01/2026", "2026-01-02T00:00:00Z""#);
    let first = r#"{"t": "2026-01-02T00:00:00+02:00", "l": [{"at": 6.5}]}"#;
    let source = r#"{"l":[{"at":6.5}],"t":"2026-01-02T00:00:00+02:00", "1970-01-01T00:00:06.5Z""#;
    assert_eq!(run(fields, first, Profile::Source), source);
}

#[test]
fn indicators_are_found_in_every_text() {
    let fields = "\
- {name: o, type: object, fields: [{name: ips, type: array, element: {type: string, indicators: [ip, username]}}]}
";
    let input = r#"{"o": {"ips": ["b\u0061", null, "192.0.2.1"]}}"#;
    let found = run(fields, input, Profile::Source);
    assert!(found.ends_with(r#" "p_any_ip_addresses":["192.0.2.1"],"p_any_usernames":["192.0.2.1","ba"]}"#), "{found}");
}

#[test]
fn fields_may_have_one_key() {
    let fields = "\
- {name: a, type: string, rename: {from: x.y}}
- {name: b, type: smallint, rename: {from: x.y}}
- {name: c, type: json, rename: {from: d}}
- {name: d, type: bigint}
";
    let found = run(fields, r#"{"x": {"y": 1}, "x.y": 2, "d": 3}"#, Profile::Source);
    assert!(found.starts_with(r#"{"a":"2","b":2,"c":3,"d":3,"#), "{found}");
    // It is a key, not a path.
    let found = run(fields, r#"{"x": {"y": 1}}"#, Profile::Source);
    assert!(!found.contains(r#""b""#), "{found}");
}

#[test]
fn the_first_mistake_in_schema_order_is_told() {
    let fields = "\
- {name: a, type: array, element: {type: object, fields: [{name: x, type: smallint, required: true}]}}
- {name: b, type: string, validate: {deny: [no], ip: any}}
";
    let told = |input| run(fields, input, Profile::Lake);
    assert_eq!(
        told(r#"{"b": 1, "a": [{"x": 1}, {}]}"#),
        "/a/1/x: expected a value (the field is required), found null or nothing (required)"
    );
    assert_eq!(told(r#"{"b": "no"}"#), r#"/b: expected none of ["no"], found "no" (validate)"#);
    assert_eq!(told(r#"{"b": "x"}"#), r#"/b: expected an IP address, found "x" (validate)"#);
    assert_eq!(
        told(r#"{"a": 1, "a": null, "b": {}"#),
        "byte 27: expected `,` or `}`, found the end of the input (syntax)"
    );
}

#[test]
fn a_column_of_a_template_that_no_field_takes_is_none_of_the_schemas() {
    let text = "\
schema: Acme.Event
parser: {csv: {hasHeader: true, expandFields: {made: '%{p}'}}}
fields: [{name: id, type: string}]
";
    let sources = SourceMap::from_texts([("acme/event.yml", text)]);
    let (schemas, _) = compile(&sources, &Options::default());
    let interpreter = Interpreter::new(&schemas[0]);
    assert!(interpreter.lines().parse(b"p,q").is_err());
    assert!(interpreter.lines().parse(b"p,id").is_ok());
}

#[test]
fn a_column_of_a_field_that_takes_its_value_elsewhere_is_none_of_the_schemas() {
    // The field `made` copies `id`, so that neither a column `made` nor the template of that name fills anything.
    let text = "\
schema: Acme.Event
parser: {csv: {hasHeader: true, expandFields: {made: '%{p}', kept: '%{q}'}}}
fieldDiscoveryEnabled: true
fields: [{name: made, type: string, copy: {from: id}}]
";
    let sources = SourceMap::from_texts([("acme/event.yml", text)]);
    let (schemas, _) = compile(&sources, &Options::default());
    let interpreter = Interpreter::new(&schemas[0]);
    for (header, is_header) in [("made,x", false), ("p,x", false), ("q,x", true), ("kept,x", true), ("id,x", true)] {
        assert_eq!(interpreter.lines().parse(header.as_bytes()).is_ok(), is_header, "{header}");
    }
}

#[test]
fn lists_end_at_65536_elements_however_their_values_come() {
    let fields = "\
- {name: own, type: array, element: {type: int}}
- {name: made, type: array, copy: {from: a.b}, element: {type: object, fields: [{name: c, type: array, copy: {from: d}, element: {type: int}}]}}
- {name: text, type: array, isEmbeddedJSON: true, element: {type: int}}
";
    let nulls = |count: usize| vec!["null"; count].join(",");
    let event = |own, made, text| {
        let own = format!(r#""own":[{}]"#, nulls(own));
        let made = format!(r#""a":{{"b":[{{"d":[{}]}}]}}"#, nulls(made));
        let text = format!(r#""text":"[{}]""#, nulls(text));
        run(fields, &format!("{{{own},{made},{text}}}"), Profile::Lake)
    };
    assert!(event(30_000, 30_000, 5_535).starts_with(r#"{"own":[null,"#));
    for (own, made, text) in [(30_000, 30_000, 5_536), (30_000, 30_001, 5_535), (30_001, 30_000, 5_535)] {
        let error = event(own, made, text);
        assert!(error.ends_with(": the lists of the event have more than 65536 elements (elements)"), "{error:.200}");
    }
    // A key that comes twice has taken memory twice, and what was refused is not taken back by what follows.
    let twice = format!(r#"{{"text":"[{}]","text":"[]"}}"#, nulls(65_537));
    assert!(run(fields, &twice, Profile::Lake).ends_with(" (elements)"));
    // What may be JSON in a string is passed over before it is decoded, and so has to be JSON first.
    for (field, code) in [("own", "elements"), ("text", "syntax")] {
        let broken = format!(r#"{{"{field}":[{} 1]}}"#, nulls(65_537));
        assert!(run(fields, &broken, Profile::Lake).ends_with(&format!(" ({code})")), "{field}");
    }
}

#[test]
fn keys_that_are_kept_undeclared_count_like_elements() {
    let keys = |count: usize| {
        let keys: Vec<_> = (0..count).map(|number| format!("\"{number}\":0")).collect();
        run("- {name: a, type: int}\nfieldDiscoveryEnabled: true\n", &format!("{{{}}}", keys.join(",")), Profile::Lake)
    };
    assert!(keys(65_536).starts_with(r#"{"0":0,"1":0"#));
    assert!(keys(65_537).ends_with(" (elements)"));
}
