//! Two engines, one meaning: generated code and the interpreter on random schemas and random events.
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
mod random;
mod schemas;

use std::collections::BTreeMap;

use generated::Request;
use logwright::event::{Envelope, Profile, RowId};
use logwright::indicators::Indicators;
use logwright::time::Timestamp;
use logwright_codegen::compile::{Options, compile};
use logwright_codegen::emit::Home;
use logwright_codegen::generate::generate;
use logwright_codegen::interpret::Interpreter;
use logwright_codegen::source::SourceMap;
use random::Random;

const SCHEMAS: usize = 200;

#[test]
fn generated_code_and_interpreter_agree() {
    let outcomes = round("short", 0, 60);
    // What is never met is not compared: an input of each kind must have come.
    for kind in ["event", "type", "range", "time", "required", "validate", "syntax", "utf8", "depth", "not_an_object"] {
        assert!(outcomes.get(kind).is_some_and(|times| *times >= 5), "{kind}: {outcomes:?}");
    }
    assert!(outcomes["event"] > 5_000, "{outcomes:?}");
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
    let texts = (0..SCHEMAS).map(|index| (format!("random/t{index}.yml"), schemas::schema(index, &mut random)));
    let sources = SourceMap::from_texts(texts.collect::<Vec<_>>());
    let (schemas, diagnostics) = compile(&sources, &Options::default());
    assert!(!diagnostics.has_errors(), "{}", diagnostics.render_text(&sources, false));
    assert_eq!(schemas.len(), SCHEMAS);
    let (generated, _) = generate(&sources, &Options::default(), &Home::users("::logwright", false).unwrap());
    let program = generated::compile(name, &generated.files);

    let interpreters: Vec<_> = schemas.iter().map(Interpreter::new).collect();
    let mut requests = Vec::new();
    for (log_type, schema) in (0..).zip(&schemas) {
        for _ in 0..events {
            let event = inputs::event(schema, &mut random);
            requests.push(Request { log_type, profile: u32::from(random.percent(50)), event });
        }
    }
    let answers = program.answer(&requests);
    assert_eq!(answers.len(), requests.len());

    let mut outcomes = BTreeMap::new();
    for (request, answer) in requests.iter().zip(answers) {
        let twin = &interpreters[request.log_type as usize];
        let outcome = if answer.starts_with('{') { "event" } else { answer.split(' ').next().unwrap() };
        *outcomes.entry(outcome.to_owned()).or_default() += 1;
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

fn interpret(interpreter: &Interpreter<'_>, request: &Request) -> String {
    let parse_time = Timestamp::from_unix(1_790_000_000, 0).unwrap();
    let profile = if request.profile == 0 { Profile::Lake } else { Profile::Source };
    match interpreter.parse(&request.event) {
        Err(error) => format!("{} {:?} {:?} {error}", error.code().name(), error.pointer(), error.offset()),
        Ok(event) => {
            let row_id = RowId::new(event.event_time().unwrap_or(parse_time), [0; 10]);
            let mut out = Vec::new();
            let envelope = Envelope { row_id, parse_time, origin: None, profile };
            event.write(&envelope, &mut Indicators::default(), &mut out);
            String::from_utf8(out).unwrap()
        }
    }
}
