//! From YAML to the text of every generated file.

use proc_macro2::TokenStream;

use crate::compile::{self, Options};
use crate::contract;
use crate::diagnostic::Diagnostics;
use crate::emit;
use crate::format;
use crate::source::SourceMap;

/// What a folder of YAML becomes.
#[derive(Debug, Default)]
pub struct Generated {
    /// The files: paths below the folder of generated code, with `/`, and their texts. Sorted by path.
    pub files: Vec<(String, String)>,
    /// The names of the sources, sorted; each is a Cargo feature.
    pub features: Vec<String>,
}

/// Generates code from all of `sources`. `kernel` is the path by which the code names the crate that it stands on: `crate`
/// in `logwright` itself.
///
/// There are no files where the diagnostics have errors.
pub fn generate(sources: &SourceMap, options: &Options, kernel: &TokenStream) -> (Generated, Diagnostics) {
    let (schemas, mut diagnostics) = compile::compile(sources, options);
    let (contracts, more) = contract::compile(sources, &schemas, options);
    diagnostics.append(more);
    if diagnostics.has_errors() {
        return (Generated::default(), diagnostics);
    }
    let files = emit::files(&schemas, &contracts, kernel).into_iter();
    let mut files: Vec<_> = files.map(|file| (file.path, format::file(file.tokens))).collect();
    files.sort();
    let features = emit::folders(&schemas, &contracts);
    (Generated { files, features }, diagnostics)
}
