//! Two engines, one meaning: generated code and the interpreter on random schemas, and on random events and lines.
//!
//! Both must give the same bytes, or the same error: code, pointer, offset and words. A short run is part of `cargo test`.
//! A long one takes as many rounds as you say, each with other schemas; the seed of a failure is told, and makes it again:
//!
//! ```text
//! DIFFERENTIAL_ROUNDS=20 cargo test -p logwright-tests --test differential -- --ignored --nocapture
//! DIFFERENTIAL_SEED=7 DIFFERENTIAL_ROUNDS=1 cargo test -p logwright-tests --test differential -- --ignored
//! ```

mod generated;
mod inputs;
mod mutated;
mod random;
mod schemas;
mod text_lines;
mod text_schemas;
mod transforms;

use std::collections::BTreeMap;

use generated::Request;
use logwright::event::{Envelope, Profile, RowId};
use logwright::indicators::Indicators;
use logwright::json::{Buffer, Error};
use logwright::time::Timestamp;
use logwright_codegen::compile::{Options, compile};
use logwright_codegen::diagnostic::Code;
use logwright_codegen::emit::Home;
use logwright_codegen::generate::generate;
use logwright_codegen::interpret::{Event, Interpreter};
use logwright_codegen::source::SourceMap;
use random::Random;
use text_schemas::TextSchema;

/// How many log types are JSON, and how many are text.
const SCHEMAS: usize = 150;
const TEXT_SCHEMAS: usize = 75;

/// What stands after each line's part of the answer to a stream.
const SEPARATOR: char = '\u{1e}';

/// How many lines a stream has.
const LINES: usize = 12;

#[test]
fn generated_code_and_interpreter_agree() {
    let outcomes = round("short", 0, 60);
    // What is never met is not compared: an input of each kind must have come.
    for kind in [
        "event",
        "type",
        "range",
        "time",
        "required",
        "validate",
        "syntax",
        "utf8",
        "depth",
        "elements",
        "not_an_object",
        "line",
        "none",
        "pattern",
    ] {
        assert!(outcomes.get(kind).is_some_and(|times| *times >= 5), "{kind}: {outcomes:?}");
    }
    assert!(outcomes["event"] > 3_500 && outcomes["line"] > 2_500, "{outcomes:?}");
}

#[test]
#[ignore = "takes as long as it is told to; see the top of this file"]
fn they_agree_in_a_long_run() {
    let number = |name, default| std::env::var(name).map_or(default, |text| text.parse().unwrap());
    let seed = number("DIFFERENTIAL_SEED", 1);
    for seed in seed..seed + number("DIFFERENTIAL_ROUNDS", 10) {
        println!("seed {seed}: {:?}", round("long", seed, 1_000));
    }
}

