//! The language's own examples, run by the interpreter. That generated code does the same is the differential test's to say.
//!
//! An event is its fields in the `source` profile, with `p_event_time` where it has one of its own, and its lists of
//! indicators; `-` is none; `!` is an error.

use logwright::event::{Envelope, Profile, RowId};
use logwright::indicators::Indicators;
use logwright::json::Buffer;
use logwright::time::Timestamp;
use logwright_codegen::compile::{Options, compile};
use logwright_codegen::interpret::{Event, Interpreter};
use logwright_codegen::source::SourceMap;
use logwright_tests::language::{Rule, rules};

#[test]
fn every_rule_holds() {
    let rules = rules();
    assert!(rules.len() > 100, "only {} rules", rules.len());
    let mut wrong = Vec::new();
    for rule in &rules {
        for ((line, expected), found) in rule.lines.iter().zip(run(rule)) {
            if found != *expected {
                let Rule { file, says, .. } = rule;
                wrong.push(format!("{file}: {says}\n  {line}\n  expected {expected}\n  found    {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// What comes of each line of a rule.
fn run(rule: &Rule) -> Vec<String> {
    let sources = SourceMap::from_texts([("acme/case.yml", format!("schema: Acme.Case\n{}", rule.schema))]);
    let (schemas, diagnostics) = compile(&sources, &Options::default());
    assert!(!diagnostics.has_errors(), "{}", diagnostics.render_text(&sources, false));
    let interpreter = Interpreter::new(&schemas[0]);
    let mut stream = interpreter.lines();
    let told = |(line, _): &(String, String)| {
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
    rule.lines.iter().map(told).collect()
}

/// An event without the standard fields that every event has.
fn shown(event: &Event<'_>) -> String {
    let parse_time = Timestamp::from_unix(0, 0).unwrap();
    let row_id = RowId::new(parse_time, [0; 10]);
    let envelope = Envelope { row_id, parse_time: parse_time.into(), origin: None, profile: Profile::Source };
    let mut out = Buffer::default();
    event.write(&envelope, &mut Indicators::default(), &mut out);
    let text = String::from_utf8(out.into_vec()).unwrap();
    let (fields, standard) = text.strip_prefix('{').unwrap().split_once("\"p_log_type\":").unwrap();
    let time = event.event_time().map(|_| {
        let (_, time) = standard.split_once("\"p_event_time\":").unwrap();
        format!("\"p_event_time\":{}", time.split(',').next().unwrap())
    });
    let any = standard.find("\"p_any").map(|start| standard[start..].strip_suffix('}').unwrap().to_owned());
    let fields = Some(fields.trim_end_matches(',').to_owned()).filter(|fields| !fields.is_empty());
    format!("{{{}}}", [fields, time, any].into_iter().flatten().collect::<Vec<_>>().join(","))
}
