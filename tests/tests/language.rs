//! The language's own examples: each file in `language` is a section of it, each document one of its rules, with the lines of a
//! stream and what comes of them.
//!
//! The interpreter runs them; that generated code does the same is the differential test's to say. An event is its fields in
//! the `source` profile, with `p_event_time` where it has one of its own, and its lists of indicators; `-` is none; `!` is an error.

use std::fs;
use std::path::Path;

use logwright::event::{Envelope, Profile, RowId};
use logwright::indicators::Indicators;
use logwright::time::Timestamp;
use logwright_codegen::compile::{Options, compile};
use logwright_codegen::diagnostic::Diagnostics;
use logwright_codegen::interpret::{Event, Interpreter};
use logwright_codegen::raw::read::{Entry, Reading};
use logwright_codegen::source::SourceMap;
use logwright_codegen::yaml;

#[test]
fn every_rule_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("language");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut rules, mut wrong) = (0, Vec::new());
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let sources = SourceMap::from_texts([(name.clone(), fs::read_to_string(&path).unwrap())]);
        let (file, mut diagnostics) = (sources.iter().next().unwrap().0, Diagnostics::default());
        let documents = yaml::parse_documents(file, &sources, &mut diagnostics);
        assert!(diagnostics.is_empty(), "{}", diagnostics.render_text(&sources, false));
        for document in &documents {
            rules += 1;
            let reading = Reading::new(false);
            let mut keys = reading.mapping(&Entry::root(document)).unwrap();
            let (says, schema) =
                (keys.required_string("says").unwrap().value, keys.required_string("schema").unwrap().value);
            let lines = keys.required_list("lines").unwrap();
            let lines: Vec<_> = lines.iter().map(|line| reading.strings(line).unwrap()).collect();
            keys.finish();
            assert!(!reading.has_errors(), "{}", reading.into_diagnostics().render_text(&sources, false));
            let inputs: Vec<_> = lines.iter().map(|line| line[0].value.as_str()).collect();
            for ((input, found), expected) in inputs.iter().zip(run(&schema, &inputs)).zip(&lines) {
                if found != expected[1].value {
                    wrong.push(format!(
                        "{name}: {says}\n  {input}\n  expected {}\n  found    {found}",
                        expected[1].value
                    ));
                }
            }
        }
    }
    assert!(rules > 100, "only {rules} rules");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// What comes of each line of a stream.
fn run(schema: &str, lines: &[&str]) -> Vec<String> {
    let sources = SourceMap::from_texts([("acme/case.yml", format!("schema: Acme.Case\n{schema}"))]);
    let (schemas, diagnostics) = compile(&sources, &Options::default());
    assert!(!diagnostics.has_errors(), "{}", diagnostics.render_text(&sources, false));
    let interpreter = Interpreter::new(&schemas[0]);
    let mut stream = interpreter.lines();
    let told = |line: &&str| {
        // A blank line is none, whatever the log type is read by.
        if line.trim_ascii().is_empty() {
            return "-".to_owned();
        }
        match stream.parse(line.as_bytes()) {
            Ok(None) => "-".to_owned(),
            Ok(Some(event)) => shown(&event),
            Err(error) => {
                let pointer = if error.pointer().is_empty() { String::new() } else { format!("{}: ", error.pointer()) };
                let at = error.offset().map_or(String::new(), |offset| format!(" at byte {offset}"));
                format!("! {pointer}{}{at} ({})", error.message(), error.code().name())
            }
        }
    };
    lines.iter().map(told).collect()
}

/// An event without the standard fields that every event has.
fn shown(event: &Event<'_>) -> String {
    let parse_time = Timestamp::from_unix(0, 0).unwrap();
    let row_id = RowId::new(parse_time, [0; 10]);
    let envelope = Envelope { row_id, parse_time: parse_time.into(), origin: None, profile: Profile::Source };
    let mut out = Vec::new();
    event.write(&envelope, &mut Indicators::default(), &mut out);
    let text = String::from_utf8(out).unwrap();
    let (fields, standard) = text.strip_prefix('{').unwrap().split_once("\"p_log_type\":").unwrap();
    let time = event.event_time().map(|_| {
        let (_, time) = standard.split_once("\"p_event_time\":").unwrap();
        format!("\"p_event_time\":{}", time.split(',').next().unwrap())
    });
    let any = standard.find("\"p_any").map(|start| standard[start..].strip_suffix('}').unwrap().to_owned());
    let fields = Some(fields.trim_end_matches(',').to_owned()).filter(|fields| !fields.is_empty());
    format!("{{{}}}", [fields, time, any].into_iter().flatten().collect::<Vec<_>>().join(","))
}
