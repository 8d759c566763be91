//! The YAML front end: any text as a pull contract, beside a schema that it may name. It compiles to Rust that can be laid
//! out, or its mistakes can be shown.
#![no_main]

use libfuzzer_sys::fuzz_target;
use logwright_codegen::compile::Options;
use logwright_codegen::emit::Home;
use logwright_codegen::generate::generate;
use logwright_codegen::source::SourceMap;

const SCHEMA: &str = include_str!("../../contracts/helpdesk/audit.yml");

fuzz_target!(|text: &str| {
    let sources = SourceMap::from_texts([("helpdesk/audit.yml", SCHEMA), ("helpdesk/source.yml", text)]);
    let (generated, diagnostics) =
        generate(&sources, &Options::default(), &Home::users("::logwright", false).expect("it is a path"));
    assert_eq!(generated.files.is_empty(), diagnostics.has_errors());
    let _ = diagnostics.render_text(&sources, false);
    let _ = diagnostics.render_json(&sources);
});