/// Compares the engines on fresh schemas, with so many events for each; says how often each outcome came.
fn round(name: &str, seed: u64, events: usize) -> BTreeMap<String, usize> {
    let mut random = Random::new(seed);
    let mut texts: Vec<_> =
        (0..SCHEMAS).map(|index| (format!("random/t{index}.yml"), schemas::schema(index, &mut random))).collect();
    texts.extend(schemas::KNOWN.iter().map(|(file, yaml)| (format!("random/{file}.yml"), (*yaml).to_owned())));
    let mut all_lines = BTreeMap::new();
    for index in 0..TEXT_SCHEMAS {
        let TextSchema { yaml, lines } = text_schemas::schema(index, &mut random);
        texts.push((format!("random/l{index}.yml"), yaml));
        all_lines.insert(format!("Random.Line{index}"), lines);
    }
    // The rules of the language as well: what the interpreter makes of their lines is written beside them.
    let rules = logwright_tests::language::rules();
    for (index, rule) in rules.iter().enumerate() {
        texts.push((format!("language/r{index}.yml"), format!("schema: Language.Rule{index}\n{}", rule.schema)));
    }
    let sources = SourceMap::from_texts(texts);
    for key in ["rename", "copy", "concat", "split", "redact", "hash", "\"isEmbeddedJSON\":true", "Enabled\":true"] {
        let met = sources.iter().filter(|(_, source)| source.text().contains(key)).count();
        assert!(met >= 10, "{key}: {met}");
    }
    let (schemas, diagnostics) = compile(&sources, &Options::default());
    assert!(!diagnostics.has_errors(), "{}", diagnostics.render_text(&sources, false));
    let shared = diagnostics.sorted().into_iter().filter(|diagnostic| diagnostic.code == Code::LW0409).count();
    assert!(shared >= 3, "only {shared} times do two fields share a key");
    assert_eq!(schemas.len(), SCHEMAS + schemas::KNOWN.len() + TEXT_SCHEMAS + rules.len());
    let (generated, _) = generate(&sources, &Options::default(), &Home::users("::logwright", false).unwrap());
    let passed_on = generated.files.iter().filter(|(_, text)| text.contains("PassOn::new")).count();
    let flat = (0..SCHEMAS).filter(|index| schemas::is_flat(*index)).count();
    assert!(passed_on >= flat && passed_on < SCHEMAS, "{passed_on} log types are passed on, {flat} are flat");
    let program = generated::compile(name, &generated.files);

    let interpreters: Vec<_> = schemas.iter().map(Interpreter::new).collect();
    let mut requests = Vec::new();
    for (log_type, schema) in (0..).zip(&schemas) {
        if let Some(index) = schema.log_type.strip_prefix("Language.Rule") {
            let lines = rules[index.parse::<usize>().unwrap()].lines.iter().map(|(line, _)| line.as_str());
            let lines: Vec<_> = lines.filter(|line| !line.trim_ascii().is_empty()).collect();
            let event = lines.join("\n").into_bytes();
            requests.extend([0, 1].map(|profile| Request { log_type, profile, is_stream: true, event: event.clone() }));
            continue;
        }
        let lines = all_lines.get(&schema.log_type);
        for _ in 0..if lines.is_some() { events / 4 } else { events } {
            let profile = u32::from(random.percent(50));
            let event = match lines {
                Some(lines) => text_lines::stream(lines, LINES, &mut random),
                None => inputs::event(schema, &mut random),
            };
            requests.push(Request { log_type, profile, is_stream: lines.is_some(), event });
        }
    }
    let answers = program.answer(&requests);
    assert_eq!(answers.len(), requests.len());

    let mut outcomes = BTreeMap::new();
    for (request, answer) in requests.iter().zip(answers) {
        let twin = &interpreters[request.log_type as usize];
        for line in answer.split_terminator(SEPARATOR) {
            *outcomes.entry(outcome(line, request.is_stream).to_owned()).or_default() += 1;
        }
        assert_eq!(
            interpret(twin, request),
            answer,
            "seed {seed}: interpreted on the left, generated on the right\n{}\n{}",
            sources.iter().find(|(_, source)| source.path() == twin.schema().file).unwrap().1.text(),
            String::from_utf8_lossy(&request.event)
        );
    }
    outcomes
}

/// What came of an event, in one word.
fn outcome(answer: &str, is_stream: bool) -> &str {
    match answer {
        "" => "none",
        event if event.starts_with('{') => {
            if is_stream {
                "line"
            } else {
                "event"
            }
        }
        error => error.split(' ').next().unwrap(),
    }
}

/// What the interpreter makes of a request: the event or the error, for a stream a line each.
fn interpret(interpreter: &Interpreter<'_>, request: &Request) -> String {
    let mut lines = interpreter.lines();
    if !request.is_stream {
        return told(lines.parse(&request.event), request);
    }
    let events = request.event.split_inclusive(|byte| *byte == b'\n');
    events.map(|line| told(lines.parse(line), request) + &SEPARATOR.to_string()).collect()
}

fn told(parsed: Result<Option<Event<'_>>, Error>, request: &Request) -> String {
    let parse_time = Timestamp::from_unix(1_790_000_000, 0).unwrap();
    let profile = if request.profile == 0 { Profile::Lake } else { Profile::Source };
    match parsed {
        Err(error) => format!("{} {:?} {:?} {error}", error.code().name(), error.pointer(), error.offset()),
        Ok(None) => String::new(),
        Ok(Some(event)) => {
            let row_id = RowId::new(event.event_time().unwrap_or(parse_time), [0; 10]);
            let mut out = Buffer::default();
            let envelope = Envelope { row_id, parse_time: parse_time.into(), origin: None, profile };
            event.write(&envelope, &mut Indicators::default(), &mut out);
            String::from_utf8(out.into_vec()).unwrap()
        }
    }
}
