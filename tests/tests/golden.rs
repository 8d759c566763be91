//! Every `*_tests.yml` below `schemas/`: an event, and what must come of it.
//!
//! The rules are those of the schema language: JSON is compared as values, in the `source` profile, `p_any_*` as sets;
//! `p_row_id` and `p_parse_time` must be there; a missing `p_event_time` must equal `p_parse_time`. The input of a log type
//! that is read from text is a stream of lines.

use std::collections::BTreeMap;
use std::path::Path;

use logwright::event::{Envelope, Profile, RowId, write_event};
use logwright::indicators::Indicators;
use logwright::log_type::Record;
use logwright::log_types;
use logwright::time::Timestamp;
use logwright_codegen::diagnostic::Diagnostics;
use logwright_codegen::source::SourceMap;
use logwright_codegen::yaml::{Kind, Node, parse_documents};
use serde_json::{Map, Value};

/// What a test says, by key: a text, or a list of them.
type Case = BTreeMap<String, Vec<String>>;

#[test]
fn every_schema_test_holds() {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("schemas");
    let (sources, mut diagnostics) = SourceMap::read(&schemas);
    let mut cases = Vec::new();
    for (id, _) in sources.iter().filter(|(_, file)| file.name().ends_with("_tests.yml")) {
        cases.extend(parse_documents(id, &sources, &mut diagnostics).iter().map(case));
    }
    no_diagnostics(&sources, &diagnostics);
    assert!(cases.len() >= 40, "only {} cases", cases.len());
    let failures: Vec<String> = cases.iter().filter_map(|case| run(case).err()).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

fn no_diagnostics(sources: &SourceMap, diagnostics: &Diagnostics) {
    assert!(diagnostics.is_empty(), "{}", diagnostics.render_text(sources, false));
}

fn case(document: &Node) -> Case {
    let Kind::Mapping(entries) = &document.kind else { panic!("a case is a mapping") };
    let text = |node: &Node| match &node.kind {
        Kind::Scalar { text, .. } => text.clone(),
        _ => panic!("a case holds texts"),
    };
    let texts = |node: &Node| match &node.kind {
        Kind::Sequence(items) => items.iter().map(text).collect(),
        _ => vec![text(node)],
    };
    entries.iter().map(|(key, value)| (text(key), texts(value))).collect()
}

fn run(case: &Case) -> Result<(), String> {
    const KEYS: [&str; 6] = ["name", "logType", "input", "result", "results", "error"];
    let one = |key: &str| case[key].first().expect("a text");
    let (name, log_type) = (one("name"), one("logType"));
    if let Some(unknown) = case.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(format!("{name}: unknown key `{unknown}`"));
    }
    let expected: Vec<&String> = ["result", "results"].iter().filter_map(|key| case.get(*key)).flatten().collect();
    match (normalise(log_type, one("input")), case.get("error")) {
        (Ok(found), None) if found.len() == expected.len() => {
            for (found, expected) in found.into_iter().zip(expected) {
                let expected = expected.replace("{{.LogType}}", log_type);
                let expected: Value =
                    serde_json::from_str(&expected).map_err(|error| format!("{name}: result: {error}"))?;
                compare(found, expected).map_err(|difference| format!("{name}: {difference}"))?;
            }
            Ok(())
        }
        (Ok(found), None) => Err(format!("{name}: expected {} events, found {found:?}", expected.len())),
        (Err(error), Some(texts)) if texts.iter().all(|text| error.contains(text.as_str())) => Ok(()),
        (Err(error), Some(texts)) => Err(format!("{name}: expected the error\n  {texts:?}\nfound\n  {error}")),
        (Err(error), None) => Err(format!("{name}: {error}")),
        (Ok(found), Some(_)) => Err(format!("{name}: expected an error, found {found:?}")),
    }
}

/// The events as JSON, in the `source` profile.
fn normalise(log_type: &str, input: &str) -> Result<Vec<Value>, String> {
    let log_type = log_types::ALL.iter().find(|one| one.schema().log_type == log_type).expect("a known log type");
    let parse_time = Timestamp::from_unix(1_790_000_000, 0).unwrap();
    let mut events = Vec::new();
    let mut then = |record: &dyn Record| {
        let row_id = RowId::new(record.event_time().unwrap_or(parse_time), [0; 10]);
        let envelope = Envelope { row_id, parse_time, origin: None, profile: Profile::Source };
        let mut out = Vec::new();
        write_event(record, &envelope, &mut Indicators::default(), &mut out);
        events.push(serde_json::from_slice(&out).unwrap());
    };
    let mut lines = log_type.lines();
    // An event that is JSON may be laid out over several lines.
    let inputs = if input.trim_start().starts_with('{') { vec![input] } else { input.lines().collect() };
    for input in inputs {
        lines.parse(input.as_bytes(), &mut then).map_err(|error| error.to_string())?;
    }
    Ok(events)
}

fn compare(mut found: Value, mut expected: Value) -> Result<(), String> {
    let members =
        |value: &mut Value| -> Map<String, Value> { std::mem::take(value.as_object_mut().expect("an object")) };
    let (mut found, mut expected) = (members(&mut found), members(&mut expected));
    found.remove("p_row_id").ok_or("no p_row_id")?;
    let parse_time = found.remove("p_parse_time").ok_or("no p_parse_time")?;
    let event_time = instant(&found.remove("p_event_time").ok_or("no p_event_time")?);
    let expected_time = instant(&expected.remove("p_event_time").unwrap_or(parse_time));
    if event_time != expected_time {
        return Err(format!("p_event_time: expected {expected_time}, found {event_time}"));
    }
    for list in found.iter_mut().chain(expected.iter_mut()).filter(|(key, _)| key.starts_with("p_any_")) {
        list.1.as_array_mut().ok_or("a p_any_ list is an array")?.sort_by_key(Value::to_string);
    }
    if found == expected {
        return Ok(());
    }
    let show = |members| serde_json::to_string_pretty(&Value::Object(members)).unwrap();
    Err(format!("expected\n{}\nfound\n{}", show(expected), show(found)))
}

fn instant(time: &Value) -> Timestamp {
    time.as_str().expect("a time is a string").parse().expect("p_ times are RFC 3339")
}
