//! The committed code is what the generator makes of the committed YAML.

use std::path::Path;

use logwright_codegen::compile::Options;
use logwright_codegen::emit::Home;
use logwright_codegen::generate::{Generated, generate};
use logwright_codegen::source::SourceMap;
use logwright_codegen::tree;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn generated() -> Generated {
    // Generated code names its YAML by the path from the root.
    std::env::set_current_dir(root()).unwrap();
    let (sources, diagnostics) = SourceMap::read(Path::new("schemas"));
    assert!(diagnostics.is_empty(), "{}", diagnostics.render_text(&sources, false));
    let (generated, diagnostics) = generate(&sources, &Options::default(), &Home::ours());
    assert!(diagnostics.is_empty(), "{}", diagnostics.render_text(&sources, false));
    generated
}

#[test]
fn generated_code_is_fresh() {
    let generated = generated();
    let mut changes = tree::compare(&root().join("generated/src/log_types"), &generated.files).unwrap();
    changes.extend(tree::compare_features(&root().join("generated/Cargo.toml"), &generated.features).unwrap());
    let diffs: String = changes.iter().map(tree::Change::diff).collect();
    assert!(changes.is_empty(), "run `cargo gen` and commit what it writes:\n{diffs}");
}

#[test]
fn generating_twice_gives_the_same_bytes() {
    assert_eq!(generated().files, generated().files);
}
