//! From YAML to the text of every generated file.

use crate::compile::{self, Options};
use crate::contract;
use crate::diagnostic::Diagnostics;
use crate::emit::{self, Home};
use crate::format;
use crate::model::{Form, Parser, Schema};
use crate::source::SourceMap;
use crate::tree::Feature;

/// What a folder of YAML becomes.
#[derive(Debug, Default)]
pub struct Generated {
    /// The files: paths below the folder of generated code, with `/`, and their texts. Sorted by path.
    pub files: Vec<(String, String)>,
    /// A Cargo feature for each source, sorted by name.
    pub features: Vec<Feature>,
}

/// Generates code from all of `sources`, for the crate that `home` describes.
///
/// There are no files where the diagnostics have errors.
pub fn generate(sources: &SourceMap, options: &Options, home: &Home) -> (Generated, Diagnostics) {
    let (schemas, contracts, diagnostics) = compile(sources, *options);
    if diagnostics.has_errors() {
        return (Generated::default(), diagnostics);
    }
    let files = emit::files(&schemas, &contracts, sources.folder(), home).into_iter();
    let mut files: Vec<_> = files.map(|file| (file.path, format::file(file.tokens))).collect();
    files.sort();
    let features = emit::folders(&schemas, &contracts).into_iter().map(|name| feature(name, &schemas)).collect();
    (Generated { files, features }, diagnostics)
}

/// Everything that there is to say about `sources`, as [`generate`] says it, with no code made.
pub fn lint(sources: &SourceMap, options: &Options) -> Diagnostics {
    compile(sources, *options).2
}

fn compile(sources: &SourceMap, options: Options) -> (Vec<Schema>, Vec<contract::Source>, Diagnostics) {
    let (schemas, mut diagnostics) = compile::compile(sources, &options);
    let (contracts, more) = contract::compile(sources, &schemas, &options);
    diagnostics.append(more);
    (schemas, contracts, diagnostics)
}

/// The feature of a source. Regular expressions need the crate that runs them.
fn feature(name: String, schemas: &[Schema]) -> Feature {
    let regex = schemas
        .iter()
        .filter(|schema| schema.source == name)
        .any(|schema| matches!(&schema.parser, Parser::Text(parser) if matches!(parser.form, Form::Regex { .. })));
    Feature { name, needs: if regex { vec!["regex"] } else { Vec::new() } }
}
