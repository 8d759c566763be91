//! Schemas as people leave them half way: good ones with a few lines lost, doubled, taken from another, or with other words
//! in them. Whatever is not a mistake must become Rust, and nothing may end the generator.

use std::fs;
use std::path::{Path, PathBuf};

use logwright_codegen::compile::Options;
use logwright_codegen::emit::Home;
use logwright_codegen::generate::{self, generate};
use logwright_codegen::source::SourceMap;

use crate::random::Random;

const ROUNDS: usize = 200;

/// Names and values that look like something else: to YAML, to Rust, or to the generator.
const WORDS: &[&str] = &[
    "type",
    "self",
    "Self",
    "crate",
    "_",
    "__a",
    "9",
    "-1",
    "1e3",
    "''",
    "' '",
    "'a b'",
    "a.b",
    ".a",
    "a..b",
    "名前",
    "'\"'",
    "'\\'",
    "'\u{1}'",
    "r#fn",
    "'@x'",
    "'#'",
    "p_x",
    "line",
    "pairs",
    "values",
    "undeclared",
    "'*/'",
    "'{0}'",
    "'%{'",
    "'%{a}'",
    "string",
    "json",
    "bigint",
    "boolean",
    "timestamp",
    "rfc3339",
    "'%Y-%m-%d'",
    "true",
    "null",
    "[]",
    "[ip, url]",
    "{from: a.b}",
    "{allow: [a, '']}",
    "{type: string}",
    "{type: array, element: {type: string}}",
];

#[test]
fn what_lints_clean_becomes_rust() {
    let mut random = Random::new(1);
    let schemas = schemas();
    let (mut good, mut bad) = (0, 0);
    for round in 0..ROUNDS {
        let text = changed(&schemas, &mut random);
        let sources = SourceMap::from_texts([("acme/a.yml", text.clone())]);
        let options = Options { lenient: round % 2 == 1 };
        let home = Home::users("::logwright", round % 3 == 0).unwrap();
        let (generated, diagnostics) = generate(&sources, &options, &home);
        let said = diagnostics.render_text(&sources, false);
        assert_eq!(generate::lint(&sources, &options).render_text(&sources, false), said, "{text}");
        assert_eq!(generated.files.is_empty(), diagnostics.has_errors(), "{said}{text}");
        *(if diagnostics.has_errors() { &mut bad } else { &mut good }) += 1;
        for (path, rust) in &generated.files {
            if let Err(error) = syn::parse_file(rust) {
                panic!("{path}: {error}\n{rust}\nof\n{text}");
            }
        }
    }
    assert!(good > ROUNDS / 8 && bad > ROUNDS / 8, "{good} are good and {bad} are not");
}

/// A schema, with one or two changes.
fn changed(schemas: &[String], random: &mut Random) -> String {
    let mut lines: Vec<String> = schemas[random.below(schemas.len())].lines().map(str::to_owned).collect();
    for _ in 0..=random.below(2) {
        let at = random.below(lines.len());
        let other: Vec<&str> = schemas[random.below(schemas.len())].lines().collect();
        let other = random.pick(&other).trim_start();
        let indented = lines[at].len() - lines[at].trim_start().len();
        match random.below(6) {
            0 if lines.len() > 1 => _ = lines.remove(at),
            1 => lines.insert(at, lines[at].clone()),
            2 => lines.insert(at, format!("{}{other}", " ".repeat(indented))),
            _ => lines[at] = with_other_word(&lines[at], random),
        }
    }
    lines.join("\n") + "\n"
}

/// The line with another value after one of its keys.
fn with_other_word(line: &str, random: &mut Random) -> String {
    let keys: Vec<usize> = line.match_indices(": ").map(|(at, colon)| at + colon.len()).collect();
    if keys.is_empty() {
        return line.to_owned();
    }
    let (before, value) = line.split_at(random.pick(&keys));
    let end = value.find([',', '}']).unwrap_or(value.len());
    format!("{before}{}{}", random.pick(WORDS), &value[end..])
}

/// The schemas that are there already, in the order of their paths.
fn schemas() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in [root.join("../schemas"), root.join("text")] {
        files(&folder, &mut paths);
    }
    paths.retain(|path| !path.to_string_lossy().ends_with("_tests.yml") && !path.ends_with("source.yml"));
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|end| end == "yml") {
            found.push(path);
        }
    }
}
