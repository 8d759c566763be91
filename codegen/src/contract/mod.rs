//! Pull contracts: from `source.yml` to [`Source`], with every mistake reported.
//!
//! A contract is read once, in the order in which its facts lean on each other: inputs before the templates that name
//! them, the answer's shape before the pointers into it, the log type before the fields of it. So each fact is checked
//! where it is read, and what comes out needs no second look. `schemas/contract-language.md` is the language's reference.
//!
//! ```
//! use logwright_codegen::compile::Options;
//! use logwright_codegen::contract;
//! use logwright_codegen::source::SourceMap;
//!
//! let sources = SourceMap::from_texts([("acme/source.yml", "source: acmee\n")]);
//! let (contracts, diagnostics) = contract::compile(&sources, &[], &Options::default());
//! assert!(contracts.is_empty());
//! let text = diagnostics.render_text(&sources, false);
//! assert!(text.contains("the contract of `acmee` lies in the folder `acme`"));
//! assert!(text.contains("the key `base_url` is missing"));
//! ```

mod consequences;
mod contradictions;
mod document;
mod fields;
mod leaf;
mod log;
pub mod model;
mod paging;
mod request;
mod shape;
mod sign_in;
mod template;

pub use consequences::consequences;
pub use model::Source;

use std::collections::BTreeMap;

use crate::compile::Options;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Schema;
use crate::raw::read::Reading;
use crate::source::{SourceFile, SourceMap, Span};

/// Whether a file is a pull contract by its name.
pub fn is_contract(file: &SourceFile) -> bool {
    matches!(file.name(), "source.yml" | "source.yaml")
}

/// Reads every contract among `sources`, in the order of their paths, and checks it against the log types of its folder.
///
/// A contract with an error is left out of the list.
pub fn compile(sources: &SourceMap, schemas: &[Schema], options: &Options) -> (Vec<Source>, Diagnostics) {
    let mut contracts = Vec::new();
    let mut diagnostics = Diagnostics::default();
    let mut folders: BTreeMap<&str, &str> = BTreeMap::new();
    for (id, file) in sources.iter().filter(|(_, file)| is_contract(file) && file.is_readable()) {
        let start = Span { file: id, start: 0, end: 0 };
        let Some(folder) = folder_of(file) else {
            let message = "a contract lies in a folder of its own, with the log types of its source";
            let help = "Move it to `NAME/source.yml`.";
            diagnostics.push(Diagnostic::error(Code::LW0713, start, message).help(help));
            continue;
        };
        if let Some(first) = folders.insert(folder, file.path()) {
            let message = format!("the folder `{folder}` has two contracts");
            let help = format!("Keep one of this and `{first}`.");
            diagnostics.push(Diagnostic::error(Code::LW0713, start, message).help(help));
            continue;
        }
        let reading = Reading::new(options.lenient);
        let contract = Reader { reading: &reading, sources, schemas, folder }.contract(id);
        let found = reading.into_diagnostics();
        contracts.extend(contract.filter(|_| !found.has_errors()));
        diagnostics.append(found);
    }
    (contracts, diagnostics)
}

/// The folder, where the file lies directly in a folder below the root.
fn folder_of(file: &SourceFile) -> Option<&str> {
    let (folder, name) = file.relative_path().split_once('/')?;
    (!name.contains('/')).then_some(folder)
}

/// What every part of a contract is read with.
struct Reader<'a> {
    reading: &'a Reading,
    sources: &'a SourceMap,
    schemas: &'a [Schema],
    folder: &'a str,
}
