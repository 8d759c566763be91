//! Patterns from the input, on lines from the input: the first line is a fastmatch pattern or, after a `!`, a regular
//! expression; the others are lines for it. What compiles runs, and what was generated for it is Rust.
#![no_main]

use libfuzzer_sys::fuzz_target;
use logwright_codegen::compile::Options;
use logwright_codegen::emit::Home;
use logwright_codegen::generate::generate;
use logwright_codegen::interpret::Interpreter;
use logwright_codegen::source::SourceMap;
use serde_json::json;

fuzz_target!(|text: &str| {
    let (pattern, lines) = text.split_once('\n').unwrap_or((text, ""));
    let (kind, pattern) = pattern.strip_prefix('!').map_or(("fastmatch", pattern), |expression| ("regex", expression));
    let schema = json!({
        "schema": "Acme.Line",
        "parser": { kind: { "match": [pattern], "expandFields": { "d": "%{a}-%{b}" } } },
        "fields": [
            { "name": "a", "type": "string" }, { "name": "b", "type": "bigint" },
            { "name": "c", "type": "timestamp", "timeFormat": "rfc3339" }, { "name": "d", "type": "string" },
        ],
    });
    let sources = SourceMap::from_texts([("acme/line.yml", schema.to_string())]);
    let (schemas, diagnostics) = logwright_codegen::compile::compile(&sources, &Options::default());
    if diagnostics.has_errors() {
        // Every mistake can be shown.
        let _ = diagnostics.render_text(&sources, false);
        return;
    }
    let (generated, _) =
        generate(&sources, &Options::default(), &Home::users("::logwright", false).expect("it is a path"));
    assert!(!generated.files.is_empty());
    let interpreter = Interpreter::new(&schemas[0]);
    let mut parser = interpreter.lines();
    for line in lines.split('\n') {
        let _ = parser.parse(line.as_bytes()).map(|event| event.map(|event| event.fields_as_json()));
    }
});
