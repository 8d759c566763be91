//! Every `*_tests.yml` below `schemas/`, by both engines: an event, and what must come of it.
//!
//! The rules are those of [`logwright_codegen::schema_tests`]. The generated parsers and the interpreter must moreover give
//! the same bytes, or the same error.

use std::path::Path;

use logwright::event::write_event;
use logwright::indicators::Indicators;
use logwright::json::Buffer;
use logwright::log_type::Record;
use logwright::log_types;
use logwright_codegen::compile::{Options, compile};
use logwright_codegen::diagnostic::Diagnostics;
use logwright_codegen::interpret::Interpreter;
use logwright_codegen::model::Parser;
use logwright_codegen::schema_tests::{cases, envelope, interpret, run};
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
        let generated = match schema.parser {
            Parser::Json => generated(log_type, [input]),
            Parser::Text(_) => generated(log_type, input.split(|byte| *byte == b'\n')),
        };
        let interpreted = interpret(&Interpreter::new(schema), input);
        assert_eq!(interpreted, generated, "the two engines differ on {}", String::from_utf8_lossy(input));
        Some(generated)
    });
    let failures: String = report.failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "\n{failures}");
    assert_eq!(report.passed, cases.len());
}

fn no_errors(sources: &SourceMap, diagnostics: &Diagnostics) {
    assert!(!diagnostics.has_errors(), "{}", diagnostics.render_text(sources, false));
}

/// What generated code makes of the lines of one stream.
fn generated<'l>(log_type: &str, lines: impl IntoIterator<Item = &'l [u8]>) -> Result<Vec<Vec<u8>>, String> {
    let log_type = log_types::ALL.iter().find(|one| one.schema().log_type == log_type).expect("a generated log type");
    let (mut events, mut parser) = (Vec::new(), log_type.lines());
    for line in lines {
        let mut then = |record: &dyn Record| {
            let mut out = Buffer::default();
            write_event(record, &envelope(record.event_time()), &mut Indicators::default(), &mut out);
            events.push(out.into_vec());
        };
        parser.parse(line, &mut then).map_err(|error| error.to_string())?;
    }
    Ok(events)
}
