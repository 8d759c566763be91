//! The language's own examples: each file in `language` is a section of it, each document one of its rules, with the lines of a
//! stream and what comes of them.

use std::fs;
use std::path::Path;

use logwright_codegen::diagnostic::Diagnostics;
use logwright_codegen::raw::read::{Entry, Reading};
use logwright_codegen::source::SourceMap;
use logwright_codegen::yaml;

/// A rule of the language.
#[derive(Debug)]
pub struct Rule {
    /// The file that it stands in.
    pub file: String,
    /// What it says.
    pub says: String,
    /// A schema, but for the name of its log type.
    pub schema: String,
    /// Each line of a stream, and what comes of it.
    pub lines: Vec<(String, String)>,
}

/// All of them, in the order of the files.
///
/// # Panics
/// When a file is not as it should be.
pub fn rules() -> Vec<Rule> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("language");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let texts = paths
        .iter()
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap()));
    let sources = SourceMap::from_texts(texts);
    let mut rules = Vec::new();
    for (id, source) in sources.iter() {
        let mut diagnostics = Diagnostics::default();
        let documents = yaml::parse_documents(id, &sources, &mut diagnostics);
        assert!(diagnostics.is_empty(), "{}", diagnostics.render_text(&sources, false));
        for document in &documents {
            let reading = Reading::new(false);
            let mut keys = reading.mapping(&Entry::root(document)).unwrap();
            let mut text = |key| keys.required_string(key).unwrap().value;
            let (says, schema) = (text("says"), text("schema"));
            let lines = keys.required_list("lines").unwrap();
            keys.finish();
            let pair = |line: &Entry<'_>| match reading.strings(line).unwrap().as_slice() {
                [line, comes] => (line.value.clone(), comes.value.clone()),
                other => panic!("{says}: a line and what comes of it, not {} texts", other.len()),
            };
            let lines = lines.iter().map(pair).collect();
            assert!(!reading.has_errors(), "{}", reading.into_diagnostics().render_text(&sources, false));
            rules.push(Rule { file: source.path().to_owned(), says, schema, lines });
        }
    }
    rules
}
