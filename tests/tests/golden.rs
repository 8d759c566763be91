//! Every `*_tests.yml` below `schemas/`, by both engines: an event, and what must come of it.
//!
//! The rules are those of [`logwright_codegen::schema_tests`]. The generated parsers and the interpreter must moreover give
//! the same bytes, or the same error. Log types that are read from text have one engine so far, the generated one; their
//! input is a stream of lines.

use std::path::Path;

use logwright::event::write_event;
use logwright::indicators::Indicators;
use logwright::log_type::Record;
use logwright::log_types;
use logwright_codegen::compile::{Options, compile};
use logwright_codegen::diagnostic::Diagnostics;
use logwright_codegen::interpret::Interpreter;
use logwright_codegen::model::{Parser, Schema};
use logwright_codegen::schema_tests::{cases, envelope, run};
use logwright_codegen::source::SourceMap;

#[test]
fn every_schema_test_holds_in_both_engines() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let (sources, diagnostics) = SourceMap::read(&root.join("schemas"));
    no_errors(&sources, &diagnostics);
    let (schemas, diagnostics) = compile(&sources, &Options::default());
    no_errors(&sources, &diagnostics);
    let (cases, diagnostics) = cases(&sources, &|_| true);
    no_errors(&sources, &diagnostics);
    assert!(cases.len() >= 12, "only {} cases", cases.len());

    let report = run(&cases, &|log_type, input| {
        let schema = schemas.iter().find(|schema| schema.log_type == log_type)?;
        if schema.parser != Parser::Json {
            return Some(generated_from_lines(log_type, input));
        }
        let (interpreted, generated) = (interpreted(schema, input), generated(log_type, input));
        assert_eq!(interpreted, generated, "the two engines differ on {}", String::from_utf8_lossy(input));
        Some(generated.map(|event| vec![event.into_bytes()]))
    });
    let failures: String = report.failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "\n{failures}");
    assert_eq!(report.passed, cases.len());
}

fn no_errors(sources: &SourceMap, diagnostics: &Diagnostics) {
    assert!(!diagnostics.has_errors(), "{}", diagnostics.render_text(sources, false));
}

fn generated(log_type: &str, input: &[u8]) -> Result<String, String> {
    let log_type = log_types::ALL.iter().find(|one| one.schema().log_type == log_type).expect("a generated log type");
    let mut out = Vec::new();
    let parsed = log_type.parse(input, &mut |record| {
        write_event(record, &envelope(record.event_time()), &mut Indicators::default(), &mut out);
    });
    parsed.map(|()| String::from_utf8(out).unwrap()).map_err(|error| error.to_string())
}

fn generated_from_lines(log_type: &str, input: &[u8]) -> Result<Vec<Vec<u8>>, String> {
    let log_type = log_types::ALL.iter().find(|one| one.schema().log_type == log_type).expect("a generated log type");
    let (mut events, mut lines) = (Vec::new(), log_type.lines());
    for line in input.split(|byte| *byte == b'\n') {
        let mut then = |record: &dyn Record| {
            let mut out = Vec::new();
            write_event(record, &envelope(record.event_time()), &mut Indicators::default(), &mut out);
            events.push(out);
        };
        lines.parse(line, &mut then).map_err(|error| error.to_string())?;
    }
    Ok(events)
}

fn interpreted(schema: &Schema, input: &[u8]) -> Result<String, String> {
    let interpreter = Interpreter::new(schema);
    let event = interpreter.parse(input).map_err(|error| error.to_string())?;
    let mut out = Vec::new();
    event.write(&envelope(event.event_time()), &mut Indicators::default(), &mut out);
    Ok(String::from_utf8(out).unwrap())
}
