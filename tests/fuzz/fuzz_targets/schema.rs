//! The YAML front end: any text as a log schema, strictly and leniently. It compiles to Rust that can be laid out, or its
//! mistakes can be shown; what ran once runs on an event.
#![no_main]

use libfuzzer_sys::fuzz_target;
use logwright_codegen::compile::{Options, compile};
use logwright_codegen::emit::Home;
use logwright_codegen::generate::generate;
use logwright_codegen::interpret::Interpreter;
use logwright_codegen::schema_tests::run_tests;
use logwright_codegen::source::SourceMap;

fuzz_target!(|text: &str| {
    let sources = SourceMap::from_texts([("acme/a.yml", text), ("acme/a_tests.yml", text)]);
    for lenient in [false, true] {
        let options = Options { lenient };
        let (schemas, diagnostics) = compile(&sources, &options);
        let _ = diagnostics.render_text(&sources, false);
        let _ = diagnostics.render_json(&sources);
        let (_, diagnostics) = generate(&sources, &options, &Home::users("::logwright", false).expect("it is a path"));
        let _ = diagnostics.render_text(&sources, false);
        for schema in &schemas {
            let interpreter = Interpreter::new(schema);
            let _ = interpreter.parse(b"{\"id\": 1, \"time\": \"2026-03-01T11:32:44Z\"}");
        }
    }
    let (_, diagnostics) = run_tests(&sources, &|_| true, &Options::default());
    let _ = diagnostics.render_text(&sources, false);
});
