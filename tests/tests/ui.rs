//! What the compiler says about schemas with mistakes: each fixture in `ui` beside the text that it must give.
//!
//! A fixture is a file (`LW0104_key_twice.yml`) or a folder of sources (`LW0302_same_table/`), named for the code that it
//! shows. Its text, without colour, is in `NAME.stderr`. `UPDATE_FIXTURES=1 cargo test -p logwright-tests --test ui` writes
//! the texts anew; look at the difference before you commit it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use logwright_codegen::compile::{Options, compile};
use logwright_codegen::contract;
use logwright_codegen::diagnostic::{Code, Diagnostics};
use logwright_codegen::source::SourceMap;

/// Codes without a fixture: a file of more than 4 MiB has no place in a repository. A test of `source.rs` shows it.
const ELSEWHERE: &[Code] = &[Code::LW0002];

#[test]
fn every_fixture_gives_its_text() {
    let update = std::env::var_os("UPDATE_FIXTURES").is_some();
    let mut different = Vec::new();
    for fixture in fixtures() {
        let (sources, diagnostics) = run(&fixture);
        let shown = format!("{}/", fixture.display());
        let found = diagnostics.render_text(&sources, false).replace(&shown, "");
        let expected = fixture.with_extension("stderr");
        if update {
            fs::write(&expected, &found).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != found {
            different.push(format!("{}\n{found}", name(&fixture)));
        }
    }
    assert!(different.is_empty(), "not as their .stderr says:\n\n{}", different.join("\n"));
}

#[test]
fn every_fixture_shows_the_code_in_its_name() {
    for fixture in fixtures() {
        let name = name(&fixture);
        let Some(code) = Code::from_name(name.split('_').next().unwrap_or_default()) else { continue };
        let codes: Vec<_> = run(&fixture).1.sorted().iter().map(|diagnostic| diagnostic.code).collect();
        assert!(codes.contains(&code), "{name} gives {codes:?}");
    }
}

/// Codes of what has no place inside a document: files that cannot be read, and documents that are not there or in the wrong folder.
const WITHOUT_PATH: &[Code] = &[Code::LW0001, Code::LW0002, Code::LW0003, Code::LW0105, Code::LW0308, Code::LW0713];

#[test]
fn every_mistake_says_where_it_is_and_what_to_do() {
    for fixture in fixtures() {
        let name = name(&fixture);
        for told in run(&fixture).1.sorted() {
            assert!(told.help.as_ref().is_some_and(|help| !help.is_empty()), "{name}: no help: {}", told.message);
            // Of the document as a whole, only that a key is missing, or that it is no mapping, is said.
            let is_whole = matches!(told.code, Code::LW0202 | Code::LW0203);
            let has_path = !told.path.is_empty() || is_whole || WITHOUT_PATH.contains(&told.code);
            assert!(has_path, "{name}: no path: {}", told.message);
            assert!(told.code == Code::LW0001 || told.span().is_some(), "{name}: no place: {}", told.message);
        }
    }
}

#[test]
fn every_code_has_a_fixture() {
    let shown: BTreeSet<_> = fixtures().iter().map(|fixture| name(fixture)).collect();
    let has_fixture = |code: &Code| shown.iter().any(|name| name.starts_with(code.name()));
    let missing: Vec<_> = Code::ALL.iter().filter(|code| !ELSEWHERE.contains(code) && !has_fixture(code)).collect();
    assert!(missing.is_empty(), "no fixture shows {missing:?}");
}

#[test]
fn no_text_is_left_without_its_fixture() {
    for entry in fs::read_dir(root()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "stderr") {
            let fixture = path.with_extension("yml").exists() || path.with_extension("").exists();
            assert!(fixture, "{} has no fixture", path.display());
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ui")
}

/// Every fixture, sorted.
fn fixtures() -> Vec<PathBuf> {
    let entries = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path());
    let is_text = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "stderr");
    let mut fixtures: Vec<_> = entries.filter(|path| !is_text(path)).collect();
    fixtures.sort();
    assert!(!fixtures.is_empty());
    fixtures
}

fn name(fixture: &Path) -> String {
    fixture.file_name().unwrap().to_string_lossy().into_owned()
}

fn run(fixture: &Path) -> (SourceMap, Diagnostics) {
    let (sources, mut diagnostics) = if fixture.is_dir() {
        SourceMap::read(fixture)
    } else {
        let text = fs::read_to_string(fixture).unwrap();
        (SourceMap::from_texts([(format!("acme/{}", name(fixture)), text)]), Diagnostics::default())
    };
    let (schemas, found) = compile(&sources, &Options::default());
    diagnostics.append(found);
    diagnostics.append(contract::compile(&sources, &schemas, &Options::default()).1);
    (sources, diagnostics)
}
